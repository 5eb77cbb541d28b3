// SPDX-License-Identifier: EUPL-1.2
// Outlines of departments and regions for the map, out of a GeoJSON file (RFC 7946) that the operator gives:
// this program has none of its own, and draws equal tiles without them.
//
// The file is at most 16 MB, and 300,000 points once rounded to a thousandth of a degree (some 100 m: less
// than a pixel of the map). Rings may turn either way. Pure but for read_outline_file().
#pragma once

#include "foundation/describe/describe.hpp"
#include "foundation/describe/json.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace releve::registry {

enum class Territory { department, region };

constexpr auto describe(Territory*) {
  return Names{name(Territory::department, "department"), name(Territory::region, "region")};
}

using Ring = std::vector<double>;   // longitude and latitude in turn, in degrees; ends where it begins
using Polygon = std::vector<Ring>;  // its border, then its holes

struct Outline {
  Territory territory = Territory::department;
  std::string code;
  std::vector<Polygon> polygons;
  bool operator==(const Outline&) const = default;
};

constexpr auto describe(Outline*) {
  return Fields{field<&Outline::territory>("a department or a region"), field<&Outline::code>("INSEE's code"),
                field<&Outline::polygons>("each its border, then its holes; of each ring the longitudes and "
                                          "latitudes in turn, in degrees")};
}

struct Outlines {
  std::vector<Outline> items;
  std::string source;
};

constexpr auto describe(Outlines*) {
  return Fields{field<&Outlines::items>("in the order of the file; none: the operator has given no outlines"),
                field<&Outlines::source>("whose outlines they are, to be shown with them; may be empty")};
}

struct ReadOutlines {
  Outlines outlines;
  std::vector<Finding> findings;
};

/// A feature is told by a property: INSEE_DEP or the like for a department, INSEE_REG for a region, `code` or
/// `code_insee` for either; under the last names a file holds regions if all its codes are regions' codes,
/// else departments. Features of no territory that has an agency are left out. The findings say what was read
/// and what was not. Errors, with the feature in `where`: those of the JSON parser, outlines.too_large,
/// outlines.not_geojson, outlines.none_known, outlines.twice, outlines.no_polygon, outlines.bad_ring,
/// outlines.not_degrees, outlines.too_detailed.
Result<ReadOutlines> read_outlines(std::string_view geojson);
/// The same of a file, which is then in `where` as well. Error also: outlines.no_file.
Result<ReadOutlines> read_outline_file(const std::string& path);

}  // namespace releve::registry
