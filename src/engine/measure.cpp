// SPDX-License-Identifier: EUPL-1.2
#include "engine/measure.hpp"

#include <algorithm>
#include <cmath>

namespace releve::engine {

std::uint64_t scaled_threshold(std::uint64_t threshold, double factor) {
  const double product = round_half_up(static_cast<double>(threshold) * std::max(0.0, factor));
  return product >= static_cast<double>(certain) ? certain : static_cast<std::uint64_t>(product);
}

static Delay scaled(const Delay& delay, double factor) {
  Delay out = delay;
  for (Tick& tick : out.cells) {
    const double ticks = round_half_up(tick * std::max(0.0, factor));
    tick = tick == 0 ? Tick{0} : ticks >= never ? never : static_cast<Tick>(std::max(1.0, ticks));
  }
  return out;
}

WhatIf::WhatIf(Model& model, const Measure& measure) : model_(model) {
  for (const ModelChange& change : measure.changes) {
    apply(change);
  }
}

WhatIf::~WhatIf() {
  // Backwards: a thing changed twice gets its first value back.
  for (auto i = steps_.rbegin(); i != steps_.rend(); ++i) {
    model_.steps[StepIndex{i->first}].threshold = i->second;
  }
  for (auto i = doors_.rbegin(); i != doors_.rend(); ++i) {
    model_.doors[i->first] = i->second;
  }
  for (auto i = watchpoints_.rbegin(); i != watchpoints_.rend(); ++i) {
    model_.watchpoints[i->first] = i->second;
  }
  for (auto i = hosts_.rbegin(); i != hosts_.rend(); ++i) {
    model_.hosts[HostIndex{i->first}].blocked = i->second;
  }
  for (auto i = items_.rbegin(); i != items_.rend(); ++i) {
    model_.items[ItemIndex{i->first}] = i->second;
  }
  if (parameters_changed_) {
    model_.parameters = std::move(parameters_);
  }
}

// One short case per kind of change.
// NOLINTNEXTLINE(readability-function-cognitive-complexity)
void WhatIf::apply(const ModelChange& change) {
  const auto parameters = [&]() -> Parameters& {
    if (!parameters_changed_) {
      parameters_ = model_.parameters;
      parameters_changed_ = true;
    }
    return model_.parameters;
  };
  const auto item = [&](std::uint32_t index) -> Item& {
    items_.emplace_back(index, model_.items[ItemIndex{index}]);
    return model_.items[ItemIndex{index}];
  };
  switch (change.kind) {
    case ChangeKind::weaken_steps:
      for (const std::uint32_t step : change.targets) {
        auto& threshold = model_.steps[StepIndex{step}].threshold;
        steps_.emplace_back(step, threshold);
        threshold = scaled_threshold(threshold, change.value);
      }
      break;
    case ChangeKind::weaken_doors:
      for (const std::uint32_t door : change.targets) {
        doors_.emplace_back(door, model_.doors[door]);
        model_.doors[door].threshold = scaled_threshold(model_.doors[door].threshold, change.value);
      }
      break;
    case ChangeKind::strengthen_sight:
      for (const std::uint32_t point : change.targets) {
        watchpoints_.emplace_back(point, model_.watchpoints[point]);
        for (Sensor& sensor : model_.watchpoints[point].sensors) {
          const double missed = 1 - static_cast<double>(sensor.threshold) / 4294967296.0;
          double still = 1;
          for (int i = 0; i < static_cast<int>(change.value); ++i) {
            still *= missed;
          }
          sensor.threshold = threshold_of(1 - still);
        }
      }
      break;
    case ChangeKind::shorten_reaction: {
      Parameters& p = parameters();
      for (Delay* delay : {&p.reaction_office, &p.reaction_off, &p.shutdown_office, &p.shutdown_off}) {
        *delay = scaled(*delay, change.value);
      }
      break;
    }
    case ChangeKind::block_encryption:
      for (const std::uint32_t host : change.targets) {
        auto& blocked = model_.hosts[HostIndex{host}].blocked;
        hosts_.emplace_back(host, blocked);
        blocked = std::max(blocked, threshold_of(change.value));
      }
      break;
    case ChangeKind::protect_backups:
      for (const std::uint32_t index : change.targets) {
        item(index).copy_survives = true;
      }
      break;
    case ChangeKind::add_autonomy:
      for (const std::uint32_t index : change.targets) {
        for (NeedGroup& group : item(index).groups) {
          for (Need& need : group.needs) {
            if (change.of.valid() && need.target != change.of) {
              continue;
            }
            need.autonomy += static_cast<std::int32_t>(change.value);
          }
        }
      }
      break;
    case ChangeKind::improve_care:
      for (const std::uint32_t index : change.targets) {
        for (NeedGroup& group : item(index).groups) {
          const auto first = static_cast<std::uint32_t>(change.value);
          group.curves = {first, first + 1, first + 2};
        }
      }
      break;
    case ChangeKind::add_teams:
      for (const std::uint32_t skill : change.targets) {
        auto& teams = parameters().teams[skill];
        teams = static_cast<std::uint32_t>(std::max(0.0, static_cast<double>(teams) + change.value));
      }
      break;
    case ChangeKind::shorten_tasks:
      for (const std::uint32_t kind : change.targets) {
        Delay& duration = parameters().tasks[kind].duration;
        duration = scaled(duration, change.value);
      }
      break;
  }
}

Stage first_stage(const ModelChange& change) {
  switch (change.kind) {
    case ChangeKind::weaken_steps:
    case ChangeKind::weaken_doors:
    case ChangeKind::strengthen_sight:
    case ChangeKind::shorten_reaction:
    case ChangeKind::block_encryption:
    case ChangeKind::protect_backups:
      return Stage::attack;
    case ChangeKind::shorten_tasks:
      return Stage::tasks;
    case ChangeKind::improve_care:  // the order of the work follows from the care that is lost
      return Stage::order;
    case ChangeKind::add_teams:
      return Stage::schedule;
    case ChangeKind::add_autonomy:
      return Stage::states;
  }
  return Stage::attack;
}

Stage first_stage(const Measure& measure, Stage from) {
  Stage first = Stage::nowhere;
  for (const ModelChange& change : measure.changes) {
    const Stage stage = first_stage(change);
    if (stage >= from) {
      first = std::min(first, stage);
    }
  }
  return first;
}

std::vector<std::uint32_t> items_changed(const Measure& measure) {
  std::vector<std::uint32_t> items;
  for (const ModelChange& change : measure.changes) {
    if (change.kind == ChangeKind::add_autonomy || change.kind == ChangeKind::improve_care) {
      items.insert(items.end(), change.targets.begin(), change.targets.end());
    }
  }
  return items;
}

}  // namespace releve::engine
