// SPDX-License-Identifier: EUPL-1.2
#include "prepare/assessment/fall.hpp"

#include "prepare/assessment/forecast.hpp"

#include <algorithm>

namespace releve::assessment {

static double hours_until(Instant moment, Instant fallen) {
  return std::chrono::duration<double, std::ratio<3600>>(moment - fallen).count();
}

static FallenService fallen_service(const ForecastService& service, Instant fallen) {
  FallenService result{service.id, service.name, std::nullopt, {}};
  if (service.stops) {
    result.hours_until_stop = hours_until(*service.stops, fallen);
  }
  for (const ForecastPoint& point : service.curve) {
    if (point.hours > 0) {
      result.capacity.push_back({point.hours, point.capacity});
    }
  }
  return result;
}

Result<Fall> fall_of(const cartography::Cartography& cartography, const cartography::Defaults& defaults,
                     const Tables& tables, const std::string& id) {
  const Forecaster forecaster(cartography, defaults, tables);
  if (!forecaster.knows(id)) {
    return Error{ErrorKind::not_found, message("element.not_found", {{"id", id.substr(0, 80)}}), {}};
  }
  constexpr Instant fallen{};
  const Forecast forecast = forecaster.forecast({{id, engine::State::down, fallen}}, fallen);
  Fall fall;
  for (const ForecastService& service : forecast.services) {
    if (service.id != id) {
      fall.services.push_back(fallen_service(service, fallen));
    }
  }
  for (const ForecastElement& element : forecast.elements) {
    if (element.id != id && element.since) {
      fall.elements.push_back(
          {element.id, element.name,
           element.kind == engine::ItemKind::application ? "application" : "infrastructure",
           hours_until(*element.since, fallen)});
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
