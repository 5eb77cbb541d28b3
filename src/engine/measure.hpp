// SPDX-License-Identifier: EUPL-1.2
// A measure changes the model in declared ways (model.md, section 7).
#pragma once

#include "engine/model.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace releve::engine {

enum class ChangeKind : std::uint8_t {
  weaken_steps,  // targets: steps; factor on their chance (0 removes them; above 1 for "what if it is worse")
  weaken_doors,  // targets: doors; factor on their chance (0 closes them)
  strengthen_sight,  // targets: watchpoints; 1 - (1 - chance)^factor of each sensor
  shorten_reaction,  // factor on the reaction and on the shutdown delay
  block_encryption,  // targets: hosts; the chance that encryption is stopped becomes at least `value`
  protect_backups,   // targets: items; a copy survives
  add_autonomy,      // targets: items; their needs (of the item `of`, when given) last `value` ticks longer
  improve_care,  // targets: services; their curves become those of index `value` (down, read-only, not linked
                 // follow)
  add_teams,     // targets: skills; `value` more teams
  shorten_tasks,  // targets: task kinds; factor on their duration
};

struct ModelChange {
  ChangeKind kind = ChangeKind::weaken_steps;
  std::vector<std::uint32_t> targets;
  double value = 0;
  ItemIndex of = {};
  bool operator==(const ModelChange&) const = default;
};

struct Measure {
  std::string id;
  std::vector<ModelChange> changes;
  bool operator==(const Measure&) const = default;
};

/// Applies measures to a model for as long as it lives, then puts everything back. One thread's own copy of
/// the model, please.
class WhatIf {
 public:
  WhatIf(Model& model, const Measure& measure);
  ~WhatIf();
  WhatIf(const WhatIf&) = delete;
  WhatIf& operator=(const WhatIf&) = delete;

 private:
  void apply(const ModelChange& change);
  Model& model_;
  Parameters parameters_;
  bool parameters_changed_ = false;
  std::vector<std::pair<std::uint32_t, std::uint64_t>> steps_;
  std::vector<std::pair<std::uint32_t, Door>> doors_;
  std::vector<std::pair<std::uint32_t, Watchpoint>> watchpoints_;
  std::vector<std::pair<std::uint32_t, std::uint64_t>> hosts_;
  std::vector<std::pair<std::uint32_t, Item>> items_;
};

/// Where in the life of a world a change is felt first. Damage follows from the attack and the needs, and is
/// compared rather than asked for.
enum class Stage : std::uint8_t { attack, tasks, order, schedule, states, nowhere };
Stage first_stage(const ModelChange& change);
/// Of those of its changes that are felt at `from` or later.
Stage first_stage(const Measure& measure, Stage from = Stage::attack);
/// The items that it changes in what they feel (autonomy, curves).
std::vector<std::uint32_t> items_changed(const Measure& measure);

/// The threshold of what a factor on its chance leaves.
std::uint64_t scaled_threshold(std::uint64_t threshold, double factor);

}  // namespace releve::engine
