// SPDX-License-Identifier: EUPL-1.2
// Who is to be called: by the plan's roles, by the directory, by name. Pure.
#pragma once

#include "prepare/plan/document.hpp"
#include "respond/recall/staff.hpp"

#include <optional>
#include <set>
#include <string>
#include <vector>

namespace releve::recall {

/// What a person ticks on the screen. Each member adds people.
struct Selection {
  bool usual = false;                 // decision cell, cyber cell, director on call
  std::vector<std::string> roles;     // of the plan: their holders
  std::vector<std::string> contacts;  // of the plan
  std::vector<StaffFilter> groups;    // of the directory
  std::vector<std::string> staff;     // of the directory
  bool operator==(const Selection&) const = default;
};

/// Somebody to be called.
struct Callee {
  std::string who;  // "staff:<id>" or "contact:<id>"
  std::string person;
  std::string site;
  std::string unit;
  std::string cell;
  std::string post;
  std::vector<std::string> skills;
  Contact contact;
};

/// Roles of the decision and cyber cells, and who may decide at night on that day.
Selection usual_selection(const plan::PlanDocument& plan, const std::string& today);

/// Of the plan: its people who are called, and its roles for which nobody is.
struct PlannedCall {
  std::vector<Callee> people;
  std::vector<plan::CrisisRole> nobody_for;
};

/// The holders and contacts that a selection names, each once, in the plan's order. For a role without a
/// holder the first deputy is called who is not called already.
PlannedCall called_by_plan(const plan::PlanDocument& plan, const Selection& selection,
                           const std::string& today);

/// The contacts that a role names and the plan knows, its holder first.
std::vector<const plan::CrisisContact*> people_of(const plan::PlanDocument& plan,
                                                  const plan::CrisisRole& role);

Callee callee_of(const StaffMember& member);

/// Is this contact of the plan that member of the directory? By a mobile that both have and a word of the
/// name, for a telephone of the duty is many people's; or by mail and name, for so is the mailbox of a unit.
bool is_same_person(const Callee& planned, const Callee& member);

/// Are these two lines of the directory one person, who works in two units?
bool is_same_member(const Callee& one, const Callee& other);

/// How somebody who was called stands towards a role.
struct RoleAnswer {
  std::string contact;
  std::string post;          // as what he or she was called: the name of a role
  bool comes = false;        // on the way or there
  bool unavailable = false;  // or gone
  Instant called{};
  bool passed_over = false;  // somebody asks for who stands in for him or her: no longer waited for
  bool as_deputy = false;    // for another's role: says nothing of a role of his or her own
};

/// Called as the role's holder, or as a deputy for it.
bool is_for(const plan::CrisisRole& role, const RoleAnswer& answer);

/// Who is called next for a role: nobody as long as somebody comes, or the last one called may still answer.
/// `after`: minutes that an answer is waited for; nothing: not at all, but a deputy of the last minute, so
/// that a gesture made twice calls one. Never somebody who was called already. A deputy who was called for a
/// role of his own fills no other one, and is not waited for. `answers`: as they were called; of somebody who
/// was called more than once, the last one for this role counts.
std::optional<Callee> next_for_role(const plan::PlanDocument& plan, const plan::CrisisRole& role,
                                    const std::vector<RoleAnswer>& answers, Instant now,
                                    std::optional<std::chrono::minutes> after);

constexpr auto describe(Selection*) {
  constexpr Rules list{.max_length = 1'000, .optional = true};
  return Fields{
      field<&Selection::usual>("decision cell, cyber cell and director on call", {.optional = true}),
      field<&Selection::roles>("of the plan in force: their holders", list),
      field<&Selection::contacts>("of the plan in force", list),
      field<&Selection::groups>("of the directory", {.max_length = 50, .optional = true}),
      field<&Selection::staff>("of the directory", list)};
}

}  // namespace releve::recall
