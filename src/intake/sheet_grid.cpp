// SPDX-License-Identifier: EUPL-1.2
#include "intake/sheet_grid.hpp"

#include <algorithm>

namespace releve::intake {
namespace {

bool is_control(char c) {
  return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
}

/// Bytes of blank at the start of `text`: ASCII blanks, U+00A0, U+202F (French thousands), U+FEFF.
std::size_t leading_blank(std::string_view text) {
  if (text.front() == ' ' || is_control(text.front())) {
    return 1;
  }
  if (text.starts_with("\xC2\xA0")) {
    return 2;
  }
  return text.starts_with("\xE2\x80\xAF") || text.starts_with("\xEF\xBB\xBF") ? 3 : 0;
}

std::size_t trailing_blank(std::string_view text) {
  if (text.back() == ' ' || is_control(text.back())) {
    return 1;
  }
  if (text.ends_with("\xC2\xA0")) {
    return 2;
  }
  return text.ends_with("\xE2\x80\xAF") || text.ends_with("\xEF\xBB\xBF") ? 3 : 0;
}

std::string_view trim_cell(std::string_view text) {
  while (!text.empty()) {
    const std::size_t blank = leading_blank(text);
    if (blank == 0) {
      break;
    }
    text.remove_prefix(blank);
  }
  while (!text.empty()) {
    const std::size_t blank = trailing_blank(text);
    if (blank == 0) {
      break;
    }
    text.remove_suffix(blank);
  }
  return text;
}

}  // namespace

std::string cell_address(std::size_t row, std::size_t column) {
  std::string letters;
  for (std::size_t rest = column + 1; rest > 0; rest = (rest - 1) / 26) {
    letters.insert(letters.begin(), static_cast<char>('A' + (rest - 1) % 26));
  }
  return letters + std::to_string(row + 1);
}

std::string tidy_cell(std::string_view text) {
  text = trim_cell(text);
  std::string out(text);
  if (std::none_of(text.begin(), text.end(), is_control)) {
    return out;
  }
  out.clear();
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '\r') {
      const bool with_line_feed = at + 1 < text.size() && text[at + 1] == '\n';
      out += with_line_feed ? "" : "\n";
    } else if (is_control(c) && c != '\n' && c != '\t') {
      out += ' ';
    } else {
      out += c;
    }
  }
  return out;
}

SheetGrid::SheetGrid(std::string name, const Limits& limits, SheetSpending& spending, Findings& findings)
    : limits_(limits), spending_(spending), findings_(findings), sheet_{std::move(name), {}} {}

std::string SheetGrid::place(std::size_t row, std::size_t column) const {
  return sheet_.name + "!" + cell_address(row, column);
}

bool SheetGrid::refuse(const char* code, std::uint64_t limit, std::size_t row, std::size_t column) {
  findings_.add(Severity::error,
                message(code, {{"sheet", sheet_.name},
                               {"cell", cell_address(row, column)},
                               {"limit", std::to_string(limit)}}),
                place(row, column));
  return false;
}

bool SheetGrid::put(std::size_t row, std::size_t column, std::string_view text) {
  std::string tidy = tidy_cell(text);
  if (tidy.empty()) {
    return true;
  }
  if (column >= max_sheet_columns) {
    return refuse("import.sheet_too_wide", max_sheet_columns, row, column);
  }
  if (row >= max_sheet_rows) {
    return refuse("import.sheet_too_long", max_sheet_rows, row, column);
  }
  auto& rows = sheet_.rows;
  if (row >= rows.size()) {
    spending_.cells += row + 1 - rows.size();
    if (spending_.cells > limits_.max_cells) {
      return refuse("import.sheet_too_many_cells", limits_.max_cells, row, column);
    }
    rows.resize(row + 1);
  }
  auto& cells = rows[row];
  if (column >= cells.size()) {
    // Memory is what is bounded, so the capacity is what is counted.
    const std::size_t held = cells.capacity();
    if (column >= held) {
      const std::size_t like_above = row > 0 ? rows[row - 1].size() : 0;
      const std::size_t wanted = std::min(max_sheet_columns, std::max({column + 1, like_above, held * 2}));
      spending_.cells += wanted - held;
      if (spending_.cells > limits_.max_cells) {
        return refuse("import.sheet_too_many_cells", limits_.max_cells, row, column);
      }
      cells.reserve(wanted);
    }
    cells.resize(column + 1);
  }
  spending_.text_bytes += tidy.size();
  if (spending_.text_bytes > limits_.max_text_bytes) {
    return refuse("import.sheet_too_much_text", limits_.max_text_bytes, row, column);
  }
  cells[column] = std::move(tidy);
  return true;
}

}  // namespace releve::intake
