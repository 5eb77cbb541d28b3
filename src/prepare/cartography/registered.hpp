// SPDX-License-Identifier: EUPL-1.2
// What the national registry says of a hospital: the beds it was counted with, and the medico-social sites
// that it says share its information system. It fills what nobody has described; whatever the hospital itself
// says goes first.
#pragma once

#include "prepare/cartography/elements.hpp"

#include <optional>
#include <string>
#include <vector>

namespace releve::cartography {

struct SectorBeds {
  Sector sector = Sector::other;
  double beds = 0;
};

constexpr auto describe(SectorBeds*) {
  return Fields{field<&SectorBeds::sector>("kind of care"), field<&SectorBeds::beds>("beds")};
}

struct RegisteredSite {
  std::string id;
  std::string name;
  std::string town;
  Sector sector = Sector::long_term_care;
};

constexpr auto describe(RegisteredSite*) {
  return Fields{field<&RegisteredSite::id>("place of the registry"), field<&RegisteredSite::name>("name"),
                field<&RegisteredSite::town>("town"), field<&RegisteredSite::sector>("kind of care")};
}

struct Registered {
  std::string place;              // its id in the registry; empty: not known there
  std::string source;             // "SAE 2023"; empty: no figures
  std::vector<SectorBeds> beds;   // one row a sector
  std::optional<bool> emergency;  // has an emergency department; nothing: not said
  std::vector<RegisteredSite> sites;

  std::optional<double> beds_of(Sector sector) const;
};

constexpr auto describe(Registered*) {
  return Fields{field<&Registered::place>("its id in the registry; empty: not known there"),
                field<&Registered::source>("whose figures; empty: none"),
                field<&Registered::beds>("by kind of care"),
                field<&Registered::emergency>("has an emergency department"),
                field<&Registered::sites>("sites that share its system")};
}

/// Service id of a site that shares the system.
std::string service_of_site(const std::string& site);

}  // namespace releve::cartography
