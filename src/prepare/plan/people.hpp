// SPDX-License-Identifier: EUPL-1.2
// The people of a digital white plan: who may decide what, in which cell, with whom behind them, and by which
// numbers they are reached when the hospital's own telephones are dead.
//
// Every item of a plan has an id and the revision of the draft in which it was last changed: an editor sends
// the item back with the revision that he saw. Days are texts "2026-11-26", or empty. An id that no item has
// any more counts as nobody.
#pragma once

#include "foundation/describe/describe.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace releve::plan {

/// What the item's editor saw; nothing: whatever is there.
using Revision = std::optional<std::int64_t>;

/// The two steps of the ramp-up (bloginterne.hno.fr: plan de mobilisation interne, then plan blanc).
enum class Level { internal_mobilisation, plan_blanc };  // rising

constexpr auto describe(Level*) {
  return Names{name(Level::internal_mobilisation, "internal_mobilisation"),
               name(Level::plan_blanc, "plan_blanc")};
}

enum class CriterionKind { activate, lift };

constexpr auto describe(CriterionKind*) {
  return Names{name(CriterionKind::activate, "activate"), name(CriterionKind::lift, "lift")};
}

/// When a level is activated, or lifted.
struct Criterion {
  std::string id;
  Revision revision;
  CriterionKind kind = CriterionKind::activate;
  Level level = Level::internal_mobilisation;
  std::string text;
  std::string source;
  bool operator==(const Criterion&) const = default;
};

/// What a night can demand of somebody who is not the director.
enum class Act { decide, cut_network, declare, complain };

constexpr auto describe(Act*) {
  return Names{name(Act::decide, "decide"), name(Act::cut_network, "cut_network"),
               name(Act::declare, "declare"), name(Act::complain, "complain")};
}

/// The director's written leave for one act, from a day to a day.
struct Delegation {
  std::string id;
  Revision revision;
  Act act = Act::decide;
  std::string contact;
  bool at_night = false;
  std::string starts;
  std::string ends;
  std::string reference;
  bool operator==(const Delegation&) const = default;
};

/// The decision body, the coordination pole with its secretariat, the five functions of the hospital crisis
/// cell (anfh.fr, "Cellule de crise, missions": care, safety, victims and families, support, communication),
/// and the cyber cell.
enum class CellKind { decision, secretary, care, safety, families, logistics, communication, cyber };

constexpr auto describe(CellKind*) {
  using enum CellKind;
  return Names{name(decision, "decision"),
               name(secretary, "secretary"),
               name(care, "care"),
               name(safety, "safety"),
               name(families, "families"),
               name(logistics, "logistics"),
               name(communication, "communication"),
               name(cyber, "cyber")};
}

struct CrisisCell {
  std::string id;
  Revision revision;
  CellKind kind = CellKind::decision;
  std::string name;
  std::string mission;
  std::string place;
  bool operator==(const CrisisCell&) const = default;
};

/// How many people stand behind the holder of a role.
inline constexpr std::size_t deputies_wanted = 3;

struct CrisisRole {
  std::string id;
  Revision revision;
  std::string cell;
  std::string name;
  std::string mission;
  std::string holder;
  std::vector<std::string> deputies;  // in the order in which they are called
  bool operator==(const CrisisRole&) const = default;
};

enum class ContactGroup { staff, authority, partner, supplier };

constexpr auto describe(ContactGroup*) {
  return Names{name(ContactGroup::staff, "staff"), name(ContactGroup::authority, "authority"),
               name(ContactGroup::partner, "partner"), name(ContactGroup::supplier, "supplier")};
}

/// Somebody to call, by numbers that do not pass through the hospital.
struct CrisisContact {
  std::string id;
  Revision revision;
  ContactGroup group = ContactGroup::staff;
  std::string name;
  std::string post;
  std::string phone;
  std::string other_phone;
  std::string mail;
  std::string checked;  // day on which somebody answered
  std::string note;
  std::string source;
  bool operator==(const CrisisContact&) const = default;
};

/// One branch of the call trees: who calls whom, in this order.
struct CallBranch {
  std::string id;
  Revision revision;
  std::string caller;
  std::vector<std::string> called;
  bool operator==(const CallBranch&) const = default;
};

// -- descriptions -------------------------------------------------------------------------------------

namespace rules {

inline constexpr Rules id{.max_length = 64, .optional = true};
inline constexpr Rules revision{.minimum = 0, .optional = true};
inline constexpr Rules title{.min_length = 1, .max_length = 200};
inline constexpr Rules line{.max_length = 200, .optional = true};
inline constexpr Rules text{.max_length = 4'000, .optional = true};
inline constexpr Rules day{.max_length = 10, .optional = true};
inline constexpr Rules list{.max_length = 200, .optional = true};

}  // namespace rules

constexpr auto describe(Criterion*) {
  return Fields{field<&Criterion::id>("identity; empty: a new one", rules::id),
                field<&Criterion::revision>("as it was seen", rules::revision),
                field<&Criterion::kind>("of activation or of lifting"),
                field<&Criterion::level>("of which level"),
                field<&Criterion::text>("what is seen", {.min_length = 1, .max_length = 1'000}),
                field<&Criterion::source>("where it comes from", rules::line)};
}

constexpr auto describe(Delegation*) {
  return Fields{field<&Delegation::id>("identity; empty: a new one", rules::id),
                field<&Delegation::revision>("as it was seen", rules::revision),
                field<&Delegation::act>("what may be done"),
                field<&Delegation::contact>("by whom: a contact", rules::id),
                field<&Delegation::at_night>("on nights, weekends and holidays too", {.optional = true}),
                field<&Delegation::starts>("first day", rules::day),
                field<&Delegation::ends>("last day", rules::day),
                field<&Delegation::reference>("of the written decision", rules::line)};
}

constexpr auto describe(CrisisCell*) {
  return Fields{field<&CrisisCell::id>("identity; empty: a new one", rules::id),
                field<&CrisisCell::revision>("as it was seen", rules::revision),
                field<&CrisisCell::kind>("what it does"),
                field<&CrisisCell::name>("name in the hospital", rules::title),
                field<&CrisisCell::mission>("mission", rules::text),
                field<&CrisisCell::place>("where it meets", rules::line)};
}

constexpr auto describe(CrisisRole*) {
  return Fields{field<&CrisisRole::id>("identity; empty: a new one", rules::id),
                field<&CrisisRole::revision>("as it was seen", rules::revision),
                field<&CrisisRole::cell>("its cell", rules::id),
                field<&CrisisRole::name>("name", rules::title),
                field<&CrisisRole::mission>("mission", rules::text),
                field<&CrisisRole::holder>("a contact", rules::id),
                field<&CrisisRole::deputies>("contacts, in the order in which they are called",
                                             {.max_length = 20, .optional = true})};
}

constexpr auto describe(CrisisContact*) {
  return Fields{field<&CrisisContact::id>("identity; empty: a new one", rules::id),
                field<&CrisisContact::revision>("as it was seen", rules::revision),
                field<&CrisisContact::group>("staff or from outside"),
                field<&CrisisContact::name>("person or body", rules::title),
                field<&CrisisContact::post>("what he or she is", rules::line),
                field<&CrisisContact::phone>("number that does not pass through the hospital", rules::line),
                field<&CrisisContact::other_phone>("another one", rules::line),
                field<&CrisisContact::mail>("address outside the hospital's mail", rules::line),
                field<&CrisisContact::checked>("day of the last call that was answered", rules::day),
                field<&CrisisContact::note>("what else to know", rules::text),
                field<&CrisisContact::source>("where it comes from", rules::line)};
}

constexpr auto describe(CallBranch*) {
  return Fields{field<&CallBranch::id>("identity; empty: a new one", rules::id),
                field<&CallBranch::revision>("as it was seen", rules::revision),
                field<&CallBranch::caller>("a contact", {.min_length = 1, .max_length = 64}),
                field<&CallBranch::called>("contacts, in this order", rules::list)};
}

}  // namespace releve::plan
