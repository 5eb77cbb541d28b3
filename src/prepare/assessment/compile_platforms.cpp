// SPDX-License-Identifier: EUPL-1.2
// Powers over many machines at once: virtualisation and backup consoles; and the suppliers' own ways in.
#include "prepare/assessment/compiler.hpp"

#include <set>

namespace releve::assessment {

using engine::NodeIndex;
using engine::NodeKind;
using engine::Protocol;

/// Control of a console: from its own machines, and from Tier-0 of the domain it belongs to.
static NodeIndex console(Compiler& compiler, const cartography::Component& component, const char* power,
                         const char* technique) {
  auto& draft = compiler.draft;
  const NodeIndex control =
      draft.node(NodeKind::power, std::string("power:") + power + ":" + component.id, component.name);
  for (const std::uint32_t m : compiler.machines_of_component[component.id]) {
    compiler.local_move(compiler.host_node(m),
                        {.technique = technique,
                         .head = control,
                         .zone = compiler.zone_of(m),
                         .facts = {compiler.fact(power, component.id, component.name)}});
    const std::uint32_t domain = draft.model.hosts[compiler.host_of_machine[m]].domain;
    if (domain < draft.model.domains.size()) {
      compiler.network_move({draft.model.domains[domain].tier0}, Protocol::admin,
                            {.technique = technique,
                             .head = control,
                             .zone = compiler.zone_of(m),
                             .facts = {compiler.fact(power, component.id, component.name)}});
    }
  }
  return control;
}

static std::set<std::string> components_of(const Compiler& compiler, cartography::ComponentKind kind) {
  std::set<std::string> ids;
  for (const auto& component : compiler.map.components) {
    if (component.kind == kind) {
      ids.insert(component.id);
    }
  }
  return ids;
}

/// This hypervisor component and those that stand on it: a farm is often declared beside its hosts and its
/// console.
static std::set<std::string> farms_on(const Compiler& compiler, const std::string& id) {
  const auto hypervisors = components_of(compiler, cartography::ComponentKind::hypervisor);
  std::set<std::string> farms{id};
  for (bool grew = true; grew;) {
    grew = false;
    for (const auto& dependency : compiler.map.dependencies) {
      if (dependency.kind == cartography::DependencyKind::needs && farms.contains(dependency.target) &&
          hypervisors.contains(dependency.consumer)) {
        grew = farms.insert(dependency.consumer).second || grew;
      }
    }
  }
  return farms;
}

/// What control of a hypervisor component takes: the farms on it, their guests, their storage.
static engine::Virtualisation virtualisation(Compiler& compiler, const cartography::Component& component) {
  const auto storages = components_of(compiler, cartography::ComponentKind::storage);
  const auto farms = farms_on(compiler, component.id);
  engine::Virtualisation platform;
  platform.control = console(compiler, component, "virtualisation", "platform_takeover");
  std::set<engine::HostIndex> hosts;
  std::set<engine::ItemIndex> taken;
  const auto take = [&](const std::string& id) {
    for (const std::uint32_t m : compiler.machines_of_component[id]) {
      hosts.insert(compiler.host_of_machine[m]);
    }
  };
  for (const std::string& farm : farms) {
    if (farm != component.id) {
      take(farm);
    }
  }
  for (const auto& dependency : compiler.map.dependencies) {
    if (dependency.kind != cartography::DependencyKind::needs) {
      continue;
    }
    if (farms.contains(dependency.target) && !farms.contains(dependency.consumer)) {
      take(dependency.consumer);
    }
    if (farms.contains(dependency.consumer) && storages.contains(dependency.target)) {
      taken.insert(compiler.items.at(dependency.target));
    }
  }
  platform.hosts.assign(hosts.begin(), hosts.end());
  platform.items.assign(taken.begin(), taken.end());
  return platform;
}

void compile_platforms(Compiler& compiler) {
  auto& model = compiler.draft.model;
  for (const auto& component : compiler.map.components) {
    if (component.kind == cartography::ComponentKind::backup) {
      model.items[compiler.items.at(component.id)].backup_control =
          console(compiler, component, "backup_control", "backup_takeover");
    }
    if (component.kind == cartography::ComponentKind::hypervisor) {
      model.virtualisations.push_back(virtualisation(compiler, component));
    }
    if (component.supplier_access && !component.supplier_access->empty()) {
      const NodeIndex supplier = compiler.draft.node(
          NodeKind::power, "power:supplier_access:" + *component.supplier_access + ":" + component.id,
          *component.supplier_access);
      for (const std::uint32_t m : compiler.machines_of_component[component.id]) {
        compiler.network_move({supplier}, Protocol::admin,
                              {.technique = "supplier_pivot",
                               .head = compiler.host_node(m),
                               .zone = compiler.zone_of(m),
                               .facts = {compiler.fact("supplier_access", component.id, component.name)}});
      }
    }
  }
}

}  // namespace releve::assessment
