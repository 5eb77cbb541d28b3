// SPDX-License-Identifier: EUPL-1.2
// The crisis room as the page asks for it. Everything is for who is called to a crisis at that facility.
#pragma once

#include "foundation/api/endpoint.hpp"
#include "prepare/cartography/facilities.hpp"
#include "respond/crisis/forecasters.hpp"
#include "respond/crisis/obligations.hpp"
#include "respond/crisis/rooms.hpp"

#include <functional>
#include <memory>

namespace releve::crisis {

struct EndpointParts {
  Rooms& rooms;
  cartography::Facilities& facilities;
  store::FileStore& files;
  Forecasters& forecasters;
  std::function<std::shared_ptr<const Obligations>()> obligations;
};

std::vector<api::Endpoint> endpoints(EndpointParts parts);

}  // namespace releve::crisis
