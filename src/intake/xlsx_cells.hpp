// SPDX-License-Identifier: EUPL-1.2
// The parts of a workbook that hold values: shared strings, number formats, the cells of one sheet.
// Private to the XLSX reader.
#pragma once

#include "intake/sheet_grid.hpp"
#include "intake/xlsx_values.hpp"
#include "intake/xlsx_xml.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace releve::intake::xlsx {

/// The strings that cells name by number. One block of memory: a workbook may hold a million.
class SharedStrings {
 public:
  void add(std::string_view text) {
    block_ += text;
    ends_.push_back(block_.size());
  }

  std::optional<std::string_view> get(std::size_t index) const;

  std::size_t count() const { return ends_.size(); }

  std::size_t bytes() const { return block_.size(); }

 private:
  std::string block_;
  std::vector<std::size_t> ends_;
};

/// What a worksheet needs to give its cells a meaning.
struct CellBook {
  SharedStrings strings;
  std::vector<Shown> styles;  // by the s attribute of a cell
  bool from_1904 = false;
};

/// Each reads one part; false when the workbook cannot be used (the finding is added).
bool read_strings(ByteSource& source, const std::string& part, const Limits& limits, Findings& findings,
                  SharedStrings& strings);
bool read_styles(ByteSource& source, const std::string& part, const Limits& limits, Findings& findings,
                 std::vector<Shown>& styles);
bool read_cells(ByteSource& source, const std::string& part, const Limits& limits, Findings& findings,
                const CellBook& book, SheetGrid& grid);

/// The finding for an error of the archive or of its XML.
void add_error(Findings& findings, const Error& error);

}  // namespace releve::intake::xlsx
