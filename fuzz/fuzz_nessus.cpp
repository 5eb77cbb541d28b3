// SPDX-License-Identifier: EUPL-1.2
#include "foundation/base/result.hpp"
#include "intake/readers.hpp"

#include <cstddef>
#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace releve::intake;
  Limits limits;
  limits.max_token_bytes = 4'000;
  limits.max_objects = 200;
  MemorySource source({reinterpret_cast<const char*>(data), size});
  const auto read = read_nessus(source, "fuzz", limits, {});
  for (const ScannedHost& host : read.value.hosts) {
    RELEVE_CHECK(!host.ip.empty() || !host.fqdn.empty() || !host.netbios.empty(), "a kept host has a name");
    RELEVE_CHECK(host.weaknesses.size() + host.ports.size() <= limits.max_objects, "the limit holds");
  }
  return 0;
}
