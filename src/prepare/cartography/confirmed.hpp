// SPDX-License-Identifier: EUPL-1.2
// How much of the input the hospital has said itself (model.md, section 6: Trust).
#pragma once

#include "foundation/describe/describe.hpp"
#include "prepare/cartography/cartography.hpp"

#include <array>
#include <cstdint>

namespace releve::cartography {

/// What the hospital may say of itself as a whole (Cartography::answers); each has a default.
inline constexpr std::array facility_fields{
    "reaction_night_h",   "remote_access_mfa", "teams_security", "teams_infrastructure",
    "teams_applications", "teams_workplace",   "teams_ward"};

struct Confirmed {
  std::int64_t services = 0;
  std::int64_t services_confirmed = 0;
  std::int64_t facts = 0;
  std::int64_t facts_confirmed = 0;
  bool operator==(const Confirmed&) const = default;
};

constexpr auto describe(Confirmed*) {
  return Fields{
      field<&Confirmed::services>("services"),
      field<&Confirmed::services_confirmed>("services whose capacities and needs the hospital gave"),
      field<&Confirmed::facts>("facts that have a default"),
      field<&Confirmed::facts_confirmed>("of these, given by an import or an answer")};
}

/// A fact counts when a default stands in for it where it is not given; it is confirmed when it has an
/// origin. A service is confirmed when its six capacities are, and it has needs, all of them given.
Confirmed confirmed(const Cartography& cartography);

/// Whether this service is.
bool is_confirmed(const Service& service, const Cartography& cartography);

}  // namespace releve::cartography
