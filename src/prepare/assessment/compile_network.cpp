// SPDX-License-Identifier: EUPL-1.2
#include "foundation/base/text.hpp"
#include "prepare/assessment/compiler.hpp"

#include <algorithm>

namespace releve::assessment {

using engine::Protocol;

void compile_techniques(Compiler& compiler) {
  for (const TechniqueRow& row : compiler.tables.techniques) {
    double chance = row.chance;
    for (const ModifierRow& modifier : compiler.tables.modifiers) {
      if (modifier.technique != row.id) {
        continue;
      }
      for (const auto& health : compiler.map.health) {
        const bool hit = std::any_of(health.rules.begin(), health.rules.end(),
                                     [&](const auto& rule) { return rule.id == modifier.rule; });
        if (hit) {
          chance *= modifier.factor;
          break;
        }
      }
    }
    compiler.techniques.emplace(row.id, static_cast<std::uint16_t>(compiler.draft.model.techniques.size()));
    compiler.chance.push_back(std::min(1.0, chance));
    compiler.draft.model.techniques.push_back({row.id, row.seen, row.needs_outside, delay_of(row.delay)});
  }
}

static const SensorRow& sensor_row(const Tables& tables, const std::string& watch) {
  for (const SensorRow& row : tables.sensors) {
    if (row.watch == watch) {
      return row;
    }
  }
  RELEVE_CHECK(false, "read_tables() requires a sensor row per watch level");
  return tables.sensors.front();
}

/// "SRV:admin+web" or "SRV:all".
static void add_flow(Compiler& compiler, const std::string& from, std::string_view text) {
  static constexpr std::pair<std::string_view, Protocol> names[] = {
      {"admin", Protocol::admin},
      {"remote_desktop", Protocol::remote_desktop},
      {"file", Protocol::file},
      {"web", Protocol::web},
      {"database", Protocol::database}};
  const std::size_t colon = text.find(':');
  const auto to = compiler.zones.find(std::string(trim(text.substr(0, colon))));
  if (to == compiler.zones.end()) {
    return;  // the cartography has reported it
  }
  const std::string_view protocols = colon == std::string_view::npos ? "all" : text.substr(colon + 1);
  for (const auto& [name, protocol] : names) {
    const auto listed = split(protocols, '+');
    const bool wanted = std::any_of(listed.begin(), listed.end(), [&](std::string_view one) {
      // NOLINTNEXTLINE(clang-analyzer-core.CallAndMessage): every pair above has a name
      return trim(one) == name || trim(one) == "all";
    });
    if (wanted) {
      compiler.draft.flow(compiler.zones.at(from), to->second, protocol);
    }
  }
}

void compile_zones(Compiler& compiler) {
  const auto add = [&](const std::string& id, const std::string& label, const char* watch) {
    const engine::ZoneIndex zone = compiler.draft.zone(id, label);
    compiler.zones.emplace(id, zone);
    const SensorRow& sensor = sensor_row(compiler.tables, watch);
    compiler.draft.watch(zone, sensor.watch, sensor.factor, delay_of(sensor.latency));
  };
  for (const cartography::Zone& zone : compiler.map.zones) {
    add(zone.id, zone.name.empty() ? zone.id : zone.name, watch_name(zone.watch));
  }
  // Machines that no zone claims; with no zone at all this is the flat network.
  add("", "…", watch_name(std::nullopt));
  for (const cartography::Zone& zone : compiler.map.zones) {
    for (const std::string& flow : zone.flows) {
      add_flow(compiler, zone.id, flow);
    }
    // Nothing is known of a filter around unplaced machines: none is assumed.
    for (const Protocol protocol :
         {Protocol::admin, Protocol::remote_desktop, Protocol::file, Protocol::web, Protocol::database}) {
      compiler.draft.flow(compiler.zones.at(""), compiler.zones.at(zone.id), protocol);
      compiler.draft.flow(compiler.zones.at(zone.id), compiler.zones.at(""), protocol);
    }
  }
}

void compile_hosts(Compiler& compiler) {
  std::unordered_map<std::string, double> blocked;
  for (const cartography::Zone& zone : compiler.map.zones) {
    blocked[zone.id] = sensor_row(compiler.tables, watch_name(zone.watch)).blocked;
  }
  blocked[""] = sensor_row(compiler.tables, watch_name(std::nullopt)).blocked;
  std::unordered_map<std::string, bool> kept;
  for (const cartography::Component& component : compiler.map.components) {
    kept[component.id] = cartography::resolve(component, compiler.defaults).kept_on_shutdown;
  }
  for (std::uint32_t m = 0; m < compiler.map.machines.size(); ++m) {
    const cartography::Machine& machine = compiler.map.machines[m];
    const std::string& zone = compiler.zones.contains(machine.zone) ? machine.zone : std::string();
    engine::Host host;
    host.name = "host:" + machine.id;
    host.node = compiler.draft.node(engine::NodeKind::host, host.name, machine.name);
    host.zone = compiler.zones.at(zone);
    // Encryption protection is software on workstations and servers, not on appliances.
    const bool appliance = machine.kind == cartography::MachineKind::hypervisor ||
                           machine.kind == cartography::MachineKind::storage ||
                           machine.kind == cartography::MachineKind::network;
    host.blocked = engine::threshold_of(appliance ? 0 : blocked[zone]);
    host.kept_on_shutdown = !machine.component.empty() && kept[machine.component];
    const engine::HostIndex index = compiler.draft.model.hosts.push_back(host);
    compiler.draft.model.nodes[host.node].host = index;
    compiler.host_of_machine.push_back(index);
    compiler.draft.implies(host.node, compiler.draft.presence(host.zone));
    if (!machine.component.empty()) {
      compiler.machines_of_component[machine.component].push_back(m);
    }
  }
}

}  // namespace releve::assessment
