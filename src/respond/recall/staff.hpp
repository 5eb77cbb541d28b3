// SPDX-License-Identifier: EUPL-1.2
// The people of a facility who can be called in a crisis, as its own spreadsheet lists them.
#pragma once

#include "foundation/base/time.hpp"
#include "foundation/describe/describe.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace releve::recall {

/// By what somebody is reached. Kept sealed.
struct Contact {
  std::string phone;
  std::string mobile;  // takes text messages
  std::string mail;
  bool operator==(const Contact&) const = default;
};

struct StaffMember {
  std::string id;  // kept from one import to the next as long as name and unit stay
  std::string name;
  std::string site;
  std::string unit;
  std::string post;
  std::vector<std::string> skills;
  Contact contact;
  std::int64_t source_row = 0;  // in the file that was imported
  bool operator==(const StaffMember&) const = default;
};

/// Some of a directory: whoever has all of what is asked for. Empty members ask for nothing.
struct StaffFilter {
  std::string q;  // words of name, post, unit, site or skills
  std::string site;
  std::string unit;
  std::string skill;
  bool operator==(const StaffFilter&) const = default;
};

/// One row of the table `staff_directory`: where a facility's directory comes from.
struct StaffDirectory {
  std::string facility;
  std::string file;
  std::int64_t people = 0;
  Instant imported{};
  std::string imported_by;
};

constexpr auto describe(Contact*) {
  return Fields{field<&Contact::phone>("telephone, in digits"),
                field<&Contact::mobile>("takes text messages, in digits"),
                field<&Contact::mail>("address for mail")};
}

constexpr auto describe(StaffMember*) {
  return Fields{field<&StaffMember::id>("identity"),
                field<&StaffMember::name>("family name and first name"),
                field<&StaffMember::site>("where"),
                field<&StaffMember::unit>("service or unit"),
                field<&StaffMember::post>("function"),
                field<&StaffMember::skills>("what he or she can do"),
                field<&StaffMember::contact>("how to reach"),
                field<&StaffMember::source_row>("line of the imported file")};
}

constexpr auto describe(StaffFilter*) {
  constexpr Rules asked{.max_length = 200, .optional = true};
  return Fields{field<&StaffFilter::q>("words of name, function, unit, site or skills", asked),
                field<&StaffFilter::site>("of this site", asked),
                field<&StaffFilter::unit>("of this unit", asked),
                field<&StaffFilter::skill>("with this skill", asked)};
}

constexpr auto describe(StaffDirectory*) {
  return Fields{field<&StaffDirectory::facility>("whose"),
                field<&StaffDirectory::file>("name of the imported file"),
                field<&StaffDirectory::people>("how many"), field<&StaffDirectory::imported>("when"),
                field<&StaffDirectory::imported_by>("by whom")};
}

}  // namespace releve::recall
