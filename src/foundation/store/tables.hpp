// SPDX-License-Identifier: EUPL-1.2
// All tables of a database, whatever its engine: counted, hashed, carried over to another one.
#pragma once

#include "foundation/describe/describe.hpp"
#include "foundation/store/schema.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace releve::store {

struct Table {
  std::string name;
  std::vector<StoredColumn> columns;
  std::vector<std::string> key;       // columns of the primary key
  std::vector<std::string> referred;  // tables that it refers to
  bool operator==(const Table&) const = default;
};

/// The tables that hold the facts, each after those that it refers to. Not those that say how this database
/// is served: "schema_version" and "process".
std::vector<Table> fact_tables(Database& database);

/// What a table holds. The hash is that of its rows as canonical text, in the order of their keys by bytes:
/// the same facts give the same hash on both engines.
struct TableContent {
  std::string table;
  std::int64_t rows = 0;
  std::string hash;
  bool operator==(const TableContent&) const = default;
};

constexpr auto describe(TableContent*) {
  return Fields{field<&TableContent::table>("name"), field<&TableContent::rows>("how many"),
                field<&TableContent::hash>("of all rows")};
}

/// Of one state of the database.
std::vector<TableContent> contents(Database& database);

/// Carries every fact over, from one state of `from`; gives what has arrived. `to` has the schema and no row.
/// Errors: "move.not_empty", "move.other_schema", "move.differs" (what has arrived is not what was sent);
/// `to` is then as it was.
Result<std::vector<TableContent>> carry_over(Database& from, Database& to);

}  // namespace releve::store
