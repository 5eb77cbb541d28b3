// SPDX-License-Identifier: EUPL-1.2
// The rows behind this room. Private to it.
#pragma once

#include "foundation/base/time.hpp"
#include "foundation/describe/describe.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace releve::recall {

/// One row of the table `staff`.
struct StoredStaff {
  std::string id;
  std::string facility;
  std::int64_t place = 0;  // 1, 2, 3 by name
  std::string name;
  std::string site;
  std::string unit;
  std::string post;
  std::vector<std::string> skills;
  std::string words;    // all of the above as fold() writes it, to be searched
  std::string contact;  // sealed
  std::int64_t source_row = 0;
};

constexpr auto describe(StoredStaff*) {
  return Fields{field<&StoredStaff::id>("identity"),
                field<&StoredStaff::facility>("whose"),
                field<&StoredStaff::place>("1, 2, 3 by name"),
                field<&StoredStaff::name>("family name and first name"),
                field<&StoredStaff::site>("where"),
                field<&StoredStaff::unit>("service or unit"),
                field<&StoredStaff::post>("function"),
                field<&StoredStaff::skills>("what he or she can do"),
                field<&StoredStaff::words>("all of the above as it is searched"),
                field<&StoredStaff::contact>("sealed"),
                field<&StoredStaff::source_row>("line of the imported file")};
}

}  // namespace releve::recall
