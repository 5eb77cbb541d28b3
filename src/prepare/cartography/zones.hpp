// SPDX-License-Identifier: EUPL-1.2
// Zones of the network: which zone an address is in, and what a zone may reach in another.
#pragma once

#include "prepare/cartography/elements.hpp"
#include "prepare/cartography/network_address.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace releve::cartography {

/// The protocols of a flow, as the sheet names them (model.md, section 2).
enum class Protocol { admin, remote_desktop, file, web, database };

constexpr auto describe(Protocol*) {
  return Names{name(Protocol::admin, "admin"), name(Protocol::remote_desktop, "remote_desktop"),
               name(Protocol::file, "file"), name(Protocol::web, "web"),
               name(Protocol::database, "database")};
}

/// "SRV:admin+web": what is allowed towards zone SRV. "SRV:all" and "SRV" allow everything.
struct Flow {
  std::string zone;
  std::vector<Protocol> protocols;   // sorted, unique
  std::vector<std::string> unknown;  // words that name no protocol
};

Flow parse_flow(std::string_view text);

/// Finds the zone of an address. Built once from the zones, which it does not keep.
class ZoneFinder {
 public:
  explicit ZoneFinder(std::span<const Zone> zones);
  /// The ids of the zones whose most specific block holds the address: usually one; two when two zones
  /// claim the same block.
  std::vector<std::string> zones_of(const Address& address) const;

  /// "ZONE address" for each address that could not be read.
  const std::vector<std::pair<std::string, std::string>>& unreadable() const { return unreadable_; }

 private:
  struct Claim {
    Block block;
    std::string zone;
  };

  std::vector<Claim> claims_;  // longest prefix first
  std::vector<std::pair<std::string, std::string>> unreadable_;
};

}  // namespace releve::cartography
