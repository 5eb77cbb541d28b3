// SPDX-License-Identifier: EUPL-1.2
#include "respond/crisis/obligations.hpp"

#include "respond/crisis/lines_for_tests.hpp"

namespace releve::crisis {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

constexpr const char* table = R"({
  "events": [{"id": "discovery", "label": {"fr": "Découverte", "en": "Discovery"}, "at_opening": true},
             {"id": "breach", "label": {"fr": "Violation", "en": "Breach"}}],
  "obligations": [
    {"id": "ars", "label": {"fr": "ARS", "en": "ARS"}, "recipient": {"fr": "ARS", "en": "ARS"}, "starts": "discovery", "source": "s"},
    {"id": "samu", "label": {"fr": "SAMU", "en": "SAMU"}, "recipient": {"fr": "SAMU", "en": "SAMU"}, "starts": "discovery", "source": "s", "first": true, "contact": "samu"},
    {"id": "plainte", "label": {"fr": "Plainte", "en": "Complaint"}, "recipient": {"fr": "Police", "en": "Police"}, "starts": "discovery", "hours": 72, "source": "s"},
    {"id": "cnil", "label": {"fr": "CNIL", "en": "CNIL"}, "recipient": {"fr": "CNIL", "en": "CNIL"}, "starts": "breach", "hours": 72, "source": "s"},
    {"id": "final", "label": {"fr": "Final", "en": "Final"}, "recipient": {"fr": "ANSSI", "en": "ANSSI"}, "starts": "discovery", "months": 1, "applies": false, "source": "s"}
  ]})";

class clocks : public LinesTest {
 protected:
  clocks() {
    Deed opening;
    opening.opening = Opening{RoomKind::real, "Crise", plan::Level::plan_blanc, 1};
    add("open", t0, opening);
  }

  RoomClock clock(const std::string& id, Instant now) const {
    for (const RoomClock& found : clocks_of(read(), read_obligations(table).value(), now, "fr")) {
      if (found.obligation == id) {
        return found;
      }
    }
    ADD_FAILURE() << "no clock " << id;
    return {};
  }

  void notice(const std::string& id, NoticeState state, Instant at) {
    Deed deed;
    deed.notice = Notice{.obligation = id, .state = state};
    add(id + std::to_string(rows.size()), at, deed);
  }
};

TEST_F(clocks, each_starts_at_its_own_event) {
  EXPECT_EQ(clock("plainte", t0).due, t0 + hours(72));
  EXPECT_TRUE(clock("plainte", t0).assumed) << "nobody has said when it was noticed";
  EXPECT_EQ(clock("cnil", t0).state, ClockState::waiting);
  Deed breach;
  breach.milestone = Milestone{"breach", ""};
  add("breach", t0 + hours(10), breach);
  EXPECT_EQ(clock("cnil", t0 + hours(11)).due, t0 + hours(82));
  EXPECT_FALSE(clock("cnil", t0 + hours(11)).assumed);
  Deed earlier;
  earlier.milestone = Milestone{"discovery", ""};
  add("seen", t0 - hours(3), earlier);
  EXPECT_EQ(clock("plainte", t0).due, t0 + hours(69)) << "the cell says when it was noticed";
  EXPECT_FALSE(clock("plainte", t0).assumed);
}

TEST_F(clocks, run_out_and_are_met) {
  EXPECT_EQ(clock("plainte", t0 + hours(73)).state, ClockState::late);
  notice("plainte", NoticeState::met, t0 + hours(20));
  EXPECT_EQ(clock("plainte", t0 + hours(73)).state, ClockState::met);
  EXPECT_EQ(clock("plainte", t0 + hours(73)).met, t0 + hours(20));
  EXPECT_EQ(clock("ars", t0 + hours(73)).state, ClockState::running)
      << "without delay: never late by a figure of ours";
}

TEST_F(clocks, what_does_not_apply_can_be_switched_on_and_off) {
  EXPECT_EQ(clock("final", t0).state, ClockState::not_applicable);
  notice("final", NoticeState::open, t0);
  EXPECT_EQ(clock("final", t0).state, ClockState::running);
  EXPECT_EQ(to_rfc3339(*clock("final", t0).due).substr(0, 10), "2026-10-21");
  notice("ars", NoticeState::not_applicable, t0);
  EXPECT_EQ(clock("ars", t0).state, ClockState::not_applicable);
}

TEST_F(clocks, what_is_told_first_stands_above_every_deadline_until_it_is_done) {
  const auto first = [&] {
    return clocks_of(read(), read_obligations(table).value(), t0 + hours(1), "fr").front();
  };
  EXPECT_EQ(first().obligation, "samu");
  EXPECT_TRUE(first().first);
  EXPECT_EQ(first().contact, "samu");
  notice("samu", NoticeState::met, t0);
  EXPECT_EQ(first().obligation, "plainte");
  notice("samu", NoticeState::open, t0 + minutes(1));
  EXPECT_EQ(first().obligation, "samu");
}

TEST_F(clocks, the_soonest_comes_first_and_a_decision_is_looked_at_again) {
  Deed decision;
  decision.decision = Decision{.id = "cut", .title = "Coupure", .review = t0 + hours(12)};
  add("cut", t0, decision);
  const auto list = clocks_of(read(), read_obligations(table).value(), t0 + hours(1), "fr");
  ASSERT_EQ(list.size(), 6U);
  EXPECT_EQ(list[1].obligation, "review/cut");
  EXPECT_EQ(list[2].obligation, "plainte");
  EXPECT_EQ(list[3].obligation, "ars");
  EXPECT_EQ(list[4].obligation, "cnil");
  EXPECT_EQ(list[5].obligation, "final");
}

TEST_F(clocks, a_decision_that_one_post_took_back_and_another_holds_to_is_still_looked_at_again) {
  Deed decision;
  decision.decision = Decision{.id = "cut", .title = "Coupure", .review = t0 + hours(12)};
  add("cut", t0, decision);
  decision.decision->state = DecisionState::revoked;
  add("back", t0 + minutes(5), decision, "b").line.seen = 0;
  EXPECT_EQ(clock("review/cut", t0).due, t0 + hours(12));
  add("settled", t0 + minutes(9), decision, "c").line.seen = 2;
  const auto list = clocks_of(read(), read_obligations(table).value(), t0 + hours(1), "fr");
  EXPECT_EQ(list.size(), 5U) << "only what is owed";
}

TEST(obligations, a_table_that_names_what_there_is_not_is_refused) {
  const auto read = read_obligations(
      R"({"events": [{"id": "a", "label": {"fr": "x", "en": "x"}}], "obligations": [{"id": "o", "label": {"fr": "x", "en": "x"},
          "recipient": {"fr": "x", "en": "x"}, "starts": "b", "source": "s"}]})");
  ASSERT_FALSE(read.ok());
  EXPECT_EQ(read.error().message.code, "tables.unknown_name");
}

}  // namespace
}  // namespace releve::crisis
