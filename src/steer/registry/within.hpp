// SPDX-License-Identifier: EUPL-1.2
// "The places within X": the one question that rights, coverage and summaries ask of the registry, as a piece
// of SQL. Pure; the table behind it is kept by the registry's imports.
//
// Hierarchies stand beside each other, none is the tree: a GHT may span two regions.
//   region   nation > region > legal entity, site, GRADeS, by the territory where each stands
//   ght      GHT > member legal entity > its sites
//   legal    legal entity > its sites
#pragma once

#include "foundation/base/day.hpp"
#include "foundation/describe/describe.hpp"

#include <string>
#include <string_view>

namespace releve::registry {

enum class Hierarchy { region, ght, legal };

constexpr auto describe(Hierarchy*) {
  return Names{name(Hierarchy::region, "region"), name(Hierarchy::ght, "ght"),
               name(Hierarchy::legal, "legal")};
}

/// The id of the nation, the root of the hierarchy "region".
inline constexpr std::string_view nation_id = "FR";

/// While a fact lasts, its to_day is this one.
inline constexpr std::string_view open_day = "9999-12-31";

/// A subselect of the ids of the node itself and of all places within it on a day. The arguments are SQL:
/// parameters (":node") or columns of an outer query ("granted.node").
///
///   t.query("select id from facility where id in " + places_within(":hierarchy", ":node", ":day"),
///           {{"hierarchy", "region"}, {"node", "R84"}, {"day", day_of(session.now)}})
///
/// For the present the day of today serves; that of a past day gives the same answer for ever.
inline std::string places_within(std::string_view hierarchy, std::string_view node, std::string_view day) {
  const auto text = [](std::string_view part) { return std::string(part); };
  return "(select " + text(node) +
         " union all select w.place from place_within w where w.hierarchy = " + text(hierarchy) +
         " and w.ancestor = " + text(node) + " and w.from_day <= " + text(day) + " and w.to_day > " +
         text(day) + ")";
}

}  // namespace releve::registry
