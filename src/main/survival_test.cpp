// SPDX-License-Identifier: EUPL-1.2
// The real program, killed without warning at moments drawn from a fixed seed: what was acknowledged stays,
// nothing is half done, and work goes on. On both engines.
#include "foundation/base/id.hpp"
#include "foundation/http/client_for_tests.hpp"
#include "foundation/store/test_database.hpp"
#include "main/house.hpp"
#include "main/process_for_tests.hpp"

#include <array>
#include <filesystem>
#include <iostream>
#include <map>
#include <optional>
#include <random>
#include <utility>

namespace releve::main {
namespace {

using std::chrono::milliseconds;

class survival : public store::DatabaseTest {
 protected:
  static void SetUpTestSuite() {
    hospital = new store::TestFolder;
    Program program({"generate", "--facility-size", "small", "--seed", "3", "--out", exports()}, "/dev/null");
    ASSERT_EQ(program.wait(), 0);
  }

  static void TearDownTestSuite() { delete hospital; }

  static std::string exports() { return hospital->path() + "/exports"; }

  std::vector<std::string> import_command() const {
    return {"import",
            "--facility",
            "CH",
            "--data",
            data(),
            "--database",
            database(),
            exports() + "/inventaire.xlsx",
            exports() + "/nmap.xml",
            exports() + "/kev.json"};
  }

  void SetUp() override {
    DatabaseTest::SetUp();
    if (!IsSkipped()) {
      begin_generation(0);
    }
  }

  void TearDown() override {
    for (int n = 0; !base_name().empty() && n <= generation; ++n) {
      as_administrator("drop database " + base_of(n) + " with (force)");
    }
    DatabaseTest::TearDown();
  }

  /// An empty folder and an empty database.
  void begin_generation(int number) {
    generation = number;
    if (!sqlite()) {
      as_administrator("create database " + base_of(number) + " template " + base_name());
    }
  }

  std::string base_of(int number) const { return base_name() + "_" + std::to_string(number); }

  std::string data() const { return folder.path() + "/data" + std::to_string(generation); }

  std::string database() const {
    if (sqlite()) {
      return "sqlite:" + data() + "/releve.db";
    }
    std::string address = url();
    return address.replace(address.find(base_name()), base_name().size(), base_of(generation));
  }

  std::string out() const { return folder.path() + "/out"; }

  /// What is true of the database after any death.
  void expect_sound() const {
    const auto opened = store::open_database({database(), 1}, store::test_now);
    ASSERT_TRUE(opened.ok()) << opened.error().message.code;
    (*opened)->read([this](store::Transaction& t) {
      if (sqlite()) {
        EXPECT_EQ(t.query("pragma integrity_check").at(0).text(0), "ok");
        EXPECT_TRUE(t.query("pragma foreign_key_check").empty());
      }
      const auto count = [&](const std::string& sql) { return t.query(sql).at(0).integer(0); };
      EXPECT_EQ(
          count(
              "select count(*) from import where state not in ('reading', 'ready', 'refused', 'committed')"),
          0);
      EXPECT_EQ(count("select count(*) from import where (state = 'committed') <> (committed is not null and "
                      "position is not null)"),
                0);
      EXPECT_EQ(count("select count(*) from facility f where f.version <> 1 + (select count(*) from import i "
                      "where i.facility = f.id and i.state = 'committed')"),
                0);
      EXPECT_EQ(count("select count(*) - count(distinct position) from import where state = 'committed'"), 0);
      EXPECT_EQ(count("select count(*) from assessment where (state = 'done') <> (outcome_file <> '')"), 0);
    });
  }

  static store::TestFolder* hospital;
  store::TestFolder folder;
  const Shell shell{load_catalogue(), "fr", ""};
  int generation = 0;
};

store::TestFolder* survival::hospital = nullptr;

RELEVE_ON_BOTH_ENGINES(survival);

TEST_P(survival, imports_killed_at_twenty_moments) {
  const auto begin = std::chrono::steady_clock::now();
  {
    Program whole(import_command(), out());
    ASSERT_EQ(whole.wait(), 0);
  }
  auto length = std::chrono::duration_cast<milliseconds>(std::chrono::steady_clock::now() - begin).count();
  expect_sound();
  std::mt19937 dice(20261102);
  int killed = 0;
  int too_late = 0;
  while (killed < 20 && too_late < 60) {
    if (generation != 1 + killed / 5) {
      begin_generation(1 + killed / 5);  // a few deaths in one database, and not all in one
    }
    Program program(import_command(), out());
    std::this_thread::sleep_for(
        milliseconds(dice() % static_cast<unsigned>(std::max<std::int64_t>(2, length))));
    const bool in_the_middle = program.kill_now() == -SIGKILL;
    if (!sqlite() || std::filesystem::exists(data() + "/releve.db")) {
      expect_sound();
    }
    if (!in_the_middle) {  // it had ended: a machine at rest is quicker than when the length was taken
      ++too_late;
      length = length * 3 / 4;
      continue;
    }
    if (++killed % 5 == 0) {
      Program after(import_command(), out());
      EXPECT_EQ(after.wait(), 0) << "a new import works";
      expect_sound();
    }
  }
  EXPECT_EQ(killed, 20) << "each died in the middle";
}

/// Until this house has missed them and said so of their jobs, then of what these were for.
void wait_for_the_leases_of_the_dead(House& house) {
  const auto at_work = [&] {
    const auto jobs = house.jobs->list("CH", 100);
    const auto assessments = house.assessments->list("CH");
    return std::any_of(jobs.begin(), jobs.end(),
                       [](const store::Job& job) {
                         return job.state == store::JobState::queued || job.state == store::JobState::running;
                       }) ||
           std::any_of(assessments.begin(), assessments.end(),
                       [](const auto& one) { return one.state == assessment::AssessmentState::running; });
  };
  for (int i = 0; i < 300 && at_work(); ++i) {
    std::this_thread::sleep_for(milliseconds(100));
  }
}

TEST_P(survival, assessments_killed_at_twenty_moments) {
  {
    Program import(import_command(), out());
    ASSERT_EQ(import.wait(), 0);
  }
  std::mt19937 dice(7);
  int interrupted = 0;
  for (int round = 0; round < 20; ++round) {
    {
      Served served({"--data", data(), "--database", database(), "--port", "0"}, out());
      const std::string cookie = served.enter();
      ASSERT_FALSE(cookie.empty());
      http::Client client(served.port);
      client.request("POST", "/api/v1/facilities/CH/assessments",
                     "Cookie: " + cookie + "\r\nContent-Type: application/json\r\n",
                     R"({"worlds":800,"seed":"5"})");
      const auto answer = client.answer();
      ASSERT_EQ(answer.status, 200) << answer.body;
      std::this_thread::sleep_for(milliseconds(dice() % 400));
      EXPECT_EQ(served.program.kill_now(), -SIGKILL);
    }
    expect_sound();
    // Over PostgreSQL the dead keep their lease for a moment: it is waited for a few times, and not twenty.
    if (!sqlite() && round % 5 != 4) {
      continue;
    }
    const auto house = House::open(shell, {data(), database()});
    ASSERT_TRUE(house.ok()) << house.error().message.code;
    wait_for_the_leases_of_the_dead(**house);
    const auto rows = (*house)->assessments->list("CH");
    ASSERT_EQ(rows.size(), static_cast<std::size_t>(round) + 1) << "what was acknowledged is there";
    for (const auto& row : rows) {
      EXPECT_TRUE(row.state == assessment::AssessmentState::interrupted ||
                  row.state == assessment::AssessmentState::done)
          << text_of(row.state);
      if (row.state == assessment::AssessmentState::done) {
        EXPECT_TRUE((*house)->assessments->outcome("CH", row.id).ok());
      }
    }
    interrupted = static_cast<int>(std::count_if(rows.begin(), rows.end(), [](const auto& row) {
      return row.state == assessment::AssessmentState::interrupted;
    }));
    for (const auto& job : (*house)->jobs->list("CH", 100)) {
      EXPECT_TRUE(job.state != store::JobState::running && job.state != store::JobState::queued);
    }
  }
  EXPECT_GE(interrupted, 5) << "some died in the middle";
  const auto house = House::open(shell, {data(), database()}).value();
  EXPECT_EQ(import_now(*house, "CH", "epss.csv", exports() + "/epss.csv")->state,
            cartography::ImportState::committed);
  const auto [row, job] = house->assessments->start("CH", "crisis", 50, 5, "owner").value();
  EXPECT_EQ(house->jobs->wait(job.id).state, store::JobState::done);
}

/// Several people who type at once, each line again and again until it is acknowledged.
class Typists {
 public:
  Typists(std::uint16_t port, std::string cookie, std::string room)
      : port_(port), cookie_(std::move(cookie)), room_(std::move(room)) {}

  /// Types until nobody answers; the line that was not acknowledged is the first of the next time.
  void type() {
    std::vector<std::thread> people;
    for (Typist& one : typists_) {
      people.emplace_back([this, &one] { type_as(one); });
    }
    for (std::thread& one : people) {
      one.join();
    }
  }

  void move_to(std::uint16_t port, std::string cookie) {
    port_ = port;
    cookie_ = std::move(cookie);
  }

  std::vector<std::string> acknowledged() const {
    std::vector<std::string> all;
    for (const Typist& one : typists_) {
      all.insert(all.end(), one.acknowledged.begin(), one.acknowledged.end());
    }
    return all;
  }

 private:
  struct Typist {
    std::string waiting;
    std::vector<std::string> acknowledged;
  };

  void type_as(Typist& typist) const {
    http::Client client(port_);
    while (client.connected() && !client.ended()) {
      if (typist.waiting.empty()) {
        typist.waiting = mint_uuid(SystemClock().now());
      }
      client.request("POST", "/api/v1/facilities/CH/rooms/" + room_ + "/lines",
                     "Cookie: " + cookie_ + "\r\nContent-Type: application/json\r\n",
                     R"({"line":{"id":")" + typist.waiting + R"(","kind":"fact","text":"LIS arrêté"}})");
      const auto answer = client.answer();
      if (answer.status == 0) {
        return;
      }
      EXPECT_EQ(answer.status, 200) << answer.body;
      typist.acknowledged.push_back(std::exchange(typist.waiting, ""));
    }
  }

  std::uint16_t port_;
  std::string cookie_;
  std::string room_;
  std::array<Typist, 3> typists_;
};

TEST_P(survival, no_acknowledged_line_of_a_journal_is_lost) {
  std::optional<crisis::Room> room;
  {
    const auto house = House::open(shell, {data(), database()}).value();
    ASSERT_TRUE(house->facilities->create("CH", "CH", true).ok());
    const auto id = [&] { return mint_uuid(house->clock.now()); };
    room = house->rooms->activate({.facility = "CH", .room = id(), .line = id()}, "garde", "fr").value();
  }
  std::mt19937 dice(20261126);
  Typists typists(0, "", room->id);
  // Over PostgreSQL the disk is the server's: fewer deaths show that nothing is told before it is there.
  const int deaths = sqlite() ? 50 : 10;
  for (int round = 0; round < deaths; ++round) {
    Served served({"--data", data(), "--database", database(), "--port", "0"}, out());
    const std::string cookie = served.enter();
    ASSERT_FALSE(cookie.empty());
    typists.move_to(served.port, cookie);
    std::thread typing([&] { typists.type(); });
    std::this_thread::sleep_for(milliseconds(20 + dice() % 250));
    EXPECT_EQ(served.program.kill_now(), -SIGKILL);
    typing.join();
  }
  const auto house = House::open(shell, {data(), database()}).value();
  const crisis::JournalFile journal = house->rooms->journal(*room);
  EXPECT_TRUE(crisis::read_journal(crisis::write_journal(journal)).ok()) << "the chain holds";
  std::map<std::string, int> written;
  for (const crisis::LineRow& row : house->rooms->lines(*room, 0, 1'000'000)) {
    ++written[row.line.id];
  }
  const auto acknowledged = typists.acknowledged();
  EXPECT_GT(acknowledged.size(), static_cast<std::size_t>(deaths)) << "there was a load";
  for (const std::string& line : acknowledged) {
    EXPECT_EQ(written[line], 1) << line;
  }
  std::cout << "      " << deaths << " deaths, " << acknowledged.size() << " lines acknowledged, 0 lost\n";
}

}  // namespace
}  // namespace releve::main
