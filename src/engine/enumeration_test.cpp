// SPDX-License-Identifier: EUPL-1.2
// Every small attack graph, exactly: all outcomes of all coins and delays are enumerated, and the
// share of the engine's worlds in which a node is held by a tick must lie within five standard
// errors of the true chance.
#include "engine/attack.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>

namespace releve::engine {
namespace {

constexpr std::uint32_t worlds = 4'000;
constexpr int last_tick = 10;
constexpr int unheld = 1'000;

/// Node 0 is held from the start; the others are 1, 2 and 3.
struct SmallStep {
  std::vector<int> inputs;
  int head = 0;
  auto operator<=>(const SmallStep&) const = default;
};

using SmallGraph = std::vector<SmallStep>;

/// What the coin of a step can say: dead, or live and then early or late.
struct Face {
  double chance = 0;
  int delay = -1;  // -1: dead
};

constexpr std::array<double, 5> chance_of_step{0.75, 0.5, 0.5, 0.25, 0.75};
constexpr int early = 1;
constexpr int late = 3;

std::vector<SmallStep> all_steps() {
  std::vector<SmallStep> steps;
  for (int head = 1; head <= 3; ++head) {
    for (int input = 0; input <= 3; ++input) {
      if (input != head) {
        steps.push_back({{input}, head});
      }
    }
    std::vector<int> both;
    for (int input = 1; input <= 3; ++input) {
      if (input != head) {
        both.push_back(input);
      }
    }
    steps.push_back({both, head});
  }
  return steps;
}

/// The same graph whichever way nodes 1, 2 and 3 are numbered.
SmallGraph canonical(const SmallGraph& graph) {
  SmallGraph least;
  std::vector<int> names{1, 2, 3};
  do {
    SmallGraph renamed = graph;
    for (SmallStep& step : renamed) {
      step.head = names[static_cast<std::size_t>(step.head - 1)];
      for (int& input : step.inputs) {
        input = input == 0 ? 0 : names[static_cast<std::size_t>(input - 1)];
      }
      std::sort(step.inputs.begin(), step.inputs.end());
    }
    std::sort(renamed.begin(), renamed.end());
    least = least.empty() ? renamed : std::min(least, renamed);
  } while (std::next_permutation(names.begin(), names.end()));
  return least;
}

std::set<SmallGraph> all_graphs(std::size_t most_steps) {
  const std::vector<SmallStep> steps = all_steps();
  std::set<SmallGraph> graphs;
  for (std::uint32_t chosen = 1; chosen < (1U << steps.size()); ++chosen) {
    SmallGraph graph;
    for (std::size_t s = 0; s < steps.size(); ++s) {
      if (((chosen >> s) & 1U) != 0) {
        graph.push_back(steps[s]);
      }
    }
    if (graph.size() <= most_steps) {
      graphs.insert(canonical(graph));
    }
  }
  return graphs;
}

/// Which coin each step has: its own, or, when `shared`, one for the first two.
std::size_t coin_of(std::size_t step, bool shared) {
  return shared && step == 1 ? 0 : step;
}

std::array<int, 4> earliest(const SmallGraph& graph, const std::vector<int>& delays, bool shared) {
  std::array<int, 4> held{0, unheld, unheld, unheld};
  for (std::size_t round = 0; round < 4; ++round) {
    for (std::size_t s = 0; s < graph.size(); ++s) {
      int fires = 0;
      for (const int input : graph[s].inputs) {
        fires = std::max(fires, held[static_cast<std::size_t>(input)]);
      }
      const int delay = delays[coin_of(s, shared)];
      int& head = held[static_cast<std::size_t>(graph[s].head)];
      head = delay < 0 ? head : std::min(head, fires + delay);
    }
  }
  return held;
}

using Chances = std::array<std::array<double, last_tick + 1>, 4>;  // by node, by tick

void enumerate(const SmallGraph& graph, bool shared, std::vector<int>& delays, double chance, Chances& out) {
  if (delays.size() == graph.size()) {
    const std::array<int, 4> held = earliest(graph, delays, shared);
    for (std::size_t node = 0; node < 4; ++node) {
      for (int tick = std::min(held[node], last_tick + 1); tick <= last_tick; ++tick) {
        out[node][static_cast<std::size_t>(tick)] += chance;
      }
    }
    return;
  }
  const double live = chance_of_step[delays.size()];
  for (const Face& face : {Face{1 - live, -1}, Face{live / 4, early}, Face{live * 3 / 4, late}}) {
    delays.push_back(face.delay);
    enumerate(graph, shared, delays, chance * face.chance, out);
    delays.pop_back();
  }
}

Model compile(const SmallGraph& graph, bool shared) {
  Draft draft;
  draft.model.techniques.push_back({"technique", 0, false, discrete_delay({{early, 1}, {late, 3}})});
  std::vector<NodeIndex> nodes;
  for (const char* name : {"start", "a", "b", "c"}) {
    nodes.push_back(draft.node(NodeKind::account, name, name));
  }
  for (std::size_t s = 0; s < graph.size(); ++s) {
    Draft::NewStep step;
    for (const int input : graph[s].inputs) {
      step.inputs.push_back(nodes[static_cast<std::size_t>(input)]);
    }
    step.head = nodes[static_cast<std::size_t>(graph[s].head)];
    step.chance = chance_of_step[coin_of(s, shared)];
    step.shared_name = "coin " + std::to_string(coin_of(s, shared));
    draft.step(step);
  }
  draft.model.doors.push_back({.name = "door", .weight = 1, .grants = {nodes[0]}});
  Parameters& p = draft.model.parameters;
  p.attempts = fixed_delay(1);
  p.ambitions = {{1, 1}};
  p.dwell_short = p.dwell_long = fixed_delay(0);
  return std::move(draft).seal();
}

Chances shares(const Model& model, Seed seed) {
  Chances out{};
  AttackRunner runner(model);
  for (WorldIndex world = 0; world < worlds; ++world) {
    runner.run(seed, world);
    for (std::uint32_t node = 0; node < 4; ++node) {
      for (int tick = std::min<int>(runner.held_at(NodeIndex{node}), last_tick + 1); tick <= last_tick;
           ++tick) {
        out[node][static_cast<std::size_t>(tick)] += 1.0 / worlds;
      }
    }
  }
  return out;
}

std::string shown(const SmallGraph& graph) {
  std::string text;
  for (const SmallStep& step : graph) {
    for (const int input : step.inputs) {
      text += std::to_string(input) + " ";
    }
    text += "-> " + std::to_string(step.head) + "; ";
  }
  return text;
}

TEST(enumeration, every_small_graph_has_its_exact_chances) {
  Seed seed = 1;
  std::size_t compared = 0;
  for (const SmallGraph& graph : all_graphs(5)) {
    for (const bool shared : {false, true}) {
      if (shared && graph.size() < 2) {
        continue;
      }
      Chances exact{};
      std::vector<int> delays;
      enumerate(graph, shared, delays, 1, exact);
      const Chances seen = shares(compile(graph, shared), ++seed);
      for (std::size_t node = 0; node < 4; ++node) {
        for (std::size_t tick = 0; tick <= last_tick; ++tick) {
          const double p = exact[node][tick];
          const double error = std::sqrt(std::max(0.0, p * (1 - p)) / worlds);
          ASSERT_NEAR(seen[node][tick], p, 5 * error + 1e-9)
              << shown(graph) << (shared ? "first two share a coin, " : "") << "node " << node << " by tick "
              << tick;
          ++compared;
        }
      }
    }
  }
  EXPECT_GT(compared, 20'000U);
}

}  // namespace
}  // namespace releve::engine
