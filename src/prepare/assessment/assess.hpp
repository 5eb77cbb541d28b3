// SPDX-License-Identifier: EUPL-1.2
// An assessment: the cartography compiled, the worlds run, the results put in words and figures. The same
// bytes for any number of threads, from the command line and from the API.
#pragma once

#include "prepare/assessment/candidates.hpp"
#include "prepare/assessment/results.hpp"

#include <functional>
#include <memory>
#include <stop_token>

namespace releve::assessment {

struct AssessOptions {
  std::string scenario = "crisis";
  std::uint64_t seed = 1;
  std::uint32_t worlds = 1000;
  unsigned threads = 1;
  std::stop_token stop;
  std::function<void(double share_done)> progress;  // from any thread, increasing
  std::function<void(Outcome)> preliminary;         // told once, from the first worlds
};

/// What stays in memory to answer what-ifs on an assessment. Immutable; may be shared between threads.
struct Assessed {
  Compiled compiled;
  std::vector<Candidate> candidates;
  std::vector<engine::Lived> lives;  // of the first worlds: a what-if begins where it differs
  Outcome outcome;
  AssessOptions options;
};

/// Error of kind cancelled when stopped ("assess.cancelled").
Result<std::shared_ptr<const Assessed>> assess(const cartography::Cartography& cartography,
                                               const cartography::Defaults& defaults, const Tables& tables,
                                               const AssessOptions& options);

/// Everything that goes in but seed and number of worlds: Outcome::input_hash, without running anything.
std::string input_hash(const cartography::Cartography& cartography, const cartography::Defaults& defaults,
                       const Tables& tables, const std::string& scenario);

struct CostChoice {
  std::string id;
  double cost_eur = 0;
  double effort_days = 0;
};

struct ServiceWhatIf {
  std::string id;
  std::string name;
  double stop_before = 0;
  double stop_after = 0;
  std::optional<double> hours_down_before;
  std::optional<double> hours_down_after;
};

struct WhatIfResult {
  LossResult loss_before;
  LossResult loss_after;
  Estimate loss_avoided;
  double cost_eur = 0;
  double effort_days = 0;
  std::vector<ServiceWhatIf> services;
};

constexpr auto describe(CostChoice*) {
  return Fields{field<&CostChoice::id>("measure"),
                field<&CostChoice::cost_eur>("cost, euros", {.minimum = 0, .maximum = 1e9}),
                field<&CostChoice::effort_days>("own work, days", {.minimum = 0, .maximum = 1e6})};
}

constexpr auto describe(ServiceWhatIf*) {
  return Fields{field<&ServiceWhatIf::id>("service"),
                field<&ServiceWhatIf::name>("its name"),
                field<&ServiceWhatIf::stop_before>("chance that it stops, before"),
                field<&ServiceWhatIf::stop_after>("after"),
                field<&ServiceWhatIf::hours_down_before>("median hours down, before"),
                field<&ServiceWhatIf::hours_down_after>("after")};
}

constexpr auto describe(WhatIfResult*) {
  return Fields{field<&WhatIfResult::loss_before>("without the measures"),
                field<&WhatIfResult::loss_after>("with them"),
                field<&WhatIfResult::loss_avoided>("paired, world by world"),
                field<&WhatIfResult::cost_eur>("cost, euros"),
                field<&WhatIfResult::effort_days>("own work, days"),
                field<&WhatIfResult::services>("service by service")};
}

/// The chosen measures together, in the same worlds. Error: an unknown measure ("assess.unknown_measure").
Result<WhatIfResult> what_if(const Assessed& assessed, const std::vector<std::string>& measures,
                             const std::vector<CostChoice>& costs, unsigned threads, std::stop_token stop);

struct FrontierPoint {
  double cost_eur = 0;
  double loss = 0;
  std::vector<std::string> measures;
};

struct Frontier {
  std::vector<FrontierPoint> points;
};

constexpr auto describe(FrontierPoint*) {
  return Fields{field<&FrontierPoint::cost_eur>("money spent"), field<&FrontierPoint::loss>("mean loss left"),
                field<&FrontierPoint::measures>("what is done")};
}

constexpr auto describe(Frontier*) {
  return Fields{field<&Frontier::points>("by growing budget")};
}

/// Greedy by loss avoided per euro: the ranked measures one after the other, each kept if it lowers the loss
/// of the set so far. At most 12 points.
Result<Frontier> frontier(const Assessed& assessed, unsigned threads, std::stop_token stop);

/// The story of any world of the assessment.
Story story_of(const Compiled& compiled, std::uint64_t seed, std::uint32_t world, std::string id);

/// Loss figures of these worlds.
LossResult loss_result(const std::vector<double>& losses);

}  // namespace releve::assessment
