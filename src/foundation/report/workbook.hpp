// SPDX-License-Identifier: EUPL-1.2
// Tables as spreadsheets that people fill in, print or send on: XLSX (libxlsxwriter) and CSV.
// Pure functions of their arguments, thread-safe; the same tables give the same bytes.
//
// No cell is ever a formula: what users typed comes back as the text they typed. In CSV, where a program
// may take "=..." for a formula, a leading apostrophe keeps it a text.
#pragma once

#include "foundation/base/catalogue.hpp"
#include "foundation/base/result.hpp"
#include "foundation/base/time.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <variant>
#include <vector>

namespace releve::report {

/// A text (empty: an empty cell) or a number. A number that is not finite gives an empty cell.
using Cell = std::variant<std::string, double>;

struct Column {
  std::string title;
  double width = 20;                 // in characters of the standard font
  std::string note;                  // shown when the pointer rests on the title; empty: none
  std::vector<std::string> allowed;  // the only values that Excel lets people enter; empty: any
  bool operator==(const Column&) const = default;
};

struct Table {
  std::string name;  // of the tab; made acceptable to Excel (31 characters, no []:*?/\, no two alike)
  std::vector<Column> columns;
  std::vector<std::vector<Cell>>
      rows;  // a short row is filled up with empty cells; cells past the columns too
  bool operator==(const Table&) const = default;
};

/// What a file depends on besides its tables.
struct Writing {
  std::string temp_dir;  // for temporary files; empty: that of the system
  Instant created{
      std::chrono::seconds(315532800)};  // written in the properties; 1980-01-01, as zip's own zero
};

/// Excel's bounds. A longer text is cut and ends with "…".
inline constexpr std::size_t most_rows = 1'048'575;  // below the titles
inline constexpr std::size_t most_columns = 16'384;
inline constexpr std::size_t most_cell_characters = 32'767;

/// The hidden last tab of long lists. Readers of our own files pass over it.
inline constexpr const char* lists_tab = "_listes";

/// An XLSX file: one tab per table, titles bold, frozen and with filters, notes, lists of allowed values
/// (long lists and values with a comma stand on a hidden last tab). Errors: "report.no_table",
/// "report.too_many_rows", "report.too_many_columns". A full disk is an EnvironmentFailure.
Result<std::string> write_xlsx(std::span<const Table> tables, const Writing& writing = {});

/// A table to be filled in: the words of the tab are <code>.tab, of a column <code>.column.<name> and, for
/// its note, <code>.column.<name>.note.
Table blank_table(const Catalogue& catalogue, std::string_view language, const std::string& code,
                  std::span<const std::string_view> columns);

/// CSV for French Excel: UTF-8 with its mark, ";", lines ended by CR LF. Numbers have a decimal point.
std::string write_csv(const Table& table);

}  // namespace releve::report
