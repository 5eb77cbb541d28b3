// SPDX-License-Identifier: EUPL-1.2
// The engine a second time, slow and obvious: written from docs/guide/model.md alone, without a
// look at the sources of the real one, and with other algorithms wherever there is a choice. Times
// are found by relaxing all steps until nothing moves, states by sweeping whole arrays of ticks
// until nothing falls, schedules by walking through every tick, chances by a Philox written out
// again. It shares only the data structures with the real engine. Where the two differ, one of
// them, or the page, is wrong.
#pragma once

#include "engine/run.hpp"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace releve::engine::slow {

/// u(seed; world; name; purpose), from the paper.
std::uint32_t draw(Seed seed, NameKey name, WorldIndex world, std::uint32_t purpose);

/// The attack and when each node was held, by its name; nodes never held are missing.
struct Spread {
  Attack attack;
  std::map<std::string, std::int32_t> held;
  bool tier0_held = false;
};

Spread attack(const Model& model, Seed seed, WorldIndex world);

Damage damage(const Model& model, const Attack& attack, bool tier0_held);

struct Job {
  TaskKind kind = TaskKind::investigate;
  ItemIndex item;
  std::int32_t duration = 0;
  std::int32_t release = 0;
  std::set<std::string> before;
  std::int32_t start = -1;
  std::int32_t end = -1;
};

/// Tasks by name, their dependency order and their priority.
struct Work {
  std::map<std::string, Job> jobs;
  std::vector<std::string> listed;
  std::vector<std::string> order;
};

Work work(const Model& model, const Damage& damage, Seed seed, WorldIndex world);

/// By item index, then by tick 0 .. horizon - 1.
using States = std::vector<std::vector<State>>;
States states(const Model& model, const Damage& damage, const Work& work);

/// By tick 0 .. horizon - 1.
std::vector<std::int32_t> capacity(const Model& model, ItemIndex service, const States& states);
CareOutcome care(const Model& model, const States& states, const Work& work);

struct Life {
  Spread spread;
  Damage damage;
  Work work;
  States states;
  CareOutcome care;
};

Life live(const Model& model, Seed seed, WorldIndex world);

}  // namespace releve::engine::slow
