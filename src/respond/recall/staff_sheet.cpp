// SPDX-License-Identifier: EUPL-1.2
#include "respond/recall/staff_sheet.hpp"

#include "foundation/base/text.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <optional>

namespace releve::recall {

namespace {

enum class Title { family_name, first_name, site, unit, skills, post, phone, mobile, mail };
constexpr std::size_t title_count = 9;

/// As fold() writes them: lower case, no accents, other signs as one blank.
struct Spelling {
  std::string_view folded;
  Title title;
};

constexpr std::array<Spelling, 46> spellings{{
    {"nom", Title::family_name},
    {"nom de famille", Title::family_name},
    {"nom usuel", Title::family_name},
    {"nom prenom", Title::family_name},
    {"name", Title::family_name},
    {"family name", Title::family_name},
    {"last name", Title::family_name},
    {"surname", Title::family_name},
    {"full name", Title::family_name},
    {"prenom", Title::first_name},
    {"first name", Title::first_name},
    {"given name", Title::first_name},
    {"site", Title::site},
    {"etablissement", Title::site},
    {"service unite", Title::unit},
    {"service", Title::unit},
    {"unite", Title::unit},
    {"unit", Title::unit},
    {"department", Title::unit},
    {"ward", Title::unit},
    {"competences", Title::skills},
    {"competence", Title::skills},
    {"skills", Title::skills},
    {"skill", Title::skills},
    {"fonction", Title::post},
    {"metier", Title::post},
    {"grade", Title::post},
    {"function", Title::post},
    {"role", Title::post},
    {"job title", Title::post},
    {"telephone", Title::phone},
    {"tel", Title::phone},
    {"telephone fixe", Title::phone},
    {"fixe", Title::phone},
    {"phone", Title::phone},
    {"landline", Title::phone},
    {"mobile", Title::mobile},
    {"portable", Title::mobile},
    {"telephone portable", Title::mobile},
    {"mobile phone", Title::mobile},
    {"cell phone", Title::mobile},
    {"courriel", Title::mail},
    {"e mail", Title::mail},
    {"email", Title::mail},
    {"mail", Title::mail},
    {"adresse electronique", Title::mail},
}};

constexpr std::size_t absent = static_cast<std::size_t>(-1);

std::optional<Title> title_of(std::string_view cell) {
  const std::string folded = fold(cell);
  const auto found = std::find_if(spellings.begin(), spellings.end(),
                                  [&](const Spelling& one) { return one.folded == folded; });
  return found == spellings.end() ? std::nullopt : std::optional(found->title);
}

/// Which column holds what.
class Columns {
 public:
  explicit Columns(const std::vector<std::string>& titles) {
    places_.fill(absent);
    for (std::size_t i = 0; i < titles.size(); ++i) {
      const auto title = title_of(titles[i]);
      if (!title) {
        if (!titles[i].empty()) {
          unknown.push_back(titles[i]);
        }
      } else if (at(*title) == absent) {
        places_[static_cast<std::size_t>(*title)] = i;
      } else {
        twice.push_back(titles[i]);
      }
    }
  }

  bool names() const { return at(Title::family_name) != absent; }

  bool reaches() const {
    return at(Title::phone) != absent || at(Title::mobile) != absent || at(Title::mail) != absent;
  }

  std::string cell(const std::vector<std::string>& row, Title title) const {
    return at(title) < row.size() ? row[at(title)] : std::string();
  }

  std::vector<std::string> unknown;
  std::vector<std::string> twice;

 private:
  std::size_t at(Title title) const { return places_[static_cast<std::size_t>(title)]; }

  std::array<std::size_t, title_count> places_{};
};

struct Heading {
  const intake::Sheet* sheet = nullptr;
  std::size_t row = 0;
};

/// A title line stands among the first lines: above it some write what the file is.
std::optional<Heading> heading_of(const intake::Workbook& book) {
  constexpr std::size_t most_lines_above = 20;
  for (const intake::Sheet& sheet : book.sheets) {
    for (std::size_t row = 0; row < std::min(sheet.rows.size(), most_lines_above); ++row) {
      if (Columns(sheet.rows[row]).names()) {
        return Heading{&sheet, row};
      }
    }
  }
  return std::nullopt;
}

std::string first_line(const std::string& cell) {
  std::string text = cell;
  std::replace_if(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < ' '; }, ' ');
  return shorten(text, 200);
}

std::vector<std::string> skills_of(const std::string& cell) {
  constexpr std::size_t most_skills = 30;
  std::string one_separator = cell;
  std::replace_if(
      one_separator.begin(), one_separator.end(), [](char c) { return c == ';' || c == '/' || c == '\n'; },
      ',');
  std::vector<std::string> skills;
  for (const auto part : split(one_separator, ',')) {
    std::string skill = shorten(trim(part), 100);
    if (!skill.empty() && skills.size() < most_skills &&
        std::find(skills.begin(), skills.end(), skill) == skills.end()) {
      skills.push_back(std::move(skill));
    }
  }
  return skills;
}

/// Reads line by line, and remembers who was there already.
class Reading {
 public:
  Reading(const Columns& columns, Findings& findings) : columns_(columns), findings_(findings) {}

  void line(const std::vector<std::string>& row, std::int64_t number) {
    StaffMember member;
    const std::string family_name = columns_.cell(row, Title::family_name);
    const std::string first_name = columns_.cell(row, Title::first_name);
    member.name = first_line(std::string(trim(family_name + " " + first_name)));
    if (family_name.empty()) {
      if (std::any_of(row.begin(), row.end(), [](const std::string& cell) { return !cell.empty(); })) {
        findings_.add(Severity::warning, message("staff.no_name"), {}, number);
      }
      return;
    }
    member.site = first_line(columns_.cell(row, Title::site));
    member.unit = first_line(columns_.cell(row, Title::unit));
    member.post = first_line(columns_.cell(row, Title::post));
    member.skills = skills_of(columns_.cell(row, Title::skills));
    member.source_row = number;
    const auto [before, fresh] = seen_.emplace(fold(member.name) + "|" + fold(member.unit), number);
    if (!fresh) {
      findings_.add(Severity::warning,
                    message("staff.twice", {{"name", member.name}, {"line", std::to_string(before->second)}}),
                    {}, number);
      return;
    }
    member.contact.phone = phone(columns_.cell(row, Title::phone), member.name, number);
    member.contact.mobile = phone(columns_.cell(row, Title::mobile), member.name, number);
    member.contact.mail = mail(columns_.cell(row, Title::mail), member.name, number);
    if (member.contact == Contact{}) {
      findings_.add(Severity::warning, message("staff.unreachable", {{"name", member.name}}), {}, number);
    }
    people.push_back(std::move(member));
  }

  std::vector<StaffMember> people;

 private:
  std::string phone(const std::string& cell, const std::string& name, std::int64_t line) {
    std::string number = tidy_phone(cell);
    if (number.empty() && !cell.empty()) {
      findings_.add(Severity::warning,
                    message("staff.bad_phone", {{"name", name}, {"value", shorten(cell, 60)}}), {}, line);
    }
    return number;
  }

  std::string mail(const std::string& cell, const std::string& name, std::int64_t line) {
    if (cell.empty() || is_mail_address(cell)) {
      return cell;
    }
    findings_.add(Severity::warning,
                  message("staff.bad_mail", {{"name", name}, {"value", shorten(cell, 60)}}), {}, line);
    return {};
  }

  const Columns& columns_;
  Findings& findings_;
  std::map<std::string, std::int64_t> seen_;
};

}  // namespace

std::string tidy_phone(const std::string& typed) {
  constexpr std::size_t fewest = 3;  // an inner number
  constexpr std::size_t most = 15;   // ITU-T E.164
  std::string digits;
  bool abroad = false;
  for (const char c : typed) {
    if (c >= '0' && c <= '9') {
      digits += c;
    } else if (c == '+' && digits.empty() && !abroad) {
      abroad = true;
    } else if (std::string_view(" .-/()\t").find(c) == std::string_view::npos &&
               static_cast<unsigned char>(c) < 0x80) {
      return {};
    }
  }
  if (digits.starts_with("00")) {
    digits.erase(0, 2);
    abroad = true;
  }
  if (digits.size() == 9 && !abroad && digits.front() != '0') {
    digits.insert(0, 1, '0');  // a spreadsheet took the number for a figure and dropped its zero
  }
  if (digits.size() < fewest || digits.size() > most) {
    return {};
  }
  return (abroad ? "+" : "") + digits;
}

bool is_mail_address(std::string_view text) {
  const auto at = text.find('@');
  if (at == 0 || at == std::string_view::npos || text.size() > 254 ||
      text.find('@', at + 1) != std::string_view::npos) {
    return false;
  }
  const std::string_view host = text.substr(at + 1);
  return std::all_of(text.begin(), text.end(),
                     [](char c) {
                       return c > ' ' && c < '\x7f' &&
                              std::string_view("<>,;:\\\"()[]").find(c) == std::string_view::npos;
                     }) &&
         host.find('.') != std::string_view::npos && !host.starts_with('.') && !host.ends_with('.');
}

intake::Imported<std::vector<StaffMember>> read_staff(const intake::Workbook& book, const std::string& file) {
  Findings findings;
  findings.in_file(file);
  const auto fault = [&](Message what) {
    findings.add(Severity::error, std::move(what));
    return intake::Imported<std::vector<StaffMember>>{{}, findings.take()};
  };
  const auto heading = heading_of(book);
  if (!heading) {
    return fault(message("staff.no_title_line"));
  }
  const Columns columns(heading->sheet->rows[heading->row]);
  if (!columns.reaches()) {
    return fault(message("staff.no_contact_column"));
  }
  const auto title_line = static_cast<std::int64_t>(heading->row + 1);
  for (const std::string& title : columns.unknown) {
    findings.add(Severity::note, message("staff.unknown_column", {{"title", shorten(title, 80)}}), {},
                 title_line);
  }
  for (const std::string& title : columns.twice) {
    findings.add(Severity::warning, message("sheet.column_twice", {{"title", shorten(title, 80)}}), {},
                 title_line);
  }
  const auto& rows = heading->sheet->rows;
  if (rows.size() - heading->row - 1 > most_people) {
    return fault(message("staff.too_many", {{"most", std::to_string(most_people)}}));
  }
  Reading reading(columns, findings);
  for (std::size_t row = heading->row + 1; row < rows.size(); ++row) {
    reading.line(rows[row], static_cast<std::int64_t>(row + 1));
  }
  if (reading.people.empty()) {
    return fault(message("staff.nobody"));
  }
  return {std::move(reading.people), findings.take()};
}

report::Table staff_template(const Catalogue& catalogue, const std::string& language) {
  const auto say = [&](const std::string& code) { return catalogue.say(language, code); };
  report::Table table{say("staff.tab"), {}, {}};
  for (const char* column :
       {"name", "first_name", "site", "unit", "skills", "post", "phone", "mobile", "mail"}) {
    const std::string code = std::string("staff.column.") + column;
    table.columns.push_back({say(code), 22, say(code + ".note"), {}});
  }
  return table;
}

}  // namespace releve::recall
