// SPDX-License-Identifier: EUPL-1.2
// Regions, departments, and which categories of sites are health facilities: a small table of our own
// (data/registry/territories.json, with its sources), so that the registry stands without any import.
#pragma once

#include "foundation/describe/describe.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace releve::registry {

struct Region {
  std::string code;  // INSEE's; a regional health agency has the territory of one region
  std::string name;
};

struct Department {
  std::string code;
  std::string name;
  std::string region;                 // empty: no agency
  std::string zone = "Europe/Paris";  // IANA's name of its time
};

struct Territories {
  std::string source;
  std::vector<Region> regions;
  std::vector<Department> departments;
  std::string health_source;
  std::vector<std::string> health;  // FINESS categories

  /// Empty when there is none.
  const std::string& region_of(std::string_view department) const;
  bool is_health(std::string_view category) const;
  /// IANA's zone of a facility, by the department that its FINESS number begins with.
  std::string zone_of(std::string_view finess) const;
};

constexpr auto describe(Region*) {
  return Fields{field<&Region::code>("INSEE's code"), field<&Region::name>("name")};
}

constexpr auto describe(Department*) {
  return Fields{field<&Department::code>("INSEE's code"), field<&Department::name>("name"),
                field<&Department::region>("code of its region, or empty"),
                field<&Department::zone>("IANA's name of its time", {.optional = true})};
}

constexpr auto describe(Territories*) {
  return Fields{field<&Territories::source>("where the codes come from"),
                field<&Territories::regions>("regions"), field<&Territories::departments>("departments"),
                field<&Territories::health_source>("where the categories come from"),
                field<&Territories::health>("categories of health facilities")};
}

/// The table in this binary.
const Territories& territories();

}  // namespace releve::registry
