// SPDX-License-Identifier: EUPL-1.2
// Workstations of the wards and offices, biomedical devices, printers and switches: most of the machines,
// told to the inventory as groups ("PC-URG-*") or not at all.
#include "prepare/fiction/draft.hpp"

#include <algorithm>
#include <cmath>

namespace releve::fiction {
namespace {

using cartography::Component;
using cartography::ComponentKind;

Component& add_group(Draft& draft, const std::string& id, const std::string& name, const std::string& pattern,
                     ComponentKind kind, const std::string& zone, std::size_t count) {
  Component element;
  element.id = id;
  element.name = name;
  element.kind = kind;
  element.count = static_cast<double>(count);
  element.zone = zone;
  element.host_name = pattern;
  return draft.hospital.inventory.components.emplace_back(std::move(element));
}

void add_device_group(Draft& draft, const ServiceModel& service, const DeviceModel& device) {
  const auto count =
      static_cast<std::size_t>(std::max(1.0, std::round(device.count * draft.proportions.scale)));
  const std::string zone = draft.zone_of("Z-BIO", service.site);
  const std::string id = "EQ-" + device.prefix;
  const bool listed = draft.chance.happens("listed/" + id, 0.75);
  for (std::size_t i = 1; i <= count; ++i) {
    const std::string name = device.prefix + "-" + numbered(i, 2);
    FictionalMachine& machine = add_machine(draft, {.name = name,
                                                    .role = MachineRole::medical_device,
                                                    .system_role = "medical_device",
                                                    .zone = zone,
                                                    .place = service.code,
                                                    .component = listed ? id : "",
                                                    .joined = false,
                                                    .tags = {}});
    if (machine.has("windows") && draft.chance.happens("joined/" + name, 0.25)) {
      machine.domain = 0;
    }
    if (draft.chance.happens("no name/" + name, 0.4) && machine.domain < 0) {
      machine.fqdn.clear();
    }
  }
  if (listed) {
    Component& group =
        add_group(draft, id, device.name, device.prefix + "-*", ComponentKind::medical_device, zone, count);
    if (draft.chance.happens("supplier/" + id, 0.5)) {
      group.supplier_access = draft.chance.one_of(draft.lexicon.people.suppliers, "supplier of/" + id);
    }
  }
}

void add_unlisted(Draft& draft, const std::string& prefix, std::size_t count, MachineRole role,
                  const std::string& system_role, const std::string& zone) {
  for (std::size_t i = 1; i <= count; ++i) {
    const ServiceModel& near = *draft.services[i % draft.services.size()];
    const std::string local = zone == "Z-SRV" ? zone : draft.zone_of(zone, near.site);
    FictionalMachine& machine = add_machine(draft, {.name = prefix + numbered(i, 3),
                                                    .role = role,
                                                    .system_role = system_role,
                                                    .zone = local,
                                                    .place = near.code,
                                                    .component = "",
                                                    .joined = false,
                                                    .tags = {}});
    machine.fqdn.clear();
  }
}

struct Workplace {
  std::string code;
  std::string name;
  std::string zone;
  double share = 0;
  std::size_t count = 0;
};

std::vector<Workplace> workplaces(const Draft& draft) {
  std::vector<Workplace> list;
  double care = 0;
  for (const ServiceModel* service : draft.services) {
    list.push_back(
        {service->code, service->name, draft.zone_of("Z-SOI", service->site), service->machines, 0});
    care += service->machines;
  }
  for (Workplace& place : list) {
    place.share *= 0.82 / care;
  }
  double offices = 0;
  for (const Department& department : draft.lexicon.people.departments) {
    offices += department.machines;
  }
  for (const Department& department : draft.lexicon.people.departments) {
    list.push_back({department.code, department.name, "Z-BUR", department.machines * 0.18 / offices, 0});
  }
  return list;
}

/// Every workplace gets one machine, then its share; the largest takes what rounding left.
void share_out(std::vector<Workplace>& list, std::size_t machines) {
  RELEVE_CHECK(machines > list.size(), "machines");
  const double rest = static_cast<double>(machines - list.size());
  std::size_t given = 0;
  for (Workplace& place : list) {
    place.count = 1 + static_cast<std::size_t>(rest * place.share);
    given += place.count;
  }
  const auto largest = std::max_element(
      list.begin(), list.end(), [](const Workplace& a, const Workplace& b) { return a.count < b.count; });
  largest->count += machines - given;
}

void add_workstation(Draft& draft, const Workplace& place, std::size_t number) {
  const std::string name = "PC-" + place.code + "-" + numbered(number, 3);
  add_machine(draft, {.name = name,
                      .role = MachineRole::workstation,
                      .system_role = "workstation",
                      .zone = place.zone,
                      .place = place.code,
                      .component = "PCS-" + place.code,
                      .joined = draft.chance.happens("joined/" + name, 0.97),
                      .tags = {}});
}

/// Machines that nobody manages: a visitor's laptop, a supplier's PC left in a corner.
void add_strangers(Draft& draft, std::size_t count) {
  for (std::size_t i = 1; i <= count; ++i) {
    const std::string name = "DESKTOP-" + draft.chance.hex("stranger/" + std::to_string(i), 1).substr(0, 7);
    if (draft.machine_by_name.contains(name)) {
      continue;
    }
    add_machine(draft, {.name = name,
                        .role = MachineRole::workstation,
                        .system_role = "workstation",
                        .zone = "Z-BUR",
                        .place = "",
                        .component = "",
                        .joined = false,
                        .tags = {}})
        .fqdn.clear();
  }
}

/// Computers still in the directory and no longer on the network.
void add_stale(Draft& draft, std::size_t count) {
  for (std::size_t i = 1; i <= count; ++i) {
    FictionalMachine& machine = add_machine(draft, {.name = "PC-OLD-" + numbered(i, 4),
                                                    .role = MachineRole::workstation,
                                                    .system_role = "workstation",
                                                    .zone = "Z-SOI",
                                                    .place = draft.services[i % draft.services.size()]->code,
                                                    .component = "",
                                                    .joined = true,
                                                    .tags = {}});
    machine.stale = true;
  }
}

}  // namespace

void draw_devices(Draft& draft) {
  for (const ServiceModel* service : draft.services) {
    for (const DeviceModel& device : service->devices) {
      add_device_group(draft, *service, device);
    }
  }
  const auto machines = static_cast<std::size_t>(draft.proportions.machines);
  add_unlisted(draft, "IMP-", machines / 28, MachineRole::printer, "printer", "Z-SOI");
  add_unlisted(draft, "SW-", machines / 45, MachineRole::network, "network", "Z-SRV");
}

void draw_workstations(Draft& draft) {
  const auto machines = static_cast<std::size_t>(draft.proportions.machines);
  add_strangers(draft, machines / 125);
  add_stale(draft, machines / 50);
  const std::size_t taken = draft.hospital.machines.size();
  RELEVE_CHECK(taken < machines, "more servers than machines");
  auto list = workplaces(draft);
  share_out(list, machines - taken);
  for (const Workplace& place : list) {
    for (std::size_t i = 1; i <= place.count; ++i) {
      add_workstation(draft, place, i);
    }
    add_group(draft, "PCS-" + place.code, "Postes – " + place.name, "PC-" + place.code + "-*",
              ComponentKind::workstations, place.zone, place.count);
  }
}

}  // namespace releve::fiction
