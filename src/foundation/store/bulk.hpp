// SPDX-License-Identifier: EUPL-1.2
// Many rows at once, for the rooms that load whole registries.
#pragma once

#include "foundation/store/described_rows.hpp"

#include <string_view>
#include <vector>

namespace releve::store {

/// Inserts rows many times faster than as many statements would: one statement kept ready over SQLite, COPY
/// over PostgreSQL. Each row has a value for each column, in their order. Part of the transaction like any
/// statement, and under the same rules, save that PostgreSQL converts: the kinds of the values are the
/// caller's care.
void insert_rows(Transaction& t, std::string_view table, const std::vector<std::string_view>& columns,
                 const std::vector<std::vector<Value>>& rows);

/// The same for described structs, a block at a time.
template <Described T>
void insert_all(Transaction& t, std::string_view table, const std::vector<T>& list) {
  std::vector<std::string_view> columns;
  for_each_field<T>(
      [&](const auto& field) { columns.push_back(std::remove_cvref_t<decltype(field)>::name); });
  constexpr std::size_t block = 5'000;
  std::vector<std::vector<Value>> rows;
  for (const T& one : list) {
    std::vector<Value>& row = rows.emplace_back();
    for (auto& binding : bindings_of(one)) {
      row.push_back(std::move(binding.value));
    }
    if (rows.size() == block || &one == &list.back()) {
      insert_rows(t, table, columns, rows);
      rows.clear();
    }
  }
}

}  // namespace releve::store
