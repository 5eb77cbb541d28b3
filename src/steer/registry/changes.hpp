// SPDX-License-Identifier: EUPL-1.2
// What a file of the registry would change: from what is known and what the file says to rows that end and
// rows that begin, and a report for people. Pure.
//
// What a file does not say stays as it is. A place that is absent from a list of all that is open has closed,
// unless so many are absent that the list must be partial. FINESS is believed before SAE.
#pragma once

#include "intake/registry.hpp"
#include "steer/registry/place.hpp"
#include "steer/registry/territories.hpp"

#include <map>
#include <string>
#include <unordered_map>
#include <vector>

namespace releve::registry {

/// The open rows of the registry.
struct Known {
  struct One {
    PlaceKind kind = PlaceKind::site;
    PlaceVersion version;
    std::vector<Membership> memberships;
  };

  std::unordered_map<std::string, One> places;
  std::map<std::pair<std::string, std::string>, std::string> numbers;  // (scheme, number) -> place
};

enum class ChangeKind {
  opened,
  closed,
  reopened,
  renamed,
  moved,
  recategorised,
  regrouped,
  renumbered,
  merged
};

constexpr auto describe(ChangeKind*) {
  return Names{name(ChangeKind::opened, "opened"),       name(ChangeKind::closed, "closed"),
               name(ChangeKind::reopened, "reopened"),   name(ChangeKind::renamed, "renamed"),
               name(ChangeKind::moved, "moved"),         name(ChangeKind::recategorised, "recategorised"),
               name(ChangeKind::regrouped, "regrouped"), name(ChangeKind::renumbered, "renumbered"),
               name(ChangeKind::merged, "merged")};
}

struct PlaceChange {
  ChangeKind kind = ChangeKind::opened;
  std::string place;
  std::string name;
  std::string before;
  std::string after;
  bool operator==(const PlaceChange&) const = default;
};

constexpr auto describe(PlaceChange*) {
  return Fields{field<&PlaceChange::kind>("what happens"), field<&PlaceChange::place>("to whom"),
                field<&PlaceChange::name>("its name"), field<&PlaceChange::before>("as it was"),
                field<&PlaceChange::after>("as it will be")};
}

struct ChangeTotal {
  ChangeKind kind = ChangeKind::opened;
  std::int64_t sites = 0;
  std::int64_t others = 0;
  bool operator==(const ChangeTotal&) const = default;
};

constexpr auto describe(ChangeTotal*) {
  return Fields{field<&ChangeTotal::kind>("what happens"), field<&ChangeTotal::sites>("to how many sites"),
                field<&ChangeTotal::others>("to how many entities and GHT")};
}

/// At most this many changes of a kind are listed; all are counted.
inline constexpr std::int64_t most_listed = 200;

struct RegistryDifference {
  std::int64_t read_sites = 0;
  std::int64_t read_entities = 0;
  std::int64_t read_groups = 0;
  std::int64_t read_figures = 0;
  std::int64_t unchanged = 0;
  std::vector<ChangeTotal> totals;
  std::vector<PlaceChange> changes;
  bool operator==(const RegistryDifference&) const = default;
};

constexpr auto describe(RegistryDifference*) {
  return Fields{field<&RegistryDifference::read_sites>("sites in the file"),
                field<&RegistryDifference::read_entities>("legal entities in the file"),
                field<&RegistryDifference::read_groups>("GHT in the file"),
                field<&RegistryDifference::read_figures>("figures of capacity in the file"),
                field<&RegistryDifference::unchanged>("places as they were"),
                field<&RegistryDifference::totals>("how many changes of each kind"),
                field<&RegistryDifference::changes>("the changes, a number of each kind at most")};
}

struct Changes {
  std::vector<Place> places;
  std::vector<PlaceVersion> versions;     // each ends the present version of its place
  std::vector<PlaceNumber> numbers;       // begin
  std::vector<PlaceNumber> lost_numbers;  // end
  std::vector<Membership> joined;
  std::vector<Membership> left;
  std::vector<Succession> successions;
  std::vector<CapacityRow> capacities;
  RegistryDifference difference;
  std::vector<Finding> findings;
};

/// `day` is the day from which the changes hold: that of acceptance, so that no past day is told anew.
Changes changes_of(const Known& known, const intake::RegistryExtract& extract, const Territories& territories,
                   const std::string& day);

}  // namespace releve::registry
