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

constexpr std::array<ColumnTitle, 39> common_titles{{
    {"nom", PeopleColumn::family_name},
    {"nom de famille", PeopleColumn::family_name},
    {"nom usuel", PeopleColumn::family_name},
    {"nom prenom", PeopleColumn::family_name},
    {"nom prenoms", PeopleColumn::family_name},
    {"nom et prenom", PeopleColumn::family_name},
    {"nom et prenoms", PeopleColumn::family_name},
    {"prenom nom", PeopleColumn::family_name},
    {"prenom et nom", PeopleColumn::family_name},
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

/// Titles have these among other words: "Tél. portable", "N° de GSM", "Adresse mail". A portable telephone is
/// a mobile.
constexpr std::array<ColumnTitle, 12> words_of_titles{{
    {"portable", PeopleColumn::mobile},
    {"mobile", PeopleColumn::mobile},
    {"gsm", PeopleColumn::mobile},
    {"cell", PeopleColumn::mobile},
    {"mail", PeopleColumn::mail},
    {"email", PeopleColumn::mail},
    {"courriel", PeopleColumn::mail},
    {"mel", PeopleColumn::mail},
    {"tel", PeopleColumn::phone},
    {"telephone", PeopleColumn::phone},
    {"phone", PeopleColumn::phone},
    {"fixe", PeopleColumn::phone},
}};

constexpr std::size_t absent = static_cast<std::size_t>(-1);

const ColumnTitle* title_of(const std::string& folded, const PeopleList& list) {
  for (const auto& titles : {list.titles, std::span<const ColumnTitle>(common_titles)}) {
    const auto found = std::find_if(titles.begin(), titles.end(),
                                    [&](const ColumnTitle& one) { return one.folded == folded; });
    if (found != titles.end()) {
      return &*found;
    }
  }
  return nullptr;
}

const ColumnTitle* title_by_word(const std::string& folded) {
  const auto words = split(folded, ' ');
  const auto found =
      std::find_if(words_of_titles.begin(), words_of_titles.end(), [&](const ColumnTitle& one) {
        return std::find(words.begin(), words.end(), one.folded) != words.end();
      });
  return found == words_of_titles.end() ? nullptr : &*found;
}

/// The lines below the titles.
using Rows = std::span<const std::vector<std::string>>;

/// Cells of a column of which that is true; all that are filled in.
struct Share {
  std::size_t some = 0;
  std::size_t filled = 0;

  bool most() const { return 2 * some > filled; }
};

template <class Is>
Share share_of(Rows rows, std::size_t column, Is is) {
  Share share;
  for (const auto& row : rows) {
    if (column < row.size() && !row[column].empty()) {
      ++share.filled;
      share.some += is(row[column]) ? 1U : 0U;
    }
  }
  return share;
}

/// Somebody outside can be called by it: a day, a grade and the number of a ward have other digits.
bool is_for_calling(const std::string& cell) {
  constexpr std::size_t digits = 10;
  const std::string number = tidy_phone(cell);
  return is_mail_address(cell) || number.starts_with('+') ||
         (number.size() == digits && number.starts_with('0') && !number.starts_with("00"));
}

/// Which column holds what: by its whole title, else by a second choice or by a word of it.
class Columns {
 public:
  Columns(const std::vector<std::string>& titles, Rows below, const PeopleList& list)
      : places_(static_cast<std::size_t>(own_column(list.own_columns)), absent) {
    std::vector<std::size_t> others;
    for (std::size_t i = 0; i < titles.size(); ++i) {
      const ColumnTitle* title = title_of(fold(titles[i]), list);
      if (title == nullptr || title->second_choice) {
        others.push_back(i);
      } else if (!take(*title, i)) {
        twice.push_back(titles[i]);
      }
    }
    for (const std::size_t i : others) {
      const std::string folded = fold(titles[i]);
      const ColumnTitle* title = title_of(folded, list);
      const ColumnTitle* by_word = title_by_word(folded);
      const bool known = title != nullptr ? take(*title, i)
                                          : by_word != nullptr && holds(below, i, by_word->column, list) &&
                                                take(*by_word, i);
      if (!known && !titles[i].empty()) {
        unknown.push_back(i);
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

  std::vector<std::size_t> unknown;
  std::vector<std::string> twice;

 private:
  std::size_t at(PeopleColumn column) const { return places_[static_cast<std::size_t>(column)]; }

  /// False: another one is that already.
  bool take(const ColumnTitle& title, std::size_t place) {
    if (at(title.column) != absent) {
      return false;
    }
    places_[static_cast<std::size_t>(title.column)] = place;
    return true;
  }

  /// "Date du mail" is no address: of a word alone one is sure when the cells agree.
  static bool holds(Rows rows, std::size_t place, PeopleColumn column, const PeopleList& list) {
    const Share share = share_of(rows, place, [&](const std::string& cell) {
      return column == PeopleColumn::mail ? is_mail_address(cell)
                                          : !tidy_phone(cell, list.shortest_number).empty();
    });
    return share.filled == 0 || share.most();
  }

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
      const Columns columns(sheet.rows[row], Rows(sheet.rows).subspan(row + 1), list);
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

/// Two of one name, each with a mobile or an address of his own, and none in common.
bool are_homonyms(const ListedPerson& a, const ListedPerson& b) {
  const auto both = [](const std::string& one, const std::string& other) {
    return !one.empty() && !other.empty();
  };
  const bool mobiles = both(a.mobile, b.mobile);
  const bool mails = both(a.mail, b.mail);
  return (mobiles || mails) && !(mobiles && a.mobile == b.mobile) && !(mails && fold(a.mail) == fold(b.mail));
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
    const std::string mobile = columns_.cell(row, PeopleColumn::mobile);
    const std::string address = columns_.cell(row, PeopleColumn::mail);
    person.mobile = tidy_phone(mobile, list_.shortest_number);
    person.mail = is_mail_address(address) ? address : "";
    std::vector<std::size_t>& namesakes = seen_[list_.identity(person)];
    for (const std::size_t one : namesakes) {
      if (const ListedPerson& before = people[one]; !list_.homonyms || !are_homonyms(before, person)) {
        findings_.add(
            Severity::warning,
            message(std::string(list_.twice), {{"name", person.name}, {"line", std::to_string(before.line)}}),
            {}, number);
        return;
      }
    }
    person.phone = phone(columns_.cell(row, PeopleColumn::phone), person);
    person.mobile = phone(mobile, person);
    person.mail = mail(address, person);
    namesakes.push_back(people.size());
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
  std::map<std::string, std::vector<std::size_t>> seen_;  // by identity: places in `people`
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
  const std::vector<std::string>& titles = rows[heading->row];
  const Rows below = Rows(rows).subspan(heading->row + 1);
  const Columns columns(titles, below, list);
  if (!columns.reaches()) {
    return fault(message("people.no_contact_column"));
  }
  const auto title_line = static_cast<std::int64_t>(heading->row + 1);
  for (const std::size_t column : columns.unknown) {
    const std::string title = shorten(titles[column], 80);
    const Share share = share_of(below, column, is_for_calling);
    if (share.most()) {
      findings.add(
          Severity::warning,
          message("people.unread_numbers", {{"title", title}, {"cells", std::to_string(share.some)}}), {},
          title_line);
    } else {
      findings.add(Severity::note, message("people.unknown_column", {{"title", title}}), {}, title_line);
    }
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
