// SPDX-License-Identifier: EUPL-1.2
// Rows of the API that belong to the instance: session, jobs, settings, the API's own description.
#pragma once

#include "foundation/api/endpoint.hpp"
#include "main/house.hpp"

#include <vector>

namespace releve::main {

inline constexpr const char* product_version = "0.1.0";

std::vector<api::Endpoint> instance_endpoints(House& house);
std::vector<api::Endpoint> indicator_endpoints(House& house);
/// All rows of the product.
std::vector<api::Endpoint> all_endpoints(House& house);

}  // namespace releve::main
