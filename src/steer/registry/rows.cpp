// SPDX-License-Identifier: EUPL-1.2
#include "steer/registry/rows.hpp"

#include "foundation/base/text.hpp"
#include "foundation/store/bulk.hpp"
#include "foundation/store/described_rows.hpp"
#include "steer/registry/search_words.hpp"

#include <map>
#include <set>
#include <tuple>
#include <unordered_set>
#include <utility>

namespace releve::registry {

using store::bindings_of;
using store::column_list;
using store::from_row;
using store::Transaction;
using store::Value;

namespace {

constexpr std::string_view always = "0001-01-01";
constexpr std::int64_t page_rows = 10'000;

/// Calls take(version) for each open one.
template <class Take>
void each_open_version(Transaction& t, Take take) {
  std::string last;
  for (bool more = true; more;) {
    const auto rows =
        t.query("select " + column_list<PlaceVersion>() +
                    " from place_version where to_day = :open and place > :last order by place limit :page",
                {{"open", std::string(open_day)}, {"last", last}, {"page", page_rows}});
    for (const auto& row : rows) {
      take(from_row<PlaceVersion>(row));
    }
    more = static_cast<std::int64_t>(rows.size()) == page_rows;
    last = rows.empty() ? last : rows.back().text(0);
  }
}

/// Ends the open row that `where` names.
void end_row(Transaction& t, const std::string& table, const std::string& where,
             std::vector<store::Binding> bindings, const std::string& day) {
  bindings.push_back({"day", day});
  bindings.push_back({"open", std::string(open_day)});
  t.execute("delete from " + table + " where " + where + " and to_day = :open and from_day = :day", bindings);
  t.execute("update " + table + " set to_day = :day where " + where + " and to_day = :open", bindings);
}

void put_words(Transaction& t, const PlaceVersion& version, const std::string& number,
               std::vector<std::vector<Value>>& rows) {
  for (const std::string& word : words_of(version, number)) {
    rows.push_back({word, version.place});
  }
  constexpr std::size_t block = 50'000;
  if (rows.size() > block) {
    store::insert_rows(t, "place_word", {"word", "place"}, rows);
    rows.clear();
  }
}

/// The numbers people type: FINESS, of those whose words are written anew.
std::map<std::string, std::string> numbers_of(Transaction& t, const Changes& changes) {
  std::map<std::string, std::string> numbers;
  for (const PlaceNumber& one : changes.numbers) {
    if (one.scheme == "et" || one.scheme == "ej") {
      numbers[one.place] = one.number;
    }
  }
  for (const PlaceVersion& version : changes.versions) {
    if (!numbers.contains(version.place)) {
      for (const auto& row : t.query("select number from place_number where place = :place and to_day = "
                                     ":open and scheme in ('et', 'ej')",
                                     {{"place", version.place}, {"open", std::string(open_day)}})) {
        numbers[version.place] = row.text(0);
      }
    }
  }
  return numbers;
}

/// Every (hierarchy, ancestor, place) that the open memberships give. A GHT holds the sites of its members.
const std::string reach =
    "with recursive reach (hierarchy, ancestor, place) as ("
    "select hierarchy, parent, place from membership where to_day = :open union "
    "select reach.hierarchy, reach.ancestor, m.place from reach join membership m on m.parent = reach.place "
    "and "
    "m.to_day = :open and m.hierarchy in (reach.hierarchy, case reach.hierarchy when 'ght' then 'legal' else "
    "reach.hierarchy end)) ";

void keep_closure(Transaction& t, const std::string& day) {
  const std::string open(open_day);
  t.execute(
      reach +
          "update place_within set to_day = :day where to_day = :open and (hierarchy, ancestor, place) in ("
          "select hierarchy, ancestor, place from place_within where to_day = :open except "
          "select hierarchy, ancestor, place from reach)",
      {{"open", open}, {"day", day}});
  t.execute("delete from place_within where from_day = :day and to_day = :day", {{"day", day}});
  t.execute(reach +
                "insert into place_within (hierarchy, ancestor, place, from_day, to_day) "
                "select hierarchy, ancestor, place, cast(:day as text), cast(:open as text) from ("
                "select hierarchy, ancestor, place from reach except "
                "select hierarchy, ancestor, place from place_within where to_day = :open) fresh",
            {{"open", open}, {"day", day}});
}

void raise_version(Transaction& t, Instant now) {
  t.execute(
      "insert into instance_setting (name, value, changed) values ('registry.version', '1', :now) "
      "on conflict (name) do update set value = cast(cast(instance_setting.value as bigint) + 1 as text), "
      "changed = excluded.changed",
      {{"now", std::int64_t{now.time_since_epoch().count()}}});
}

}  // namespace

Known load_known(Transaction& t) {
  Known known;
  for (const auto& row : t.query("select id, kind from place")) {
    known.places[row.text(0)].kind = *value_of<PlaceKind>(row.text(1));
  }
  each_open_version(t, [&](PlaceVersion version) {
    Known::One& one = known.places.at(version.place);
    one.version = std::move(version);
  });
  const std::string open(open_day);
  for (const Hierarchy hierarchy : {Hierarchy::region, Hierarchy::ght, Hierarchy::legal}) {
    for (const auto& row : t.query("select place, parent, role, from_day from membership where hierarchy = "
                                   ":hierarchy and to_day = :open",
                                   {{"hierarchy", std::string(text_of(hierarchy))}, {"open", open}})) {
      known.places.at(row.text(0))
          .memberships.push_back({hierarchy, row.text(0), row.text(1), row.text(2), row.text(3)});
    }
  }
  for (const char* scheme : {"et", "ej", "ege", "pm"}) {
    for (const auto& row :
         t.query("select number, place from place_number where scheme = :scheme and to_day = :open",
                 {{"scheme", scheme}, {"open", open}})) {
      known.numbers.emplace(std::pair(scheme, row.text(0)), row.text(1));
    }
  }
  return known;
}

void apply(Transaction& t, const Changes& changes, const std::string& day, Instant now) {
  std::unordered_set<std::string> fresh;
  for (const Place& place : changes.places) {
    fresh.insert(place.id);
  }
  store::insert_all(t, "place", changes.places);
  const auto numbers = numbers_of(t, changes);
  std::vector<std::vector<Value>> words;
  for (const PlaceVersion& version : changes.versions) {
    if (!fresh.contains(version.place)) {
      end_row(t, "place_version", "place = :place", {{"place", version.place}}, day);
      t.execute("delete from place_word where place = :place", {{"place", version.place}});
    }
    const auto number = numbers.find(version.place);
    put_words(t, version, number == numbers.end() ? "" : number->second, words);
  }
  store::insert_rows(t, "place_word", {"word", "place"}, words);
  store::insert_all(t, "place_version", changes.versions);
  for (const PlaceNumber& one : changes.lost_numbers) {
    end_row(t, "place_number", "scheme = :scheme and number = :number",
            {{"scheme", one.scheme}, {"number", one.number}}, day);
  }
  store::insert_all(t, "place_number", changes.numbers);
  for (const Membership& one : changes.left) {
    end_row(
        t, "membership", "hierarchy = :hierarchy and place = :place and parent = :parent",
        {{"hierarchy", std::string(text_of(one.hierarchy))}, {"place", one.place}, {"parent", one.parent}},
        day);
  }
  store::insert_all(t, "membership", changes.joined);
  if (!changes.joined.empty() || !changes.left.empty()) {
    keep_closure(t, day);
  }
  for (const Succession& one : changes.successions) {
    t.execute(store::insert_into<Succession>("succession") + " on conflict (place, successor) do nothing",
              bindings_of(one));
  }
  std::map<std::tuple<std::string, std::int64_t, std::string>, CapacityRow> capacities;
  std::set<std::tuple<std::int64_t, std::string, std::string>> anew;
  for (const CapacityRow& one : changes.capacities) {
    capacities[{one.place, one.year, one.measure}] = one;
    anew.emplace(one.year, one.measure, one.source);
  }
  for (const auto& [year, measure, source] : anew) {
    t.execute("delete from capacity where year = :year and measure = :measure and source = :source",
              {{"year", year}, {"measure", measure}, {"source", source}});
  }
  std::vector<CapacityRow> rows;
  for (auto& [key, one] : capacities) {
    rows.push_back(std::move(one));
  }
  store::insert_all(t, "capacity", rows);
  raise_version(t, now);
}

void lay_foundations(Transaction& t, const Territories& territories, Instant now) {
  if (!t.query("select id from place where id = :id", {{"id", std::string(nation_id)}}).empty()) {
    return;
  }
  Changes changes;
  const auto add = [&](std::string id, PlaceKind kind, std::string name) {
    changes.places.push_back({id, kind});
    PlaceVersion version;
    version.place = std::move(id);
    version.from_day = always;
    version.source = "table";
    version.name = std::move(name);
    changes.versions.push_back(std::move(version));
  };
  add(std::string(nation_id), PlaceKind::nation, "France");
  for (const Region& region : territories.regions) {
    add("R" + region.code, PlaceKind::region, region.name);
    changes.joined.push_back(
        {Hierarchy::region, "R" + region.code, std::string(nation_id), {}, std::string(always)});
  }
  apply(t, changes, std::string(always), now);
}

std::int64_t registry_version(Transaction& t) {
  const auto rows = t.query("select value from instance_setting where name = 'registry.version'");
  return rows.empty() ? 0 : parse_int(rows.front().text(0)).value_or(0);
}

}  // namespace releve::registry
