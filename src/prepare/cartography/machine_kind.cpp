// SPDX-License-Identifier: EUPL-1.2
#include "foundation/base/text.hpp"
#include "prepare/cartography/machines.hpp"

#include <array>

namespace releve::cartography {

namespace {

struct Clue {
  std::string_view word;  // folded, anywhere in the operating system
  MachineKind kind;
};

// In order: "Windows Server" before "Windows", products before families.
constexpr std::array<Clue, 27> system_clues{{
    {"esx", MachineKind::hypervisor},       {"vsphere", MachineKind::hypervisor},
    {"proxmox", MachineKind::hypervisor},   {"hyper v", MachineKind::hypervisor},
    {"xenserver", MachineKind::hypervisor}, {"xcp ng", MachineKind::hypervisor},
    {"data ontap", MachineKind::storage},   {"truenas", MachineKind::storage},
    {"freenas", MachineKind::storage},      {"synology", MachineKind::storage},
    {"qnap", MachineKind::storage},         {"fortios", MachineKind::network},
    {"fortigate", MachineKind::network},    {"cisco", MachineKind::network},
    {"junos", MachineKind::network},        {"arubaos", MachineKind::network},
    {"pan os", MachineKind::network},       {"procurve", MachineKind::network},
    {"stormshield", MachineKind::network},  {"server", MachineKind::server},
    {"windows", MachineKind::workstation},  {"macos", MachineKind::workstation},
    {"mac os x", MachineKind::workstation}, {"linux", MachineKind::server},
    {"ubuntu", MachineKind::server},        {"debian", MachineKind::server},
    {"unix", MachineKind::server},
}};

constexpr std::array<Clue, 5> name_clues{{
    {"esx", MachineKind::hypervisor},
    {"veeam", MachineKind::backup},
    {"backup", MachineKind::backup},
    {"sauv", MachineKind::backup},
    {"nas", MachineKind::storage},
}};

MachineKind kind_of(ComponentKind kind, MachineKind guessed) {
  switch (kind) {
    case ComponentKind::server:
    case ComponentKind::dns:
      return MachineKind::server;
    case ComponentKind::workstations:
      return MachineKind::workstation;
    case ComponentKind::hypervisor:
      return MachineKind::hypervisor;
    case ComponentKind::storage:
      return MachineKind::storage;
    case ComponentKind::directory:
      return MachineKind::domain_controller;
    case ComponentKind::network:
      return MachineKind::network;
    case ComponentKind::medical_device:
      return MachineKind::medical_device;
    case ComponentKind::backup:
      return MachineKind::backup;
    case ComponentKind::telephony:
    case ComponentKind::saas:
      return MachineKind::other;
    case ComponentKind::other:
      break;
  }
  return guessed;
}

MachineKind guess(const Machine& machine) {
  const std::string host = fold(machine.host_name);
  const std::string system = fold(machine.operating_system);
  // A backup or a hypervisor runs on an ordinary system: its name tells more. Only servers, though.
  const bool desktop = system.starts_with("windows") && system.find("server") == std::string::npos;
  for (const Clue& clue : name_clues) {
    if (!desktop && (" " + host).find(" " + std::string(clue.word)) != std::string::npos) {
      return clue.kind;
    }
  }
  for (const Clue& clue : system_clues) {
    if (system.find(clue.word) != std::string::npos) {
      return clue.kind;
    }
  }
  return machine.domain_joined ? MachineKind::workstation : MachineKind::other;
}

}  // namespace

MachineKind machine_kind(const Machine& machine, const Component* component, bool is_domain_controller) {
  if (is_domain_controller) {
    return MachineKind::domain_controller;
  }
  return component != nullptr ? kind_of(component->kind, guess(machine)) : guess(machine);
}

}  // namespace releve::cartography
