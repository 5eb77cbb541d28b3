// SPDX-License-Identifier: EUPL-1.2
// Reads just enough of an SQL text to hold it to the rules of database.hpp. Pure.
#pragma once

#include "foundation/store/database.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace releve::store {

/// Thrown before the engine sees the value; Database::write() makes it an Error.
class RefusedText : public Bug {
 public:
  explicit RefusedText(std::string_view parameter);
  Error error() const;

 private:
  std::string parameter_;
};

/// Bug: comments, several statements, bindings that are not the parameters, numbers that are not finite.
/// RefusedText: a text with a NUL character or that is not UTF-8.
void check_statement(std::string_view sql, const std::vector<Binding>& bindings);

/// The same for rows that are inserted without a statement of their own.
void check_rows(std::string_view table, const std::vector<std::string_view>& columns,
                const std::vector<std::vector<Value>>& rows);

/// "a, b, c"
std::string joined(const std::vector<std::string_view>& names);

/// The text with every parameter cast to the kind of its value. Without it PostgreSQL would read the text
/// "12" as a number wherever a number belongs.
std::string with_casts(std::string_view sql, const std::vector<Binding>& bindings);

}  // namespace releve::store
