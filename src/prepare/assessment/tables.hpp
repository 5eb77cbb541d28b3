// SPDX-License-Identifier: EUPL-1.2
// The figures of the attack model, as data:
// data/{techniques,attack,sensors,restoration,measures,modifiers}.json. Each row says its source and how sure
// it is; an operator may replace any file from a data folder. Strictly read: a wrong row is refused with its
// path, and nothing is half replaced.
#pragma once

#include "foundation/base/result.hpp"
#include "foundation/describe/json.hpp"
#include "prepare/cartography/defaults.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace releve::assessment {

using cartography::Confidence;

/// A lognormal duration, or a fixed one when both are equal; 0 means at once.
struct DelayRow {
  double median_h = 0;
  double p90_h = 0;
};

constexpr auto describe(DelayRow*) {
  constexpr Rules hours{.minimum = 0, .maximum = 20000};
  return Fields{field<&DelayRow::median_h>("median, hours", hours),
                field<&DelayRow::p90_h>("90th percentile, hours; not below the median", hours)};
}

struct TechniqueRow {
  std::string id;
  std::string title_fr;
  std::string title_en;
  double chance = 0;
  DelayRow delay;
  double seen = 0;
  bool needs_outside = false;
  std::string source;
  Confidence confidence = Confidence::expert;
};

constexpr auto describe(TechniqueRow*) {
  constexpr Rules share{.minimum = 0, .maximum = 1};
  return Fields{field<&TechniqueRow::id>("class of step", {.min_length = 1, .max_length = 40}),
                field<&TechniqueRow::title_fr>("in French"),
                field<&TechniqueRow::title_en>("in English"),
                field<&TechniqueRow::chance>("that it works where it applies", share),
                field<&TechniqueRow::delay>("how long it takes"),
                field<&TechniqueRow::seen>("that a sensor of factor 1 sees its first use in a zone", share),
                field<&TechniqueRow::needs_outside>("needs outside command"),
                field<&TechniqueRow::source>("where the figures come from", {.min_length = 1}),
                field<&TechniqueRow::confidence>("verified, derived or expert")};
}

struct ShareRow {
  std::string id;
  double share = 0;
  std::string source;
  Confidence confidence = Confidence::expert;
};

constexpr auto describe(ShareRow*) {
  return Fields{field<&ShareRow::id>("what"),
                field<&ShareRow::share>("weight, share or amount", {.minimum = 0, .maximum = 100000}),
                field<&ShareRow::source>("where the figure comes from", {.min_length = 1}),
                field<&ShareRow::confidence>("verified, derived or expert")};
}

struct DelaySourceRow {
  std::string id;
  DelayRow delay;
  std::string source;
  Confidence confidence = Confidence::expert;
};

constexpr auto describe(DelaySourceRow*) {
  return Fields{field<&DelaySourceRow::id>("what"), field<&DelaySourceRow::delay>("how long"),
                field<&DelaySourceRow::source>("where the figures come from", {.min_length = 1}),
                field<&DelaySourceRow::confidence>("verified, derived or expert")};
}

/// How far the attacker goes before striking. Several rows of one scenario are drawn by weight.
struct AmbitionRow {
  std::string scenario;
  double share_of_estate = 1;
  double weight = 1;
  std::string source;
  Confidence confidence = Confidence::expert;
};

constexpr auto describe(AmbitionRow*) {
  return Fields{field<&AmbitionRow::scenario>("scenario"),
                field<&AmbitionRow::share_of_estate>("of the machines, unless the domain falls first",
                                                     {.minimum = 0, .maximum = 1}),
                field<&AmbitionRow::weight>("weight", {.minimum = 0}),
                field<&AmbitionRow::source>("where the figure comes from", {.min_length = 1}),
                field<&AmbitionRow::confidence>("verified, derived or expert")};
}

/// data/attack.json. Ids of shares and delays are fixed (read_tables()); "shutdown.national_mix" stands in
/// for "shutdown" in that scenario.
struct AttackTable {
  std::vector<ShareRow> doors;     // scenario mix: credentials, exposed_flaw, phishing, supplier
  std::vector<ShareRow> attempts;  // id is the number of attempts
  std::vector<AmbitionRow> ambitions;
  std::vector<ShareRow>
      chances;  // steal_only, long_dwell, night, shutdown, backups_sought, backup_lost, cut_…
  std::vector<DelaySourceRow>
      delays;  // dwell_short, dwell_long, reaction_office, reaction_off, shutdown_…, encryption, extra_…
};

constexpr auto describe(AttackTable*) {
  return Fields{field<&AttackTable::doors>("scenario mix"), field<&AttackTable::attempts>("places tried"),
                field<&AttackTable::ambitions>("how far before the strike"),
                field<&AttackTable::chances>("chances"), field<&AttackTable::delays>("delays")};
}

struct SensorRow {
  std::string watch;  // text of cartography::Watch
  double factor = 0;  // on a technique's chance of being seen
  DelayRow latency;
  double blocked = 0;  // chance that encryption is stopped on a host
  std::string source;
  Confidence confidence = Confidence::expert;
};

constexpr auto describe(SensorRow*) {
  return Fields{field<&SensorRow::watch>("how a zone is watched"),
                field<&SensorRow::factor>("on the chance of being seen", {.minimum = 0, .maximum = 20}),
                field<&SensorRow::latency>("from the step to somebody who understands"),
                field<&SensorRow::blocked>("chance that encryption is stopped on a machine",
                                           {.minimum = 0, .maximum = 1}),
                field<&SensorRow::source>("where the figures come from", {.min_length = 1}),
                field<&SensorRow::confidence>("verified, derived or expert")};
}

struct TaskRow {
  std::string kind;
  DelayRow duration;
  std::string skill;
  std::string source;
  Confidence confidence = Confidence::expert;
};

constexpr auto describe(TaskRow*) {
  return Fields{field<&TaskRow::kind>("kind of task"), field<&TaskRow::duration>("work of one team"),
                field<&TaskRow::skill>("who does it"),
                field<&TaskRow::source>("where the figures come from", {.min_length = 1}),
                field<&TaskRow::confidence>("verified, derived or expert")};
}

struct TeamRow {
  std::string skill;
  int teams = 1;  // of a hospital of `teams_for_machines` machines; others in proportion, at least one
  int help_teams = 0;
  std::string source;
  Confidence confidence = Confidence::expert;
};

constexpr auto describe(TeamRow*) {
  return Fields{field<&TeamRow::skill>("skill"),
                field<&TeamRow::teams>("teams at work day and night", {.minimum = 0, .maximum = 500}),
                field<&TeamRow::help_teams>("added by regional help", {.minimum = 0, .maximum = 500}),
                field<&TeamRow::source>("where the figures come from", {.min_length = 1}),
                field<&TeamRow::confidence>("verified, derived or expert")};
}

/// data/restoration.json
struct RestorationTable {
  std::vector<TaskRow> tasks;
  std::vector<TeamRow> teams;
  std::vector<ShareRow> amounts;  // help_after_h, batch, catch_up_share, catch_up_most_h, stop_below,
                                  // workstations_lost_share, ranking_confirmed_share, teams_for_machines
};

constexpr auto describe(RestorationTable*) {
  return Fields{field<&RestorationTable::tasks>("durations"), field<&RestorationTable::teams>("teams"),
                field<&RestorationTable::amounts>("other figures")};
}

/// data/measures.json: what a kind of measure costs by default.
struct MeasureRow {
  std::string kind;
  std::string unit;  // "once" or what the cost is multiplied by: "host", "zone", "account", "service"
  double cost_eur = 0;
  double cost_per_unit_eur = 0;
  double effort_days = 0;
  double value = 0;  // strength: factor or chance, as the kind says
  std::string source;
  Confidence confidence = Confidence::expert;
};

constexpr auto describe(MeasureRow*) {
  constexpr Rules amount{.minimum = 0, .maximum = 1e9};
  return Fields{field<&MeasureRow::kind>("kind of measure"),
                field<&MeasureRow::unit>("what the unit cost counts"),
                field<&MeasureRow::cost_eur>("fixed cost, euros", amount),
                field<&MeasureRow::cost_per_unit_eur>("cost of each unit, euros", amount),
                field<&MeasureRow::effort_days>("own work, days", amount),
                field<&MeasureRow::value>("strength, as the kind says", amount),
                field<&MeasureRow::source>("where the figures come from", {.min_length = 1}),
                field<&MeasureRow::confidence>("verified, derived or expert")};
}

/// data/modifiers.json: a PingCastle rule that makes a class of steps likelier.
struct ModifierRow {
  std::string rule;
  std::string technique;
  double factor = 1;
  std::string source;
  Confidence confidence = Confidence::expert;
};

constexpr auto describe(ModifierRow*) {
  return Fields{field<&ModifierRow::rule>("PingCastle rule"),
                field<&ModifierRow::technique>("class of steps"),
                field<&ModifierRow::factor>("on its chance", {.minimum = 0, .maximum = 10}),
                field<&ModifierRow::source>("why", {.min_length = 1}),
                field<&ModifierRow::confidence>("verified, derived or expert")};
}

struct Tables {
  std::vector<TechniqueRow> techniques;
  AttackTable attack;
  std::vector<SensorRow> sensors;
  RestorationTable restoration;
  std::vector<MeasureRow> measures;
  std::vector<ModifierRow> modifiers;
  std::string version;  // BLAKE2b-256 over the texts, first 12 digits: part of the model version
};

/// `texts` by file name ("techniques.json"). Errors name file and path; also missing
/// rows ("tables.missing_row"), rows given twice ("tables.row_twice"), names that nothing knows
/// ("tables.unknown_name"), figures out of bounds ("tables.bad_figure", "tables.p90_below_median").
Result<Tables> read_tables(const std::map<std::string, std::string>& texts);

/// The names of the files that read_tables() wants.
std::vector<std::string> table_files();

}  // namespace releve::assessment
