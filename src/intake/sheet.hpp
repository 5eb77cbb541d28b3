// SPDX-License-Identifier: EUPL-1.2
// A spreadsheet as rows of text, whatever wrote it (XLSX or CSV). Meaning is given by the cartography.
//
// A cell is what its reader would see, in one spelling for all programs: dates as yyyy-mm-dd or
// yyyy-mm-ddThh:mm, times as hh:mm, logical values as "true" and "false", numbers with "." and without the
// noise of binary fractions. A formula counts by its last computed value. Text that begins with = + - @ is
// text like any other: it is never evaluated, and is escaped only where we write a file (report).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace releve::intake {

/// Beyond these a file is an extract of a database, not a spreadsheet that somebody keeps.
inline constexpr std::size_t max_sheet_rows = 200'000;
inline constexpr std::size_t max_sheet_columns = 512;

struct Sheet {
  std::string name;                            // tab name; the file's stem for CSV
  std::vector<std::vector<std::string>> rows;  // trailing empty cells and rows removed; UTF-8, trimmed
};

struct Workbook {
  std::vector<Sheet> sheets;
};

}  // namespace releve::intake
