// SPDX-License-Identifier: EUPL-1.2
// What a reader may do, and where: the answer to (subject, right, place), ready to be asked. A value: the
// room of access draws one up for each reader; every other room only asks it.
#pragma once

#include "foundation/describe/describe.hpp"

#include <array>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace releve::api {

/// What a reader must be allowed to do.
enum class Right {
  anyone,      // no session needed: sign-in, health
  signed_in,   // one's own account and sessions
  indicators,  // know that a place is there, and its headline figures
  view,        // read its cartography, results and imports
  edit,        // change them
  run,         // start and cancel computations
  grant,       // invite people, give and take rights, share, print sealed codes
  audit,       // read the trail
  steer,       // settings of the instance and its data tables
  crisis,      // the crisis room
  cut,         // of a night: cut a network
  declare,     // of a night: declare the incident
  complain,    // of a night: file the complaint
  adopt,       // record what the bodies said of a plan and that the director adopted it
};

inline constexpr std::size_t right_count = 14;

constexpr auto describe(Right*) {
  return Names{name(Right::anyone, "anyone"),
               name(Right::signed_in, "signed_in"),
               name(Right::indicators, "indicators"),
               name(Right::view, "view"),
               name(Right::edit, "edit"),
               name(Right::run, "run"),
               name(Right::grant, "grant"),
               name(Right::audit, "audit"),
               name(Right::steer, "steer"),
               name(Right::crisis, "crisis"),
               name(Right::cut, "cut"),
               name(Right::declare, "declare"),
               name(Right::complain, "complain"),
               name(Right::adopt, "adopt")};
}

using PlaceSet = std::set<std::string, std::less<>>;

/// Where a reader holds each right. Immutable once drawn up; may be asked from any thread.
class Perimeter {
 public:
  void add(Right right, std::shared_ptr<const PlaceSet> places) {
    at(right).sets.push_back(std::move(places));
  }

  void add_everywhere(Right right) { at(right).everywhere = true; }

  /// All rights, everywhere.
  static std::shared_ptr<const Perimeter> everything() {
    auto all = std::make_shared<Perimeter>();
    for (const auto& entry : describe(static_cast<Right*>(nullptr)).entries) {
      all->add_everywhere(entry.value);
    }
    return all;
  }

  bool everywhere(Right right) const { return right <= Right::signed_in || at(right).everywhere; }

  bool has(Right right, std::string_view place) const {
    if (everywhere(right)) {
      return true;
    }
    for (const auto& set : at(right).sets) {
      if (set->contains(place)) {
        return true;
      }
    }
    return false;
  }

  /// Has the reader any right there? If not, the place does not exist for him.
  bool knows(std::string_view place) const {
    for (const auto& entry : describe(static_cast<Right*>(nullptr)).entries) {
      if (entry.value > Right::signed_in && has(entry.value, place)) {
        return true;
      }
    }
    return false;
  }

  bool somewhere(Right right) const {
    if (everywhere(right)) {
      return true;
    }
    for (const auto& set : at(right).sets) {
      if (!set->empty()) {
        return true;
      }
    }
    return false;
  }

  /// In order; nothing: everywhere.
  std::optional<std::vector<std::string>> places(Right right) const {
    if (everywhere(right)) {
      return std::nullopt;
    }
    PlaceSet all;
    for (const auto& set : at(right).sets) {
      all.insert(set->begin(), set->end());
    }
    return std::vector<std::string>(all.begin(), all.end());
  }

 private:
  struct Reach {
    bool everywhere = false;
    std::vector<std::shared_ptr<const PlaceSet>> sets;
  };

  Reach& at(Right right) { return reach_[static_cast<std::size_t>(right)]; }

  const Reach& at(Right right) const { return reach_[static_cast<std::size_t>(right)]; }

  std::array<Reach, right_count> reach_;
};

}  // namespace releve::api
