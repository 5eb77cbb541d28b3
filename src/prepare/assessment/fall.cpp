// SPDX-License-Identifier: EUPL-1.2
#include "prepare/assessment/fall.hpp"

#include "engine/care.hpp"

#include <algorithm>

namespace releve::assessment {

using engine::ItemKind;

/// "component:SRV-1" -> "SRV-1".
static std::string element_id(const engine::Item& item) {
  return item.name.substr(item.name.find(':') + 1);
}

static FallenService service_after(const engine::Model& model, engine::ItemIndex service,
                                   const std::vector<engine::Timeline>& states) {
  FallenService fallen{element_id(model.items[service]), model.items[service].label, std::nullopt, {}};
  const auto capacity = engine::capacity_of(model, service, states);
  const auto stop = std::find_if(capacity.begin(), capacity.end(),
                                 [&](std::int32_t now) { return now < model.parameters.stop_below; });
  if (stop != capacity.end()) {
    fallen.hours_until_stop = static_cast<double>(stop - capacity.begin()) / engine::ticks_per_hour;
  }
  for (const double hours : engine::sample_hours) {
    fallen.capacity.push_back(
        {hours, static_cast<double>(capacity[static_cast<std::size_t>(hours * engine::ticks_per_hour)]) /
                    engine::full_capacity});
  }
  return fallen;
}

Result<Fall> fall_of(const cartography::Cartography& given, const cartography::Defaults& defaults,
                     const Tables& tables, const std::string& id) {
  cartography::Cartography cartography = given;
  cartography::assume_dependencies(cartography, defaults);
  const Compiled compiled = compile(cartography, defaults, tables, {});
  const engine::Model& model = compiled.model;
  std::vector<engine::Timeline> own(model.items.size());
  bool found = false;
  for (std::uint32_t i = 0; i < model.items.size(); ++i) {
    const auto& item = model.items[engine::ItemIndex{i}];
    if (item.kind != ItemKind::interface && element_id(item) == id) {
      own[i] = {{0, engine::State::down}};
      found = true;
    }
  }
  if (!found) {
    return Error{ErrorKind::not_found, message("element.not_found", {{"id", id.substr(0, 80)}}), {}};
  }
  const auto states = engine::solve_states(model, own);
  Fall fall;
  for (std::uint32_t i = 0; i < model.items.size(); ++i) {
    const auto& item = model.items[engine::ItemIndex{i}];
    if (states[i].empty() || item.kind == ItemKind::interface || element_id(item) == id) {
      continue;
    }
    if (item.kind == ItemKind::service) {
      fall.services.push_back(service_after(model, engine::ItemIndex{i}, states));
    } else {
      fall.elements.push_back({element_id(item), item.label,
                               item.kind == ItemKind::application ? "application" : "infrastructure",
                               static_cast<double>(states[i].front().tick) / engine::ticks_per_hour});
    }
  }
  const auto soonness = [](const FallenService& service) { return service.hours_until_stop.value_or(1e9); };
  std::stable_sort(fall.services.begin(), fall.services.end(),
                   [&](const auto& a, const auto& b) { return soonness(a) < soonness(b); });
  std::stable_sort(fall.elements.begin(), fall.elements.end(),
                   [](const auto& a, const auto& b) { return a.hours < b.hours; });
  return fall;
}

}  // namespace releve::assessment
