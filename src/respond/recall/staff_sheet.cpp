// SPDX-License-Identifier: EUPL-1.2
#include "respond/recall/staff_sheet.hpp"

#include "foundation/base/reach.hpp"
#include "foundation/base/text.hpp"
#include "intake/people_list.hpp"

#include <algorithm>
#include <array>

namespace releve::recall {

namespace {

using intake::ListedPerson;
using intake::own_column;

enum Own : std::size_t { site, unit, skills, own_columns };

constexpr std::array<intake::ColumnTitle, 15> titles{{
    {"site", own_column(site)},
    {"etablissement", own_column(site)},
    {"service unite", own_column(unit)},
    {"service", own_column(unit)},
    {"unite", own_column(unit)},
    {"unit", own_column(unit)},
    {"department", own_column(unit)},
    {"ward", own_column(unit)},
    {"unite fonctionnelle", own_column(unit), true},
    {"uf", own_column(unit), true},
    {"pole", own_column(unit), true},
    {"competences", own_column(skills)},
    {"competence", own_column(skills)},
    {"skills", own_column(skills)},
    {"skill", own_column(skills)},
}};

std::vector<std::string> skills_of(const std::string& cell) {
  constexpr std::size_t most_skills = 30;
  std::string one_separator = cell;
  std::replace_if(
      one_separator.begin(), one_separator.end(), [](char c) { return c == ';' || c == '/' || c == '\n'; },
      ',');
  std::vector<std::string> list;
  for (const auto part : split(one_separator, ',')) {
    std::string skill = shorten(trim(part), 100);
    if (!skill.empty() && list.size() < most_skills &&
        std::find(list.begin(), list.end(), skill) == list.end()) {
      list.push_back(std::move(skill));
    }
  }
  return list;
}

}  // namespace

intake::Imported<std::vector<StaffMember>> read_staff(const intake::Workbook& book, const std::string& file) {
  auto read = intake::read_people(
      book, file,
      {titles, own_columns, most_people, inner_number,
       [](const ListedPerson& one) { return fold(one.name) + "|" + fold(intake::one_line(one.own[unit])); },
       "staff.twice", true});
  Findings unreachable;
  unreachable.in_file(file);
  intake::Imported<std::vector<StaffMember>> staff;
  staff.findings = std::move(read.findings);
  for (ListedPerson& one : read.value) {
    if (!takes_texts(one.mobile) && takes_texts(one.phone)) {
      std::swap(one.phone, one.mobile);  // a list with one column of telephones has mobiles in it
    }
    staff.value.push_back({{},
                           std::move(one.name),
                           intake::one_line(one.own[site]),
                           intake::one_line(one.own[unit]),
                           std::move(one.post),
                           skills_of(one.own[skills]),
                           {std::move(one.phone), std::move(one.mobile), std::move(one.mail)},
                           one.line});
    if (const StaffMember& member = staff.value.back(); member.contact == Contact{}) {
      unreachable.add(Severity::warning, message("staff.unreachable", {{"name", member.name}}), {}, one.line);
    }
  }
  auto more = unreachable.take();
  std::move(more.begin(), more.end(), std::back_inserter(staff.findings));
  return staff;
}

report::Table staff_template(const Catalogue& catalogue, const std::string& language) {
  return report::blank_table(catalogue, language, "staff",
                             std::array<std::string_view, 9>{"name", "first_name", "site", "unit", "skills",
                                                             "post", "phone", "mobile", "mail"});
}

}  // namespace releve::recall
