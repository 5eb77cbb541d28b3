// SPDX-License-Identifier: EUPL-1.2
#include "foundation/store/schema.hpp"

namespace releve::store {
namespace {

constexpr std::string_view sqlite_columns =
    "select name, lower(type), \"notnull\" from pragma_table_info(:table) order by cid";

constexpr std::string_view postgresql_columns =
    "select column_name, data_type, is_nullable = 'NO' from information_schema.columns "
    "where table_schema = current_schema() and table_name = :table order by ordinal_position";

ColumnType type_of(const std::string& name) {
  if (name == "text") {
    return ColumnType::text;
  }
  // SQLite's "any" is what {int64} makes there: see migrations.hpp.
  if (name == "bigint" || name == "any") {
    return ColumnType::integer;
  }
  RELEVE_CHECK(name == "double precision" || name == "real", "no column may be of type " + name);
  return ColumnType::real;
}

}  // namespace

std::vector<StoredColumn> stored_columns(Database& database, std::string_view table) {
  std::vector<StoredColumn> columns;
  database.read([&](Transaction& transaction) {
    const std::string_view sql = database.engine() == "sqlite" ? sqlite_columns : postgresql_columns;
    for (const Row& row : transaction.query(sql, {{"table", std::string(table)}})) {
      columns.push_back({row.text(0), type_of(row.text(1)), row.integer(2) == 0});
    }
  });
  return columns;
}

}  // namespace releve::store
