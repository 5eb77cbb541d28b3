// SPDX-License-Identifier: EUPL-1.2
// Computers of a domain, who administers them and who was logged on when the collector passed.
#include "foundation/base/text.hpp"
#include "prepare/fiction/directory_builder.hpp"

namespace releve::fiction {

using intake::Fact;
using intake::ObjectKind;
using intake::Relation;

namespace {

bool is_server(const FictionalMachine& machine) {
  return machine.role != MachineRole::workstation && machine.role != MachineRole::medical_device;
}

ObjectIndex unit_for(DirectoryBuilder& builder, DomainFrame& frame, const FictionalMachine& machine,
                     std::map<std::string, ObjectIndex>& units) {
  if (machine.role == MachineRole::domain_controller) {
    return frame.controllers;
  }
  if (is_server(machine)) {
    return frame.servers;
  }
  const auto found = units.find(machine.place);
  if (found != units.end()) {
    return found->second;
  }
  const std::string dn = "OU=" + machine.place + "," + builder.object(frame.workstations).distinguished_name;
  const ObjectIndex unit = builder.add(ObjectKind::ou, builder.draft().chance.guid("unit/" + dn),
                                       machine.place + "@" + frame.upper, frame.domain, dn);
  builder.place(frame.workstations, unit);
  units[machine.place] = unit;
  return unit;
}

ObjectIndex add_computer(DirectoryBuilder& builder, DomainFrame& frame, FictionalMachine& machine,
                         ObjectIndex unit) {
  const bool controller = machine.role == MachineRole::domain_controller;
  machine.sid = builder.sid(frame.domain);
  const ObjectIndex computer =
      builder.add(ObjectKind::computer, machine.sid, machine.name + "." + frame.upper, frame.domain,
                  "CN=" + machine.name + "," + builder.object(unit).distinguished_name, machine.name + "$");
  const Chance& chance = builder.draft().chance;
  intake::DirectoryObject& object = builder.object(computer);
  object.operating_system = machine.system;
  const std::uint32_t age = machine.stale ? 200 + chance.below("stale/" + machine.name, 900)
                                          : chance.below("seen/" + machine.name, 14);
  object.last_logon = files_made - 86'400LL * age;
  builder.details(computer).password_set =
      object.last_logon - 86'400LL * chance.below("machine password/" + machine.name, 30);
  builder.set(computer, Fact::enabled);
  builder.set(computer, Fact::known_laps);
  if (machine.role == MachineRole::workstation && chance.happens("laps/" + machine.name, 0.6)) {
    builder.set(computer, Fact::has_laps);
  }
  if (controller) {
    builder.set(computer, Fact::is_dc);
    builder.set(computer, Fact::high_value);
  }
  if (controller || machine.place == "IMPR") {
    builder.set(computer, Fact::unconstrained_delegation);
  }
  builder.place(unit, computer);
  builder.relate(computer, controller ? frame.domain_controllers : frame.domain_computers,
                 Relation::member_of);
  return computer;
}

void grant_access(DirectoryBuilder& builder, const DomainFrame& frame, const FictionalMachine& machine,
                  ObjectIndex computer) {
  if (machine.role == MachineRole::domain_controller) {
    return;  // through the domain's own groups
  }
  builder.relate(frame.domain_admins, computer, Relation::admin_to);
  if (is_server(machine)) {
    builder.relate(frame.systems_team, computer, Relation::admin_to);
    builder.relate(frame.systems_team, computer, Relation::can_rdp);
  } else {
    builder.relate(frame.workstation_team, computer, Relation::admin_to);
    builder.relate(frame.support, computer, Relation::can_rdp);
  }
  const auto& applications = builder.draft().applications;
  const auto application = applications.find(machine.place);
  if (application != applications.end() && application->second.supplier_access) {
    builder.relate(frame.vpn_suppliers, computer, Relation::can_rdp);
  }
  if (machine.place == "PACS") {
    builder.relate(frame.accounts.at("svc-pacs"), computer, Relation::admin_to);
  }
  if (machine.has("database")) {
    builder.relate(frame.accounts.at("svc-sql"), computer, Relation::sql_admin);
  }
}

/// Sessions on one workstation: somebody of the ward, sometimes somebody of the help desk.
void workstation_sessions(DirectoryBuilder& builder, const DomainFrame& frame,
                          const FictionalMachine& machine, ObjectIndex computer) {
  const Chance& chance = builder.draft().chance;
  const auto people = frame.people_of.find(machine.place);
  if (people != frame.people_of.end() && !people->second.empty()) {
    const double probability[] = {0.8, 0.35, 0.1};
    for (std::uint32_t i = 0; i < 3; ++i) {
      if (chance.happens("session/" + machine.name, probability[i], i)) {
        builder.relate(computer, chance.one_of(people->second, "session of/" + machine.name, i),
                       Relation::session);
      }
    }
  }
  if (chance.happens("support session/" + machine.name, machine.place == "DSI" ? 0.5 : 0.012)) {
    builder.relate(computer, chance.one_of(frame.support_agents, "support session of/" + machine.name),
                   Relation::session);
  }
}

void server_sessions(DirectoryBuilder& builder, const DomainFrame& frame, const FictionalMachine& machine,
                     ObjectIndex computer) {
  const Chance& chance = builder.draft().chance;
  if (machine.role == MachineRole::domain_controller) {
    builder.relate(computer, chance.one_of(frame.admins, "session of/" + machine.name), Relation::session);
    return;
  }
  if (chance.happens("admin session/" + machine.name, 0.06)) {
    builder.relate(computer, chance.one_of(frame.admins, "admin session of/" + machine.name),
                   Relation::session);
  }
  const auto account =
      frame.accounts.find("sys-" + numbered(1 + chance.below("sys session/" + machine.name, 9), 2));
  if (account != frame.accounts.end()) {
    builder.relate(computer, account->second, Relation::session);
  }
  if (machine.role == MachineRole::backup) {
    builder.relate(computer, frame.accounts.at("svc-sauvegarde"), Relation::session);
  }
}

}  // namespace

void draw_computers(DirectoryBuilder& builder, DomainFrame& frame) {
  std::map<std::string, ObjectIndex> units;
  for (FictionalMachine& machine : builder.draft().hospital.machines) {
    if (machine.domain == static_cast<int>(frame.domain)) {
      const ObjectIndex unit = unit_for(builder, frame, machine, units);
      const ObjectIndex computer = add_computer(builder, frame, machine, unit);
      if (!machine.stale) {  // the collector could not ask it
        grant_access(builder, frame, machine, computer);
      }
      frame.computers[machine.name] = computer;
    }
  }
}

void draw_sessions(DirectoryBuilder& builder, DomainFrame& frame) {
  for (const FictionalMachine& machine : builder.draft().hospital.machines) {
    const auto computer = frame.computers.find(machine.name);
    if (computer == frame.computers.end() || machine.stale) {
      continue;
    }
    if (machine.role == MachineRole::workstation) {
      workstation_sessions(builder, frame, machine, computer->second);
    } else {
      server_sessions(builder, frame, machine, computer->second);
    }
  }
}

}  // namespace releve::fiction
