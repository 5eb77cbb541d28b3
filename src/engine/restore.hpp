// SPDX-License-Identifier: EUPL-1.2
// Getting up again: which tasks a damage asks for, in which order, and when limited teams do them
// (model.md, section 5).
#pragma once

#include "engine/damage.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace releve::engine {

struct Task {
  NameKey key = 0;  // of its name
  TaskKind kind = TaskKind::investigate;
  ItemIndex item;                     // none: of the whole hospital
  std::uint32_t batch = 0;            // of workstations
  std::int32_t duration = 0;          // ticks
  std::int32_t release = 0;           // not before this tick
  std::vector<std::uint32_t> before;  // tasks that must have ended
  std::int32_t start = 0;
  std::int32_t end = 0;
  bool operator==(const Task&) const = default;
};

/// "restore:component:SRV-1", the canonical name of a task. A restored and a rebuilt component have the
/// same name ("recover:…"), so that a what-if can replay the start it had.
std::string task_name(const Model& model, const Task& task);

/// What brings a service back: the tasks of its closure, and which of its groups of needs they are for.
struct ServiceWork {
  ItemIndex service;
  std::vector<std::uint32_t> tasks;   // ascending, which is dependency order; never empty
  std::vector<std::uint32_t> groups;  // of Item::groups
  bool operator==(const ServiceWork&) const = default;
};

/// A world's work, in dependency order (a task comes after those it waits for).
struct Plan {
  std::vector<Task> tasks;
  std::vector<ServiceWork> services;  // in the order of Model::services
  std::vector<std::uint32_t> order;   // priority, first first
  bool operator==(const Plan&) const = default;
};

/// The tasks with their durations, and what each service waits for; order and starts are not set.
Plan plan_tasks(const Model& model, const Damage& damage, Seed seed, WorldIndex world);
/// What Plan::order is to be: services by weight x lost capacity per hour of work (model.md, section 5).
std::vector<std::uint32_t> order_tasks(const Model& model, const Plan& plan);
/// Non-preemptive list scheduling: whenever a team is free, the first task of the order that may start does.
void schedule_tasks(const Model& model, Plan& plan);
/// Gives each task the start it has in `baseline` (same names). A restoration whose copy would not be there
/// by then is a rebuild, as in the baseline. False, and nothing changed, when a task is missing there or
/// could not start then: before the work begins, before what it mends is lost (applications excepted: more
/// autonomy only moves the moment they are missed), or before what it waits for.
bool replay_starts(std::vector<Task>& tasks, const std::vector<Task>& baseline, std::int32_t begins);

}  // namespace releve::engine
