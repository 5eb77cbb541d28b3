// SPDX-License-Identifier: EUPL-1.2
#include "prepare/cartography/zones.hpp"

#include "foundation/base/text.hpp"

#include <algorithm>

namespace releve::cartography {

Flow parse_flow(std::string_view text) {
  Flow flow;
  const std::size_t colon = text.find(':');
  flow.zone = std::string(trim(text.substr(0, colon)));
  const std::string_view list = colon == std::string_view::npos ? "all" : trim(text.substr(colon + 1));
  for (const std::string_view part : split(list, '+')) {
    const std::string word = to_lower(trim(part));
    if (word == "all" || word == "tout") {
      flow.protocols = {Protocol::admin, Protocol::remote_desktop, Protocol::file, Protocol::web,
                        Protocol::database};
      return flow;
    }
    if (const auto protocol = value_of<Protocol>(word)) {
      flow.protocols.push_back(*protocol);
    } else {
      flow.unknown.emplace_back(trim(part));
    }
  }
  std::sort(flow.protocols.begin(), flow.protocols.end());
  flow.protocols.erase(std::unique(flow.protocols.begin(), flow.protocols.end()), flow.protocols.end());
  return flow;
}

ZoneFinder::ZoneFinder(std::span<const Zone> zones) {
  for (const Zone& zone : zones) {
    for (const std::string& text : zone.addresses) {
      if (const auto block = parse_block(text)) {
        claims_.push_back({*block, zone.id});
      } else {
        unreadable_.emplace_back(zone.id, text);
      }
    }
  }
  std::stable_sort(claims_.begin(), claims_.end(),
                   [](const Claim& a, const Claim& b) { return a.block.prefix > b.block.prefix; });
}

std::vector<std::string> ZoneFinder::zones_of(const Address& address) const {
  std::vector<std::string> zones;
  int prefix = -1;
  for (const Claim& claim : claims_) {
    if (prefix >= 0 && claim.block.prefix != prefix) {
      break;
    }
    if (contains(claim.block, address)) {
      prefix = claim.block.prefix;
      if (std::find(zones.begin(), zones.end(), claim.zone) == zones.end()) {
        zones.push_back(claim.zone);
      }
    }
  }
  return zones;
}

}  // namespace releve::cartography
