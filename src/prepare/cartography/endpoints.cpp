// SPDX-License-Identifier: EUPL-1.2
#include "prepare/cartography/endpoints.hpp"

#include "foundation/api/bind.hpp"
#include "foundation/base/text.hpp"
#include "prepare/cartography/views.hpp"

namespace releve::cartography {

using api::Method;
using api::Right;
using api::Session;

struct FacilityPath {
  std::string facility;
};

struct ImportPath {
  std::string facility;
  std::string id;
};

struct FacilityCount {
  std::string element;
  std::int64_t count = 0;
  std::int64_t confirmed = 0;
};

struct FacilityView {
  std::string id;
  std::string name;
  bool fictional = false;
  std::int64_t version = 0;
  Instant created{};
  std::vector<FacilityCount> counts;
  Confirmed confirmed;
  std::vector<Finding> findings;
  std::optional<Instant> last_import;
};

struct FacilityRow {
  std::string id;
  std::string name;
  bool fictional = false;
  std::int64_t version = 0;
  Instant created{};
};

struct FacilityRows {
  std::vector<FacilityRow> items;
};

struct NewFacility {
  std::string id;
  std::string name;
  bool fictional = false;
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

struct ElementQuery {
  std::string facility;
  Layer layer = Layer::care;
  std::string q;
  std::int64_t page = 1;
  std::int64_t size = 500;
};

struct ElementPath {
  std::string facility;
  std::string id;
};

struct TemplateQuery {
  std::string facility;
  std::string language = "fr";
  bool blank = false;
};

struct ExportQuery {
  std::string facility;
  Layer layer = Layer::care;
  std::string format = "xlsx";
};

struct AnswerBody {
  std::string facility;
  std::string element;
  std::string field;
  std::string value;
};

struct AnswerPath {
  std::string facility;
  std::string element;
  std::string field;
};

struct AnswerViews {
  std::vector<AnswerRow> items;
};

constexpr Rules optional_member{.optional = true};

constexpr auto describe(FacilityPath*) {
  return Fields{field<&FacilityPath::facility>("facility")};
}

constexpr auto describe(ImportPath*) {
  return Fields{field<&ImportPath::facility>("facility"), field<&ImportPath::id>("import")};
}

constexpr auto describe(FacilityCount*) {
  return Fields{field<&FacilityCount::element>("kind of element"), field<&FacilityCount::count>("how many"),
                field<&FacilityCount::confirmed>("with at least one given fact")};
}

constexpr auto describe(FacilityView*) {
  return Fields{field<&FacilityView::id>("identity"),
                field<&FacilityView::name>("name"),
                field<&FacilityView::fictional>("a demonstration"),
                field<&FacilityView::version>("of its cartography"),
                field<&FacilityView::created>("since"),
                field<&FacilityView::counts>("elements by kind"),
                field<&FacilityView::confirmed>("how much the hospital has said"),
                field<&FacilityView::findings>("what to look at"),
                field<&FacilityView::last_import>("date of the last import that counts")};
}

constexpr auto describe(FacilityRow*) {
  return Fields{field<&FacilityRow::id>("identity"), field<&FacilityRow::name>("name"),
                field<&FacilityRow::fictional>("a demonstration"),
                field<&FacilityRow::version>("of its cartography"), field<&FacilityRow::created>("since")};
}

constexpr auto describe(FacilityRows*) {
  return Fields{field<&FacilityRows::items>("by name")};
}

constexpr auto describe(NewFacility*) {
  return Fields{field<&NewFacility::id>("identity: letters, digits, - and _; minted when absent",
                                        {.max_length = 64, .optional = true}),
                field<&NewFacility::name>("name", {.min_length = 1, .max_length = 200}),
                field<&NewFacility::fictional>("a demonstration", optional_member)};
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

constexpr auto describe(ElementQuery*) {
  return Fields{
      field<&ElementQuery::facility>("facility"), field<&ElementQuery::layer>("layer"),
      field<&ElementQuery::q>("words searched for", {.max_length = 200, .optional = true}),
      field<&ElementQuery::page>("from 1", {.minimum = 1, .optional = true}),
      field<&ElementQuery::size>("rows of a page", {.minimum = 1, .maximum = 2000, .optional = true})};
}

constexpr auto describe(ElementPath*) {
  return Fields{field<&ElementPath::facility>("facility"), field<&ElementPath::id>("element")};
}

constexpr auto describe(TemplateQuery*) {
  return Fields{field<&TemplateQuery::facility>("facility"),
                field<&TemplateQuery::language>("fr or en", optional_member),
                field<&TemplateQuery::blank>("without the facility's elements", optional_member)};
}

constexpr auto describe(ExportQuery*) {
  return Fields{field<&ExportQuery::facility>("facility"), field<&ExportQuery::layer>("layer"),
                field<&ExportQuery::format>("xlsx or csv", optional_member)};
}

constexpr auto describe(AnswerBody*) {
  return Fields{field<&AnswerBody::facility>("facility"),
                field<&AnswerBody::element>("element; empty: the facility", {.max_length = 140}),
                field<&AnswerBody::field>("its field", {.min_length = 1, .max_length = 64}),
                field<&AnswerBody::value>("JSON", {.min_length = 1, .max_length = 4000})};
}

constexpr auto describe(AnswerPath*) {
  return Fields{field<&AnswerPath::facility>("facility"),
                field<&AnswerPath::element>("element; empty: the facility"),
                field<&AnswerPath::field>("its field")};
}

constexpr auto describe(AnswerViews*) {
  return Fields{field<&AnswerViews::items>("newest first")};
}

namespace {

ImportView view_of(const Import& import, std::string job = {}) {
  return {import.id,        import.file_name,
          import.file_size, import.format,
          import.state,     import.summary.recognised,
          import.findings,  import.summary.difference,
          import.mapping,   import.summary.columns,
          import.created,   import.created_by,
          import.committed, std::move(job)};
}

template <class T>
FacilityCount count_of(const char* element, const std::vector<T>& list) {
  std::int64_t confirmed = 0;
  for (const T& one : list) {
    confirmed += one.origins.empty() ? 0 : 1;
  }
  return {element, static_cast<std::int64_t>(list.size()), confirmed};
}

Result<FacilityView> facility_view(Facilities& facilities, const std::string& id) {
  const Facility row = TRY(facilities.find(id));
  const auto map = TRY(facilities.draw(id));
  FacilityView view{row.id, row.name,        row.fictional != 0, row.version, row.created,
                    {},     confirmed(*map), map->findings,      std::nullopt};
  view.counts = {count_of("service", map->services), count_of("application", map->applications),
                 count_of("component", map->components), count_of("dependency", map->dependencies),
                 count_of("zone", map->zones)};
  const auto machines = static_cast<std::int64_t>(map->machines.size());
  const auto accounts = static_cast<std::int64_t>(map->directory->objects.size());
  view.counts.push_back({"machine", machines, machines});
  view.counts.push_back({"account", accounts, accounts});
  for (const Import& import : facilities.imports(id)) {
    if (import.state == ImportState::committed) {
      view.last_import =
          view.last_import ? std::max(*view.last_import, *import.committed) : *import.committed;
    }
  }
  return view;
}

Inventory inventory_of(const Cartography& map) {
  return {map.services, map.applications, map.components, map.dependencies, map.zones};
}

constexpr const char* xlsx_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

Result<api::File> template_file(Facilities& facilities, const TemplateQuery& in, const Catalogue& catalogue) {
  Inventory inventory;
  TRY(facilities.find(in.facility));
  if (in.language != "fr" && in.language != "en") {
    return Error{ErrorKind::invalid, message("api.bad_choice", {{"allowed", "fr, en"}}), "language"};
  }
  if (!in.blank) {
    inventory = inventory_of(*TRY(facilities.draw(in.facility)));
  }
  const auto tables = template_tables(inventory, in.language, catalogue);
  return api::File{xlsx_type, "releve-" + in.facility + ".xlsx", TRY(report::write_xlsx(tables))};
}

Result<api::File> export_file(Facilities& facilities, const Session& session, const ExportQuery& in,
                              const Catalogue& catalogue) {
  if (in.format != "xlsx" && in.format != "csv") {
    return Error{ErrorKind::invalid, message("api.bad_choice", {{"allowed", "xlsx, csv"}}), "format"};
  }
  const auto map = TRY(facilities.draw(in.facility));
  RowQuery query{in.layer, "", 0, 2000};
  report::Table table;
  table.name = std::string(text_of(in.layer));
  for (const char* column : {"id", "kind", "name", "detail", "state", "zone", "needs", "needed_by"}) {
    table.columns.push_back({catalogue.say(session.language, std::string("column.") + column)});
  }
  for (ElementPage page = element_rows(*map, query); !page.items.empty();
       ++query.page, page = element_rows(*map, query)) {
    for (const ElementRow& row : page.items) {
      table.rows.push_back({row.id, row.kind, row.name, row.detail, row.state, row.zone,
                            static_cast<double>(row.needs), static_cast<double>(row.needed_by)});
    }
  }
  const std::string name = "releve-" + in.facility + "-" + table.name;
  if (in.format == "csv") {
    return api::File{"text/csv; charset=utf-8", name + ".csv", report::write_csv(table)};
  }
  return api::File{xlsx_type, name + ".xlsx", TRY(report::write_xlsx({&table, 1}))};
}

}  // namespace

std::vector<api::Endpoint> endpoints(Facilities& facilities,
                                     std::function<std::shared_ptr<const Defaults>()> defaults,
                                     const Catalogue& catalogue, std::uint64_t max_upload) {
  using api::on;
  const auto changed = [&facilities](Result<Import> import) -> Result<ImportView> {
    return view_of(TRY(std::move(import)));
  };
  return {
      on(Method::get, "/facilities", Right::view, "Facilities",
         [&facilities](const Session&, const api::Nothing&) -> Result<FacilityRows> {
           FacilityRows rows;
           for (const Facility& one : facilities.list()) {
             rows.items.push_back({one.id, one.name, one.fictional != 0, one.version, one.created});
           }
           return rows;
         }),
      on(Method::post, "/facilities", Right::edit, "Add a facility",
         [&facilities](const Session&, const NewFacility& in) -> Result<FacilityView> {
           const Facility made = TRY(facilities.create(in.id, in.name, in.fictional));
           return facility_view(facilities, made.id);
         }),
      on(Method::get, "/facilities/{facility}", Right::view, "One facility",
         [&facilities](const Session&, const FacilityPath& in) {
           return facility_view(facilities, in.facility);
         }),
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
             views.items.push_back(view_of(import));
           }
           return views;
         }),
      on(Method::get, "/facilities/{facility}/imports/{id}", Right::view, "One import",
         [&facilities, changed](const Session&, const ImportPath& in) {
           return changed(facilities.find_import(in.facility, in.id));
         }),
      on(Method::post, "/facilities/{facility}/imports/{id}/commit", Right::edit, "Accept an import",
         [&facilities, changed](const Session&, const ImportPath& in) {
           return changed(facilities.commit(in.facility, in.id));
         }),
      on(Method::post, "/facilities/{facility}/imports/{id}/undo", Right::edit, "Take back the last import",
         [&facilities, changed](const Session&, const ImportPath& in) {
           return changed(facilities.undo(in.facility, in.id));
         }),
      on(Method::post, "/facilities/{facility}/imports/{id}/discard", Right::edit, "Drop an import",
         [&facilities, changed](const Session&, const ImportPath& in) {
           return changed(facilities.discard(in.facility, in.id));
         }),
      on(Method::post, "/facilities/{facility}/imports/{id}/mapping", Right::edit,
         "Choose the columns of a spreadsheet",
         [&facilities](const Session&, const MappingBody& in) -> Result<ImportView> {
           const auto [import, job] = TRY(facilities.map_columns(in.facility, in.id, in.mapping));
           return view_of(import, job.id);
         }),
      on(Method::get, "/facilities/{facility}/elements", Right::view, "Rows of a layer",
         [&facilities](const Session&, const ElementQuery& in) -> Result<ElementPage> {
           return element_rows(*TRY(facilities.draw(in.facility)), {in.layer, in.q, in.page - 1, in.size});
         }),
      on(Method::get, "/facilities/{facility}/elements/{id}", Right::view, "One element",
         [&facilities, defaults](const Session&, const ElementPath& in) -> Result<ElementView> {
           auto view = element_view(*TRY(facilities.draw(in.facility)), *defaults(), in.id);
           if (!view) {
             return Error{
                 ErrorKind::not_found, message("element.not_found", {{"id", shorten(in.id, 80)}}), {}};
           }
           return std::move(*view);
         }),
      on(Method::get, "/facilities/{facility}/template", Right::view, "The spreadsheet to fill in",
         [&facilities, &catalogue](const Session&, const TemplateQuery& in) {
           return template_file(facilities, in, catalogue);
         }),
      on(Method::get, "/facilities/{facility}/export", Right::view, "A layer as a spreadsheet",
         [&facilities, &catalogue](const Session& session, const ExportQuery& in) {
           return export_file(facilities, session, in, catalogue);
         }),
      on(Method::get, "/facilities/{facility}/answers", Right::view, "Answers",
         [&facilities](const Session&, const FacilityPath& in) -> Result<AnswerViews> {
           TRY(facilities.find(in.facility));
           return AnswerViews{facilities.answers(in.facility)};
         }),
      on(Method::post, "/facilities/{facility}/answers", Right::edit, "Answer a question or override a fact",
         [&facilities](const Session& session, const AnswerBody& in) -> Result<FacilityView> {
           TRY(facilities.answer(in.facility, in.element, in.field, in.value, session.user));
           return facility_view(facilities, in.facility);
         }),
      on(Method::post, "/facilities/{facility}/answers/remove", Right::edit, "Take an answer back",
         [&facilities](const Session&, const AnswerPath& in) -> Result<FacilityView> {
           TRY(facilities.remove_answer(in.facility, in.element, in.field));
           return facility_view(facilities, in.facility);
         }),
  };
}

}  // namespace releve::cartography
