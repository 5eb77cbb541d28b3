// SPDX-License-Identifier: EUPL-1.2
// When the tasks of a plan are done: their order, the schedule of limited teams, and the starts of another
// plan replayed. Which tasks there are is restore.cpp's matter.
#include "engine/restore.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <queue>
#include <set>
#include <unordered_map>
#include <utility>

namespace releve::engine {

std::vector<std::uint32_t> order_tasks(const Model& model, const Plan& plan) {
  struct Candidate {
    double gain = 0;         // weight x lost capacity
    std::int64_t ticks = 0;  // of its tasks that are not ordered yet
  };

  std::vector<std::uint32_t> order;
  std::vector<Candidate> candidates;
  std::vector<std::vector<std::uint32_t>> users(plan.tasks.size());
  for (const ServiceWork& work : plan.services) {
    const Item& item = model.items[work.service];
    std::int32_t kept = full_capacity;
    for (const std::uint32_t group : work.groups) {
      // Capacity kept after 24 hours without it.
      kept = std::min(kept, model.curves[item.groups[group].curves[0]].by_age[24 * ticks_per_hour]);
    }
    Candidate candidate{item.weight * (full_capacity - kept), 0};
    for (const std::uint32_t task : work.tasks) {
      candidate.ticks += plan.tasks[task].duration;
      users[task].push_back(static_cast<std::uint32_t>(candidates.size()));
    }
    candidates.push_back(candidate);
  }
  std::vector<bool> ordered(plan.tasks.size(), false);
  std::vector<bool> done(candidates.size(), false);
  const auto append = [&](std::uint32_t task) {
    if (ordered[task]) {
      return;
    }
    ordered[task] = true;
    order.push_back(task);
    for (const std::uint32_t user : users[task]) {
      candidates[user].ticks -= plan.tasks[task].duration;
    }
  };
  for (std::size_t round = 0; round < candidates.size(); ++round) {
    std::size_t best = candidates.size();
    const auto better = [&](std::size_t a, std::size_t b) {
      const auto place = [&](std::size_t c) {
        const std::uint32_t given = model.items[plan.services[c].service].hospital_order;
        return given == 0 ? 0xFFFFFFFFU : given;
      };
      if (place(a) != place(b)) {
        return place(a) < place(b);
      }
      // gain_a / ticks_a > gain_b / ticks_b without dividing by zero; ties keep the order of names.
      return candidates[a].gain * static_cast<double>(candidates[b].ticks) >
             candidates[b].gain * static_cast<double>(candidates[a].ticks);
    };
    for (std::size_t c = 0; c < candidates.size(); ++c) {
      if (!done[c] && (best == candidates.size() || better(c, best))) {
        best = c;
      }
    }
    done[best] = true;
    for (const std::uint32_t task : plan.services[best].tasks) {  // ascending index is dependency order
      append(task);
    }
  }
  for (std::uint32_t task = 0; task < plan.tasks.size(); ++task) {
    append(task);
  }
  return order;
}

void schedule_tasks(const Model& model, Plan& plan) {
  const Parameters& p = model.parameters;
  std::array<std::uint32_t, skill_count> free = p.teams;
  bool helped = false;
  std::vector<std::uint32_t> waits(plan.tasks.size(), 0);
  std::vector<std::vector<std::uint32_t>> followers(plan.tasks.size());
  for (std::uint32_t t = 0; t < plan.tasks.size(); ++t) {
    waits[t] = static_cast<std::uint32_t>(plan.tasks[t].before.size());
    for (const std::uint32_t before : plan.tasks[t].before) {
      followers[before].push_back(t);
    }
  }
  using Event = std::pair<std::int32_t, std::uint32_t>;  // tick, task ending (or none: a release, or help)
  constexpr std::uint32_t nobody = 0xFFFFFFFFU;
  std::priority_queue<Event, std::vector<Event>, std::greater<>> events;
  std::set<std::int32_t> releases;
  for (const Task& task : plan.tasks) {
    releases.insert(task.release);
  }
  releases.insert(p.help_after);
  for (const std::int32_t tick : releases) {
    events.emplace(tick, nobody);
  }
  // By place in the order, so that the first that may start does.
  std::vector<std::uint32_t> waiting = plan.order;
  std::vector<bool> running(plan.tasks.size(), false);
  while (!events.empty()) {
    const std::int32_t now = events.top().first;
    for (; !events.empty() && events.top().first == now; events.pop()) {
      const std::uint32_t ended = events.top().second;
      if (ended == nobody) {
        continue;
      }
      ++free[static_cast<std::size_t>(p.tasks[static_cast<std::size_t>(plan.tasks[ended].kind)].skill)];
      for (const std::uint32_t follower : followers[ended]) {
        --waits[follower];
      }
    }
    if (!helped && now >= p.help_after) {
      helped = true;
      for (std::size_t s = 0; s < skill_count; ++s) {
        free[s] += p.help_teams[s];
      }
    }
    std::size_t kept = 0;
    for (std::size_t i = 0; i < waiting.size(); ++i) {
      const std::uint32_t t = waiting[i];
      Task& task = plan.tasks[t];
      auto& team = free[static_cast<std::size_t>(p.tasks[static_cast<std::size_t>(task.kind)].skill)];
      if (waits[t] == 0 && task.release <= now && team > 0) {
        task.start = now;
        task.end = now + task.duration;
        if (task.duration == 0) {  // what it holds up comes later in the order and may start in this pass
          for (const std::uint32_t follower : followers[t]) {
            --waits[follower];
          }
          continue;
        }
        --team;
        events.emplace(task.end, t);
      } else {
        waiting[kept++] = t;
      }
    }
    waiting.resize(kept);
  }
  // A skill without any team: its work never ends.
  for (const std::uint32_t t : waiting) {
    plan.tasks[t].start = plan.tasks[t].end = horizon;
  }
}

/// An application may be restarted before it would have been missed; all other work waits for what it mends.
static std::int32_t earliest_start(const Task& task, std::int32_t begins) {
  const bool of_application =
      task.kind == TaskKind::restart_application || task.kind == TaskKind::functional_check;
  return of_application ? begins : task.release;
}

bool replay_starts(std::vector<Task>& given, const std::vector<Task>& baseline, std::int32_t begins) {
  std::unordered_map<NameKey, const Task*> as_before;
  for (const Task& task : baseline) {
    as_before.emplace(task.key, &task);
  }
  std::vector<Task> tasks = given;
  for (Task& task : tasks) {
    const auto found = as_before.find(task.key);
    if (found == as_before.end() || found->second->start < earliest_start(task, begins)) {
      return false;
    }
    const Task& before = *found->second;
    const bool too_soon = std::any_of(task.before.begin(), task.before.end(), [&](std::uint32_t other) {
      return std::min(tasks[other].end, horizon) > before.start;
    });
    if (too_soon && (task.kind != TaskKind::restore || before.kind != TaskKind::rebuild)) {
      return false;
    }
    if (too_soon) {  // the copy comes too late: rebuilt, as before
      task.kind = TaskKind::rebuild;
      task.duration = before.duration;
    }
    task.start = before.start;
    task.end = task.start + task.duration;
  }
  given = std::move(tasks);
  return true;
}

}  // namespace releve::engine
