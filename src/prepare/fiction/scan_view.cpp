// SPDX-License-Identifier: EUPL-1.2
// What scanners would see: open ports by kind of machine, weaknesses on a plausible minority, and which
// machine which scanner reached.
#include "prepare/fiction/draft.hpp"

#include <algorithm>

namespace releve::fiction {
namespace {

void open_ports(const Draft& draft, FictionalMachine& machine) {
  for (const PortModel& model : draft.lexicon.systems.ports) {
    const auto number = static_cast<std::uint16_t>(model.port);
    const bool known = std::any_of(machine.ports.begin(), machine.ports.end(),
                                   [&](const intake::OpenPort& port) { return port.port == number; });
    if (!known && machine.has(model.tag) &&
        draft.chance.happens("port/" + machine.name + "/" + std::to_string(model.port), model.share)) {
      machine.ports.push_back({number, !model.udp, model.service, model.product});
    }
  }
  std::sort(machine.ports.begin(), machine.ports.end(),
            [](const intake::OpenPort& a, const intake::OpenPort& b) { return a.port < b.port; });
}

bool may_have(const FictionalMachine& machine, const WeaknessModel& model) {
  const auto holds = [&](const std::string& tag) { return tag == "any" || machine.has(tag); };
  if (!std::all_of(model.tags.begin(), model.tags.end(), holds)) {
    return false;
  }
  return model.port == 0 ||
         std::any_of(machine.ports.begin(), machine.ports.end(),
                     [&](const intake::OpenPort& port) { return port.port == model.port; });
}

/// Local checks need a login.
bool needs_login(const WeaknessModel& model) {
  return model.port == 0 && !model.cves.empty() && model.family != "General";
}

void find_weaknesses(const Draft& draft, FictionalMachine& machine) {
  const auto& models = draft.lexicon.flaws.weaknesses;
  for (std::uint32_t i = 0; i < models.size(); ++i) {
    if (may_have(machine, models[i]) && (machine.credentialed || !needs_login(models[i])) &&
        draft.chance.happens("weakness/" + machine.name + "/" + std::to_string(models[i].plugin),
                             models[i].share)) {
      machine.weaknesses.push_back(i);
    }
  }
}

struct Reach {
  double nmap = 0;
  double nessus = 0;
  double login = 0;
};

Reach reach_of(const FictionalMachine& machine) {
  if (machine.stale || machine.has("forgotten")) {
    return {0, 0, 0};
  }
  if (machine.has("exposed")) {
    return {1, 1, 0};  // looked at from outside, as CERT Santé does for hospitals
  }
  switch (machine.role) {
    case MachineRole::workstation:
      return {0.72, 0.35, 0.6};
    case MachineRole::server:
      return {0.97, 0.93, 0.8};
    case MachineRole::domain_controller:
      return {1, 1, 1};
    case MachineRole::hypervisor:
    case MachineRole::storage:
    case MachineRole::backup:
      return {1, 0.9, 0.3};
    case MachineRole::network:
      return {0.95, 0.5, 0};
    case MachineRole::telephony:
      return {0.9, 0.3, 0};
    case MachineRole::medical_device:
      return {0.8, 0.15, 0};  // scanning some of these stops them
    case MachineRole::printer:
      return {0.95, 0.4, 0};
  }
  return {};
}

}  // namespace

void draw_scan_view(Draft& draft) {
  for (FictionalMachine& machine : draft.hospital.machines) {
    const Reach reach = reach_of(machine);
    machine.in_nmap = draft.chance.happens("scan/" + machine.name, reach.nmap, 0);
    machine.in_nessus = draft.chance.happens("scan/" + machine.name, reach.nessus, 1);
    machine.credentialed = machine.in_nessus && machine.domain >= 0 &&
                           draft.chance.happens("scan/" + machine.name, reach.login, 2);
    open_ports(draft, machine);
    find_weaknesses(draft, machine);
  }
}

}  // namespace releve::fiction
