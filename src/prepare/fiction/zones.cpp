// SPDX-License-Identifier: EUPL-1.2
// Zones of the network, their filters and how they are watched.
#include "foundation/base/text.hpp"
#include "prepare/fiction/draft.hpp"

#include <algorithm>

namespace releve::fiction {
namespace {

const std::string sites = "ABC";

std::string local_id(const std::string& id, char site) {
  return site == 'A' ? id : id + "-" + site;
}

/// "SOI:admin+file" once per site when that zone exists on each.
std::vector<std::string> spread_flows(const Draft& draft, const ZoneModel& model, char site) {
  std::vector<std::string> flows;
  for (const std::string& flow : model.flows) {
    const std::string target(split(flow, ':')[0]);
    const auto& zones = draft.lexicon.network.zones;
    const auto found =
        std::find_if(zones.begin(), zones.end(), [&](const ZoneModel& z) { return z.id == target; });
    RELEVE_CHECK(found != zones.end(), target);
    const int copies = found->per_site ? draft.proportions.sites : 1;
    for (int i = 0; i < copies; ++i) {
      const char target_site = sites[static_cast<std::size_t>(i)];
      // A local zone reaches its own site only; a central one reaches all.
      if (!model.per_site || copies == 1 || target_site == site) {
        flows.push_back(local_id(target, target_site) + flow.substr(target.size()));
      }
    }
  }
  return flows;
}

}  // namespace

void draw_zones(Draft& draft) {
  const std::uint32_t base = draft.chance.between("address base", 16, 180);
  std::uint32_t block = base;
  for (const ZoneModel& model : draft.lexicon.network.zones) {
    const int copies = model.per_site ? draft.proportions.sites : 1;
    for (int i = 0; i < copies; ++i) {
      const char site = sites[static_cast<std::size_t>(i)];
      cartography::Zone zone;
      zone.id = local_id(model.id, site);
      zone.name = model.name + (copies > 1 ? std::string(" – site ") + site : "");
      draft.zone_block[zone.id] = "10." + std::to_string(block++);
      zone.addresses = {draft.zone_block[zone.id] + ".0.0/16"};
      zone.flows = spread_flows(draft, model, site);
      zone.watch = model.watch[static_cast<std::size_t>(draft.hospital.size)];
      zone.remote_access_group = model.remote_access_group;
      zone.remote_access_mfa = model.remote_access_mfa;
      draft.hospital.inventory.zones.push_back(std::move(zone));
    }
  }
}

}  // namespace releve::fiction
