// SPDX-License-Identifier: EUPL-1.2
#include "respond/crisis/lines_for_tests.hpp"

namespace releve::crisis {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

class standing : public LinesTest {
 protected:
  static Deed state(ElementState state) {
    Deed deed;
    deed.impact = Impact{.element = "LIS", .name = "SIL", .state = state};
    return deed;
  }

  static Deed tick(bool done) {
    Deed deed;
    deed.tick = Tick{"card", 2, "Isoler les sauvegardes", done};
    return deed;
  }
};

TEST_F(standing, the_latest_moment_stands_and_not_the_last_line_keyed_in) {
  add("1", t0, state(ElementState::down));
  add("2", t0 + hours(5), state(ElementState::full));
  add("3", t0 + hours(1), state(ElementState::down)).line.typed = t0 + hours(9);  // paper of the night
  EXPECT_EQ(one("impact/LIS").row.line.id, "2");
  EXPECT_TRUE(one("impact/LIS").contested.empty());
}

TEST_F(standing, a_clock_set_back_does_not_reorder_the_lines_of_a_node) {
  add("1", t0 + hours(3), state(ElementState::down));
  add("2", t0 + minutes(10), state(ElementState::full));  // typed after it, on the same clock put right
  EXPECT_EQ(one("impact/LIS").row.line.id, "2");
  add("3", t0 + minutes(11), state(ElementState::read_only), "b").line.seen = 2;
  EXPECT_EQ(one("impact/LIS").row.line.id, "3") << "whoever had it before him comes after it";
}

TEST_F(standing, who_has_taken_a_chain_in_is_not_outvoted_by_a_clock_ahead) {
  add("1", t0 + hours(2), state(ElementState::down), "Léa", "portable");
  Deed join;
  join.joined = Joined{.chain = "portable", .node = "portable", .through = 1, .lines = 1};
  add("2", t0, join);
  add("3", t0 + minutes(5), state(ElementState::full));
  EXPECT_EQ(one("impact/LIS").row.line.id, "3");
  EXPECT_TRUE(one("impact/LIS").contested.empty());
}

TEST_F(standing, what_waited_offline_counts_from_when_it_was_typed) {
  add("1", t0, state(ElementState::down));
  add("2", t0 + hours(2), state(ElementState::full));
  add("3", t0 + hours(1), state(ElementState::read_only), "b").line.seen = 1;  // it had not seen line 2
  EXPECT_EQ(one("impact/LIS").row.line.id, "2");
}

TEST_F(standing, of_when_something_was_known_the_last_word_stands_also_an_earlier_hour) {
  Deed known;
  known.milestone = Milestone{"breach_known", "Violation connue"};
  add("1", t0 + hours(2), known).line.typed = t0 + hours(3);
  add("2", t0 + hours(1), known).line.typed = t0 + hours(5);
  EXPECT_EQ(one("milestone/breach_known").row.line.id, "2");
  LineRow& elsewhere = add("3", t0 + minutes(30), known, "b", "laptop");
  elsewhere.line.typed = t0 + hours(4);
  EXPECT_EQ(one("milestone/breach_known").row.line.id, "2");
  EXPECT_EQ(one("milestone/breach_known").contested, std::vector<std::string>{"3"});
}

TEST_F(standing, two_posts_that_say_that_the_same_was_told_at_other_hours_differ) {
  Deed told;
  told.notice = Notice{.obligation = "cnil", .state = NoticeState::met};
  add("1", t0, told).line.typed = t0 + minutes(10);
  add("2", t0 + hours(2), told, "b", "laptop").line.typed = t0 + hours(2) + minutes(5);
  EXPECT_EQ(one("notice/cnil").row.line.id, "2");
  EXPECT_EQ(one("notice/cnil").contested, std::vector<std::string>{"1"});
  told.notice = Notice{.obligation = "ose", .state = NoticeState::not_applicable};
  add("3", t0, told);
  add("4", t0 + minutes(1), told, "b", "laptop");
  EXPECT_TRUE(one("notice/ose").contested.empty()) << "of this the hour says nothing";
}

TEST_F(standing, a_notice_that_was_taken_back_and_given_again_within_a_minute_is_met) {
  const auto notice = [](NoticeState state) {
    Deed deed;
    deed.notice = Notice{.obligation = "samu", .state = state};
    return deed;
  };
  add("1", t0, notice(NoticeState::met));
  add("2", t0 + std::chrono::seconds(40), notice(NoticeState::open));
  add("3", t0, notice(NoticeState::met)).line.typed = t0 + std::chrono::seconds(50);  // a field of minutes
  EXPECT_EQ(one("notice/samu").row.line.id, "3");
}

TEST_F(standing, an_element_is_out_since_it_left_its_full_state) {
  add("1", t0, state(ElementState::down));
  add("2", t0 + hours(1), state(ElementState::full));
  add("3", t0 + hours(2), state(ElementState::down));
  add("4", t0 + hours(3), state(ElementState::read_only));
  EXPECT_EQ(one("impact/LIS").row.line.id, "4");
  EXPECT_EQ(one("impact/LIS").since, t0 + hours(2));
}

TEST_F(standing, a_decision_is_taken_when_it_was_taken_whoever_looks_at_it_again) {
  Deed decision;
  decision.decision = Decision{.id = "d", .title = "Couper", .review = t0 + hours(2)};
  decision.decision->state = DecisionState::pending;
  add("1", t0, decision);
  decision.decision->state = DecisionState::taken;
  add("2", t0 + hours(1), decision);
  decision.decision->review = t0 + hours(4);
  add("3", t0 + hours(2), decision);
  EXPECT_EQ(one("decision/d").row.line.id, "3");
  EXPECT_EQ(one("decision/d").since, t0 + hours(1));
}

TEST_F(standing, care_is_in_its_state_since_it_was_first_said_to_be) {
  const auto care = [](ElementState is) {
    Deed deed = state(is);
    deed.impact->layer = Layer::service;
    return deed;
  };
  add("1", t0, care(ElementState::not_linked));
  add("2", t0 + hours(2), care(ElementState::down));
  add("3", t0 + hours(3), care(ElementState::down));
  EXPECT_EQ(one("impact/LIS").since, t0 + hours(2)) << "closed is not slowed down";
}

TEST_F(standing, a_line_that_comes_late_undoes_no_return_that_was_before_it) {
  add("1", t0, state(ElementState::down));
  add("2", t0 + hours(4), state(ElementState::full));
  add("3", t0 + hours(12), state(ElementState::down));
  add("4", t0 + minutes(5), state(ElementState::down), "b").line.seen = 0;  // it waited in a tab all night
  EXPECT_EQ(one("impact/LIS").since, t0 + hours(12));
}

TEST_F(standing, what_a_laptop_saw_first_undoes_no_return_that_the_server_saw_later) {
  add("1", t0 + hours(6), state(ElementState::down));
  add("2", t0 + hours(11), state(ElementState::full));
  add("3", t0 + hours(19), state(ElementState::down));
  add("4", t0, state(ElementState::down), "b", "laptop").hash = "laptop";
  Deed joined;
  joined.joined = Joined{.chain = "laptop", .through = 1, .head = "laptop"};
  add("5", t0 + hours(30), joined);
  EXPECT_EQ(one("impact/LIS").since, t0 + hours(19));
  add("6", t0 + hours(31), state(ElementState::down));  // the same, said once more by one who knows of all
  EXPECT_EQ(one("impact/LIS").since, t0 + hours(19));
}

TEST_F(standing, a_return_that_two_posts_saw_is_one_for_the_next_outage) {
  add("1", t0, state(ElementState::down));
  add("2", t0 + hours(4), state(ElementState::full));
  add("3", t0 + minutes(5), state(ElementState::down), "b", "laptop");
  add("4", t0 + minutes(250), state(ElementState::full), "b", "laptop").hash = "laptop";
  Deed joined;
  joined.joined = Joined{.chain = "laptop", .through = 2, .head = "laptop"};
  add("5", t0 + hours(8), joined);
  add("6", t0 + hours(30), state(ElementState::down));
  EXPECT_EQ(one("impact/LIS").since, t0 + hours(30));
}

TEST_F(standing, a_corrected_line_no_longer_counts_and_what_was_before_it_stands_again) {
  add("1", t0, state(ElementState::down));
  add("2", t0 + hours(1), state(ElementState::full));
  LineRow& mend = add("3", t0 + hours(2), {});
  mend.line.deed.reset();
  mend.line.corrects = "2";
  EXPECT_EQ(one("impact/LIS").row.line.id, "1");
  EXPECT_TRUE(read().corrected("2"));
  LineRow& again = add("4", t0 + hours(3), {});
  again.line.deed.reset();
  again.line.corrects = "1";
  EXPECT_TRUE(read().list().empty());
}

TEST_F(standing, other_words_for_a_line_stand_where_it_stood) {
  const auto known_at = [&](const std::string& id, Instant known, Instant typed) -> LineRow& {
    Deed deed;
    deed.milestone = Milestone{"knowledge", ""};
    LineRow& row = add(id, known, deed);
    row.line.typed = typed;
    return row;
  };
  known_at("1", t0 + hours(2), t0 + hours(3));
  known_at("2", t0 + hours(1), t0 + hours(4));
  known_at("3", t0 + hours(2), t0 + hours(5)).line.corrects = "1";
  EXPECT_EQ(one("milestone/knowledge").row.line.id, "2") << "a slip of the pen moves no deadline";
  known_at("twice", t0 + hours(2), t0 + hours(6)).line.corrects = "1";
  EXPECT_EQ(one("milestone/knowledge").row.line.id, "2") << "nor do two who mend it at once";

  add("4", t0 + hours(9), state(ElementState::full), "b", "laptop").hash = "ahead";
  Deed join;
  join.joined = Joined{.chain = "laptop", .through = 1, .head = "ahead"};
  add("5", t0 + hours(6), join);
  add("6", t0 + hours(6), state(ElementState::down));
  EXPECT_EQ(one("impact/LIS").row.line.id, "6");
  LineRow& again = add("7", t0 + hours(6), state(ElementState::down));
  again.line.typed = t0 + hours(7);
  again.line.corrects = "6";
  EXPECT_EQ(one("impact/LIS").row.line.id, "7");
  LineRow& moved = add("8", t0 + hours(5), state(ElementState::down));
  moved.line.typed = t0 + hours(8);
  moved.line.corrects = "7";
  EXPECT_EQ(one("impact/LIS").row.line.id, "4") << "another hour is another place";
}

TEST_F(standing, what_was_seen_before_a_restore_is_not_counted_in_the_new_chain) {
  add("1", t0, state(ElementState::read_only), "a", "before").hash = "last";
  Deed join;
  join.joined = Joined{.chain = "before", .through = 1, .head = "last"};
  add("2", t0 + hours(3), join, "b");
  add("3", t0 + hours(3), state(ElementState::down), "b");
  add("4", t0 + hours(3), {}, "b").line.deed.reset();
  LineRow& waited = add("5", t0 + hours(2), state(ElementState::full), "a");
  waited.line.seen = 45;  // the backup ends with the first
  waited.line.seen_in = "before";
  EXPECT_EQ(one("impact/LIS").row.line.id, "3");
  EXPECT_EQ(one("impact/LIS").contested, std::vector<std::string>{"5"});
}

TEST_F(standing, what_was_seen_of_another_chain_comes_before) {
  add("1", t0 + hours(9), state(ElementState::down), "b", "before").hash = "ahead";
  LineRow& next = add("2", t0, state(ElementState::read_only), "a");
  next.line.seen = 1;
  next.line.seen_in = "before";
  EXPECT_EQ(one("impact/LIS").row.line.id, "2");
  EXPECT_TRUE(one("impact/LIS").contested.empty());
}

TEST_F(standing, two_who_did_not_know_of_each_other_and_differ_are_contested_until_a_third_settles_it) {
  add("1", t0, tick(true), "a");
  add("2", t0 + minutes(1), tick(false), "b").line.seen = 0;  // typed before line 1 was on the screen
  EXPECT_EQ(one("tick/card/2").row.line.id, "2");
  EXPECT_EQ(one("tick/card/2").contested, std::vector<std::string>{"1"});
  add("3", t0 + minutes(2), tick(true), "c").line.seen = 2;
  EXPECT_TRUE(one("tick/card/2").contested.empty());
}

TEST_F(standing, two_who_say_the_same_do_not_disagree) {
  add("1", t0, tick(true), "a");
  add("2", t0 + minutes(1), tick(true), "b").line.seen = 0;
  EXPECT_TRUE(one("tick/card/2").contested.empty());
}

TEST_F(standing, what_another_node_wrote_is_unknown_until_its_chain_was_taken_in) {
  add("1", t0, state(ElementState::down), "a", "laptop");
  add("2", t0 + minutes(5), state(ElementState::full), "b");
  EXPECT_EQ(one("impact/LIS").contested, std::vector<std::string>{"1"});
  Deed join;
  join.joined = Joined{.chain = "laptop", .through = 1};
  add("3", t0 + minutes(6), join);
  add("4", t0 + minutes(7), state(ElementState::read_only), "b");
  EXPECT_TRUE(one("impact/LIS").contested.empty());
}

TEST_F(standing, who_took_in_other_lines_under_these_numbers_knows_nothing_of_these) {
  add("1", t0 + minutes(30), state(ElementState::down), "a", "laptop").hash = "ours";
  Deed join;
  join.joined = Joined{.chain = "laptop", .through = 1, .head = "another"};
  add("2", t0 + minutes(1), join, "b");
  add("3", t0 + minutes(5), state(ElementState::full), "b");
  EXPECT_EQ(one("impact/LIS").row.line.id, "1");
  EXPECT_EQ(one("impact/LIS").contested, std::vector<std::string>{"3"});
}

TEST_F(standing, who_took_in_more_than_is_here_is_not_held_to_know_it) {
  Deed join;
  join.joined = Joined{.chain = "laptop", .through = 2, .head = "another"};
  add("1", t0, state(ElementState::down), "a", "laptop").hash = "first";
  add("2", t0 + minutes(1), join, "b");
  add("3", t0 + minutes(2), state(ElementState::full), "b");
  add("4", t0 + minutes(1), state(ElementState::read_only), "a", "laptop").hash = "second";
  EXPECT_EQ(one("impact/LIS").contested, (std::vector<std::string>{"1", "4"}));
}

TEST_F(standing, a_crisis_began_with_the_first_of_several_openings) {
  const auto opening = [](const char* name) {
    Deed deed;
    deed.opening = Opening{RoomKind::real, name, plan::Level::plan_blanc, 1};
    return deed;
  };
  add("server", t0 + hours(7), opening("au matin"));
  EXPECT_EQ(one("opening").row.line.id, "server");
  add("laptop", t0, opening("sur le portable, la nuit"), "b", "laptop");
  EXPECT_EQ(one("opening").row.line.id, "laptop") << "what is owed counts from the night";
  add("other", t0 + hours(9), opening("autre portable"), "c", "other");
  EXPECT_EQ(one("opening").row.line.id, "laptop") << "a later one moves no deadline";
  EXPECT_EQ(read().find("opening")->line.id, "laptop");
  EXPECT_TRUE(one("opening").contested.empty()) << "several rooms were opened: all of them are true";
}

TEST_F(standing, another_opening_taken_in_lowers_no_level) {
  const auto opening = [](plan::Level level) {
    Deed deed;
    deed.opening = Opening{RoomKind::real, "Crise", level, 1};
    return deed;
  };
  add("server", t0 + hours(2), opening(plan::Level::plan_blanc));
  for (const auto& [line, at] : {std::pair("night", t0), std::pair("later", t0 + hours(4))}) {
    add(line, at, opening(plan::Level::internal_mobilisation), "a", line);
    EXPECT_EQ(read().level(), plan::Level::plan_blanc) << line;
  }
  Deed lowered;
  lowered.level = LevelChange{plan::Level::internal_mobilisation, "calme", "Mme Roche"};
  add("before", t0 + hours(1), lowered, "a", "night");
  EXPECT_EQ(read().level(), plan::Level::plan_blanc) << "what was decided before it on the laptop";
  add("after", t0 + hours(9), lowered);
  EXPECT_EQ(read().level(), plan::Level::internal_mobilisation);
}

TEST_F(standing, the_level_is_that_of_the_opening_until_it_is_changed_and_changed_back) {
  Deed opening;
  opening.opening = Opening{RoomKind::real, "Crise", plan::Level::internal_mobilisation, 1};
  add("open", t0, opening);
  EXPECT_EQ(read().level(), plan::Level::internal_mobilisation);
  Deed change;
  change.level = LevelChange{plan::Level::plan_blanc, "Réanimation touchée", "DG"};
  add("raise", t0 + hours(1), change);
  EXPECT_EQ(read().level(), plan::Level::plan_blanc);
  change.level = LevelChange{plan::Level::internal_mobilisation, "Retour du dossier patient", "DG"};
  add("lower", t0 + hours(30), change, "b").line.seen = 2;
  EXPECT_EQ(read().level(), plan::Level::internal_mobilisation);
  EXPECT_TRUE(one("level").contested.empty());
}

}  // namespace
}  // namespace releve::crisis
