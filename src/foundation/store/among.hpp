// SPDX-License-Identifier: EUPL-1.2
// "Only these": a filter by a list of identities, for one SQL text on both engines and any length.
#pragma once

#include "foundation/store/database.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace releve::store {

/// A condition that holds when the column is one of the identities bound to :name by one_text(), or when that
/// is null. Without "like": an identity may hold a sign that would match any other.
inline std::string among(std::string_view column, std::string_view name) {
  const std::string parameter = "cast(:" + std::string(name) + " as text)";
  return "(" + parameter + " is null or replace(" + parameter + ", '|' || " + std::string(column) +
         " || '|', '') <> " + parameter + ")";
}

/// "|a|b|"; nothing: all. An empty identity is among none. One with the separator in it is a Bug.
inline Value one_text(const std::optional<std::vector<std::string>>& identities) {
  if (!identities) {
    return {};
  }
  std::string text;
  for (const std::string& one : *identities) {
    RELEVE_CHECK(!one.empty() && one.find('|') == std::string::npos, "an identity has no separator in it");
    text.append(text.empty() ? "|" : "").append(one).append("|");
  }
  return text;
}

}  // namespace releve::store
