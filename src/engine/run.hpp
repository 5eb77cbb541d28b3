// SPDX-License-Identifier: EUPL-1.2
// Many worlds, and what they say together. A pure function of (model, seed, number of worlds): the same
// bits for any number of threads.
#pragma once

#include "engine/care.hpp"
#include "engine/measure.hpp"

#include <functional>
#include <optional>
#include <span>
#include <stop_token>

namespace releve::engine {

/// One world, from the door to the ward.
struct World {
  Attack attack;
  CareOutcome care;
  std::vector<NodeIndex> path;        // on the way to the goal: accounts, hosts, powers
  std::vector<FactIndex> path_facts;  // that its steps were made of
  bool operator==(const World&) const = default;
};

/// A world with all that a what-if can take over from it. Some 100 kB where there was damage; nearly nothing
/// else.
struct Lived {
  World world;
  std::vector<std::uint32_t> telling;  // AttackRunner::telling
  bool tier0_held = false;             // by the strike
  Damage damage;
  Plan plan;
  std::vector<Timeline> own;  // by item; own_timelines
  std::vector<Timeline> states;
  bool operator==(const Lived&) const = default;
};

/// Runs single worlds. Not thread-safe; one per thread.
class WorldRunner {
 public:
  explicit WorldRunner(const Model& model) : model_(model), attack_(model) {}

  WorldRunner(const WorldRunner&) = delete;
  WorldRunner& operator=(const WorldRunner&) = delete;

  /// Stays until the next run; lived() says more of it.
  const World& run(Seed seed, WorldIndex world);

  const Lived& lived() const { return lived_; }

  /// Of the last run or rerun.
  const AttackRunner& attack() const { return attack_; }

  /// The same world under a changed model (see WhatIf), `before` being how it was lived without the measure.
  /// Of its own schedule and the starts of before replayed, the better by loss is kept (adding teams can
  /// lengthen a list schedule: Graham 1966). Work that comes out as before is not done again.
  World rerun(Seed seed, WorldIndex world, const Lived& before, const Measure& measure);

  /// Of the last rerun. Plan and states may be those of `before`.
  const Damage& reran_damage() const { return damage_; }

  const Plan& reran_plan() const { return *reran_plan_; }

  const std::vector<Timeline>& reran_states() const { return *reran_states_; }

 private:
  bool tier0_held(const Attack& attack) const;
  void trace(World& world) const;

  /// What a what-if may take over: all but the items that the measure changes.
  struct Known {
    const Lived& before;
    std::vector<std::uint32_t> changed;
  };

  CareOutcome live_through(const Plan& plan, const Known& known);
  CareOutcome better_schedule(const Known& known);

  const Model& model_;
  AttackRunner attack_;
  Lived lived_;
  Damage damage_;
  Plan plan_;
  std::vector<Timeline> states_;
  const Plan* reran_plan_ = &plan_;
  const std::vector<Timeline>* reran_states_ = &states_;
};

struct RunOptions {
  Seed seed = 1;
  std::uint32_t worlds = 1000;
  unsigned threads = 1;
  std::stop_token stop;
  std::function<void(std::uint32_t worlds_done)> progress;  // from any thread
  bool keep_care = false;                                   // fill MeasureRun::care too
  std::uint32_t keep_lives = 0;                             // so many of the first worlds in Run::lives
  std::span<const Lived> known;  // the first worlds of this model and seed, lived already
};

/// A measure's effect, world by world.
struct MeasureRun {
  std::vector<double> avoided;  // loss before - loss after, by world
  std::uint32_t worlds_changed = 0;
  std::vector<CareOutcome> care;  // by world, with RunOptions::keep_care
  bool operator==(const MeasureRun&) const = default;
};

struct Run {
  std::vector<World> worlds;
  std::vector<MeasureRun> measures;  // as given
  std::vector<Lived> lives;          // of the first worlds; RunOptions::keep_lives
  bool operator==(const Run&) const = default;
};

/// Nothing when stopped. Measures are rerun only in worlds where what they change was used.
std::optional<Run> run_worlds(const Model& model, const std::vector<Measure>& measures,
                              const RunOptions& options);

// -- summaries --------------------------------------------------------------------------------------------

/// p-quantile (0..1) of unsorted values, nearest rank; 0 of none.
double quantile(std::vector<double> values, double p);

struct Spread {
  double p5 = 0;
  double p50 = 0;
  double p95 = 0;
};

Spread spread_of(const std::vector<double>& values);

struct Interval {
  double mean = 0;
  double low = 0;  // 95 % of the mean
  double high = 0;
};

/// Normal interval of the mean of paired differences; sums in the order of worlds.
Interval mean_interval(const std::vector<double>& values);

}  // namespace releve::engine
