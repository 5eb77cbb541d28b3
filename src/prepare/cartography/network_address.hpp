// SPDX-License-Identifier: EUPL-1.2
// IP addresses and CIDR blocks, both versions.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace releve::cartography {

struct Address {
  bool v6 = false;
  std::array<std::uint8_t, 16> bytes{};  // the first four for version 4
  auto operator<=>(const Address&) const = default;
};

struct Block {
  Address first;   // host bits cleared
  int prefix = 0;  // leading bits that must agree
  bool operator==(const Block&) const = default;
};

/// "10.1.2.3", "fd00::1", "[fd00::1]"; no zone, no port. A version 4 address in version 6 clothes
/// (::ffff:10.1.2.3) is one of version 4.
std::optional<Address> parse_address(std::string_view text);
/// "10.1.0.0/16", "fd00:1::/32", or one address. Host bits may be set.
std::optional<Block> parse_block(std::string_view text);
bool contains(const Block& block, const Address& address);
/// Loopback, link-local and unspecified: says nothing about where a machine is.
bool is_local_only(const Address& address);
/// The one way to write it.
std::string to_text(const Address& address);

}  // namespace releve::cartography
