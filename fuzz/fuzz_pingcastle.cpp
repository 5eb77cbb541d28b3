// SPDX-License-Identifier: EUPL-1.2
#include "fuzz.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace releve;
  const intake::Limits limits = fuzz::small_limits();
  intake::MemorySource source(fuzz::text_of(data, size));
  const auto read = intake::read_pingcastle(source, "fuzz", limits, {});
  RELEVE_CHECK(read.value.rules.size() <= limits.max_objects, "the limit holds");
  return 0;
}
