// SPDX-License-Identifier: EUPL-1.2
// The rows of the API that this room answers.
#pragma once

#include "foundation/api/endpoint.hpp"
#include "prepare/cartography/facilities.hpp"

#include <functional>
#include <memory>
#include <vector>

namespace releve::cartography {

/// `defaults` gives the tables in force; both must outlive the rows.
std::vector<api::Endpoint> endpoints(Facilities& facilities,
                                     std::function<std::shared_ptr<const Defaults>()> defaults,
                                     const Catalogue& catalogue, std::uint64_t max_upload);

}  // namespace releve::cartography
