// SPDX-License-Identifier: EUPL-1.2
// The care services and the applications that a general hospital usually has (data/usual.json): they stand
// in, "default, not confirmed", for those of a hospital that has sent its machines and its directory and has
// not described its care yet. So its first result needs no spreadsheet.
#pragma once

#include "prepare/cartography/defaults.hpp"
#include "prepare/cartography/registered.hpp"

#include <string>
#include <vector>

namespace releve::cartography {

struct UsualService {
  std::string id;
  std::string name;
  Sector sector = Sector::other;
};

struct UsualApplication {
  std::string id;
  std::string name;
  ApplicationRole role = ApplicationRole::other;
};

struct UsualTable {
  std::string version;
  std::vector<UsualService> services;
  std::vector<UsualApplication> applications;
  std::string source;
  Confidence confidence = Confidence::expert;
};

struct Usual {
  UsualTable table;
  std::string hash;  // of its text: part of what an assessment went in with
};

/// Strict. Errors: those of json.hpp, and defaults.row_twice; `where` names the file and the row.
Result<Usual> read_usual(std::string_view json);

/// draw_cartography(), with the usual services when machines are known and no service is, and the usual
/// applications when neither an application nor a dependency is. Beds that nobody has said are those of the
/// registry; a site that shares the hospital's system is a service of its own. Findings say so. Answers about
/// what was assumed are taken as of any other element.
Cartography draw_hospital(std::string facility, std::vector<Source> sources, std::span<const Answer> answers,
                          const Usual& usual, const Registered& registered = {});

constexpr auto describe(UsualService*) {
  return Fields{field<&UsualService::id>("identity", {.min_length = 1, .max_length = 64}),
                field<&UsualService::name>("name", {.min_length = 1, .max_length = 200}),
                field<&UsualService::sector>("kind of care")};
}

constexpr auto describe(UsualApplication*) {
  return Fields{field<&UsualApplication::id>("identity", {.min_length = 1, .max_length = 64}),
                field<&UsualApplication::name>("name", {.min_length = 1, .max_length = 200}),
                field<&UsualApplication::role>("what it is for")};
}

constexpr auto describe(UsualTable*) {
  return Fields{field<&UsualTable::version>("date of the table"),
                field<&UsualTable::services>("care services", {.max_length = 200}),
                field<&UsualTable::applications>("applications", {.max_length = 200}),
                field<&UsualTable::source>("where this comes from", {.min_length = 1, .max_length = 1000}),
                field<&UsualTable::confidence>("how sure it is")};
}

}  // namespace releve::cartography
