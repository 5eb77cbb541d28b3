// SPDX-License-Identifier: EUPL-1.2
// One machine: its name, address and operating system; and what the inventory remembers of it.
#include "foundation/base/text.hpp"
#include "prepare/fiction/draft.hpp"

#include <algorithm>

namespace releve::fiction {
namespace {

const SystemModel& choose_system(const Draft& draft, const std::string& role, const std::string& machine) {
  const double u = static_cast<double>(draft.chance.word("system/" + machine)) / 4294967296.0;
  const SystemModel* last = nullptr;
  double sum = 0;
  for (const SystemModel& system : draft.lexicon.systems.systems) {
    if (system.role == role) {
      last = &system;
      sum += system.share;
      if (u < sum) {
        break;
      }
    }
  }
  RELEVE_CHECK(last != nullptr, role);
  return *last;
}

std::string next_ip(Draft& draft, const std::string& zone) {
  const std::uint32_t n = draft.next_address[zone]++;
  return draft.zone_block.at(zone) + "." + std::to_string(1 + n / 240) + "." + std::to_string(10 + n % 240);
}

/// Locally administered, so that no real manufacturer is named.
std::string mac_address(const Draft& draft, const std::string& machine) {
  const std::string hex = draft.chance.hex("mac/" + machine, 2);
  std::string mac = "02";
  for (std::size_t i = 0; i < 10; i += 2) {
    mac += ":" + hex.substr(i, 2);
  }
  return mac;
}

/// Laboratories of the university hospital kept the domain they had before the merger.
bool is_laboratory(const std::string& place) {
  static const std::vector<std::string> places{"LAB", "ANAP", "GENE", "MICR", "SGL", "LOGANAP", "SEQ", "ADL"};
  return std::find(places.begin(), places.end(), place) != places.end();
}

}  // namespace

FictionalMachine& add_machine(Draft& draft, MachineOrder order) {
  RELEVE_CHECK(order.name.size() <= 15, order.name);  // NetBIOS
  const SystemModel& system = choose_system(draft, order.system_role, order.name);
  FictionalMachine machine;
  machine.role = order.role;
  machine.zone = std::move(order.zone);
  machine.place = std::move(order.place);
  machine.component = std::move(order.component);
  machine.system = system.name;
  machine.tags = system.tags;
  machine.tags.insert(machine.tags.end(), order.tags.begin(), order.tags.end());
  machine.ip = next_ip(draft, machine.zone);
  machine.mac = mac_address(draft, order.name);
  const bool second = draft.hospital.domains.size() > 1 && is_laboratory(machine.place);
  machine.domain = !order.joined ? -1 : second ? 1 : 0;
  const bool known_to_dns = order.joined || order.role != MachineRole::printer;
  if (known_to_dns) {
    machine.fqdn = to_lower(order.name) + "." + draft.hospital.domains[second ? 1 : 0];
  }
  machine.name = std::move(order.name);
  const bool added = draft.machine_by_name.emplace(machine.name, draft.hospital.machines.size()).second;
  RELEVE_CHECK(added, machine.name);
  return draft.hospital.machines.emplace_back(std::move(machine));
}

cartography::Component& add_component(Draft& draft, const FictionalMachine& machine, const std::string& name,
                                      cartography::ComponentKind kind) {
  const std::string key = "component facts/" + machine.name;
  cartography::Component element;
  element.id = machine.name;
  element.name = name;
  element.kind = kind;
  element.zone = machine.zone;
  element.host_name = machine.name;
  if (draft.chance.happens(key, 0.3, 0)) {
    element.fqdn = machine.fqdn;
  }
  if (draft.chance.happens(key, 0.6, 1)) {
    element.ip = machine.ip;
  }
  if (draft.chance.happens(key, 0.7, 2)) {
    element.operating_system = machine.system;
  }
  if (draft.chance.happens(key, 0.6, 3) || kind == cartography::ComponentKind::backup) {
    element.domain_joined = machine.domain >= 0;
  }
  if (machine.has("exposed")) {
    element.internet_exposed = true;
  }
  return draft.hospital.inventory.components.emplace_back(std::move(element));
}

}  // namespace releve::fiction
