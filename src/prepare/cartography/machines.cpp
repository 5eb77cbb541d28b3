// SPDX-License-Identifier: EUPL-1.2
#include "prepare/cartography/machines.hpp"

#include "foundation/base/text.hpp"
#include "prepare/cartography/match.hpp"
#include "prepare/cartography/zones.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

namespace releve::cartography {

bool matches_pattern(std::string_view pattern, std::string_view name) {
  const std::string p = to_upper(pattern);
  const std::string n = to_upper(name);
  std::size_t at = 0;
  std::size_t star = std::string::npos;
  std::size_t resume = 0;
  for (std::size_t i = 0; i < n.size();) {
    if (at < p.size() && (p[at] == '?' || p[at] == n[i]) && p[at] != '*') {
      ++at;
      ++i;
    } else if (at < p.size() && p[at] == '*') {
      star = at++;
      resume = i;
    } else if (star != std::string::npos) {
      at = star + 1;
      i = ++resume;
    } else {
      return false;
    }
  }
  return p.find_first_not_of('*', at) == std::string::npos;
}

namespace {

class Drawing {
 public:
  Drawing(const Cartography& cartography, std::span<const Source> sources,
          std::span<const std::uint32_t> source_of_object, Findings& findings)
      : c_(cartography),
        sources_(sources),
        findings_(findings),
        zones_(cartography.zones),
        records_(collect_records(cartography, sources, source_of_object)),
        shown_(cartography.components.size(), false) {}

  std::vector<Machine> draw() {
    const auto groups = match_records(records_, findings_);
    machines_.reserve(groups.size());
    for (const auto& group : groups) {
      machines_.push_back(machine_of(group));
    }
    claim_by_pattern();
    make_missing();
    for (Machine& machine : machines_) {
      place(machine);
    }
    name_apart();
    return std::move(machines_);
  }

 private:
  static void fill(std::string& member, const std::string& value) {
    if (member.empty()) {
      member = value;
    }
  }

  static const std::string& seen_as(const Record& record, const std::string& otherwise) {
    return !record.fqdn.empty()   ? record.fqdn
           : !record.host.empty() ? record.host
           : !record.ips.empty()  ? record.ips.front()
                                  : otherwise;
  }

  static std::string sheet_of(const Component& component) {
    for (const char* field : {"host_name", "fqdn", "ip", "sid", "name", "id"}) {
      if (const auto origin = component.origins.find(field); origin != component.origins.end()) {
        return origin->second.source;
      }
    }
    return {};
  }

  const intake::ScannedHost& host_of(const Record& record) const {
    return sources_[record.source].scan->hosts[record.index];
  }

  Sighting sighting(const Record& record, std::span<const std::uint32_t> before) const {
    Sighting seen;
    if (record.from == Record::From::sheet) {
      seen = {sheet_of(c_.components[record.index]),
              "sheet",
              seen_as(record, c_.components[record.index].id),
              {}};
    } else {
      seen = {
          sources_[record.source].file_name, sources_[record.source].format, seen_as(record, record.sid), {}};
    }
    for (const std::uint32_t other : before) {
      const auto key = shared_key(record, records_[other]);
      if (key && (!seen.matched_by || *key < *seen.matched_by)) {
        seen.matched_by = key;
      }
    }
    return seen;
  }

  Machine machine_of(const std::vector<std::uint32_t>& group) {
    Machine machine;
    for (std::size_t i = 0; i < group.size(); ++i) {
      const Record& record = records_[group[i]];
      machine.sightings.push_back(sighting(record, std::span(group).first(i)));
      explain_joined_later(machine.sightings, group, i);
      fill(machine.sid, record.sid);
      fill(machine.fqdn, record.fqdn);
      fill(machine.host_name, record.host);
      machine.ips.insert(machine.ips.end(), record.ips.begin(), record.ips.end());
      if (record.from == Record::From::directory) {
        const auto& object = c_.directory->objects[record.index];
        machine.directory_object = record.index;
        machine.domain_joined = true;
        fill(machine.operating_system, object.operating_system);
      } else if (record.from == Record::From::sheet) {
        claim(machine, record.index);
      } else {
        fill(machine.operating_system, host_of(record).operating_system);
      }
    }
    std::sort(machine.ips.begin(), machine.ips.end());
    machine.ips.erase(std::unique(machine.ips.begin(), machine.ips.end()), machine.ips.end());
    take_scans(machine, group);
    return machine;
  }

  /// A record joined only through one that comes after it (the directory knows a name, the scan an IP, the
  /// sheet both) is explained by that one.
  void explain_joined_later(std::vector<Sighting>& sightings, const std::vector<std::uint32_t>& group,
                            std::size_t latest) const {
    for (std::size_t i = 1; i < latest; ++i) {
      if (!sightings[i].matched_by) {
        sightings[i].matched_by = shared_key(records_[group[i]], records_[group[latest]]);
      }
    }
  }

  void claim(Machine& machine, std::uint32_t index) {
    const Component& component = c_.components[index];
    if (!machine.component.empty()) {
      findings_.add(Severity::warning,
                    message("cartography.machine_claimed_twice",
                            {{"machine", machine.host_name.empty() ? component.name : machine.host_name},
                             {"kept", machine.component},
                             {"other", component.id}}),
                    component.id);
      return;
    }
    shown_[index] = true;
    describe_by(machine, component);
  }

  static void describe_by(Machine& machine, const Component& component) {
    machine.component = component.id;
    fill(machine.operating_system, component.operating_system.value_or(""));
    machine.domain_joined = machine.domain_joined || component.domain_joined.value_or(false);
    machine.internet_exposed = component.internet_exposed.value_or(false);
  }

  /// Per format, the newest scan that saw the machine.
  void take_scans(Machine& machine, const std::vector<std::uint32_t>& group) const {
    std::map<intake::ScanFormat, std::pair<Instant, std::uint32_t>> newest;
    for (const std::uint32_t i : group) {
      if (records_[i].from == Record::From::scan) {
        const std::uint32_t source = records_[i].source;
        const intake::Scan& scan = *sources_[source].scan;
        auto& best = newest.try_emplace(scan.format, Instant::min(), 0).first->second;
        best = std::max(best, std::pair(scan.started.value_or(sources_[source].when), source));
      }
    }
    for (const std::uint32_t i : group) {
      const Record& record = records_[i];
      if (record.from == Record::From::scan &&
          newest.at(sources_[record.source].scan->format).second == record.source) {
        const intake::ScannedHost& host = host_of(record);
        machine.ports.insert(machine.ports.end(), host.ports.begin(), host.ports.end());
        machine.weaknesses.insert(machine.weaknesses.end(), host.weaknesses.begin(), host.weaknesses.end());
      }
    }
    tidy(machine);
  }

  static void tidy(Machine& machine) {
    // Of two descriptions of a port, the one that names a product comes first and stays.
    const auto port = [](const intake::OpenPort& p) { return std::tuple(p.port, !p.tcp); };
    std::stable_sort(machine.ports.begin(), machine.ports.end(), [&](const auto& a, const auto& b) {
      return std::tuple(port(a), a.product.empty()) < std::tuple(port(b), b.product.empty());
    });
    machine.ports.erase(std::unique(machine.ports.begin(), machine.ports.end(),
                                    [&](const auto& a, const auto& b) { return port(a) == port(b); }),
                        machine.ports.end());
    const auto place = [](const intake::Weakness& w) {
      return std::tuple(std::string_view(w.id), w.port, !w.tcp);
    };
    std::stable_sort(machine.weaknesses.begin(), machine.weaknesses.end(),
                     [&](const auto& a, const auto& b) { return place(a) < place(b); });
    machine.weaknesses.erase(std::unique(machine.weaknesses.begin(), machine.weaknesses.end(),
                                         [&](const auto& a, const auto& b) { return place(a) == place(b); }),
                             machine.weaknesses.end());
  }

  /// A pattern claims the machines that no component names; of two patterns, the longer one.
  void claim_by_pattern() {
    std::vector<std::uint32_t> patterns;
    for (std::uint32_t i = 0; i < c_.components.size(); ++i) {
      if (is_pattern(c_.components[i])) {
        patterns.push_back(i);
      }
    }
    std::stable_sort(patterns.begin(), patterns.end(), [&](std::uint32_t a, std::uint32_t b) {
      return c_.components[a].host_name->size() > c_.components[b].host_name->size();
    });
    for (Machine& machine : machines_) {
      const bool named = !machine.component.empty();
      for (const std::uint32_t i : patterns) {
        const Component& component = c_.components[i];
        if (named || machine.host_name.empty() || !matches_pattern(*component.host_name, machine.host_name)) {
          continue;
        }
        const bool first = machine.component.empty();
        claim(machine, i);
        if (first) {
          by_pattern_.insert(machine.component);
          machine.sightings.push_back(
              {sheet_of(component), "sheet", *component.host_name, MatchKey::pattern});
        }
      }
    }
  }

  /// Machines for the components that no file shows, and for the rest of a named group ("a cluster of 3").
  void make_missing() {
    std::size_t made = 0;
    std::size_t wanted = 0;
    for (std::size_t i = 0; i < c_.components.size(); ++i) {
      const Component& component = c_.components[i];
      if (component.kind == ComponentKind::saas || (shown_[i] && is_pattern(component))) {
        continue;
      }
      const auto count = static_cast<std::size_t>(component.count.value_or(1));
      for (std::size_t n = shown_[i] ? 2 : 1; n <= count; ++n) {
        ++wanted;
        if (made < max_made_machines) {
          machines_.push_back(made_machine(component, n, count));
          ++made;
        }
      }
    }
    if (wanted > made) {
      findings_.add(Severity::warning,
                    message("cartography.too_many_machines",
                            {{"made", std::to_string(made)}, {"wanted", std::to_string(wanted)}}));
    }
  }

  static Machine made_machine(const Component& component, std::size_t number, std::size_t count) {
    Machine machine;
    machine.id = component.id + "#" + std::to_string(number);
    machine.name = count > 1 ? component.name + " " + std::to_string(number) : component.name;
    machine.sightings.push_back({sheet_of(component), "sheet", component.id, {}});
    describe_by(machine, component);
    return machine;
  }

  const Component* component_of(const Machine& machine) const {
    const auto at = std::lower_bound(c_.components.begin(), c_.components.end(), machine.component,
                                     [](const Component& c, const std::string& id) { return c.id < id; });
    return !machine.component.empty() && at != c_.components.end() && at->id == machine.component ? &*at
                                                                                                  : nullptr;
  }

  /// Zone, kind, name and id of a machine whose facts are all there.
  void place(Machine& machine) {
    const Component* component = component_of(machine);
    std::set<std::string> by_address;
    for (const std::string& ip : machine.ips) {
      for (const std::string& zone : zones_.zones_of(*parse_address(ip))) {
        by_address.insert(zone);
      }
    }
    const std::string said = component != nullptr ? component->zone.value_or("") : "";
    const bool said_first = !said.empty() && (by_address.empty() || !by_pattern_.contains(machine.component));
    machine.zone = said_first ? said : by_address.empty() ? "" : *by_address.begin();
    const bool is_dc = machine.directory_object != 0xFFFFFFFFU &&
                       c_.directory->objects[machine.directory_object].is(intake::Fact::is_dc);
    machine.kind = machine_kind(machine, component, is_dc);
    const std::string first_ip = machine.ips.empty() ? std::string() : machine.ips.front();
    for (const std::string& id : {machine.sid, machine.fqdn, machine.host_name, first_ip}) {
      fill(machine.id, id);
    }
    fill(machine.name, machine.host_name);
    fill(machine.name, component != nullptr ? component->name : first_ip);
    fill(machine.name, machine.id);
    report_two_zones(machine, by_address, said);
  }

  void report_two_zones(const Machine& machine, std::set<std::string> zones, const std::string& said) {
    if (!said.empty()) {
      zones.insert(said);
    }
    if (zones.size() < 2) {
      return;
    }
    std::string list;
    for (const std::string& zone : zones) {
      list += (list.empty() ? "" : ", ") + zone;
    }
    findings_.add(Severity::warning,
                  message("cartography.machine_in_two_zones",
                          {{"machine", machine.name}, {"zones", list}, {"kept", machine.zone}}),
                  machine.id);
  }

  /// Sorts by id. Two machines can end with one id only when their names are ambiguous: then both stay.
  void name_apart() {
    std::stable_sort(machines_.begin(), machines_.end(),
                     [](const Machine& a, const Machine& b) { return a.id < b.id; });
    bool changed = false;
    for (std::size_t i = 1, copy = 1; i < machines_.size(); ++i) {
      const bool same = machines_[i].id == machines_[i - copy].id;
      copy = same ? copy + 1 : 1;
      if (same) {
        machines_[i].id += "~" + std::to_string(copy);
        changed = true;
      }
    }
    if (changed) {
      std::sort(machines_.begin(), machines_.end(),
                [](const Machine& a, const Machine& b) { return a.id < b.id; });
    }
  }

  const Cartography& c_;
  std::span<const Source> sources_;
  Findings& findings_;
  ZoneFinder zones_;
  std::vector<Record> records_;
  std::vector<bool> shown_;           // by component: some file shows it
  std::set<std::string> by_pattern_;  // components that claimed by a pattern
  std::vector<Machine> machines_;
};

}  // namespace

std::vector<Machine> draw_machines(const Cartography& cartography, std::span<const Source> sources,
                                   std::span<const std::uint32_t> source_of_object, Findings& findings) {
  return Drawing(cartography, sources, source_of_object, findings).draw();
}

}  // namespace releve::cartography
