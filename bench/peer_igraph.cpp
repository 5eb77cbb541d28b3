// SPDX-License-Identifier: EUPL-1.2
#include "bench.hpp"
#include "peer.hpp"

#include <igraph.h>

#include <algorithm>
#include <limits>
#include <stdexcept>

namespace releve::bench {

namespace {

void must(igraph_error_t code) {
  if (code != IGRAPH_SUCCESS) {
    throw std::runtime_error(igraph_strerror(code));
  }
}

class IgraphPeer final : public Peer {
 public:
  explicit IgraphPeer(const Network& network) : network_(network), entries_(entries_of(network.model)) {
    const auto nodes = static_cast<igraph_integer_t>(network.model.nodes.size());
    const std::size_t steps = network.tails.size();
    igraph_vector_int_t ends;
    must(igraph_vector_int_init(&ends, static_cast<igraph_integer_t>(2 * (steps + entries_.size()))));
    for (std::size_t step = 0; step < steps; ++step) {
      VECTOR(ends)[2 * step] = network.tails[step];
      VECTOR(ends)
      [2 * step + 1] = network.model.steps[engine::StepIndex{static_cast<std::uint32_t>(step)}].head.value;
    }
    for (std::size_t i = 0; i < entries_.size(); ++i) {
      VECTOR(ends)[2 * (steps + i)] = nodes;
      VECTOR(ends)[2 * (steps + i) + 1] = entries_[i];
    }
    must(igraph_create(&graph_, &ends, nodes + 1, IGRAPH_DIRECTED));
    igraph_vector_int_destroy(&ends);
    must(igraph_vector_init(&weights_, static_cast<igraph_integer_t>(steps + entries_.size())));
    must(igraph_matrix_init(&distances_, 0, 0));
  }

  ~IgraphPeer() override {
    igraph_destroy(&graph_);
    igraph_vector_destroy(&weights_);
    igraph_matrix_destroy(&distances_);
  }

  IgraphPeer(const IgraphPeer&) = delete;
  IgraphPeer& operator=(const IgraphPeer&) = delete;

  void search(std::span<const engine::NodeIndex> from, WorldIndex world) override {
    constexpr double infinite = std::numeric_limits<double>::infinity();
    const std::size_t steps = network_.tails.size();
    seconds_of_coins_ += seconds_of([&] {
      for (std::uint32_t step = 0; step < steps; ++step) {
        const engine::Tick delay = delay_in(network_, step, world);
        VECTOR(weights_)[step] = delay == engine::never ? infinite : delay;
      }
    });
    for (std::size_t i = 0; i < entries_.size(); ++i) {
      const bool here = std::find(from.begin(), from.end(), engine::NodeIndex{entries_[i]}) != from.end();
      VECTOR(weights_)[steps + i] = here ? 0 : infinite;
    }
    must(igraph_distances_dijkstra(&graph_, &distances_,
                                   igraph_vss_1(static_cast<igraph_integer_t>(network_.model.nodes.size())),
                                   igraph_vss_all(), &weights_, IGRAPH_OUT));
  }

  std::vector<engine::Tick> held() const override {
    std::vector<engine::Tick> held;
    for (igraph_integer_t node = 0; node < static_cast<igraph_integer_t>(network_.model.nodes.size());
         ++node) {
      const double distance = igraph_matrix_get(&distances_, 0, node);
      held.push_back(distance >= engine::never ? engine::never : static_cast<engine::Tick>(distance));
    }
    return held;
  }

  double seconds_of_coins() const override { return seconds_of_coins_; }

 private:
  static std::vector<std::uint32_t> entries_of(const engine::Model& model) {
    std::vector<std::uint32_t> entries;
    for (const engine::Door& door : model.doors) {
      for (const engine::NodeIndex node : door.grants) {
        entries.push_back(node.value);
      }
    }
    std::sort(entries.begin(), entries.end());
    entries.erase(std::unique(entries.begin(), entries.end()), entries.end());
    return entries;
  }

  const Network& network_;
  std::vector<std::uint32_t> entries_;
  igraph_t graph_{};
  igraph_vector_t weights_{};
  igraph_matrix_t distances_{};
  double seconds_of_coins_ = 0;
};

}  // namespace

std::unique_ptr<Peer> igraph_peer(const Network& network) {
  return std::make_unique<IgraphPeer>(network);
}

}  // namespace releve::bench
