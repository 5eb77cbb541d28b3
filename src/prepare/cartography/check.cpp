// SPDX-License-Identifier: EUPL-1.2
#include "prepare/cartography/check.hpp"

#include "foundation/base/text.hpp"
#include "prepare/cartography/element_names.hpp"
#include "prepare/cartography/nearest.hpp"
#include "prepare/cartography/zones.hpp"

#include <algorithm>
#include <tuple>
#include <unordered_map>

namespace releve::cartography {

namespace {

/// The ids that a reference may name, and what to propose for one that names nothing.
class Known {
 public:
  void add(const std::string& id, const std::string& name) {
    ids_.push_back(id);
    by_name_.emplace(fold(name), id);
  }

  void settle() {
    std::sort(ids_.begin(), ids_.end());
    ids_.erase(std::unique(ids_.begin(), ids_.end()), ids_.end());
  }

  bool has(const std::string& id) const { return std::binary_search(ids_.begin(), ids_.end(), id); }

  /// A finding `code`, or `code_near` when an id or a name is close. People often write the name for the id.
  void report(Findings& findings, const std::string& code, const std::string& id, const std::string& place) {
    std::optional<std::string> near;
    if (const auto named = by_name_.find(fold(id)); named != by_name_.end()) {
      near = named->second;
    } else if (reported_++ < max_findings_per_code) {  // further ones are only counted: no need to search
      near = nearest(id, ids_);
    }
    std::vector<Param> params{{"id", id}, {"place", place}};
    if (near) {
      params.push_back({"nearest", *near});
    }
    findings.add(Severity::warning, message(near ? code + "_near" : code, std::move(params)), place);
  }

 private:
  std::vector<std::string> ids_;
  std::unordered_map<std::string, std::string> by_name_;
  std::size_t reported_ = 0;
};

void check_unique_ids(const Cartography& c, Findings& findings) {
  std::map<std::string_view, std::string_view> kind_of;
  const auto look = [&](const auto& list, std::string_view kind) {
    for (const auto& element : list) {
      const auto [at, fresh] = kind_of.emplace(element.id, kind);
      if (!fresh) {
        findings.add(
            Severity::warning,
            message("cartography.id_used_twice",
                    {{"id", element.id}, {"first", std::string(at->second)}, {"second", std::string(kind)}}),
            element.id);
      }
    }
  };
  look(c.services, "service");
  look(c.applications, "application");
  look(c.components, "component");
  look(c.zones, "zone");
}

void check_ends(Cartography& c, Findings& findings) {
  Known known;
  const auto add = [&](const auto& list) {
    for (const auto& element : list) {
      known.add(element.id, element.name);
    }
  };
  add(c.services);
  add(c.applications);
  add(c.components);
  known.settle();
  std::erase_if(c.dependencies, [&](const Dependency& d) {
    if (d.consumer == d.target) {
      findings.add(Severity::warning, message("cartography.depends_on_itself", {{"id", d.consumer}}), d.id);
      return true;
    }
    bool dangling = false;
    for (const std::string& end : {d.consumer, d.target}) {
      if (!known.has(end)) {
        known.report(findings, "cartography.dangling_end", end, d.id);
        dangling = true;
      }
    }
    return dangling;
  });
}

void check_alternatives(const Cartography& c, Findings& findings) {
  struct Group {
    double needed = 1;
    double members = 0;
  };

  std::map<std::tuple<std::string_view, DependencyKind, std::string_view>, Group> groups;
  for (const Dependency& d : c.dependencies) {
    if (d.alternative && !d.alternative->empty()) {
      Group& group = groups[{d.consumer, d.kind, *d.alternative}];
      group.needed = std::max(group.needed, d.needed.value_or(1));
      ++group.members;
    }
  }
  for (const auto& [key, group] : groups) {
    if (group.needed > group.members) {
      findings.add(Severity::warning,
                   message("cartography.more_needed_than_there_are",
                           {{"consumer", std::string(std::get<0>(key))},
                            {"group", std::string(std::get<2>(key))},
                            {"needed", std::to_string(static_cast<int>(group.needed))},
                            {"members", std::to_string(static_cast<int>(group.members))}}),
                   std::string(std::get<0>(key)));
    }
  }
}

void check_curves(const Cartography& c, Findings& findings) {
  for (const Service& s : c.services) {
    const std::pair<const char*, const std::optional<double>*> points[] = {
        {"2 h", &s.capacity_2h},   {"8 h", &s.capacity_8h},   {"24 h", &s.capacity_24h},
        {"72 h", &s.capacity_72h}, {"168 h", &s.capacity_1w}, {"672 h", &s.capacity_4w}};
    std::optional<std::pair<const char*, double>> before;
    for (const auto& [age, value] : points) {
      if (*value && before && **value > before->second) {
        findings.add(
            Severity::warning,
            message("cartography.curve_rises", {{"service", s.name}, {"from", before->first}, {"to", age}}),
            s.id);
        break;
      }
      if (*value) {
        before = {age, **value};
      }
    }
  }
}

void check_flow(const Zone& zone, const std::string& text, Known& known, Findings& findings) {
  const Flow flow = parse_flow(text);
  if (!known.has(flow.zone)) {
    known.report(findings, "cartography.flow_to_unknown_zone", flow.zone, zone.id);
  }
  for (const std::string& word : flow.unknown) {
    findings.add(Severity::warning,
                 message("cartography.unknown_protocol", {{"zone", zone.id}, {"word", word}}), zone.id);
  }
}

void check_zones(Cartography& c, Findings& findings) {
  Known known;
  for (const Zone& zone : c.zones) {
    known.add(zone.id, zone.name);
  }
  known.settle();
  for (const Zone& zone : c.zones) {
    for (const std::string& text : zone.flows) {
      check_flow(zone, text, known, findings);
    }
  }
  const ZoneFinder finder(c.zones);
  for (const auto& [zone, text] : finder.unreadable()) {
    findings.add(Severity::warning,
                 message("cartography.bad_address_block", {{"zone", zone}, {"text", shorten(text, 80)}}),
                 zone);
  }
  for (Component& component : c.components) {
    if (component.zone && !component.zone->empty() && !known.has(*component.zone)) {
      known.report(findings, "cartography.unknown_zone", *component.zone, component.id);
      component.zone.reset();
    }
  }
  const bool has_machines = !c.components.empty() || !c.directory->objects.empty();
  if (c.zones.empty() && has_machines) {
    findings.add(Severity::warning, message("cartography.flat_network"));
  }
}

/// "DNS → Annuaire → DNS"; a way too long to read shows its ends.
std::string written(const Cycle& cycle, const ElementNames& names) {
  constexpr std::size_t shown = 10;
  std::string path = names.of(cycle.front());
  for (std::size_t i = 1; i < cycle.size(); ++i) {
    if (cycle.size() > 2 * shown + 1 && i == shown) {
      path += " → …";
      i = cycle.size() - shown;
    }
    path += " → " + names.of(cycle[i]);
  }
  return path;
}

}  // namespace

void check_elements(Cartography& cartography, Findings& findings) {
  check_unique_ids(cartography, findings);
  check_ends(cartography, findings);
  check_alternatives(cartography, findings);
  check_curves(cartography, findings);
  check_zones(cartography, findings);
  cartography.cycles = find_cycles(cartography.dependencies);
  const ElementNames names(cartography);
  for (const Cycle& cycle : cartography.cycles) {
    findings.add(Severity::note, message("cartography.cycle", {{"path", written(cycle, names)}}),
                 cycle.front());
  }
}

}  // namespace releve::cartography
