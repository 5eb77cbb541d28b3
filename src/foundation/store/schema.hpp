// SPDX-License-Identifier: EUPL-1.2
// What a table really is, whatever the engine: tests hold it against describe() (columns_of<T>()).
#pragma once

#include "foundation/describe/columns.hpp"
#include "foundation/store/database.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace releve::store {

struct StoredColumn {
  std::string name;
  ColumnType type = ColumnType::text;
  bool nullable = false;
  bool operator==(const StoredColumn&) const = default;
};

/// The columns in the order of their creation; none when there is no such table. A column of a type that
/// database.hpp does not know is a Bug.
std::vector<StoredColumn> stored_columns(Database& database, std::string_view table);

/// The columns that describe() asks for, in the same form.
template <Described T>
std::vector<StoredColumn> described_columns() {
  std::vector<StoredColumn> columns;
  for (const Column& column : columns_of<T>()) {
    columns.push_back({column.name, column.type, column.nullable});
  }
  return columns;
}

}  // namespace releve::store
