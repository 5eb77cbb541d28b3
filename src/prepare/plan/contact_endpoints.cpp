// SPDX-License-Identifier: EUPL-1.2
#include "foundation/api/bind.hpp"
#include "foundation/base/hash.hpp"
#include "intake/readers.hpp"
#include "prepare/plan/endpoints.hpp"

#include <array>
#include <fstream>
#include <iterator>

namespace releve::plan {

using api::Method;
using api::Right;
using api::Session;

namespace {

constexpr std::uint64_t largest_file = 5'000'000;  // bytes: 5,000 contacts take less than one million

struct TemplateOf {
  std::string facility;
};

struct ContactsFile {
  std::string facility;
  std::string name;
};

struct AcceptedContacts {
  std::string facility;
  std::string name;
  std::string hash;
  std::int64_t seen = 0;
};

constexpr Rules file_name{.min_length = 1, .max_length = 200};

constexpr auto describe(TemplateOf*) {
  return Fields{field<&TemplateOf::facility>("facility")};
}

constexpr auto describe(ContactsFile*) {
  return Fields{field<&ContactsFile::facility>("facility"),
                field<&ContactsFile::name>("file name", file_name)};
}

constexpr auto describe(AcceptedContacts*) {
  return Fields{
      field<&AcceptedContacts::facility>("facility"), field<&AcceptedContacts::name>("file name", file_name),
      field<&AcceptedContacts::hash>("of the file that was looked at", {.max_length = 64}),
      field<&AcceptedContacts::seen>("revision of the draft that it was held against", {.minimum = 0})};
}

/// A file held against the draft.
struct Looked {
  ContactsPreview preview;
  std::vector<ListedContact> listed;
};

Result<Looked> look(const ContactParts& parts, const std::string& facility, const std::string& name,
                    const std::string& path) {
  TRY(parts.facilities.find(facility));
  const OpenPlan draft = TRY(parts.plans.draft(facility));
  std::ifstream file(path, std::ios::binary);
  const std::string bytes(std::istreambuf_iterator<char>(file), {});
  auto book = intake::read_spreadsheet(bytes, name);
  Looked looked;
  ContactsPreview& preview = looked.preview;
  preview.file = name;
  preview.hash = content_hash(bytes);
  preview.revision = draft.version.revision;
  preview.findings = book.findings;
  if (!book.usable()) {
    return looked;
  }
  auto read = read_contacts(book.value, name, parts.catalogue, parts.plans.today(facility));
  PlanDocument after;
  PlanDocument before;
  before.contacts = draft.document.contacts;
  after.contacts = draft.document.contacts;
  auto taken = take_contacts(after.contacts, read.value, preview.revision,
                             [](const ListedContact& one) { return "line " + std::to_string(one.line); });
  for (auto* more : {&read.findings, &taken.findings}) {
    std::move(more->begin(), more->end(), std::back_inserter(preview.findings));
  }
  preview.usable = std::none_of(preview.findings.begin(), preview.findings.end(),
                                [](const Finding& one) { return one.severity == Severity::error; });
  preview.listed = static_cast<std::int64_t>(read.value.size());
  preview.same = taken.same;
  preview.unlisted = taken.unlisted;
  preview.changes = difference(before, after);
  looked.listed = std::move(read.value);
  return looked;
}

Result<ContactsPreview> accept(const ContactParts& parts, const Session& session, const AcceptedContacts& in,
                               const std::string& path) {
  Looked looked = TRY(look(parts, in.facility, in.name, path));
  if (looked.preview.hash != in.hash) {
    return Error{ErrorKind::conflict, message("plan.other_contacts_file"), "hash"};
  }
  if (!looked.preview.usable) {
    return Error{ErrorKind::invalid, message("plan.contacts_unusable"), in.name};
  }
  const OpenPlan taken = TRY(parts.plans.take_contacts(in.facility, looked.listed, in.seen, session.user));
  looked.preview.revision = taken.version.revision;
  return std::move(looked.preview);
}

}  // namespace

std::vector<api::Endpoint> contact_endpoints(ContactParts parts) {
  using api::on;
  return {
      on(Method::get, "/facilities/{facility}/plan/contacts/template", Right::edit,
         "The spreadsheet of the crisis directory to fill in",
         [parts](const Session& session, const TemplateOf& in) -> Result<api::File> {
           TRY(parts.facilities.find(in.facility));
           const std::array tables{contacts_template(parts.catalogue, session.language)};
           return api::File{"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                            parts.catalogue.say(session.language, "plan.contacts.file_name") + ".xlsx",
                            TRY(report::write_xlsx(tables))};
         }),
      api::on_upload("/facilities/{facility}/plan/draft/contacts/preview", Right::edit,
                     "What a crisis directory in a file would change in the draft; nothing is kept",
                     largest_file,
                     [parts](const Session&, const ContactsFile& in,
                             const api::Upload& upload) -> Result<ContactsPreview> {
                       return TRY(look(parts, in.facility, in.name, upload.path)).preview;
                     }),
      api::on_upload("/facilities/{facility}/plan/draft/contacts", Right::edit,
                     "Take the people of the file that was looked at into the draft", largest_file,
                     [parts](const Session& session, const AcceptedContacts& in, const api::Upload& upload)
                         -> Result<ContactsPreview> { return accept(parts, session, in, upload.path); }),
  };
}

}  // namespace releve::plan
