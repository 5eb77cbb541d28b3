// SPDX-License-Identifier: EUPL-1.2
#include "fuzz.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  for (const char* name : {"", "a.csv", "A.XLSX", "bloodhound.zip"}) {
    releve::intake::recognise(name, releve::fuzz::text_of(data, size));
  }
  return 0;
}
