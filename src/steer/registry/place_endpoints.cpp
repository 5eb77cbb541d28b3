// SPDX-License-Identifier: EUPL-1.2
// Places: one, many, side by side, in numbers, as a file.
#include "foundation/api/bind.hpp"
#include "foundation/report/workbook.hpp"
#include "intake/registry_builder.hpp"
#include "steer/registry/endpoints.hpp"

#include <algorithm>
#include <array>

namespace releve::registry {

using api::Method;
using api::Right;
using api::Session;

constexpr Rules optional_member{.optional = true};

struct PlacePath {
  std::string id;
};

struct PlacesQuery {
  std::string q;
  std::string within;
  Hierarchy hierarchy = Hierarchy::region;
  std::optional<PlaceKind> kind;
  bool health = false;
  bool closed = false;
  std::int64_t page = 1;
  std::int64_t size = 50;
};

struct SummaryQuery {
  std::string id;
  Hierarchy hierarchy = Hierarchy::region;
  std::string day;
};

struct CompareQuery {
  std::vector<std::string> ids;
};

struct PlaceViews {
  std::vector<PlaceView> items;
};

struct ExportQuery {
  std::string q;
  std::string within;
  Hierarchy hierarchy = Hierarchy::region;
  std::optional<PlaceKind> kind;
  bool health = false;
  bool closed = false;
  std::vector<std::string> columns;
  std::string format = "xlsx";
};

struct NewPlace {
  PlaceKind kind = PlaceKind::grades;
  std::string name;
  std::string region;
};

constexpr auto describe(PlacePath*) {
  return Fields{field<&PlacePath::id>("place")};
}

constexpr auto describe(PlacesQuery*) {
  return Fields{
      field<&PlacesQuery::q>("beginnings of words of a name, a town, a number",
                             {.max_length = 200, .optional = true}),
      field<&PlacesQuery::within>("place that holds them", {.max_length = 80, .optional = true}),
      field<&PlacesQuery::hierarchy>("along which hierarchy", optional_member),
      field<&PlacesQuery::kind>("only this kind"),
      field<&PlacesQuery::health>("health facilities only", optional_member),
      field<&PlacesQuery::closed>("closed ones too", optional_member),
      field<&PlacesQuery::page>("from 1", {.minimum = 1, .maximum = 10'000, .optional = true}),
      field<&PlacesQuery::size>("rows of a page", {.minimum = 1, .maximum = 500, .optional = true})};
}

constexpr auto describe(SummaryQuery*) {
  return Fields{
      field<&SummaryQuery::id>("place"),
      field<&SummaryQuery::hierarchy>("along which hierarchy", optional_member),
      field<&SummaryQuery::day>("as of this day; empty: today", {.max_length = 10, .optional = true})};
}

constexpr auto describe(CompareQuery*) {
  return Fields{field<&CompareQuery::ids>("places, at most six", {.min_length = 1, .max_length = 6})};
}

constexpr auto describe(PlaceViews*) {
  return Fields{field<&PlaceViews::items>("in the order asked for")};
}

constexpr auto describe(ExportQuery*) {
  return Fields{field<&ExportQuery::q>("as for the list", {.max_length = 200, .optional = true}),
                field<&ExportQuery::within>("place that holds them", {.max_length = 80, .optional = true}),
                field<&ExportQuery::hierarchy>("along which hierarchy", optional_member),
                field<&ExportQuery::kind>("only this kind"),
                field<&ExportQuery::health>("health facilities only", optional_member),
                field<&ExportQuery::closed>("closed ones too", optional_member),
                field<&ExportQuery::columns>("names of the columns, in order; none: all",
                                             {.max_length = 9, .optional = true}),
                field<&ExportQuery::format>("xlsx, csv or json", optional_member)};
}

constexpr auto describe(NewPlace*) {
  return Fields{
      field<&NewPlace::kind>("grades or supplier"),
      field<&NewPlace::name>("name", {.min_length = 1, .max_length = 200}),
      field<&NewPlace::region>("id of its region; empty: none", {.max_length = 80, .optional = true})};
}

namespace {

constexpr const char* xlsx_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
constexpr std::int64_t most_exported = 200'000;
constexpr std::array<std::string_view, 9> columns{"id",         "kind",     "name",          "number", "town",
                                                  "department", "category", "category_name", "closed"};

std::string cell(const PlaceLine& line, std::string_view column) {
  std::string text;
  for_each_field<PlaceLine>([&](const auto& field) {
    using F = std::remove_cvref_t<decltype(field)>;
    if (F::name == column) {
      if constexpr (std::is_same_v<typename F::Type, PlaceKind>) {
        text = text_of(line.*F::member);
      } else {
        text = line.*F::member;
      }
    }
  });
  return text;
}

std::string json_rows(const std::vector<PlaceLine>& lines, const std::vector<std::string>& wanted) {
  JsonWriter writer;
  writer.begin_array();
  for (const PlaceLine& line : lines) {
    writer.begin_object();
    for (const std::string& column : wanted) {
      writer.key(column);
      writer.text(cell(line, column));
    }
    writer.end_object();
  }
  writer.end_array();
  return writer.take();
}

Result<api::File> export_file(const Registry& registry, const Session& session, const ExportQuery& in,
                              const Catalogue& catalogue) {
  if (in.format != "xlsx" && in.format != "csv" && in.format != "json") {
    return Error{ErrorKind::invalid, message("api.bad_choice", {{"allowed", "xlsx, csv, json"}}), "format"};
  }
  std::vector<std::string> wanted = in.columns;
  if (wanted.empty()) {
    wanted.assign(columns.begin(), columns.end());
  }
  for (const std::string& column : wanted) {
    if (std::find(columns.begin(), columns.end(), column) == columns.end()) {
      std::string allowed;
      for (const std::string_view one : columns) {
        allowed.append(allowed.empty() ? "" : ", ").append(one);
      }
      return Error{ErrorKind::invalid, message("api.bad_choice", {{"allowed", allowed}}), "columns"};
    }
  }
  const auto lines =
      registry.find({in.q, in.within, in.hierarchy, in.kind, in.health, in.closed, 0, most_exported}).items;
  const std::string name = "releve-" + catalogue.say(session.language, "registry.export");
  if (in.format == "json") {
    return api::File{"application/json", name + ".json", json_rows(lines, wanted)};
  }
  report::Table table;
  table.name = catalogue.say(session.language, "registry.export");
  for (const std::string& column : wanted) {
    table.columns.push_back({catalogue.say(session.language, "column.place." + column)});
  }
  for (const PlaceLine& line : lines) {
    auto& row = table.rows.emplace_back();
    for (const std::string& column : wanted) {
      // FINESS numbers stay texts: a spreadsheet would take their zeros.
      row.emplace_back(column == "kind"
                           ? catalogue.say(session.language, "ui.place_kind." + cell(line, column))
                           : cell(line, column));
    }
  }
  if (in.format == "csv") {
    return api::File{"text/csv; charset=utf-8", name + ".csv", report::write_csv(table)};
  }
  return api::File{xlsx_type, name + ".xlsx", TRY(report::write_xlsx({&table, 1}))};
}

}  // namespace

std::vector<api::Endpoint> place_endpoints(Registry& registry, const Catalogue& catalogue) {
  using api::on;
  // What the registries publish is no secret: whoever is signed in may read it. Nothing that a facility has
  // told Relève is here.
  return {
      on(Method::get, "/registry/places", Right::signed_in, "Places, listed or searched for",
         [&registry](const Session&, const PlacesQuery& in) -> Result<PlacePage> {
           return registry.find(
               {in.q, in.within, in.hierarchy, in.kind, in.health, in.closed, in.page - 1, in.size});
         }),
      on(Method::get, "/registry/places/{id}", Right::signed_in, "One place",
         [&registry](const Session&, const PlacePath& in) { return registry.place(in.id); }),
      api::of_instance(on(Method::post, "/registry/places", Right::steer, "Add a GRADeS or a supplier",
                          [&registry](const Session&, const NewPlace& in) {
                            return registry.add(in.kind, in.name, in.region);
                          })),
      on(Method::get, "/registry/places/{id}/summary", Right::signed_in,
         "What lies within a place, in numbers",
         [&registry](const Session&, const SummaryQuery& in) -> Result<PlaceSummary> {
           if (!in.day.empty() && intake::registry_day(in.day) != in.day) {
             return Error{ErrorKind::invalid, message("json.not_an_instant"), "day"};
           }
           return registry.summary(in.id, in.hierarchy, in.day);
         }),
      on(Method::get, "/registry/compare", Right::signed_in, "Places side by side",
         [&registry](const Session&, const CompareQuery& in) -> Result<PlaceViews> {
           PlaceViews views;
           for (const std::string& id : in.ids) {
             views.items.push_back(TRY(registry.place(id)));
           }
           return views;
         }),
      on(Method::get, "/registry/export", Right::signed_in, "Places as a file",
         [&registry, &catalogue](const Session& session, const ExportQuery& in) {
           return export_file(registry, session, in, catalogue);
         }),
  };
}

std::vector<api::Endpoint> outline_endpoints(const Outlines& outlines) {
  return {api::on(Method::get, "/registry/outlines", Right::signed_in,
                  "Outlines of departments and regions, if the operator has given any",
                  [&outlines](const Session&, const api::Nothing&) -> Result<Outlines> { return outlines; })};
}

}  // namespace releve::registry
