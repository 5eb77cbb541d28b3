// SPDX-License-Identifier: EUPL-1.2
#include "foundation/store/migrations.hpp"

#include "foundation/base/hash.hpp"
#include "foundation/base/text.hpp"
#include "foundation/store/schema.hpp"

namespace releve::store {
namespace {

constexpr std::string_view version_table =
    "create table if not exists schema_version (\n"
    "  number {int64} primary key not null,\n"
    "  name text not null,\n"
    "  checksum text not null,\n"
    "  applied {int64} not null\n"
    ") {strict};\n";

struct Applied {
  std::int64_t number = 0;
  std::string name;
  std::string checksum;
};

std::vector<Applied> applied_so_far(Transaction& transaction) {
  std::vector<Applied> applied;
  for (const Row& row :
       transaction.query("select number, name, checksum from schema_version order by number")) {
    applied.push_back({row.integer(0), row.text(1), row.text(2)});
  }
  return applied;
}

/// The number of leading files that are in place; an error when the base and the files disagree.
Result<std::size_t> agreed(const std::vector<Applied>& applied, std::span<const EmbeddedFile> files) {
  for (std::size_t i = 0; i < applied.size(); ++i) {
    if (i >= files.size()) {
      return Error{ErrorKind::conflict,
                   message("store.newer_schema", {{"found", std::to_string(applied.back().number)},
                                                  {"known", std::to_string(files.size())}}),
                   {}};
    }
    if (applied[i].number != static_cast<std::int64_t>(i + 1) || applied[i].name != files[i].path ||
        applied[i].checksum != content_hash(files[i].bytes)) {
      return Error{ErrorKind::conflict,
                   message("store.migration_changed", {{"name", std::string(files[i].path)}}),
                   {}};
    }
  }
  return applied.size();
}

/// The last word of the text: in a column's definition, its name.
std::string last_word(std::string_view text) {
  text = trim(text);
  const auto blank = text.find_last_of(" \n(,");
  return std::string(blank == std::string_view::npos ? text : text.substr(blank + 1));
}

std::string expanded(std::string_view word, bool sqlite, std::string_view before) {
  if (word == "{int64}") {
    return sqlite ? "any check (typeof(" + last_word(before) + ") in ('integer', 'null'))" : "bigint";
  }
  if (word == "{real}") {
    return sqlite ? "real" : "double precision";
  }
  RELEVE_CHECK(word == "{strict}", "a migration knows no word " + std::string(word));
  return sqlite ? "strict" : "";
}

std::string expand(std::string_view text, bool sqlite) {
  std::string out;
  while (true) {
    const auto open = text.find('{');
    out += text.substr(0, open);
    if (open == std::string_view::npos) {
      return out;
    }
    const auto close = text.find('}', open);
    RELEVE_CHECK(close != std::string_view::npos, "a { without its }");
    out += expanded(text.substr(open, close - open + 1), sqlite, out);
    text.remove_prefix(close + 1);
  }
}

/// Applies the file that is next under the write lock. True when there was none left.
Result<bool> apply_next(Database& database, std::span<const EmbeddedFile> files, Instant now) {
  bool complete = false;
  const auto apply = [&](Transaction& transaction) -> Status {
    transaction.execute(migration_statements(version_table, database.engine()).at(0));
    const std::size_t next = TRY(agreed(applied_so_far(transaction), files));
    complete = next == files.size();
    if (complete) {
      return Done{};
    }
    for (const std::string& statement : migration_statements(files[next].bytes, database.engine())) {
      transaction.execute(statement);
    }
    transaction.execute(
        "insert into schema_version (number, name, checksum, applied) values (:number, :name, :sum, :now)",
        {{"number", static_cast<std::int64_t>(next + 1)},
         {"name", std::string(files[next].path)},
         {"sum", content_hash(files[next].bytes)},
         {"now", std::int64_t{now.time_since_epoch().count()}}});
    return Done{};
  };
  TRY(database.write(apply));
  return complete;
}

}  // namespace

std::vector<std::string> migration_statements(std::string_view file, std::string_view engine) {
  while (trim(file).starts_with("--")) {
    const auto end = file.find('\n', file.find("--"));
    file.remove_prefix(end == std::string_view::npos ? file.size() : end + 1);
  }
  std::vector<std::string> statements;
  std::string statement;
  for (const std::string_view line : split(file, '\n')) {
    statement.append(line).append("\n");
    if (trim(line).ends_with(';')) {
      const std::string_view whole = trim(statement);
      statements.push_back(expand(whole.substr(0, whole.size() - 1), engine == "sqlite"));
      statement.clear();
    }
  }
  RELEVE_CHECK(trim(statement).empty(), "a migration ends with a ;");
  return statements;
}

Status migrate(Database& database, std::span<const EmbeddedFile> files, Instant now) {
  for (std::size_t i = 0; i < files.size(); ++i) {
    RELEVE_CHECK(parse_int(files[i].path.substr(0, 4)) == static_cast<std::int64_t>(i + 1),
                 "migrations are numbered without a gap: " + std::string(files[i].path));
  }
  // A base that is up to date is only read: opening it must work while another process writes.
  std::vector<Applied> applied;
  if (!stored_columns(database, "schema_version").empty()) {
    database.read([&](Transaction& transaction) { applied = applied_so_far(transaction); });
  }
  bool complete = TRY(agreed(applied, files)) == files.size() && !files.empty();
  while (!complete) {
    complete = TRY(apply_next(database, files, now));
  }
  return Done{};
}

bool is_current(Database& database) {
  std::int64_t last = 0;
  database.read([&](Transaction& transaction) {
    last = transaction.query("select coalesce(max(number), 0) from schema_version").at(0).integer(0);
  });
  return last == static_cast<std::int64_t>(embedded_files().size());
}

}  // namespace releve::store
