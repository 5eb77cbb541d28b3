// SPDX-License-Identifier: EUPL-1.2
// "What if this falls?": one element lost now and for good, and what care loses with it. No chance, no
// restoration: the dependencies alone.
#pragma once

#include "prepare/assessment/compile.hpp"

#include <optional>
#include <string>
#include <vector>

namespace releve::assessment {

struct FallPoint {
  double hours = 0;
  double capacity = 1;
};

struct FallenService {
  std::string id;
  std::string name;
  std::optional<double> hours_until_stop;
  std::vector<FallPoint> capacity;
};

struct FallenElement {
  std::string id;
  std::string name;
  std::string layer;
  double hours = 0;  // until it feels the loss
};

struct Fall {
  std::vector<FallenService> services;  // soonest to stop first
  std::vector<FallenElement> elements;
};

constexpr auto describe(FallPoint*) {
  return Fields{field<&FallPoint::hours>("hours since the loss"),
                field<&FallPoint::capacity>("share of capacity kept")};
}

constexpr auto describe(FallenService*) {
  return Fields{
      field<&FallenService::id>("service"), field<&FallenService::name>("its name"),
      field<&FallenService::hours_until_stop>("until it falls under half of its capacity; null: it does not"),
      field<&FallenService::capacity>("capacity kept over time")};
}

constexpr auto describe(FallenElement*) {
  return Fields{field<&FallenElement::id>("element"), field<&FallenElement::name>("its name"),
                field<&FallenElement::layer>("its layer"),
                field<&FallenElement::hours>("until it feels the loss")};
}

constexpr auto describe(Fall*) {
  return Fields{field<&Fall::services>("care services that feel it"),
                field<&Fall::elements>("applications and components that feel it")};
}

/// Error element.not_found for an id that is no service, application or component.
Result<Fall> fall_of(const cartography::Cartography& cartography, const cartography::Defaults& defaults,
                     const Tables& tables, const std::string& id);

}  // namespace releve::assessment
