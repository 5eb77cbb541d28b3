// SPDX-License-Identifier: EUPL-1.2
// A described struct as a row of text cells: SQL columns, CSV and XLSX headers. Only flat members
// (texts, numbers, booleans, enumerations, instants and optionals of them) have a column.
#pragma once

#include "foundation/base/result.hpp"
#include "foundation/base/text.hpp"
#include "foundation/base/time.hpp"
#include "foundation/describe/json.hpp"

#include <string>
#include <vector>

namespace releve {

/// How a column is kept in a database.
enum class ColumnType { text, integer, real };

struct Column {
  std::string name;
  ColumnType type = ColumnType::text;
  bool nullable = false;
};

namespace detail {

template <class T>
struct Unwrap {
  using type = T;
};

template <class T>
struct Unwrap<std::optional<T>> {
  using type = T;
};

}  // namespace detail

/// The columns that a table of T must have, in declared order. Lists, maps and nested structs are kept as
/// JSON text; booleans as 0 and 1; instants as milliseconds since 1970.
template <Described T>
std::vector<Column> columns_of() {
  std::vector<Column> columns;
  for_each_field<T>([&](const auto& field) {
    using F = std::remove_cvref_t<decltype(field)>;
    using V = typename detail::Unwrap<typename F::Type>::type;
    Column column;
    column.name = std::string(F::name);
    column.nullable = detail::IsOptional<typename F::Type>::value;
    if constexpr (std::is_floating_point_v<V>) {
      column.type = ColumnType::real;
    } else if constexpr (std::is_integral_v<V> || std::is_same_v<V, Instant>) {
      column.type = ColumnType::integer;
    }
    columns.push_back(std::move(column));
  });
  return columns;
}

}  // namespace releve
