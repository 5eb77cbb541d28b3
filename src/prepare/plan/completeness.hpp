// SPDX-License-Identifier: EUPL-1.2
// What a plan lacks and what in it has grown old. Pure. A finding's place is "part" or "part/id": where it is
// mended. Nothing here forbids anything: a plan with gaps is better than none, as long as they are shown.
#pragma once

#include "foundation/base/message.hpp"
#include "prepare/plan/document.hpp"

namespace releve::plan {

struct KnownService {
  std::string id;
  std::string name;
};

/// What a plan is held against.
struct Surroundings {
  std::string today;
  std::vector<KnownService> services;  // of the cartography
};

/// How far a part is.
struct PlanProgress {
  std::string part;
  std::int64_t items = 0;
  std::int64_t gaps = 0;
  bool operator==(const PlanProgress&) const = default;
};

constexpr auto describe(PlanProgress*) {
  return Fields{field<&PlanProgress::part>("part of the plan"), field<&PlanProgress::items>("how many items"),
                field<&PlanProgress::gaps>("what is missing or stale")};
}

struct Completeness {
  std::vector<PlanProgress> parts;  // one row per part, in their order
  std::vector<Finding> findings;    // at most max_findings_per_code of each code; the rows above count all
};

Completeness completeness(const PlanDocument& plan, const Surroundings& around);

}  // namespace releve::plan
