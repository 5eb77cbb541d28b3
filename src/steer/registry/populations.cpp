// SPDX-License-Identifier: EUPL-1.2
// Priority lists: who counts for an objective, as of a day, frozen.
#include "foundation/base/id.hpp"
#include "foundation/base/text.hpp"
#include "foundation/store/described_rows.hpp"
#include "intake/registry_builder.hpp"
#include "steer/registry/registry.hpp"

#include <algorithm>
#include <set>

namespace releve::registry {

using store::column_list;
using store::from_row;
using store::Transaction;

namespace {

/// The status "opérateur d'importance vitale" is classified: a list of them must not come to be here.
bool is_classified(std::string_view text) {
  const std::string words = " " + fold(text) + " ";
  return words.find(" oiv ") != std::string::npos || words.find(" o i v ") != std::string::npos ||
         words.find(" importance vitale ") != std::string::npos;
}

}  // namespace

std::vector<Population> Registry::populations() const {
  std::vector<Population> list;
  parts_.database.read([&](Transaction& t) {
    for (const auto& row : t.query("select " + column_list<Population>() +
                                   " from population order by frozen desc, created desc limit 500")) {
      list.push_back(from_row<Population>(row));
    }
  });
  return list;
}

Result<std::pair<Population, std::vector<PlaceLine>>> Registry::population(const std::string& id) const {
  std::optional<Population> found;
  std::vector<PlaceLine> members;
  parts_.database.read([&](Transaction& t) {
    for (const auto& row :
         t.query("select " + column_list<Population>() + " from population where id = :id", {{"id", id}})) {
      found = from_row<Population>(row);
    }
    // As they were called on the day of the list.
    for (const auto& row :
         t.query("select m.place, p.kind, coalesce(v.name, now.name), coalesce(v.town, now.town), "
                 "coalesce(v.department, now.department), coalesce(v.category, now.category), "
                 "coalesce(v.category_name, now.category_name), now.closed from population_member m join "
                 "place p on p.id = "
                 "m.place join place_version now on now.place = m.place and now.to_day = :open join "
                 "population f on f.id = "
                 "m.population left join place_version v on v.place = m.place and v.from_day <= f.frozen and "
                 "v.to_day > "
                 "f.frozen where m.population = :id order by m.place",
                 {{"id", id}, {"open", std::string(open_day)}})) {
      members.push_back({row.text(0), *value_of<PlaceKind>(row.text(1)), row.text(2), "", row.text(3),
                         row.text(4), row.text(5), row.text(6), row.text(7)});
    }
  });
  if (!found) {
    return Error{ErrorKind::not_found, message("population.not_found", {{"id", shorten(id, 80)}}), {}};
  }
  return std::pair(std::move(*found), std::move(members));
}

Result<Population> Registry::freeze(Population wanted, const std::vector<std::string>& numbers,
                                    const std::string& by) {
  wanted.name = std::string(trim(wanted.name));
  if (wanted.name.empty() || wanted.name.size() > 200 || trim(wanted.source).empty()) {
    return Error{ErrorKind::invalid, message("population.bad_name"), "name"};
  }
  if (is_classified(wanted.name) || is_classified(wanted.source)) {
    return Error{ErrorKind::invalid, message("population.classified"), "name"};
  }
  if (intake::registry_day(wanted.frozen) != wanted.frozen || wanted.frozen > today()) {
    return Error{ErrorKind::invalid, message("population.bad_day"), "frozen"};
  }
  wanted.id = mint_uuid(parts_.clock.now());
  wanted.created = parts_.clock.now();
  wanted.created_by = by;
  TRY(parts_.database.write([&](Transaction& t) -> Status {
    std::set<std::string> places;
    std::string unknown;
    for (const std::string& number : numbers) {
      const auto rows = t.query(
          "select place from place_number where number = :number and scheme in ('et', 'ej') and to_day = "
          ":open order by "
          "scheme desc",
          {{"number", std::string(trim(number))}, {"open", std::string(open_day)}});
      rows.empty() ? void(unknown += (unknown.empty() ? "" : ", ") + std::string(trim(number)))
                   : void(places.insert(rows.front().text(0)));
    }
    if (!unknown.empty() || places.empty()) {
      return Error{ErrorKind::invalid,
                   message("population.unknown_numbers", {{"numbers", shorten(unknown, 300)}}), "numbers"};
    }
    t.execute(store::insert_into<Population>("population"), store::bindings_of(wanted));
    for (const std::string& place : places) {
      t.execute(
          "insert into population_member (population, place, excluded) values (:population, :place, '')",
          {{"population", wanted.id}, {"place", place}});
    }
    return Done{};
  }));
  return wanted;
}

}  // namespace releve::registry
