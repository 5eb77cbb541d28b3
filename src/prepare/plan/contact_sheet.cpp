// SPDX-License-Identifier: EUPL-1.2
#include "prepare/plan/contact_sheet.hpp"

#include "foundation/base/person_name.hpp"
#include "foundation/base/reach.hpp"
#include "foundation/base/text.hpp"
#include "intake/people_list.hpp"
#include "intake/registry_builder.hpp"

#include <algorithm>
#include <array>
#include <map>

namespace releve::plan {

namespace {

using intake::ListedPerson;
using intake::own_column;
using intake::PeopleColumn;

constexpr std::size_t most_contacts = 5'000;  // as a plan holds (document.hpp)
constexpr std::size_t emergency_number = 2;   // digits: 15, 17, 18

enum Own : std::size_t { group, checked, note, source, own_columns };

constexpr std::array<intake::ColumnTitle, 26> titles{{
    {"personne ou organisme", PeopleColumn::family_name},
    {"organisme", PeopleColumn::family_name},
    {"person or body", PeopleColumn::family_name},
    {"numero hors de l hopital", PeopleColumn::phone},
    {"number outside the hospital", PeopleColumn::phone},
    {"autre numero", PeopleColumn::mobile},
    {"autre telephone", PeopleColumn::mobile},
    {"telephone 2", PeopleColumn::mobile},
    {"other number", PeopleColumn::mobile},
    {"other phone", PeopleColumn::mobile},
    {"adresse hors de l hopital", PeopleColumn::mail},
    {"address outside the hospital", PeopleColumn::mail},
    {"groupe", own_column(group)},
    {"type", own_column(group)},
    {"categorie", own_column(group)},
    {"group", own_column(group)},
    {"verifie le", own_column(checked)},
    {"verifie", own_column(checked)},
    {"checked on", own_column(checked)},
    {"checked", own_column(checked)},
    {"note", own_column(note)},
    {"remarque", own_column(note)},
    {"commentaire", own_column(note)},
    {"comment", own_column(note)},
    {"remark", own_column(note)},
    {"source", own_column(source)},
}};

/// As it is read aloud and dialled.
std::string spaced(const std::string& number) {
  if (number.size() != 10 || number.front() != '0') {
    return number;
  }
  std::string text;
  for (std::size_t i = 0; i < number.size(); i += 2) {
    text.append(i == 0 ? "" : " ").append(number, i, 2);
  }
  return text;
}

/// The groups by the words of both languages.
std::map<std::string, ContactGroup> group_words(const Catalogue& catalogue) {
  std::map<std::string, ContactGroup> words;
  for (const auto& entry : describe(static_cast<ContactGroup*>(nullptr)).entries) {
    words.emplace(entry.text, entry.value);
    for (const char* language : {"fr", "en"}) {
      words.emplace(fold(catalogue.say(language, "ui.plan.group." + std::string(entry.text))), entry.value);
    }
  }
  words.emplace("personnel", ContactGroup::staff);
  return words;
}

/// The rooms that a list of people shares with others are read; here its own columns get their meaning.
class Meaning {
 public:
  Meaning(const Catalogue& catalogue, const std::string& today, Findings& findings)
      : groups_(group_words(catalogue)), today_(today), findings_(findings) {}

  ListedContact of(ListedPerson one) {
    ListedContact listed;
    listed.line = one.line;
    if (one.phone.empty()) {
      std::swap(one.phone, one.mobile);
    }
    listed.said.name = std::move(one.name);
    listed.said.post = std::move(one.post);
    listed.said.phone = spaced(one.phone);
    listed.said.other_phone = spaced(one.mobile);
    listed.said.mail = std::move(one.mail);
    listed.said.checked = day(one.own[checked], listed);
    constexpr std::size_t longest_note = 4'000;
    listed.said.note = shorten(one.own[note], longest_note);
    listed.said.source = intake::one_line(one.own[source]);
    listed.group = group_of(one.own[group], listed);
    return listed;
  }

 private:
  std::string day(const std::string& cell, const ListedContact& of) {
    std::string day = intake::registry_day(cell);
    if (!cell.empty() && (day.empty() || day > today_)) {
      bad("plan.contact_bad_day", cell, of);
      return {};
    }
    return day;
  }

  std::optional<ContactGroup> group_of(const std::string& cell, const ListedContact& of) {
    const auto found = groups_.find(fold(cell));
    if (found != groups_.end()) {
      return found->second;
    }
    if (!cell.empty()) {
      bad("plan.contact_bad_group", cell, of);
    }
    return std::nullopt;
  }

  void bad(std::string code, const std::string& cell, const ListedContact& of) {
    findings_.add(Severity::warning,
                  message(std::move(code), {{"name", of.said.name}, {"value", shorten(cell, 60)}}), {},
                  of.line);
  }

  std::map<std::string, ContactGroup> groups_;
  const std::string& today_;
  Findings& findings_;
};

bool is_mobile(const std::string& number) {
  const auto phones = phones_in(number);
  return std::any_of(phones.begin(), phones.end(), takes_texts);
}

/// The numbers of a contact once a file gave these. A contact keeps the order of its numbers: beside a known
/// one the other stands, and a number alone takes the place of one of its kind, then an empty one.
std::pair<std::string, std::string> numbers_with(const std::string& phone, const std::string& other_phone,
                                                 std::vector<std::string> given) {
  const auto known = [&](const std::string& number) {
    return same_phone(number, phone) || same_phone(number, other_phone);
  };
  if (given.size() == 2 && !known(given[0]) && !known(given[1])) {
    return {given[0], given[1]};
  }
  const bool beside_a_known_one = given.size() == 2;
  const bool first_stays =
      beside_a_known_one &&
      std::any_of(given.begin(), given.end(), [&](const auto& one) { return same_phone(one, phone); });
  std::erase_if(given, known);
  if (given.empty()) {
    return {phone, other_phone};
  }
  const std::string& number = given.front();
  // A field with several numbers is of no kind.
  const bool of_first_kind =
      phone.empty() || (phones_in(phone).size() < 2 && is_mobile(phone) == is_mobile(number));
  if (beside_a_known_one ? !first_stays : of_first_kind) {
    return {number, other_phone};
  }
  return {phone, number};
}

/// Brings a contact up to date by what a file says of him.
void bring_up_to_date(CrisisContact& contact, const ListedContact& listed) {
  const CrisisContact& said = listed.said;
  std::vector<std::string> given{said.phone, said.other_phone};
  std::erase(given, "");
  auto [phone, other_phone] = numbers_with(contact.phone, contact.other_phone, std::move(given));
  const bool other_number = phone != contact.phone || other_phone != contact.other_phone;
  contact.phone = std::move(phone);
  contact.other_phone = std::move(other_phone);
  for (const auto member :
       {&CrisisContact::post, &CrisisContact::mail, &CrisisContact::note, &CrisisContact::source}) {
    if (!(said.*member).empty()) {
      contact.*member = said.*member;
    }
  }
  contact.checked = other_number ? said.checked : std::max(contact.checked, said.checked);
  contact.group = listed.group.value_or(contact.group);
}

/// Who of a directory is meant by a line.
class Matcher {
 public:
  Matcher(const std::vector<CrisisContact>& directory, const std::vector<ListedContact>& listed)
      : directory_(directory) {
    for (std::size_t i = 0; i < directory.size(); ++i) {
      there_[name_key(directory[i].name)].push_back(i);
    }
    for (const ListedContact& one : listed) {
      ++lines_[name_key(one.said.name)];
    }
  }

  static constexpr std::size_t nobody = static_cast<std::size_t>(-1);

  /// nobody: somebody new. Nothing: it cannot be told who.
  std::optional<std::size_t> who(const CrisisContact& said) const {
    const std::string key = name_key(said.name);
    const auto place = there_.find(key);
    if (place == there_.end()) {
      return nobody;
    }
    std::vector<std::size_t> by_post;
    std::copy_if(place->second.begin(), place->second.end(), std::back_inserter(by_post),
                 [&](std::size_t one) { return fold(directory_[one].post) == fold(said.post); });
    if (by_post.size() == 1) {
      return by_post.front();
    }
    if (place->second.size() == 1 && lines_.at(key) == 1) {
      return place->second.front();
    }
    if (by_post.empty() && !said.post.empty()) {
      return nobody;
    }
    return std::nullopt;
  }

 private:
  const std::vector<CrisisContact>& directory_;
  std::map<std::string, std::vector<std::size_t>> there_;
  std::map<std::string, int> lines_;
};

}  // namespace

intake::Imported<std::vector<ListedContact>> read_contacts(const intake::Workbook& book,
                                                           const std::string& file,
                                                           const Catalogue& catalogue,
                                                           const std::string& today) {
  auto read =
      intake::read_people(book, file,
                          {titles, own_columns, most_contacts, emergency_number,
                           [](const ListedPerson& one) { return name_key(one.name) + "|" + fold(one.post); },
                           "plan.contact_twice"});
  Findings findings;
  findings.in_file(file);
  Meaning meaning(catalogue, today, findings);
  intake::Imported<std::vector<ListedContact>> contacts;
  for (ListedPerson& one : read.value) {
    contacts.value.push_back(meaning.of(std::move(one)));
  }
  contacts.findings = std::move(read.findings);
  auto more = findings.take();
  std::move(more.begin(), more.end(), std::back_inserter(contacts.findings));
  return contacts;
}

TakenContacts take_contacts(std::vector<CrisisContact>& directory, const std::vector<ListedContact>& listed,
                            std::int64_t revision,
                            const std::function<std::string(const ListedContact&)>& fresh_id) {
  const std::vector<CrisisContact> before = directory;
  const Matcher matcher(before, listed);
  std::vector<bool> met(before.size(), false);
  TakenContacts taken;
  Findings findings;
  for (const ListedContact& one : listed) {
    const auto who = matcher.who(one.said);
    if (!who) {
      findings.add(Severity::warning, message("plan.contact_ambiguous", {{"name", one.said.name}}), {},
                   one.line);
    } else if (*who == Matcher::nobody) {
      directory.push_back(one.said);
      directory.back().id = fresh_id(one);
      directory.back().group = one.group.value_or(ContactGroup::staff);
      directory.back().revision = revision;
    } else {
      met[*who] = true;
      CrisisContact& contact = directory[*who];
      bring_up_to_date(contact, one);
      if (contact == before[*who]) {
        ++taken.same;
      } else {
        contact.revision = revision;
      }
    }
  }
  if (directory.size() > most_contacts) {
    findings.add(Severity::error,
                 message("plan.too_many_contacts", {{"most", std::to_string(most_contacts)}}));
  }
  taken.unlisted = std::count(met.begin(), met.end(), false);
  taken.findings = findings.take();
  return taken;
}

report::Table contacts_template(const Catalogue& catalogue, const std::string& language) {
  report::Table table =
      report::blank_table(catalogue, language, "plan.contacts",
                          std::array<std::string_view, 9>{"name", "post", "group", "phone", "other_phone",
                                                          "mail", "checked", "note", "source"});
  constexpr std::size_t group_column = 2;
  for (const auto& entry : describe(static_cast<ContactGroup*>(nullptr)).entries) {
    table.columns[group_column].allowed.push_back(
        catalogue.say(language, "ui.plan.group." + std::string(entry.text)));
  }
  return table;
}

}  // namespace releve::plan
