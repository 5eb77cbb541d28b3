// SPDX-License-Identifier: EUPL-1.2
// Durations, teams, reaction: the tables, and the hospital's own answers over them.
#include "foundation/base/text.hpp"
#include "prepare/assessment/compiler.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace releve::assessment {

using engine::Parameters;

namespace {

template <class Row>
const Row* find_row(const std::vector<Row>& rows, const std::string& id) {
  const auto found = std::find_if(rows.begin(), rows.end(), [&](const Row& row) { return row.id == id; });
  return found == rows.end() ? nullptr : &*found;
}

/// The row of this scenario where there is one ("shutdown.national_mix"), else the row of all.
std::string row_id(const Compiler& compiler, const std::string& id) {
  const std::string own = id + "." + compiler.options.scenario;
  const AttackTable& table = compiler.tables.attack;
  return find_row(table.chances, own) != nullptr || find_row(table.delays, own) != nullptr ? own : id;
}

const DelayRow& delay_row(const Tables& tables, const std::string& id) {
  if (const DelaySourceRow* row = find_row(tables.attack.delays, id)) {
    return row->delay;
  }
  RELEVE_CHECK(false, "read_tables() requires the delay " + id);
  return tables.attack.delays.front().delay;
}

std::optional<double> answer(const Compiler& compiler, const std::string& field) {
  const auto found = compiler.map.answers.find(field);
  return found == compiler.map.answers.end() ? std::nullopt : parse_number(found->second);
}

constexpr std::array<const char*, engine::task_kinds> task_names{
    "investigate",      "trusted_core", "core",  "platform",     "backup",
    "restore",          "rebuild",      "check", "workstations", "restart_application",
    "functional_check", "interface",    "gate"};
constexpr std::array<const char*, engine::skill_count> skill_names{"security", "infrastructure",
                                                                   "applications", "workplace", "ward"};

std::size_t place(std::span<const char* const> names, const std::string& name) {
  const auto found = std::find(names.begin(), names.end(), name);
  RELEVE_CHECK(found != names.end(), "known name " + name);
  return static_cast<std::size_t>(found - names.begin());
}

void restoration(Compiler& compiler, Parameters& p) {
  const RestorationTable& table = compiler.tables.restoration;
  const auto amount = [&](const char* id) { return share_row(table.amounts, id); };
  for (const TaskRow& row : table.tasks) {
    auto& task = p.tasks[place(task_names, row.kind)];
    task.duration = delay_of(row.duration);
    task.skill = static_cast<engine::Skill>(place(skill_names, row.skill));
  }
  // Who works there grows with the hospital; what help the region sends does not. Half is the least: a
  // hospital that has imported little would look too small.
  const double size =
      std::clamp(static_cast<double>(compiler.map.machines.size()) / amount("teams_for_machines"), 0.5, 5.0);
  for (const TeamRow& row : table.teams) {
    const std::size_t skill = place(skill_names, row.skill);
    const double usual = row.teams == 0 ? 0 : std::max(1.0, engine::round_half_up(row.teams * size));
    const double teams = answer(compiler, "teams_" + row.skill).value_or(usual);
    p.teams[skill] = static_cast<std::uint32_t>(std::clamp(teams, 0.0, 500.0));
    p.help_teams[skill] = static_cast<std::uint32_t>(row.help_teams);
  }
  p.help_after = static_cast<std::int32_t>(amount("help_after_h") * engine::ticks_per_hour);
  p.batch = std::max(1U, static_cast<std::uint32_t>(amount("batch")));
  p.catch_up_share = amount("catch_up_share");
  p.catch_up_most = static_cast<std::int32_t>(amount("catch_up_most_h") * engine::ticks_per_hour);
  p.stop_below = static_cast<std::int32_t>(amount("stop_below") * engine::full_capacity);
}

}  // namespace

void compile_parameters(Compiler& compiler) {
  Parameters& p = compiler.draft.model.parameters;
  const AttackTable& table = compiler.tables.attack;
  const auto chance = [&](const char* id) {
    return engine::threshold_of(share_row(table.chances, row_id(compiler, id)));
  };
  const auto delay = [&](const char* id) {
    return delay_of(delay_row(compiler.tables, row_id(compiler, id)));
  };
  std::vector<engine::WeightedTick> attempts;
  for (const ShareRow& row : table.attempts) {
    attempts.push_back({static_cast<engine::Tick>(parse_int(row.id).value_or(1)), row.share});
  }
  p.attempts = attempts.empty() ? engine::fixed_delay(1) : engine::discrete_delay(std::move(attempts));
  for (const AmbitionRow& row : table.ambitions) {
    if (row.scenario == compiler.options.scenario) {
      p.ambitions.push_back({row.share_of_estate, row.weight});
    }
  }
  if (p.ambitions.empty()) {
    p.ambitions.push_back({1, 1});
  }
  p.steal_only = chance("steal_only");
  p.long_dwell = chance("long_dwell");
  p.night = chance("night");
  p.shutdown = chance("shutdown");
  p.backups_sought = chance("backups_sought");
  p.strike_needs_outside = share_row(table.chances, "strike_needs_outside") >= 0.5;
  p.dwell_short = delay("dwell_short");
  p.dwell_long = delay("dwell_long");
  p.reaction_office = delay("reaction_office");
  p.reaction_off = delay("reaction_off");
  p.shutdown_office = delay("shutdown_office");
  p.shutdown_off = delay("shutdown_off");
  // Who has said how long it takes at night until somebody may cut is believed, with the table's spread.
  if (const auto hours = answer(compiler, "reaction_night_h"); hours && *hours > 0) {
    const DelayRow& row = delay_row(compiler.tables, "reaction_off");
    const DelayRow& stop = delay_row(compiler.tables, "shutdown_off");
    p.reaction_off = delay_of({*hours, *hours * row.p90_h / row.median_h});
    p.shutdown_off = delay_of({*hours * stop.median_h / row.median_h, *hours * stop.p90_h / row.median_h});
  }
  p.encryption = delay("encryption");
  p.cuts = {engine::CutLevel{chance("cut_internet"), delay("extra_internet")},
            engine::CutLevel{chance("cut_zones"), delay("extra_zones")},
            engine::CutLevel{chance("cut_everything"), delay("extra_everything")}};
  restoration(compiler, p);
}

}  // namespace releve::assessment
