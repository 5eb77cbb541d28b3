// SPDX-License-Identifier: EUPL-1.2
// Any bytes as CSV: no crash, bounds kept, valid UTF-8 out. Seeds: fuzz/corpus/csv.
#include "foundation/base/text.hpp"
#include "intake/readers.hpp"

#include <cstdint>
#include <cstdlib>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace releve::intake;
  MemorySource source({reinterpret_cast<const char*>(data), size});
  const auto book = read_csv(source, "fuzz.csv", {}, {});
  for (const Sheet& sheet : book.value.sheets) {
    for (const auto& row : sheet.rows) {
      if (row.size() > max_sheet_columns || (!row.empty() && row.back().empty())) {
        std::abort();
      }
      for (const std::string& cell : row) {
        if (!releve::is_valid_utf8(cell) || cell.find('\0') != std::string::npos) {
          std::abort();
        }
      }
    }
  }
  return 0;
}
