// SPDX-License-Identifier: EUPL-1.2
// The elements, by layer and one by one, on the screen and as spreadsheets.
#include "foundation/api/bind.hpp"
#include "foundation/base/text.hpp"
#include "prepare/cartography/endpoints.hpp"
#include "prepare/cartography/views.hpp"

namespace releve::cartography {

using api::Method;
using api::Right;
using api::Session;

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

constexpr Rules optional_member{.optional = true};

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

namespace {

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

std::vector<api::Endpoint> element_endpoints(Facilities& facilities, DefaultsInForce defaults,
                                             const Catalogue& catalogue) {
  using api::on;
  return {
      on(Method::get, "/facilities/{facility}/elements", Right::view, "Rows of a layer",
         [&facilities](const Session&, const ElementQuery& in) -> Result<ElementPage> {
           return element_rows(*TRY(facilities.draw(in.facility)), {in.layer, in.q, in.page - 1, in.size});
         }),
      on(Method::get, "/facilities/{facility}/elements/{id}", Right::view, "One element",
         [&facilities, defaults = std::move(defaults)](const Session&,
                                                       const ElementPath& in) -> Result<ElementView> {
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
  };
}

}  // namespace releve::cartography
