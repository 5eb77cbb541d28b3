// SPDX-License-Identifier: EUPL-1.2
// The crisis directory out of a spreadsheet with one person or body per line, under French or English titles.
// Pure.
//
// A file adds and brings up to date; it never takes anybody out, and an empty cell says nothing: roles, call
// trees and delegations go on pointing at whom they pointed.
#pragma once

#include "foundation/base/catalogue.hpp"
#include "foundation/report/workbook.hpp"
#include "intake/imported.hpp"
#include "intake/sheet.hpp"
#include "prepare/plan/difference.hpp"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace releve::plan {

struct ListedContact {
  CrisisContact said;  // without id; empty members: the file does not say
  std::optional<ContactGroup> group;
  std::int64_t line = 0;
};

/// What has to be looked at is named by its line; days after `today` are none. An error finding: nothing of
/// the file can be used.
intake::Imported<std::vector<ListedContact>> read_contacts(const intake::Workbook& book,
                                                           const std::string& file,
                                                           const Catalogue& catalogue,
                                                           const std::string& today);

/// What became of a directory.
struct TakenContacts {
  std::int64_t same = 0;      // listed, with nothing new
  std::int64_t unlisted = 0;  // in the directory, not in the file: left as they are
  std::vector<Finding> findings;
};

/// Puts them into the directory. Somebody is the same by the words of his name, and by his function where
/// several have that name; a number that changes is no longer checked, unless the file says when. An error
/// finding: too many.
TakenContacts take_contacts(std::vector<CrisisContact>& directory, const std::vector<ListedContact>& listed,
                            std::int64_t revision,
                            const std::function<std::string(const ListedContact&)>& fresh_id);

/// What a file would change in the draft, or has changed.
struct ContactsPreview {
  std::string file;
  std::string hash;           // of its bytes: what was looked at is what is accepted
  std::int64_t revision = 0;  // of the draft that it was held against
  bool usable = false;        // no finding is an error
  std::int64_t listed = 0;
  std::int64_t same = 0;
  std::int64_t unlisted = 0;
  std::vector<PlanChange> changes;
  std::vector<Finding> findings;
};

/// The spreadsheet to fill in.
report::Table contacts_template(const Catalogue& catalogue, const std::string& language);

constexpr auto describe(ContactsPreview*) {
  return Fields{field<&ContactsPreview::file>("its name"),
                field<&ContactsPreview::hash>("of its bytes: to be sent along when it is accepted"),
                field<&ContactsPreview::revision>("of the draft: to be sent along when it is accepted"),
                field<&ContactsPreview::usable>("may be accepted"),
                field<&ContactsPreview::listed>("how many it lists"),
                field<&ContactsPreview::same>("of them in the directory with nothing new"),
                field<&ContactsPreview::unlisted>("in the directory, not in the file: left as they are"),
                field<&ContactsPreview::changes>("who is added or changed, and how"),
                field<&ContactsPreview::findings>("what is to be looked at")};
}

}  // namespace releve::plan
