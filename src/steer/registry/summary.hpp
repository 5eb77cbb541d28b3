// SPDX-License-Identifier: EUPL-1.2
// What lies within a place, in numbers.
#pragma once

#include "foundation/store/database.hpp"
#include "steer/registry/place.hpp"
#include "steer/registry/territories.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace releve::registry {

struct PlaceCounts {
  std::int64_t sites = 0;      // open
  std::int64_t health = 0;     // of them, health facilities
  std::int64_t entities = 0;   // legal entities
  std::int64_t beds = 0;       // last year known of each site
  std::int64_t emergency = 0;  // sites with a general emergency department
  bool operator==(const PlaceCounts&) const = default;
};

constexpr auto describe(PlaceCounts*) {
  return Fields{field<&PlaceCounts::sites>("open sites"),
                field<&PlaceCounts::health>("health facilities among them"),
                field<&PlaceCounts::entities>("legal entities"),
                field<&PlaceCounts::beds>("beds in medicine, surgery and obstetrics, where known"),
                field<&PlaceCounts::emergency>("sites with a general emergency department")};
}

struct DepartmentCounts {
  std::string department;
  std::string name;
  std::string region;  // id of its region, or empty
  PlaceCounts counts;
};

constexpr auto describe(DepartmentCounts*) {
  return Fields{field<&DepartmentCounts::department>("INSEE's code; empty: not known"),
                field<&DepartmentCounts::name>("name"), field<&DepartmentCounts::region>("id of its region"),
                field<&DepartmentCounts::counts>("what lies in it")};
}

struct ChildCounts {
  std::string id;
  PlaceKind kind = PlaceKind::site;
  std::string name;
  std::string role;
  PlaceCounts counts;
};

constexpr auto describe(ChildCounts*) {
  return Fields{field<&ChildCounts::id>("identity"), field<&ChildCounts::kind>("what it is"),
                field<&ChildCounts::name>("name"),
                field<&ChildCounts::role>("what it is there: lead, or empty"),
                field<&ChildCounts::counts>("what lies within")};
}

struct PlaceSummary {
  std::string id;
  Hierarchy hierarchy = Hierarchy::region;
  std::string day;
  PlaceCounts counts;
  std::vector<DepartmentCounts> departments;
  std::vector<ChildCounts> children;  // without the sites, which are listed page by page
};

constexpr auto describe(PlaceSummary*) {
  return Fields{field<&PlaceSummary::id>("whose"),
                field<&PlaceSummary::hierarchy>("along which hierarchy"),
                field<&PlaceSummary::day>("as of this day"),
                field<&PlaceSummary::counts>("all within"),
                field<&PlaceSummary::departments>("by department"),
                field<&PlaceSummary::children>("by the places that belong to it directly, sites aside")};
}

/// Counted from the rows. A site within twice counts once; beds and emergencies are those of the last year
/// known.
PlaceSummary summarise(store::Transaction& t, const std::string& id, Hierarchy hierarchy,
                       const std::string& day, const Territories& territories);

}  // namespace releve::registry
