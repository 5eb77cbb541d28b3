// SPDX-License-Identifier: EUPL-1.2
#include "intake/readers.hpp"

#include <cstddef>
#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace releve::intake;
  MemorySource source(std::string_view(reinterpret_cast<const char*>(data), size));
  const Limits limits{.max_bytes = 10'000'000,
                      .max_archive_entries = 50,
                      .max_depth = 16,
                      .max_token_bytes = 100'000,
                      .max_edges = 2'000,
                      .max_objects = 500};
  read_epss(source, "seed_users", limits, Watch{});
  return 0;
}
