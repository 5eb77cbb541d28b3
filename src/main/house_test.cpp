// SPDX-License-Identifier: EUPL-1.2
// Two houses over one PostgreSQL and one folder: what one does, the other knows.
#include "main/house.hpp"

#include "foundation/base/id.hpp"
#include "foundation/store/test_database.hpp"
#include "main/process_for_tests.hpp"
#include "prepare/fiction/national.hpp"

#include <filesystem>
#include <fstream>

namespace releve::main {
namespace {

using std::chrono::milliseconds;

class houses : public store::DatabaseTest {
 protected:
  void SetUp() override {
    DatabaseTest::SetUp();
    if (IsSkipped()) {
      return;
    }
    one_ = open_house();
    two_ = open_house();
    ASSERT_TRUE(one_->facilities->create("CH", "Hôpital", true).ok());
  }

  void TearDown() override {
    one_.reset();
    two_.reset();
    DatabaseTest::TearDown();
  }

  std::unique_ptr<House> open_house() const {
    auto opened = House::open(shell_, {folder_.path() + "/data", url()});
    EXPECT_TRUE(opened.ok()) << opened.error().message.code;
    return std::move(opened).value();
  }

  /// The next event of this topic; nothing when none comes in time.
  static std::optional<api::Event> next(api::Subscription& reader, std::string_view topic,
                                        milliseconds time = milliseconds(10'000)) {
    const auto until = std::chrono::steady_clock::now() + time;
    while (std::chrono::steady_clock::now() < until) {
      if (auto event = reader.wait(milliseconds(50)); event && event->topic == topic) {
        return event;
      }
    }
    return std::nullopt;
  }

  /// Both have found their wires: what is said from now on is heard.
  void wait_for_the_wires() {
    const auto there = two_->events.subscribe({});
    const auto here = one_->events.subscribe({});
    const auto reaches = [](House& from, api::Subscription& reader) {
      return within(milliseconds(10'000), [&] {
        from.publish("test", "{}", "");
        return next(reader, "test", milliseconds(200)).has_value();
      });
    };
    ASSERT_TRUE(reaches(*one_, *there));
    ASSERT_TRUE(reaches(*two_, *here));
  }

  store::TestFolder folder_;
  const Shell shell_{load_catalogue(), "fr", ""};
  std::unique_ptr<House> one_;
  std::unique_ptr<House> two_;
};

INSTANTIATE_TEST_SUITE_P(engines, houses, testing::Values("postgresql"));

TEST_P(houses, an_event_of_one_reaches_the_readers_of_the_other) {
  wait_for_the_wires();
  const auto reader = two_->events.subscribe({"facility"});
  ASSERT_TRUE(one_->facilities->rename("CH", "Hôpital neuf").ok());
  const auto event = next(*reader, "facility");
  ASSERT_TRUE(event);
  EXPECT_EQ(event->json, R"({"id":"CH","version":1})");
  EXPECT_EQ(event->place, "CH");
  EXPECT_EQ(two_->facilities->find("CH")->name, "Hôpital neuf");
  one_->publish("large", "\"" + std::string(9'000, 'x') + "\"", "CH");
  EXPECT_TRUE(next(*reader, api::resync_topic)) << "too long for the wire";
}

TEST_P(houses, what_one_has_drawn_the_other_draws_anew) {
  const auto before = two_->facilities->draw("CH").value();
  ASSERT_TRUE(one_->facilities->answer("CH", "", "teams_infrastructure", "4", "RSSI").ok());
  EXPECT_NE(two_->facilities->draw("CH").value()->input_hash, before->input_hash);
  EXPECT_EQ(two_->facilities->draw("CH").value()->input_hash,
            one_->facilities->draw("CH").value()->input_hash);
}

TEST_P(houses, a_table_changed_in_one_is_in_force_in_the_other) {
  wait_for_the_wires();
  const auto texts = one_->tables.texts();
  const auto attack = std::find_if(texts.begin(), texts.end(), [](const auto& one) {
    return one.file.find("attack") != std::string::npos;
  });
  ASSERT_NE(attack, texts.end());
  const auto version = [](const House& house) { return house.tables.in_force()->tables.version; };
  const std::string before = version(*two_);
  ASSERT_TRUE(one_->edit_table(attack->file, attack->text + "\n").ok());
  ASSERT_NE(version(*one_), before) << "the version is that of the texts";
  EXPECT_TRUE(within(milliseconds(10'000), [&] { return version(*two_) == version(*one_); }));
}

TEST_P(houses, rights_changed_in_one_are_asked_anew_in_the_other) {
  wait_for_the_wires();
  const auto before = two_->access->version();
  one_->access->office().sessions.changed();
  EXPECT_TRUE(within(milliseconds(5'000), [&] { return two_->access->version() != before; }));
  const auto settled = one_->access->version();
  std::this_thread::sleep_for(milliseconds(500));
  EXPECT_EQ(one_->access->version(), settled) << "no echo";
}

TEST_P(houses, a_cut_of_the_wire_is_a_resync_for_everybody) {
  wait_for_the_wires();
  const auto here = one_->events.subscribe({"job"});
  const auto there = two_->events.subscribe({"job"});
  as_administrator("select pg_terminate_backend(pid) from pg_stat_activity where datname = '" + base_name() +
                   "'");
  EXPECT_TRUE(next(*here, api::resync_topic));
  EXPECT_TRUE(next(*there, api::resync_topic));
  wait_for_the_wires();
}

TEST_P(houses, an_assessment_of_one_is_seen_and_stopped_from_the_other) {
  const auto [row, job] = one_->assessments->start("CH", "crisis", 1'000'000, 5, "RSSI").value();
  EXPECT_TRUE(within(milliseconds(60'000), [&, id = row.id] {
    return two_->assessments->preliminary("CH", id).ok();
  })) << "its first answer";
  const auto third = open_house();  // whoever comes later leaves it alone
  EXPECT_EQ(third->assessments->find("CH", row.id)->state, assessment::AssessmentState::running);
  EXPECT_TRUE(two_->jobs->cancel(job.id).ok());
  EXPECT_EQ(one_->jobs->wait(job.id).state, store::JobState::cancelled);
  EXPECT_EQ(two_->assessments->find("CH", row.id)->state, assessment::AssessmentState::cancelled);
}

TEST_P(houses, an_import_that_one_leaves_is_read_by_the_other_once) {
  std::string text = "cve,epss\n";
  for (int i = 0; i < 400'000; ++i) {
    text += "CVE-2026-" + std::to_string(10'000 + i) + ",0.5\n";
  }
  const std::string path = one_->files->new_spool_path();
  std::ofstream(path) << text;
  const auto third = open_house();
  std::this_thread::sleep_for(2 * store::beat);  // all have seen each other
  const auto [import, job] = one_->facilities->receive("CH", "epss.csv", path, "RSSI").value();
  one_.reset();
  const auto state = [&, id = import.id] { return two_->facilities->find_import("CH", id)->state; };
  EXPECT_TRUE(within(milliseconds(60'000), [&] { return state() == cartography::ImportState::ready; }))
      << text_of(state());
  std::size_t readings = 0;
  for (const auto& one : two_->jobs->list("CH", 10)) {
    readings += one.subject == import.id ? 1U : 0U;
  }
  EXPECT_LE(readings, 2U) << "the one that was interrupted, and one more";
}

using one_house = store::DatabaseTest;
RELEVE_ON_BOTH_ENGINES(one_house);

TEST_P(one_house, gives_a_hospital_what_the_registry_knows_of_it) {
  const store::TestFolder folder;
  const Shell shell{load_catalogue(), "fr", ""};
  const auto house = House::open(shell, {folder.path() + "/data", url()}).value();
  const auto import = [&](const std::string& text) {
    const std::string path = house->files->new_spool_path();
    std::ofstream(path, std::ios::binary) << text;
    const auto [row, reading] = house->places->receive("sae.csv", path, "owner").value();
    house->jobs->wait(reading.id);
    ASSERT_EQ(house->jobs->wait(house->places->accept(row.id).value().second.id).state,
              store::JobState::done);
  };
  fiction::FictionalCountry country{.departments = {{"01", "84"}}, .sites = 40, .entities = 10};
  country.own_number = "010000024";
  country.own_name = "CH";
  import(fiction::national_files(country, 1).finess);
  const std::string head = "BOR;AN;FI;RS;FI_EJ;LIT_MED;LIT_CHI;LIT_OBS\nMCO;";
  import(head + "2022;010000024;CH;010780054;200;90;20\n");
  import(head + "2023;010000024;CH;010780054;180;90;0\n");
  std::string home;
  for (const auto& place : house->places->find({.kind = registry::PlaceKind::site}).items) {
    home = place.id == "010000024" ? home : place.id;
  }
  ASSERT_TRUE(house->facilities->create("010000024", "CH", true).ok());
  const std::string scan = folder.path() + "/scan.xml";
  std::ofstream(scan) << R"(<?xml version="1.0"?><nmaprun scanner="nmap" start="1700000000" version="7.94" )"
                         R"(xmloutputversion="1.05"><host><status state="up"/><address addr="10.0.0.1" )"
                         R"(addrtype="ipv4"/></host><runstats><finished time="1700000100"/>)"
                         R"(<hosts up="1" down="0" total="1"/></runstats></nmaprun>)";
  ASSERT_EQ(import_now(*house, "010000024", "scan.xml", scan).value().state,
            cartography::ImportState::committed);
  const Status shared = house->facilities->share_system("010000024", {home});
  ASSERT_TRUE(shared.ok()) << to_json(shared.error().message);
  EXPECT_FALSE(house->facilities->share_system("010000024", {"FR"}).ok()) << "not a site";
  const auto known = house->facilities->registered("010000024").value();
  EXPECT_EQ(known.place, "010000024");
  EXPECT_EQ(known.source, "SAE 2023") << "the newest year";
  std::map<std::string, std::optional<double>> beds;
  for (const auto& service : house->facilities->draw("010000024").value()->services) {
    beds[service.id] = service.beds;
  }
  EXPECT_EQ(beds.at("MED"), 180);
  EXPECT_EQ(beds.at("CHIR"), 90);
  EXPECT_FALSE(beds.contains("OBST")) << "closed since";
  EXPECT_TRUE(beds.contains("SITE-" + home));

  import("BOR;AN;FI;AUTGEN\nURGENCES;2024;010000024;1\n");  // a table of a later year without beds
  import("BOR;AN;FI;LIT_MED\nMCO;2025;010000024;170\n");
  const auto later = house->facilities->registered("010000024").value();
  EXPECT_EQ(later.emergency, true);
  using cartography::Sector;
  EXPECT_EQ(later.beds_of(Sector::medicine), 170);
  EXPECT_EQ(later.beds_of(Sector::surgery), 90) << "the newest year that says any";
  EXPECT_EQ(later.beds_of(Sector::obstetrics), 0);
  EXPECT_EQ(later.source, "SAE 2023, 2025") << "of beds alone";
}

TEST_P(one_house, may_be_left_while_the_hospital_of_a_room_is_compiled) {
  const store::TestFolder folder;
  const Shell shell{load_catalogue(), "fr", ""};
  for (int round = 0; round < 20; ++round) {
    auto opened = House::open(shell, {folder.path() + "/data", url()});
    ASSERT_TRUE(opened.ok()) << opened.error().message.code;
    const auto left = std::move(opened).value();
    if (round == 0) {
      ASSERT_TRUE(left->facilities->create("CH", "CH", true).ok());
    }
    const auto id = [&] { return mint_uuid(left->clock.now()); };
    ASSERT_TRUE(left->rooms->activate({.facility = "CH", .room = id(), .line = id()}, "garde", "fr").ok());
  }
}

}  // namespace
}  // namespace releve::main
