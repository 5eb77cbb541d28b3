// SPDX-License-Identifier: EUPL-1.2
// The engine's spread against graph libraries that people know, on a university hospital, in the same worlds:
// the same places of entry and the same coins. Every set of nodes held and every tick must agree, else
// exit 1.
//
// The peers know no step of several inputs, no sensor, no cut and no strike: all of these are taken out of
// the model first. What each library is asked to do is said in peer.hpp.
//
//   bench_spread [worlds] [runs]
#include "bench.hpp"
#include "engine/attack.hpp"
#include "hospital.hpp"
#include "peer.hpp"
#include "prepare/assessment/compile.hpp"

#include <cstdio>
#include <cstdlib>
#include <exception>
#include <numeric>

namespace releve::bench {

namespace {

using namespace engine;

constexpr Seed seed = 1;

struct Entry {
  WorldIndex world = 0;
  std::vector<NodeIndex> from;
};

Model compile_university() {
  Hospital hospital = read_back(fiction::FacilitySize::university);
  cartography::assume_dependencies(hospital.cartography, hospital.data.defaults);
  return assessment::compile(hospital.cartography, hospital.data.defaults, hospital.data.tables, {}).model;
}

/// The worlds whose attack enters, and where.
std::vector<Entry> entries_of(const Model& model, std::size_t worlds) {
  AttackRunner runner(model);
  std::vector<Entry> entries;
  for (WorldIndex world = 0; entries.size() < worlds && world < 100 * worlds; ++world) {
    const Attack attack = runner.run(seed, world);
    if (attack.door != no_door) {
      entries.push_back({world, model.doors[attack.door].grants});
    }
  }
  return entries;
}

/// Rows of one column each, read the other way.
void index_by_tail(Model& model, const std::vector<std::uint32_t>& tails) {
  model.input_list = tails;
  model.input_start.resize(tails.size() + 1);
  std::iota(model.input_start.begin(), model.input_start.end(), 0U);
  model.out_start.assign(model.nodes.size() + 1, 0);
  for (const std::uint32_t tail : tails) {
    ++model.out_start[tail + 1];
  }
  std::partial_sum(model.out_start.begin(), model.out_start.end(), model.out_start.begin());
  model.out_list.resize(tails.size());
  std::vector<std::uint32_t> next(model.out_start.begin(), model.out_start.end() - 1);
  for (std::uint32_t step = 0; step < tails.size(); ++step) {
    model.out_list[next[tails[step]]++] = step;
  }
}

/// Plain graph search: steps of one input, no sensors, no cuts, no goal that would end it.
Network reduce(const Model& whole, Model& model) {
  std::vector<std::uint32_t> tails;
  model.nodes = whole.nodes;
  model.techniques = whole.techniques;
  model.hosts = whole.hosts;
  model.parameters = whole.parameters;
  model.parameters.ambitions = {{2, 1}};  // twice all hosts: never reached
  for (std::uint32_t i = 0; i < whole.steps.size(); ++i) {
    const auto inputs = whole.inputs_of(StepIndex{i});
    if (inputs.size() == 1) {
      Step step = whole.steps[StepIndex{i}];
      step.watchpoint = 0xFFFF;
      step.crossings = 0;
      model.steps.push_back(step);
      tails.push_back(inputs[0]);
    }
  }
  index_by_tail(model, tails);
  model.doors = whole.doors;
  return {model, std::move(tails), seed};
}

/// A door that always opens and gives what the world's own door gave.
class Engine {
 public:
  explicit Engine(const Model& model) : model_(model) {
    model_.doors = {Door{"door", "", "", name_key("door"), 1, certain, true, {}}};
    model_.parameters.attempts = fixed_delay(1);
  }

  void search(const Entry& entry) {
    model_.doors[0].grants = entry.from;
    runner_.run(seed, entry.world);
  }

  std::vector<Tick> held() const {
    std::vector<Tick> held;
    held.reserve(model_.nodes.size());
    for (std::uint32_t node = 0; node < model_.nodes.size(); ++node) {
      held.push_back(runner_.held_at(NodeIndex{node}));
    }
    return held;
  }

 private:
  Model model_;
  AttackRunner runner_{model_};
};

struct Reached {
  std::size_t nodes = 0;
  std::uint64_t hash = 14695981039346656037ULL;  // FNV-1a over (node, tick)
  bool operator==(const Reached&) const = default;
};

Reached reached(const std::vector<Tick>& held) {
  Reached out;
  for (std::size_t node = 0; node < held.size(); ++node) {
    if (held[node] != never) {
      ++out.nodes;
      for (const std::uint64_t part :
           {static_cast<std::uint64_t>(node), static_cast<std::uint64_t>(held[node])}) {
        out.hash = (out.hash ^ part) * 1099511628211ULL;
      }
    }
  }
  return out;
}

struct Named {
  const char* name;
  std::unique_ptr<Peer> peer;
};

/// Everybody reaches the same, at the same ticks, in every world; gives the nodes held on average.
double check(Engine& ours, std::vector<Named>& peers, const std::vector<Entry>& entries) {
  std::size_t nodes = 0;
  for (const Entry& entry : entries) {
    ours.search(entry);
    const Reached mine = reached(ours.held());
    nodes += mine.nodes;
    for (const auto& [name, peer] : peers) {
      peer->search(entry.from, entry.world);
      const Reached other = reached(peer->held());
      if (!(mine == other)) {
        throw std::runtime_error("world " + std::to_string(entry.world) + ": the engine holds " +
                                 std::to_string(mine.nodes) + " nodes, " + name + " " +
                                 std::to_string(other.nodes) + ", or at other ticks");
      }
    }
  }
  return static_cast<double>(nodes) / static_cast<double>(entries.size());
}

void measure(std::size_t worlds, std::size_t runs) {
  const Model whole = compile_university();
  const std::vector<Entry> entries = entries_of(whole, worlds);
  if (entries.empty()) {
    throw std::runtime_error("no attack enters");
  }
  Model reduced;
  const Network network = reduce(whole, reduced);
  Engine ours(reduced);
  const auto our_time = [&] {
    return seconds_of([&] {
      for (const Entry& entry : entries) {
        ours.search(entry);
      }
    });
  };
  our_time();
  figure("spread.peak_mb", peak_mb(), "MB");  // from the files to the engine's worlds; the peers come after
  std::vector<Named> peers;
  peers.push_back({"boost", boost_peer(network)});
  peers.push_back({"igraph", igraph_peer(network)});
  peers.push_back({"lemon", lemon_peer(network)});
  figure("spread.nodes", static_cast<double>(reduced.nodes.size()), "nodes");
  figure("spread.steps", static_cast<double>(reduced.steps.size()), "steps");
  figure("spread.nodes_held", check(ours, peers, entries), "nodes per world");

  std::vector<double> our_times;
  std::vector<std::vector<double>> ratios(peers.size());
  std::vector<std::vector<double>> search_ratios(peers.size());
  for (std::size_t run = 0; run < runs; ++run) {
    const double before = our_time();
    our_times.push_back(before);
    for (std::size_t p = 0; p < peers.size(); ++p) {
      Peer& peer = *peers[p].peer;
      const double coins_before = peer.seconds_of_coins();
      const double time = seconds_of([&] {
        for (const Entry& entry : entries) {
          peer.search(entry.from, entry.world);
        }
      });
      ratios[p].push_back(time / before);
      search_ratios[p].push_back((time - peer.seconds_of_coins() + coins_before) / before);
    }
  }
  figure("spread.worlds_per_s", static_cast<double>(entries.size()) / median(our_times), "worlds/s");
  for (std::size_t p = 0; p < peers.size(); ++p) {
    figure(std::string("spread.ratio_") + peers[p].name, median(ratios[p]), "times our time");
    if (peers[p].peer->seconds_of_coins() > 0) {
      figure(std::string("spread.ratio_") + peers[p].name + "_without_coins", median(search_ratios[p]),
             "times our time");
    }
  }
}

}  // namespace

}  // namespace releve::bench

int main(int argc, char** argv) {
  try {
    releve::bench::measure(argc > 1 ? std::strtoul(argv[1], nullptr, 10) : 200,
                           argc > 2 ? std::strtoul(argv[2], nullptr, 10) : 9);
    return 0;
  } catch (const std::exception& fault) {
    std::fprintf(stderr, "bench_spread: %s\n", fault.what());
    return 1;
  }
}
