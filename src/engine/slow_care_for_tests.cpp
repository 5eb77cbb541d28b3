// SPDX-License-Identifier: EUPL-1.2
// Sections 6 and 7 of docs/guide/model.md, and a whole world.
#include "engine/slow_engine_for_tests.hpp"

#include <algorithm>
#include <cmath>

namespace releve::engine::slow {
namespace {

constexpr auto ticks_in_all = static_cast<std::size_t>(horizon);

std::int32_t end_of(const Work& work, ItemIndex item, TaskKind kind) {
  for (const auto& [name, job] : work.jobs) {
    if (job.item == item && job.kind == kind) {
      return job.end;
    }
  }
  return -1;
}

void lower(std::vector<State>& states, std::int32_t from, std::int32_t until, State to) {
  for (std::int32_t t = std::max(0, from); t < std::min(until, horizon); ++t) {
    states[static_cast<std::size_t>(t)] = std::min(states[static_cast<std::size_t>(t)], to);
  }
}

/// What each lost item can be on its own footing.
States own_states(const Model& model, const Damage& damage, const Work& work) {
  States own(model.items.size(), std::vector<State>(ticks_in_all, State::full));
  std::map<std::uint32_t, std::int32_t> lost_at;
  for (const LostItem& lost : damage.items) {
    lost_at[lost.item.value] = lost.tick;
    std::vector<State>& states = own[lost.item.value];
    if (model.items[lost.item].kind == ItemKind::application) {
      const std::int32_t checked = end_of(work, lost.item, TaskKind::functional_check);
      lower(states, lost.tick, checked, lost.cause == Cause::encrypted ? State::read_only : State::down);
      lower(states, lost.tick, end_of(work, lost.item, TaskKind::restart_application), State::down);
    } else {
      std::int32_t up = -1;
      for (const auto& [name, job] : work.jobs) {
        const bool ends_it =
            lost.cause == Cause::unreachable ? job.kind == TaskKind::gate : job.item == lost.item;
        up = ends_it ? std::max(up, job.end) : up;
      }
      lower(states, lost.tick, up, State::down);
    }
  }
  for (const auto& [name, job] : work.jobs) {
    if (job.kind != TaskKind::interface) {
      continue;
    }
    std::int32_t from = horizon;
    for (const NeedGroup& group : model.items[job.item].groups) {
      for (const Need& need : group.needs) {
        from = lost_at.contains(need.target.value) ? std::min(from, lost_at[need.target.value]) : from;
      }
    }
    lower(own[job.item.value], from, job.end, State::down);
  }
  return own;
}

/// What a group offers at each tick.
std::vector<State> offered(const NeedGroup& group, const States& states) {
  std::vector<std::int32_t> in_gap(group.needs.size(),
                                   0);  // ticks since the target fell below what is needed
  std::vector<State> out(ticks_in_all, State::full);
  std::vector<State> offers(group.needs.size());
  for (std::size_t t = 0; t < ticks_in_all; ++t) {
    for (std::size_t n = 0; n < group.needs.size(); ++n) {
      const Need& need = group.needs[n];
      const State state = states[need.target.value][t];
      const bool in_autonomy = in_gap[n] < need.autonomy;
      in_gap[n] = state < need.least ? in_gap[n] + 1 : 0;
      offers[n] = state >= need.least || in_autonomy ? State::full : state;
    }
    std::sort(offers.begin(), offers.end(), std::greater<>());
    out[t] = offers[group.needed - 1];
  }
  return out;
}

State consumer_of(NeedGroup::Otherwise otherwise, State offer) {
  if (offer == State::full) {
    return State::full;
  }
  switch (otherwise) {
    case NeedGroup::Otherwise::down:
      return State::down;
    case NeedGroup::Otherwise::not_linked:
      return State::not_linked;
    case NeedGroup::Otherwise::as_target:
      return offer;
  }
  return State::down;
}

std::vector<std::int32_t> capacity_of_group(const Model& model, const NeedGroup& group,
                                            const States& states) {
  const std::vector<State> offer = offered(group, states);
  const auto curve = [&](State state, std::size_t age) {
    return static_cast<std::int64_t>(model.curves[group.curves[static_cast<std::size_t>(state)]].by_age[age]);
  };
  const Parameters& p = model.parameters;
  std::vector<std::int32_t> out(ticks_in_all, full_capacity);
  const auto at_most = [&](std::size_t t, std::int64_t capacity) {
    out[t] = std::min(out[t], static_cast<std::int32_t>(capacity));
  };
  for (std::size_t start = 0; start < ticks_in_all; ++start) {
    if (offer[start] == State::full || (start > 0 && offer[start - 1] != State::full)) {
      continue;
    }
    std::size_t end = start;
    for (; end < ticks_in_all && offer[end] != State::full; ++end) {
      at_most(end, curve(offer[end], end - start));
    }
    const auto climb = std::min(static_cast<double>(p.catch_up_most),
                                std::floor(p.catch_up_share * static_cast<double>(end - start) + 0.5));
    const std::int64_t low = curve(State::not_linked, end - start);
    for (std::size_t i = 0; static_cast<double>(i) < climb && end + i < ticks_in_all; ++i) {
      at_most(end + i,
              low + (full_capacity - low) * static_cast<std::int64_t>(i) / static_cast<std::int64_t>(climb));
    }
  }
  return out;
}

ServiceOutcome weigh(const Model& model, const Item& service, const std::vector<std::int32_t>& capacity) {
  ServiceOutcome out;
  std::int32_t below_since = -1;
  std::int32_t lowest = full_capacity;
  for (std::int32_t t = 0; t < horizon; ++t) {
    const std::int32_t now = capacity[static_cast<std::size_t>(t)];
    const bool stopped = now < model.parameters.stop_below;
    out.stops_at = stopped && out.stops_at < 0 ? t : out.stops_at;
    out.ticks_down += stopped ? 1 : 0;
    out.down_at_end = stopped;
    out.lost += full_capacity - now;
    if (now >= service.occupancy * full_capacity) {
      below_since = -1;
      lowest = full_capacity;
      continue;
    }
    below_since = below_since < 0 ? t : below_since;
    lowest = std::min(lowest, now);
    if (t + 1 - below_since > service.transfer_after) {
      const double too_many = service.occupancy - static_cast<double>(lowest) / full_capacity;
      out.transfers = std::max(out.transfers, too_many * service.beds * service.not_dischargeable);
    }
  }
  return out;
}

}  // namespace

States states(const Model& model, const Damage& damage, const Work& work) {
  States now = own_states(model, damage, work);
  for (bool moved = true; moved;) {
    moved = false;
    for (std::uint32_t i = 0; i < model.items.size(); ++i) {
      for (const NeedGroup& group : model.items[ItemIndex{i}].groups) {
        const std::vector<State> offer = offered(group, now);
        for (std::size_t t = 0; t < ticks_in_all; ++t) {
          const State bound = consumer_of(group.otherwise, offer[t]);
          if (bound < now[i][t]) {
            now[i][t] = bound;
            moved = true;
          }
        }
      }
    }
  }
  return now;
}

std::vector<std::int32_t> capacity(const Model& model, ItemIndex service, const States& states) {
  std::vector<std::int32_t> out(ticks_in_all, full_capacity);
  for (const NeedGroup& group : model.items[service].groups) {
    const std::vector<std::int32_t> of_group = capacity_of_group(model, group, states);
    for (std::size_t t = 0; t < ticks_in_all; ++t) {
      out[t] = std::min(out[t], of_group[t]);
    }
  }
  return out;
}

CareOutcome care(const Model& model, const States& states, const Work& work) {
  CareOutcome out;
  double weighted = 0;
  for (const ItemIndex service : model.services) {
    const Item& item = model.items[service];
    out.services.push_back(weigh(model, item, capacity(model, service, states)));
    weighted += item.weight * static_cast<double>(out.services.back().lost);
  }
  out.loss = weighted / full_capacity / ticks_per_hour;
  for (std::uint32_t i = 0; i < model.items.size(); ++i) {
    if (model.items[ItemIndex{i}].patient_record) {
      const auto missing = std::count(states[i].begin(), states[i].end(), State::down);
      out.record_ticks = std::max(out.record_ticks, static_cast<std::int32_t>(missing));
    }
  }
  for (const auto& [name, job] : work.jobs) {
    out.staff_ticks += std::min(job.end, horizon) - std::min(job.start, horizon);
  }
  return out;
}

Life live(const Model& model, Seed seed, WorldIndex world) {
  Life life;
  life.spread = attack(model, seed, world);
  life.damage = damage(model, life.spread.attack, life.spread.tier0_held);
  life.work = work(model, life.damage, seed, world);
  life.states = states(model, life.damage, life.work);
  life.care = care(model, life.states, life.work);
  return life;
}

}  // namespace releve::engine::slow
