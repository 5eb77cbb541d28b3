// SPDX-License-Identifier: EUPL-1.2
#include "fuzz.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace releve;
  const intake::Limits limits = fuzz::small_limits();
  intake::MemorySource source(fuzz::text_of(data, size));
  const auto read = intake::read_sharphound(source, "fuzz", limits, {});
  if (!read.usable()) {
    return 0;
  }
  const intake::Directory& directory = read.value;
  RELEVE_CHECK(directory.relations.size() <= limits.max_edges, "the limit of relations holds");
  RELEVE_CHECK(std::ranges::is_sorted(directory.relations), "relations are sorted");
  for (const intake::DirectoryObject& object : directory.objects) {
    RELEVE_CHECK(object.domain < directory.domains.size(), "an object has a domain");
    RELEVE_CHECK(is_valid_utf8(object.name), "a name is text");
  }
  for (const intake::DirectoryRelation& relation : directory.relations) {
    RELEVE_CHECK(std::max(relation.source, relation.target) < directory.objects.size(),
                 "a relation joins two objects");
  }
  return 0;
}
