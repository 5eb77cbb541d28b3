// SPDX-License-Identifier: EUPL-1.2
// Sections 1 to 3 of docs/guide/model.md.
#include "engine/slow_engine_for_tests.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

namespace releve::engine::slow {

std::uint32_t draw(Seed seed, NameKey name, WorldIndex world, std::uint32_t purpose) {
  // Salmon et al. 2011, figure 2: two multiplications, their high and low halves swapped and mixed,
  // ten times.
  std::uint32_t l0 = static_cast<std::uint32_t>(name);
  std::uint32_t r0 = static_cast<std::uint32_t>(name >> 32);
  std::uint32_t l1 = world;
  std::uint32_t r1 = purpose / 4;
  for (std::uint32_t round = 0; round < 10; ++round) {
    const std::uint32_t key_0 = static_cast<std::uint32_t>(seed & 0xFFFFFFFF) + round * 0x9E3779B9U;
    const std::uint32_t key_1 = static_cast<std::uint32_t>(seed >> 32) + round * 0xBB67AE85U;
    const std::uint64_t m0 = 0xD2511F53ULL * l0;
    const std::uint64_t m1 = 0xCD9E8D57ULL * l1;
    l0 = static_cast<std::uint32_t>(m1 / (1ULL << 32)) ^ r0 ^ key_0;
    r0 = static_cast<std::uint32_t>(m1 % (1ULL << 32));
    l1 = static_cast<std::uint32_t>(m0 / (1ULL << 32)) ^ r1 ^ key_1;
    r1 = static_cast<std::uint32_t>(m0 % (1ULL << 32));
  }
  return purpose % 4 == 0 ? l0 : purpose % 4 == 1 ? r0 : purpose % 4 == 2 ? l1 : r1;
}

namespace {

constexpr std::int32_t no_time = 65535;

struct Chances {
  const Model& model;
  Seed seed;
  WorldIndex world;

  std::uint32_t of(NameKey key, std::uint32_t purpose) const { return draw(seed, key, world, purpose); }

  std::uint32_t of(const std::string& name, std::uint32_t purpose) const {
    return of(name_key(name), purpose);
  }

  std::uint32_t of_world(std::uint32_t purpose) const { return of("world", purpose); }

  bool happens(const std::string& name, std::uint32_t purpose, std::uint64_t threshold) const {
    return of(name, purpose) < threshold;
  }
};

std::int32_t pick(const Delay& delay, std::uint32_t u) {
  return delay.cells.size() == 1 ? delay.cells[0] : delay.cells.at(u / (1U << 22));
}

std::int32_t hour_of_week(const Chances& chances) {
  return static_cast<std::int32_t>(static_cast<std::uint64_t>(chances.of_world(0)) * 168 / (1ULL << 32));
}

bool in_office_hours(const Chances& chances, std::int32_t tick) {
  const std::int32_t hour = (hour_of_week(chances) + tick / 10) % 168;
  return hour / 24 < 5 && hour % 24 >= 8 && hour % 24 < 18;
}

std::optional<std::uint32_t> entered_door(const Chances& chances) {
  std::map<std::pair<long double, std::string>, std::uint32_t> by_rank;
  for (std::uint32_t d = 0; d < chances.model.doors.size(); ++d) {
    const Door& door = chances.model.doors[d];
    const long double u = (static_cast<long double>(chances.of(door.name, 2)) + 0.5L) / 4294967296.0L;
    by_rank[{-std::log(u) / static_cast<long double>(door.weight), door.name}] = d;
  }
  std::int32_t attempts = pick(chances.model.parameters.attempts, chances.of_world(1));
  for (const auto& [rank, d] : by_rank) {
    if (attempts-- <= 0) {
      return {};
    }
    const Door& door = chances.model.doors[d];
    if (door.open && chances.happens(door.name, 0, door.threshold)) {
      return d;
    }
  }
  return {};
}

using Cuts = std::array<std::int32_t, 3>;  // no_time: not cut
constexpr Cuts no_cuts{no_time, no_time, no_time};

/// When things are held and when each step would complete, were the cuts at these ticks.
struct Times {
  std::map<std::string, std::int32_t> held;
  std::map<std::uint32_t, std::int32_t> completed;  // by step; dropped ones too
};

Times relax(const Chances& chances, std::uint32_t door, const Cuts& cuts) {
  const Model& model = chances.model;
  Times times;
  for (const NodeIndex node : model.doors[door].grants) {
    times.held[model.nodes[node].name] = 0;
  }
  for (bool moved = true; moved;) {
    moved = false;
    for (std::uint32_t s = 0; s < model.steps.size(); ++s) {
      const Step& step = model.steps[StepIndex{s}];
      if (chances.of(step.key, 0) >= step.threshold) {
        continue;
      }
      std::int32_t fires = 0;
      for (const std::uint32_t input : model.inputs_of(StepIndex{s})) {
        const auto held = times.held.find(model.nodes[NodeIndex{input}].name);
        fires = std::max(fires, held == times.held.end() ? no_time : held->second);
      }
      const std::int32_t completes =
          fires + pick(model.techniques[step.technique].delay, chances.of(step.key, 1));
      if (fires >= no_time || completes >= no_time) {
        continue;
      }
      times.completed[s] = completes;
      bool dropped = false;
      for (std::size_t level = 0; level < 3; ++level) {
        dropped = dropped || ((step.crossings >> level) % 2 == 1 && cuts[level] <= completes);
      }
      const std::string& head = model.nodes[step.head].name;
      if (!dropped && (!times.held.contains(head) || times.held[head] > completes)) {
        times.held[head] = completes;
        moved = true;
      }
    }
  }
  return times;
}

struct Sighting {
  std::int32_t tick = no_time;
  std::uint32_t watchpoint = 0xFFFF;
};

Sighting first_sighting(const Chances& chances, const Times& times) {
  std::map<std::pair<std::int32_t, std::string>, std::uint32_t> seen;  // by tick, then by name
  for (std::uint32_t w = 0; w < chances.model.watchpoints.size(); ++w) {
    std::int32_t seen_from = no_time;
    for (const auto& [s, tick] : times.completed) {
      if (chances.model.steps[StepIndex{s}].watchpoint == w) {
        seen_from = std::min(seen_from, tick);
      }
    }
    for (const Sensor& sensor : chances.model.watchpoints[w].sensors) {
      const std::int32_t at = seen_from + pick(sensor.latency, chances.of(sensor.key, 1));
      if (chances.of(sensor.key, 0) < sensor.threshold && seen_from < no_time && at < no_time) {
        seen.insert({{at, chances.model.watchpoints[w].name}, w});
      }
    }
  }
  return seen.empty() ? Sighting{} : Sighting{seen.begin()->first.first, seen.begin()->second};
}

Cuts cuts_after(const Chances& chances, std::int32_t sighting) {
  if (sighting >= no_time) {
    return no_cuts;
  }
  const Parameters& p = chances.model.parameters;
  const Delay& reaction = in_office_hours(chances, sighting) ? p.reaction_office : p.reaction_off;
  const std::int32_t reacts = sighting + std::max(1, pick(reaction, chances.of_world(7)));
  Cuts cuts = no_cuts;
  for (std::uint32_t level = 0; level < 3; ++level) {
    if (chances.of_world(11 + level) < p.cuts[level].threshold) {
      cuts[level] = std::min(no_time, reacts + pick(p.cuts[level].extra, chances.of_world(14 + level)));
    }
  }
  return cuts;
}

std::int32_t goal_tick(const Chances& chances, const Times& times) {
  const Model& model = chances.model;
  double total = 0;
  for (const Ambition& ambition : model.parameters.ambitions) {
    total += ambition.weight;
  }
  double left = static_cast<double>(chances.of_world(2)) / 4294967296.0 * total;
  double share = 1;
  for (const Ambition& ambition : model.parameters.ambitions) {
    share = ambition.share;
    if (left < ambition.weight) {
      break;
    }
    left -= ambition.weight;
  }
  std::vector<std::int32_t> hosts;
  for (const Host& host : model.hosts) {
    if (times.held.contains(model.nodes[host.node].name)) {
      hosts.push_back(times.held.at(model.nodes[host.node].name));
    }
  }
  std::sort(hosts.begin(), hosts.end());
  std::int32_t goal = no_time;
  const auto wanted =
      static_cast<std::size_t>(std::max(1.0, std::ceil(share * static_cast<double>(model.hosts.size()))));
  if (hosts.size() >= wanted) {
    goal = hosts[wanted - 1];
  }
  for (const Domain& domain : model.domains) {
    if (domain.tier0.valid() && times.held.contains(model.nodes[domain.tier0].name)) {
      goal = std::min(goal, times.held.at(model.nodes[domain.tier0].name));
    }
  }
  return goal;
}

std::int32_t strike_tick(const Chances& chances, std::int32_t goal) {
  if (goal >= no_time) {
    return no_time;
  }
  const Parameters& p = chances.model.parameters;
  const bool is_long = chances.of_world(4) < p.long_dwell;
  std::int32_t strike = std::max(goal, pick(is_long ? p.dwell_long : p.dwell_short, chances.of_world(5)));
  if (chances.of_world(6) < p.night) {
    while (strike < no_time && in_office_hours(chances, strike)) {
      ++strike;
    }
  }
  return strike;
}

/// Everything that happened by the strike (or ever, when there is none).
struct Run {
  Times times;
  Sighting sighting;
  Cuts cuts = no_cuts;
  std::int32_t goal = no_time;
  std::int32_t strike = no_time;
};

Run spread(const Chances& chances, std::uint32_t door) {
  // A cut comes after the sighting that causes it, so nothing before the first sighting of an
  // attack without cuts depends on cuts: that sighting stands.
  Run run;
  run.times = relax(chances, door, no_cuts);
  run.sighting = first_sighting(chances, run.times);
  run.strike = strike_tick(chances, goal_tick(chances, run.times));
  if (run.sighting.tick > run.strike) {
    run.sighting = {};
  }
  run.cuts = cuts_after(chances, run.sighting.tick);
  run.times = relax(chances, door, run.cuts);
  run.goal = goal_tick(chances, run.times);
  run.strike = strike_tick(chances, run.goal);
  std::erase_if(run.times.held, [&](const auto& entry) { return entry.second > run.strike; });
  return run;
}

struct Hit {
  std::map<std::uint32_t, std::int32_t> hosts;  // encryption completes
  std::set<std::uint32_t> items;
};

Hit encryption(const Chances& chances, const Run& run) {
  const Model& model = chances.model;
  const auto held = [&](NodeIndex node) {
    return node.valid() && run.times.held.contains(model.nodes[node].name);
  };
  Hit hit;
  std::set<std::uint32_t> taken;
  for (const Virtualisation& virtualisation : model.virtualisations) {
    if (held(virtualisation.control)) {
      for (const HostIndex host : virtualisation.hosts) {
        taken.insert(host.value);
      }
      for (const ItemIndex item : virtualisation.items) {
        hit.items.insert(item.value);
      }
    }
  }
  for (std::uint32_t h = 0; h < model.hosts.size(); ++h) {
    const Host& host = model.hosts[HostIndex{h}];
    bool reached = held(host.node);
    if (host.domain < model.domains.size() && held(model.domains[host.domain].deployment) &&
        host.zone.valid()) {
      const Zone& zone = model.zones[host.zone];
      reached = reached || held(zone.local_admin) || (held(zone.cross_admin) && run.cuts[1] > run.strike);
    }
    const bool spared = chances.happens(host.name, 0, host.blocked);
    if (taken.contains(h) || (reached && !spared)) {
      hit.hosts[h] = run.strike + pick(model.parameters.encryption, chances.of(host.name, 1));
    }
  }
  return hit;
}

void strike(const Chances& chances, const Run& run, Attack& attack) {
  const Model& model = chances.model;
  const Parameters& p = model.parameters;
  Hit hit = encryption(chances, run);
  const auto spare_from = [&](std::int32_t tick) {
    std::erase_if(hit.hosts, [&](const auto& entry) {
      return entry.second >= tick && !model.hosts[HostIndex{entry.first}].kept_on_shutdown;
    });
  };
  if (run.cuts[2] < no_time) {
    spare_from(run.cuts[2]);
  }
  std::set<std::int32_t> shows;
  for (const auto& [host, tick] : hit.hosts) {
    shows.insert(tick);
  }
  if (!hit.items.empty()) {
    shows.insert(run.strike);
  }
  if (!shows.empty()) {
    const std::int32_t visible = *shows.begin();
    attack.visible = visible;
    if (chances.of_world(8) < p.shutdown) {
      const Delay& delay = in_office_hours(chances, visible) ? p.shutdown_office : p.shutdown_off;
      attack.shutdown = visible + std::max(1, pick(delay, chances.of_world(9)));
      spare_from(attack.shutdown);
    }
  }
  for (const auto& [host, tick] : hit.hosts) {
    attack.encrypted.push_back({HostIndex{host}, tick});
  }
  for (const std::uint32_t item : hit.items) {
    attack.items_taken.push_back(ItemIndex{item});
  }
  attack.ending = attack.visible < 0 ? Ending::nothing_hit : Ending::struck;
  if (attack.ending == Ending::struck && chances.of_world(10) < p.backups_sought) {
    for (std::uint32_t i = 0; i < model.items.size(); ++i) {
      const Item& item = model.items[ItemIndex{i}];
      const bool control =
          item.backup_control.valid() && run.times.held.contains(model.nodes[item.backup_control].name);
      if (item.is_backup && !item.copy_survives &&
          (control || chances.happens(item.name, 0, item.backup_lost))) {
        attack.backups_lost.push_back(ItemIndex{i});
      }
    }
  }
}

std::int32_t or_minus_one(std::int32_t tick) {
  return tick >= no_time ? -1 : tick;
}

}  // namespace

Spread attack(const Model& model, Seed seed, WorldIndex world) {
  const Chances chances{model, seed, world};
  Spread out;
  Attack& attack = out.attack;
  attack.hour_of_week = static_cast<std::uint32_t>(hour_of_week(chances));
  const std::optional<std::uint32_t> door = entered_door(chances);
  if (!door) {
    return out;
  }
  attack.door = *door;
  const Run run = spread(chances, *door);
  out.held = run.times.held;
  for (const Host& host : model.hosts) {
    attack.hosts_held += out.held.contains(model.nodes[host.node].name) ? 1U : 0U;
  }
  for (const Domain& domain : model.domains) {
    out.tier0_held =
        out.tier0_held || (domain.tier0.valid() && out.held.contains(model.nodes[domain.tier0].name));
  }
  attack.goal = or_minus_one(run.goal);
  attack.sighting = or_minus_one(run.sighting.tick);
  attack.sighted_at = static_cast<std::uint16_t>(run.sighting.watchpoint);
  for (std::size_t level = 0; level < 3; ++level) {
    attack.cuts[level] = or_minus_one(run.cuts[level]);
  }
  attack.strike = or_minus_one(run.strike);
  if (run.strike >= no_time) {
    attack.ending = Ending::no_goal;
  } else if (run.cuts[2] <= run.strike ||
             (model.parameters.strike_needs_outside && run.cuts[0] <= run.strike)) {
    attack.ending = Ending::cut_before;
  } else if (chances.of_world(3) < model.parameters.steal_only) {
    attack.ending = Ending::stole_only;
  } else {
    strike(chances, run, attack);
  }
  std::set<std::int32_t> damages(run.cuts.begin(), run.cuts.end());
  if (attack.ending == Ending::struck) {
    damages.insert(attack.strike);
  }
  attack.first_damage = or_minus_one(*damages.begin());
  return out;
}

}  // namespace releve::engine::slow
