// SPDX-License-Identifier: EUPL-1.2
#include "prepare/assessment/tables.hpp"

#include <algorithm>
#include <array>

#include "foundation/base/hash.hpp"

namespace releve::assessment {

std::vector<std::string> table_files() {
  return {"techniques.json", "attack.json", "sensors.json", "restoration.json", "measures.json", "modifiers.json"};
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

template <class Rows, class Key>
Status require(const Rows& rows, Key key, const std::string& file, std::initializer_list<const char*> wanted) {
  for (const char* id : wanted) {
    if (std::none_of(rows.begin(), rows.end(), [&](const auto& row) { return key(row) == id; })) {
      return Error{ErrorKind::invalid, message("tables.missing_row", {{"file", file}, {"row", id}}), file};
    }
  }
  return Done{};
}

Status check_delay(const DelayRow& delay, const std::string& file, const std::string& row) {
  if (delay.p90_h < delay.median_h) {
    return Error{ErrorKind::invalid, message("tables.p90_below_median", {{"file", file}, {"row", row}}), file};
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
              {"remote_admin", "remote_desktop", "sql_admin", "object_control", "delegation", "session_fresh",
               "session_old", "kerberoast", "asrep_roast", "unconstrained_delegation", "dcsync", "adcs_esc1",
               "exploit_ransomware", "exploit_known", "exploit_likely", "exploit_public", "platform_takeover",
               "backup_takeover", "supplier_pivot", "directory_takeover"}));
  TRY(require(tables.attack.doors, by_id, "attack.json", {"credentials", "exposed_flaw", "phishing", "supplier"}));
  TRY(require(tables.attack.chances, by_id, "attack.json",
              {"steal_only", "long_dwell", "night", "shutdown", "backups_sought", "backup_lost", "cut_internet",
               "cut_zones", "cut_everything", "strike_needs_outside", "yearly", "mfa_missing", "mfa_bypassed",
               "unknown_flaw", "epss_likely"}));
  TRY(require(tables.attack.delays, by_id, "attack.json",
              {"dwell_short", "dwell_long", "reaction_office", "reaction_off", "shutdown_office", "shutdown_off",
               "encryption", "extra_internet", "extra_zones", "extra_everything"}));
  TRY(require(tables.sensors, [](const SensorRow& row) -> const std::string& { return row.watch; }, "sensors.json",
              {"none", "antivirus", "edr", "edr_24x7"}));
  TRY(require(tables.restoration.tasks, [](const TaskRow& row) -> const std::string& { return row.kind; },
              "restoration.json",
              {"investigate", "trusted_core", "core", "platform", "backup", "restore", "rebuild", "check",
               "workstations", "restart_application", "functional_check", "interface", "gate"}));
  TRY(require(tables.restoration.teams, [](const TeamRow& row) -> const std::string& { return row.skill; },
              "restoration.json", {"security", "infrastructure", "applications", "workplace", "ward"}));
  TRY(require(tables.restoration.amounts, by_id, "restoration.json",
              {"help_after_h", "batch", "catch_up_share", "catch_up_most_h", "stop_below", "workstations_lost_share",
               "ranking_confirmed_share", "day_cost_eur"}));
  for (const TechniqueRow& row : tables.techniques) {
    TRY(check_delay(row.delay, "techniques.json", row.id));
  }
  for (const DelaySourceRow& row : tables.attack.delays) {
    TRY(check_delay(row.delay, "attack.json", row.id));
  }
  for (const TaskRow& row : tables.restoration.tasks) {
    TRY(check_delay(row.duration, "restoration.json", row.kind));
  }
  Hasher hasher;
  for (const std::string& file : table_files()) {
    hasher.update(texts.at(file));
  }
  tables.version = hasher.hex().substr(0, 12);
  return tables;
}

}  // namespace releve::assessment
