// SPDX-License-Identifier: EUPL-1.2
#include "foundation/api/bind.hpp"
#include "respond/recall/endpoints.hpp"
#include "respond/recall/staff_sheet.hpp"

#include <array>

namespace releve::recall {

using api::Method;
using api::Right;
using api::Session;

namespace {

constexpr std::uint64_t largest_file = 20'000'000;  // bytes: 50,000 people take some four million

struct StaffQuery {
  std::string facility;
  std::string q;
  std::string site;
  std::string unit;
  std::string skill;
  std::size_t from = 0;
  std::size_t size = 100;
};

struct StaffFile {
  std::string facility;
  std::string name;
};

struct AcceptedStaffFile {
  std::string facility;
  std::string name;
  std::string hash;
};

struct TemplatePath {
  std::string facility;
};

constexpr Rules asked{.max_length = 200, .optional = true};
constexpr Rules file_name{.min_length = 1, .max_length = 200};

constexpr auto describe(StaffQuery*) {
  return Fields{
      field<&StaffQuery::facility>("facility"),
      field<&StaffQuery::q>("words of name, function, unit, site or skills", asked),
      field<&StaffQuery::site>("of this site", asked),
      field<&StaffQuery::unit>("of this unit", asked),
      field<&StaffQuery::skill>("with this skill", asked),
      field<&StaffQuery::from>("how many to pass over", {.maximum = 1e6, .optional = true}),
      field<&StaffQuery::size>("at most so many", {.minimum = 1, .maximum = 1'000, .optional = true})};
}

constexpr auto describe(StaffFile*) {
  return Fields{field<&StaffFile::facility>("facility"), field<&StaffFile::name>("file name", file_name)};
}

constexpr auto describe(AcceptedStaffFile*) {
  return Fields{field<&AcceptedStaffFile::facility>("facility"),
                field<&AcceptedStaffFile::name>("file name", file_name),
                field<&AcceptedStaffFile::hash>("of the file that was looked at", {.max_length = 64})};
}

constexpr auto describe(TemplatePath*) {
  return Fields{field<&TemplatePath::facility>("facility")};
}

}  // namespace

std::vector<api::Endpoint> staff_endpoints(StaffParts parts) {
  using api::on;
  return {
      on(Method::get, "/facilities/{facility}/staff", Right::crisis, "The staff directory",
         [parts](const Session&, const StaffQuery& in) -> Result<StaffPage> {
           TRY(parts.facilities.find(in.facility));
           return parts.directory.search(in.facility, {in.q, in.site, in.unit, in.skill}, in.from, in.size);
         }),
      on(Method::get, "/facilities/{facility}/staff/template", Right::edit,
         "The spreadsheet of the staff to fill in",
         [parts](const Session& session, const TemplatePath& in) -> Result<api::File> {
           TRY(parts.facilities.find(in.facility));
           const std::array tables{staff_template(parts.catalogue, session.language)};
           return api::File{"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                            parts.catalogue.say(session.language, "staff.file_name") + ".xlsx",
                            TRY(report::write_xlsx(tables))};
         }),
      api::on_upload(
          "/facilities/{facility}/staff/preview", Right::edit,
          "What a staff directory in a file would change; nothing is kept", largest_file,
          [parts](const Session&, const StaffFile& in, const api::Upload& upload) -> Result<StaffPreview> {
            TRY(parts.facilities.find(in.facility));
            return parts.directory.preview(in.facility, in.name, upload.path);
          }),
      api::on_upload("/facilities/{facility}/staff", Right::edit,
                     "Replace the staff directory by the file that was looked at", largest_file,
                     [parts](const Session& session, const AcceptedStaffFile& in,
                             const api::Upload& upload) -> Result<StaffPreview> {
                       TRY(parts.facilities.find(in.facility));
                       return parts.directory.accept(in.facility, in.name, upload.path, in.hash,
                                                     session.user);
                     }),
  };
}

}  // namespace releve::recall
