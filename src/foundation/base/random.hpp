// SPDX-License-Identifier: EUPL-1.2
// Chance without state: u(seed; world; name; purpose). The same four arguments give the same number on
// any machine, in any order and on any thread, and adding one element to a hospital leaves every other
// number as it was (model.md, section 1).
//
// Generator: Philox4x32-10 (Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3",
// SC'11). Key = seed; counter = (name low, name high, world, purpose / 4); the word used is purpose % 4,
// so that four purposes of one name share one block.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace releve {

using Seed = std::uint64_t;
using NameKey = std::uint64_t;  // 64-bit BLAKE2b of a canonical external name
using WorldIndex = std::uint32_t;

using PhiloxBlock = std::array<std::uint32_t, 4>;

/// One Philox4x32-10 block. Pure.
constexpr PhiloxBlock philox4x32(PhiloxBlock counter, std::array<std::uint32_t, 2> key) {
  constexpr std::uint64_t multiplier_0 = 0xD2511F53U;
  constexpr std::uint64_t multiplier_1 = 0xCD9E8D57U;
  constexpr std::uint32_t weyl_0 = 0x9E3779B9U;
  constexpr std::uint32_t weyl_1 = 0xBB67AE85U;
  for (int round = 0; round < 10; ++round) {
    const std::uint64_t product_0 = multiplier_0 * counter[0];
    const std::uint64_t product_1 = multiplier_1 * counter[2];
    counter = {static_cast<std::uint32_t>(product_1 >> 32) ^ counter[1] ^ key[0],
               static_cast<std::uint32_t>(product_1),
               static_cast<std::uint32_t>(product_0 >> 32) ^ counter[3] ^ key[1],
               static_cast<std::uint32_t>(product_0)};
    key[0] += weyl_0;
    key[1] += weyl_1;
  }
  return counter;
}

/// The four numbers of (seed, name, world) for purposes 4*group .. 4*group+3.
constexpr PhiloxBlock draw_block(Seed seed, NameKey name, WorldIndex world, std::uint32_t group) {
  return philox4x32({static_cast<std::uint32_t>(name), static_cast<std::uint32_t>(name >> 32), world, group},
                    {static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32)});
}

/// u in [0, 2^32).
constexpr std::uint32_t draw(Seed seed, NameKey name, WorldIndex world, std::uint32_t purpose) {
  return draw_block(seed, name, world, purpose >> 2)[purpose & 3U];
}

/// 64-bit BLAKE2b (digest length 8, little-endian) of a canonical name.
NameKey name_key(std::string_view canonical_name);

}  // namespace releve
