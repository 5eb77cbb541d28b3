// SPDX-License-Identifier: EUPL-1.2
// A spreadsheet as rows of text, whatever wrote it (XLSX or CSV). Meaning is given by the cartography.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace releve::intake {

struct Sheet {
  std::string name;  // tab name; the file's stem for CSV
  std::vector<std::vector<std::string>> rows;  // trailing empty cells and rows removed; UTF-8, trimmed
};

struct Workbook {
  std::vector<Sheet> sheets;
};

}  // namespace releve::intake
