// SPDX-License-Identifier: EUPL-1.2
#include "engine/outage.hpp"

#include <algorithm>
#include <deque>
#include <functional>

namespace releve::engine {

State state_at(const Timeline& timeline, std::int32_t tick) {
  State state = State::full;
  for (const Change& change : timeline) {
    if (change.tick > tick) {
      break;
    }
    state = change.state;
  }
  return state;
}

/// Appends, merging equal neighbours and entries of the same tick.
static void append(Timeline& timeline, std::int32_t tick, State state) {
  if (!timeline.empty() && timeline.back().tick == tick) {
    timeline.pop_back();
  }
  const State before = timeline.empty() ? State::full : timeline.back().state;
  if (before != state) {
    timeline.push_back({tick, state});
  }
}

/// An interface is parted from the loss of the first application at its ends until its own task is done.
static Timeline parted(const Model& model, const Damage& damage, const Task& task) {
  std::int32_t from = horizon;
  for (const NeedGroup& group : model.items[task.item].groups) {
    for (const Need& need : group.needs) {
      for (const LostItem& lost : damage.items) {
        from = lost.item == need.target ? std::min(from, lost.tick) : from;
      }
    }
  }
  Timeline timeline;
  append(timeline, from, State::down);
  append(timeline, std::max(from, task.end), State::full);
  return timeline;
}

std::vector<Timeline> own_timelines(const Model& model, const Damage& damage, const Plan& plan) {
  struct Ends {
    std::int32_t recovered = 0;  // machines back, application restarted
    std::int32_t checked = 0;
  };

  std::vector<Ends> ends(model.items.size());
  std::int32_t gate = 0;
  std::vector<Timeline> own(model.items.size());
  for (const Task& task : plan.tasks) {
    if (task.kind == TaskKind::gate) {
      gate = task.end;
    }
    if (!task.item.valid()) {
      continue;
    }
    Ends& end = ends[task.item.value];
    if (task.kind == TaskKind::functional_check) {
      end.checked = std::max(end.checked, task.end);
    } else {
      end.recovered = std::max(end.recovered, task.end);
    }
  }
  for (const Task& task : plan.tasks) {
    if (task.kind == TaskKind::interface) {
      own[task.item.value] = parted(model, damage, task);
    }
  }
  for (const LostItem& lost : damage.items) {
    const Ends& end = ends[lost.item.value];
    const bool external = lost.cause == Cause::unreachable;
    const bool application = model.items[lost.item].kind == ItemKind::application;
    Timeline& timeline = own[lost.item.value];
    append(timeline, lost.tick, State::down);
    if (application && lost.cause == Cause::encrypted) {
      append(timeline, std::max(lost.tick, end.recovered), State::read_only);
      append(timeline, std::max({lost.tick, end.recovered, end.checked}), State::full);
    } else if (application) {
      append(timeline, std::max(lost.tick, end.checked), State::full);
    } else {
      append(timeline, std::max(lost.tick, external ? gate : end.recovered), State::full);
    }
  }
  return own;
}

/// The target's states as the consumer feels them: full where the least state is held, and for the
/// autonomy at the start of each gap.
static Timeline felt(const Need& need, const Timeline& target) {
  Timeline out;
  std::int32_t gap_start = -1;
  for (std::size_t i = 0; i < target.size(); ++i) {
    const Change& change = target[i];
    if (change.state >= need.least) {
      gap_start = -1;
      append(out, change.tick, State::full);
      continue;
    }
    if (gap_start < 0) {
      gap_start = change.tick;
    }
    const std::int32_t from = std::max(change.tick, gap_start + need.autonomy);
    if (i + 1 == target.size() || from < target[i + 1].tick) {
      append(out, from, change.state);
    }
  }
  return out;
}

Timeline group_timeline(const NeedGroup& group, const std::vector<Timeline>& states) {
  std::vector<Timeline> leaves;
  std::vector<std::int32_t> ticks;
  for (const Need& need : group.needs) {
    const Timeline& target = states[need.target.value];
    leaves.push_back(target.empty() ? Timeline{} : felt(need, target));
    for (const Change& change : leaves.back()) {
      ticks.push_back(change.tick);
    }
  }
  if (ticks.empty()) {
    return {};
  }
  if (leaves.size() == 1) {
    return std::move(leaves[0]);
  }
  std::sort(ticks.begin(), ticks.end());
  ticks.erase(std::unique(ticks.begin(), ticks.end()), ticks.end());
  Timeline out;
  std::vector<State> now(leaves.size());
  const std::size_t kth = std::min<std::size_t>(std::max<std::uint32_t>(1, group.needed), leaves.size()) - 1;
  for (const std::int32_t tick : ticks) {
    for (std::size_t i = 0; i < leaves.size(); ++i) {
      now[i] = state_at(leaves[i], tick);
    }
    std::nth_element(now.begin(), now.begin() + static_cast<std::ptrdiff_t>(kth), now.end(),
                     std::greater<>());
    append(out, tick, now[kth]);
  }
  return out;
}

static void lower(Timeline& timeline, const Timeline& bound) {
  Timeline out;
  std::size_t a = 0;
  std::size_t b = 0;
  State state_a = State::full;
  State state_b = State::full;
  while (a < timeline.size() || b < bound.size()) {
    const bool take_a = b == bound.size() || (a < timeline.size() && timeline[a].tick <= bound[b].tick);
    const bool take_b = a == timeline.size() || (b < bound.size() && bound[b].tick <= timeline[a].tick);
    const std::int32_t tick = take_a ? timeline[a].tick : bound[b].tick;
    if (take_a) {
      state_a = timeline[a++].state;
    }
    if (take_b) {
      state_b = bound[b++].state;
    }
    append(out, tick, std::min(state_a, state_b));
  }
  timeline = std::move(out);
}

static Timeline bounded_by(const NeedGroup& group, Timeline offered) {
  for (Change& change : offered) {
    if (change.state != State::full) {
      switch (group.otherwise) {
        case NeedGroup::Otherwise::down:
          change.state = State::down;
          break;
        case NeedGroup::Otherwise::not_linked:
          change.state = State::not_linked;
          break;
        case NeedGroup::Otherwise::as_target:
          break;
      }
    }
  }
  Timeline merged;
  for (const Change& change : offered) {
    append(merged, change.tick, change.state);
  }
  return merged;
}

/// The items that are different from before, and all that need them.
static std::vector<bool> reached_by_change(const Model& model, const std::vector<Timeline>& own,
                                           const SolvedBefore& before) {
  std::vector<bool> reached(own.size(), false);
  std::vector<std::uint32_t> open;
  const auto reach = [&](std::uint32_t item) {
    if (!reached[item]) {
      reached[item] = true;
      open.push_back(item);
    }
  };
  for (std::uint32_t i = 0; i < own.size(); ++i) {
    if (own[i] != before.own[i]) {
      reach(i);
    }
  }
  for (const std::uint32_t item : before.changed) {
    reach(item);
  }
  while (!open.empty()) {
    const std::uint32_t item = open.back();
    open.pop_back();
    for (const std::uint32_t consumer : model.consumers_of(ItemIndex{item})) {
      reach(consumer);
    }
  }
  return reached;
}

std::vector<Timeline> solve_states(const Model& model, const std::vector<Timeline>& own,
                                   const SolvedBefore* before) {
  // From everything up, remove until stable. Gaps only grow, each towards a bound set by own timelines and
  // autonomies, so the work list runs dry; the order in which it is worked leaves no trace.
  std::vector<Timeline> states = own;
  std::deque<std::uint32_t> open;
  std::vector<bool> settled(states.size(), false);
  if (before != nullptr) {
    settled = reached_by_change(model, own, *before);
    settled.flip();
    for (std::uint32_t i = 0; i < states.size(); ++i) {
      if (settled[i]) {
        states[i] = before->states[i];
      }
    }
  }
  std::vector<bool> queued = settled;  // what is settled is never worked
  const auto queue_consumers = [&](std::uint32_t item) {
    for (const std::uint32_t consumer : model.consumers_of(ItemIndex{item})) {
      if (!queued[consumer]) {
        queued[consumer] = true;
        open.push_back(consumer);
      }
    }
  };
  for (std::uint32_t i = 0; i < states.size(); ++i) {
    if (!states[i].empty()) {
      queue_consumers(i);
    }
  }
  while (!open.empty()) {
    const std::uint32_t at = open.front();
    open.pop_front();
    queued[at] = false;
    Timeline next = own[at];
    for (const NeedGroup& group : model.items[ItemIndex{at}].groups) {
      const Timeline offered = group_timeline(group, states);
      if (!offered.empty()) {
        lower(next, bounded_by(group, offered));
      }
    }
    if (next != states[at]) {
      states[at] = std::move(next);
      queue_consumers(at);
    }
  }
  return states;
}

}  // namespace releve::engine
