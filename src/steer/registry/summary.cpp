// SPDX-License-Identifier: EUPL-1.2
#include "steer/registry/summary.hpp"

#include <map>

namespace releve::registry {

using store::Transaction;

namespace {

/// The conditions that pick what holds on a day, for a table's alias.
std::string holds(const std::string& alias) {
  return alias + ".from_day <= :day and " + alias + ".to_day > :day";
}

/// Open places of a kind within the node, joined with what is known of them.
std::string within_of_kind(const std::string& kind) {
  return "from place_within w join place p on p.id = w.place and p.kind = '" + kind +
         "' join place_version v on v.place = w.place and v.closed = '' and " + holds("v") +
         " where w.hierarchy = :hierarchy and w.ancestor = :id and " + holds("w");
}

class Counting {
 public:
  Counting(Transaction& t, std::string id, Hierarchy hierarchy, std::string day,
           const Territories& territories)
      : t_(t),
        bindings_{
            {"id", std::move(id)}, {"hierarchy", std::string(text_of(hierarchy))}, {"day", std::move(day)}},
        territories_(territories) {}

  std::map<std::string, PlaceCounts> by_department() {
    std::map<std::string, PlaceCounts> counts;
    for (const auto& row : t_.query("select v.department, v.category, count(*) " + within_of_kind("site") +
                                        " group by v.department, v.category",
                                    bindings_)) {
      PlaceCounts& here = counts[row.text(0)];
      here.sites += row.integer(2);
      here.health += territories_.is_health(row.text(1)) ? row.integer(2) : 0;
    }
    for (const auto& row :
         t_.query("select v.department, count(*) " + within_of_kind("legal") + " group by v.department",
                  bindings_)) {
      counts[row.text(0)].entities += row.integer(1);
    }
    for (const auto& row : t_.query(
             "select v.department, c.measure, cast(sum(c.amount) as bigint) from capacity c join "
             "place_within w on "
             "w.place = c.place and w.hierarchy = :hierarchy and w.ancestor = :id and " +
                 holds("w") + " join place_version v on v.place = c.place and v.closed = '' and " +
                 holds("v") +
                 " where c.measure in ('beds', 'emergency') and c.year = (select max(x.year) from capacity x "
                 "where x.place = c.place and x.measure = c.measure) group by v.department, c.measure",
             bindings_)) {
      PlaceCounts& here = counts[row.text(0)];
      (row.text(1) == "beds" ? here.beds : here.emergency) += row.integer(2);
    }
    return counts;
  }

  /// Whom it holds directly, sites aside; the legal entities of a region are as many as its towns, and aside
  /// too.
  std::vector<ChildCounts> children() {
    std::vector<ChildCounts> list;
    for (const auto& row : t_.query(
             "select m.place, p.kind, v.name, m.role from membership m join place p on p.id = m.place join "
             "place_version v on v.place = m.place and v.closed = '' and " +
                 holds("v") + " where m.hierarchy = :hierarchy and m.parent = :id and " + holds("m") +
                 " and p.kind <> 'site' and not (p.kind = 'legal' and m.hierarchy = 'region') order by "
                 "v.name, m.place",
             bindings_)) {
      const PlaceKind kind = *value_of<PlaceKind>(row.text(1));
      const std::string& name = row.text(2).empty() ? row.text(0) : row.text(2);
      list.push_back({row.text(0), kind, name, row.text(3), {}});
    }
    return list;
  }

 private:
  Transaction& t_;
  std::vector<store::Binding> bindings_;
  const Territories& territories_;
};

void add(PlaceCounts& sum, const PlaceCounts& more) {
  sum.sites += more.sites;
  sum.health += more.health;
  sum.entities += more.entities;
  sum.beds += more.beds;
  sum.emergency += more.emergency;
}

PlaceCounts total(const std::map<std::string, PlaceCounts>& counts) {
  PlaceCounts sum;
  for (const auto& [department, some] : counts) {
    add(sum, some);
  }
  return sum;
}

}  // namespace

PlaceSummary summarise(Transaction& t, const std::string& id, Hierarchy hierarchy, const std::string& day,
                       const Territories& territories) {
  PlaceSummary summary{id, hierarchy, day, {}, {}, {}};
  Counting counting(t, id, hierarchy, day, territories);
  const auto counts = counting.by_department();
  summary.counts = total(counts);
  summary.children = counting.children();
  std::map<std::string, PlaceCounts> by_region;
  const auto take = [&](const std::string& code, const std::string& name, const std::string& region) {
    const auto found = counts.find(code);
    if (found == counts.end()) {
      return;
    }
    const std::string place = region.empty() ? std::string() : "R" + region;
    summary.departments.push_back({code, name, place, found->second});
    add(by_region[place], found->second);
  };
  for (const Department& department : territories.departments) {
    take(department.code, department.name, department.region);
  }
  take("", "", "");
  for (ChildCounts& child : summary.children) {
    if (child.kind == PlaceKind::region) {
      child.counts = by_region[child.id];
    } else {
      const Hierarchy below = child.kind == PlaceKind::legal ? Hierarchy::legal : Hierarchy::ght;
      child.counts = total(Counting(t, child.id, below, day, territories).by_department());
    }
  }
  return summary;
}

}  // namespace releve::registry
