// SPDX-License-Identifier: EUPL-1.2
#include "foundation/store/sql_text.hpp"

#include "foundation/base/text.hpp"

#include <algorithm>
#include <cmath>

namespace releve::store {
namespace {

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/// Calls copy(piece) for the text between parameters and parameter(name) for each of them, in order.
template <class Copy, class Parameter>
void walk(std::string_view sql, Copy copy, Parameter parameter) {
  std::size_t done = 0;
  std::size_t at = 0;
  while (at < sql.size()) {
    const char c = sql[at];
    const char next = at + 1 < sql.size() ? sql[at + 1] : '\0';
    if (c == '\'' || c == '"') {
      // A doubled quote inside a literal ends it and begins the next one: the same for our purpose.
      at = std::min(sql.find(c, at + 1), sql.size() - 1) + 1;
      continue;
    }
    RELEVE_CHECK(!(c == '-' && next == '-') && !(c == '/' && next == '*'), "no comments inside SQL");
    RELEVE_CHECK(c != ';' || trim(sql.substr(at + 1)).empty(), "one SQL statement at a time");
    if (c == ':' && next == ':') {
      at += 2;
      continue;
    }
    if (c != ':' || !is_word(next)) {
      ++at;
      continue;
    }
    std::size_t end = at + 1;
    while (end < sql.size() && is_word(sql[end])) {
      ++end;
    }
    copy(sql.substr(done, at - done));
    parameter(sql.substr(at + 1, end - at - 1));
    at = done = end;
  }
  copy(sql.substr(done));
}

void check_value(std::string_view name, const Value& value) {
  const auto* real = std::get_if<double>(&value);
  RELEVE_CHECK(!real || std::isfinite(*real), "the number for :" + std::string(name) + " is finite");
  const auto* text = std::get_if<std::string>(&value);
  if (text && (text->find('\0') != std::string::npos || !is_valid_utf8(*text))) {
    throw RefusedText(name);
  }
}

const Binding* find(const std::vector<Binding>& bindings, std::string_view name) {
  const auto found =
      std::find_if(bindings.begin(), bindings.end(), [&](const Binding& b) { return b.name == name; });
  return found == bindings.end() ? nullptr : &*found;
}

}  // namespace

RefusedText::RefusedText(std::string_view parameter)
    : Bug("the text for :" + std::string(parameter) + " has a NUL character or is not UTF-8"),
      parameter_(parameter) {}

Error RefusedText::error() const {
  return Error{ErrorKind::invalid, message("store.refused_text", {{"parameter", parameter_}}), {}};
}

void check_statement(std::string_view sql, const std::vector<Binding>& bindings) {
  std::vector<std::string_view> names;
  walk(sql, [](std::string_view) {}, [&](std::string_view name) { names.push_back(name); });
  for (const std::string_view name : names) {
    RELEVE_CHECK(find(bindings, name), "no value for the SQL parameter :" + std::string(name));
  }
  for (const Binding& binding : bindings) {
    const std::string shown(binding.name);
    RELEVE_CHECK(find(bindings, binding.name) == &binding, "two values for the SQL parameter :" + shown);
    RELEVE_CHECK(std::find(names.begin(), names.end(), binding.name) != names.end(),
                 "no SQL parameter :" + shown);
    check_value(binding.name, binding.value);
  }
}

void check_rows(std::string_view table, const std::vector<std::string_view>& columns,
                const std::vector<std::vector<Value>>& rows) {
  const auto is_name = [](std::string_view name) {
    return !name.empty() && std::all_of(name.begin(), name.end(), is_word);
  };
  RELEVE_CHECK(is_name(table) && std::all_of(columns.begin(), columns.end(), is_name),
               "the table and its columns are plain names");
  for (const std::vector<Value>& row : rows) {
    RELEVE_CHECK(row.size() == columns.size(), "a row has a value for each column");
    for (std::size_t i = 0; i < row.size(); ++i) {
      check_value(columns[i], row[i]);
    }
  }
}

std::string joined(const std::vector<std::string_view>& names) {
  std::string text;
  for (const std::string_view name : names) {
    text.append(text.empty() ? "" : ", ").append(name);
  }
  return text;
}

std::string with_casts(std::string_view sql, const std::vector<Binding>& bindings) {
  // In the order of Value; a nothing takes the kind of its surroundings.
  static constexpr std::string_view kinds[] = {"", "bigint", "double precision", "text"};
  std::string text;
  walk(
      sql, [&](std::string_view piece) { text += piece; },
      [&](std::string_view name) {
        const std::string parameter = ":" + std::string(name);
        const std::string_view kind = kinds[find(bindings, name)->value.index()];
        text += kind.empty() ? parameter : "cast(" + parameter + " as " + std::string(kind) + ")";
      });
  return text;
}

}  // namespace releve::store
