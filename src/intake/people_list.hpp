// SPDX-License-Identifier: EUPL-1.2
// A list of people out of a spreadsheet: a line of titles, French or English, then one person per line. Pure.
//
// What each list has of its own (units, skills, groups) is said by the room that reads it; names, functions,
// numbers and addresses are read alike for all. Codes of the findings: people.*, sheet.column_twice.
#pragma once

#include "intake/imported.hpp"
#include "intake/sheet.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace releve::intake {

struct ListedPerson {
  std::string name;    // family name and first name
  std::string post;    // function
  std::string phone;   // as tidy_phone() writes it
  std::string mobile;  // likewise
  std::string mail;
  std::vector<std::string> own;  // cells of the list's own columns, as they stand
  std::int64_t line = 0;
};

enum class PeopleColumn : std::size_t { family_name, first_name, post, phone, mobile, mail, first_own };

/// The list's own column of this number, from 0 on.
constexpr PeopleColumn own_column(std::size_t number) {
  // NOLINTNEXTLINE(clang-analyzer-optin.core.EnumCastOutOfRange): past the last name the list's own go on
  return static_cast<PeopleColumn>(static_cast<std::size_t>(PeopleColumn::first_own) + number);
}

/// A title as fold() writes it: lower case, no accents, other signs as one blank.
struct ColumnTitle {
  std::string_view folded;
  PeopleColumn column;
  bool second_choice = false;  // only where no other title names this column
};

/// How one kind of list differs from the others.
struct PeopleList {
  std::span<const ColumnTitle> titles;  // besides those that every list may have
  std::size_t own_columns = 0;
  std::size_t most = 0;             // lines
  std::size_t shortest_number = 3;  // digits
  /// Two lines that give the same text are one person: the second is left out, with a finding of this code.
  std::string (*identity)(const ListedPerson&) = nullptr;
  std::string_view twice;
  bool homonyms = false;  // unless each has a mobile or an address of his own
};

/// The people of the first tab that has a column for names and one for numbers or addresses. Whoever cannot
/// be read is left out, with a finding that names the line; a number that is none is left out of its person.
/// An error finding: nothing of the file can be used.
Imported<std::vector<ListedPerson>> read_people(const Workbook& book, const std::string& file,
                                                const PeopleList& list);

/// A cell as one line of at most 200 bytes.
std::string one_line(const std::string& cell);

}  // namespace releve::intake
