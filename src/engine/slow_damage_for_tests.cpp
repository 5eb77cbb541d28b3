// SPDX-License-Identifier: EUPL-1.2
// Section 4 of docs/guide/model.md.
#include "engine/slow_engine_for_tests.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

namespace releve::engine::slow {
namespace {

constexpr std::int32_t not_ever = 1'000'000'000;

std::int32_t earliest(std::initializer_list<std::int32_t> ticks) {
  std::int32_t first = not_ever;
  for (const std::int32_t tick : ticks) {
    first = tick < 0 ? first : std::min(first, tick);
  }
  return first;
}

bool contains(const std::vector<ItemIndex>& list, ItemIndex item) {
  return std::find(list.begin(), list.end(), item) != list.end();
}

std::optional<LostItem> lost_component(const Model& model, const Attack& attack, ItemIndex index) {
  const Item& item = model.items[index];
  std::vector<std::int32_t> ticks;
  for (const LostHost& host : attack.encrypted) {
    if (std::find(item.hosts.begin(), item.hosts.end(), host.host) != item.hosts.end()) {
      ticks.push_back(host.tick);
    }
  }
  std::sort(ticks.begin(), ticks.end());
  std::int32_t encrypted = contains(attack.items_taken, index) ? attack.strike : not_ever;
  const auto wanted = static_cast<std::size_t>(
      std::max(1.0, std::ceil(item.lost_share * static_cast<double>(item.hosts.size()))));
  if (ticks.size() >= wanted) {
    encrypted = std::min(encrypted, ticks[wanted - 1]);
  }
  std::int32_t lost = encrypted;
  Cause cause = Cause::encrypted;
  if (item.external) {
    lost = std::min(lost, earliest({attack.cuts[0], attack.cuts[2], attack.shutdown}));
    cause = encrypted < not_ever ? Cause::encrypted : Cause::unreachable;
  } else if (!item.kept_on_shutdown) {
    lost = std::min(lost, earliest({attack.cuts[2], attack.shutdown}));
    cause = encrypted < not_ever ? Cause::encrypted : Cause::stopped;
  }
  if (lost - attack.first_damage >= horizon) {
    return {};
  }
  LostItem out{index, lost - attack.first_damage, cause, false, 1};
  if (cause == Cause::encrypted) {
    out.copy_lost = std::all_of(item.backups.begin(), item.backups.end(),
                                [&](ItemIndex backup) { return contains(attack.backups_lost, backup); });
    out.machines = std::max<std::uint32_t>(1, static_cast<std::uint32_t>(ticks.size()));
  }
  return out;
}

std::optional<LostItem> lost_application(const Model& model,
                                         const std::map<std::uint32_t, LostItem>& components,
                                         ItemIndex index) {
  LostItem out{index, not_ever, Cause::stopped, false, 1};
  for (const NeedGroup& group : model.items[index].groups) {
    if (group.otherwise != NeedGroup::Otherwise::down) {
      continue;
    }
    std::vector<std::int32_t> ticks;
    bool encrypted = false;
    for (const Need& need : group.needs) {
      const auto lost = components.find(need.target.value);
      if (lost != components.end() && lost->second.cause != Cause::unreachable) {
        ticks.push_back(lost->second.tick + need.autonomy);
        encrypted = encrypted || lost->second.cause == Cause::encrypted;
      }
    }
    std::sort(ticks.begin(), ticks.end());
    const std::size_t enough = group.needs.size() - group.needed + 1;
    if (ticks.size() >= enough) {
      out.tick = std::min(out.tick, ticks[enough - 1]);
      out.cause = encrypted ? Cause::encrypted : out.cause;
    }
  }
  if (out.tick >= horizon) {
    return {};
  }
  return out;
}

}  // namespace

Damage damage(const Model& model, const Attack& attack, bool tier0_held) {
  Damage out;
  if (attack.first_damage < 0) {
    return out;
  }
  out.any = true;
  out.begins = attack.visible < 0 ? 0 : attack.visible - attack.first_damage;
  out.attack_seen = attack.visible >= 0;
  std::map<std::uint32_t, LostItem> components;
  for (std::uint32_t i = 0; i < model.items.size(); ++i) {
    if (model.items[ItemIndex{i}].kind == ItemKind::component) {
      if (const auto lost = lost_component(model, attack, ItemIndex{i})) {
        components[i] = *lost;
      }
    }
  }
  out.core_lost = tier0_held && out.attack_seen;
  out.internet_cut = attack.cuts[0] >= 0 || attack.cuts[2] >= 0;
  for (const auto& [i, lost] : components) {
    const bool is_core = model.items[ItemIndex{i}].recovery == Recovery::core;
    out.core_lost = out.core_lost || (is_core && lost.cause == Cause::encrypted);
  }
  std::map<std::uint32_t, LostItem> all = components;
  for (std::uint32_t i = 0; i < model.items.size(); ++i) {
    if (model.items[ItemIndex{i}].kind == ItemKind::application) {
      if (const auto lost = lost_application(model, components, ItemIndex{i})) {
        all[i] = *lost;
      }
    }
  }
  for (const auto& [i, lost] : all) {
    out.items.push_back(lost);
  }
  return out;
}

}  // namespace releve::engine::slow
