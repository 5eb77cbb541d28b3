// SPDX-License-Identifier: EUPL-1.2
// Section 5 of docs/guide/model.md.
#include "engine/slow_engine_for_tests.hpp"

#include <algorithm>
#include <iterator>

namespace releve::engine::slow {
namespace {

using Names = std::set<std::string>;

/// The tasks a damage asks for, in the order of the table.
class Planner {
 public:
  Planner(const Model& model, const Damage& damage, Seed seed, WorldIndex world)
      : model_(model), damage_(damage), seed_(seed), world_(world) {
    for (const LostItem& lost : damage.items) {
      lost_[lost.item.value] = lost;
    }
  }

  Work plan() {
    if (!damage_.any) {
      return {};
    }
    investigation();
    components();
    applications();
    interfaces();
    gate();
    return std::move(work_);
  }

 private:
  bool lost(std::uint32_t item, Cause cause) const {
    return lost_.contains(item) && lost_.at(item).cause == cause;
  }

  const Item& item(std::uint32_t index) const { return model_.items[ItemIndex{index}]; }

  std::string add(const std::string& called, TaskKind kind, std::uint32_t index, const std::string& batch,
                  Names before) {
    std::string name = "task:" + called;
    Job job;
    job.kind = kind;
    job.release = damage_.begins;
    if (index != ItemIndex::none) {
      name += ":" + item(index).name + batch;
      job.item = ItemIndex{index};
      job.release = std::max(job.release, lost_.contains(index) ? lost_.at(index).tick : 0);
      of_[index].insert(name);
    }
    const Delay& duration = model_.parameters.tasks[static_cast<std::size_t>(kind)].duration;
    const std::uint32_t u = draw(seed_, name_key(name), world_, 1);
    job.duration = duration.cells.size() == 1 ? duration.cells[0] : duration.cells.at(u / (1U << 22));
    job.before = std::move(before);
    work_.jobs[name] = job;
    work_.listed.push_back(name);
    return name;
  }

  void investigation() {
    if (damage_.attack_seen) {
      first_.insert(add("investigate", TaskKind::investigate, ItemIndex::none, "", {}));
    }
    if (damage_.core_lost) {
      first_.insert(add("trusted_core", TaskKind::trusted_core, ItemIndex::none, "", Names(first_)));
    }
  }

  void components() {
    const std::vector<std::set<Recovery>> kinds{
        {Recovery::core},   {Recovery::platform},     {Recovery::backup},
        {Recovery::server}, {Recovery::workstations}, {Recovery::external, Recovery::none}};
    for (const std::set<Recovery>& kind : kinds) {
      for (const auto& [index, lost] : lost_) {
        if (item(index).kind == ItemKind::component && lost.cause != Cause::unreachable &&
            kind.contains(item(index).recovery)) {
          component(index, lost);
        }
      }
    }
  }

  void component(std::uint32_t index, const LostItem& lost) {
    const Recovery kind = item(index).recovery;
    Names before = first_;
    if (kind != Recovery::core) {
      before.insert(core_.begin(), core_.end());
      if (kind != Recovery::platform) {
        before.merge(
            tasks_of_needs(index, [&](const Item& target) { return target.recovery == Recovery::platform; }));
      }
    }
    if (lost.cause == Cause::stopped) {
      add("check", TaskKind::check, index, "", before);
      return;
    }
    if (kind == Recovery::server && !lost.copy_lost) {
      for (const ItemIndex backup : item(index).backups) {
        before.insert(of_[backup.value].begin(), of_[backup.value].end());
      }
    }
    if (kind == Recovery::workstations) {
      const std::uint32_t batches = (lost.machines + model_.parameters.batch - 1) / model_.parameters.batch;
      for (std::uint32_t batch = 0; batch < batches; ++batch) {
        add("workstations", TaskKind::workstations, index, "#" + std::to_string(batch), before);
      }
      return;
    }
    const TaskKind task = kind == Recovery::core       ? TaskKind::core
                          : kind == Recovery::platform ? TaskKind::platform
                          : kind == Recovery::backup   ? TaskKind::backup
                          : lost.copy_lost             ? TaskKind::rebuild
                                                       : TaskKind::restore;
    const std::string name = add("recover", task, index, "", before);
    if (kind == Recovery::core) {
      core_.insert(name);
    }
    if (kind == Recovery::server) {
      servers_.insert(name);
    }
  }

  template <class Which>
  Names tasks_of_needs(std::uint32_t index, Which which) {
    Names names;
    for (const NeedGroup& group : item(index).groups) {
      for (const Need& need : group.needs) {
        const Item& target = model_.items[need.target];
        if (target.kind == ItemKind::component && which(target)) {
          names.insert(of_[need.target.value].begin(), of_[need.target.value].end());
        }
      }
    }
    return names;
  }

  void applications() {
    const auto any = [](const Item&) { return true; };
    for (const auto& [index, lost] : lost_) {
      if (item(index).kind == ItemKind::application && lost.cause == Cause::encrypted) {
        add("restart_application", TaskKind::restart_application, index, "", tasks_of_needs(index, any));
      }
      if (item(index).kind == ItemKind::application) {
        add("functional_check", TaskKind::functional_check, index, "",
            lost.cause == Cause::encrypted ? Names(of_[index]) : tasks_of_needs(index, any));
      }
    }
  }

  void interfaces() {
    for (std::uint32_t i = 0; i < model_.items.size(); ++i) {
      if (item(i).kind != ItemKind::interface) {
        continue;
      }
      Names before;
      for (const NeedGroup& group : item(i).groups) {
        for (const Need& need : group.needs) {
          const ItemKind end = model_.items[need.target].kind;
          if (end == ItemKind::component || end == ItemKind::application) {
            before.insert(of_[need.target.value].begin(), of_[need.target.value].end());
          }
        }
      }
      if (!before.empty()) {
        add("interface", TaskKind::interface, i, "", before);
      }
    }
  }

  void gate() {
    const bool unreachable =
        std::any_of(damage_.items.begin(), damage_.items.end(),
                    [](const LostItem& lost) { return lost.cause == Cause::unreachable; });
    if (damage_.internet_cut || unreachable) {
      Names before = first_;
      before.insert(core_.begin(), core_.end());
      before.insert(servers_.begin(), servers_.end());
      const std::string name = add("gate", TaskKind::gate, ItemIndex::none, "", before);
      for (const LostItem& lost : damage_.items) {
        if (lost.cause == Cause::unreachable) {
          work_.jobs[name].release = std::max(work_.jobs[name].release, lost.tick);
        }
      }
    }
  }

  const Model& model_;
  const Damage& damage_;
  Seed seed_;
  WorldIndex world_;
  Work work_;
  std::map<std::uint32_t, LostItem> lost_;
  std::map<std::uint32_t, Names> of_;  // tasks of an item
  Names first_, core_, servers_;
};

/// Which tasks a service waits for.
class Closure {
 public:
  Closure(const Model& model, const Work& work) : model_(model), work_(work) {}

  Names of_service(ItemIndex service) {
    start();
    visit(service, State::full);
    return with_predecessors(tasks_);
  }

  Names of_group(const NeedGroup& group) {
    start();
    visit(group);
    return with_predecessors(tasks_);
  }

  Names with_predecessors(const Names& names) const {
    Names all = names;
    for (const std::string& name : names) {
      all.merge(with_predecessors(work_.jobs.at(name).before));
    }
    return all;
  }

  std::int64_t ticks(const Names& names) const {
    std::int64_t sum = 0;
    for (const std::string& name : names) {
      sum += work_.jobs.at(name).duration;
    }
    return sum;
  }

 private:
  void start() {
    seen_.clear();
    tasks_.clear();
  }

  Names own(ItemIndex item, State least) const {
    Names names;
    for (const auto& [name, job] : work_.jobs) {
      const bool is_check = job.kind == TaskKind::functional_check && least <= State::read_only &&
                            work_.jobs.contains("task:restart_application:" + model_.items[item].name);
      const bool is_gate = job.kind == TaskKind::gate && model_.items[item].external;
      if ((job.item == item && job.item.valid() && !is_check) || is_gate) {
        names.insert(name);
      }
    }
    return names;
  }

  void visit(ItemIndex index, State least) {
    if (!seen_.insert({index, least}).second) {
      return;
    }
    tasks_.merge(own(index, least));
    for (const NeedGroup& group : model_.items[index].groups) {
      if (group.otherwise != NeedGroup::Otherwise::not_linked || least == State::full) {
        visit(group);
      }
    }
  }

  void visit(const NeedGroup& group) {
    std::multimap<std::pair<std::int64_t, std::string>, Need> by_cost;
    for (const Need& need : group.needs) {
      const std::int64_t cost = ticks(with_predecessors(own(need.target, State::full)));
      by_cost.insert({{cost, model_.items[need.target].name}, need});
    }
    std::uint32_t chosen = 0;
    for (const auto& [cost, need] : by_cost) {
      if (chosen++ < group.needed) {
        visit(need.target, need.least);
      }
    }
  }

  const Model& model_;
  const Work& work_;
  std::set<std::pair<ItemIndex, State>> seen_;
  Names tasks_;
};

struct Claim {
  ItemIndex service;
  double gain = 0;
  Names closure;
};

std::vector<Claim> claims(const Model& model, const Work& work) {
  std::vector<Claim> out;
  Closure closure(model, work);
  for (const ItemIndex service : model.services) {
    Claim claim{service, 0, closure.of_service(service)};
    for (const NeedGroup& group : model.items[service].groups) {
      if (!closure.of_group(group).empty()) {
        const std::int32_t kept = model.curves[group.curves[0]].by_age[240];
        claim.gain = std::max(claim.gain, model.items[service].weight * (full_capacity - kept));
      }
    }
    out.push_back(claim);
  }
  return out;
}

bool sooner(const Model& model, const Claim& a, double a_ticks, const Claim& b, double b_ticks) {
  const std::uint32_t place_a = model.items[a.service].hospital_order;
  const std::uint32_t place_b = model.items[b.service].hospital_order;
  if (place_a != place_b) {
    return place_b == 0 || (place_a != 0 && place_a < place_b);
  }
  return a.gain * b_ticks > b.gain * a_ticks;
}

void put_in_order(const Model& model, Work& work) {
  std::vector<Claim> all = claims(model, work);
  const Closure closure(model, work);
  Names ordered;
  for (;;) {
    const Claim* best = nullptr;
    double best_ticks = 0;
    for (const Claim& claim : all) {
      Names left;
      std::set_difference(claim.closure.begin(), claim.closure.end(), ordered.begin(), ordered.end(),
                          std::inserter(left, left.end()));
      if (left.empty()) {
        continue;
      }
      const auto ticks = static_cast<double>(closure.ticks(left));
      if (best == nullptr || sooner(model, claim, ticks, *best, best_ticks)) {
        best = &claim;
        best_ticks = ticks;
      }
    }
    if (best == nullptr) {
      break;
    }
    for (const std::string& name : work.listed) {
      if (best->closure.contains(name) && ordered.insert(name).second) {
        work.order.push_back(name);
      }
    }
  }
  for (const std::string& name : work.listed) {
    if (ordered.insert(name).second) {
      work.order.push_back(name);
    }
  }
}

// Slow and plain on purpose: the rule as model.md says it, in one piece.
// NOLINTNEXTLINE(readability-function-cognitive-complexity)
void schedule(const Model& model, Work& work) {
  const Parameters& p = model.parameters;
  std::size_t waiting = work.jobs.size();
  for (auto& [name, job] : work.jobs) {
    const auto skill = static_cast<std::size_t>(p.tasks[static_cast<std::size_t>(job.kind)].skill);
    if (p.teams[skill] + p.help_teams[skill] == 0) {
      job.start = job.end = horizon;
      --waiting;
    }
  }
  for (std::int32_t now = 0; now < horizon && waiting > 0; ++now) {
    for (bool again = true; again;) {
      again = false;
      for (const std::string& name : work.order) {
        Job& job = work.jobs[name];
        const Skill skill = p.tasks[static_cast<std::size_t>(job.kind)].skill;
        bool may_start = job.start < 0 && job.release <= now;
        for (const std::string& before : job.before) {
          may_start = may_start && work.jobs[before].start >= 0 && work.jobs[before].end <= now;
        }
        if (!may_start) {
          continue;
        }
        std::uint32_t free = p.teams[static_cast<std::size_t>(skill)];
        free += now >= p.help_after ? p.help_teams[static_cast<std::size_t>(skill)] : 0;
        for (const auto& [other, at] : work.jobs) {
          const bool same = p.tasks[static_cast<std::size_t>(at.kind)].skill == skill;
          free -= same && at.start >= 0 && at.start <= now && now < at.end ? 1 : 0;
        }
        if (free > 0) {
          job.start = now;
          job.end = now + job.duration;
          --waiting;
          again = true;
        }
      }
    }
  }
  for (auto& [name, job] : work.jobs) {
    if (job.start < 0) {  // after the horizon nothing counts
      job.start = job.end = horizon;
    }
  }
}

}  // namespace

Work work(const Model& model, const Damage& damage, Seed seed, WorldIndex world) {
  Work out = Planner(model, damage, seed, world).plan();
  put_in_order(model, out);
  schedule(model, out);
  return out;
}

}  // namespace releve::engine::slow
