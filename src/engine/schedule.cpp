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
      kept =
          std::min(kept, model.curves[item.groups[group].curves[0]].by_age[std::size_t{24} * ticks_per_hour]);
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

namespace {

/// Limited teams at work on the tasks of a plan, from tick to tick at which something changes.
class Schedule {
 public:
  Schedule(const Model& model, Plan& plan)
      : p_(model.parameters),
        plan_(plan),
        free_(p_.teams),
        waits_(plan.tasks.size(), 0),
        followers_(plan.tasks.size()),
        waiting_(plan.order) {
    std::set<std::int32_t> changes{p_.help_after};
    for (std::uint32_t t = 0; t < plan.tasks.size(); ++t) {
      const Task& task = plan.tasks[t];
      changes.insert(task.release);
      waits_[t] = static_cast<std::uint32_t>(task.before.size());
      for (const std::uint32_t before : task.before) {
        followers_[before].push_back(t);
      }
    }
    for (const std::int32_t tick : changes) {
      events_.emplace(tick, nobody);
    }
  }

  void run() {
    while (!events_.empty()) {
      const std::int32_t now = events_.top().first;
      for (; !events_.empty() && events_.top().first == now; events_.pop()) {
        if (const std::uint32_t ended = events_.top().second; ended != nobody) {
          ++team_of(plan_.tasks[ended]);
          let_follow(ended);
        }
      }
      if (!helped_ && now >= p_.help_after) {
        helped_ = true;
        std::transform(free_.begin(), free_.end(), p_.help_teams.begin(), free_.begin(), std::plus<>());
      }
      start_what_may(now);
    }
    // A skill without any team: its work never ends.
    for (const std::uint32_t t : waiting_) {
      plan_.tasks[t].start = plan_.tasks[t].end = horizon;
    }
  }

 private:
  using Event = std::pair<std::int32_t, std::uint32_t>;  // tick, task ending (or nobody: a release, or help)
  static constexpr std::uint32_t nobody = 0xFFFFFFFFU;

  std::uint32_t& team_of(const Task& task) {
    return free_[static_cast<std::size_t>(p_.tasks[static_cast<std::size_t>(task.kind)].skill)];
  }

  void let_follow(std::uint32_t ended) {
    for (const std::uint32_t follower : followers_[ended]) {
      --waits_[follower];
    }
  }

  void start_what_may(std::int32_t now) {
    std::size_t kept = 0;
    for (const std::uint32_t t : waiting_) {
      if (!starts(t, now)) {
        waiting_[kept++] = t;
      }
    }
    waiting_.resize(kept);
  }

  bool starts(std::uint32_t t, std::int32_t now) {
    Task& task = plan_.tasks[t];
    std::uint32_t& team = team_of(task);
    if (waits_[t] > 0 || task.release > now || team == 0) {
      return false;
    }
    task.start = now;
    task.end = now + task.duration;
    if (task.duration == 0) {  // what it holds up comes later in the order and may start in this pass
      let_follow(t);
    } else {
      --team;
      events_.emplace(task.end, t);
    }
    return true;
  }

  const Parameters& p_;
  Plan& plan_;
  std::array<std::uint32_t, skill_count> free_;
  bool helped_ = false;
  std::vector<std::uint32_t> waits_;  // by task: those before it that have not ended
  std::vector<std::vector<std::uint32_t>> followers_;
  std::vector<std::uint32_t> waiting_;  // in the plan's order, so that the first that may start does
  std::priority_queue<Event, std::vector<Event>, std::greater<>> events_;
};

}  // namespace

void schedule_tasks(const Model& model, Plan& plan) {
  Schedule(model, plan).run();
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
