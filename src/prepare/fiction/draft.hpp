// SPDX-License-Identifier: EUPL-1.2
// The hospital while it is being drawn, and the steps that draw it, in their order. Internal to the room.
#pragma once

#include "prepare/fiction/chance.hpp"
#include "prepare/fiction/hospital.hpp"
#include "prepare/fiction/lexicon.hpp"

#include <map>
#include <string>
#include <vector>

namespace releve::fiction {

struct Draft {
  Draft(FacilitySize size, Seed seed);

  Lexicon lexicon;
  Chance chance;
  Proportions proportions;
  FictionalHospital hospital;
  std::vector<const ServiceModel*> services;             // of this hospital, in the lexicon's order
  std::map<std::string, ApplicationModel> applications;  // by code, lesser ones included
  std::map<std::string, std::size_t> machine_by_name;
  std::map<std::string, std::uint32_t> next_address;  // by zone
  std::map<std::string, std::string> zone_block;      // "SOI" -> "10.34"

  bool at_least(FacilitySize size) const { return hospital.size >= size; }

  /// The zone of this kind on this site: "SOI-B" where sites differ, else "SOI".
  std::string zone_of(const std::string& id, const std::string& site) const;

  FictionalMachine& machine(const std::string& name) { return hospital.machines[machine_by_name.at(name)]; }
};

/// A number with leading zeros: "PC-URG-" + numbered(12, 3).
std::string numbered(std::size_t number, std::size_t width);

// Steps. Each reads what the steps before it drew.
void draw_identity(Draft& draft);
void draw_zones(Draft& draft);
void draw_services(Draft& draft);
void draw_applications(Draft& draft);
void draw_application_servers(Draft& draft);  // machines and components of the applications
void draw_infrastructure(Draft& draft);       // directory, virtualisation, storage, backup, telephone, edge
void draw_devices(Draft& draft);              // biomedical, printers, switches
void draw_workstations(Draft& draft);         // the rest of the machines, and those nobody knows
void draw_needs(Draft& draft);                // dependencies
void draw_directory(Draft& draft);            // also gives machines their SIDs
void draw_scan_view(Draft& draft);            // ports, weaknesses, who scanned what

// -- machines ------------------------------------------------------------------------------------------

struct MachineOrder {
  std::string name;
  MachineRole role = MachineRole::server;
  std::string system_role;  // of machines.json: "server", "server_linux", …
  std::string zone;
  std::string place;
  std::string component;
  bool joined = true;
  std::vector<std::string> tags;  // beyond those of the system
};

/// Adds a machine with its address and operating system.
FictionalMachine& add_machine(Draft& draft, MachineOrder order);

/// Adds the component of one machine; a plausible part of its facts is left out.
cartography::Component& add_component(Draft& draft, const FictionalMachine& machine, const std::string& name,
                                      cartography::ComponentKind kind);

}  // namespace releve::fiction
