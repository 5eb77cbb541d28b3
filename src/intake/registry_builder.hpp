// SPDX-License-Identifier: EUPL-1.2
// What the readers of registries share: numbers as spreadsheets spoil them, days, departments, and a value
// that holds each number once. Not thread-safe.
#pragma once

#include "intake/registry.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>

namespace releve::intake {

/// INSEE's code of a department: FINESS's "9A" is "971", a lone "1" is "01". Empty when it is none.
std::string insee_department(std::string_view text);

/// The department in which a commune lies ("97411" -> "974"); empty when it is no INSEE code.
std::string department_of_commune(std::string_view insee);

/// "1979-02-13" out of that or of "13/02/1979"; empty when it is no day.
std::string registry_day(std::string_view text);

/// Adds to an extract and says what was wrong, with the line (0: lines mean nothing) or the place.
class RegistryBuilder {
 public:
  /// The references must outlive the builder.
  RegistryBuilder(RegistryExtract& extract, Findings& findings, const Limits& limits)
      : extract_(extract), findings_(findings), limits_(limits) {}

  /// Where the next findings are.
  void at(std::int64_t line, std::string place = {}) {
    line_ = line;
    place_ = std::move(place);
  }

  /// A FINESS number; empty when it cannot be one, with a finding that names a number spoilt by a
  /// spreadsheet.
  std::string finess(std::string_view text);
  /// A SIRET (14) or SIREN (9); empty when it is none: a row is worth keeping without.
  std::string company_number(std::string_view text, std::size_t digits);
  std::string department(std::string_view text);
  std::string day(std::string_view text);
  /// A text on one line, bounded.
  std::string text(std::string_view text) const;

  /// Each keeps the first of a number. False: the limit is reached, nothing more should be read.
  bool add(LegalEntity entity);
  bool add(Site site);
  bool add(Capacity capacity);
  /// The group of this code, made when it is new.
  Group& group(const std::string& code);

  /// Says that nothing was found, unless something else was wrong already.
  void finish();

 private:
  using Seen = std::unordered_map<std::string, std::pair<std::size_t, std::int64_t>>;  // index and line

  /// True: the number is new.
  template <class Record>
  bool take(std::vector<Record>& list, Seen& seen, Record record);
  bool full();
  void warn(const char* code, std::string_view text);

  RegistryExtract& extract_;
  Findings& findings_;
  Limits limits_;
  std::int64_t line_ = 0;
  std::string place_;
  Seen entities_;
  Seen sites_;
  std::unordered_map<std::string, std::size_t> groups_;
  std::int64_t repeated_ = 0;
};

}  // namespace releve::intake
