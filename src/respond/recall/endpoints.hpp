// SPDX-License-Identifier: EUPL-1.2
// Recalling staff, as the page asks for it.
#pragma once

#include "foundation/api/endpoint.hpp"
#include "foundation/base/catalogue.hpp"
#include "prepare/cartography/facilities.hpp"
#include "respond/crisis/rooms.hpp"
#include "respond/recall/callouts.hpp"
#include "respond/recall/channels.hpp"
#include "respond/recall/directory.hpp"

namespace releve::recall {

struct StaffParts {
  Directory& directory;
  cartography::Facilities& facilities;
  const Catalogue& catalogue;
};

/// The directory: read by who is called to a crisis, kept up by who edits.
std::vector<api::Endpoint> staff_endpoints(StaffParts parts);

struct CalloutParts {
  Callouts& callouts;
  Channels& channels;
  const crisis::Rooms& rooms;
  cartography::Facilities& facilities;
  const Catalogue& catalogue;
  Deliver deliver;
};

/// Call-outs of a room, and the answers of whoever holds a personal link.
std::vector<api::Endpoint> callout_endpoints(CalloutParts parts);

/// By what they are sent: of the instance.
std::vector<api::Endpoint> channel_endpoints(CalloutParts parts);

}  // namespace releve::recall
