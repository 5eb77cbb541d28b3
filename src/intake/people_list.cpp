// SPDX-License-Identifier: EUPL-1.2
#include "intake/people_list.hpp"

#include "foundation/base/reach.hpp"
#include "foundation/base/text.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <optional>

namespace releve::intake {

namespace {

constexpr std::array<ColumnTitle, 34> common_titles{{
    {"nom", PeopleColumn::family_name},
    {"nom de famille", PeopleColumn::family_name},
    {"nom usuel", PeopleColumn::family_name},
    {"nom prenom", PeopleColumn::family_name},
    {"name", PeopleColumn::family_name},
    {"family name", PeopleColumn::family_name},
    {"last name", PeopleColumn::family_name},
    {"surname", PeopleColumn::family_name},
    {"full name", PeopleColumn::family_name},
    {"prenom", PeopleColumn::first_name},
    {"first name", PeopleColumn::first_name},
    {"given name", PeopleColumn::first_name},
    {"fonction", PeopleColumn::post},
    {"metier", PeopleColumn::post},
    {"grade", PeopleColumn::post},
    {"function", PeopleColumn::post},
    {"role", PeopleColumn::post},
    {"job title", PeopleColumn::post},
    {"telephone", PeopleColumn::phone},
    {"tel", PeopleColumn::phone},
    {"telephone fixe", PeopleColumn::phone},
    {"fixe", PeopleColumn::phone},
    {"phone", PeopleColumn::phone},
    {"landline", PeopleColumn::phone},
    {"mobile", PeopleColumn::mobile},
    {"portable", PeopleColumn::mobile},
    {"telephone portable", PeopleColumn::mobile},
    {"mobile phone", PeopleColumn::mobile},
    {"cell phone", PeopleColumn::mobile},
    {"courriel", PeopleColumn::mail},
    {"e mail", PeopleColumn::mail},
    {"email", PeopleColumn::mail},
    {"mail", PeopleColumn::mail},
    {"adresse electronique", PeopleColumn::mail},
}};

constexpr std::size_t absent = static_cast<std::size_t>(-1);

std::optional<PeopleColumn> column_of(std::string_view cell, const PeopleList& list) {
  const std::string folded = fold(cell);
  for (const auto& titles : {list.titles, std::span<const ColumnTitle>(common_titles)}) {
    const auto found = std::find_if(titles.begin(), titles.end(),
                                    [&](const ColumnTitle& one) { return one.folded == folded; });
    if (found != titles.end()) {
      return found->column;
    }
  }
  return std::nullopt;
}

/// Which column holds what.
class Columns {
 public:
  Columns(const std::vector<std::string>& titles, const PeopleList& list)
      : places_(static_cast<std::size_t>(own_column(list.own_columns)), absent) {
    for (std::size_t i = 0; i < titles.size(); ++i) {
      const auto column = column_of(titles[i], list);
      if (!column) {
        if (!titles[i].empty()) {
          unknown.push_back(titles[i]);
        }
      } else if (at(*column) == absent) {
        places_[static_cast<std::size_t>(*column)] = i;
      } else {
        twice.push_back(titles[i]);
      }
    }
  }

  bool names() const { return at(PeopleColumn::family_name) != absent; }

  bool reaches() const {
    return at(PeopleColumn::phone) != absent || at(PeopleColumn::mobile) != absent ||
           at(PeopleColumn::mail) != absent;
  }

  std::string cell(const std::vector<std::string>& row, PeopleColumn column) const {
    return at(column) < row.size() ? row[at(column)] : std::string();
  }

  std::vector<std::string> unknown;
  std::vector<std::string> twice;

 private:
  std::size_t at(PeopleColumn column) const { return places_[static_cast<std::size_t>(column)]; }

  std::vector<std::size_t> places_;
};

struct Heading {
  const Sheet* sheet = nullptr;
  std::size_t row = 0;
};

/// A title line stands among the first lines: above it some write what the file is. A tab of services has
/// names too: the first that also says how to reach them comes before it.
std::optional<Heading> heading_of(const Workbook& book, const PeopleList& list) {
  constexpr std::size_t most_lines_above = 20;
  std::optional<Heading> names_alone;
  for (const Sheet& sheet : book.sheets) {
    for (std::size_t row = 0; row < std::min(sheet.rows.size(), most_lines_above); ++row) {
      const Columns columns(sheet.rows[row], list);
      if (columns.names() && columns.reaches()) {
        return Heading{&sheet, row};
      }
      if (columns.names() && !names_alone) {
        names_alone = Heading{&sheet, row};
      }
    }
  }
  return names_alone;
}

/// Reads line by line, and remembers who was there already.
class Reading {
 public:
  Reading(const PeopleList& list, const Columns& columns, Findings& findings)
      : list_(list), columns_(columns), findings_(findings) {}

  void line(const std::vector<std::string>& row, std::int64_t number) {
    ListedPerson person;
    const std::string family_name = columns_.cell(row, PeopleColumn::family_name);
    const std::string first_name = columns_.cell(row, PeopleColumn::first_name);
    person.name = one_line(std::string(trim(family_name + " " + first_name)));
    if (family_name.empty()) {
      if (std::any_of(row.begin(), row.end(), [](const std::string& cell) { return !cell.empty(); })) {
        findings_.add(Severity::warning, message("people.no_name"), {}, number);
      }
      return;
    }
    person.post = one_line(columns_.cell(row, PeopleColumn::post));
    for (std::size_t i = 0; i < list_.own_columns; ++i) {
      person.own.push_back(columns_.cell(row, own_column(i)));
    }
    person.line = number;
    const auto [before, fresh] = seen_.emplace(list_.identity(person), number);
    if (!fresh) {
      findings_.add(Severity::warning,
                    message(std::string(list_.twice),
                            {{"name", person.name}, {"line", std::to_string(before->second)}}),
                    {}, number);
      return;
    }
    person.phone = phone(columns_.cell(row, PeopleColumn::phone), person);
    person.mobile = phone(columns_.cell(row, PeopleColumn::mobile), person);
    person.mail = mail(columns_.cell(row, PeopleColumn::mail), person);
    people.push_back(std::move(person));
  }

  std::vector<ListedPerson> people;

 private:
  std::string phone(const std::string& cell, const ListedPerson& of) {
    std::string number = tidy_phone(cell, list_.shortest_number);
    if (number.empty() && !cell.empty()) {
      bad("people.bad_phone", cell, of);
    }
    return number;
  }

  std::string mail(const std::string& cell, const ListedPerson& of) {
    if (cell.empty() || is_mail_address(cell)) {
      return cell;
    }
    bad("people.bad_mail", cell, of);
    return {};
  }

  void bad(std::string code, const std::string& cell, const ListedPerson& of) {
    constexpr std::size_t shown = 60;
    findings_.add(Severity::warning,
                  message(std::move(code), {{"name", of.name}, {"value", shorten(cell, shown)}}), {},
                  of.line);
  }

  const PeopleList& list_;
  const Columns& columns_;
  Findings& findings_;
  std::map<std::string, std::int64_t> seen_;
};

}  // namespace

std::string one_line(const std::string& cell) {
  std::string text = cell;
  std::replace_if(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < ' '; }, ' ');
  constexpr std::size_t longest = 200;
  return shorten(text, longest);
}

Imported<std::vector<ListedPerson>> read_people(const Workbook& book, const std::string& file,
                                                const PeopleList& list) {
  Findings findings;
  findings.in_file(file);
  const auto fault = [&](Message what) {
    findings.add(Severity::error, std::move(what));
    return Imported<std::vector<ListedPerson>>{{}, findings.take()};
  };
  const auto heading = heading_of(book, list);
  if (!heading) {
    return fault(message("people.no_title_line"));
  }
  const auto& rows = heading->sheet->rows;
  const Columns columns(rows[heading->row], list);
  if (!columns.reaches()) {
    return fault(message("people.no_contact_column"));
  }
  const auto title_line = static_cast<std::int64_t>(heading->row + 1);
  for (const std::string& title : columns.unknown) {
    findings.add(Severity::note, message("people.unknown_column", {{"title", shorten(title, 80)}}), {},
                 title_line);
  }
  for (const std::string& title : columns.twice) {
    findings.add(Severity::warning, message("sheet.column_twice", {{"title", shorten(title, 80)}}), {},
                 title_line);
  }
  if (rows.size() - heading->row - 1 > list.most) {
    return fault(message("people.too_many", {{"most", std::to_string(list.most)}}));
  }
  Reading reading(list, columns, findings);
  for (std::size_t row = heading->row + 1; row < rows.size(); ++row) {
    reading.line(rows[row], static_cast<std::int64_t>(row + 1));
  }
  if (reading.people.empty()) {
    return fault(message("people.nobody"));
  }
  return {std::move(reading.people), findings.take()};
}

}  // namespace releve::intake
