// SPDX-License-Identifier: EUPL-1.2
// The catalogue of measures of this hospital: derived from its own facts, those first that successful
// attacks used. At most 200; each with a default cost that people may change.
#pragma once

#include "engine/run.hpp"
#include "prepare/assessment/compile.hpp"
#include "prepare/assessment/results.hpp"

#include <vector>

namespace releve::assessment {

inline constexpr std::size_t max_candidates = 200;

struct Candidate {
  engine::Measure measure;
  MeasureResult about;  // id, title, kind, cost and effort; figures come from the run
};

/// `scouts` are a few worlds of the baseline: they say which facts matter. Improved degraded modes add
/// curves to the model, hence by reference; the baseline's results do not change.
std::vector<Candidate> derive_candidates(Compiled& compiled, const Tables& tables,
                                         const std::vector<engine::World>& scouts);

/// An input that the hospital has not confirmed, with its plausible ends as measures.
struct Doubt {
  Question question;
  engine::Measure low;
  engine::Measure high;
};

std::vector<Doubt> derive_doubts(Compiled& compiled, const cartography::Cartography& cartography,
                                 const cartography::Defaults& defaults, const Tables& tables,
                                 const std::vector<engine::World>& scouts);

/// Services with the most care lost in these worlds, most first, as positions in Model::services.
std::vector<std::size_t> most_hurt(const engine::Model& model, const std::vector<engine::World>& worlds);
/// Adds three curves: the service's own, each share moved by `by` within 0..1; gives the first index.
std::uint32_t moved_curves(engine::Model& model, engine::ItemIndex service, double by);

}  // namespace releve::assessment
