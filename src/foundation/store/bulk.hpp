// SPDX-License-Identifier: EUPL-1.2
// Many rows at once, for the rooms that load whole registries.
#pragma once

#include "foundation/store/database.hpp"

#include <string_view>
#include <vector>

namespace releve::store {

/// Inserts rows many times faster than as many statements would: one statement kept ready over SQLite, COPY
/// over PostgreSQL. Each row has a value for each column, in their order. Part of the transaction like any
/// statement, and under the same rules, save that PostgreSQL converts: the kinds of the values are the
/// caller's care.
void insert_rows(Transaction& t, std::string_view table, const std::vector<std::string_view>& columns,
                 const std::vector<std::vector<Value>>& rows);

}  // namespace releve::store
