// SPDX-License-Identifier: EUPL-1.2
// Who needs what: care needs applications and other services, applications need machines, machines need
// farms, storage, directory and names. Part of the figures is left to the defaults.
#include "prepare/fiction/draft.hpp"

#include <algorithm>
#include <cmath>
#include <set>

namespace releve::fiction {
namespace {

using cartography::Component;
using cartography::ComponentKind;
using cartography::Dependency;
using cartography::DependencyKind;
using cartography::Hosting;

class Needs {
 public:
  explicit Needs(Draft& draft) : draft_(draft) {
    for (const auto& element : draft.hospital.inventory.services) {
      known_.insert(element.id);
    }
    for (const auto& element : draft.hospital.inventory.applications) {
      known_.insert(element.id);
    }
    for (const auto& element : draft.hospital.inventory.components) {
      known_.insert(element.id);
    }
  }

  bool knows(const std::string& id) const { return known_.contains(id); }

  /// Each pair is told once; what this hospital does not have is left out.
  Dependency* add(const std::string& consumer, const std::string& target,
                  DependencyKind kind = DependencyKind::needs) {
    const std::string id = consumer + ">" + target;
    if (consumer == target || !knows(consumer) || !knows(target) || !ids_.insert(id).second) {
      return nullptr;
    }
    Dependency need;
    need.id = id;
    need.consumer = consumer;
    need.target = target;
    need.kind = kind;
    return &draft_.hospital.inventory.dependencies.emplace_back(std::move(need));
  }

  void add_model(const std::string& consumer, const NeedModel& model, double told) {
    Dependency* need = add(consumer, model.on);
    if (need == nullptr) {
      return;
    }
    const std::string key = "need facts/" + need->id;
    if (draft_.chance.happens(key, told, 0)) {
      need->autonomy_h = model.hours;
    }
    if (draft_.chance.happens(key, told + 0.2, 1)) {
      need->least_state = model.state;
    }
  }

  /// k of these targets are enough.
  void add_group(const std::string& consumer, const std::vector<std::string>& targets,
                 const std::string& label, std::size_t enough, std::optional<double> hours = std::nullopt) {
    for (const std::string& target : targets) {
      if (Dependency* need = add(consumer, target)) {
        need->autonomy_h = hours;
        if (targets.size() > 1) {
          need->alternative = label;
          need->needed = static_cast<double>(enough);
        }
      }
    }
  }

 private:
  Draft& draft_;
  std::set<std::string> known_;
  std::set<std::string> ids_;
};

void draw_service_needs(Draft& draft, Needs& needs) {
  for (const ServiceModel* service : draft.services) {
    needs.add_group(service->code, {"PCS-" + service->code}, "", 1);
    for (const NeedModel& need : service->needs) {
      needs.add_model(service->code, need, 0.6);
    }
    for (const Profile& profile : draft.lexicon.care.profiles) {
      if (profile.name == service->profile) {
        for (const NeedModel& need : profile.needs) {
          needs.add_model(service->code, need, 0.5);
        }
      }
    }
    for (const DeviceModel& device : service->devices) {
      needs.add_group(service->code, {"EQ-" + device.prefix}, "", 1);
    }
    for (std::size_t pattern = 1; pattern <= draft.lexicon.software.patterns.size(); ++pattern) {
      if (Dependency* need =
              needs.add(service->code, "SPE-" + service->code + "-" + std::to_string(pattern))) {
        need->autonomy_h = 24;
      }
    }
  }
}

/// Lesser applications: half of them are missed by one service, after days.
void draw_lesser_needs(Draft& draft, Needs& needs) {
  for (const auto& [code, model] : draft.applications) {
    if (code.starts_with("APP-") && draft.chance.happens("missed/" + code, 0.5)) {
      const ServiceModel* service = draft.chance.one_of(draft.services, "missed by/" + code);
      if (Dependency* need = needs.add(service->code, code)) {
        need->autonomy_h = 24.0 * draft.chance.between("missed after/" + code, 1, 7);
      }
    }
  }
}

std::vector<std::string> servers_of(const Draft& draft, const std::string& code) {
  std::vector<std::string> names;
  for (const FictionalMachine& machine : draft.hospital.machines) {
    if (machine.place == code && machine.component == machine.name) {
      names.push_back(machine.name);
    }
  }
  return names;
}

std::vector<std::string> components_starting(const Draft& draft, std::string_view prefix) {
  std::vector<std::string> ids;
  for (const Component& component : draft.hospital.inventory.components) {
    if (component.id.starts_with(prefix)) {
      ids.push_back(component.id);
    }
  }
  return ids;
}

void draw_application_needs(Draft& draft, Needs& needs) {
  const auto shared = components_starting(draft, "SRV-MUT-");
  const auto databases = components_starting(draft, "SRV-BDD-");
  std::size_t next_shared = 0;
  for (const auto& [code, model] : draft.applications) {
    if (code == "ANN") {
      needs.add_group(code, {"SRV-AD-01", "SRV-AD-02"}, "annuaire", 1);
      continue;
    }
    if (model.hosting != Hosting::on_site) {
      needs.add(code, (model.hosting == Hosting::saas ? "SAAS-" : "HEB-") + code);
      needs.add(code, "INTERNET");
    } else if (model.servers == 0) {
      needs.add(code, shared[next_shared++ / 4]);
    } else {
      const auto servers = servers_of(draft, code);
      needs.add_group(code, servers, "serveurs", (servers.size() + 1) / 2);
    }
    if (model.database && model.hosting == Hosting::on_site) {
      needs.add(code, draft.chance.one_of(databases, "database of/" + code));
    }
    for (const NeedModel& need : model.needs) {
      needs.add_model(code, need, 0.7);
    }
    if (model.system != "linux" && model.hosting == Hosting::on_site) {
      needs.add(code, "ANN");
    }
    if (model.linked) {
      needs.add(code, "EAI", DependencyKind::interface);
    }
  }
  needs.add("EAI", "GAM", DependencyKind::interface);
}

bool is_virtual(const FictionalMachine& machine) {
  return machine.role == MachineRole::server && machine.component == machine.name &&
         machine.place != "PACS" && !machine.has("forgotten");
}

void draw_machine_needs(Draft& draft, Needs& needs) {
  const auto farms = components_starting(draft, "FERME-");
  for (const std::string& farm : farms) {
    const auto hosts = components_starting(draft, "HYP-" + farm.substr(6) + "-");
    needs.add_group(farm, hosts, "hyperviseurs", hosts.size() - 1);
    needs.add(farm, "BAI-" + farm.substr(6));
    // A farm runs for weeks without its console; who holds the console holds the farm.
    needs.add_group(farm, {"SRV-VIRT-01"}, "", 1, 720);
  }
  const bool tapes = needs.knows("BANDES-01");
  for (const FictionalMachine& machine : draft.hospital.machines) {
    const bool controller =
        machine.name == "SRV-AD-02" || machine.name == "SRV-ADL-02";  // the first is physical
    if (is_virtual(machine) || controller) {
      needs.add(machine.name, draft.chance.one_of(farms, "farm of/" + machine.name));
    }
    const bool kept = machine.component == machine.name && machine.name != "SRV-SAUV-01" &&
                      machine.role != MachineRole::network && machine.role != MachineRole::hypervisor;
    if (kept && !machine.has("forgotten")) {
      needs.add(machine.name, "SRV-SAUV-01", DependencyKind::backed_up_by);
      // Half of the servers are on the weekly tapes.
      if (tapes && draft.chance.happens("tapes/" + machine.name, 0.5)) {
        needs.add(machine.name, "BANDES-01", DependencyKind::backed_up_by);
      }
    }
  }
  for (const char* archive : {"SRV-PACS-01", "SRV-PACS-02", "SRV-PACS-03", "SRV-PACS-04"}) {
    needs.add(archive, "BAI-A");
  }
}

void draw_ground_needs(Draft& draft, Needs& needs) {
  // Two directory servers, each running the other's names: the loop that every hospital has.
  needs.add_group("SRV-AD-01", {"DNS-02", "DNS-01"}, "noms", 1);
  needs.add_group("SRV-AD-02", {"DNS-01", "DNS-02"}, "noms", 1);
  needs.add("DNS-01", "SRV-AD-01");
  needs.add("DNS-02", "SRV-AD-02");
  needs.add_group("SRV-ADL-01", {"DNS-01", "DNS-02"}, "noms", 1);
  needs.add_group("SRV-ADL-02", {"DNS-01", "DNS-02"}, "noms", 1);
  for (const char* tool : {"SRV-VIRT-01", "SRV-SAUV-01", "SRV-PKI-01", "SRV-RDS-01", "SRV-DEPL-01"}) {
    if (draft.machine(tool).domain >= 0) {
      needs.add_group(tool, {"SRV-AD-01", "SRV-AD-02"}, "annuaire", 1);
    }
  }
  for (const std::string& group : components_starting(draft, "PCS-")) {
    needs.add_group(group, {"SRV-AD-01", "SRV-AD-02"}, "annuaire", 1, 12);
    needs.add_group(group, {"DNS-01", "DNS-02"}, "noms", 1);
    needs.add_group(group, {"COEUR-01", "COEUR-02"}, "réseau", 1);
  }
  needs.add("SRV-RP-01", "INTERNET");
  needs.add("VPN-01", "INTERNET");
}

}  // namespace

void draw_needs(Draft& draft) {
  Needs needs(draft);
  draw_service_needs(draft, needs);
  draw_lesser_needs(draft, needs);
  draw_application_needs(draft, needs);
  draw_machine_needs(draft, needs);
  draw_ground_needs(draft, needs);
}

}  // namespace releve::fiction
