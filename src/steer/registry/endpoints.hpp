// SPDX-License-Identifier: EUPL-1.2
// The rows of the API that this room answers. What they are given must outlive them.
#pragma once

#include "foundation/api/endpoint.hpp"
#include "foundation/base/catalogue.hpp"
#include "steer/registry/outlines.hpp"
#include "steer/registry/registry.hpp"

#include <vector>

namespace releve::registry {

std::vector<api::Endpoint> place_endpoints(Registry& registry, const Catalogue& catalogue);
/// What the map is drawn of.
std::vector<api::Endpoint> outline_endpoints(const Outlines& outlines);
/// Imports and populations: the steering of the registry itself.
std::vector<api::Endpoint> import_endpoints(Registry& registry, std::uint64_t max_upload);

}  // namespace releve::registry
