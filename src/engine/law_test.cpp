// SPDX-License-Identifier: EUPL-1.2
// Laws that hold for every hospital, on random ones (docs/guide/model.md, section 8).
#include "engine/random_models_for_tests.hpp"
#include "engine/run.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

namespace releve::engine {
namespace {

constexpr Seed models = 150;
constexpr WorldIndex worlds = 8;

void restore_never_slower_than_rebuild(Model& model) {
  auto& tasks = model.parameters.tasks;
  TaskTable& restore = tasks[static_cast<std::size_t>(TaskKind::restore)];
  restore = tasks[static_cast<std::size_t>(TaskKind::rebuild)];
  for (Tick& tick : restore.duration.cells) {
    tick /= 2;
  }
}

// (i) The strike is held fixed by a dwell longer than any spread.
TEST(law, weaker_steps_hold_nothing_earlier) {
  int later = 0;
  for (Seed seed = 1; seed <= models; ++seed) {
    Model model = random_model(seed, {.sight = false});
    model.parameters.dwell_short = model.parameters.dwell_long = fixed_delay(never - 1);
    Model weak = model;
    RandomDraws draws(seed, "weaker steps");
    const Measure measure{"weaker", {random_change(model, draws, ChangeKind::weaken_steps)}};
    const WhatIf what_if(weak, measure);
    AttackRunner before(model);
    AttackRunner after(weak);
    for (WorldIndex world = 0; world < worlds; ++world) {
      before.run(seed, world);
      after.run(seed, world);
      for (std::uint32_t node = 0; node < model.nodes.size(); ++node) {
        ASSERT_LE(before.held_at(NodeIndex{node}), after.held_at(NodeIndex{node}))
            << seed << ", world " << world;
        later += before.held_at(NodeIndex{node}) < after.held_at(NodeIndex{node}) ? 1 : 0;
      }
    }
  }
  EXPECT_GT(later, 100);
}

// (ii) Graham: its own schedule may be worse, the one that is kept is not.
TEST(law, more_means_never_raise_the_loss_of_an_unchanged_attack) {
  std::map<ChangeKind, int> better;
  for (Seed seed = 1; seed <= 3 * models; ++seed) {
    Model model = random_model(seed);
    restore_never_slower_than_rebuild(model);
    Model changed = model;
    WorldRunner before(model);
    WorldRunner after(changed);
    RandomDraws draws(seed, "more means");
    for (WorldIndex world = 0; world < worlds; ++world) {
      const World base = before.run(seed, world);
      if (base.care.loss <= 0) {
        continue;
      }
      for (const ChangeKind kind :
           {ChangeKind::add_autonomy, ChangeKind::add_teams, ChangeKind::shorten_tasks,
            ChangeKind::protect_backups, ChangeKind::improve_care}) {
        const Measure more{"more", {random_change(model, draws, kind)}};
        const WhatIf what_if(changed, more);
        const World other = after.rerun(seed, world, before.lived(), more);
        ASSERT_LE(other.care.loss, base.care.loss)
            << "random model " << seed << ", world " << world << ", kind " << static_cast<int>(kind);
        better[kind] += other.care.loss < base.care.loss ? 1 : 0;
      }
    }
  }
  for (const auto& [kind, count] : better) {
    EXPECT_GT(count, 0) << static_cast<int>(kind);
  }
}

// (iii) Bit for bit.
TEST(law, a_silent_step_no_earliest_tree_uses_is_not_missed) {
  int removed = 0;
  for (Seed seed = 1; seed <= models; ++seed) {
    const Model model = random_model(seed);
    Model less = model;
    WorldRunner with(model);
    WorldRunner without(less);
    for (WorldIndex world = 0; world < worlds; ++world) {
      const World before = with.run(seed, world);
      std::vector<bool> in_tree(model.steps.size(), false);
      for (std::uint32_t node = 0; node < model.nodes.size(); ++node) {
        if (with.attack().held_by(NodeIndex{node}) < model.steps.size()) {
          in_tree[with.attack().held_by(NodeIndex{node})] = true;
        }
      }
      Measure measure{"without", {{ChangeKind::weaken_steps, {}, 0}}};
      for (std::uint32_t step = 0; step < model.steps.size(); ++step) {
        if (!in_tree[step] && model.steps[StepIndex{step}].watchpoint == 0xFFFF) {
          measure.changes[0].targets.push_back(step);
        }
      }
      removed += static_cast<int>(measure.changes[0].targets.size());
      const WhatIf what_if(less, measure);
      ASSERT_EQ(without.run(seed, world), before) << "random model " << seed << ", world " << world;
      for (std::uint32_t node = 0; node < model.nodes.size(); ++node) {
        ASSERT_EQ(with.attack().held_at(NodeIndex{node}), without.attack().held_at(NodeIndex{node}));
        ASSERT_EQ(with.attack().held_by(NodeIndex{node}), without.attack().held_by(NodeIndex{node}));
      }
    }
  }
  EXPECT_GT(removed, 1'000);
}

/// What a world did, by names.
std::map<std::string, std::int64_t> by_name(const Model& model, const WorldRunner& runner,
                                            const World& world) {
  std::map<std::string, std::int64_t> out;
  const Attack& attack = world.attack;
  out["ending"] = static_cast<int>(attack.ending);
  out["hour"] = attack.hour_of_week;
  out["goal"] = attack.goal;
  out["sighting"] = attack.sighting;
  out["strike"] = attack.strike;
  out["shutdown"] = attack.shutdown;
  out["first damage"] = attack.first_damage;
  out["cuts"] = attack.cuts[0] + 100'000LL * attack.cuts[1] + 10'000'000'000LL * attack.cuts[2];
  if (attack.door != no_door) {
    out["by " + model.doors[attack.door].name] = 1;
  }
  for (std::uint32_t node = 0; node < model.nodes.size(); ++node) {
    out["held " + model.nodes[NodeIndex{node}].name] = runner.attack().held_at(NodeIndex{node});
  }
  for (const LostHost& host : attack.encrypted) {
    out["encrypted " + model.hosts[host.host].name] = host.tick;
  }
  for (const ItemIndex backup : attack.backups_lost) {
    out["lost " + model.items[backup].name] = 1;
  }
  for (const Task& task : runner.lived().plan.tasks) {
    out[task_name(model, task) + " start"] = task.start;
    out[task_name(model, task) + " end"] = task.end;
  }
  for (std::size_t s = 0; s < world.care.services.size(); ++s) {
    out["loss of " + model.items[model.services[s]].name] = world.care.services[s].lost;
  }
  return out;
}

TEST(law, an_unrelated_element_leaves_every_other_draw_as_it_was) {
  for (Seed seed = 1; seed <= models; ++seed) {
    const Model model = random_model(seed);
    const Model more = random_model(seed, {.unrelated_element = true});
    ASSERT_LT(model.steps.size(), more.steps.size());
    WorldRunner before(model);
    WorldRunner after(more);
    for (WorldIndex world = 0; world < worlds; ++world) {
      const World a = before.run(seed, world);
      const World b = after.run(seed, world);
      auto named = by_name(more, after, b);
      std::erase_if(named,
                    [](const auto& entry) { return entry.first.find("+unrelated") != std::string::npos; });
      ASSERT_EQ(by_name(model, before, a), named) << "random model " << seed << ", world " << world;
    }
  }
}

TEST(law, any_number_of_threads_gives_the_same_bits) {
  for (Seed seed = 1; seed <= 12; ++seed) {
    const Model model = random_model(seed);
    RandomDraws draws(seed, "threads");
    const std::vector<Measure> measures = random_measures(model, draws, 6);
    const auto run = [&](unsigned threads) {
      return run_worlds(model, measures, {.seed = seed, .worlds = 150, .threads = threads}).value();
    };
    const engine::Run one = run(1);
    EXPECT_EQ(one, run(2));
    EXPECT_EQ(one, run(3));
  }
}

/// A world of a changed model with nothing taken over from the baseline but its starts.
CareOutcome long_way_round(const Model& changed, Seed seed, WorldIndex world, const Lived& before,
                           const Measure& measure) {
  WorldRunner fresh(changed);
  const World& own = fresh.run(seed, world);
  const Damage& damage = fresh.lived().damage;
  const bool same_attack = first_stage(measure) != Stage::attack;
  EXPECT_TRUE(!same_attack || own.attack == before.world.attack);
  Plan replayed = plan_tasks(changed, damage, seed, world);
  if (!damage.any || !replay_starts(replayed.tasks, before.plan.tasks, damage.begins)) {
    return own.care;
  }
  const CareOutcome other =
      weigh_care(changed, solve_states(changed, own_timelines(changed, damage, replayed)), replayed);
  return other.loss < own.care.loss ? other : own.care;
}

TEST(law, a_measure_is_rerun_wherever_it_could_matter) {
  std::uint32_t spared = 0;
  for (Seed seed = 1; seed <= models; ++seed) {
    const Model model = random_model(seed);
    RandomDraws draws(seed, "everywhere");
    const std::vector<Measure> measures = random_measures(model, draws, 6);
    const auto run = run_worlds(model, measures, {.seed = seed, .worlds = worlds});
    ASSERT_TRUE(run);
    Model changed = model;
    WorldRunner before(model);
    for (WorldIndex world = 0; world < worlds; ++world) {
      const World base = before.run(seed, world);
      ASSERT_EQ(base, run->worlds[world]);
      for (std::size_t m = 0; m < measures.size(); ++m) {
        const WhatIf what_if(changed, measures[m]);
        const CareOutcome other = long_way_round(changed, seed, world, before.lived(), measures[m]);
        ASSERT_EQ(base.care.loss - other.loss, run->measures[m].avoided[world])
            << "random model " << seed << ", world " << world << ", kind "
            << static_cast<int>(measures[m].changes[0].kind);
      }
    }
    for (const MeasureRun& measure : run->measures) {
      spared += worlds - measure.worlds_changed;
    }
  }
  EXPECT_GT(spared, 1'000U);
}

/// Can people work this plan? Nothing before it was lost or seen, nothing before what it waits for,
/// no more at once than there are teams.
std::string flaw(const Model& model, const Damage& damage, const Plan& plan) {
  const Parameters& p = model.parameters;
  for (const Task& task : plan.tasks) {
    const std::string name = task_name(model, task);
    const bool of_application =
        task.kind == TaskKind::restart_application || task.kind == TaskKind::functional_check;
    if (task.start < (of_application ? damage.begins : task.release)) {
      return name + " starts before its time";
    }
    for (const std::uint32_t before : task.before) {
      if (task.start < std::min(plan.tasks[before].end, horizon)) {
        return name + " does not wait for " + task_name(model, plan.tasks[before]);
      }
    }
    if (task.start >= horizon || task.duration == 0) {
      continue;
    }
    const Skill skill = p.tasks[static_cast<std::size_t>(task.kind)].skill;
    const auto s = static_cast<std::size_t>(skill);
    const std::uint32_t teams = p.teams[s] + (task.start >= p.help_after ? p.help_teams[s] : 0);
    const auto at_once = std::count_if(plan.tasks.begin(), plan.tasks.end(), [&](const Task& other) {
      return p.tasks[static_cast<std::size_t>(other.kind)].skill == skill && other.start <= task.start &&
             task.start < other.end;
    });
    if (at_once > static_cast<std::int64_t>(teams)) {
      return name + " has no team";
    }
  }
  return "";
}

TEST(law, the_plan_of_a_what_if_can_be_worked) {
  for (Seed seed = 1; seed <= 3 * models; ++seed) {
    Model model = random_model(seed);
    restore_never_slower_than_rebuild(model);
    Model changed = model;
    WorldRunner before(model);
    WorldRunner after(changed);
    RandomDraws draws(seed, "worked");
    for (WorldIndex world = 0; world < worlds; ++world) {
      const World base = before.run(seed, world);
      ASSERT_EQ(flaw(model, before.lived().damage, before.lived().plan), "")
          << "random model " << seed << ", world " << world;
      for (int m = 0; m < 6; ++m) {
        const Measure measure = random_measure(model, draws);
        const WhatIf what_if(changed, measure);
        const World other = after.rerun(seed, world, before.lived(), measure);
        ASSERT_EQ(other.care, long_way_round(changed, seed, world, before.lived(), measure));
        // What is shown of a world is of the plan that was kept.
        const auto own = own_timelines(changed, after.reran_damage(), after.reran_plan());
        ASSERT_EQ(after.reran_states(), solve_states(changed, own));
        ASSERT_EQ(other.care, weigh_care(changed, after.reran_states(), after.reran_plan()));
        EXPECT_EQ(flaw(changed, after.reran_damage(), after.reran_plan()), "")
            << "random model " << seed << ", world " << world << ", kind "
            << static_cast<int>(measure.changes[0].kind);
      }
    }
  }
}

TEST(law, a_what_if_puts_everything_back) {
  std::map<ChangeKind, int> changed_something;
  for (Seed seed = 1; seed <= models; ++seed) {
    const Model model = random_model(seed);
    Model changed = model;
    RandomDraws draws(seed, "put back");
    for (int kind = 0; kind < 10; ++kind) {
      Measure measure{"measure", {random_change(model, draws, static_cast<ChangeKind>(kind))}};
      {
        const WhatIf what_if(changed, measure);
        changed_something[static_cast<ChangeKind>(kind)] += changed == model ? 0 : 1;
      }
      ASSERT_EQ(changed == model, true) << "kind " << kind;
      const Measure twice{"twice",
                          {measure.changes[0], measure.changes[0], random_measure(model, draws).changes[0]}};
      {
        const WhatIf what_if(changed, twice);
        const WhatIf within(changed, measure);
      }
      ASSERT_EQ(changed == model, true) << "kind " << kind;
    }
  }
  for (int kind = 0; kind < 10; ++kind) {
    EXPECT_GT(changed_something[static_cast<ChangeKind>(kind)], 0) << kind;
  }
}

TEST(law, closing_doors_lets_nobody_in) {
  int kept_out = 0;
  for (Seed seed = 1; seed <= models; ++seed) {
    const Model model = random_model(seed);
    Model closed = model;
    RandomDraws draws(seed, "doors");
    const WhatIf what_if(closed, {"closed", {random_change(model, draws, ChangeKind::weaken_doors)}});
    AttackRunner before(model);
    AttackRunner after(closed);
    for (WorldIndex world = 0; world < 10 * worlds; ++world) {
      const bool entered = before.run(seed, world).door != no_door;
      const bool enters = after.run(seed, world).door != no_door;
      ASSERT_LE(enters, entered) << "random model " << seed << ", world " << world;
      kept_out += entered && !enters ? 1 : 0;
    }
  }
  EXPECT_GT(kept_out, 100);
}

/// Every node held says truly by which step.
TEST(law, each_node_is_held_by_a_step_that_was_done_then) {
  for (Seed seed = 1; seed <= models; ++seed) {
    const Model model = random_model(seed);
    AttackRunner runner(model);
    for (WorldIndex world = 0; world < worlds; ++world) {
      const Attack attack = runner.run(seed, world);
      for (std::uint32_t node = 0; node < model.nodes.size(); ++node) {
        const std::uint32_t via = runner.held_by(NodeIndex{node});
        const Tick held = runner.held_at(NodeIndex{node});
        ASSERT_EQ(via == not_held, held == never);
        if (via == by_door) {
          ASSERT_EQ(held, 0);
          const auto& grants = model.doors[attack.door].grants;
          ASSERT_NE(std::find(grants.begin(), grants.end(), NodeIndex{node}), grants.end());
        }
        if (via >= by_door) {
          continue;
        }
        const Step& step = model.steps[StepIndex{via}];
        Tick fires = 0;
        for (const std::uint32_t input : model.inputs_of(StepIndex{via})) {
          fires = std::max(fires, runner.held_at(NodeIndex{input}));
        }
        ASSERT_EQ(step.head.value, node);
        ASSERT_LT(draw(seed, step.key, world, purpose_live), step.threshold);
        ASSERT_EQ(held, add_ticks(fires, model.techniques[step.technique].delay.at(
                                             draw(seed, step.key, world, purpose_time))));
      }
    }
  }
}

}  // namespace
}  // namespace releve::engine
