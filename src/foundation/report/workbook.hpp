// SPDX-License-Identifier: EUPL-1.2
// Tables to spreadsheets.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "foundation/base/result.hpp"

namespace releve::report {

struct TableColumn {
  std::string title;
  double width = 16;                        // in characters
  std::string note;                         // shown on the header cell
  std::vector<std::string> allowed_values;  // a drop-down list in the sheet when not empty
};

struct Table {
  std::string name;  // tab; at most 31 characters
  std::vector<TableColumn> columns;
  std::vector<std::vector<std::string>> rows;  // cells that are plain numbers are written as numbers
};

Result<std::string> write_xlsx(std::span<const Table> tables);
std::string write_csv(const Table& table);

}  // namespace releve::report
