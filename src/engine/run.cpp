// SPDX-License-Identifier: EUPL-1.2
#include "engine/run.hpp"

#include "foundation/base/parallel.hpp"

#include <algorithm>
#include <atomic>
#include <cmath>

namespace releve::engine {

bool WorldRunner::tier0_held(const Attack& attack) const {
  return attack.strike >= 0 &&
         std::any_of(model_.domains.begin(), model_.domains.end(),
                     [&](const Domain& domain) { return attack_.held_at(domain.tier0) <= attack.strike; });
}

/// Back from the goal over the earliest tree.
void WorldRunner::trace(World& world) const {
  const Attack& attack = world.attack;
  if (attack.goal < 0) {
    return;
  }
  std::vector<NodeIndex> open;
  for (const Domain& domain : model_.domains) {
    if (attack_.held_at(domain.tier0) == attack.goal) {
      open.push_back(domain.tier0);
    }
  }
  if (open.empty()) {
    for (const Host& host : model_.hosts) {
      if (attack_.held_at(host.node) == attack.goal) {
        open.push_back(host.node);
        break;
      }
    }
  }
  std::vector<bool> seen(model_.nodes.size(), false);
  while (!open.empty()) {
    const NodeIndex node = open.back();
    open.pop_back();
    if (seen[node.value]) {
      continue;
    }
    seen[node.value] = true;
    const NodeKind kind = model_.nodes[node].kind;
    if (kind == NodeKind::account || kind == NodeKind::host || kind == NodeKind::power) {
      world.path.push_back(node);
    }
    const std::uint32_t via = attack_.held_by(node);
    if (via < by_door) {
      for (const std::uint32_t input : model_.inputs_of(StepIndex{via})) {
        open.push_back(NodeIndex{input});
      }
      for (const std::uint32_t fact : model_.facts_of(StepIndex{via})) {
        world.path_facts.push_back(FactIndex{fact});
      }
    }
  }
  std::sort(world.path.begin(), world.path.end());
  std::sort(world.path_facts.begin(), world.path_facts.end());
  world.path_facts.erase(std::unique(world.path_facts.begin(), world.path_facts.end()),
                         world.path_facts.end());
}

/// Nothing is lost: every service at its full capacity.
static CareOutcome untouched(const Model& model) {
  CareOutcome care;
  care.services.resize(model.services.size());
  return care;
}

const World& WorldRunner::run(Seed seed, WorldIndex index) {
  lived_ = {};
  World& world = lived_.world;
  world.attack = attack_.run(seed, index);
  trace(world);
  lived_.telling = attack_.telling();
  lived_.tier0_held = tier0_held(world.attack);
  lived_.damage = assess_damage(model_, world.attack, lived_.tier0_held);
  if (!lived_.damage.any) {
    lived_.states.assign(model_.items.size(), {});
    world.care = untouched(model_);
    return world;
  }
  lived_.plan = plan_tasks(model_, lived_.damage, seed, index);
  lived_.plan.order = order_tasks(model_, lived_.plan);
  schedule_tasks(model_, lived_.plan);
  lived_.own = own_timelines(model_, lived_.damage, lived_.plan);
  lived_.states = solve_states(model_, lived_.own);
  world.care = weigh_care(model_, lived_.states, lived_.plan);
  return world;
}

World WorldRunner::rerun(Seed seed, WorldIndex index, const Lived& before, const Measure& measure) {
  const Known known{before, items_changed(measure)};
  World world;
  bool tier0 = before.tier0_held;
  if (first_stage(measure) == Stage::attack) {
    world.attack = attack_.run(seed, index);
    tier0 = tier0_held(world.attack);
  } else {
    world.attack = before.world.attack;
  }
  damage_ = assess_damage(model_, world.attack, tier0);
  // The same damage asks for the same work, and the same work in the same order is done at the same time.
  Stage from = damage_ == before.damage ? first_stage(measure, Stage::tasks) : Stage::tasks;
  std::vector<std::uint32_t> order = before.plan.order;
  if (from == Stage::order) {
    order = order_tasks(model_, before.plan);
    from = order == before.plan.order ? first_stage(measure, Stage::schedule) : Stage::order;
  }
  reran_plan_ = &plan_;
  reran_states_ = &states_;
  if (!damage_.any) {
    plan_ = {};
    states_.assign(model_.items.size(), {});
    world.care = untouched(model_);
  } else if (from == Stage::tasks) {
    plan_ = plan_tasks(model_, damage_, seed, index);
    plan_.order = order_tasks(model_, plan_);
    world.care = better_schedule(known);
  } else if (from == Stage::order || from == Stage::schedule) {
    plan_ = before.plan;
    plan_.order = std::move(order);
    world.care = better_schedule(known);
  } else if (known.changed.empty()) {
    reran_plan_ = &before.plan;
    reran_states_ = &before.states;
    world.care = before.world.care;
  } else {
    reran_plan_ = &before.plan;
    world.care = live_through(before.plan, known);
  }
  return world;
}

CareOutcome WorldRunner::live_through(const Plan& plan, const Known& known) {
  const std::vector<Timeline> own = own_timelines(model_, damage_, plan);
  if (!known.before.damage.any) {
    states_ = solve_states(model_, own);
    return weigh_care(model_, states_, plan);
  }
  const SolvedBefore solved{known.before.own, known.before.states, known.changed};
  states_ = solve_states(model_, own, &solved);
  const WeighedBefore weighed{known.before.states, known.before.world.care, known.changed};
  return weigh_care(model_, states_, plan, &weighed);
}

/// Of plan_'s own schedule and the starts of before, what loses less; leaves plan_ and states_ with it.
CareOutcome WorldRunner::better_schedule(const Known& known) {
  schedule_tasks(model_, plan_);
  CareOutcome care = live_through(plan_, known);
  std::vector<Task> replayed = plan_.tasks;
  if (!replay_starts(replayed, known.before.plan.tasks, damage_.begins) || replayed == plan_.tasks) {
    return care;
  }
  std::swap(plan_.tasks, replayed);
  const std::vector<Timeline> states = states_;
  CareOutcome other = live_through(plan_, known);
  if (other.loss < care.loss) {
    return other;
  }
  std::swap(plan_.tasks, replayed);
  states_ = states;
  return care;
}

namespace {

/// One thread's own model, changed and restored world after world.
struct Worker {
  explicit Worker(const Model& shared)
      : model(shared), baseline(model), changed(model), telling(model.steps.size(), 0) {}

  Model model;
  WorldRunner baseline;
  WorldRunner changed;
  std::vector<std::uint8_t> telling;  // by step: Lived::telling of the world at hand

  /// The world without any measure.
  const Lived& live(const RunOptions& options, WorldIndex index) {
    if (index < options.known.size()) {
      return options.known[index];
    }
    baseline.run(options.seed, index);
    return baseline.lived();
  }
};

/// Does weakening by `factor` turn the coin of this chance in this world? A what-if that lowers p keeps u.
bool turns(Seed seed, WorldIndex index, NameKey key, std::uint64_t threshold, double factor) {
  return draw(seed, key, index, purpose_live) >= scaled_threshold(threshold, factor);
}

/// Would this measure change anything in a world that went like this?
// One short case per kind of change.
// NOLINTNEXTLINE(readability-function-cognitive-complexity)
bool used(const Measure& measure, Seed seed, WorldIndex index, const World& world, const Worker& worker) {
  const Model& model = worker.model;
  for (const ModelChange& change : measure.changes) {
    const auto targets = [&](const auto& matters) {
      return std::any_of(change.targets.begin(), change.targets.end(), matters);
    };
    // Two changes of one kind may together turn a coin that neither turns alone.
    const bool alone = std::count_if(measure.changes.begin(), measure.changes.end(),
                                     [&](const auto& other) { return other.kind == change.kind; }) == 1;
    switch (change.kind) {
      case ChangeKind::weaken_steps:
        // Only weakening leaves worlds alone in which nothing came of the steps.
        if (change.value > 1 || targets([&](std::uint32_t s) {
              const Step& step = model.steps[StepIndex{s}];
              return worker.telling[s] != 0 &&
                     (!alone || turns(seed, index, step.key, step.threshold, change.value));
            })) {
          return true;
        }
        break;
      case ChangeKind::weaken_doors:
        if (change.value > 1 || targets([&](std::uint32_t d) {
              const Door& door = model.doors[d];
              return d == world.attack.door &&
                     (!alone || turns(seed, index, door.key, door.threshold, change.value));
            })) {
          return true;
        }
        break;
      case ChangeKind::strengthen_sight:
        if (world.attack.door != no_door) {
          return true;
        }
        break;
      case ChangeKind::shorten_reaction:
        if (world.attack.sighting >= 0 || world.attack.visible >= 0) {
          return true;
        }
        break;
      case ChangeKind::block_encryption:
      case ChangeKind::protect_backups:
        if (world.attack.visible >= 0) {
          return true;
        }
        break;
      case ChangeKind::add_autonomy:
      case ChangeKind::improve_care:
      case ChangeKind::add_teams:
      case ChangeKind::shorten_tasks:
        if (world.care.loss > 0) {
          return true;
        }
        break;
    }
  }
  return false;
}

/// One world with each measure that matters there; says in `changed` which these were.
void try_measures(Worker& worker, const std::vector<Measure>& measures, const RunOptions& options,
                  WorldIndex index, const Lived& lived, Run& run, std::vector<std::uint8_t>& changed) {
  const World& world = lived.world;
  std::fill(worker.telling.begin(), worker.telling.end(), std::uint8_t{0});
  for (const std::uint32_t step : lived.telling) {
    worker.telling[step] = 1;
  }
  for (std::size_t m = 0; m < measures.size() && !options.stop.stop_requested(); ++m) {
    MeasureRun& out = run.measures[m];
    if (!used(measures[m], options.seed, index, world, worker)) {
      if (options.keep_care) {
        out.care[index] = world.care;
      }
      continue;
    }
    changed[m] = 1;
    const WhatIf what_if(worker.model, measures[m]);
    World after = worker.changed.rerun(options.seed, index, lived, measures[m]);
    out.avoided[index] = world.care.loss - after.care.loss;
    if (options.keep_care) {
      out.care[index] = std::move(after.care);
    }
  }
}

}  // namespace

std::optional<Run> run_worlds(const Model& model, const std::vector<Measure>& measures,
                              const RunOptions& options) {
  Run run;
  run.worlds.resize(options.worlds);
  run.lives.resize(std::min(options.keep_lives, options.worlds));
  run.measures.resize(measures.size());
  for (MeasureRun& measure : run.measures) {
    measure.avoided.assign(options.worlds, 0);
    measure.care.resize(options.keep_care ? options.worlds : 0);
  }
  std::vector<std::vector<std::uint8_t>> changed(options.worlds,
                                                 std::vector<std::uint8_t>(measures.size(), 0));
  const unsigned threads = std::max(1U, options.threads);
  std::vector<std::unique_ptr<Worker>> workers(threads);
  std::atomic<std::uint32_t> done{0};
  const bool finished =
      parallel_for(options.worlds, threads, options.stop, [&](std::size_t item, unsigned id) {
        if (!workers[id]) {
          workers[id] = std::make_unique<Worker>(model);
        }
        const auto index = static_cast<WorldIndex>(item);
        const Lived& lived = workers[id]->live(options, index);
        run.worlds[item] = lived.world;
        if (!measures.empty()) {
          try_measures(*workers[id], measures, options, index, lived, run, changed[item]);
        }
        if (item < run.lives.size()) {
          run.lives[item] = lived;
        }
        const std::uint32_t so_far = done.fetch_add(1) + 1;
        if (options.progress) {
          options.progress(so_far);
        }
      });
  if (!finished) {
    return std::nullopt;
  }
  for (const auto& row : changed) {
    for (std::size_t m = 0; m < measures.size(); ++m) {
      run.measures[m].worlds_changed += row[m];
    }
  }
  return run;
}

double quantile(std::vector<double> values, double p) {
  if (values.empty()) {
    return 0;
  }
  std::sort(values.begin(), values.end());
  const auto rank = static_cast<std::size_t>(std::ceil(p * static_cast<double>(values.size())));
  return values[std::min(values.size() - 1, rank == 0 ? 0 : rank - 1)];
}

Spread spread_of(const std::vector<double>& values) {
  return {quantile(values, 0.05), quantile(values, 0.5), quantile(values, 0.95)};
}

Interval mean_interval(const std::vector<double>& values) {
  if (values.empty()) {
    return {};
  }
  const auto n = static_cast<double>(values.size());
  double sum = 0;
  for (const double value : values) {
    sum += value;
  }
  const double mean = sum / n;
  double squares = 0;
  for (const double value : values) {
    squares += (value - mean) * (value - mean);
  }
  const double error = values.size() < 2 ? 0 : std::sqrt(squares / (n - 1) / n);
  return {mean, mean - 1.959964 * error, mean + 1.959964 * error};
}

}  // namespace releve::engine
