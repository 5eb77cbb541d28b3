// SPDX-License-Identifier: EUPL-1.2
// What everything else stands on: directory, names, virtualisation, storage, backup, the edge of the network.
#include "prepare/fiction/draft.hpp"

#include <cmath>

namespace releve::fiction {
namespace {

using cartography::ComponentKind;

FictionalMachine& add_server(Draft& draft, const std::string& name, const std::string& label,
                             const std::string& zone, ComponentKind kind = ComponentKind::server,
                             std::vector<std::string> tags = {}, bool joined = true,
                             MachineRole role = MachineRole::server,
                             const std::string& system_role = "server") {
  FictionalMachine& machine = add_machine(draft, {.name = name,
                                                  .role = role,
                                                  .system_role = system_role,
                                                  .zone = zone,
                                                  .place = "DSI",
                                                  .component = name,
                                                  .joined = joined,
                                                  .tags = std::move(tags)});
  add_component(draft, machine, label, kind);
  return machine;
}

cartography::Component& add_logical(Draft& draft, const std::string& id, const std::string& name,
                                    ComponentKind kind) {
  cartography::Component element;
  element.id = id;
  element.name = name;
  element.kind = kind;
  return draft.hospital.inventory.components.emplace_back(std::move(element));
}

void draw_directory_servers(Draft& draft) {
  for (int i = 1; i <= 2; ++i) {
    const std::string number = numbered(static_cast<std::size_t>(i), 2);
    add_server(draft, "SRV-AD-" + number, "Contrôleur de domaine " + std::to_string(i), "Z-T0",
               ComponentKind::directory, {"server"}, true, MachineRole::domain_controller,
               "domain_controller");
    draft.hospital.inventory.components.back().domain_joined = true;
    add_logical(draft, "DNS-" + number, "Service de noms du contrôleur " + std::to_string(i),
                ComponentKind::dns)
        .zone = "Z-T0";
  }
  if (draft.hospital.domains.size() > 1) {
    for (int i = 1; i <= 2; ++i) {
      FictionalMachine& machine = add_machine(draft, {.name = "SRV-ADL-0" + std::to_string(i),
                                                      .role = MachineRole::domain_controller,
                                                      .system_role = "domain_controller",
                                                      .zone = "Z-T0",
                                                      .place = "ADL",
                                                      .component = "SRV-ADL-0" + std::to_string(i),
                                                      .joined = true,
                                                      .tags = {"server"}});
      add_component(draft, machine, "Contrôleur du domaine des laboratoires " + std::to_string(i),
                    ComponentKind::directory);
    }
  }
  add_server(draft, "SRV-PKI-01", "Autorité de certification", "Z-T0", ComponentKind::server, {"tls", "web"});
}

void draw_virtualisation(Draft& draft) {
  const bool separate = draft.at_least(FacilitySize::large);
  const std::string zone = separate ? "Z-T0" : "Z-SRV";
  static constexpr std::array<std::array<int, 2>, 4> farms{
      {{1, 3}, {2, 4}, {3, 6}, {4, 8}}};  // by size: farms, hosts
  const auto [count, hosts] = farms[static_cast<std::size_t>(draft.hospital.size)];
  for (int farm = 0; farm < count; ++farm) {
    const std::string letter(1, static_cast<char>('A' + farm));
    add_logical(draft, "FERME-" + letter, "Ferme de virtualisation " + letter, ComponentKind::hypervisor)
        .zone = zone;
    for (int host = 1; host <= hosts; ++host) {
      add_server(draft, "HYP-" + letter + "-" + numbered(static_cast<std::size_t>(host), 2),
                 "Hyperviseur " + letter + std::to_string(host), zone, ComponentKind::hypervisor, {}, false,
                 MachineRole::hypervisor, "hypervisor");
    }
    add_server(draft, "BAI-" + letter, "Baie de stockage " + letter, zone, ComponentKind::storage, {}, false,
               MachineRole::storage, "storage");
  }
  // The console of the virtual farms in the domain: frequent, and what attackers look for.
  add_server(draft, "SRV-VIRT-01", "Console de virtualisation", zone, ComponentKind::hypervisor,
             {"vcenter", "tls"}, !separate || draft.chance.happens("virtualisation joined", 0.5));
}

void draw_backup(Draft& draft) {
  const bool medium = draft.hospital.size == FacilitySize::medium;
  const bool university = draft.hospital.size == FacilitySize::university;
  // The demonstration must have a backup that can be lost and a copy that survives, so that measures matter.
  const bool joined = medium || (!university && draft.chance.happens("backup joined", 0.6));
  add_server(draft, "SRV-SAUV-01", "Serveur de sauvegarde", "Z-SAU", ComponentKind::backup, {"backup"},
             joined, MachineRole::backup);
  auto& main_backup = draft.hospital.inventory.components.back();
  main_backup.offline_backup = false;
  main_backup.immutable_backup =
      university || (draft.at_least(FacilitySize::large) && draft.chance.happens("immutable", 0.5));
  if (medium || university || draft.chance.happens("offline copy", 0.45)) {
    auto& tapes =
        add_logical(draft, "BANDES-01", "Copie hebdomadaire sur bandes, hors ligne", ComponentKind::backup);
    tapes.zone = "Z-SAU";
    tapes.offline_backup = true;
    tapes.domain_joined = false;
  }
}

void draw_tools(Draft& draft) {
  add_server(draft, "SRV-DEPL-01", "Télédistribution des postes", "Z-SRV", ComponentKind::server,
             {"tls", "web"});
  add_server(draft, "SRV-AV-01", "Console de protection des postes", "Z-SRV", ComponentKind::server, {"tls"});
  add_server(draft, "SRV-MAJ-01", "Serveur de mises à jour", "Z-SRV", ComponentKind::server, {"web"});
  add_server(draft, "SRV-SUPV-01", "Supervision", "Z-SRV", ComponentKind::server, {}, false,
             MachineRole::server, "server_linux");
  add_server(draft, "SRV-RDS-01", "Bureaux à distance", "Z-SRV", ComponentKind::server, {"tls"});
  const auto databases = static_cast<std::size_t>(std::max(1.0, std::round(4 * draft.proportions.scale)));
  for (std::size_t i = 1; i <= databases; ++i) {
    add_server(draft, "SRV-BDD-" + numbered(i, 2), "Bases de données " + std::to_string(i), "Z-SRV",
               ComponentKind::server, {"database"});
  }
}

void draw_edge(Draft& draft) {
  for (int i = 1; i <= 2; ++i) {
    const std::string n = std::to_string(i);
    add_server(draft, "COEUR-0" + n, "Cœur de réseau " + n, "Z-SRV", ComponentKind::network, {}, false,
               MachineRole::network, "network")
        .fqdn.clear();
  }
  add_server(draft, "VPN-01", "Passerelle d’accès distant", "Z-DMZ", ComponentKind::network, {"exposed"},
             false, MachineRole::network, "vpn");
  draft.hospital.inventory.components.back().kept_on_shutdown = false;
  if (draft.at_least(FacilitySize::medium)) {
    add_server(draft, "PASSERELLE-01", "Portail d’applications des agents", "Z-DMZ", ComponentKind::network,
               {"exposed"}, false, MachineRole::network, "portal_gateway");
  }
  add_server(draft, "SRV-RP-01", "Mandataire inverse du portail", "Z-DMZ", ComponentKind::server, {"exposed"},
             false, MachineRole::server, "server_linux");
  add_logical(draft, "INTERNET", "Accès à internet", ComponentKind::network);
}

}  // namespace

void draw_infrastructure(Draft& draft) {
  draw_directory_servers(draft);
  draw_virtualisation(draft);
  draw_backup(draft);
  draw_tools(draft);
  draw_edge(draft);
}

}  // namespace releve::fiction
