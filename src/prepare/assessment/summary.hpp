// SPDX-License-Identifier: EUPL-1.2
// From worlds to figures. Private to this room.
#pragma once

#include "prepare/assessment/assess.hpp"
#include "prepare/cartography/confirmed.hpp"

namespace releve::assessment {

/// Fills services, loss, doors, choke points, endings and the headline of an outcome.
void summarise(const Compiled& compiled, const cartography::Cartography& cartography,
               const cartography::Defaults& defaults, const Tables& tables, const engine::Run& run,
               Outcome& outcome);

/// The few figures of a summarised outcome that tell nothing of the cartography.
Indicators indicators_of(const Outcome& outcome, const cartography::Confirmed& confirmed);

/// Figures and ranks of the candidates: by loss avoided per euro (own days priced in data); neighbours whose
/// paired difference cannot be told from nothing share a rank. `ranked` false: all ranks 0.
void rank_measures(const Tables& tables, const engine::Run& run, bool ranked,
                   std::vector<Candidate>& candidates, Outcome& outcome);

/// The world that stands at this share (0.5: the median) of these, by growing loss; none of none.
std::optional<std::uint32_t> world_at(const std::vector<engine::World>& worlds,
                                      std::vector<std::uint32_t> among, double share);

std::optional<Quantiles> quantiles_of(const std::vector<double>& values, std::size_t at_least);

}  // namespace releve::assessment
