// SPDX-License-Identifier: EUPL-1.2
#include "steer/registry/changes.hpp"

#include "steer/registry/known_numbers.hpp"
#include "steer/registry/place_merge.hpp"
#include "steer/registry/transfers.hpp"

#include <algorithm>
#include <set>
#include <unordered_set>
#include <utility>

namespace releve::registry {

using intake::RegistryExtract;
using intake::RegistrySource;

namespace {

/// Beyond both, absent places say that the list is partial, not that France has closed.
constexpr std::size_t few_absent = 20;
constexpr double share_absent = 0.05;

std::string source_name(RegistrySource source) {
  switch (source) {
    case RegistrySource::sae:
      return "sae";
    case RegistrySource::ght_list:
      return "ght_list";
    default:
      return "finess";
  }
}

class Comparison {
 public:
  Comparison(const Known& known, const RegistryExtract& extract, const Territories& territories,
             const std::string& day)
      : known_(known),
        extract_(extract),
        territories_(territories),
        day_(day),
        source_(source_name(extract.source)),
        numbers_(known, changes_, day) {}

  Changes run() {
    findings_.in_file({});
    for (const auto& entity : extract_.entities) {
      take_entity(entity);
    }
    index_sirets();
    for (const auto& site : extract_.sites) {
      take_site(site);
    }
    for (const auto& group : extract_.groups) {
      take_group(group);
    }
    leave_groups();
    close_absent();
    find_mergers();
    take_capacities();
    report();
    changes_.findings = findings_.take();
    return std::move(changes_);
  }

 private:
  const Known::One* find(const std::string& place) const {
    const auto found = known_.places.find(place);
    return found == known_.places.end() ? nullptr : &found->second;
  }

  std::string numbered(const std::string& scheme, const std::string& number) const {
    return numbers_.place_of(scheme, number);
  }

  /// Two records of one file may not be one place, whatever technical id they share.
  bool speaks_first_of(const std::string& place, const std::string& number) {
    if (!seen_.contains(place)) {
      return true;
    }
    findings_.add(Severity::warning, message("registry.same_place", {{"number", number}, {"place", place}}));
    return false;
  }

  /// A new identity; a number that another place has had takes a suffix.
  std::string new_place(std::string id, PlaceKind kind) {
    const std::string wanted = id;
    for (int i = 2; find(id) != nullptr || fresh_places_.contains(id); ++i) {
      id = wanted + "-" + std::to_string(i);
    }
    fresh_places_.emplace(id, kind);
    changes_.places.push_back({id, kind});
    return id;
  }

  void note(PlaceChange change, bool is_site) {
    auto& [sites, others] = totals_[change.kind];
    if (sites + others < most_listed) {
      changes_.difference.changes.push_back(std::move(change));
    }
    ++(is_site ? sites : others);
  }

  /// Says what changed between two versions and keeps the new one when something did.
  void keep_version(const Known::One* known, PlaceVersion wanted, bool is_site) {
    seen_.insert(wanted.place);
    wanted.from_day = day_;
    if (known == nullptr) {
      if (wanted.closed.empty()) {
        note({ChangeKind::opened, wanted.place, wanted.name, "", wanted.town}, is_site);
      }
      changes_.versions.push_back(std::move(wanted));
      return;
    }
    wanted = completed(std::move(wanted), known->version);
    for (PlaceChange& change : told_changes(known->version, wanted)) {
      note(std::move(change), is_site);
    }
    if (same_facts(known->version, wanted)) {
      ++changes_.difference.unchanged;
    } else {
      changes_.versions.push_back(std::move(wanted));
    }
  }

  /// The memberships of a place in one hierarchy become this one; an empty parent: none.
  void belong(const std::string& place, const Known::One* known, Hierarchy hierarchy,
              const std::string& parent, const std::string& role = {}) {
    bool there = false;
    for (const Membership& one : known != nullptr ? known->memberships : std::vector<Membership>{}) {
      if (one.hierarchy != hierarchy) {
        continue;
      }
      if (one.parent == parent && one.role == role) {
        there = true;
        continue;
      }
      changes_.left.push_back(one);
      if (hierarchy != Hierarchy::region && !parent.empty() && one.parent != parent) {
        note({ChangeKind::regrouped, place, known->version.name, one.parent, parent},
             known->kind == PlaceKind::site);
      }
    }
    if (!there && !parent.empty()) {
      changes_.joined.push_back({hierarchy, place, parent, role, day_});
    }
  }

  std::string region_place(const std::string& department) const {
    const std::string& region = territories_.region_of(department);
    return region.empty() ? std::string(nation_id) : "R" + region;
  }

  void take_entity(const intake::LegalEntity& entity) {
    std::string place = numbered("ej", entity.number);
    const bool by_number = !place.empty();
    place = by_number ? place : numbered("pm", entity.technical);
    if (!place.empty() && !speaks_first_of(place, entity.number)) {
      return;
    }
    if (place.empty()) {
      place = new_place("EJ" + entity.number, PlaceKind::legal);
    } else if (!by_number) {
      change_number("ej", place, entity.number, false, entity.name);
    }
    numbers_.give("ej", entity.number, place);
    numbers_.give("pm", entity.technical, place);
    const Known::One* known = find(place);
    PlaceVersion version;
    version.place = place;
    version.source = source_;
    version.name = entity.name;
    version.long_name = entity.long_name;
    version.department = entity.department;
    version.insee = entity.insee;
    version.postcode = entity.postcode;
    version.town = entity.town;
    version.siret = entity.siren;
    version.opened = entity.opened;
    version.closed = entity.closed;
    const std::string department =
        version.department.empty() && known != nullptr ? known->version.department : version.department;
    keep_version(known, std::move(version), false);
    belong(place, known, Hierarchy::region, entity.closed.empty() ? region_place(department) : "");
    if (!entity.closed.empty()) {
      belong(place, known, Hierarchy::ght, "");
    }
  }

  /// The entity of a site, made from its number alone when nothing else is known of it.
  std::string entity_of(const intake::Site& site) {
    if (site.entity.empty()) {
      return {};
    }
    std::string place = numbered("ej", site.entity);
    if (!place.empty()) {
      return place;
    }
    place = new_place("EJ" + site.entity, PlaceKind::legal);
    numbers_.give("ej", site.entity, place);
    PlaceVersion version;
    version.place = place;
    version.source = source_;
    version.department = site.department;
    keep_version(nullptr, std::move(version), false);
    belong(place, nullptr, Hierarchy::region, region_place(site.department));
    return place;
  }

  void index_sirets() {
    std::unordered_set<std::string> present;
    for (const auto& site : extract_.sites) {
      present.insert(site.number);
    }
    for (const auto& [number, place] : known_.numbers) {
      const Known::One* one = number.first == "et" ? find(place) : nullptr;
      if (one != nullptr && one->version.closed.empty() && !one->version.siret.empty() &&
          !present.contains(number.second)) {
        vanished_by_siret_[one->version.siret].push_back(place);
      }
    }
    for (const auto& site : extract_.sites) {
      ++sites_by_siret_[site.siret];
    }
  }

  /// A list of all that is open has the site's SIRET under another number, and no longer the number it had.
  std::string known_by_siret(const intake::Site& site) const {
    const auto found = vanished_by_siret_.find(site.siret);
    const bool sure = extract_.complete && !site.siret.empty() && found != vanished_by_siret_.end() &&
                      found->second.size() == 1 && sites_by_siret_.at(site.siret) == 1;
    return sure ? found->second.front() : std::string();
  }

  /// The place has another number from now on.
  void change_number(const std::string& scheme, const std::string& place, const std::string& number,
                     bool is_site, const std::string& name) {
    for (std::string& old : numbers_.replace_by(scheme, place, number)) {
      note({ChangeKind::renumbered, place, name, std::move(old), number}, is_site);
    }
  }

  void take_site(const intake::Site& site) {
    std::string place = numbered("et", site.number);
    const bool by_number = !place.empty();
    if (!by_number) {
      place = numbered("ege", site.technical);
      place = place.empty() ? known_by_siret(site) : place;
    }
    if (!place.empty() && !speaks_first_of(place, site.number)) {
      return;
    }
    if (place.empty()) {
      place = new_place(site.number, PlaceKind::site);
    } else if (!by_number) {
      change_number("et", place, site.number, true, site.name);
    }
    numbers_.give("et", site.number, place);
    numbers_.give("ege", site.technical, place);
    const Known::One* known = find(place);
    PlaceVersion version{.place = place,
                         .from_day = {},
                         .source = source_,
                         .name = site.name,
                         .long_name = site.long_name,
                         .category = site.category,
                         .category_name = site.category_name,
                         .sector = site.sector,
                         .department = site.department,
                         .insee = site.insee,
                         .postcode = site.postcode,
                         .town = site.town,
                         .siret = site.siret,
                         .opened = site.opened,
                         .closed = site.closed};
    if (known != nullptr) {
      version = completed(std::move(version), known->version);
    }
    const bool is_open = version.closed.empty();
    const std::string region = is_open ? region_place(version.department) : "";
    keep_version(known, std::move(version), true);
    belong(place, known, Hierarchy::region, region);
    const bool believed = known == nullptr || trust_in(source_) >= trust_in(known->version.source);
    if (believed && (!site.entity.empty() || !is_open)) {
      const std::string entity = is_open ? entity_of(site) : "";
      if (known != nullptr) {
        transfers_.note(*known, entity);
      }
      belong(place, known, Hierarchy::legal, entity);
    }
  }

  void take_group(const intake::Group& group) {
    const std::string place = "GHT" + group.code;
    const Known::One* known = find(place);
    if (known == nullptr && !fresh_places_.contains(place)) {
      new_place(place, PlaceKind::ght);
    }
    PlaceVersion version;
    version.place = place;
    version.source = source_;
    version.name = group.name.empty() && known == nullptr ? group.code : group.name;
    keep_version(known, std::move(version), false);
    // A GHT's code begins with its region's: the five of FINESS+'s own sample do, and all of SAE 2023.
    const std::string region = group.code.substr(0, 2);
    const bool has_region = std::any_of(territories_.regions.begin(), territories_.regions.end(),
                                        [&](const Region& one) { return one.code == region; });
    belong(place, known, Hierarchy::region, has_region ? "R" + region : std::string(nation_id));
    if (extract_.members) {
      take_members(group, place);
    }
  }

  void take_members(const intake::Group& group, const std::string& place) {
    for (const auto& member : group.members) {
      std::string who = numbered("ej", member.number);
      who = who.empty() ? numbered("et", member.number) : who;
      if (who.empty()) {
        findings_.add(Severity::warning,
                      message("registry.unknown_member", {{"member", member.number}, {"ght", group.code}}));
        continue;
      }
      if (!members_.emplace(who).second) {
        findings_.add(Severity::warning,
                      message("registry.two_groups", {{"number", member.number}, {"ght", group.code}}));
        continue;
      }
      belong(who, find(who), Hierarchy::ght, place, member.lead ? "lead" : "");
    }
  }

  /// Members of the groups in this file that none of them names any more.
  void leave_groups() {
    if (!extract_.members) {
      return;
    }
    std::set<std::string> groups;
    for (const auto& group : extract_.groups) {
      groups.insert("GHT" + group.code);
    }
    for (const auto& [id, one] : known_.places) {
      for (const Membership& old : one.memberships) {
        if (old.hierarchy == Hierarchy::ght && groups.contains(old.parent) && !members_.contains(id)) {
          changes_.left.push_back(old);
          note({ChangeKind::regrouped, id, one.version.name, old.parent, ""}, one.kind == PlaceKind::site);
        }
      }
    }
  }

  void close_absent() {
    if (!extract_.complete) {
      return;
    }
    std::vector<const Known::One*> absent;
    std::size_t open = 0;
    for (const auto& [id, one] : known_.places) {
      const bool listed =
          one.kind == PlaceKind::site && one.version.closed.empty() && one.version.source == source_;
      open += listed ? 1 : 0;
      if (listed && !seen_.contains(id)) {
        absent.push_back(&one);
      }
    }
    if (absent.size() > few_absent &&
        static_cast<double>(absent.size()) > share_absent * static_cast<double>(open)) {
      findings_.add(Severity::warning,
                    message("registry.many_absent",
                            {{"absent", std::to_string(absent.size())}, {"open", std::to_string(open)}}));
      return;
    }
    std::sort(absent.begin(), absent.end(),
              [](const auto* a, const auto* b) { return a->version.place < b->version.place; });
    for (const Known::One* one : absent) {
      close(*one, extract_.day.empty() ? day_ : extract_.day);
    }
  }

  void close(const Known::One& one, const std::string& closed) {
    PlaceVersion version = one.version;
    version.source = source_;
    version.closed = closed;
    transfers_.note(one, "");
    keep_version(&one, version, one.kind == PlaceKind::site);
    for (const Hierarchy hierarchy : {Hierarchy::region, Hierarchy::ght, Hierarchy::legal}) {
      belong(version.place, &one, hierarchy, "");
    }
  }

  void find_mergers() {
    for (const auto& [entity, heir] : transfers_.mergers(known_)) {
      const Known::One* known = find(entity);
      if (known == nullptr) {
        continue;
      }
      changes_.successions.push_back({entity, heir, day_});
      note({ChangeKind::merged, entity, known->version.name, entity, heir}, false);
      if (known->version.closed.empty() && !seen_.contains(entity)) {
        close(*known, extract_.day.empty() ? day_ : extract_.day);
      }
    }
  }

  void take_capacities() {
    std::int64_t unknown = 0;
    for (const auto& one : extract_.capacities) {
      const std::string place = numbered("et", one.place);
      if (place.empty()) {
        ++unknown;
      } else {
        changes_.capacities.push_back({place, one.measure, one.year, one.amount, source_});
      }
    }
    if (unknown > 0) {
      findings_.add(Severity::warning,
                    message("registry.unknown_places", {{"count", std::to_string(unknown)}}));
    }
  }

  void report() {
    RegistryDifference& difference = changes_.difference;
    difference.read_sites = static_cast<std::int64_t>(extract_.sites.size());
    difference.read_entities = static_cast<std::int64_t>(extract_.entities.size());
    difference.read_groups = static_cast<std::int64_t>(extract_.groups.size());
    difference.read_figures = static_cast<std::int64_t>(extract_.capacities.size());
    for (const auto& [kind, total] : totals_) {
      difference.totals.push_back({kind, total.first, total.second});
    }
    std::stable_sort(difference.changes.begin(), difference.changes.end(),
                     [](const PlaceChange& a, const PlaceChange& b) { return a.kind < b.kind; });
  }

  const Known& known_;
  const RegistryExtract& extract_;
  const Territories& territories_;
  const std::string day_;
  const std::string source_;
  Changes changes_;
  Findings findings_;
  KnownNumbers numbers_;
  std::unordered_map<std::string, PlaceKind> fresh_places_;
  std::unordered_set<std::string> seen_;     // places that the file speaks of
  std::unordered_set<std::string> members_;  // of a GHT in this file
  std::unordered_map<std::string, std::vector<std::string>> vanished_by_siret_;
  std::unordered_map<std::string, int> sites_by_siret_;
  Transfers transfers_;
  std::map<ChangeKind, std::pair<std::int64_t, std::int64_t>> totals_;
};

}  // namespace

Changes changes_of(const Known& known, const RegistryExtract& extract, const Territories& territories,
                   const std::string& day) {
  return Comparison(known, extract, territories, day).run();
}

}  // namespace releve::registry
