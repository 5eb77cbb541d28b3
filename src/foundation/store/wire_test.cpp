// SPDX-License-Identifier: EUPL-1.2
#include "foundation/store/wire.hpp"

#include "foundation/store/test_database.hpp"

#include <gmock/gmock.h>

#include <condition_variable>
#include <mutex>

namespace releve::store {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;

/// A process with its row, its wire, and what it has heard.
class Listener {
 public:
  Listener(const std::string& url, Database& database, const std::string& name) : process_{name, false} {
    EXPECT_TRUE(database
                    .write([&](Transaction& t) -> Status {
                      appear(t, process_);
                      return Done{};
                    })
                    .ok());
    wire_ = std::make_unique<Wire>(url, process_,
                                   Wire::Ears{[this](const std::string& text) { note(text); },
                                              [this] { note("(missed)"); }, [](const std::string&) {}});
    EXPECT_TRUE(hears("(missed)")) << "it listens";
  }

  Wire& wire() { return *wire_; }

  /// Has it heard this, now or in a while? What came before it is forgotten.
  bool hears(const std::string& text, std::chrono::milliseconds within = 5s) {
    std::unique_lock lock(mutex_);
    const auto found = [&] { return std::find(heard_.begin(), heard_.end(), text); };
    const bool came = arrived_.wait_for(lock, within, [&] { return found() != heard_.end(); });
    heard_.erase(heard_.begin(), came ? found() + 1 : heard_.end());
    return came;
  }

  std::vector<std::string> heard() {
    const std::lock_guard lock(mutex_);
    return heard_;
  }

 private:
  void note(const std::string& text) {
    const std::lock_guard lock(mutex_);
    heard_.push_back(text);
    arrived_.notify_all();
  }

  Process process_;
  std::mutex mutex_;
  std::condition_variable arrived_;
  std::vector<std::string> heard_;
  std::unique_ptr<Wire> wire_;
};

class wire : public DatabaseTest {
 protected:
  void SetUp() override {
    DatabaseTest::SetUp();
    if (!IsSkipped()) {
      database_ = open();
    }
  }

  void TearDown() override {
    database_.reset();
    DatabaseTest::TearDown();
  }

  std::unique_ptr<Database> database_;
};

INSTANTIATE_TEST_SUITE_P(engines, wire, testing::Values("postgresql"));

TEST_P(wire, others_hear_what_one_says_in_its_order_and_it_does_not_hear_itself) {
  Listener one(url(), *database_, "one");
  Listener two(url(), *database_, "two");
  for (int i = 0; i < 200; ++i) {
    one.wire().say("word " + std::to_string(i));
  }
  one.wire().say("l\u2019h\u00f4pital 'x' \\ \n \"");
  two.wire().say("end");
  EXPECT_TRUE(one.hears("end"));
  EXPECT_TRUE(one.heard().empty());
  EXPECT_TRUE(two.hears("word 198"));
  EXPECT_TRUE(two.hears("word 199"));
  EXPECT_TRUE(two.hears("l\u2019h\u00f4pital 'x' \\ \n \""));
}

TEST_P(wire, what_is_too_long_is_known_to_be_missed) {
  Listener one(url(), *database_, "one");
  Listener two(url(), *database_, "two");
  one.wire().say(std::string(7'900, 'x'));
  EXPECT_TRUE(two.hears(std::string(7'900, 'x')));
  one.wire().say(std::string(7'901, 'x'));
  one.wire().say("after");
  EXPECT_TRUE(two.hears("(missed)"));
  one.wire().say("later");
  EXPECT_TRUE(two.hears("later"));
}

TEST_P(wire, a_cut_is_mended_and_known_and_what_was_to_be_said_is_not_lost) {
  Listener one(url(), *database_, "one");
  Listener two(url(), *database_, "two");
  one.wire().say("before");
  EXPECT_TRUE(two.hears("before"));
  as_administrator("select pg_terminate_backend(pid) from pg_stat_activity where datname = '" + base_name() +
                   "'");
  one.wire().say("meanwhile");
  EXPECT_TRUE(two.hears("(missed)", 20s));
  EXPECT_TRUE(one.hears("(missed)", 20s));
  bool after = false;  // what is said before "something was lost" has gone out is a part of that
  for (int i = 0; i < 50 && !after; ++i) {
    one.wire().say("after");
    after = two.hears("after", 200ms);
  }
  EXPECT_TRUE(after);
}

TEST_P(wire, says_that_its_process_is_alive) {
  const auto until = [&] {
    std::int64_t time = -1;
    database_->read([&](Transaction& t) {
      for (const Row& row : t.query("select alive_until from process where id = 'one'")) {
        time = row.integer(0);
      }
    });
    return time;
  };
  {
    Listener one(url(), *database_, "one");
    const std::int64_t first = until();
    // A write that takes long holds the writers' turn, and nobody's breath.
    EXPECT_TRUE(database_
                    ->write([&](Transaction&) -> Status {
                      std::this_thread::sleep_for(2 * beat + 200ms);
                      return Done{};
                    })
                    .ok());
    EXPECT_GE(until(), first + 2 * beat.count() - 500);
  }
  const std::int64_t last = until();
  std::this_thread::sleep_for(beat + 200ms);
  EXPECT_EQ(until(), last) << "and no longer than it is";
}

}  // namespace
}  // namespace releve::store
