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

void compile_platforms(Compiler& compiler) {
  auto& model = compiler.draft.model;
  for (const auto& component : compiler.map.components) {
    if (component.kind == cartography::ComponentKind::backup) {
      model.items[compiler.items.at(component.id)].backup_control =
          console(compiler, component, "backup_control", "backup_takeover");
    }
    if (component.kind == cartography::ComponentKind::hypervisor) {
      engine::Virtualisation platform;
      platform.control = console(compiler, component, "virtualisation", "platform_takeover");
      for (const auto& dependency : compiler.map.dependencies) {
        if (dependency.kind != cartography::DependencyKind::needs) {
          continue;
        }
        if (dependency.target == component.id) {
          for (const std::uint32_t m : compiler.machines_of_component[dependency.consumer]) {
            platform.hosts.push_back(compiler.host_of_machine[m]);
          }
        }
        const auto target = compiler.items.find(dependency.target);
        if (dependency.consumer == component.id && target != compiler.items.end() &&
            model.items[target->second].recovery == engine::Recovery::platform) {
          platform.items.push_back(target->second);
        }
      }
      model.virtualisations.push_back(std::move(platform));
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
