// SPDX-License-Identifier: EUPL-1.2
#include "prepare/cartography/defaults.hpp"
#include "prepare/cartography/guess_words.hpp"
#include "prepare/cartography/sheet_rows.hpp"

#include <algorithm>
#include <set>

namespace releve::cartography {

static std::vector<Dependency> default_needs(const Service& service, const Cartography& c,
                                             const Defaults& defaults) {
  std::vector<Dependency> needs;
  for (const Application& application : c.applications) {
    if (const RoleNeed* need = defaults.need(service.sector, application.role)) {
      Dependency d;
      d.consumer = service.id;
      d.target = application.id;
      d.autonomy_h = need->autonomy_h;
      d.least_state = need->least_state;
      d.id = dependency_id(d);
      needs.push_back(std::move(d));
    }
  }
  return needs;
}

/// The machines that only the directory or a scan knows, of one kind, as components of the cartography.
static void adopt_machines(Cartography& c, MachineKind kind, ComponentKind as) {
  constexpr std::size_t most = 300;
  std::size_t adopted = 0;
  for (Machine& machine : c.machines) {
    if (machine.kind == kind && machine.component.empty() && adopted++ < most) {
      Component component;
      component.id = machine.component = "machine:" + machine.id;
      component.name = machine.name;
      component.kind = as;
      c.components.push_back(std::move(component));
    }
  }
  std::sort(c.components.begin(), c.components.end(),
            [](const Component& a, const Component& b) { return a.id < b.id; });
}

static void need_some_of(std::vector<Dependency>& list, const std::string& consumer,
                         const std::vector<std::string>& targets, const std::string& group, double needed) {
  for (const std::string& target : targets) {
    Dependency d;
    d.consumer = consumer;
    d.target = target;
    d.alternative = group;
    d.needed = needed;
    d.id = dependency_id(d);
    list.push_back(std::move(d));
  }
}

/// Where nobody has said of any application which machine it rests on: the directory, any controller of it,
/// and half of the servers that bear its name, else of all servers. So it falls with the servers at large,
/// and no single one is invented for it.
static std::vector<Dependency> assume_platform(Cartography& c) {
  const auto components_that = [&](auto wanted) {
    std::set<std::string> ids;
    for (const Component& component : c.components) {
      if (wanted(component)) {
        ids.insert(component.id);
      }
    }
    return std::vector<std::string>(ids.begin(), ids.end());
  };
  const auto is_server = [](const Component& one) { return one.kind == ComponentKind::server; };
  adopt_machines(c, MachineKind::domain_controller, ComponentKind::directory);
  if (std::none_of(c.components.begin(), c.components.end(), is_server)) {
    adopt_machines(c, MachineKind::server, ComponentKind::server);
  }
  std::set<std::string> with_controller;
  for (const Machine& machine : c.machines) {
    if (machine.kind == MachineKind::domain_controller) {
      with_controller.insert(machine.component);
    }
  }
  const auto controllers = components_that([&](const Component& one) {
    return one.kind == ComponentKind::directory || with_controller.contains(one.id);
  });
  std::vector<Dependency> assumed;
  for (const Application& application : c.applications) {
    if (application.hosting && *application.hosting != Hosting::on_site) {
      continue;
    }
    auto servers = components_that(
        [&](const Component& one) { return is_server(one) && guess_role(one.name) == application.role; });
    if (servers.empty()) {
      servers = components_that(is_server);
    }
    need_some_of(assumed, application.id, controllers, "directory", 1);
    const std::size_t half = (servers.size() + 1) / 2;
    need_some_of(assumed, application.id, servers, "servers", static_cast<double>(half));
  }
  return assumed;
}

void assume_dependencies(Cartography& cartography, const Defaults& defaults) {
  std::set<std::string_view> consumers;  // of a need
  for (const Dependency& d : cartography.dependencies) {
    if (d.kind == DependencyKind::needs) {
      consumers.insert(d.consumer);
    }
  }
  std::set<std::string_view> components;
  for (const Component& component : cartography.components) {
    components.insert(component.id);
  }
  std::set<std::string_view> rests_on_machine;
  for (const Dependency& d : cartography.dependencies) {
    if (d.kind == DependencyKind::needs && components.contains(d.target)) {
      rests_on_machine.insert(d.consumer);
    }
  }
  Findings findings;
  std::vector<Dependency> assumed;
  const bool nothing_said = rests_on_machine.empty();
  if (nothing_said) {
    assumed = assume_platform(cartography);
  }
  if (!assumed.empty()) {
    findings.add(Severity::warning, message("cartography.platform_assumed"));
  }
  for (const Service& service : cartography.services) {
    if (!consumers.contains(service.id)) {
      auto needs = default_needs(service, cartography, defaults);
      if (!needs.empty()) {
        findings.add(Severity::note,
                     message("cartography.needs_assumed",
                             {{"service", service.name}, {"count", std::to_string(needs.size())}}),
                     service.id);
      }
      assumed.insert(assumed.end(), std::make_move_iterator(needs.begin()),
                     std::make_move_iterator(needs.end()));
    }
  }
  for (const Application& application : cartography.applications) {
    const bool elsewhere = application.hosting == Hosting::saas;
    if (!components.empty() && !elsewhere && !nothing_said && !rests_on_machine.contains(application.id)) {
      findings.add(Severity::warning,
                   message("cartography.application_without_component", {{"application", application.name}}),
                   application.id);
    }
  }
  auto& list = cartography.dependencies;
  list.insert(list.end(), std::make_move_iterator(assumed.begin()), std::make_move_iterator(assumed.end()));
  std::sort(list.begin(), list.end(), [](const Dependency& a, const Dependency& b) { return a.id < b.id; });
  auto remarks = findings.take();
  cartography.findings.insert(cartography.findings.end(), remarks.begin(), remarks.end());
}

}  // namespace releve::cartography
