// SPDX-License-Identifier: EUPL-1.2
// JSON Schema (draft 2020-12, as OpenAPI 3.1 uses it) out of describe().
#pragma once

#include "foundation/describe/json.hpp"

#include <map>
#include <string>

namespace releve {

/// Components by type name, each already serialised.
using Schemas = std::map<std::string, std::string>;

namespace detail {

template <class T>
void write_schema(JsonWriter& writer, Schemas& components, const Rules& rules, std::string_view meaning);

template <Described T>
void add_component(Schemas& components) {
  const std::string type(name_of_type<T>());
  if (components.contains(type)) {
    return;
  }
  components[type] = "{}";  // a type may contain itself
  JsonWriter writer;
  writer.begin_object();
  writer.key("type");
  writer.text("object");
  writer.key("additionalProperties");
  writer.boolean(false);
  writer.key("required");
  writer.begin_array();
  for_each_field<T>([&](const auto& field) {
    using F = std::remove_cvref_t<decltype(field)>;
    if (!field.rules.optional) {
      writer.text(F::name);
    }
  });
  writer.end_array();
  writer.key("properties");
  writer.begin_object();
  for_each_field<T>([&](const auto& field) {
    using F = std::remove_cvref_t<decltype(field)>;
    writer.key(F::name);
    write_schema<typename F::Type>(writer, components, field.rules, field.meaning);
  });
  writer.end_object();
  writer.end_object();
  components[type] = writer.take();
}

void write_bounds(JsonWriter& writer, const Rules& rules);

template <class T>
void write_type(JsonWriter& writer, Schemas& components, const Rules& rules) {
  const auto type = [&](std::string_view text) {
    writer.key("type");
    writer.text(text);
  };
  if constexpr (std::is_same_v<T, bool>) {
    type("boolean");
  } else if constexpr (std::is_integral_v<T>) {
    type("integer");
    write_bounds(writer, rules);
  } else if constexpr (std::is_floating_point_v<T>) {
    type("number");
    write_bounds(writer, rules);
  } else if constexpr (std::is_convertible_v<const T&, std::string_view>) {
    type("string");
    if (rules.min_length > 0) {
      writer.key("minLength");
      writer.unsigned_integer(rules.min_length);
    }
    writer.key("maxLength");
    writer.unsigned_integer(rules.max_length);
  } else if constexpr (std::is_same_v<T, Instant>) {
    type("string");
    writer.key("format");
    writer.text("date-time");
  } else if constexpr (NamedEnum<T>) {
    type("string");
    writer.key("enum");
    writer.begin_array();
    for (const auto& entry : describe(static_cast<T*>(nullptr)).entries) {
      writer.text(entry.text);
    }
    writer.end_array();
  } else if constexpr (IsVector<T>::value) {
    type("array");
    writer.key("items");
    write_schema<typename T::value_type>(writer, components, Rules{}, "");
  } else if constexpr (IsMap<T>::value) {
    type("object");
    writer.key("additionalProperties");
    write_schema<typename T::mapped_type>(writer, components, Rules{}, "");
  } else {
    add_component<T>(components);
    writer.key("$ref");
    writer.text("#/components/schemas/" + std::string(name_of_type<T>()));
  }
}

template <class T>
void write_schema(JsonWriter& writer, Schemas& components, const Rules& rules, std::string_view meaning) {
  writer.begin_object();
  if constexpr (IsOptional<T>::value) {
    writer.key("anyOf");
    writer.begin_array();
    writer.begin_object();
    write_type<typename T::value_type>(writer, components, rules);
    writer.end_object();
    writer.begin_object();
    writer.key("type");
    writer.text("null");
    writer.end_object();
    writer.end_array();
  } else {
    write_type<T>(writer, components, rules);
  }
  if (!meaning.empty()) {
    writer.key("description");
    writer.text(meaning);
  }
  writer.end_object();
}

}  // namespace detail

/// The schema of T itself (a "$ref" for a described struct); its components are added to `components`.
template <class T>
std::string schema_of(Schemas& components) {
  JsonWriter writer;
  detail::write_schema<T>(writer, components, Rules{}, "");
  return writer.take();
}

}  // namespace releve
