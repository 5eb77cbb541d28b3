// SPDX-License-Identifier: EUPL-1.2
// From components to care: items, their needs, their curves.
#include "prepare/assessment/compiler.hpp"

#include <algorithm>
#include <map>

namespace releve::assessment {

using cartography::ApplicationRole;
using cartography::ComponentKind;
using cartography::DependencyKind;
using engine::Item;
using engine::ItemIndex;
using engine::ItemKind;
using engine::NeedGroup;
using engine::Recovery;
using engine::State;

namespace {

Recovery recovery_of(ComponentKind kind) {
  switch (kind) {
    case ComponentKind::directory:
    case ComponentKind::dns:
    case ComponentKind::network:
      return Recovery::core;
    case ComponentKind::hypervisor:
    case ComponentKind::storage:
      return Recovery::platform;
    case ComponentKind::backup:
      return Recovery::backup;
    case ComponentKind::workstations:
      return Recovery::workstations;
    case ComponentKind::saas:
      return Recovery::external;
    default:
      return Recovery::server;
  }
}

std::int32_t ticks_of(double hours) {
  return static_cast<std::int32_t>(engine::round_half_up(hours * engine::ticks_per_hour));
}

State state_of(cartography::LeastState least) {
  switch (least) {
    case cartography::LeastState::read_only:
      return State::read_only;
    case cartography::LeastState::not_linked:
      return State::not_linked;
    case cartography::LeastState::full:
      return State::full;
  }
  return State::full;
}

void add_item(Compiler& compiler, const std::string& id, Item item) {
  compiler.items.emplace(id, compiler.draft.model.items.push_back(std::move(item)));
}

void add_components(Compiler& compiler) {
  const double backup_lost = share_row(compiler.tables.attack.chances, "backup_lost");
  const double lost_share = share_row(compiler.tables.restoration.amounts, "workstations_lost_share");
  for (const auto& component : compiler.map.components) {
    const auto resolved = cartography::resolve(component, compiler.defaults);
    Item item;
    item.name = "component:" + component.id;
    item.label = component.name;
    item.kind = ItemKind::component;
    item.recovery = recovery_of(component.kind);
    item.lost_share = component.kind == ComponentKind::workstations ? lost_share : 1;
    item.kept_on_shutdown = resolved.kept_on_shutdown;
    item.external = component.kind == ComponentKind::saas;
    if (!item.external) {
      for (const std::uint32_t m : compiler.machines_of_component[component.id]) {
        item.hosts.push_back(compiler.host_of_machine[m]);
      }
    }
    item.is_backup = component.kind == ComponentKind::backup;
    item.copy_survives = resolved.offline_backup || resolved.immutable_backup;
    item.backup_lost = engine::threshold_of(backup_lost);
    add_item(compiler, component.id, std::move(item));
  }
}

void add_applications(Compiler& compiler) {
  for (const auto& application : compiler.map.applications) {
    Item item;
    item.name = "application:" + application.id;
    item.label = application.name;
    item.kind = ItemKind::application;
    item.patient_record = application.role == ApplicationRole::patient_record;
    add_item(compiler, application.id, std::move(item));
  }
}

std::array<std::uint32_t, 3> add_curves(Compiler& compiler, const cartography::ResolvedService& service) {
  auto& curves = compiler.draft.model.curves;
  const auto first = static_cast<std::uint32_t>(curves.size());
  engine::Curve down = engine::curve_through(service.down);
  engine::Curve read_only = engine::curve_through(service.read_only);
  engine::Curve not_linked = engine::curve_through(service.not_linked);
  // The laws need down <= read-only <= not linked at each age.
  for (std::size_t age = 0; age < down.by_age.size(); ++age) {
    read_only.by_age[age] = std::max(read_only.by_age[age], down.by_age[age]);
    not_linked.by_age[age] = std::max(not_linked.by_age[age], read_only.by_age[age]);
  }
  curves.push_back(std::move(down));
  curves.push_back(std::move(read_only));
  curves.push_back(std::move(not_linked));
  return {first, first + 1, first + 2};
}

std::uint32_t transfer_rank(cartography::Sector sector) {
  switch (sector) {
    case cartography::Sector::intensive_care:
      return 1;
    case cartography::Sector::neonatal:
      return 2;
    case cartography::Sector::dialysis:
      return 3;
    case cartography::Sector::radiotherapy:
      return 4;
    default:
      return 5;
  }
}

void add_services(Compiler& compiler, std::map<std::string, std::array<std::uint32_t, 3>>& curves) {
  for (const auto& service : compiler.map.services) {
    const auto resolved = cartography::resolve(service, compiler.defaults);
    Item item;
    item.name = "service:" + service.id;
    item.label = service.name;
    item.kind = ItemKind::service;
    item.weight = resolved.weight;
    item.beds = resolved.beds;
    item.occupancy = resolved.occupancy;
    item.daily_activity = resolved.daily_activity;
    item.not_dischargeable = resolved.cannot_discharge;
    item.transfer_after = ticks_of(resolved.transfer_after_h);
    item.transfer_rank = transfer_rank(service.sector);
    curves[service.id] = add_curves(compiler, resolved);
    add_item(compiler, service.id, std::move(item));
  }
}

/// Needs of one consumer; rows with the same label of alternatives are one k-of-n group.
void add_needs(Compiler& compiler, const std::map<std::string, std::array<std::uint32_t, 3>>& curves) {
  std::map<std::pair<std::string, std::string>, NeedGroup> groups;
  auto& model = compiler.draft.model;
  for (const auto& dependency : compiler.map.dependencies) {
    const auto consumer = compiler.items.find(dependency.consumer);
    const auto target = compiler.items.find(dependency.target);
    if (consumer == compiler.items.end() || target == compiler.items.end()) {
      continue;  // the cartography has reported it
    }
    const auto resolved = cartography::resolve(dependency, compiler.map, compiler.defaults);
    if (dependency.kind == DependencyKind::backed_up_by) {
      model.items[consumer->second].backups.push_back(target->second);
      continue;
    }
    if (dependency.kind == DependencyKind::interface) {
      Item link;
      link.name = "interface:" + dependency.consumer + ">" + dependency.target;
      link.label = model.items[consumer->second].label + " – " + model.items[target->second].label;
      link.kind = ItemKind::interface;
      for (const ItemIndex end : {consumer->second, target->second}) {
        link.groups.push_back(
            {model.items[end].name, {{end, State::not_linked, 0}}, 1, NeedGroup::Otherwise::down, {}});
      }
      const ItemIndex index = model.items.push_back(link);
      for (const ItemIndex end : {consumer->second, target->second}) {
        model.items[end].groups.push_back(
            {link.name, {{index, State::full, 0}}, 1, NeedGroup::Otherwise::not_linked, {}});
      }
      continue;
    }
    const bool alone = resolved.alternative.empty();
    NeedGroup& group = groups[{dependency.consumer, alone ? ">" + dependency.target : resolved.alternative}];
    group.name = alone ? model.items[target->second].name : resolved.alternative;
    group.needed = std::max(alone ? 1U : group.needed, static_cast<std::uint32_t>(resolved.needed));
    // A component has no half states: it serves or it does not.
    const bool component = model.items[target->second].kind == ItemKind::component;
    group.needs.push_back({target->second, component ? State::full : state_of(resolved.least_state),
                           ticks_of(resolved.autonomy_h)});
    if (model.items[consumer->second].kind == ItemKind::service) {
      group.otherwise = NeedGroup::Otherwise::as_target;
      group.curves = curves.at(dependency.consumer);
    }
  }
  for (auto& [place, group] : groups) {
    group.needed = std::min<std::uint32_t>(group.needed, static_cast<std::uint32_t>(group.needs.size()));
    model.items[compiler.items.at(place.first)].groups.push_back(std::move(group));
  }
}

/// An application bought as a service is reached through the internet, whatever else it needs.
void add_outside(Compiler& compiler) {
  auto& model = compiler.draft.model;
  for (const auto& application : compiler.map.applications) {
    if (cartography::resolve(application, compiler.defaults).hosting == cartography::Hosting::on_site) {
      continue;
    }
    Item outside;
    outside.name = "component:" + outside_of(application.id);
    outside.label = application.name;
    outside.recovery = Recovery::external;
    outside.external = true;
    const ItemIndex index = model.items.push_back(outside);
    model.items[compiler.items.at(application.id)].groups.push_back(
        {outside.name, {{index, State::full, 0}}, 1, NeedGroup::Otherwise::down, {}});
  }
}

/// Where nobody said who keeps the copies, the hospital's backup does: "default, not confirmed".
void add_backups(Compiler& compiler) {
  auto& model = compiler.draft.model;
  std::vector<ItemIndex> all;
  for (std::uint32_t i = 0; i < model.items.size(); ++i) {
    if (model.items[ItemIndex{i}].is_backup) {
      all.push_back(ItemIndex{i});
    }
  }
  for (Item& item : model.items) {
    if (item.kind == ItemKind::component && item.recovery == Recovery::server && item.backups.empty()) {
      item.backups = all;
    }
  }
}

}  // namespace

void compile_care(Compiler& compiler) {
  std::map<std::string, std::array<std::uint32_t, 3>> curves;
  add_components(compiler);
  add_applications(compiler);
  add_services(compiler, curves);
  add_needs(compiler, curves);
  add_outside(compiler);
  add_backups(compiler);
  if (compiler.map.services.empty()) {
    compiler.findings.add(Severity::warning, message("compile.no_services"));
  }
}

}  // namespace releve::assessment
