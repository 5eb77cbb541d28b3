// SPDX-License-Identifier: EUPL-1.2
#include "engine/restore.hpp"

#include <algorithm>
#include <optional>
#include <unordered_map>
#include <utility>

namespace releve::engine {

namespace {

constexpr const char* kind_name(TaskKind kind) {
  switch (kind) {
    case TaskKind::investigate:
      return "investigate";
    case TaskKind::trusted_core:
      return "trusted_core";
    case TaskKind::core:
    case TaskKind::platform:
    case TaskKind::backup:
    case TaskKind::restore:
    case TaskKind::rebuild:
      return "recover";
    case TaskKind::check:
      return "check";
    case TaskKind::workstations:
      return "workstations";
    case TaskKind::restart_application:
      return "restart_application";
    case TaskKind::functional_check:
      return "functional_check";
    case TaskKind::interface:
      return "interface";
    case TaskKind::gate:
      return "gate";
  }
  return "?";
}

class Planner {
 public:
  Planner(const Model& model, const Damage& damage, Seed seed, WorldIndex world)
      : model_(model),
        damage_(damage),
        seed_(seed),
        world_(world),
        tasks_of_(model.items.size()),
        lost_(model.items.size(), nullptr) {
    for (const LostItem& item : damage.items) {
      lost_[item.item.value] = &item;
    }
  }

  Plan plan() {
    if (!damage_.any) {
      return {};
    }
    if (damage_.attack_seen) {
      base_.push_back(add({.kind = TaskKind::investigate}, damage_.begins));
      if (damage_.core_lost) {
        base_.push_back(add({.kind = TaskKind::trusted_core, .before = base_}, damage_.begins));
      }
    }
    components(Recovery::core, base_);
    const std::vector<std::uint32_t> core = with(base_, Recovery::core);
    components(Recovery::platform, core);
    components(Recovery::backup, core);
    components(Recovery::server, core);
    components(Recovery::workstations, core);
    components(Recovery::none, core);
    applications();
    interfaces();
    gate();
    return std::move(plan_);
  }

 private:
  std::uint32_t add(Task task, std::int32_t release) {
    const std::string name = task_name(model_, task);
    task.key = name_key(name);
    task.release = release;
    task.duration = model_.parameters.tasks[static_cast<std::size_t>(task.kind)].duration.at(
        draw(seed_, task.key, world_, purpose_time));
    plan_.tasks.push_back(std::move(task));
    return static_cast<std::uint32_t>(plan_.tasks.size() - 1);
  }

  /// `base` and the encrypted components of one kind.
  std::vector<std::uint32_t> with(std::vector<std::uint32_t> base, Recovery recovery) const {
    for (const LostItem& lost : damage_.items) {
      if (model_.items[lost.item].recovery == recovery && lost.cause == Cause::encrypted) {
        const auto& own = tasks_of_[lost.item.value];
        base.insert(base.end(), own.begin(), own.end());
      }
    }
    return base;
  }

  /// What a component's own restoration waits for: core, the platform it runs on, the copies it comes from.
  std::vector<std::uint32_t> waits_for(const LostItem& lost, const std::vector<std::uint32_t>& base) const {
    std::vector<std::uint32_t> before = base;
    const Item& item = model_.items[lost.item];
    const auto add_tasks_of = [&](ItemIndex target) {
      const auto& own = tasks_of_[target.value];
      before.insert(before.end(), own.begin(), own.end());
    };
    for (const NeedGroup& group : item.groups) {
      for (const Need& need : group.needs) {
        const Recovery kind = model_.items[need.target].recovery;
        if (kind == Recovery::platform && item.recovery != Recovery::core &&
            item.recovery != Recovery::platform) {
          add_tasks_of(need.target);
        }
      }
    }
    if (lost.cause == Cause::encrypted && !lost.copy_lost && item.recovery == Recovery::server) {
      for (const ItemIndex copy : item.backups) {
        add_tasks_of(copy);
      }
    }
    std::sort(before.begin(), before.end());
    before.erase(std::unique(before.begin(), before.end()), before.end());
    return before;
  }

  static TaskKind kind_for(const Item& item, const LostItem& lost) {
    if (lost.cause == Cause::stopped) {
      return TaskKind::check;
    }
    switch (item.recovery) {
      case Recovery::core:
        return TaskKind::core;
      case Recovery::platform:
        return TaskKind::platform;
      case Recovery::backup:
        return TaskKind::backup;
      case Recovery::workstations:
        return TaskKind::workstations;
      default:
        return lost.copy_lost ? TaskKind::rebuild : TaskKind::restore;
    }
  }

  void components(Recovery recovery, const std::vector<std::uint32_t>& base) {
    for (const LostItem& lost : damage_.items) {
      const Item& item = model_.items[lost.item];
      const Recovery kind_of_item = item.recovery == Recovery::external ? Recovery::none : item.recovery;
      if (item.kind != ItemKind::component || kind_of_item != recovery || lost.cause == Cause::unreachable) {
        continue;
      }
      const TaskKind kind = kind_for(item, lost);
      const std::int32_t release = std::max(damage_.begins, lost.tick);
      const std::uint32_t batches =
          kind == TaskKind::workstations
              ? (lost.machines + model_.parameters.batch - 1) / model_.parameters.batch
              : 1;
      const auto before = waits_for(lost, base);
      for (std::uint32_t batch = 0; batch < batches; ++batch) {
        tasks_of_[lost.item.value].push_back(
            add({.kind = kind, .item = lost.item, .batch = batch, .before = before}, release));
      }
    }
  }

  /// Restart (encrypted machines only), then the functional check by the ward.
  void applications() {
    for (const LostItem& lost : damage_.items) {
      const Item& item = model_.items[lost.item];
      if (item.kind != ItemKind::application) {
        continue;
      }
      std::vector<std::uint32_t> before;
      for (const NeedGroup& group : item.groups) {
        for (const Need& need : group.needs) {
          const auto& own = tasks_of_[need.target.value];
          if (model_.items[need.target].kind == ItemKind::component) {
            before.insert(before.end(), own.begin(), own.end());
          }
        }
      }
      std::sort(before.begin(), before.end());
      before.erase(std::unique(before.begin(), before.end()), before.end());
      const std::int32_t release = std::max(damage_.begins, lost.tick);
      auto& own = tasks_of_[lost.item.value];
      if (lost.cause == Cause::encrypted) {
        own.push_back(
            add({.kind = TaskKind::restart_application, .item = lost.item, .before = before}, release));
        before = {own.back()};
      }
      own.push_back(add({.kind = TaskKind::functional_check, .item = lost.item, .before = before}, release));
    }
  }

  /// An interface is put back when an application at one of its ends had to be.
  void interfaces() {
    for (std::uint32_t i = 0; i < model_.items.size(); ++i) {
      const Item& item = model_.items[ItemIndex{i}];
      if (item.kind != ItemKind::interface) {
        continue;
      }
      std::vector<std::uint32_t> before;
      for (const NeedGroup& group : item.groups) {
        for (const Need& need : group.needs) {
          const auto& own = tasks_of_[need.target.value];
          before.insert(before.end(), own.begin(), own.end());
        }
      }
      if (!before.empty()) {
        std::sort(before.begin(), before.end());
        tasks_of_[i].push_back(
            add({.kind = TaskKind::interface, .item = ItemIndex{i}, .before = before}, damage_.begins));
      }
    }
  }

  /// The outside is let in again last: after the core and every encrypted server, and not before it was
  /// shut out.
  void gate() {
    bool closed = damage_.internet_cut;
    std::int32_t release = damage_.begins;
    for (const LostItem& lost : damage_.items) {
      if (lost.cause == Cause::unreachable) {
        closed = true;
        release = std::max(release, lost.tick);
      }
    }
    if (closed) {
      add({.kind = TaskKind::gate, .before = with(with(base_, Recovery::core), Recovery::server)}, release);
    }
  }

  const Model& model_;
  const Damage& damage_;
  Seed seed_;
  WorldIndex world_;
  Plan plan_;
  std::vector<std::uint32_t> base_;
  std::vector<std::vector<std::uint32_t>> tasks_of_;
  std::vector<const LostItem*> lost_;
};

/// The tasks that bring an item back: its own, what they wait for, and those of what it needs, with the k
/// cheapest of each group of alternatives (by the hours of their own tasks; ties by name).
class Closures {
 public:
  Closures(const Model& model, const Plan& plan)
      : model_(model), plan_(plan), own_(model.items.size()), in_(plan.tasks.size(), false) {
    for (std::uint32_t t = 0; t < plan.tasks.size(); ++t) {
      if (plan.tasks[t].item.valid()) {
        own_[plan.tasks[t].item.value].push_back(t);
      } else if (plan.tasks[t].kind == TaskKind::gate) {
        gate_ = t;
      }
    }
    for (std::uint32_t i = 0; i < model.items.size(); ++i) {
      if (model.items[ItemIndex{i}].external && gate_) {
        own_[i].push_back(*gate_);
      }
      own_ticks_.push_back(ticks_with_predecessors(own_[i]));
    }
  }

  /// By task index, ascending. Remembered: services share most of what they need.
  const std::vector<std::uint32_t>& of(ItemIndex item, State least) {
    const auto [place, fresh] = known_.try_emplace(item.value * 4 + static_cast<std::uint32_t>(least));
    if (fresh) {
      place->second = walk(item, least);
    }
    return place->second;
  }

  /// The k alternatives whose own tasks, with what these wait for, take least.
  std::vector<const Need*> cheapest(const NeedGroup& group) const {
    std::vector<const Need*> choices;
    choices.reserve(group.needs.size());
    for (const Need& need : group.needs) {
      choices.push_back(&need);
    }
    if (choices.size() > group.needed) {
      std::stable_sort(choices.begin(), choices.end(), [&](const Need* a, const Need* b) {
        const std::int64_t cost_a = own_ticks_[a->target.value];
        const std::int64_t cost_b = own_ticks_[b->target.value];
        return cost_a != cost_b ? cost_a < cost_b
                                : model_.items[a->target].name < model_.items[b->target].name;
      });
      choices.resize(group.needed);
    }
    return choices;
  }

 private:
  std::vector<std::uint32_t> walk(ItemIndex item, State least) {
    seen_.assign(model_.items.size(), 0);
    std::vector<std::pair<ItemIndex, State>> open;
    const auto meet = [&](ItemIndex at, State wanted) {
      const auto bit = static_cast<std::uint8_t>(1U << static_cast<unsigned>(wanted));
      if ((seen_[at.value] & bit) == 0) {
        seen_[at.value] = static_cast<std::uint8_t>(seen_[at.value] | bit);
        open.emplace_back(at, wanted);
      }
    };
    meet(item, least);
    while (!open.empty()) {
      const auto [at, wanted] = open.back();
      open.pop_back();
      for (const std::uint32_t task : own_[at.value]) {
        if (wanted > State::read_only || !only_confirms(at, task)) {
          mark(task);
        }
      }
      for (const NeedGroup& group : model_.items[at].groups) {
        if (group.otherwise == NeedGroup::Otherwise::not_linked && wanted != State::full) {
          continue;
        }
        if (group.needs.size() <= group.needed) {
          for (const Need& need : group.needs) {
            meet(need.target, need.least);
          }
          continue;
        }
        for (const Need* need : cheapest(group)) {
          meet(need->target, need->least);
        }
      }
    }
    return take_marked();
  }

  void mark(std::uint32_t task) {
    if (in_[task]) {
      return;
    }
    in_[task] = true;
    marked_.push_back(task);
    for (const std::uint32_t before : plan_.tasks[task].before) {
      mark(before);
    }
  }

  std::vector<std::uint32_t> take_marked() {
    std::sort(marked_.begin(), marked_.end());
    for (const std::uint32_t task : marked_) {
      in_[task] = false;
    }
    return std::exchange(marked_, {});
  }

  /// A restarted application can be read before the ward has checked it; one that was only stopped cannot.
  bool only_confirms(ItemIndex item, std::uint32_t task) const {
    return plan_.tasks[task].kind == TaskKind::functional_check && own_[item.value].size() > 1;
  }

  std::int64_t ticks_with_predecessors(const std::vector<std::uint32_t>& tasks) {
    for (const std::uint32_t task : tasks) {
      mark(task);
    }
    std::int64_t ticks = 0;
    for (const std::uint32_t task : take_marked()) {
      ticks += plan_.tasks[task].duration;
    }
    return ticks;
  }

  const Model& model_;
  const Plan& plan_;
  std::vector<std::vector<std::uint32_t>> own_;
  std::vector<std::int64_t> own_ticks_;
  std::unordered_map<std::uint32_t, std::vector<std::uint32_t>> known_;
  std::vector<std::uint8_t> seen_;
  std::vector<bool> in_;
  std::vector<std::uint32_t> marked_;
  std::optional<std::uint32_t> gate_;
};

}  // namespace

std::string task_name(const Model& model, const Task& task) {
  std::string name = std::string("task:") + kind_name(task.kind);
  if (task.item.valid()) {
    name += ":" + model.items[task.item].name;
  }
  if (task.kind == TaskKind::workstations) {
    name += "#" + std::to_string(task.batch);
  }
  return name;
}

static std::vector<ServiceWork> work_of_services(const Model& model, const Plan& plan) {
  std::vector<ServiceWork> services;
  Closures closures(model, plan);
  for (const ItemIndex service : model.services) {
    ServiceWork work{service, closures.of(service, State::full), {}};
    if (work.tasks.empty()) {
      continue;
    }
    const std::vector<NeedGroup>& groups = model.items[service].groups;
    for (std::uint32_t g = 0; g < groups.size(); ++g) {
      const std::vector<const Need*> chosen = closures.cheapest(groups[g]);
      if (std::any_of(chosen.begin(), chosen.end(),
                      [&](const Need* need) { return !closures.of(need->target, need->least).empty(); })) {
        work.groups.push_back(g);
      }
    }
    services.push_back(std::move(work));
  }
  return services;
}

Plan plan_tasks(const Model& model, const Damage& damage, Seed seed, WorldIndex world) {
  Plan plan = Planner(model, damage, seed, world).plan();
  plan.services = work_of_services(model, plan);
  return plan;
}

}  // namespace releve::engine
