// SPDX-License-Identifier: EUPL-1.2
// The plan as the page asks for it. Whoever may see the cartography sees the plan; the numbers of people are
// for those who edit it or who are called to a crisis. The plan in force is for everybody in the crisis.
#pragma once

#include "foundation/api/endpoint.hpp"
#include "prepare/cartography/facilities.hpp"
#include "prepare/plan/library.hpp"
#include "prepare/plan/plans.hpp"

namespace releve::plan {

struct EndpointParts {
  Plans& plans;
  cartography::Facilities& facilities;
  const Library& library;
  std::function<std::shared_ptr<const cartography::Defaults>()> defaults;
};

std::vector<api::Endpoint> endpoints(EndpointParts parts);

/// The crisis directory in a spreadsheet.
struct ContactParts {
  Plans& plans;
  cartography::Facilities& facilities;
  const Catalogue& catalogue;
};

std::vector<api::Endpoint> contact_endpoints(ContactParts parts);

}  // namespace releve::plan
