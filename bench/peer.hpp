// SPDX-License-Identifier: EUPL-1.2
// The spread of one world as plain graph search: who is held when, over the steps whose coin is live. What
// the engine and three graph libraries can all do: one input per step, nobody looking, nothing cut.
#pragma once

#include "engine/model.hpp"

#include <memory>
#include <span>
#include <vector>

namespace releve::bench {

/// Steps of one input only; arc i is step i.
struct Network {
  const engine::Model& model;
  std::vector<std::uint32_t> tails;  // by step
  Seed seed = 1;
};

/// The delay of a step in a world, as the engine draws it; `never`: its coin is not live.
inline engine::Tick delay_in(const Network& network, std::uint32_t step, WorldIndex world) {
  const engine::Step& arc = network.model.steps[engine::StepIndex{step}];
  const engine::Delay& delay = network.model.techniques[arc.technique].delay;
  if (arc.threshold == engine::certain && delay.cells.size() == 1) {
    return delay.cells[0];
  }
  const PhiloxBlock u = draw_block(network.seed, arc.key, world, 0);
  return u[0] >= arc.threshold ? engine::never : delay.at(u[1]);
}

/// A graph library at this work. Kept between worlds, with its graph built once.
class Peer {
 public:
  virtual ~Peer() = default;
  /// What each world repeats.
  virtual void search(std::span<const engine::NodeIndex> from, WorldIndex world) = 0;
  /// Of the last search, not timed: when each node is held; `never`: not.
  virtual std::vector<engine::Tick> held() const = 0;

  /// Of all searches so far: time spent on drawing coins that the search never looks at, if the library wants
  /// the weights of all arcs before it starts.
  virtual double seconds_of_coins() const { return 0; }
};

/// compressed_sparse_row_graph, filtered_graph whose predicate throws the coin of each arc it meets,
/// dijkstra_shortest_paths_no_init with several sources.
std::unique_ptr<Peer> boost_peer(const Network& network);
/// igraph_distances_dijkstra from one more vertex that leads to the places of entry. It wants the weights of
/// all arcs beforehand: all coins are thrown in each world, dead arcs get an infinite weight (which it passes
/// over).
std::unique_ptr<Peer> igraph_peer(const Network& network);
/// StaticDigraph, FilterArcs whose map throws the coin of each arc it meets, Dijkstra with several sources.
std::unique_ptr<Peer> lemon_peer(const Network& network);

}  // namespace releve::bench
