// SPDX-License-Identifier: EUPL-1.2
// What the attack took from the hospital's items, before anything is repaired. Ticks from here on count
// from the first damage: 0 .. horizon.
#pragma once

#include "engine/attack.hpp"

#include <cstdint>
#include <vector>

namespace releve::engine {

enum class Cause : std::uint8_t { encrypted, stopped, unreachable, dependency };

/// One item that lost its own footing (not one that only misses what it needs).
struct LostItem {
  ItemIndex item;
  std::int32_t tick = 0;  // from the first damage
  Cause cause = Cause::encrypted;
  bool copy_lost = false;      // encrypted, and no copy of it survives: rebuild instead of restore
  std::uint32_t machines = 1;  // to rework, for a group of workstations
  bool operator==(const LostItem&) const = default;
};

struct Damage {
  bool any = false;
  std::int32_t begins = 0;      // first visible tick: when people can start to work
  std::vector<LostItem> items;  // by item index
  bool core_lost = false;       // Tier-0 was held, or a core component was encrypted
  bool attack_seen = false;     // encryption happened: investigation and trusted core are due
  bool internet_cut = false;
  bool operator==(const Damage&) const = default;
};

/// Pure.
Damage assess_damage(const Model& model, const Attack& attack, bool tier0_held);

}  // namespace releve::engine
