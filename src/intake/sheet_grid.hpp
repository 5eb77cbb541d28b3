// SPDX-License-Identifier: EUPL-1.2
// A sheet while it is being read: keeps it within its bounds, whatever the order of the cells.
#pragma once

#include "intake/imported.hpp"
#include "intake/sheet.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace releve::intake {

/// "C7" for the zero-based row 6 and column 2.
std::string cell_address(std::size_t row, std::size_t column);

/// Trimmed (no-break spaces too), lines ended by "\n", no other control character than the tab.
std::string tidy_cell(std::string_view text);

/// What the sheets of one workbook have used of its limits.
struct SheetSpending {
  std::uint64_t cells = 0;  // places held, a row counting as one more
  std::uint64_t text_bytes = 0;
};

/// Invariant: within the bounds of sheet.hpp and Limits; rows end with a cell that holds something.
class SheetGrid {
 public:
  /// The references must outlive the grid. Not thread-safe.
  SheetGrid(std::string name, const Limits& limits, SheetSpending& spending, Findings& findings);
  /// False when a bound is passed: an error finding tells which, and reading should stop. An empty text
  /// takes no place, so formats spread to the last column cost nothing.
  bool put(std::size_t row, std::size_t column, std::string_view text);

  const std::string& name() const { return sheet_.name; }

  /// "Postes!C7", for findings.
  std::string place(std::size_t row, std::size_t column) const;

  Sheet take() { return std::move(sheet_); }

 private:
  bool refuse(const char* code, std::uint64_t limit, std::size_t row, std::size_t column);

  const Limits& limits_;
  SheetSpending& spending_;
  Findings& findings_;
  Sheet sheet_;
};

}  // namespace releve::intake
