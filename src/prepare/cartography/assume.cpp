// SPDX-License-Identifier: EUPL-1.2
#include "prepare/cartography/defaults.hpp"
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
    if (!components.empty() && !elsewhere && !rests_on_machine.contains(application.id)) {
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
