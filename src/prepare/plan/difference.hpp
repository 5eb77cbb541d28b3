// SPDX-License-Identifier: EUPL-1.2
// What differs between two versions of a plan, item by item and member by member. Pure.
#pragma once

#include "prepare/plan/document.hpp"

namespace releve::plan {

enum class PlanChangeKind { added, changed, removed, reordered };

constexpr auto describe(PlanChangeKind*) {
  return Names{name(PlanChangeKind::added, "added"), name(PlanChangeKind::changed, "changed"),
               name(PlanChangeKind::removed, "removed"), name(PlanChangeKind::reordered, "reordered")};
}

/// In plain words: texts, titles of the items that are named, and codes, " · " between them.
struct PlanFieldChange {
  std::string field;  // of a degraded mode "modes.h8.procedure"
  std::string before;
  std::string after;
  bool operator==(const PlanFieldChange&) const = default;
};

struct PlanChange {
  std::string part;
  std::string id;
  std::string name;
  PlanChangeKind kind = PlanChangeKind::changed;
  std::vector<PlanFieldChange> fields;
  bool operator==(const PlanChange&) const = default;
};

/// In the order of the parts; within one what was added or changed in the order of `after`, then what is
/// gone, then the part itself if what both have stands in another order.
std::vector<PlanChange> difference(const PlanDocument& before, const PlanDocument& after);

constexpr auto describe(PlanFieldChange*) {
  return Fields{field<&PlanFieldChange::field>("member; of a degraded mode: modes.h8.procedure"),
                field<&PlanFieldChange::before>("as it was"), field<&PlanFieldChange::after>("as it is")};
}

constexpr auto describe(PlanChange*) {
  return Fields{field<&PlanChange::part>("part of the plan"),
                field<&PlanChange::id>("identity of the item; empty of the whole part"),
                field<&PlanChange::name>("what a reader calls it"),
                field<&PlanChange::kind>("added, changed, removed, or a part put in another order"),
                field<&PlanChange::fields>("what differs")};
}

}  // namespace releve::plan
