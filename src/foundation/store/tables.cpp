// SPDX-License-Identifier: EUPL-1.2
#include "foundation/store/tables.hpp"

#include "foundation/base/hash.hpp"
#include "foundation/store/bulk.hpp"
#include "foundation/store/sql_text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <functional>
#include <map>
#include <set>

namespace releve::store {
namespace {

constexpr std::int64_t page = 2'000;  // rows in memory at a time

// Each table with one that it refers to, or with nothing.
constexpr std::string_view sqlite_tables =
    "select m.name, coalesce(f.\"table\", '') from sqlite_master m left join pragma_foreign_key_list(m.name) "
    "f "
    "where m.type = 'table' and m.name not like 'sqlite_%'";
constexpr std::string_view postgresql_tables =
    "select t.relname, coalesce(cast(r.relname as text), '') from pg_class t join pg_namespace n on n.oid = "
    "t.relnamespace and n.nspname = current_schema() left join pg_constraint c on c.conrelid = t.oid and "
    "c.contype "
    "= 'f' left join pg_class r on r.oid = c.confrelid where t.relkind = 'r'";

constexpr std::string_view sqlite_key = "select name from pragma_table_info(:table) where pk > 0 order by pk";
constexpr std::string_view postgresql_key =
    "select a.attname from pg_constraint c join pg_class t on t.oid = c.conrelid and t.relname = cast(:table "
    "as "
    "name) join pg_namespace n on n.oid = t.relnamespace and n.nspname = current_schema() cross join "
    "unnest(c.conkey) "
    "with ordinality as k (number, place) join pg_attribute a on a.attrelid = t.oid and a.attnum = k.number "
    "where "
    "c.contype = 'p' order by k.place";

bool is_sqlite(const Database& database) {
  return database.engine() == "sqlite";
}

std::vector<std::string_view> names_of(const Table& table) {
  std::vector<std::string_view> names;
  for (const StoredColumn& column : table.columns) {
    names.emplace_back(column.name);
  }
  return names;
}

std::size_t place_of(const Table& table, const std::string& column) {
  const auto found = std::find_if(table.columns.begin(), table.columns.end(),
                                  [&](const StoredColumn& one) { return one.name == column; });
  RELEVE_CHECK(found != table.columns.end(), "a key is made of columns: " + column);
  return static_cast<std::size_t>(found - table.columns.begin());
}

Value cell(const Row& row, std::size_t column, ColumnType type) {
  if (row.is_null(column)) {
    return {};
  }
  switch (type) {
    case ColumnType::integer:
      return row.integer(column);
    case ColumnType::real:
      return row.real(column);
    case ColumnType::text:
      break;
  }
  return row.text(column);
}

using Cells = std::vector<Value>;
using TakePage = std::function<void(const std::vector<Cells>&)>;

std::vector<Cells> cells_of(const Table& table, const std::vector<Row>& rows) {
  std::vector<Cells> list;
  list.reserve(rows.size());
  for (const Row& row : rows) {
    Cells& cells = list.emplace_back();
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
      cells.push_back(cell(row, i, table.columns[i].type));
    }
  }
  return list;
}

std::string selected(const Table& table) {
  return "select " + joined(names_of(table)) + " from " + table.name;
}

/// SQLite goes on behind the last key: its keys are in the order of bytes, and each page is a look-up.
void read_sqlite(Transaction& t, const Table& table, const TakePage& take) {
  std::string key;
  std::string values;
  std::vector<std::string> words;
  for (const std::string& column : table.key) {
    words.push_back("k" + std::to_string(words.size()));
    key += (key.empty() ? "" : ", ") + column;
    values += (values.empty() ? ":" : ", :") + words.back();
  }
  const std::string ordered = " order by " + key + " limit " + std::to_string(page);
  std::vector<Binding> behind;
  while (true) {
    const std::string where = behind.empty() ? "" : " where (" + key + ") > (" + values + ")";
    const auto rows = cells_of(table, t.query(selected(table) + where + ordered, behind));
    take(rows);
    if (std::cmp_less(rows.size(), page)) {
      return;
    }
    behind.clear();
    for (std::size_t i = 0; i < table.key.size(); ++i) {
      behind.push_back({words[i], rows.back()[place_of(table, table.key[i])]});
    }
  }
}

/// PostgreSQL's own order of texts is that of a language: a cursor sorts once, by bytes.
void read_postgresql(Transaction& t, const Table& table, const TakePage& take) {
  std::string key;
  for (const std::string& column : table.key) {
    const bool text = table.columns[place_of(table, column)].type == ColumnType::text;
    key += (key.empty() ? "" : ", ") + column + (text ? " collate \"C\"" : "");
  }
  t.execute("declare all_rows no scroll cursor for " + selected(table) + " order by " + key);
  while (true) {
    const auto rows = cells_of(table, t.query("fetch " + std::to_string(page) + " from all_rows"));
    take(rows);
    if (std::cmp_less(rows.size(), page)) {
      break;
    }
  }
  t.execute("close all_rows");
}

void read_rows(Transaction& t, bool sqlite, const Table& table, const TakePage& take) {
  sqlite ? read_sqlite(t, table, take) : read_postgresql(t, table, take);
}

/// Each cell says its kind and where it ends: no two tables have the same text.
class Digest {
 public:
  explicit Digest(const Table& table) {
    content_.table = table.name;
    hasher_.update(joined(names_of(table)) + "\n");
  }

  void add(const std::vector<Cells>& rows) {
    std::string text;
    for (const Cells& cells : rows) {
      for (const Value& value : cells) {
        append(text, value);
      }
      text += '\n';
    }
    hasher_.update(text);
    content_.rows += static_cast<std::int64_t>(rows.size());
  }

  TableContent finish() {
    content_.hash = hasher_.hex();
    return content_;
  }

 private:
  static void append(std::string& text, const Value& value) {
    if (const auto* integer = std::get_if<std::int64_t>(&value)) {
      text += "i" + std::to_string(*integer) + ";";
    } else if (const auto* real = std::get_if<double>(&value)) {
      std::array<char, 32> digits{};
      text += "r";
      const double kept = *real == 0 ? 0 : *real;  // SQLite knows no -0.0
      text.append(digits.begin(), std::to_chars(digits.begin(), digits.end(), kept).ptr);
      text += ";";
    } else if (const auto* words = std::get_if<std::string>(&value)) {
      text += "t" + std::to_string(words->size()) + ":" + *words + ";";
    } else {
      text += "n;";
    }
  }

  Hasher hasher_;
  TableContent content_;
};

TableContent content_of(Transaction& t, bool sqlite, const Table& table) {
  Digest digest(table);
  read_rows(t, sqlite, table, [&](const std::vector<Cells>& rows) { digest.add(rows); });
  return digest.finish();
}

/// A table after those that it refers to.
std::vector<Table> in_order(std::map<std::string, Table> tables) {
  std::vector<Table> ordered;
  std::set<std::string> placed;
  while (!tables.empty()) {
    const auto next = std::find_if(tables.begin(), tables.end(), [&](const auto& one) {
      const auto& referred = one.second.referred;
      return std::all_of(referred.begin(), referred.end(),
                         [&](const std::string& other) { return placed.contains(other); });
    });
    RELEVE_CHECK(next != tables.end(), "no tables refer to each other in a circle");
    placed.insert(next->first);
    ordered.push_back(std::move(next->second));
    tables.erase(next);
  }
  return ordered;
}

Error differs(const char* code, const std::string& table) {
  return Error{ErrorKind::conflict, message(code, {{"table", table}}), {}};
}

}  // namespace

std::vector<Table> fact_tables(Database& database) {
  const bool sqlite = is_sqlite(database);
  std::map<std::string, Table> tables;
  database.read([&](Transaction& t) {
    for (const Row& row : t.query(sqlite ? sqlite_tables : postgresql_tables)) {
      Table& table = tables[row.text(0)];
      table.name = row.text(0);
      if (!row.text(1).empty()) {
        table.referred.push_back(row.text(1));
      }
    }
    tables.erase("schema_version");
    tables.erase("process");
    for (auto& [name, table] : tables) {
      for (const Row& row : t.query(sqlite ? sqlite_key : postgresql_key, {{"table", name}})) {
        table.key.push_back(row.text(0));
      }
      RELEVE_CHECK(!table.key.empty(), "every table has a key: " + name);
      std::sort(table.referred.begin(), table.referred.end());
      table.referred.erase(std::unique(table.referred.begin(), table.referred.end()), table.referred.end());
    }
  });
  for (auto& [name, table] : tables) {
    table.columns = stored_columns(database, name);
  }
  return in_order(std::move(tables));
}

std::vector<TableContent> contents(Database& database) {
  const std::vector<Table> tables = fact_tables(database);
  std::vector<TableContent> list;
  database.read([&](Transaction& t) {
    for (const Table& table : tables) {
      list.push_back(content_of(t, is_sqlite(database), table));
    }
  });
  return list;
}

Result<std::vector<TableContent>> carry_over(Database& from, Database& to) {
  const std::vector<Table> tables = fact_tables(from);
  if (tables != fact_tables(to)) {
    return Error{ErrorKind::conflict, message("move.other_schema"), {}};
  }
  std::vector<TableContent> arrived;
  const auto carry = [&](Transaction& source, Transaction& target) -> Status {
    for (const Table& table : tables) {
      if (target.query("select count(*) from " + table.name).at(0).integer(0) != 0) {
        return differs("move.not_empty", table.name);
      }
    }
    for (const Table& table : tables) {
      Digest sent(table);
      read_rows(source, is_sqlite(from), table, [&](const std::vector<Cells>& rows) {
        sent.add(rows);
        insert_rows(target, table.name, names_of(table), rows);
      });
      arrived.push_back(content_of(target, is_sqlite(to), table));
      if (arrived.back() != sent.finish()) {
        return differs("move.differs", table.name);
      }
    }
    return Done{};
  };
  Status carried = Done{};
  from.read([&](Transaction& source) {
    carried = to.write([&](Transaction& target) -> Status { return carry(source, target); });
  });
  if (!carried) {
    return carried.error();
  }
  return arrived;
}

}  // namespace releve::store
