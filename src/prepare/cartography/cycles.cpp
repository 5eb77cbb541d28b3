// SPDX-License-Identifier: EUPL-1.2
#include "prepare/cartography/check.hpp"

#include <algorithm>
#include <deque>
#include <map>

namespace releve::cartography {

namespace {

constexpr std::uint32_t unseen = 0xFFFFFFFFU;

struct Graph {
  std::vector<std::string_view> names;            // sorted
  std::vector<std::vector<std::uint32_t>> needs;  // targets, ascending
};

Graph graph_of_needs(std::span<const Dependency> dependencies) {
  std::map<std::string_view, std::uint32_t> number;
  for (const Dependency& d : dependencies) {
    if (d.kind == DependencyKind::needs) {
      number.emplace(d.consumer, 0);
      number.emplace(d.target, 0);
    }
  }
  Graph graph;
  for (auto& [name, value] : number) {
    value = static_cast<std::uint32_t>(graph.names.size());
    graph.names.push_back(name);
  }
  graph.needs.resize(graph.names.size());
  for (const Dependency& d : dependencies) {
    if (d.kind == DependencyKind::needs) {
      graph.needs[number[d.consumer]].push_back(number[d.target]);
    }
  }
  for (auto& targets : graph.needs) {
    std::sort(targets.begin(), targets.end());
  }
  return graph;
}

/// Tarjan (1972) without recursion: a sheet may hold a chain as long as it likes. Returns the component
/// number of every node.
std::vector<std::uint32_t> strong_components(const Graph& graph) {
  const std::size_t count = graph.names.size();
  std::vector<std::uint32_t> order(count, unseen), low(count, 0), component(count, unseen);
  std::vector<std::uint32_t> stack;

  struct Visit {
    std::uint32_t node;
    std::size_t next;
  };

  std::vector<Visit> path;
  std::uint32_t clock = 0;
  std::uint32_t components = 0;
  for (std::uint32_t start = 0; start < count; ++start) {
    if (order[start] == unseen) {
      path.push_back({start, 0});
    }
    while (!path.empty()) {
      const std::uint32_t node = path.back().node;
      if (path.back().next == 0 && order[node] == unseen) {
        order[node] = low[node] = clock++;
        stack.push_back(node);
      }
      if (path.back().next < graph.needs[node].size()) {
        const std::uint32_t target = graph.needs[node][path.back().next++];
        if (order[target] == unseen) {
          path.push_back({target, 0});
        } else if (component[target] == unseen) {
          low[node] = std::min(low[node], order[target]);
        }
        continue;
      }
      if (low[node] == order[node]) {
        while (component[node] == unseen) {
          component[stack.back()] = components;
          stack.pop_back();
        }
        ++components;
      }
      path.pop_back();
      if (!path.empty()) {
        low[path.back().node] = std::min(low[path.back().node], low[node]);
      }
    }
  }
  return component;
}

/// The shortest way from `start` back to itself within its component (breadth first); empty when none.
Cycle way_back(const Graph& graph, const std::vector<std::uint32_t>& component, std::uint32_t start) {
  std::map<std::uint32_t, std::uint32_t> came_from;
  std::deque<std::uint32_t> queue{start};
  while (!queue.empty()) {
    const std::uint32_t node = queue.front();
    queue.pop_front();
    for (const std::uint32_t target : graph.needs[node]) {
      if (target == start) {
        Cycle cycle{std::string(graph.names[start])};
        for (std::uint32_t at = node; at != start; at = came_from[at]) {
          cycle.emplace_back(graph.names[at]);
        }
        cycle.emplace_back(graph.names[start]);
        std::reverse(cycle.begin(), cycle.end());
        return cycle;
      }
      if (component[target] == component[start] && came_from.emplace(target, node).second) {
        queue.push_back(target);
      }
    }
  }
  return {};
}

}  // namespace

std::vector<Cycle> find_cycles(std::span<const Dependency> dependencies) {
  const Graph graph = graph_of_needs(dependencies);
  const auto component = strong_components(graph);
  std::vector<std::uint32_t> size(graph.names.size(), 0);
  for (const std::uint32_t c : component) {
    ++size[c];
  }
  std::vector<Cycle> cycles;
  for (std::uint32_t node = 0; node < component.size(); ++node) {
    if (size[component[node]] > 1) {  // the first node of a knot is the first by name
      cycles.push_back(way_back(graph, component, node));
      size[component[node]] = 0;
    }
  }
  std::sort(cycles.begin(), cycles.end());
  return cycles;
}

}  // namespace releve::cartography
