// SPDX-License-Identifier: EUPL-1.2
// Any bytes as a spreadsheet: no crash, bounds kept. Bytes that start with "<" are packed as the one sheet of
// a workbook, so that the search is not stopped by the archive around it. Seeds: fuzz/corpus/xlsx.
#include "foundation/base/text.hpp"
#include "intake/readers.hpp"
#include "intake/xlsx_for_tests.hpp"

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

static std::string packed_sheet(std::string_view xml) {
  using namespace releve::intake;
  Parts parts =
      one_sheet("", "<si><t>poste</t></si>", R"(<cellXfs><xf numFmtId="0"/><xf numFmtId="22"/></cellXfs>)");
  parts[3].second = xml;
  return zip_of(parts, "zip:compression=store");
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace releve::intake;
  Limits limits;
  limits.max_bytes = 20'000'000;
  limits.max_cells = 50'000;
  limits.max_text_bytes = 1'000'000;
  std::string bytes(reinterpret_cast<const char*>(data), size);
  if (bytes.starts_with('<')) {
    bytes = packed_sheet(bytes);
  }
  const auto book = read_xlsx_bytes(bytes, "fuzz.xlsx", limits, {});
  std::uint64_t cells = 0;
  for (const Sheet& sheet : book.value.sheets) {
    for (const auto& row : sheet.rows) {
      cells += row.size();
      if (row.size() > max_sheet_columns || (!row.empty() && row.back().empty())) {
        std::abort();
      }
      for (const std::string& cell : row) {
        if (!releve::is_valid_utf8(cell)) {
          std::abort();
        }
      }
    }
    if (sheet.rows.size() > max_sheet_rows) {
      std::abort();
    }
  }
  if (cells > limits.max_cells) {
    std::abort();
  }
  return 0;
}
