// SPDX-License-Identifier: EUPL-1.2
#include "fuzz.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  return releve::fuzz::read_registry(releve::intake::read_finess_plus, releve::fuzz::text_of(data, size));
}
