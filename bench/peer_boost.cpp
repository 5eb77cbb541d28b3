// SPDX-License-Identifier: EUPL-1.2
#include "peer.hpp"

#include <boost/graph/compressed_sparse_row_graph.hpp>
#include <boost/graph/dijkstra_shortest_paths.hpp>
#include <boost/graph/filtered_graph.hpp>
#include <boost/property_map/function_property_map.hpp>

namespace releve::bench {

namespace {

struct Arc {
  std::uint32_t step = 0;
};

using Graph = boost::compressed_sparse_row_graph<boost::directedS, boost::no_property, Arc>;
constexpr std::uint32_t unreached = 0xFFFFFFFFU;

/// Throws the coin of an arc, and keeps its delay for the search that follows at once.
struct Live {
  const Network* network = nullptr;
  const Graph* graph = nullptr;
  std::uint32_t* delays = nullptr;  // by step
  WorldIndex world = 0;

  bool operator()(const Graph::edge_descriptor& edge) const {
    const std::uint32_t step = (*graph)[edge].step;
    delays[step] = delay_in(*network, step, world);
    return delays[step] != engine::never;
  }
};

class BoostPeer final : public Peer {
 public:
  explicit BoostPeer(const Network& network)
      : network_(network),
        distance_(network.model.nodes.size()),
        colour_(network.model.nodes.size()),
        delays_(network.tails.size()) {
    std::vector<std::pair<std::uint32_t, std::uint32_t>> ends;
    std::vector<Arc> arcs;
    for (std::uint32_t step = 0; step < network.tails.size(); ++step) {
      ends.emplace_back(network.tails[step], network.model.steps[engine::StepIndex{step}].head.value);
      arcs.push_back({step});
    }
    graph_ = Graph(boost::edges_are_unsorted_multi_pass, ends.begin(), ends.end(), arcs.begin(),
                   network.model.nodes.size());
  }

  void search(std::span<const engine::NodeIndex> from, WorldIndex world) override {
    std::fill(distance_.begin(), distance_.end(), unreached);
    std::fill(colour_.begin(), colour_.end(), boost::white_color);
    sources_.clear();
    for (const engine::NodeIndex node : from) {
      distance_[node.value] = 0;
      sources_.push_back(node.value);
    }
    const boost::filtered_graph<Graph, Live> live(graph_, Live{&network_, &graph_, delays_.data(), world});
    const auto index = boost::get(boost::vertex_index, graph_);
    const auto weight = boost::make_function_property_map<Graph::edge_descriptor>(
        [this](const Graph::edge_descriptor& edge) { return delays_[graph_[edge].step]; });
    boost::dijkstra_shortest_paths_no_init(
        live, sources_.begin(), sources_.end(), boost::dummy_property_map(),
        boost::make_iterator_property_map(distance_.begin(), index), weight, index, std::less<>(),
        std::plus<>(), 0U, boost::default_dijkstra_visitor(),
        boost::make_iterator_property_map(colour_.begin(), index));
  }

  std::vector<engine::Tick> held() const override {
    std::vector<engine::Tick> held;
    held.reserve(distance_.size());
    for (const std::uint32_t distance : distance_) {
      held.push_back(distance >= engine::never ? engine::never : static_cast<engine::Tick>(distance));
    }
    return held;
  }

 private:
  const Network& network_;
  Graph graph_;
  std::vector<std::uint32_t> distance_;
  std::vector<boost::default_color_type> colour_;
  std::vector<std::uint32_t> delays_;
  std::vector<Graph::vertex_descriptor> sources_;
};

}  // namespace

std::unique_ptr<Peer> boost_peer(const Network& network) {
  return std::make_unique<BoostPeer>(network);
}

}  // namespace releve::bench
