// SPDX-License-Identifier: EUPL-1.2
#include "main/retention.hpp"

#include "foundation/base/text.hpp"
#include "foundation/store/test_database.hpp"
#include "main/house.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>

namespace releve::main {
namespace {

class retention : public store::DatabaseTest {
 protected:
  void SetUp() override {
    DatabaseTest::SetUp();
    if (!IsSkipped()) {
      house_ = House::open(shell_, {folder_.path() + "/data", url()}).value();
      ASSERT_TRUE(house_->facilities->create("CH", "Hôpital", true).ok());
    }
  }

  void TearDown() override {
    house_.reset();
    DatabaseTest::TearDown();
  }

  cartography::Import import(const std::string& name, const std::string& text) {
    const std::string path = folder_.path() + "/" + name;
    std::ofstream(path, std::ios::binary) << text;
    return import_now(*house_, "CH", name, path).value();
  }

  std::vector<Forgotten> after_days(int days) {
    return forget_the_past(*house_, house_->clock.now() + std::chrono::hours(24 * days));
  }

  store::TestFolder folder_;
  const Shell shell_{load_catalogue(), "fr", ""};
  std::unique_ptr<House> house_;
};

RELEVE_ON_BOTH_ENGINES(retention);

TEST_P(retention, lets_go_of_what_is_over_and_of_the_files_that_it_alone_named) {
  const auto counts = import("epss.csv", "cve,epss\nCVE-2024-1234,0.9\n");
  ASSERT_EQ(counts.state, cartography::ImportState::committed);
  const auto refused = import("notes.txt", "\x01\x02 not an export");
  ASSERT_EQ(refused.state, cartography::ImportState::refused);
  const auto stored = [&](const cartography::Import& one) {
    return std::filesystem::exists(house_->files->path_of(one.file_hash));
  };
  const std::string unknown = house_->files->put("of another database");
  EXPECT_EQ(after_days(0), std::vector<Forgotten>());
  EXPECT_TRUE(stored(refused));

  const auto gone = after_days(100);
  EXPECT_EQ(gone, (std::vector<Forgotten>{{"ended_jobs", 2}, {"uncounted_imports", 1}, {"files", 1}}));
  EXPECT_FALSE(stored(refused));
  EXPECT_TRUE(stored(counts));
  EXPECT_TRUE(std::filesystem::exists(house_->files->path_of(unknown)));
  ASSERT_EQ(house_->facilities->imports("CH").size(), 1U);
  EXPECT_TRUE(house_->facilities->draw("CH").ok());
  const auto told = house_->access->trail().list({.deed = std::string(access::past_forgotten)});
  ASSERT_EQ(told.size(), 2U);
  EXPECT_EQ(told.back().subject, "ended_jobs");
  EXPECT_FALSE(house_->access->trail().check().fault);
  EXPECT_EQ(after_days(100), std::vector<Forgotten>()) << "once";
}

TEST_P(retention, keeps_the_last_assessment_and_those_of_a_rule_without_days) {
  const auto assess = [&](std::uint64_t seed) {
    const auto [row, job] = house_->assessments->start("CH", "crisis", 1, seed, "RSSI").value();
    house_->jobs->wait(job.id);
    return row.id;
  };
  const std::string first = assess(1);
  const std::string last = assess(2);
  const auto kept = [&](const std::string& id) { return house_->assessments->find("CH", id).ok(); };
  (void)after_days(4'000);
  EXPECT_TRUE(kept(first)) << "the built-in rule keeps them";
  const auto texts = house_->tables.texts();
  auto table =
      *std::find_if(texts.begin(), texts.end(), [](const auto& one) { return one.file == "retention.json"; });
  const std::string rule = R"("superseded_assessments", "days": null)";
  ASSERT_NE(table.text.find(rule), std::string::npos);
  table.text.replace(table.text.find(rule), rule.size(), R"("superseded_assessments", "days": 30)");
  ASSERT_TRUE(house_->edit_table(table.file, table.text).ok());
  ASSERT_EQ(house_->assessments->latest_done("CH"), last);
  (void)after_days(29);
  EXPECT_TRUE(kept(first));
  (void)after_days(31);
  EXPECT_FALSE(kept(first));
  EXPECT_TRUE(kept(last));
}

TEST_P(retention, forgets_who_has_left) {
  access::Access& access = *house_->access;
  api::Session owner;
  owner.peer = "192.0.2.1";
  owner = access.who(access.entrance().enter(owner, access.entrance().first_link(false).value()).value());
  const auto [lea, link] = access.people()
                               .invite(owner, "lea", "Léa Martin", "06 12 34 56 78",
                                       {.role = "rssi", .place = "CH", .starts = house_->clock.now()})
                               .value();
  ASSERT_TRUE(access.people().close(owner, lea.id).ok());
  EXPECT_EQ(access.people().find(owner, lea.id)->contact, "06 12 34 56 78");
  (void)after_days(364);
  EXPECT_EQ(access.people().find(owner, lea.id)->name, "Léa Martin");
  const auto gone = after_days(366);
  EXPECT_NE(std::find(gone.begin(), gone.end(), Forgotten{"closed_accounts", 1}), gone.end());
  EXPECT_EQ(access.people().find(owner, lea.id)->name, "lea") << "as the trail calls her";
  EXPECT_EQ(access.people().find(owner, lea.id)->contact, "");
}

TEST(retention_table, names_each_kind_once) {
  const std::string whole(embedded_text("data/retention.json"));
  ASSERT_TRUE(read_retention(whole).ok());
  const auto code = [&](std::string_view from, std::string_view to) {
    std::string text = whole;
    text.replace(text.find(from), from.size(), to);
    const auto read = read_retention(text);
    return read.ok() ? "" : read.error().message.code;
  };
  EXPECT_EQ(code("ended_jobs", "ended_job"), "tables.unknown_name");
  EXPECT_EQ(code("ended_jobs", "unused_links"), "tables.row_twice");
  EXPECT_EQ(code("\"days\": 30,", "\"days\": 0,"), "json.too_small");
  const auto empty = read_retention(R"({"rules": []})");
  ASSERT_FALSE(empty.ok());
  EXPECT_EQ(empty.error().message.code, "tables.missing_row");
}

}  // namespace
}  // namespace releve::main
