// SPDX-License-Identifier: EUPL-1.2
#include "prepare/cartography/network_address.hpp"

#include "foundation/base/text.hpp"

#include <arpa/inet.h>

#include <algorithm>

namespace releve::cartography {

std::optional<Address> parse_address(std::string_view text) {
  text = trim(text);
  if (text.size() > 2 && text.front() == '[' && text.back() == ']') {
    text = text.substr(1, text.size() - 2);
  }
  if (text.empty() || text.size() > 45) {
    return std::nullopt;
  }
  const std::string plain(text);
  Address address;
  if (inet_pton(AF_INET, plain.c_str(), address.bytes.data()) == 1) {
    return address;
  }
  if (inet_pton(AF_INET6, plain.c_str(), address.bytes.data()) != 1) {
    return std::nullopt;
  }
  address.v6 = true;
  static constexpr std::array<std::uint8_t, 12> mapped{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};
  if (std::equal(mapped.begin(), mapped.end(), address.bytes.begin())) {
    Address inner;
    std::copy_n(address.bytes.begin() + 12, 4, inner.bytes.begin());
    return inner;
  }
  return address;
}

static int bits(const Address& address) {
  return address.v6 ? 128 : 32;
}

std::optional<Block> parse_block(std::string_view text) {
  text = trim(text);
  const std::size_t slash = text.find('/');
  const auto address = parse_address(text.substr(0, slash));
  if (!address) {
    return std::nullopt;
  }
  Block block{*address, bits(*address)};
  if (slash != std::string_view::npos) {
    const auto prefix = parse_int(trim(text.substr(slash + 1)));
    if (!prefix || *prefix < 0 || *prefix > bits(*address)) {
      return std::nullopt;
    }
    block.prefix = static_cast<int>(*prefix);
  }
  for (int bit = block.prefix; bit < bits(*address); ++bit) {
    auto& byte = block.first.bytes[static_cast<std::size_t>(bit / 8)];
    byte = static_cast<std::uint8_t>(byte & ~(0x80U >> (bit % 8)));
  }
  return block;
}

bool contains(const Block& block, const Address& address) {
  if (block.first.v6 != address.v6) {
    return false;
  }
  const auto whole = static_cast<std::size_t>(block.prefix / 8);
  if (!std::equal(block.first.bytes.begin(), block.first.bytes.begin() + static_cast<std::ptrdiff_t>(whole),
                  address.bytes.begin())) {
    return false;
  }
  const int rest = block.prefix % 8;
  const unsigned mask = rest == 0 ? 0U : (0xFFU << (8 - rest)) & 0xFFU;
  return rest == 0 || ((block.first.bytes[whole] ^ address.bytes[whole]) & mask) == 0;
}

bool is_local_only(const Address& address) {
  static constexpr std::string_view blocks[] = {"127.0.0.0/8", "169.254.0.0/16", "0.0.0.0/8", "fe80::/10",
                                                "::/127"};
  return std::any_of(std::begin(blocks), std::end(blocks),
                     [&](std::string_view b) { return contains(*parse_block(b), address); });
}

std::string to_text(const Address& address) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  inet_ntop(address.v6 ? AF_INET6 : AF_INET, address.bytes.data(), text.data(), text.size());
  return text.data();
}

}  // namespace releve::cartography
