// SPDX-License-Identifier: EUPL-1.2
#include "foundation/api/bind.hpp"
#include "foundation/api/contract_for_tests.hpp"
#include "foundation/api/openapi.hpp"
#include "foundation/api/router.hpp"

#include <gtest/gtest.h>

#include <cstdio>
#include <fstream>

namespace releve::api {

// A toy hospital pharmacy: each kind of row once. Its enum has a linkage: clang minds that describe() counts
// an optional of one without.
enum class Form { tablet, vial };

constexpr auto describe(Form*) {
  return Names{name(Form::tablet, "tablet"), name(Form::vial, "vial")};
}

namespace {

struct Drug {
  std::string id;
  std::int64_t stock = 0;
  Form form = Form::tablet;
};

constexpr auto describe(Drug*) {
  return Fields{field<&Drug::id>("identity", {.min_length = 1, .max_length = 8}),
                field<&Drug::stock>("boxes", {.minimum = 0, .maximum = 1000}), field<&Drug::form>("form")};
}

struct Search {
  std::string ward;
  std::optional<Form> form;
  std::optional<std::int64_t> at_least;
  std::vector<std::int64_t> floors;
  bool cold = false;
  double share = 1;
  Instant since{};
};

constexpr auto describe(Search*) {
  return Fields{field<&Search::ward>("ward"),
                field<&Search::form>("only this form"),
                field<&Search::at_least>("boxes", {.minimum = 0}),
                field<&Search::floors>("storeys", {.max_length = 3, .optional = true}),
                field<&Search::cold>("kept cold", {.optional = true}),
                field<&Search::share>("share", {.minimum = 0, .maximum = 1, .optional = true}),
                field<&Search::since>("changed since", {.optional = true})};
}

struct DrugPage {
  std::string asked;
  std::vector<Drug> drugs;
};

constexpr auto describe(DrugPage*) {
  return Fields{field<&DrugPage::asked>("what was understood"), field<&DrugPage::drugs>("drugs found")};
}

struct OneDrug {
  std::string id;
};

constexpr auto describe(OneDrug*) {
  return Fields{field<&OneDrug::id>("identity", {.max_length = 8})};
}

Result<DrugPage> search(const Session& session, const Search& in) {
  std::string asked = session.user + " " + in.ward + " " + (in.form ? std::string(text_of(*in.form)) : "-") +
                      " " + (in.at_least ? std::to_string(*in.at_least) : "-") + " " +
                      std::to_string(in.floors.size()) + (in.cold ? " cold " : " warm ") +
                      std::to_string(in.share).substr(0, 4) + " " + to_rfc3339(in.since);
  return DrugPage{asked, {{"a", 3, Form::vial}}};
}

Result<Drug> put_drug(const Session&, const Drug& in) {
  if (in.id == "gone") {
    return Error{ErrorKind::not_found, message("pharmacy.no_drug"), "id"};
  }
  return in;
}

std::optional<std::string> ward_of(const PathValues& values) {
  return values.at("ward") == "nowhere" ? std::nullopt : std::optional(values.at("ward"));
}

std::vector<Endpoint> toy() {
  std::vector<Endpoint> rows = {
      on(Method::get, "/wards/{ward}/drugs", Right::view, "Drugs of a ward", &search),
      on(Method::get, "/drugs/latest", Right::view, "The newest drug",
         [](const Session&, const Nothing&) -> Result<Drug> { return Drug{"latest", 1, Form::tablet}; }),
      on(Method::get, "/drugs/{id}", Right::view, "One drug",
         [](const Session&, const OneDrug& in) -> Result<Drug> { return Drug{in.id, 2, Form::tablet}; }),
      on(Method::put, "/drugs/{id}", Right::edit, "Create or replace a drug", &put_drug),
      on(Method::del, "/drugs/{id}", Right::edit, "Remove a drug",
         [](const Session&, const OneDrug&) -> Result<Nothing> { return Nothing{}; }),
      on(Method::post, "/counts", Right::run, "Count the stock",
         [](const Session&, const Nothing&) -> Result<Drug> { return Drug{"count", 0, Form::vial}; }),
      on(Method::get, "/label/{id}", Right::view, "Label to print",
         [](const Session&, const OneDrug& in) -> Result<File> {
           return File{"text/plain", in.id + ".txt", "label"};
         }),
      on_upload("/wards/{ward}/orders", Right::edit, "Read an order file", 5'000,
                [](const Session&, const Search& in, const Upload& upload) -> Result<Drug> {
                  return Drug{in.ward, static_cast<std::int64_t>(upload.size), Form::vial};
                }),
      on(Method::get, "/health", Right::anyone, "Is it alive",
         [](const Session& session, const Nothing&) -> Result<OneDrug> {
           return OneDrug{session.user + "ok"};
         }),
      on(Method::post, "/breaks/{id}", Right::anyone, "Fails as asked",
         [](const Session&, const OneDrug& in) -> Result<Nothing> {
           if (in.id == "disk") {
             throw EnvironmentFailure("no space left on /secret/path");
           }
           if (in.id == "memory") {
             throw std::bad_alloc();
           }
           RELEVE_CHECK(in.id != "bug", "secret invariant");
           throw std::runtime_error("secret " + in.id);
         }),
  };
  for (Endpoint& row : rows) {
    if (row.about == About::unsaid) {
      row = row.path.starts_with("/wards/") ? in_place(row, ward_of)
            : row.method == Method::post    ? of_instance(row)
                                            : listed(row);
    }
  }
  return rows;
}

struct Told {
  std::string code;
  std::string number;
  std::string what;
  std::string path;
};

Router router(std::vector<Told>* told = nullptr) {
  return Router(toy(), {.log =
                            [told](const Incident& incident) {
                              if (told != nullptr) {
                                told->push_back({std::string(incident.code), std::string(incident.number),
                                                 std::string(incident.what), std::string(incident.path)});
                              }
                            },
                        .mint_incident = [] { return std::string("K7-42"); },
                        .note = {}});
}

Session owner() {
  return {.user = "owner", .language = "fr", .perimeter = Perimeter::everything()};
}

/// May read one ward.
Session reader() {
  auto perimeter = std::make_shared<Perimeter>();
  perimeter->add(Right::view, std::make_shared<const PlaceSet>(PlaceSet{"surgery"}));
  return {.user = "reader", .language = "fr", .perimeter = perimeter};
}

Request request(Method method, std::string path, std::map<std::string, std::string> query = {},
                std::string body = {}) {
  Request made;
  made.method = method;
  made.path = std::move(path);
  made.query = std::move(query);
  made.body = std::move(body);
  made.session = owner();
  return made;
}

std::string code_of(const Reply& reply) {
  const auto document = JsonDocument::parse(reply.body);
  if (!document) {
    return "no JSON: " + reply.body;
  }
  const auto message = document.value().root().find("message");
  return message ? std::string(message->find("code")->text()) : "";
}

std::string where_of(const Reply& reply) {
  return std::string(JsonDocument::parse(reply.body).value().root().find("where")->text());
}

TEST(dispatch, answers_by_method_and_path) {
  const auto r = router();

  struct Case {
    Method method;
    const char* path;
    int status;
    const char* code;  // of an error
  };

  for (const Case& c : std::initializer_list<Case>{
           {Method::get, "/api/v1/drugs/a1", 200, ""},
           {Method::get, "/api/v1/drugs/latest", 200, ""},
           {Method::del, "/api/v1/drugs/latest", 204, ""},
           {Method::get, "/api/v1/drugs", 404, "api.no_such_path"},
           {Method::get, "/api/v1/drugs/", 404, "api.no_such_path"},
           {Method::get, "/api/v1/drugs/a/b", 404, "api.no_such_path"},
           {Method::get, "/api/v1", 404, "api.no_such_path"},
           {Method::get, "/api/v1x/drugs/a", 404, "api.no_such_path"},
           {Method::get, "/drugs/a", 404, "api.no_such_path"},
           {Method::get, "", 404, "api.no_such_path"},
           {Method::post, "/api/v1/drugs/a1", 405, "api.method_not_allowed"},
           {Method::get, "/api/v1/drugs/123456789", 400, "json.too_long"},
       }) {
    const Reply reply = r.dispatch(request(c.method, c.path));
    EXPECT_EQ(reply.status, c.status) << c.path;
    if (*c.code != '\0') {
      EXPECT_EQ(code_of(reply), c.code) << c.path;
    }
  }
  EXPECT_NE(r.dispatch(request(Method::get, "/api/v1/drugs/latest")).body.find("\"latest\",\"stock\":1"),
            std::string::npos)
      << "a literal path wins over a placeholder";
  const Reply refused = r.dispatch(request(Method::post, "/api/v1/drugs/a1"));
  EXPECT_EQ(refused.headers,
            (std::vector<std::pair<std::string, std::string>>{{"Allow", "DELETE, GET, PUT"}}));
}

TEST(dispatch, session_and_right_come_before_everything_else) {
  const auto r = router();
  auto put = request(Method::put, "/api/v1/drugs/a1", {{"unknown", "1"}}, "{ not JSON");
  put.session = Session{};
  EXPECT_EQ(r.dispatch(put).status, 401);
  put.session = reader();
  const Reply refused = r.dispatch(put);
  EXPECT_EQ(refused.status, 403);
  EXPECT_EQ(refused.body, R"({"kind":"forbidden","message":{"code":"api.right_missing","params":)"
                          R"([{"name":"right","value":"edit"}]},"where":"","incident":""})");
  put.session = owner();
  EXPECT_EQ(r.dispatch(put).status, 400);
  auto health = request(Method::get, "/api/v1/health");
  health.session = Session{};
  EXPECT_EQ(r.dispatch(health).body, R"({"id":"ok"})");
}

TEST(dispatch, a_place_out_of_reach_looks_like_one_that_does_not_exist) {
  const auto r = router();
  const auto asked = [&](Method method, const std::string& path, Session session) {
    auto made = request(method, "/api/v1" + path);
    made.session = std::move(session);
    return r.dispatch(made);
  };
  EXPECT_EQ(asked(Method::get, "/wards/surgery/drugs", reader()).status, 200);
  const Reply hidden = asked(Method::get, "/wards/intensive/drugs", reader());
  EXPECT_EQ(hidden.status, 404);
  EXPECT_EQ(hidden.body, asked(Method::get, "/wards/nowhere/drugs", reader()).body);
  EXPECT_EQ(asked(Method::post, "/wards/surgery/orders", reader()).status, 403)
      << "known, but not to be changed";
  EXPECT_EQ(asked(Method::post, "/wards/intensive/orders", reader()).status, 404);
  EXPECT_EQ(asked(Method::get, "/drugs/latest", reader()).status, 200) << "a list needs the right somewhere";
  EXPECT_EQ(asked(Method::post, "/counts", reader()).status, 403) << "the instance needs it everywhere";
  EXPECT_EQ(asked(Method::post, "/counts", owner()).status, 200);
}

TEST(dispatch, every_answer_to_a_known_reader_is_noted_and_none_goes_out_without) {
  std::vector<std::string> noted;
  bool disk_full = false;
  const Router r(toy(), {.log = {},
                         .mint_incident = [] { return std::string("1"); },
                         .note =
                             [&](const Deed& deed) {
                               if (disk_full) {
                                 throw EnvironmentFailure("disk full");
                               }
                               noted.push_back(deed.session.user + " " + deed.endpoint.summary + " " +
                                               deed.place + " " + std::to_string(deed.status) +
                                               (deed.refused ? " refused" : ""));
                             }});
  auto made = request(Method::get, "/api/v1/wards/intensive/drugs");
  made.session = reader();
  r.dispatch(made);
  made.session = Session{};
  r.dispatch(made);
  r.dispatch(request(Method::del, "/api/v1/drugs/a1"));
  EXPECT_EQ(noted, (std::vector<std::string>{"reader Drugs of a ward intensive 404 refused",
                                             "owner Remove a drug  204"}));
  disk_full = true;
  EXPECT_EQ(r.dispatch(request(Method::del, "/api/v1/drugs/a1")).status, 503);
}

TEST(dispatch, query_values_are_read_by_type) {
  const auto r = router();
  const auto asked = [&](std::map<std::string, std::string> query) {
    const Reply reply = r.dispatch(request(Method::get, "/api/v1/wards/réa 2/drugs", std::move(query)));
    return reply.status == 200 ? reply.body.substr(10, reply.body.find("\",") - 10)
                               : code_of(reply) + " " + where_of(reply);
  };
  EXPECT_EQ(asked({}), "owner réa 2 - - 0 warm 1.00 1970-01-01T00:00:00.000Z");
  EXPECT_EQ(asked({{"form", "vial"},
                   {"at_least", "7"},
                   {"floors", "1,-2,3"},
                   {"cold", "true"},
                   {"share", "0.25"},
                   {"since", "2026-11-22T00:00:00Z"}}),
            "owner réa 2 vial 7 3 cold 0.25 2026-11-22T00:00:00.000Z");
  EXPECT_EQ(asked({{"floors", ""}}), "owner réa 2 - - 0 warm 1.00 1970-01-01T00:00:00.000Z");
  EXPECT_EQ(asked({{"form", "powder"}}), "json.not_one_of form");
  EXPECT_EQ(asked({{"at_least", "-1"}}), "json.too_small at_least");
  EXPECT_EQ(asked({{"at_least", ""}}), "json.not_a_whole_number at_least");
  EXPECT_EQ(asked({{"at_least", "7 "}}), "json.not_a_whole_number at_least");
  EXPECT_EQ(asked({{"at_least", "99999999999999999999"}}), "json.not_a_whole_number at_least");
  EXPECT_EQ(asked({{"floors", "1,,2"}}), "json.not_a_whole_number floors");
  EXPECT_EQ(asked({{"floors", "1,2,3,4"}}), "json.too_long floors");
  EXPECT_EQ(asked({{"cold", "yes"}}), "json.not_a_boolean cold");
  EXPECT_EQ(asked({{"share", "0,5"}}), "json.not_a_number share");
  EXPECT_EQ(asked({{"share", "nan"}}), "json.not_a_number share");
  EXPECT_EQ(asked({{"share", "inf"}}), "json.not_a_number share");
  EXPECT_EQ(asked({{"share", "1.5"}}), "json.too_big share");
  EXPECT_EQ(asked({{"since", "yesterday"}}), "json.not_an_instant since");
  EXPECT_EQ(asked({{"ward", "other"}}), "api.parameter_unknown ward") << "the path already says which";
  EXPECT_EQ(asked({{"colour", "red"}}), "api.parameter_unknown colour");
}

TEST(dispatch, missing_parameter_is_named) {
  const auto row = on(Method::get, "/n", Right::anyone, "",
                      [](const Session&, const OneDrug&) -> Result<Nothing> { return Nothing{}; });
  const Router r({row}, {.log = {}, .mint_incident = [] { return std::string(); }, .note = {}});
  const Reply reply = r.dispatch(request(Method::get, "/api/v1/n"));
  EXPECT_EQ(code_of(reply), "api.parameter_missing");
  EXPECT_EQ(where_of(reply), "id");
}

TEST(dispatch, bodies_are_read_strictly) {
  const auto r = router();
  const auto put = [&](std::string body) {
    const Reply reply = r.dispatch(request(Method::put, "/api/v1/drugs/a1", {}, std::move(body)));
    return reply.status == 200 ? reply.body : code_of(reply) + " " + where_of(reply);
  };
  EXPECT_EQ(put(R"({"stock":5,"form":"vial"})"), R"({"id":"a1","stock":5,"form":"vial"})");
  EXPECT_EQ(put(""), "api.body_missing ");
  EXPECT_EQ(put("{"), "json.syntax ");
  EXPECT_EQ(put("[]"), "json.not_an_object ");
  EXPECT_EQ(put(R"({"stock":5})"), "json.missing form");
  EXPECT_EQ(put(R"({"stock":-1,"form":"vial"})"), "json.too_small stock");
  EXPECT_EQ(put(R"({"stock":"5","form":"vial"})"), "json.not_a_whole_number stock");
  EXPECT_EQ(put(R"({"stock":5,"form":"vial","x":1})"), "json.unknown_member ");
  EXPECT_EQ(put(R"({"stock":5,"form":"vial","id":"b"})"), "json.unknown_member ")
      << "the path already says which";
  EXPECT_EQ(put(R"({"stock":5,"stock":6,"form":"vial"})"), "json.duplicate_member stock");
  EXPECT_EQ(put(std::string(100'000, '[')), "json.syntax ");
  EXPECT_EQ(r.dispatch(request(Method::post, "/api/v1/counts")).status, 200);
  EXPECT_EQ(r.dispatch(request(Method::post, "/api/v1/counts", {}, "{}")).status, 200);
  EXPECT_EQ(r.dispatch(request(Method::post, "/api/v1/counts", {}, "{\"a\":1}")).status, 400);
  EXPECT_EQ(code_of(r.dispatch(request(Method::get, "/api/v1/drugs/a", {}, "{}"))), "api.body_unexpected");
  const Reply gone =
      r.dispatch(request(Method::put, "/api/v1/drugs/gone", {}, R"({"stock":5,"form":"vial"})"));
  EXPECT_EQ(gone.status, 404);
  EXPECT_EQ(where_of(gone), "id");
}

TEST(dispatch, files_and_uploads) {
  const auto r = router();
  const Reply label = r.dispatch(request(Method::get, "/api/v1/label/a"));
  EXPECT_EQ(label.content_type, "text/plain");
  EXPECT_EQ(label.file_name, "a.txt");
  EXPECT_EQ(label.body, "label");
  const std::string file = testing::TempDir() + "/api_test_upload";
  std::ofstream(file) << "12345";
  auto order = request(Method::post, "/api/v1/wards/w/orders", {{"cold", "true"}});
  EXPECT_EQ(code_of(r.dispatch(order)), "api.body_missing");
  order.upload_path = file;
  EXPECT_EQ(r.dispatch(order).body, R"({"id":"w","stock":5,"form":"vial"})");
  std::remove(file.c_str());
  const Endpoint* row = r.find(Method::post, "/api/v1/wards/w/orders");
  ASSERT_NE(row, nullptr);
  EXPECT_TRUE(row->takes_upload);
  EXPECT_EQ(row->max_body, 5'000u);
  EXPECT_EQ(r.find(Method::put, "/api/v1/wards/w/orders"), nullptr);
}

TEST(dispatch, our_own_faults_are_numbered_and_told_to_the_log_only) {
  std::vector<Told> told;
  const auto r = router(&told);

  struct Case {
    const char* id;
    int status;
    const char* code;
    const char* what;
  };

  for (const Case& c :
       std::initializer_list<Case>{{"disk", 503, "api.environment", "no space left on /secret/path"},
                                   {"memory", 503, "api.environment", "std::bad_alloc"},
                                   {"bug", 500, "api.internal", "secret invariant"},
                                   {"other", 500, "api.internal", "secret other"}}) {
    told.clear();
    const Reply reply = r.dispatch(request(Method::post, std::string("/api/v1/breaks/") + c.id));
    EXPECT_EQ(reply.status, c.status) << c.id;
    EXPECT_EQ(code_of(reply), c.code);
    EXPECT_NE(reply.body.find(R"("incident":"K7-42")"), std::string::npos);
    EXPECT_EQ(reply.body.find("secret"), std::string::npos) << "what() stays here";
    ASSERT_EQ(told.size(), 1u);
    EXPECT_EQ(told[0].code, c.code);
    EXPECT_EQ(told[0].number, "K7-42");
    EXPECT_NE(told[0].what.find(c.what), std::string::npos) << told[0].what;
    EXPECT_EQ(told[0].path, std::string("/api/v1/breaks/") + c.id);
  }
}

TEST(dispatch, status_of_every_kind) {
  const std::vector<std::pair<ErrorKind, int>> table{
      {ErrorKind::invalid, 400},   {ErrorKind::unauthenticated, 401}, {ErrorKind::forbidden, 403},
      {ErrorKind::not_found, 404}, {ErrorKind::conflict, 409},        {ErrorKind::cancelled, 409},
      {ErrorKind::limit, 413},     {ErrorKind::unavailable, 503}};
  EXPECT_EQ(table.size(), describe(static_cast<ErrorKind*>(nullptr)).entries.size());
  for (const auto& [kind, status] : table) {
    EXPECT_EQ(status_of(kind), status);
  }
}

TEST(contract, holds_for_every_row) {
  const auto cases = contract_cases(router());
  EXPECT_GT(cases.size(), 30u);
  for (const auto& c : cases) {
    EXPECT_EQ(c.got, c.expected) << c.name;
  }
}

TEST(contract, notices_a_row_that_reads_loosely) {
  auto rows = toy();
  rows[0].run = [](const Session&, const auto&, const Request&) -> Result<Reply> { return Reply{}; };
  int faults = 0;
  for (const auto& c : contract_cases(rows)) {
    faults += c.got != c.expected ? 1 : 0;
  }
  EXPECT_EQ(faults, 2);
}

TEST(rows, mistakes_in_a_row_are_bugs_when_it_is_made) {
  const auto nothing = [](const Session&, const OneDrug&) -> Result<Nothing> { return Nothing{}; };
  EXPECT_THROW(on(Method::get, "/a/{wrong}", Right::view, "", nothing), Bug);
  EXPECT_THROW(Router({on(Method::get, "/a/{id}", Right::view, "", nothing)},
                      {.log = {}, .mint_incident = [] { return std::string(); }, .note = {}}),
               Bug)
      << "a row that does not say what it is about";
  const auto make = [&](std::vector<Endpoint> rows) {
    for (Endpoint& row : rows) {
      row = listed(row);
    }
    return Router(std::move(rows), {.log = {}, .mint_incident = [] { return std::string(); }, .note = {}});
  };
  EXPECT_THROW(make({on(Method::get, "/a/{id}", Right::view, "", nothing),
                     on(Method::get, "/a/{id}", Right::edit, "", nothing)}),
               Bug);
  EXPECT_THROW(make({on(Method::get, "a/{id}", Right::view, "", nothing)}), Bug);
  EXPECT_THROW(make({on(Method::get, "/a/", Right::view, "", nothing)}), Bug);
  EXPECT_THROW(make({on(Method::get, "/{id}/{id}", Right::view, "", nothing)}), Bug);
}

TEST(openapi, operation_ids_follow_method_and_path) {
  EXPECT_EQ(operation_id(Method::get, "/facilities/{facility}/imports"), "getFacilitiesByFacilityImports");
  EXPECT_EQ(operation_id(Method::del, "/what_if/{id}"), "deleteWhatIfById");
}

TEST(openapi, document_is_stable_and_whole) {
  const std::string text = openapi(toy(), "0.1.0");
  auto rows = toy();
  std::reverse(rows.begin(), rows.end());
  EXPECT_EQ(openapi(rows, "0.1.0"), text) << "the order of the rows does not show";

  const auto parsed = JsonDocument::parse(text);
  ASSERT_TRUE(parsed) << parsed.error().where;
  const auto root = parsed.value().root();
  EXPECT_EQ(root.find("openapi")->text(), "3.1.0");
  EXPECT_EQ(root.find("paths")->size(), 8u);
  const auto schemas = *root.find("components")->find("schemas");
  for (const char* name : {"Drug", "DrugPage", "ErrorReply", "Message", "Param"}) {
    EXPECT_TRUE(schemas.find(name)) << name;
  }
  const auto put = *root.find("paths")->find("/drugs/{id}")->find("put");
  EXPECT_EQ(put.find("x-right")->text(), "edit");
  EXPECT_EQ(put.find("parameters")->size(), 1u);
  const auto body = *put.find("requestBody")->find("content")->find("application/json")->find("schema");
  EXPECT_EQ(body.find("properties")->size(), 2u) << "id is in the path";
  EXPECT_FALSE(body.find("properties")->find("id"));
  const auto upload = *root.find("paths")->find("/wards/{ward}/orders")->find("post");
  EXPECT_EQ(upload.find("requestBody")->find("x-max-bytes")->integer(), 5000);
  EXPECT_EQ(upload.find("parameters")->size(), 7u);
}

TEST(openapi, one_operation_word_for_word) {
  const std::string text = openapi({toy()[2]}, "0.1.0");
  EXPECT_NE(text.find(R"(  "paths": {
    "/drugs/{id}": {
      "get": {
        "operationId": "getDrugsById",
        "summary": "One drug",
        "x-right": "view",
        "x-about": "listed",
        "parameters": [
          {
            "name": "id",
            "in": "path",
            "required": true,
            "schema": {
              "type": "string",
              "maxLength": 8,
              "description": "identity"
            }
          }
        ],
        "responses": {
          "200": {
            "description": "the answer",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/Drug"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/Error"
          }
        }
      }
    }
  },
)"),
            std::string::npos)
      << text;
}

namespace other {
struct Drug {
  bool it = false;
};

constexpr auto describe(Drug*) {
  return Fields{field<&Drug::it>("it")};
}
}  // namespace other

TEST(openapi, two_types_of_one_name_are_a_bug) {
  auto rows = toy();
  rows.push_back(on(Method::get, "/other", Right::view, "",
                    [](const Session&, const Nothing&) -> Result<other::Drug> { return other::Drug{}; }));
  EXPECT_THROW(openapi(rows, "1"), Bug);
}

}  // namespace
}  // namespace releve::api
