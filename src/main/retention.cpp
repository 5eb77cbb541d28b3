// SPDX-License-Identifier: EUPL-1.2
#include "main/retention.hpp"

#include "main/backup_folder.hpp"
#include "main/daily.hpp"
#include "main/house.hpp"

#include <algorithm>

namespace releve::main {

namespace {

constexpr std::string_view file = "retention.json";
constexpr std::chrono::hours day{24};

struct RetentionTable {
  std::vector<RetentionRule> rules;
};

constexpr auto describe(RetentionTable*) {
  return Fields{field<&RetentionTable::rules>("one for each kind")};
}

/// All kinds of all rooms; `engine` of the database.
std::vector<store::Past> kinds(std::string_view engine) {
  std::vector<store::Past> all = access::past();
  all.push_back(store::past_jobs());
  all.push_back(cartography::past_imports());
  all.push_back(registry::past_registry_imports());
  all.push_back(assessment::past_assessments());
  all.push_back(plan::past_plans(engine));
  all.push_back(crisis::past_rooms());
  all.push_back(pack::past_paper_sets());
  all.push_back(recall::past_directories());
  all.push_back(recall::past_callouts());
  return all;
}

Error fault(const char* code, const std::string& kind) {
  return {ErrorKind::invalid, message(code, {{"file", std::string(file)}, {"row", kind}}),
          std::string(file) + ": " + kind};
}

}  // namespace

Result<std::vector<RetentionRule>> read_retention(std::string_view json) {
  auto table = from_json<RetentionTable>(json);
  if (!table) {
    Error error = std::move(table).error();
    error.where = std::string(file) + (error.where.empty() ? "" : ": " + error.where);
    return error;
  }
  std::vector<std::string> expected;
  for (const store::Past& one : kinds("sqlite")) {
    expected.push_back(one.kind);
  }
  for (const RetentionRule& rule : table->rules) {
    const auto same = [&](const RetentionRule& other) { return other.kind == rule.kind; };
    if (std::count_if(table->rules.begin(), table->rules.end(), same) > 1) {
      return fault("tables.row_twice", rule.kind);
    }
    if (std::erase(expected, rule.kind) == 0) {
      return fault("tables.unknown_name", rule.kind);
    }
  }
  if (!expected.empty()) {
    return fault("tables.missing_row", expected.front());
  }
  return std::move(table->rules);
}

std::vector<Forgotten> forget_the_past(House& house, Instant now) {
  std::vector<Forgotten> gone;
  // Only files that this database named: a folder beside the wrong database, or an empty one, keeps its
  // files.
  const std::vector<std::string> named_before = files_named_by(*house.database);
  const std::vector<store::Past> all = kinds(house.database->engine());
  for (const RetentionRule& rule : *house.tables.retention()) {
    const auto kind =
        std::find_if(all.begin(), all.end(), [&](const store::Past& one) { return one.kind == rule.kind; });
    RELEVE_CHECK(kind != all.end(), "a table in force names what there is");
    if (!rule.days) {
      continue;
    }
    std::int64_t rows = 0;
    const Status written = house.database->write([&](store::Transaction& t) -> Status {
      rows = store::forget(t, *kind, now - *rule.days * day);
      if (rows > 0) {
        house.access->trail().append(
            t, {.actor = "instance",
                .deed = std::string(access::past_forgotten),
                .subject = rule.kind,
                .detail = {{"rows", std::to_string(rows)}, {"days", std::to_string(*rule.days)}}});
      }
      return Done{};
    });
    RELEVE_CHECK(written.ok(), "what is let go of needs no text of a user");
    if (rows > 0) {
      gone.push_back({rule.kind, rows});
    }
  }
  const std::vector<std::string> named = files_named_by(*house.database);
  std::int64_t files = 0;
  for (const std::string& hash : named_before) {
    // A row that names a file is written after the file: a day is more than any import takes.
    if (!std::binary_search(named.begin(), named.end(), hash) && house.files->remove(hash, now - day)) {
      ++files;
    }
  }
  if (files > 0) {
    gone.push_back({"files", files});
  }
  return gone;
}

std::jthread forget_daily(House& house) {
  return every_day([&house] {
    for (const Forgotten& one : forget_the_past(house, house.clock.now())) {
      log_line(house.shell.say(
          message("retention.forgotten", {{"kind", one.kind}, {"rows", std::to_string(one.rows)}})));
    }
  });
}

}  // namespace releve::main
