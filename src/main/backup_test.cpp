// SPDX-License-Identifier: EUPL-1.2
// releve backup, restore and move, as the real program: under load, with backups that somebody has touched,
// and killed in the middle.
#include "foundation/base/hash.hpp"
#include "foundation/store/tables.hpp"
#include "foundation/store/test_database.hpp"
#include "main/backup_folder.hpp"
#include "main/house.hpp"
#include "main/process_for_tests.hpp"

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <fstream>
#include <random>

namespace releve::main {
namespace {

namespace fs = std::filesystem;
using std::chrono::milliseconds;

class backup : public store::DatabaseTest {
 protected:
  std::string data() const { return folder_.path() + "/data"; }

  std::string place(const std::string& name) const { return folder_.path() + "/" + name; }

  std::string key() const { return data() + "/keys/instance.key"; }

  HouseOptions options() const { return {data(), sqlite() ? "" : url(), ""}; }

  std::unique_ptr<House> house() const {
    auto opened = House::open(shell_, options());
    EXPECT_TRUE(opened.ok()) << opened.error().message.code;
    return std::move(opened).value();
  }

  /// One file and what goes with it, as a user's work leaves them.
  static void add_import(House& house, int number) {
    const std::string name = "vulns" + std::to_string(number) + ".csv";
    const std::string path = house.files->new_spool_path();
    std::ofstream(path) << "cve,epss\nCVE-2026-" << 10'000 + number << ",0.5\n";
    EXPECT_TRUE(house.facilities->receive("CH", name, path, "RSSI").ok());
    house.access->trail().note({.actor = "RSSI", .deed = "change", .place = "CH", .subject = name});
  }

  /// A facility with some imports, answers and a trail.
  void make_house() const {
    const auto made = house();
    ASSERT_TRUE(made->facilities->create("CH", "Hôpital", true).ok());
    for (int i = 0; i < 5; ++i) {
      add_import(*made, i);
      ASSERT_TRUE(made->facilities->answer("CH", "", "f" + std::to_string(i), "1", "RSSI").ok());
    }
    for (const auto& import : made->facilities->imports("CH")) {
      if (const auto job = made->jobs->working_for(import.id)) {
        made->jobs->wait(job->id);
      }
    }
  }

  std::vector<std::string> backup_command(const std::string& to) const {
    std::vector<std::string> words{"backup", "--data", data(), "--to", to};
    if (!sqlite()) {
      words.insert(words.end(), {"--database", url()});
    }
    return words;
  }

  std::vector<std::string> restore_command(const std::string& from, const std::string& to) const {
    return {"restore", "--from", from, "--data", to, "--key-file", key()};
  }

  static int run(std::vector<std::string> command, const std::string& out = "/dev/null",
                 const std::string& err = "/dev/null") {
    return Program(std::move(command), out, err).wait();
  }

  /// Opens what was restored, as a server would, and looks into every file that a row names.
  void expect_whole(const std::string& restored, std::size_t imports_at_least) const {
    auto opened = House::open(shell_, {restored, "", key()});
    ASSERT_TRUE(opened.ok()) << opened.error().message.code;
    House& there = **opened;
    EXPECT_FALSE(there.access->trail().check().fault);
    there.database->read([&](store::Transaction& t) {
      const auto imports = t.query("select file_hash, file_name from import");  // a page of them is a part
      EXPECT_GE(imports.size(), imports_at_least);
      for (const auto& row : imports) {
        EXPECT_TRUE(there.files->get(row.text(0)).ok()) << row.text(1);
      }
      EXPECT_TRUE(t.query("pragma foreign_key_check").empty());
    });
  }

  store::TestFolder folder_;
  const Shell shell_{load_catalogue(), "fr", ""};
};

RELEVE_ON_BOTH_ENGINES(backup);

TEST_P(backup, taken_under_load_restores_to_a_consistent_state) {
  make_house();
  const auto served = house();
  std::atomic<int> written = 5;
  const std::jthread writer([&](const std::stop_token& stop) {
    for (int i = 5; !stop.stop_requested(); ++i) {
      add_import(*served, i);
      written = i + 1;
    }
  });
  for (int round = 0; round < 3; ++round) {
    const auto before = static_cast<std::size_t>(written);
    const std::string to = place("backup" + std::to_string(round));
    const std::string err = place("err");
    ASSERT_EQ(run(backup_command(to), "/dev/null", err), 0) << bytes_of(err);
    EXPECT_GT(static_cast<std::size_t>(written), before) << "the writers went on meanwhile";
    const std::string restored = place("restored" + std::to_string(round));
    ASSERT_EQ(run(restore_command(to, restored), "/dev/null", err), 0) << bytes_of(err);
    expect_whole(restored, before);
  }
}

TEST_P(backup, is_the_same_facts) {
  make_house();
  ASSERT_EQ(run(backup_command(place("backup"))), 0);
  EXPECT_FALSE(fs::exists(place("backup") + "/keys/instance.key")) << "not unless it is asked for";
  ASSERT_EQ(run(restore_command(place("backup"), place("restored"))), 0);
  const auto now = SystemClock().now();
  const auto original = store::open_database({options().url(), 1}, now).value();
  const auto restored = store::open_database({"sqlite:" + place("restored") + "/releve.db", 1}, now).value();
  EXPECT_EQ(store::contents(*restored), store::contents(*original));
}

TEST_P(backup, with_the_key_needs_no_other) {
  make_house();
  auto command = backup_command(place("backup"));
  command.emplace_back("--with-key");
  ASSERT_EQ(run(command), 0);
  EXPECT_EQ(bytes_of(place("backup") + "/keys/instance.key"), bytes_of(key()));
  EXPECT_EQ(run({"restore", "--from", place("backup"), "--data", place("restored")}), 0);
  EXPECT_EQ(bytes_of(place("restored") + "/keys/instance.key"), bytes_of(key()));
  ASSERT_EQ(run(backup_command(place("without"))), 0);
  const std::string err = place("err");
  EXPECT_EQ(run({"restore", "--from", place("without"), "--data", place("other")}, "/dev/null", err), 1);
  EXPECT_NE(bytes_of(err).find("--key-file"), std::string::npos) << bytes_of(err);
  EXPECT_FALSE(fs::exists(place("other")));
}

TEST_P(backup, of_a_house_that_has_lost_a_file_is_made_and_says_so) {
  make_house();
  const auto hash = house()->facilities->imports("CH").front().file_hash;
  std::ofstream(data() + "/files/" + hash, std::ios::app) << "damage";
  const std::string err = place("err");
  EXPECT_EQ(run(backup_command(place("backup")), "/dev/null", err), 1);
  EXPECT_NE(bytes_of(err).find(hash), std::string::npos) << bytes_of(err);
  EXPECT_EQ(run(restore_command(place("backup"), place("restored")), "/dev/null", err), 0) << bytes_of(err);
}

TEST_P(backup, that_was_touched_is_refused_and_leaves_nothing) {
  make_house();
  ASSERT_EQ(run(backup_command(place("backup"))), 0);
  const std::string some_file = fs::directory_iterator(place("backup") + "/files")->path().string();
  const auto refused = [&](const std::string& why) {
    const std::string err = place("err");
    EXPECT_EQ(run(restore_command(place("touched"), place("restored")), "/dev/null", err), 1) << why;
    EXPECT_FALSE(fs::exists(place("restored"))) << why;
    EXPECT_FALSE(fs::exists(place("restored") + ".incomplete")) << why;
    EXPECT_FALSE(fs::exists(place("evil"))) << why;
    return bytes_of(err);
  };
  const auto anew = [&] {
    fs::remove_all(place("touched"));
    fs::copy(place("backup"), place("touched"), fs::copy_options::recursive);
  };
  const std::string same_file = place("touched") + "/files/" + fs::path(some_file).filename().string();
  const std::string manifest = place("touched") + "/manifest.json";

  anew();
  std::ofstream(same_file, std::ios::app) << "x";
  refused("a file that is longer");
  anew();
  fs::remove(same_file);
  refused("a file that is gone");
  anew();
  fs::remove(same_file);
  fs::create_symlink("/etc/hostname", same_file);
  refused("a link that leads elsewhere");
  anew();
  {
    std::fstream database(place("touched") + "/releve.db", std::ios::in | std::ios::out | std::ios::binary);
    database.seekp(5'000);
    database << "spoiled";
  }
  refused("a database with other bytes");
  for (const char* path :
       {"../evil", "files/../../evil", "/etc/evil", "tables/../../evil.json", "tables/a/b.json"}) {
    anew();
    std::string text = bytes_of(manifest);
    const auto at = text.find("files/" + fs::path(some_file).filename().string());
    ASSERT_NE(at, std::string::npos);
    text.replace(at, 70, path);
    std::ofstream(manifest) << text;
    refused(path);
  }
  anew();
  std::ofstream(manifest) << "{";
  refused("a manifest that is cut short");
  anew();
  std::ofstream(key() + ".other") << std::string(64, 'a');
  fs::permissions(key() + ".other", fs::perms::owner_read | fs::perms::owner_write);
  const std::string err = place("err");
  EXPECT_EQ(run({"restore", "--from", place("touched"), "--data", place("restored"), "--key-file",
                 key() + ".other"},
                "/dev/null", err),
            1);
  EXPECT_FALSE(fs::exists(place("restored"))) << "another house's key";
}

TEST_P(backup, a_folder_that_holds_something_is_left_alone) {
  make_house();
  ASSERT_EQ(run(backup_command(place("backup"))), 0);
  EXPECT_EQ(run(backup_command(place("backup"))), 1) << "a backup is never written over";
  fs::create_directories(place("taken"));
  std::ofstream(place("taken") + "/letter") << "dear";
  EXPECT_EQ(run(restore_command(place("backup"), place("taken"))), 1);
  EXPECT_EQ(std::distance(fs::directory_iterator(place("taken")), fs::directory_iterator()), 1);
  fs::create_directories(place("empty"));
  EXPECT_EQ(run(restore_command(place("backup"), place("empty"))), 0) << "an empty one is taken";
}

TEST_P(backup, a_killed_restore_leaves_nothing_half_done) {
  make_house();
  ASSERT_EQ(run(backup_command(place("backup"))), 0);
  const auto begin = std::chrono::steady_clock::now();
  ASSERT_EQ(run(restore_command(place("backup"), place("whole"))), 0);
  auto length =
      std::chrono::duration_cast<milliseconds>(std::chrono::steady_clock::now() - begin).count() + 2;
  std::mt19937 dice(20261126);
  int killed = 0;
  int too_late = 0;
  for (int round = 0; killed < 8 && too_late < 40; ++round) {
    const std::string to = place("killed" + std::to_string(round));
    Program restoring(restore_command(place("backup"), to));
    std::this_thread::sleep_for(milliseconds(dice() % static_cast<unsigned>(length)));
    if (restoring.kill_now() == -SIGKILL) {
      ++killed;
    } else {  // it had ended: a machine at rest is quicker than when the length was taken
      ++too_late;
      length = std::max<std::int64_t>(2, length * 3 / 4);
    }
    if (fs::exists(to)) {
      expect_whole(to, 5);
    } else {
      EXPECT_EQ(run(restore_command(place("backup"), to)), 0) << "and the next one goes through";
      EXPECT_FALSE(fs::exists(to + ".incomplete"));
    }
  }
  EXPECT_EQ(killed, 8);
}

TEST_P(backup, moves_to_the_other_engine_and_back_with_the_same_hashes) {
  if (sqlite()) {
    GTEST_SKIP() << "needs both engines: see the other instance of this test";
  }
  const HouseOptions own{data(), "", ""};
  {
    const auto made = House::open(shell_, own);
    ASSERT_TRUE(made.ok());
    ASSERT_TRUE((*made)->facilities->create("CH", "Hôpital", true).ok());
    for (int i = 0; i < 5; ++i) {
      add_import(**made, i);
    }
    const std::string err = place("err");
    EXPECT_EQ(run({"move", "--from", own.url(), "--to", url()}, "/dev/null", err), 1)
        << "not while it is served";
    EXPECT_NE(bytes_of(err).find("releve.db"), std::string::npos) << bytes_of(err);
  }
  ASSERT_EQ(run({"move", "--from", own.url(), "--to", url()}, place("there")), 0);
  ASSERT_EQ(run({"move", "--from", url(), "--to", "sqlite:" + place("back.db")}, place("back")), 0);
  EXPECT_EQ(bytes_of(place("there")), bytes_of(place("back"))) << "tables, counts and hashes";
  EXPECT_NE(bytes_of(place("there")).find("  trail_entry\n"), std::string::npos) << bytes_of(place("there"));
  EXPECT_EQ(run({"move", "--from", own.url(), "--to", url()}), 1) << "it holds something now";
  const auto moved = House::open(shell_, {data(), url(), ""});
  ASSERT_TRUE(moved.ok()) << moved.error().message.code;
  EXPECT_EQ((*moved)->facilities->imports("CH").size(), 5U);
  EXPECT_EQ(run({"move", "--from", url(), "--to", "sqlite:" + place("again.db")}), 1) << "it is served";
}

}  // namespace
}  // namespace releve::main
