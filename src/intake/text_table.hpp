// SPDX-License-Identifier: EUPL-1.2
// A table of text with ";" between its cells, record by record, for files too long to be held as a sheet
// (sheet.hpp). A record is a line: none of these files has a line break inside a cell. Each line is UTF-8 or
// else Windows-1252. Not thread-safe.
#pragma once

#include "intake/lines.hpp"

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace releve::intake {

class TextTable {
 public:
  /// No such column: the cell under it is empty.
  static constexpr std::size_t absent = static_cast<std::size_t>(-1);

  /// The references must outlive the table.
  TextTable(ByteSource& source, Findings& findings) : lines_(source, longest_line), findings_(findings) {}

  /// The next line that is not blank. False at the end.
  bool next();

  std::size_t width() const { return cells_.size(); }

  std::int64_t line() const { return line_; }

  /// Without blanks around it.
  std::string_view cell(std::size_t column) const {
    return column < cells_.size() ? std::string_view(cells_[column]) : std::string_view();
  }

  /// Names the columns by the present record, or by a list.
  void name_columns() { names_ = cells_; }

  void name_columns(std::initializer_list<std::string_view> names) {
    names_.assign(names.begin(), names.end());
  }

  std::size_t columns() const { return names_.size(); }

  /// The first of these names that a column has, whatever its case.
  std::size_t column(std::initializer_list<std::string_view> names) const;

  /// The last record has no line end of its own: it may have been cut.
  bool maybe_cut() const { return lines_.ended_without_newline(); }

  /// At the end: says that two encodings were mixed.
  void finish();

 private:
  static constexpr std::size_t longest_line = 64 * 1024;

  void split_line(std::string_view text);

  Lines lines_;
  Findings& findings_;
  std::vector<std::string> cells_;
  std::vector<std::string> names_;
  std::int64_t line_ = 0;
  std::int64_t first_utf8_ = 0;  // with a sign that is not ASCII
  std::int64_t first_other_ = 0;
};

}  // namespace releve::intake
