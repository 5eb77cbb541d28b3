// SPDX-License-Identifier: EUPL-1.2
#include "steer/access/room_for_tests.hpp"

namespace releve::access {
namespace {

using trail = RoomTest;
RELEVE_ON_BOTH_ENGINES(trail);

TEST_P(trail, holds_over_days_and_shows_each_change) {
  for (int day = 0; day < 3; ++day) {
    for (int i = 0; i < 4; ++i) {
      room_->trail().note(
          {.actor = "lea", .deed = "read", .place = i % 2 == 0 ? "A" : "B", .subject = "é|x"});
    }
    clock_.pass(std::chrono::hours(24));
  }
  const TrailCheck whole = room_->trail().check();
  EXPECT_FALSE(whole.fault) << whole.fault->code;
  EXPECT_EQ(whole.entries, 12);
  EXPECT_EQ(whole.digests, 2) << "the third day has not ended for the trail yet";

  struct Case {
    const char* what;
    const char* sql;
    const char* fault;
  };

  const auto run = [&](const std::string& sql) {
    ASSERT_TRUE(database_
                    ->write([&](store::Transaction& t) -> Status {
                      t.execute(sql);
                      return Done{};
                    })
                    .ok());
  };
  for (const Case& one : {
           Case{"an entry rewritten", "update trail_entry set actor = 'bob' where number = 5",
                "trail.changed"},
           Case{"its hash too", "update trail_entry set hash = previous where number = 5", "trail.changed"},
           Case{"an entry taken out", "delete from trail_entry where number = 5", "trail.gap"},
           Case{"the newest signed day taken out", "delete from trail_entry where number > 7",
                "trail.digest_differs"},
           Case{"a signature replaced", "update trail_digest set signature = hash", "trail.bad_signature"},
           Case{"another key", "update trail_digest set public_key = hash", "trail.bad_signature"},
       }) {
    run("create table kept_entry as select * from trail_entry");
    run("create table kept_digest as select * from trail_digest");
    run(one.sql);
    const TrailCheck found = room_->trail().check();
    EXPECT_EQ(found.fault ? found.fault->code : "", one.fault) << one.what;
    run("delete from trail_entry");
    run("delete from trail_digest");
    run("insert into trail_entry select * from kept_entry");
    run("insert into trail_digest select * from kept_digest");
    run("drop table kept_entry");
    run("drop table kept_digest");
  }
  EXPECT_FALSE(room_->trail().check().fault) << "restored for each case";
}

TEST_P(trail, lets_go_of_whole_signed_days_and_still_holds) {
  const Instant begin = clock_.now();
  for (int day = 0; day < 4; ++day) {
    room_->trail().note({.actor = "lea", .deed = "read", .subject = "day " + std::to_string(day)});
    room_->trail().note({.actor = "bob", .deed = "read"});
    clock_.pass(std::chrono::hours(24));
  }
  const auto entries = [] {
    const auto kinds = past();
    return *std::find_if(kinds.begin(), kinds.end(),
                         [](const store::Past& one) { return one.kind == past_trail; });
  }();
  const auto let_go = [&](Instant before, bool tells) {
    std::int64_t gone = 0;
    const Status written = database_->write([&](store::Transaction& t) -> Status {
      gone = store::forget(t, entries, before);
      if (tells) {
        room_->trail().append(
            t,
            {.actor = "instance", .deed = std::string(past_forgotten), .subject = std::string(past_trail)});
      }
      return Done{};
    });
    EXPECT_TRUE(written.ok());
    return gone;
  };
  EXPECT_EQ(let_go(begin, true), 0);
  EXPECT_EQ(let_go(begin + std::chrono::hours(47), true), 4)
      << "two days, and what has no signature yet stays";
  EXPECT_FALSE(room_->trail().check().fault);
  EXPECT_EQ(room_->trail().list({}).back().subject, "day 2");
  EXPECT_EQ(let_go(begin + std::chrono::hours(24 * 400), false), 4);
  EXPECT_FALSE(room_->trail().check().fault) << "told before";
  const Status hidden = database_->write([&](store::Transaction& t) -> Status {
    t.execute("delete from trail_entry where deed = 'past_forgotten'");
    return Done{};
  });
  ASSERT_TRUE(hidden.ok());
  room_->trail().note({.actor = "lea", .deed = "read"});
  EXPECT_TRUE(room_->trail().check().fault) << "a beginning that nobody said was let go of";
}

TEST_P(trail, a_day_is_signed_once_even_if_the_clock_goes_back) {
  room_->trail().note({.actor = "lea", .deed = "read"});
  clock_.pass(std::chrono::hours(24));
  room_->trail().note({.actor = "lea", .deed = "read"});
  const auto first = room_->trail().digests();
  ASSERT_EQ(first.size(), 1U);
  clock_.pass(-std::chrono::hours(24));
  room_->trail().note({.actor = "lea", .deed = "read"});
  clock_.pass(std::chrono::hours(24));
  room_->trail().note({.actor = "lea", .deed = "read"});
  const auto later = room_->trail().digests();
  EXPECT_EQ(later.back().last, first[0].last);
  EXPECT_EQ(later.back().signature, first[0].signature);
  EXPECT_FALSE(room_->trail().check().fault);
}

TEST_P(trail, tells_only_of_the_places_asked_for) {
  room_->trail().note({.actor = "lea", .deed = "read", .place = "A"});
  room_->trail().note({.actor = "bob", .deed = "read", .place = "B"});
  room_->trail().note({.actor = "bob", .deed = "grant", .place = ""});
  const auto numbers = [&](const TrailQuery& query) {
    std::vector<std::int64_t> list;
    for (const TrailEntry& one : room_->trail().list(query)) {
      list.push_back(one.number);
    }
    return list;
  };
  using Numbers = std::vector<std::int64_t>;
  using Places = std::vector<std::string>;
  EXPECT_EQ(numbers({}), (Numbers{3, 2, 1}));
  EXPECT_EQ(numbers({.places = Places{"A"}}), (Numbers{1})) << "nothing of the instance";
  EXPECT_EQ(numbers({.places = Places{}}), (Numbers{}));
  EXPECT_EQ(numbers({.places = Places{"A"}, .place = "B"}), (Numbers{}));
  EXPECT_EQ(numbers({.place = "B"}), (Numbers{2}));
  EXPECT_EQ(numbers({.actor = "bob", .deed = "grant"}), (Numbers{3}));
  EXPECT_EQ(numbers({.before = 3, .size = 1}), (Numbers{2}));
}

TEST_P(trail, a_read_that_a_page_repeats_is_noted_once_in_ten_minutes) {
  for (int i = 0; i < 3; ++i) {
    room_->trail().note_once("s1 read A", {.actor = "lea", .deed = "read", .place = "A"});
  }
  EXPECT_EQ(room_->trail().list({}).size(), 1U);
  clock_.pass(std::chrono::minutes(11));
  room_->trail().note_once("s1 read A", {.actor = "lea", .deed = "read", .place = "A"});
  EXPECT_EQ(room_->trail().list({}).size(), 2U);
}

}  // namespace
}  // namespace releve::access
