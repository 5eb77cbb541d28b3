// SPDX-License-Identifier: EUPL-1.2
#include "engine/damage.hpp"

#include <algorithm>
#include <cmath>

namespace releve::engine {

namespace {

/// When each host became unusable, by encryption or by being switched off.
struct HostLoss {
  std::vector<std::int32_t> encrypted;  // -1: not
  std::int32_t stopped = -1;            // everything not kept on, from this tick
};

HostLoss host_losses(const Model& model, const Attack& attack) {
  HostLoss loss;
  loss.encrypted.assign(model.hosts.size(), -1);
  for (const LostHost& host : attack.encrypted) {
    loss.encrypted[host.host.value] = host.tick - attack.first_damage;
  }
  for (const std::int32_t stop : {attack.shutdown, attack.cuts[2]}) {
    if (stop >= 0 && (loss.stopped < 0 || stop - attack.first_damage < loss.stopped)) {
      loss.stopped = stop - attack.first_damage;
    }
  }
  return loss;
}

/// The tick when `wanted` of these have happened; -1 when fewer ever do.
std::int32_t nth(std::vector<std::int32_t> ticks, std::size_t wanted) {
  if (ticks.size() < wanted) {
    return -1;
  }
  std::nth_element(ticks.begin(), ticks.begin() + static_cast<std::ptrdiff_t>(wanted - 1), ticks.end());
  return ticks[wanted - 1];
}

void lose_component(const Model& model, const HostLoss& hosts, bool taken, std::int32_t taken_at,
                    std::int32_t unreachable, ItemIndex index, std::vector<LostItem>& lost) {
  const Item& item = model.items[index];
  std::vector<std::int32_t> encrypted;
  for (const HostIndex host : item.hosts) {
    if (hosts.encrypted[host.value] >= 0) {
      encrypted.push_back(hosts.encrypted[host.value]);
    }
  }
  const std::size_t wanted = std::max<std::size_t>(
      1, static_cast<std::size_t>(std::ceil(item.lost_share * static_cast<double>(item.hosts.size()))));
  LostItem entry{index, -1, Cause::encrypted, false,
                 std::max(1U, static_cast<std::uint32_t>(encrypted.size()))};
  entry.tick = taken ? taken_at : item.hosts.empty() ? -1 : nth(encrypted, wanted);
  const auto sooner = [&](std::int32_t tick, Cause cause) {
    if (tick < 0) {
      return;
    }
    if (entry.tick < 0) {
      entry.cause = cause;
      entry.machines = std::max<std::uint32_t>(1, static_cast<std::uint32_t>(item.hosts.size()));
    }
    // An encrypted machine stays encrypted, even when it was switched off first.
    entry.tick = entry.tick < 0 ? tick : std::min(entry.tick, tick);
  };
  if (!item.kept_on_shutdown && !item.external) {
    sooner(hosts.stopped, Cause::stopped);
  }
  if (item.external) {
    sooner(unreachable, Cause::unreachable);
  }
  if (entry.tick >= 0 && entry.tick < horizon) {
    lost.push_back(entry);
  }
}

/// An application whose own machines were lost has lost its own footing: it comes back by its own tasks.
void lose_application(const Model& model, const std::vector<const LostItem*>& by_item, ItemIndex index,
                      std::vector<LostItem>& lost) {
  LostItem entry{index, -1, Cause::stopped, false, 1};
  for (const NeedGroup& group : model.items[index].groups) {
    std::vector<std::int32_t> gone;
    bool encrypted = false;
    for (const Need& need : group.needs) {
      if (const LostItem* target = by_item[need.target.value]) {
        if (model.items[need.target].kind == ItemKind::component && target->cause != Cause::unreachable) {
          gone.push_back(target->tick + need.autonomy);
          encrypted = encrypted || target->cause == Cause::encrypted;
        }
      }
    }
    const std::size_t spare = group.needs.size() - std::min<std::size_t>(group.needed, group.needs.size());
    const std::int32_t tick = nth(std::move(gone), spare + 1);
    if (tick >= 0 && group.otherwise == NeedGroup::Otherwise::down) {
      entry.tick = entry.tick < 0 ? tick : std::min(entry.tick, tick);
      entry.cause = encrypted ? Cause::encrypted : entry.cause;
    }
  }
  if (entry.tick >= 0 && entry.tick < horizon) {
    lost.push_back(entry);
  }
}

}  // namespace

Damage assess_damage(const Model& model, const Attack& attack, bool tier0_held) {
  Damage damage;
  if (attack.first_damage < 0) {
    return damage;
  }
  damage.any = true;
  damage.attack_seen = attack.ending == Ending::struck;
  damage.internet_cut = attack.cuts[0] >= 0 || attack.cuts[2] >= 0;
  const HostLoss hosts = host_losses(model, attack);
  std::vector<bool> taken(model.items.size(), false);
  for (const ItemIndex item : attack.items_taken) {
    taken[item.value] = true;
  }
  std::int32_t unreachable = -1;
  for (const std::int32_t cut : {attack.cuts[0], attack.cuts[2], attack.shutdown}) {
    if (cut >= 0 && (unreachable < 0 || cut - attack.first_damage < unreachable)) {
      unreachable = cut - attack.first_damage;
    }
  }
  for (std::uint32_t i = 0; i < model.items.size(); ++i) {
    if (model.items[ItemIndex{i}].kind == ItemKind::component) {
      lose_component(model, hosts, taken[i], attack.strike - attack.first_damage, unreachable, ItemIndex{i},
                     damage.items);
    }
  }
  std::vector<const LostItem*> by_item(model.items.size(), nullptr);
  for (const LostItem& item : damage.items) {
    by_item[item.item.value] = &item;
  }
  std::vector<LostItem> applications;
  for (std::uint32_t i = 0; i < model.items.size(); ++i) {
    if (model.items[ItemIndex{i}].kind == ItemKind::application) {
      lose_application(model, by_item, ItemIndex{i}, applications);
    }
  }
  std::vector<bool> backup_gone(model.items.size(), false);
  for (const ItemIndex backup : attack.backups_lost) {
    backup_gone[backup.value] = true;
  }
  for (LostItem& item : damage.items) {
    const auto& copies = model.items[item.item].backups;
    item.copy_lost =
        item.cause == Cause::encrypted &&
        std::all_of(copies.begin(), copies.end(), [&](ItemIndex b) { return backup_gone[b.value]; });
    damage.core_lost = damage.core_lost ||
                       (item.cause == Cause::encrypted && model.items[item.item].recovery == Recovery::core);
  }
  damage.core_lost = damage.core_lost || (damage.attack_seen && tier0_held);
  damage.items.insert(damage.items.end(), applications.begin(), applications.end());
  std::sort(damage.items.begin(), damage.items.end(),
            [](const auto& a, const auto& b) { return a.item < b.item; });
  damage.begins = (attack.visible >= 0 ? attack.visible : attack.first_damage) - attack.first_damage;
  return damage;
}

}  // namespace releve::engine
