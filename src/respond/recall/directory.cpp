// SPDX-License-Identifier: EUPL-1.2
#include "respond/recall/directory.hpp"

#include "foundation/base/hash.hpp"
#include "foundation/base/id.hpp"
#include "foundation/base/reach.hpp"
#include "foundation/base/text.hpp"
#include "foundation/store/bulk.hpp"
#include "foundation/store/described_rows.hpp"
#include "intake/readers.hpp"
#include "respond/recall/staff_sheet.hpp"
#include "respond/recall/stored.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <utility>

namespace releve::recall {

using store::column_list;
using store::from_row;
using store::Transaction;

namespace {

std::string context_of(const std::string& id) {
  return "staff:" + id;
}

/// What makes somebody the same person in the next file; of two who have it in common, the mobile or the
/// address tells.
std::string identity_of(const StaffMember& member) {
  return fold(member.name) + "|" + fold(member.unit);
}

bool shares_a_number(const StaffMember& a, const StaffMember& b) {
  return (!a.contact.mobile.empty() && a.contact.mobile == b.contact.mobile) ||
         (!a.contact.mail.empty() && a.contact.mail == b.contact.mail);
}

using ByIdentity = std::multimap<std::string, StaffMember>;

/// Out of the directory as it was; nothing: somebody new.
template <class Is>
std::optional<StaffMember> taken_out(ByIdentity& before, const StaffMember& one, Is is) {
  const auto [first, last] = before.equal_range(identity_of(one));
  const auto found = std::find_if(first, last, [&](const auto& known) { return is(known.second); });
  return found == last ? std::nullopt : std::optional(std::move(before.extract(found).mapped()));
}

bool same_particulars(const StaffMember& a, const StaffMember& b) {
  return a.name == b.name && a.site == b.site && a.unit == b.unit && a.post == b.post &&
         a.skills == b.skills && a.contact == b.contact;
}

/// Files lose a column more often than people their mobiles.
std::optional<Message> mobiles_missing(const ByIdentity& before, const std::vector<StaffMember>& now) {
  const auto has_mobile = [](const StaffMember& one) { return takes_texts(one.contact.mobile); };
  const auto had =
      std::count_if(before.begin(), before.end(), [&](const auto& one) { return has_mobile(one.second); });
  const auto have = std::count_if(now.begin(), now.end(), has_mobile);
  if (have == 0 && had == 0) {
    return message("staff.no_mobile");
  }
  return have >= had ? std::nullopt
                     : std::optional(message("staff.fewer_mobiles", {{"now", std::to_string(have)},
                                                                     {"before", std::to_string(had)}}));
}

/// Asked of many: folds what is asked for once.
class Matcher {
 public:
  explicit Matcher(const StaffFilter& filter) : filter_(filter) {
    const std::string folded = fold(filter.q);
    for (const auto word : split(folded, ' ')) {
      if (!word.empty()) {
        words_.emplace_back(word);
      }
    }
  }

  bool matches(const StoredStaff& one) const {
    const auto has = [&](const std::string& skill) {
      return std::find(one.skills.begin(), one.skills.end(), skill) != one.skills.end();
    };
    return (filter_.site.empty() || one.site == filter_.site) &&
           (filter_.unit.empty() || one.unit == filter_.unit) &&
           (filter_.skill.empty() || has(filter_.skill)) &&
           std::all_of(words_.begin(), words_.end(),
                       [&](const std::string& word) { return one.words.find(word) != std::string::npos; });
  }

 private:
  const StaffFilter& filter_;
  std::vector<std::string> words_;
};

std::optional<StaffDirectory> directory_of(Transaction& t, const std::string& facility) {
  for (const auto& row :
       t.query("select " + column_list<StaffDirectory>() + " from staff_directory where facility = :facility",
               {{"facility", facility}})) {
    return from_row<StaffDirectory>(row);
  }
  return std::nullopt;
}

/// Which directory is in place; empty: none.
std::string imported_in(Transaction& t, const std::string& facility) {
  const auto directory = directory_of(t, facility);
  return directory ? std::to_string(directory->imported.time_since_epoch().count()) : "";
}

/// By name.
std::vector<StoredStaff> staff_of(Transaction& t, const std::string& facility) {
  std::vector<StoredStaff> list;
  for (const auto& row : t.query(
           "select " + column_list<StoredStaff>() + " from staff where facility = :facility order by place",
           {{"facility", facility}})) {
    list.push_back(from_row<StoredStaff>(row));
  }
  return list;
}

/// As people look for a name, whatever its case and accents.
void sort_by_name(std::vector<StaffMember>& people) {
  std::vector<std::pair<std::string, std::size_t>> order;
  order.reserve(people.size());
  for (std::size_t i = 0; i < people.size(); ++i) {
    order.emplace_back(identity_of(people[i]), i);
  }
  std::sort(order.begin(), order.end());
  std::vector<StaffMember> sorted;
  sorted.reserve(people.size());
  for (const auto& [name, place] : order) {
    sorted.push_back(std::move(people[place]));
  }
  people = std::move(sorted);
}

std::string words_of(const StaffMember& one) {
  std::string text = one.name + " " + one.post + " " + one.unit + " " + one.site;
  for (const std::string& skill : one.skills) {
    text += " " + skill;
  }
  return fold(text);
}

std::vector<StaffGroup> groups_of(const std::map<std::string, std::int64_t>& counts) {
  std::vector<StaffGroup> groups;
  for (const auto& [name, people] : counts) {
    if (!name.empty()) {
      groups.push_back({name, people});
    }
  }
  return groups;
}

}  // namespace

struct Directory::Read {
  StaffPreview preview;
  std::string against;  // imported_in() of the directory that it was held against
  std::vector<StaffMember> people;
};

store::Past past_directories() {
  const std::string old = "(select facility from staff_directory where imported < :before)";
  return {
      "unrenewed_directories",
      {"delete from staff where facility in " + old, "delete from staff_directory where imported < :before"}};
}

Contact Directory::unsealed(const std::string& id, const std::string& sealed) const {
  const auto text = parts_.key.unseal(sealed, context_of(id));
  RELEVE_CHECK(text, "a number was sealed with the key of this instance");
  auto contact = from_json<Contact>(*text);
  RELEVE_CHECK(contact.ok(), "a stored number reads back");
  return std::move(contact).value();
}

StaffMember Directory::opened(StoredStaff one) const {
  Contact contact = unsealed(one.id, one.contact);
  return {std::move(one.id),   std::move(one.name),   std::move(one.site), std::move(one.unit),
          std::move(one.post), std::move(one.skills), std::move(contact),  one.source_row};
}

Directory::Read Directory::read(const std::string& facility, const std::string& name,
                                const std::string& path) const {
  std::ifstream file(path, std::ios::binary);
  const std::string bytes(std::istreambuf_iterator<char>(file), {});
  auto book = intake::read_spreadsheet(bytes, name);
  Read read;
  read.preview.file = name;
  parts_.database.read([&](Transaction& t) { read.against = imported_in(t, facility); });
  read.preview.hash = content_hash(content_hash(bytes) + "\n" + read.against);
  read.preview.findings = book.findings;
  if (!book.usable()) {
    return read;
  }
  auto imported = read_staff(book.value, name);
  read.preview.usable = imported.usable();
  std::move(imported.findings.begin(), imported.findings.end(), std::back_inserter(read.preview.findings));
  read.people = std::move(imported.value);
  read.preview.people = static_cast<std::int64_t>(read.people.size());
  ByIdentity before;
  parts_.database.read([&](Transaction& t) {
    for (StoredStaff& stored : staff_of(t, facility)) {
      StaffMember one = opened(std::move(stored));
      const std::string identity = identity_of(one);
      before.emplace(identity, std::move(one));
    }
  });
  if (auto missing = mobiles_missing(before, read.people); missing && read.preview.usable) {
    Findings findings;
    findings.in_file(name);
    findings.add(Severity::warning, std::move(*missing));
    read.preview.findings.push_back(findings.take().front());
  }
  const auto know = [&](StaffMember& one, const std::optional<StaffMember>& known) {
    if (known) {
      one.id = known->id;
      read.preview.changed += same_particulars(one, *known) ? 0 : 1;
    }
  };
  for (StaffMember& one : read.people) {
    know(one, taken_out(before, one, [&](const StaffMember& known) { return shares_a_number(one, known); }));
  }
  for (StaffMember& one : read.people) {
    if (one.id.empty()) {
      know(one, taken_out(before, one, [](const StaffMember&) { return true; }));
      read.preview.added += one.id.empty() ? 1 : 0;
    }
  }
  read.preview.gone = read.preview.usable ? static_cast<std::int64_t>(before.size()) : 0;
  return read;
}

StaffPreview Directory::preview(const std::string& facility, const std::string& name,
                                const std::string& path) const {
  return read(facility, name, path).preview;
}

Result<StaffPreview> Directory::accept(const std::string& facility, const std::string& name,
                                       const std::string& path, const std::string& hash,
                                       const std::string& by) {
  Read read = this->read(facility, name, path);
  const Error moved{ErrorKind::conflict, message("staff.other_file"), "hash"};
  if (read.preview.hash != hash) {
    return moved;
  }
  if (!read.preview.usable) {
    return Error{ErrorKind::invalid, message("staff.unusable"), name};
  }
  const Instant now = parts_.clock.now();
  sort_by_name(read.people);
  std::vector<StoredStaff> rows;
  rows.reserve(read.people.size());
  for (StaffMember& one : read.people) {
    if (one.id.empty()) {
      one.id = mint_uuid(now);
    }
    rows.push_back({one.id, facility, static_cast<std::int64_t>(rows.size() + 1), one.name, one.site,
                    one.unit, one.post, one.skills, words_of(one),
                    parts_.key.seal(to_json(one.contact), context_of(one.id)), one.source_row});
  }
  TRY(parts_.database.write([&](Transaction& t) -> Status {
    if (imported_in(t, facility) != read.against) {
      return moved;
    }
    t.execute("delete from staff where facility = :facility", {{"facility", facility}});
    t.execute("delete from staff_directory where facility = :facility", {{"facility", facility}});
    store::insert_all(t, "staff", rows);
    t.execute(store::insert_into<StaffDirectory>("staff_directory"),
              store::bindings_of(StaffDirectory{facility, name, read.preview.people, now, by}));
    return Done{};
  }));
  return std::move(read.preview);
}

StaffPage Directory::search(const std::string& facility, const StaffFilter& filter, std::size_t from,
                            std::size_t size) const {
  StaffPage page;
  std::vector<StoredStaff> people;
  parts_.database.read([&](Transaction& t) {
    page.directory = directory_of(t, facility);
    people = staff_of(t, facility);
  });
  std::map<std::string, std::int64_t> sites;
  std::map<std::string, std::int64_t> units;
  std::map<std::string, std::int64_t> skills;
  const Matcher matcher(filter);
  std::size_t found = 0;
  for (StoredStaff& one : people) {
    ++sites[one.site];
    ++units[one.unit];
    for (const std::string& skill : one.skills) {
      ++skills[skill];
    }
    if (matcher.matches(one) && found++ >= from && page.items.size() < size) {
      page.items.push_back(opened(std::move(one)));
    }
  }
  page.found = static_cast<std::int64_t>(found);
  page.sites = groups_of(sites);
  page.units = groups_of(units);
  page.skills = groups_of(skills);
  return page;
}

std::vector<StaffMember> Directory::chosen(const std::string& facility,
                                           const std::vector<StaffFilter>& filters,
                                           const std::vector<std::string>& ids) const {
  std::vector<StaffMember> people;
  if (filters.empty() && ids.empty()) {
    return people;
  }
  std::vector<StoredStaff> all;
  parts_.database.read([&](Transaction& t) { all = staff_of(t, facility); });
  const std::set<std::string> wanted(ids.begin(), ids.end());
  const std::vector<Matcher> matchers(filters.begin(), filters.end());
  for (StoredStaff& one : all) {
    if (wanted.contains(one.id) || std::any_of(matchers.begin(), matchers.end(), [&](const Matcher& matcher) {
          return matcher.matches(one);
        })) {
      people.push_back(opened(std::move(one)));
    }
  }
  return people;
}

}  // namespace releve::recall
