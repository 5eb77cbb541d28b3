// SPDX-License-Identifier: EUPL-1.2
// Described structs as rows: the third thing that describe() gives, after JSON and the schema. A table of T
// has the columns columns_of<T>(); instants are milliseconds, booleans 0 and 1, enumerations their names,
// lists, maps and nested structs JSON text.
//
//   t.query("select " + column_list<Job>() + " from job"), then from_row<Job>(row)
//   t.execute(insert_into<Job>("job"), bindings_of(job))
#pragma once

#include "foundation/describe/columns.hpp"
#include "foundation/store/database.hpp"

#include <string>
#include <vector>

namespace releve::store {

namespace detail {

template <class V>
Value to_value(const V& value) {
  if constexpr (releve::detail::IsOptional<V>::value) {
    return value ? to_value(*value) : Value();
  } else if constexpr (std::is_same_v<V, Instant>) {
    return std::int64_t{value.time_since_epoch().count()};
  } else if constexpr (std::is_same_v<V, bool>) {
    return std::int64_t{value};
  } else if constexpr (std::is_integral_v<V>) {
    RELEVE_CHECK(std::in_range<std::int64_t>(value), "a column holds 64 bits with a sign");
    return static_cast<std::int64_t>(value);
  } else if constexpr (std::is_floating_point_v<V>) {
    return static_cast<double>(value);
  } else if constexpr (std::is_same_v<V, std::string>) {
    return value;
  } else if constexpr (NamedEnum<V>) {
    return std::string(text_of(value));
  } else {
    return to_json(value);
  }
}

template <class V>
V from_cell(const Row& row, std::size_t column) {
  if constexpr (releve::detail::IsOptional<V>::value) {
    return row.is_null(column) ? V() : V(from_cell<typename V::value_type>(row, column));
  } else if constexpr (std::is_same_v<V, Instant>) {
    return Instant(Instant::duration(row.integer(column)));
  } else if constexpr (std::is_same_v<V, bool>) {
    return row.integer(column) != 0;
  } else if constexpr (std::is_integral_v<V>) {
    RELEVE_CHECK(std::in_range<V>(row.integer(column)), "the stored number fits its member");
    return static_cast<V>(row.integer(column));
  } else if constexpr (std::is_floating_point_v<V>) {
    return static_cast<V>(row.real(column));
  } else if constexpr (std::is_same_v<V, std::string>) {
    return row.text(column);
  } else if constexpr (NamedEnum<V>) {
    const auto value = value_of<V>(row.text(column));
    RELEVE_CHECK(value, "the stored name is one of the enumeration: " + row.text(column));
    return *value;
  } else {
    auto value = from_json<V>(row.text(column));
    RELEVE_CHECK(value.ok(), "the stored JSON reads back");
    return std::move(value).value();
  }
}

}  // namespace detail

/// "id, facility, kind"
template <Described T>
std::string column_list(std::string_view prefix = "") {
  std::string list;
  for_each_field<T>([&](const auto& field) {
    using F = std::remove_cvref_t<decltype(field)>;
    list.append(list.empty() ? "" : ", ").append(prefix).append(F::name);
  });
  return list;
}

/// ":id, :facility, :kind"
template <Described T>
std::string parameter_list() {
  return column_list<T>(":");
}

template <Described T>
std::string insert_into(std::string_view table) {
  return "insert into " + std::string(table) + " (" + column_list<T>() + ") values (" + parameter_list<T>() +
         ")";
}

template <Described T>
std::vector<Binding> bindings_of(const T& value) {
  std::vector<Binding> bindings;
  for_each_field<T>([&](const auto& field) {
    using F = std::remove_cvref_t<decltype(field)>;
    bindings.push_back({F::name, detail::to_value(value.*F::member)});
  });
  return bindings;
}

/// Of an answer whose columns are column_list<T>().
template <Described T>
T from_row(const Row& row) {
  T value{};
  std::size_t column = 0;
  for_each_field<T>([&](const auto& field) {
    using F = std::remove_cvref_t<decltype(field)>;
    value.*F::member = detail::from_cell<typename F::Type>(row, column++);
  });
  return value;
}

}  // namespace releve::store
