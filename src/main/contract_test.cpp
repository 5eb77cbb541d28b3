// SPDX-License-Identifier: EUPL-1.2
// The whole API, held against its contract and against the document that is committed.
#include "foundation/api/contract_for_tests.hpp"
#include "foundation/api/openapi.hpp"
#include "foundation/base/hash.hpp"
#include "foundation/store/test_database.hpp"
#include "main/instance_endpoints.hpp"
#include "main/process_for_tests.hpp"

#include <cstdlib>

namespace releve::main {
namespace {

class contract : public testing::Test {
 protected:
  void SetUp() override {
    auto opened = House::open(shell, {folder.path(), ""});
    ASSERT_TRUE(opened.ok()) << opened.error().message.code;
    house = std::move(opened).value();
  }

  store::TestFolder folder;
  const Shell shell{load_catalogue(), "fr", ""};
  std::unique_ptr<House> house;
};

TEST_F(contract, every_row_refuses_what_it_must) {
  const auto cases = api::contract_cases(all_endpoints(*house));
  EXPECT_GE(cases.size(), 100U);
  for (const auto& one : cases) {
    EXPECT_EQ(one.got, one.expected) << one.name;
  }
}

TEST_F(contract, the_committed_description_is_up_to_date) {
  const std::string path = RELEVE_SOURCE_DIR "/docs/openapi.json";
  const std::string text = api::openapi(all_endpoints(*house), product_version) + "\n";
  if (std::getenv("RELEVE_BLESS") != nullptr) {
    std::ofstream(path, std::ios::binary) << text;
  }
  EXPECT_EQ(bytes_of(path), text) << "run this test with RELEVE_BLESS=1 and commit docs/openapi.json";
}

/// The audit trail calls what was asked by these words.
TEST_F(contract, rows_that_have_a_name_have_it_in_both_languages) {
  std::set<std::string> rows;
  for (const auto& row : all_endpoints(*house)) {
    const std::string code = "access.row." + to_upper(text_of(row.method)) + " " + row.path;
    rows.insert(code);
    if (shell.catalogue.find("fr", code) != nullptr) {
      ASSERT_NE(shell.catalogue.find("en", code), nullptr) << code;
      EXPECT_EQ(*shell.catalogue.find("en", code), row.summary) << code;
    }
  }
  int named = 0;
  for (const char* language : {"fr", "en"}) {
    const auto words = from_json<std::map<std::string, std::string>>(
        bytes_of(RELEVE_SOURCE_DIR "/i18n/" + std::string(language) + ".json"));
    for (const auto& [code, text] : words.value()) {
      const bool names_a_row = code.starts_with("access.row.");
      EXPECT_TRUE(!names_a_row || rows.contains(code)) << "no such row any more: " << code;
      named += names_a_row ? 1 : 0;
    }
  }
  EXPECT_GT(named, 100);
}

TEST_F(contract, every_error_of_an_unknown_facility_is_in_words) {
  const api::Router router(all_endpoints(*house),
                           {.log = {}, .mint_incident = [] { return std::string("1"); }, .note = {}});
  for (const auto& row : router.endpoints()) {
    if (row.method != api::Method::get || row.path.find("{facility}") == std::string::npos) {
      continue;
    }
    api::Request request = api::detail::contract_request(row, true);
    if (row.path.ends_with("/elements") || row.path.ends_with("/export")) {
      request.query["layer"] = "care";
    }
    const api::Reply reply = router.dispatch(request);
    EXPECT_EQ(reply.status, 404) << row.path << " " << reply.body;
    const auto error = from_json<api::ErrorReply>(reply.body);
    ASSERT_TRUE(error.ok()) << row.path;
    EXPECT_NE(shell.catalogue.find("fr", error->message.code), nullptr) << error->message.code;
    EXPECT_NE(shell.catalogue.find("en", error->message.code), nullptr) << error->message.code;
  }
}

TEST_F(contract, a_facility_says_what_the_page_asks_first) {
  const api::Router router(all_endpoints(*house),
                           {.log = {}, .mint_incident = [] { return std::string("1"); }, .note = {}});
  const auto ask = [&](api::Method method, const std::string& path, const std::string& body = {}) {
    api::Request request;
    request.method = method;
    request.path = "/api/v1/facilities" + path;
    request.body = body;
    request.session = {.user = "owner", .language = "fr", .perimeter = api::Perimeter::everything()};
    return router.dispatch(request);
  };
  const auto has = [](const api::Reply& reply, const std::string& text) {
    return reply.status == 200 && reply.body.find(text) != std::string::npos;
  };
  ASSERT_EQ(ask(api::Method::post, "", R"({"id":"CH","name":"Avant"})").status, 200);
  EXPECT_TRUE(has(ask(api::Method::post, "/CH/rename", R"({"name":" Après "})"), R"("name":"Après")"));
  EXPECT_EQ(ask(api::Method::post, "/CH/rename", R"({"name":"  "})").status, 400);
  EXPECT_EQ(ask(api::Method::post, "/none/rename", R"({"name":"x"})").status, 404);
  EXPECT_TRUE(has(ask(api::Method::get, ""), R"("services":0)"));
  EXPECT_TRUE(has(ask(api::Method::get, "/CH"), R"("last_import":null,"latest_assessment":null)"));
  const auto [row, job] = house->assessments->start("CH", "crisis", 5, 1, "owner").value();
  house->jobs->wait(job.id);
  EXPECT_TRUE(has(ask(api::Method::get, "/CH"), R"("latest_assessment":")" + row.id + "\""));
}

TEST_F(contract, edited_tables_are_checked_together_and_taken_back) {
  const std::string before = house->tables.in_force()->tables.version;
  const std::string sectors_before = house->tables.defaults()->version;
  EXPECT_FALSE(house->tables.edit("attack.json", "{}").ok());
  EXPECT_FALSE(house->tables.edit("../../etc/passwd", "[]").ok());
  EXPECT_EQ(house->tables.in_force()->tables.version, before);
  ASSERT_TRUE(house->tables.edit("attack.json", std::string(embedded_text("data/attack.json")) + " ").ok());
  ASSERT_TRUE(house->tables.edit("sectors.json", std::string(embedded_text("data/sectors.json")) + " ").ok());
  EXPECT_NE(house->tables.in_force()->tables.version, before);
  EXPECT_NE(house->tables.defaults()->version, sectors_before);
  const std::string edited = house->tables.in_force()->tables.version;
  house.reset();
  house = std::move(House::open(shell, {folder.path(), ""})).value();
  EXPECT_EQ(house->tables.in_force()->tables.version, edited) << "kept over a restart";
  const auto late = house->tables.edit("attack.json", std::string(embedded_text("data/attack.json")) + "  ",
                                       content_hash(embedded_text("data/attack.json")));
  ASSERT_FALSE(late.ok()) << "it was edited since";
  EXPECT_EQ(late.error().message.code, "edit.changed_meanwhile");
  ASSERT_TRUE(house->tables.edit("attack.json", "").ok());
  ASSERT_TRUE(house->tables.edit("sectors.json", "").ok());
  EXPECT_EQ(house->tables.in_force()->tables.version, before);
}

}  // namespace
}  // namespace releve::main
