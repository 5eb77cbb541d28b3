// SPDX-License-Identifier: EUPL-1.2
#include "foundation/base/reach.hpp"
#include "fuzz.hpp"
#include "intake/people_list.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace releve;
  constexpr std::array<intake::ColumnTitle, 1> titles{{{"service", intake::own_column(0)}}};
  constexpr std::size_t most = 200;
  const intake::Limits limits = fuzz::small_limits();
  intake::MemorySource source(fuzz::text_of(data, size));
  const auto book = intake::read_csv(source, "fuzz.csv", limits, {});
  const auto read = intake::read_people(
      book.value, "fuzz.csv",
      {titles, 1, most, inner_number, [](const intake::ListedPerson& one) { return one.name + one.own[0]; },
       "staff.twice"});
  RELEVE_CHECK(read.value.size() <= most, "bounded");
  RELEVE_CHECK(read.usable() != read.value.empty(), "a usable list names somebody");
  for (const intake::ListedPerson& one : read.value) {
    RELEVE_CHECK(!one.name.empty() && one.name.size() <= 200 && one.line > 0,
                 "everybody has a name and a line");
    RELEVE_CHECK(one.phone == tidy_phone(one.phone), "a number stays as it is");
    RELEVE_CHECK(one.mail.empty() || is_mail_address(one.mail), "an address is one");
  }
  return 0;
}
