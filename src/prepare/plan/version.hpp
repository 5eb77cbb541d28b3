// SPDX-License-Identifier: EUPL-1.2
// A version of a facility's plan, from draft to adopted. Bodies give their opinion on the draft; the director
// adopts it; from then on it never changes, and what it becomes (in force, superseded) follows from the days.
#pragma once

#include "foundation/describe/json.hpp"
#include "prepare/plan/document.hpp"

namespace releve::plan {

/// Who is asked before the director decides: code de la santé publique R.3131-10 (to be confirmed in full).
enum class Body { directoire, cme, cse };

constexpr auto describe(Body*) {
  return Names{name(Body::directoire, "directoire"), name(Body::cme, "cme"), name(Body::cse, "cse")};
}

enum class OpinionKind {
  favourable,
  with_reserve,
  unfavourable,
  none,  // asked, and gave none
};

constexpr auto describe(OpinionKind*) {
  return Names{name(OpinionKind::favourable, "favourable"), name(OpinionKind::with_reserve, "with_reserve"),
               name(OpinionKind::unfavourable, "unfavourable"), name(OpinionKind::none, "none")};
}

struct Opinion {
  Body body = Body::directoire;
  OpinionKind opinion = OpinionKind::favourable;
  std::string day;
  std::string reference;      // of the minutes
  std::int64_t revision = 0;  // of the draft that it is about
  bool operator==(const Opinion&) const = default;
};

struct Adoption {
  std::string director;
  std::string day;
  std::string reference;   // of the written decision
  std::string in_force;    // first day
  std::string written_by;  // who entered it here
  Instant written{};
  bool operator==(const Adoption&) const = default;
};

/// One row of the table `plan_version`.
struct PlanVersion {
  std::string id;
  std::string facility;
  std::int64_t number = 0;    // 1, 2, 3 of this facility
  std::int64_t revision = 0;  // raised by each change of the draft
  std::string document;       // PlanDocument as JSON, sealed with the key of the instance: numbers of people
  std::vector<Opinion> opinions;
  std::optional<Adoption> adoption;  // none: the draft
  Instant created{};
  std::string created_by;
  Instant changed{};
  std::string changed_by;
};

constexpr auto describe(Opinion*) {
  return Fields{field<&Opinion::body>("who"),
                field<&Opinion::opinion>("favourable, with reserve, unfavourable, or asked in vain"),
                field<&Opinion::day>("day of its meeting", {.min_length = 10, .max_length = 10}),
                field<&Opinion::reference>("of its minutes", {.min_length = 1, .max_length = 200}),
                field<&Opinion::revision>("of the draft that it is about", {.optional = true})};
}

constexpr auto describe(Adoption*) {
  return Fields{field<&Adoption::director>("who decided"),
                field<&Adoption::day>("day of the decision"),
                field<&Adoption::reference>("of the written decision"),
                field<&Adoption::in_force>("first day in force"),
                field<&Adoption::written_by>("who entered it here"),
                field<&Adoption::written>("when")};
}

constexpr auto describe(PlanVersion*) {
  return Fields{field<&PlanVersion::id>("identity"),
                field<&PlanVersion::facility>("whose"),
                field<&PlanVersion::number>("1, 2, 3 of this facility"),
                field<&PlanVersion::revision>("raised by each change of the draft"),
                field<&PlanVersion::document>("sealed"),
                field<&PlanVersion::opinions>("of the bodies"),
                field<&PlanVersion::adoption>("by the director; null: the draft"),
                field<&PlanVersion::created>("begun at"),
                field<&PlanVersion::created_by>("by whom"),
                field<&PlanVersion::changed>("last changed at"),
                field<&PlanVersion::changed_by>("by whom")};
}

}  // namespace releve::plan
