// SPDX-License-Identifier: EUPL-1.2
#include "foundation/base/id.hpp"

#include "foundation/base/hash.hpp"

#include <cstdio>

namespace releve {

std::string mint_uuid(Instant now) {
  const auto milliseconds = static_cast<std::uint64_t>(now.time_since_epoch().count()) & 0xFFFFFFFFFFFFULL;
  std::string hex(12, '0');
  for (std::size_t i = 0; i < 12; ++i) {
    hex[i] = "0123456789abcdef"[(milliseconds >> (44 - 4 * i)) & 15U];
  }
  hex += random_hex(10);
  hex[12] = '7';
  // The variant's two high bits are 10.
  hex[16] = "89ab"[static_cast<std::size_t>(hex[16]) & 3U];
  return hex.substr(0, 8) + "-" + hex.substr(8, 4) + "-" + hex.substr(12, 4) + "-" + hex.substr(16, 4) + "-" +
         hex.substr(20, 12);
}

bool is_uuid(std::string_view text) {
  if (text.size() != 36) {
    return false;
  }
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
    if (dash ? c != '-' : !((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) {
      return false;
    }
  }
  return true;
}

}  // namespace releve
