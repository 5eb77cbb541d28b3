// SPDX-License-Identifier: EUPL-1.2
#include "engine/attack.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

namespace releve::engine {

namespace {

// What the goal counts of a node.
constexpr std::uint8_t as_host = 1;
constexpr std::uint8_t as_tier0 = 2;

}  // namespace

AttackRunner::AttackRunner(const Model& model)
    : model_(model),
      world_key_(name_key("world")),
      held_(model.nodes.size()),
      via_(model.nodes.size()),
      bucket_(static_cast<std::size_t>(never) + 1),
      occupied_((static_cast<std::size_t>(never) + 64) / 64),
      first_completed_(model.watchpoints.size()),
      counts_(model.nodes.size(), 0) {
  for (std::uint32_t node = 0; node < model.nodes.size(); ++node) {
    counts_[node] = model.nodes[NodeIndex{node}].kind == NodeKind::host ? as_host : 0;
  }
  pending_start_.reserve(model.steps.size());
  for (const Step& step : model.steps) {
    pending_start_.push_back(step.inputs);
  }
  for (const Domain& domain : model.domains) {
    RELEVE_CHECK(domain.tier0.valid() && domain.deployment.valid(), "a domain has both its powers");
    counts_[domain.tier0.value] |= as_tier0;
  }
  for (const Virtualisation& platform : model.virtualisations) {
    RELEVE_CHECK(platform.control.valid(), "a virtualisation has its power");
  }
  for (const Host& host : model.hosts) {
    RELEVE_CHECK(host.node.valid(), "a host has its node");
    RELEVE_CHECK(host.domain >= model.domains.size() || host.zone.valid(), "a host of a domain has its zone");
  }
  RELEVE_CHECK(model.doors.empty() || !model.parameters.ambitions.empty(), "an attacker wants something");
}

std::uint32_t AttackRunner::world_draw(WorldDraw what) const {
  return draw(seed_, world_key_, world_, static_cast<std::uint32_t>(what));
}

/// Outside Monday to Friday, 8 h to 18 h.
bool AttackRunner::off_hours(std::int32_t tick) const {
  const std::uint32_t hour = (hour_of_week_ + static_cast<std::uint32_t>(tick) / ticks_per_hour) % 168;
  return hour >= 5 * 24 || hour % 24 < 8 || hour % 24 >= 18;
}

Attack AttackRunner::run(Seed seed, WorldIndex world) {
  seed_ = seed;
  world_ = world;
  std::fill(held_.begin(), held_.end(), never);
  std::fill(first_completed_.begin(), first_completed_.end(), never);
  pending_ = pending_start_;
  entries_.clear();
  telling_.clear();
  sighting_ = goal_ = -1;
  sighted_at_ = 0xFFFF;
  cuts_ = {-1, -1, -1};
  hosts_held_ = 0;

  Attack attack;
  hour_of_week_ = static_cast<std::uint32_t>(
      (static_cast<std::uint64_t>(world_draw(WorldDraw::hour_of_week)) * 168) >> 32);
  attack.hour_of_week = hour_of_week_;
  choose_door(attack);
  if (attack.door != no_door) {
    spread(attack);
    strike(attack);
  }
  return attack;
}

void AttackRunner::choose_door(Attack& attack) {
  // Efraimidis and Spirakis: ordering by -ln(u)/weight draws without replacement by weight, and one door
  // more or less leaves the order of the others as it was.
  std::vector<std::pair<double, std::uint32_t>> order;
  order.reserve(model_.doors.size());
  for (std::uint32_t i = 0; i < model_.doors.size(); ++i) {
    const std::uint32_t u = draw(seed_, model_.doors[i].key, world_, purpose_order);
    order.emplace_back(-exact_log((u + 0.5) / 4294967296.0) / model_.doors[i].weight, i);
  }
  const std::size_t attempts =
      std::min<std::size_t>(order.size(), model_.parameters.attempts.at(world_draw(WorldDraw::attempts)));
  const auto sooner = [&](const auto& a, const auto& b) {
    return a.first != b.first ? a.first < b.first : model_.doors[a.second].name < model_.doors[b.second].name;
  };
  std::partial_sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(attempts), order.end(),
                    sooner);
  for (std::size_t i = 0; i < attempts; ++i) {
    const Door& door = model_.doors[order[i].second];
    if (door.open && draw(seed_, door.key, world_, purpose_live) < door.threshold) {
      attack.door = order[i].second;
      return;
    }
  }
}

void AttackRunner::push(Tick tick, std::uint32_t step) {
  if (tick == never) {
    return;
  }
  entries_.push_back({step, bucket_[tick]});
  bucket_[tick] = static_cast<std::uint32_t>(entries_.size());
  occupied_[tick / 64] |= 1ULL << (tick % 64);
}

bool AttackRunner::crossed(const Step& step, Tick completed) const {
  for (std::size_t level = 0; level < cuts_.size(); ++level) {
    if (cuts_[level] >= 0 && completed >= cuts_[level] && ((step.crossings >> level) & 1U) != 0) {
      return true;
    }
  }
  return false;
}

/// The first completed noisy step of a class in a zone may be seen; the first sighting starts the reaction.
void AttackRunner::sight(StepIndex index, Tick completed) {
  const Step& step = model_.steps[index];
  if (completed >= first_completed_[step.watchpoint]) {
    return;
  }
  telling_.push_back(index.value);
  first_completed_[step.watchpoint] = completed;
  for (const Sensor& sensor : model_.watchpoints[step.watchpoint].sensors) {
    const PhiloxBlock u = draw_block(seed_, sensor.key, world_, 0);
    if (u[purpose_live] >= sensor.threshold) {
      continue;
    }
    const Tick seen = add_ticks(completed, sensor.latency.at(u[purpose_time]));
    const bool named_before =
        seen == sighting_ && model_.watchpoints[step.watchpoint].name < model_.watchpoints[sighted_at_].name;
    if (seen == never || (sighting_ >= 0 && seen >= sighting_ && !named_before)) {
      continue;
    }
    sighting_ = seen;
    sighted_at_ = step.watchpoint;
    const Parameters& p = model_.parameters;
    const Delay& reaction = off_hours(seen) ? p.reaction_off : p.reaction_office;
    const std::int32_t decided =
        seen + std::max<std::int32_t>(1, reaction.at(world_draw(WorldDraw::reaction)));
    for (std::uint32_t level = 0; level < 3; ++level) {
      const auto coin = static_cast<WorldDraw>(static_cast<std::uint32_t>(WorldDraw::cut_internet) + level);
      const auto extra =
          static_cast<WorldDraw>(static_cast<std::uint32_t>(WorldDraw::extra_internet) + level);
      cuts_[level] = -1;
      if (world_draw(coin) < p.cuts[level].threshold) {
        const std::int32_t cut = decided + p.cuts[level].extra.at(world_draw(extra));
        cuts_[level] = cut < never ? cut : -1;
      }
    }
  }
}

void AttackRunner::fire(StepIndex index, Tick now) {
  const Step& step = model_.steps[index];
  if (held_[step.head.value] <= now && step.watchpoint == 0xFFFF) {
    return;  // nobody gains by it and nobody could see it: its coin is not even thrown
  }
  const Technique& technique = model_.techniques[step.technique];
  Tick completed = now;
  if (step.threshold != certain || technique.delay.cells.size() != 1) {
    const PhiloxBlock u = draw_block(seed_, step.key, world_, 0);
    if (u[purpose_live] >= step.threshold) {
      return;
    }
    completed = add_ticks(now, technique.delay.at(u[purpose_time]));
  } else {
    completed = add_ticks(now, technique.delay.cells[0]);
  }
  if (completed == never) {
    return;
  }
  if (step.watchpoint != 0xFFFF) {
    sight(index, completed);
  }
  if (completed < held_[step.head.value]) {
    push(completed, index.value);
  }
}

void AttackRunner::hold(NodeIndex node, Tick tick, std::uint32_t via) {
  held_[node.value] = tick;
  via_[node.value] = via;
  if (via < by_door) {
    telling_.push_back(via);
  }
  const std::uint8_t counts = counts_[node.value];
  hosts_held_ += counts & as_host;
  if (goal_ < 0 && (hosts_held_ >= hosts_wanted_ || (counts & as_tier0) != 0)) {
    goal_ = tick;
  }
  for (const std::uint32_t step : model_.steps_from(node)) {
    if (--pending_[step] == 0) {
      fire(StepIndex{step}, tick);
    }
  }
}

Tick AttackRunner::strike_tick(Tick goal) const {
  const Parameters& p = model_.parameters;
  const bool is_long = world_draw(WorldDraw::long_dwell) < p.long_dwell;
  const Tick dwell = (is_long ? p.dwell_long : p.dwell_short).at(world_draw(WorldDraw::dwell));
  Tick tick = std::max(goal, dwell);
  if (world_draw(WorldDraw::night) < p.night) {
    while (tick < never && !off_hours(tick)) {
      ++tick;
    }
  }
  return tick;
}

/// Earliest times in the order of time: Knuth's generalisation of Dijkstra to AND/OR steps, over buckets of
/// one tick. A candidate that a cut crosses by its completion is dropped when its turn comes, never before:
/// until then an earlier sighting may still be found, and its cut may come later (slower at night).
void AttackRunner::spread(Attack& attack) {
  const Parameters& p = model_.parameters;
  double total = 0;
  for (const Ambition& ambition : p.ambitions) {
    total += ambition.weight;
  }
  double left = world_draw(WorldDraw::ambition) / 4294967296.0 * total;
  double share = p.ambitions.back().share;
  for (const Ambition& ambition : p.ambitions) {
    if (left < ambition.weight) {
      share = ambition.share;
      break;
    }
    left -= ambition.weight;
  }
  hosts_wanted_ =
      std::max(1U, static_cast<std::uint32_t>(std::ceil(share * static_cast<double>(model_.hosts.size()))));

  attack.goal = -1;
  for (const NodeIndex node : model_.doors[attack.door].grants) {
    if (held_[node.value] == never) {
      hold(node, 0, by_door);
    }
  }
  std::int32_t last = never;
  for (std::size_t word = 0; word < occupied_.size();) {
    if (occupied_[word] == 0) {
      ++word;
      continue;
    }
    const auto tick =
        static_cast<Tick>(word * 64 + static_cast<std::size_t>(std::countr_zero(occupied_[word])));
    if (goal_ >= 0 && last == never) {
      last = strike_tick(static_cast<Tick>(goal_));
    }
    const std::uint32_t entry = bucket_[tick];
    if (entry == 0) {
      occupied_[word] &= occupied_[word] - 1;
      continue;
    }
    bucket_[tick] = entries_[entry - 1].next;
    if (tick > last) {
      continue;  // the strike is past: only empty the buckets
    }
    const Step& step = model_.steps[StepIndex{entries_[entry - 1].step}];
    if (held_[step.head.value] == never && !crossed(step, tick)) {
      hold(step.head, tick, entries_[entry - 1].step);
    }
  }
  attack.goal = goal_;
  attack.strike = goal_ < 0 ? -1 : strike_tick(static_cast<Tick>(goal_));
  if (attack.strike >= never) {
    attack.strike = -1;
  }
  if (sighting_ >= 0 && (attack.strike < 0 || sighting_ <= attack.strike)) {
    attack.sighting = sighting_;
    attack.sighted_at = sighted_at_;
    attack.cuts = cuts_;
  }
  attack.hosts_held = hosts_held_;
}

bool AttackRunner::reachable(const Host& host, std::int32_t strike) const {
  if (host.domain >= model_.domains.size()) {
    return false;
  }
  const Zone& zone = model_.zones[host.zone];
  const bool zones_cut = cuts_[1] >= 0 && cuts_[1] <= strike;
  return held_[model_.domains[host.domain].deployment.value] <= strike &&
         (held_[zone.local_admin.value] <= strike || (held_[zone.cross_admin.value] <= strike && !zones_cut));
}

/// What is switched off in time is saved; what stays on by design is not.
void AttackRunner::save_hosts(Attack& attack, std::int32_t from) const {
  if (from >= 0) {
    std::erase_if(attack.encrypted, [&](const LostHost& lost) {
      return lost.tick >= from && !model_.hosts[lost.host].kept_on_shutdown;
    });
  }
}

/// The earlier of two ticks, of which -1 is none.
static std::int32_t earlier(std::int32_t a, std::int32_t b) {
  return a < 0 ? b : b < 0 ? a : std::min(a, b);
}

/// Where the attack stands when it would encrypt: `nothing_hit` until something is.
Ending AttackRunner::ending_at_strike(const Attack& attack) const {
  const auto cut_by_then = [&](std::size_t level) {
    return attack.cuts[level] >= 0 && attack.cuts[level] <= attack.strike;
  };
  if (attack.strike < 0) {
    return Ending::no_goal;
  }
  if (cut_by_then(2) || (model_.parameters.strike_needs_outside && cut_by_then(0))) {
    return Ending::cut_before;
  }
  return world_draw(WorldDraw::steal_only) < model_.parameters.steal_only ? Ending::stole_only
                                                                          : Ending::nothing_hit;
}

void AttackRunner::encrypt(Attack& attack) const {
  std::vector<bool> taken(model_.hosts.size(), false);
  for (const Virtualisation& platform : model_.virtualisations) {
    if (held_[platform.control.value] <= attack.strike) {
      for (const HostIndex host : platform.hosts) {
        taken[host.value] = true;
      }
      attack.items_taken.insert(attack.items_taken.end(), platform.items.begin(), platform.items.end());
    }
  }
  for (std::uint32_t i = 0; i < model_.hosts.size(); ++i) {
    const Host& host = model_.hosts[HostIndex{i}];
    const bool held = held_[host.node.value] <= attack.strike;
    if (!taken[i] && !held && !reachable(host, attack.strike)) {
      continue;
    }
    const PhiloxBlock u = draw_block(seed_, host.key, world_, 0);
    if (taken[i] || u[purpose_live] >= host.blocked) {
      const Tick minutes = model_.parameters.encryption.at(u[purpose_time]);
      attack.encrypted.push_back({HostIndex{i}, attack.strike + minutes});
    }
  }
  // What a cut of everything reaches in time never shows.
  save_hosts(attack, attack.cuts[2]);
  for (const LostHost& lost : attack.encrypted) {
    attack.visible = earlier(attack.visible, lost.tick);
  }
  if (!attack.items_taken.empty()) {
    attack.visible = earlier(attack.visible, attack.strike);
  }
}

void AttackRunner::shut_down(Attack& attack) const {
  const Parameters& p = model_.parameters;
  if (world_draw(WorldDraw::shutdown) < p.shutdown) {
    const Delay& delay = off_hours(attack.visible) ? p.shutdown_off : p.shutdown_office;
    attack.shutdown =
        attack.visible + std::max<std::int32_t>(1, delay.at(world_draw(WorldDraw::shutdown_delay)));
  }
  save_hosts(attack, attack.shutdown);
}

void AttackRunner::lose_backups(Attack& attack) const {
  if (world_draw(WorldDraw::backups_sought) >= model_.parameters.backups_sought) {
    return;
  }
  for (std::uint32_t i = 0; i < model_.items.size(); ++i) {
    const Item& item = model_.items[ItemIndex{i}];
    if (!item.is_backup || item.copy_survives) {
      continue;
    }
    const bool controlled = item.backup_control.valid() && held_[item.backup_control.value] <= attack.strike;
    if (controlled || draw(seed_, item.key, world_, purpose_live) < item.backup_lost) {
      attack.backups_lost.push_back(ItemIndex{i});
    }
  }
}

void AttackRunner::strike(Attack& attack) const {
  attack.ending = ending_at_strike(attack);
  if (attack.ending == Ending::nothing_hit) {
    encrypt(attack);
  }
  if (attack.visible >= 0) {
    attack.ending = Ending::struck;
    attack.first_damage = attack.strike;
    shut_down(attack);
    lose_backups(attack);
  }
  for (const std::int32_t cut : attack.cuts) {
    attack.first_damage = earlier(attack.first_damage, cut);
  }
}

}  // namespace releve::engine
