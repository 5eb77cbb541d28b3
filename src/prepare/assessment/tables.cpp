// SPDX-License-Identifier: EUPL-1.2
#include "prepare/assessment/tables.hpp"

#include "foundation/base/hash.hpp"
#include "foundation/base/text.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace releve::assessment {

std::vector<std::string> table_files() {
  return {"techniques.json",  "attack.json",   "sensors.json",
          "restoration.json", "measures.json", "modifiers.json"};
}

namespace {

template <class T>
Result<T> read_table(const std::map<std::string, std::string>& texts, const std::string& file) {
  const auto text = texts.find(file);
  if (text == texts.end()) {
    return Error{ErrorKind::not_found, message("tables.missing_file", {{"file", file}}), file};
  }
  auto table = from_json<T>(text->second);
  if (!table) {
    Error error = std::move(table).error();
    error.where = file + (error.where.empty() ? "" : ": " + error.where);
    return error;
  }
  return std::move(table).value();
}

Error wrong(const char* code, const std::string& file, const std::string& row) {
  return {ErrorKind::invalid, message(code, {{"file", file}, {"row", row}}), file + ": " + row};
}

using Names = std::initializer_list<const char*>;

bool holds(Names names, const std::string& one) {
  return std::any_of(names.begin(), names.end(), [&](const char* name) { return one == name; });
}

/// Every wanted row once; others may be there.
template <class Rows, class Key>
Status require(const Rows& rows, Key key, const std::string& file, Names wanted) {
  std::set<std::string> seen;
  for (const auto& row : rows) {
    if (!seen.insert(key(row)).second) {
      return wrong("tables.row_twice", file, key(row));
    }
  }
  for (const char* id : wanted) {
    if (!seen.contains(id)) {
      return wrong("tables.missing_row", file, id);
    }
  }
  return Done{};
}

/// The same, and no other row: one of an unknown name would be without effect, or stop the server.
template <class Rows, class Key>
Status require_exactly(const Rows& rows, Key key, const std::string& file, Names wanted) {
  TRY(require(rows, key, file, wanted));
  for (const auto& row : rows) {
    if (!holds(wanted, key(row))) {
      return wrong("tables.unknown_name", file, key(row));
    }
  }
  return Done{};
}

Status check_delay(const DelayRow& delay, const std::string& file, const std::string& row) {
  if (delay.p90_h < delay.median_h) {
    return wrong("tables.p90_below_median", file, row);
  }
  return Done{};
}

constexpr Names skills{"security", "infrastructure", "applications", "workplace", "ward"};

Status check_attack(const AttackTable& attack) {
  const std::string file = "attack.json";
  for (const ShareRow& row : attack.chances) {
    if (row.share > 1) {
      return wrong("tables.bad_figure", file, row.id);
    }
    if (row.id == "mfa_missing" && row.share <= 0) {  // others are told as a share of it
      return wrong("tables.bad_figure", file, row.id);
    }
  }
  double attempts = 0;
  for (const ShareRow& row : attack.attempts) {
    const auto number = parse_int(row.id);
    if (!number || *number < 1 || *number > 1000) {
      return wrong("tables.bad_figure", file, row.id);
    }
    attempts += row.share;
  }
  if (!attack.attempts.empty() && attempts <= 0) {
    return wrong("tables.bad_figure", file, "attempts");
  }
  std::map<std::string, double> weights;
  for (const AmbitionRow& row : attack.ambitions) {
    weights[row.scenario] += row.weight;
  }
  for (const auto& [scenario, weight] : weights) {
    if (weight <= 0) {
      return wrong("tables.bad_figure", file, scenario);
    }
  }
  for (const DelaySourceRow& row : attack.delays) {
    TRY(check_delay(row.delay, file, row.id));
    if (row.id == "reaction_off" && row.delay.median_h <= 0) {  // a hospital's own answer scales it
      return wrong("tables.bad_figure", file, row.id);
    }
  }
  return Done{};
}

Status check_restoration(const RestorationTable& restoration) {
  for (const ShareRow& row : restoration.amounts) {
    if (row.id == "teams_for_machines" && row.share <= 0) {
      return wrong("tables.bad_figure", "restoration.json", row.id);
    }
  }
  return Done{};
}

/// What the rows name in other tables.
Status check_names(const Tables& tables) {
  for (const TaskRow& row : tables.restoration.tasks) {
    TRY(check_delay(row.duration, "restoration.json", row.kind));
    if (!holds(skills, row.skill)) {
      return wrong("tables.unknown_name", "restoration.json", row.skill);
    }
  }
  for (const ModifierRow& row : tables.modifiers) {
    if (std::none_of(tables.techniques.begin(), tables.techniques.end(),
                     [&](const auto& one) { return one.id == row.technique; })) {
      return wrong("tables.unknown_name", "modifiers.json", row.technique);
    }
  }
  for (const TechniqueRow& row : tables.techniques) {
    TRY(check_delay(row.delay, "techniques.json", row.id));
    if (row.id == "instantaneous") {  // the engine's own
      return wrong("tables.unknown_name", "techniques.json", row.id);
    }
  }
  for (const SensorRow& row : tables.sensors) {
    TRY(check_delay(row.latency, "sensors.json", row.watch));
  }
  return Done{};
}

constexpr auto by_id = [](const auto& row) -> const std::string& { return row.id; };

}  // namespace

Result<Tables> read_tables(const std::map<std::string, std::string>& texts) {
  Tables tables;
  tables.techniques = TRY(read_table<std::vector<TechniqueRow>>(texts, "techniques.json"));
  tables.attack = TRY(read_table<AttackTable>(texts, "attack.json"));
  tables.sensors = TRY(read_table<std::vector<SensorRow>>(texts, "sensors.json"));
  tables.restoration = TRY(read_table<RestorationTable>(texts, "restoration.json"));
  tables.measures = TRY(read_table<std::vector<MeasureRow>>(texts, "measures.json"));
  tables.modifiers = TRY(read_table<std::vector<ModifierRow>>(texts, "modifiers.json"));

  TRY(require(tables.techniques, by_id, "techniques.json",
              {"remote_admin",
               "remote_desktop",
               "sql_admin",
               "object_control",
               "delegation",
               "session_fresh",
               "session_old",
               "kerberoast",
               "asrep_roast",
               "unconstrained_delegation",
               "dcsync",
               "adcs_esc1",
               "exploit_ransomware",
               "exploit_known",
               "exploit_likely",
               "exploit_public",
               "platform_takeover",
               "backup_takeover",
               "supplier_pivot",
               "gateway_credentials",
               "directory_takeover"}));
  TRY(require(tables.attack.doors, by_id, "attack.json",
              {"credentials", "exposed_flaw", "phishing", "supplier"}));
  TRY(require(tables.attack.chances, by_id, "attack.json",
              {"steal_only", "long_dwell", "night", "shutdown", "backups_sought", "backup_lost",
               "cut_internet", "cut_zones", "cut_everything", "strike_needs_outside", "yearly", "mfa_missing",
               "mfa_bypassed", "phishing_lands", "supplier_lands", "unknown_flaw", "epss_likely"}));
  TRY(require(tables.attack.delays, by_id, "attack.json",
              {"dwell_short", "dwell_long", "reaction_office", "reaction_off", "shutdown_office",
               "shutdown_off", "encryption", "extra_internet", "extra_zones", "extra_everything"}));
  TRY(require(tables.sensors, [](const SensorRow& row) -> const std::string& { return row.watch; },
              "sensors.json", {"none", "antivirus", "edr", "edr_24x7"}));
  TRY(require_exactly(
      tables.restoration.tasks, [](const TaskRow& row) -> const std::string& { return row.kind; },
      "restoration.json",
      {"investigate", "trusted_core", "core", "platform", "backup", "restore", "rebuild", "check",
       "workstations", "restart_application", "functional_check", "interface", "gate"}));
  TRY(require_exactly(
      tables.restoration.teams, [](const TeamRow& row) -> const std::string& { return row.skill; },
      "restoration.json", skills));
  TRY(require(tables.restoration.amounts, by_id, "restoration.json",
              {"help_after_h", "batch", "catch_up_share", "catch_up_most_h", "stop_below",
               "workstations_lost_share", "ranking_confirmed_share", "day_cost_eur", "teams_for_machines"}));
  TRY(require(tables.measures, [](const MeasureRow& row) -> const std::string& { return row.kind; },
              "measures.json",
              {"close_relation",
               "patch",
               "patch_exposed",
               "isolate_flow",
               "remote_access_mfa",
               "phishing_training",
               "supplier_access",
               "tiering",
               "session_hygiene",
               "roasting",
               "certificate_template",
               "offline_backup",
               "edr",
               "edr_24x7",
               "detection",
               "night_decision",
               "isolate_platform",
               "isolate_backup",
               "tested_restore",
               "spare_team",
               "spare_workstations",
               "degraded_mode",
               "autonomy"}));
  TRY(check_attack(tables.attack));
  TRY(check_restoration(tables.restoration));
  TRY(check_names(tables));
  Hasher hasher;
  for (const std::string& file : table_files()) {
    hasher.update(texts.at(file));
  }
  tables.version = hasher.hex().substr(0, 12);
  return tables;
}

}  // namespace releve::assessment
