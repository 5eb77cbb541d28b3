// SPDX-License-Identifier: EUPL-1.2
// What follows from states that somebody has seen: no chance, no restoration, the dependencies alone. The
// whole of the crisis room's forecast, and of "what if this falls?" (fall.hpp). Pure.
#pragma once

#include "foundation/base/time.hpp"
#include "prepare/assessment/compile.hpp"

#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace releve::assessment {

/// An element is in this state from then on; full: it is back, and what needed it catches up.
struct SeenState {
  std::string element;
  engine::State state = engine::State::down;
  Instant from{};
};

struct ForecastPoint {
  double hours = 0;  // from now
  double capacity = 1;
};

constexpr auto describe(ForecastPoint*) {
  return Fields{field<&ForecastPoint::hours>("hours from now"),
                field<&ForecastPoint::capacity>("share of capacity kept")};
}

struct ForecastElement {
  std::string id;
  std::string name;
  engine::ItemKind kind = engine::ItemKind::component;
  engine::State now = engine::State::full;
  std::optional<Instant> since;       // when it began, or will begin, to feel the loss
  std::optional<Instant> down_since;  // it is down now
};

struct ForecastService {
  std::string id;
  std::string name;
  double capacity = 1;           // now
  std::optional<Instant> stops;  // first moment under half of its capacity, past or to come
  double transfers = 0;          // patients who cannot be discharged beyond what is left, within eight weeks
  double lost = 0;               // weighted service-hours within the next three days
  std::vector<ForecastPoint> curve;
};

/// Only what feels it, in the order of the model.
struct Forecast {
  std::vector<ForecastElement> elements;  // applications and components, those that were seen too
  std::vector<ForecastService> services;
};

/// A hospital compiled once and asked often. Immutable; may be asked from any thread.
class Forecaster {
 public:
  Forecaster(const cartography::Cartography& cartography, const cartography::Defaults& defaults,
             const Tables& tables);

  /// Is it a service, application or component of this hospital?
  bool knows(const std::string& element) const { return items_.contains(element); }

  /// Elements that the hospital does not have are passed over. A service's capacity follows from what it
  /// needs, not from what was seen of it. What was lost more than four weeks ago counts as lost then:
  /// capacities do not change after that.
  Forecast forecast(std::vector<SeenState> seen, Instant now) const;

 private:
  engine::Model model_;
  std::unordered_map<std::string, std::uint32_t> items_;  // services, applications and components by id
};

}  // namespace releve::assessment
