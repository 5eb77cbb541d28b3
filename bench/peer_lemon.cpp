// SPDX-License-Identifier: EUPL-1.2
#include "peer.hpp"

#include <lemon/adaptors.h>
#include <lemon/dijkstra.h>
#include <lemon/static_graph.h>

#include <algorithm>

namespace releve::bench {

namespace {

using Graph = lemon::StaticDigraph;

/// Throws the coin of an arc, and keeps its delay for the search that follows at once.
struct Live {
  using Key = Graph::Arc;
  using Value = bool;
  const Network* network = nullptr;
  const std::uint32_t* steps = nullptr;  // by arc
  int* delays = nullptr;                 // by arc
  WorldIndex world = 0;

  bool operator[](const Graph::Arc& arc) const {
    const int index = Graph::index(arc);
    delays[index] = delay_in(*network, steps[index], world);
    return delays[index] != engine::never;
  }
};

struct Delays {
  using Key = Graph::Arc;
  using Value = int;
  const int* delays = nullptr;

  int operator[](const Graph::Arc& arc) const { return delays[Graph::index(arc)]; }
};

using LiveGraph = lemon::FilterArcs<const Graph, Live>;
using Search =
    lemon::Dijkstra<LiveGraph, Delays>::SetPredMap<lemon::NullMap<LiveGraph::Node, LiveGraph::Arc>>::Create;

class LemonPeer final : public Peer {
 public:
  explicit LemonPeer(const Network& network)
      : network_(network), steps_(network.tails.size()), delays_(network.tails.size()) {
    for (std::uint32_t step = 0; step < steps_.size(); ++step) {
      steps_[step] = step;
    }
    std::stable_sort(steps_.begin(), steps_.end(),
                     [&](auto a, auto b) { return network.tails[a] < network.tails[b]; });
    std::vector<std::pair<int, int>> ends;  // by arc, as build() numbers them: in the order of tails
    ends.reserve(steps_.size());
    for (const std::uint32_t step : steps_) {
      ends.emplace_back(network.tails[step], network.model.steps[engine::StepIndex{step}].head.value);
    }
    graph_.build(static_cast<int>(network.model.nodes.size()), ends.begin(), ends.end());
    live_ = {&network_, steps_.data(), delays_.data(), 0};
    weight_ = {delays_.data()};
    live_graph_ = std::make_unique<LiveGraph>(graph_, live_);
    search_ = std::make_unique<Search>(*live_graph_, weight_);
    search_->predMap(no_tree_);
    search_->distMap(*(distance_ = std::make_unique<LiveGraph::NodeMap<int>>(*live_graph_)));
  }

  void search(std::span<const engine::NodeIndex> from, WorldIndex world) override {
    live_.world = world;
    search_->init();
    for (const engine::NodeIndex node : from) {
      search_->addSource(graph_.node(static_cast<int>(node.value)));
    }
    search_->start();
  }

  std::vector<engine::Tick> held() const override {
    std::vector<engine::Tick> held;
    for (int node = 0; node < graph_.nodeNum(); ++node) {
      const auto at = graph_.node(node);
      held.push_back(!search_->reached(at) || search_->dist(at) >= engine::never
                         ? engine::never
                         : static_cast<engine::Tick>(search_->dist(at)));
    }
    return held;
  }

 private:
  const Network& network_;
  std::vector<std::uint32_t> steps_;
  std::vector<int> delays_;
  Graph graph_;
  Live live_;
  Delays weight_;
  lemon::NullMap<LiveGraph::Node, LiveGraph::Arc> no_tree_;
  std::unique_ptr<LiveGraph> live_graph_;
  std::unique_ptr<LiveGraph::NodeMap<int>> distance_;
  std::unique_ptr<Search> search_;
};

}  // namespace

std::unique_ptr<Peer> lemon_peer(const Network& network) {
  return std::make_unique<LemonPeer>(network);
}

}  // namespace releve::bench
