// SPDX-License-Identifier: EUPL-1.2
// Recalling staff, as the page asks for it.
#pragma once

#include "foundation/api/endpoint.hpp"
#include "foundation/base/catalogue.hpp"
#include "prepare/cartography/facilities.hpp"
#include "respond/recall/directory.hpp"

namespace releve::recall {

struct StaffParts {
  Directory& directory;
  cartography::Facilities& facilities;
  const Catalogue& catalogue;
};

/// The directory: read by who is called to a crisis, kept up by who edits.
std::vector<api::Endpoint> staff_endpoints(StaffParts parts);

}  // namespace releve::recall
