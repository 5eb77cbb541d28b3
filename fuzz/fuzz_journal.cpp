// SPDX-License-Identifier: EUPL-1.2
// The reader of journals: what it accepts it writes and accepts again, unchanged.
#include "fuzz.hpp"
#include "respond/crisis/journal_file.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto first = releve::crisis::read_journal(releve::fuzz::text_of(data, size));
  if (first) {
    const std::string text = releve::crisis::write_journal(*first);
    const auto second = releve::crisis::read_journal(text);
    RELEVE_CHECK(second.ok() && releve::crisis::write_journal(*second) == text,
                 "a journal survives writing and reading");
  }
  return 0;
}
