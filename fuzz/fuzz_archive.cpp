// SPDX-License-Identifier: EUPL-1.2
#include "fuzz.hpp"
#include "intake/archive.hpp"

#include <array>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace releve;
  const intake::Limits limits = fuzz::small_limits();
  const std::string_view bytes = fuzz::text_of(data, size);
  for (const intake::Packing packing : {intake::Packing::zip, intake::Packing::gzip}) {
    intake::MemorySource source(bytes);
    intake::Archive archive(source, packing, limits);
    std::uint32_t entries = 0;
    std::uint64_t unpacked = 0;
    while (const auto entry = archive.next()) {
      ++entries;
      RELEVE_CHECK(is_valid_utf8(entry->name) && entry->name.find('/') == std::string::npos,
                   "a name can be shown, and is no path");
      std::array<char, 4096> block{};
      while (const std::size_t got = archive.read(block)) {
        unpacked += got;
      }
    }
    RELEVE_CHECK(entries <= limits.max_archive_entries, "the limit of entries holds");
    RELEVE_CHECK(unpacked <= limits.max_bytes, "the limit of bytes holds");
  }
  return 0;
}
