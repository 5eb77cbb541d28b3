// SPDX-License-Identifier: EUPL-1.2
// What is made within one transaction while people are called: their names in the room, their rows.
#pragma once

#include "foundation/base/text.hpp"
#include "foundation/store/bulk.hpp"
#include "respond/recall/callouts.hpp"

#include <map>

namespace releve::recall {

inline constexpr std::string_view of_the_plan = "contact:";  // how Callee::who begins

/// Attendance knows people by name: two of one name are told apart by where they work, and who is called by
/// the plan and by the directory is one.
class Callouts::Names {
 public:
  Names(const Callouts& callouts, const std::vector<StoredCalled>& of_room) {
    for (const StoredCalled& one : of_room) {
      know({.who = one.who, .person = one.person, .contact = callouts.unsealed(one)});
      ++places_;
    }
  }

  std::int64_t next_place() { return ++places_; }

  std::string take(const Callee& callee) {
    Callee known = callee;
    known.person = name_for(callee);
    know(known);
    return known.person;
  }

 private:
  std::string name_for(const Callee& callee) const {
    const bool by_plan = is_of_plan(callee);
    for (const Callee& other : by_plan ? of_directory_ : of_plan_) {
      if (by_plan ? is_same_person(callee, other) : is_same_person(other, callee)) {
        return other.person;
      }
    }
    constexpr std::size_t longest = 280;
    std::string name = shorten(callee.person, longest);
    for (const Callee& other : of_directory_) {
      if (!by_plan && other.person.starts_with(name) && is_same_member(other, callee)) {
        return other.person;
      }
    }
    if (!free(name, callee)) {
      const std::string& where = callee.cell.empty() ? callee.unit : callee.cell;
      name = shorten(name + " (" + (where.empty() ? callee.post : where) + ")", longest);
    }
    const std::string stem = name;
    for (int n = 2; !free(name, callee); ++n) {
      name = stem + " " + std::to_string(n);
    }
    return name;
  }

  bool free(const std::string& name, const Callee& callee) const {
    const auto found = taken_.find(name);
    return found == taken_.end() || found->second == callee.who;
  }

  void know(Callee callee) {
    taken_.emplace(callee.person, callee.who);
    (is_of_plan(callee) ? of_plan_ : of_directory_).push_back(std::move(callee));
  }

  static bool is_of_plan(const Callee& callee) { return callee.who.starts_with(of_the_plan); }

  std::map<std::string, std::string> taken_;  // by name: who has it
  std::vector<Callee> of_plan_;
  std::vector<Callee> of_directory_;
  std::int64_t places_ = 0;
};

/// Rows on their way into a transaction: many at once cost little more than one.
struct Callouts::Batch {
  std::vector<StoredCalled> called;
  std::vector<StoredSending> sendings;

  void keep(store::Transaction& t) const {
    store::insert_all(t, "called", called);
    store::insert_all(t, "call_sending", sendings);
  }
};

}  // namespace releve::recall
