// SPDX-License-Identifier: EUPL-1.2
// Files received, previewed, accepted and taken back.
#include "foundation/api/bind.hpp"
#include "prepare/cartography/endpoints.hpp"

namespace releve::cartography {

using api::Method;
using api::Right;
using api::Session;

struct ImportPath {
  std::string facility;
  std::string id;
};

struct ImportView {
  std::string id;
  std::string file_name;
  std::int64_t file_size = 0;
  std::string format;
  ImportState state = ImportState::reading;
  std::optional<Message> recognised;
  std::vector<Finding> findings;
  std::optional<Difference> difference;
  std::vector<ColumnMapping> mapping;
  std::vector<std::string> columns;
  Instant created{};
  std::string created_by;
  std::optional<Instant> committed;
  std::string job;
};

struct ImportViews {
  std::vector<ImportView> items;
};

struct UploadQuery {
  std::string facility;
  std::string file_name;
};

struct MappingBody {
  std::string facility;
  std::string id;
  std::vector<ColumnMapping> mapping;
};

constexpr auto describe(ImportPath*) {
  return Fields{field<&ImportPath::facility>("facility"), field<&ImportPath::id>("import")};
}

constexpr auto describe(ImportView*) {
  return Fields{field<&ImportView::id>("identity"),
                field<&ImportView::file_name>("as the user named it"),
                field<&ImportView::file_size>("bytes"),
                field<&ImportView::format>("format recognised"),
                field<&ImportView::state>("where it stands"),
                field<&ImportView::recognised>("what the file is"),
                field<&ImportView::findings>("what is wrong with it"),
                field<&ImportView::difference>("what it changes"),
                field<&ImportView::mapping>("columns of a spreadsheet"),
                field<&ImportView::columns>("its headers"),
                field<&ImportView::created>("received at"),
                field<&ImportView::created_by>("by whom"),
                field<&ImportView::committed>("accepted at"),
                field<&ImportView::job>("job that reads it; empty: none")};
}

constexpr auto describe(ImportViews*) {
  return Fields{field<&ImportViews::items>("newest first")};
}

constexpr auto describe(UploadQuery*) {
  return Fields{field<&UploadQuery::facility>("facility"),
                field<&UploadQuery::file_name>("name of the file", {.min_length = 1, .max_length = 255})};
}

constexpr auto describe(MappingBody*) {
  return Fields{field<&MappingBody::facility>("facility"), field<&MappingBody::id>("import"),
                field<&MappingBody::mapping>("columns", {.max_length = 100})};
}

namespace {

ImportView view_of(const Import& import, std::string job) {
  return {import.id,        import.file_name,
          import.file_size, import.format,
          import.state,     import.summary.recognised,
          import.findings,  import.summary.difference,
          import.mapping,   import.summary.columns,
          import.created,   import.created_by,
          import.committed, std::move(job)};
}

}  // namespace

std::vector<api::Endpoint> import_endpoints(Facilities& facilities, std::uint64_t max_upload) {
  using api::on;
  const auto view = [&facilities](Result<Import> import) -> Result<ImportView> {
    const Import row = TRY(std::move(import));
    return view_of(row, facilities.job_of(row));
  };
  return {
      api::on_upload("/facilities/{facility}/imports", Right::edit, "Receive a file", max_upload,
                     [&facilities](const Session& session, const UploadQuery& in,
                                   const api::Upload& upload) -> Result<ImportView> {
                       const auto [import, job] =
                           TRY(facilities.receive(in.facility, in.file_name, upload.path, session.user));
                       return view_of(import, job.id);
                     }),
      on(Method::get, "/facilities/{facility}/imports", Right::view, "Imports",
         [&facilities](const Session&, const FacilityPath& in) -> Result<ImportViews> {
           TRY(facilities.find(in.facility));
           ImportViews views;
           for (const Import& import : facilities.imports(in.facility)) {
             views.items.push_back(view_of(import, facilities.job_of(import)));
           }
           return views;
         }),
      on(Method::get, "/facilities/{facility}/imports/{id}", Right::view, "One import",
         [&facilities, view](const Session&, const ImportPath& in) {
           return view(facilities.find_import(in.facility, in.id));
         }),
      on(Method::post, "/facilities/{facility}/imports/{id}/commit", Right::edit, "Accept an import",
         [&facilities, view](const Session&, const ImportPath& in) {
           return view(facilities.commit(in.facility, in.id));
         }),
      on(Method::post, "/facilities/{facility}/imports/{id}/undo", Right::edit, "Take back the last import",
         [&facilities, view](const Session&, const ImportPath& in) {
           return view(facilities.undo(in.facility, in.id));
         }),
      on(Method::post, "/facilities/{facility}/imports/{id}/discard", Right::edit, "Drop an import",
         [&facilities, view](const Session&, const ImportPath& in) {
           return view(facilities.discard(in.facility, in.id));
         }),
      on(Method::post, "/facilities/{facility}/imports/{id}/mapping", Right::edit,
         "Choose the columns of a spreadsheet",
         [&facilities](const Session&, const MappingBody& in) -> Result<ImportView> {
           const auto [import, job] = TRY(facilities.map_columns(in.facility, in.id, in.mapping));
           return view_of(import, job.id);
         }),
  };
}

}  // namespace releve::cartography
