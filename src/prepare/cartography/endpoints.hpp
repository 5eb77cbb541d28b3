// SPDX-License-Identifier: EUPL-1.2
// The rows of the API that this room answers. What they are given must outlive them.
#pragma once

#include "foundation/api/endpoint.hpp"
#include "prepare/cartography/facilities.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace releve::cartography {

struct FacilityPath {
  std::string facility;
};

constexpr auto describe(FacilityPath*) {
  return Fields{field<&FacilityPath::facility>("facility")};
}

using DefaultsInForce = std::function<std::shared_ptr<const Defaults>()>;

/// Identity of a facility's last assessment that is done: another room's, so that main hands it in.
using LatestAssessment = std::function<std::optional<std::string>(const std::string& facility)>;

std::vector<api::Endpoint> facility_endpoints(Facilities& facilities, LatestAssessment latest_assessment);
std::vector<api::Endpoint> import_endpoints(Facilities& facilities, std::uint64_t max_upload);
std::vector<api::Endpoint> element_endpoints(Facilities& facilities, DefaultsInForce defaults,
                                             const Catalogue& catalogue);

}  // namespace releve::cartography
