// SPDX-License-Identifier: EUPL-1.2
#include "fuzz.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace releve;
  const intake::Limits limits = fuzz::small_limits();
  intake::MemorySource source(fuzz::text_of(data, size));
  const auto read = intake::read_csv(source, "fuzz.csv", limits, {});
  for (const intake::Sheet& sheet : read.value.sheets) {
    for (const auto& row : sheet.rows) {
      for (const std::string& cell : row) {
        RELEVE_CHECK(cell.find('\0') == std::string::npos, "no NUL comes through");
      }
    }
  }
  return fuzz::check_book(read.value, limits);
}
