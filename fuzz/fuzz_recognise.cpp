// SPDX-License-Identifier: EUPL-1.2
#include "intake/readers.hpp"

#include <cstddef>
#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view head(reinterpret_cast<const char*>(data), size);
  for (const char* name : {"", "a.csv", "A.XLSX", "bloodhound.zip"}) {
    releve::intake::recognise(name, head);
  }
  return 0;
}
