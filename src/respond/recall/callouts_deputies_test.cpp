// SPDX-License-Identifier: EUPL-1.2
#include "respond/recall/recall_for_tests.hpp"

namespace releve::recall {
namespace {

using Names = std::vector<std::string>;
using std::chrono::minutes;

class deputies : public RecallTest {
 protected:
  /// A call whose deputies are called by themselves after ten minutes.
  Status call_and_wait(const crisis::Room& at, const std::vector<std::string>& roles) {
    return call_and_wait(at, Selection{.roles = roles}, 10);
  }

  Status call_and_wait(const crisis::Room& at, Selection selection, std::int64_t minutes_waited) {
    CalloutOrder wanted = order(at, std::move(selection));
    wanted.deputies_after = minutes_waited;
    return call(at, wanted);
  }
};

RELEVE_ON_BOTH_ENGINES(deputies);

TEST_P(deputies, deputies_are_called_when_nobody_answers) {
  const crisis::Room at = activated();
  ASSERT_TRUE(call_and_wait(at, {"director", "rssi"}).ok());
  callouts->call_deputies(time.now() + minutes(9));
  EXPECT_EQ(names(at), (Names{"Personne 1", "Personne 4"}));

  ASSERT_TRUE(callouts->answer(token_in(person(at, "Personne 4").link), false, {}, "x").ok());
  callouts->call_deputies(time.now());
  EXPECT_EQ(names(at), (Names{"Personne 1", "Personne 4", "Personne 5"})) << "unavailable: at once";
  EXPECT_EQ(person(at, "Personne 5").in_place_of, "Personne 4");
  EXPECT_EQ(person(at, "Personne 5").post, "RSSI");

  time.at += minutes(10);
  callouts->call_deputies(time.now());
  EXPECT_EQ(names(at), (Names{"Personne 1", "Personne 4", "Personne 5", "Personne 2"}));
  callouts->call_deputies(time.now());
  EXPECT_EQ(names(at).size(), 4U) << "once";
  ASSERT_TRUE(callouts->answer(token_in(person(at, "Personne 1").link), true, {}, "x").ok());
  time.at += minutes(30);
  callouts->call_deputies(time.now());
  EXPECT_EQ(names(at).size(), 4U) << "the holder comes; the RSSI has no other deputy";
}

TEST_P(deputies, a_role_without_a_holder_has_its_first_deputy_called) {
  plan->roles.at(0).holder = "";
  plan->roles.at(0).deputies = {"gone", "p4", "p2", "p3"};  // one left the plan, one is the RSSI
  plan->roles.at(2).holder = "gone";
  EXPECT_EQ(callouts->choices(id).roles.at(0).holder, "Personne 4") << "it can be ticked";
  EXPECT_EQ(callouts->choices(id).roles.at(2).holder, "");
  const crisis::Room at = activated();
  CalloutOrder wanted = order(at, {.roles = {"director", "rssi", "stock"}});
  wanted.deputies_after = 10;
  const auto preview = callouts->preview(at, wanted, {"garde", "fr", "https://releve.chu.example"});
  ASSERT_TRUE(preview.ok());
  ASSERT_EQ(preview->findings.size(), 1U);
  EXPECT_EQ(preview->findings[0].message.code, "recall.nobody_for_role");
  EXPECT_EQ(preview->findings[0].message.params.at(0).value, "Magasin");
  EXPECT_EQ(preview->findings[0].severity, Severity::warning);
  ASSERT_TRUE(call(at, wanted).ok());
  EXPECT_EQ(names(at), (Names{"Personne 2", "Personne 4"}));
  EXPECT_EQ(person(at, "Personne 2").post, "Directeur de crise");
  time.at += minutes(10);
  callouts->call_deputies(time.now());
  EXPECT_EQ(names(at), (Names{"Personne 2", "Personne 4", "Personne 3", "Personne 5"}));
  EXPECT_EQ(person(at, "Personne 3").in_place_of, "Personne 2");
}

TEST_P(deputies, a_deputy_with_a_role_of_his_own_holds_up_no_other) {
  plan->roles.at(1).deputies = {"p1", "p5"};  // the director, who is called as such, could also stand in
  const crisis::Room at = activated();
  ASSERT_TRUE(call_and_wait(at, {"director", "rssi"}).ok());
  ASSERT_TRUE(callouts->answer(token_in(person(at, "Personne 4").link), false, {}, "x").ok());
  callouts->call_deputies(time.now());
  EXPECT_EQ(names(at), (Names{"Personne 1", "Personne 4", "Personne 5"}))
      << "at once, whatever the director says";

  const crisis::Room other = activated();
  ASSERT_TRUE(call_and_wait(other, {"director"}).ok());
  time.at += minutes(10);
  callouts->call_deputies(time.now());
  EXPECT_EQ(names(other), (Names{"Personne 1", "Personne 2"})) << "nobody for a role that was not called";
}

TEST_P(deputies, two_callouts_of_a_room_call_a_deputy_once) {
  const crisis::Room at = activated();
  ASSERT_TRUE(call_and_wait(at, {"director", "rssi"}).ok());
  time.at += minutes(10);
  callouts->call_deputies(time.now());
  EXPECT_EQ(names(at), (Names{"Personne 1", "Personne 4", "Personne 2", "Personne 5"}));
  ASSERT_TRUE(callouts->answer(token_in(person(at, "Personne 5").link), true, {}, "x").ok());

  CalloutOrder wanted = order(at, {.roles = {"rssi"}});
  wanted.deputies_after = 5;
  ASSERT_TRUE(call(at, wanted).ok());
  time.at += minutes(9);
  callouts->call_deputies(time.now());
  EXPECT_EQ(names(at), (Names{"Personne 1", "Personne 4", "Personne 2", "Personne 5", "Personne 4"}))
      << "the RSSI's deputy comes; the director is not of the second call-out";

  time.at += minutes(1);
  callouts->call_deputies(time.now());
  callouts->call_deputies(time.now());
  EXPECT_EQ(names(at).size(), 6U);
  EXPECT_EQ(names(at).back(), "Personne 3");
  EXPECT_EQ(person(at, "Personne 3").in_place_of, "Personne 2");
}

TEST_P(deputies, a_deputy_who_is_also_called_by_name_is_still_waited_for) {
  const crisis::Room at = activated();
  ASSERT_TRUE(call_and_wait(at, {"director"}).ok());
  time.at += minutes(10);
  callouts->call_deputies(time.now());
  ASSERT_TRUE(call(at, order(at, {.contacts = {"p2"}})).ok());
  time.at += minutes(5);
  callouts->call_deputies(time.now());
  EXPECT_EQ(names(at), (Names{"Personne 1", "Personne 2", "Personne 2"}));
}

TEST_P(deputies, deputies_are_called_by_hand_and_never_unasked) {
  const crisis::Room at = activated();
  ASSERT_TRUE(call(at, order(at, {.roles = {"director"}})).ok());
  callouts->call_deputies(time.now() + std::chrono::hours(2));
  EXPECT_EQ(names(at).size(), 1U) << "it was not ticked";
  ASSERT_TRUE(callouts->call_deputy(at, person(at, "Personne 1").id).ok());
  ASSERT_TRUE(callouts->call_deputy(at, person(at, "Personne 2").id).ok());
  EXPECT_EQ(names(at), (Names{"Personne 1", "Personne 2", "Personne 3"}));
  EXPECT_EQ(code(callouts->call_deputy(at, person(at, "Personne 3").id)), "recall.no_deputy");
  EXPECT_EQ(code(callouts->call_deputy(at, "nobody")), "recall.not_called");
}

TEST_P(deputies, a_deputy_asked_for_twice_is_one_person) {
  plan->roles.at(0).deputies = {"p2", "p3", "p5"};
  const crisis::Room at = activated();
  ASSERT_TRUE(call(at, order(at, {.roles = {"director"}})).ok());
  ASSERT_TRUE(callouts->call_deputy(at, person(at, "Personne 1").id).ok());
  EXPECT_EQ(code(callouts->call_deputy(at, person(at, "Personne 1").id)), "recall.no_deputy");
  EXPECT_EQ(names(at), (Names{"Personne 1", "Personne 2"}));
  ASSERT_TRUE(callouts->call_deputy(at, person(at, "Personne 2").id).ok()) << "asked in place of him";
  EXPECT_EQ(code(callouts->call_deputy(at, person(at, "Personne 2").id)), "recall.no_deputy");
  EXPECT_EQ(names(at), (Names{"Personne 1", "Personne 2", "Personne 3"}));
  time.at += minutes(1);
  ASSERT_TRUE(callouts->call_deputy(at, person(at, "Personne 1").id).ok());
  EXPECT_EQ(names(at).back(), "Personne 5");
}

TEST_P(deputies, a_deputy_who_declines_at_once_is_replaced_at_once) {
  const crisis::Room at = activated();
  ASSERT_TRUE(call(at, order(at, {.roles = {"director"}})).ok());
  ASSERT_TRUE(callouts->call_deputy(at, person(at, "Personne 1").id).ok());
  ASSERT_TRUE(callouts->answer(token_in(person(at, "Personne 2").link), false, {}, "x").ok());
  ASSERT_TRUE(callouts->call_deputy(at, person(at, "Personne 1").id).ok());
  EXPECT_EQ(names(at), (Names{"Personne 1", "Personne 2", "Personne 3"}));
}

TEST_P(deputies, yesterdays_answers_call_nobody_today) {
  const crisis::Room at = activated();
  CalloutOrder wanted = order(at, {.roles = {"rssi"}});
  ASSERT_TRUE(call(at, wanted).ok());
  ASSERT_TRUE(callouts->answer(token_in(person(at, "Personne 4").link), false, {}, "x").ok());
  ASSERT_TRUE(callouts->call_deputy(at, person(at, "Personne 4").id).ok());
  ASSERT_TRUE(callouts->answer(token_in(person(at, "Personne 5").link), true, {}, "x").ok());

  time.at += std::chrono::hours(12);  // Personne 5 never came
  wanted = order(at, {.roles = {"rssi"}});
  wanted.deputies_after = 10;
  ASSERT_TRUE(call(at, wanted).ok());
  callouts->call_deputies(time.now());
  EXPECT_EQ(names(at), (Names{"Personne 4", "Personne 5", "Personne 4"})) << "nobody within seconds";
  time.at += minutes(10);
  callouts->call_deputies(time.now());
  EXPECT_EQ(names(at), (Names{"Personne 4", "Personne 5", "Personne 4", "Personne 5"}))
      << "a deputy of yesterday stands in today";
  callouts->call_deputies(time.now());
  EXPECT_EQ(names(at).size(), 4U) << "once";
}

TEST_P(deputies, a_deputy_who_slept_through_one_call_is_called_by_the_next) {
  const crisis::Room at = activated();
  ASSERT_TRUE(call_and_wait(at, {"rssi"}).ok());
  time.at += minutes(10);
  callouts->call_deputies(time.now());
  ASSERT_TRUE(callouts->answer(token_in(person(at, "Personne 4").link), true, {}, "x").ok());
  time.at += std::chrono::hours(5);
  attends(at, "Personne 4", crisis::PresenceState::left);
  time.at += std::chrono::hours(12);
  ASSERT_TRUE(call_and_wait(at, {"rssi"}).ok());
  time.at += minutes(10);
  callouts->call_deputies(time.now());
  callouts->call_deputies(time.now());
  EXPECT_EQ(names(at), (Names{"Personne 4", "Personne 5", "Personne 4", "Personne 5"}));
}

TEST_P(deputies, a_deputy_is_called_in_the_words_of_the_last_call) {
  const crisis::Room at = activated();
  ASSERT_TRUE(call_and_wait(at, {"director"}).ok());
  time.at += minutes(5);
  ASSERT_TRUE(call_and_wait(at, Selection{.roles = {"director"}}, 15).ok());
  time.at += minutes(10);
  callouts->call_deputies(time.now());
  EXPECT_EQ(names(at).size(), 2U) << "the second call waits longer";
  time.at += minutes(5);
  callouts->call_deputies(time.now());
  EXPECT_EQ(names(at), (Names{"Personne 1", "Personne 1", "Personne 2"}));
  EXPECT_EQ(person(at, "Personne 2").callout, callouts->view(at).callouts.at(0).id);
}

TEST_P(deputies, a_later_call_that_only_names_a_holder_takes_no_deputies_over) {
  const crisis::Room at = activated();
  ASSERT_TRUE(call_and_wait(at, {"director"}).ok());
  time.at += minutes(5);
  ASSERT_TRUE(call_and_wait(at, Selection{.contacts = {"p1"}}, 60).ok());
  time.at += minutes(15);
  callouts->call_deputies(time.now());
  EXPECT_EQ(names(at), (Names{"Personne 1", "Personne 1", "Personne 2"}));
}

TEST_P(deputies, one_who_is_there_uncalled_fills_one_role_over_two_calls) {
  plan->roles.at(1).deputies = {"p3", "p5"};
  const crisis::Room at = activated();
  ASSERT_TRUE(call_and_wait(at, {"director", "rssi"}).ok());
  ASSERT_TRUE(call_and_wait(at, {"director"}).ok());
  time.at += minutes(5);
  attends(at, "Personne 3", crisis::PresenceState::present);
  time.at += minutes(10);
  callouts->call_deputies(time.now());
  EXPECT_EQ(names(at), (Names{"Personne 1", "Personne 4", "Personne 1", "Personne 5"}));

  const crisis::Room other = activated();
  ASSERT_TRUE(call_and_wait(other, {"director", "rssi"}).ok());
  ASSERT_TRUE(call_and_wait(other, {"rssi"}).ok());
  time.at += minutes(5);
  attends(other, "Personne 3", crisis::PresenceState::present);
  time.at += minutes(10);
  callouts->call_deputies(time.now());
  EXPECT_EQ(names(other), (Names{"Personne 1", "Personne 4", "Personne 4", "Personne 5"}));
}

TEST_P(deputies, one_who_is_there_uncalled_fills_no_second_role_for_a_holder_called_by_name) {
  plan->roles.at(0).deputies = {"p3"};
  plan->roles.at(1).deputies = {"p3", "p5"};
  const crisis::Room at = activated();
  ASSERT_TRUE(call_and_wait(at, {"rssi"}).ok());
  ASSERT_TRUE(call_and_wait(at, Selection{.contacts = {"p1"}}, 10).ok());
  time.at += minutes(3);
  attends(at, "Personne 3", crisis::PresenceState::coming);
  time.at += minutes(7);
  callouts->call_deputies(time.now());
  EXPECT_EQ(names(at), (Names{"Personne 4", "Personne 1", "Personne 5"}));
}

TEST_P(deputies, one_who_came_for_a_role_that_was_called_without_deputies_fills_no_second_one) {
  plan->roles.at(1).deputies = {"p3", "p5"};
  const crisis::Room at = activated();
  ASSERT_TRUE(call(at, order(at, {.roles = {"director"}})).ok());
  time.at += minutes(3);
  attends(at, "Personne 3", crisis::PresenceState::present);
  time.at += minutes(2);
  ASSERT_TRUE(call_and_wait(at, {"rssi"}).ok());
  time.at += minutes(10);
  callouts->call_deputies(time.now());
  EXPECT_EQ(names(at), (Names{"Personne 1", "Personne 4", "Personne 5"}));
}

TEST_P(deputies, one_who_is_there_uncalled_is_kept_for_no_role_whose_holder_comes) {
  plan->roles.at(1).deputies = {"p3", "p5"};
  const crisis::Room at = activated();
  ASSERT_TRUE(call_and_wait(at, {"director", "rssi"}).ok());
  time.at += minutes(3);
  attends(at, "Personne 1", crisis::PresenceState::present);
  attends(at, "Personne 3", crisis::PresenceState::present);
  time.at += minutes(10);
  callouts->call_deputies(time.now());
  EXPECT_EQ(names(at), (Names{"Personne 1", "Personne 4"}));
}

TEST_P(deputies, who_holds_two_roles_is_called_again_for_both) {
  plan->roles.at(1).holder = "p1";
  const crisis::Room at = activated();
  ASSERT_TRUE(call_and_wait(at, {"director", "rssi"}).ok());
  time.at += minutes(5);
  ASSERT_TRUE(call_and_wait(at, Selection{.roles = {"director", "rssi"}}, 15).ok());
  time.at += minutes(10);
  callouts->call_deputies(time.now());
  EXPECT_EQ(names(at), (Names{"Personne 1", "Personne 1"}));
  time.at += minutes(5);
  callouts->call_deputies(time.now());
  EXPECT_EQ(names(at), (Names{"Personne 1", "Personne 1", "Personne 2", "Personne 5"}));
}

TEST_P(deputies, who_comes_for_his_unit_fills_no_role_without_a_cell) {
  plan->roles.at(0).cell = "";
  const crisis::Room at = activated();
  ASSERT_TRUE(call_and_wait(at, {"director"}).ok());
  attends(at, "Personne 2", crisis::PresenceState::coming, "Réanimation");
  time.at += minutes(10);
  callouts->call_deputies(time.now());
  EXPECT_EQ(names(at), (Names{"Personne 1", "Personne 2"}));
}

TEST_P(deputies, who_comes_for_his_unit_fills_no_role) {
  const crisis::Room at = activated();
  ASSERT_TRUE(call_and_wait(at, {"director"}).ok());
  attends(at, "Personne 2", crisis::PresenceState::coming, "Réanimation");
  time.at += minutes(10);
  callouts->call_deputies(time.now());
  EXPECT_EQ(names(at), (Names{"Personne 1", "Personne 2"}));
}

TEST_P(deputies, somebody_called_for_a_role_of_his_own_is_nobody_s_predecessor) {
  plan->roles.at(0).deputies = {"p4", "p2"};
  const crisis::Room at = activated();
  ASSERT_TRUE(call(at, order(at, {.roles = {"director", "rssi"}})).ok());
  ASSERT_TRUE(callouts->answer(token_in(person(at, "Personne 1").link), false, {}, "x").ok());
  ASSERT_TRUE(callouts->call_deputy(at, person(at, "Personne 1").id).ok());
  EXPECT_EQ(person(at, "Personne 2").in_place_of, "Personne 1");
}

TEST_P(deputies, the_end_of_a_shift_wakes_nobody) {
  const crisis::Room at = activated();
  ASSERT_TRUE(call_and_wait(at, {"director"}).ok());
  attends(at, "Personne 1", crisis::PresenceState::present);
  time.at += std::chrono::hours(8);
  attends(at, "Personne 1", crisis::PresenceState::left);
  callouts->call_deputies(time.now());
  time.at += minutes(20);
  callouts->call_deputies(time.now());
  EXPECT_EQ(names(at), (Names{"Personne 1"}));
  ASSERT_TRUE(callouts->call_deputy(at, person(at, "Personne 1").id).ok()) << "by hand there is one";
  EXPECT_EQ(names(at), (Names{"Personne 1", "Personne 2"}));
}

TEST_P(deputies, who_goes_home_as_he_is_called_has_not_come) {
  const crisis::Room at = activated();
  attends(at, "Personne 1", crisis::PresenceState::present);  // the day shift
  time.at += std::chrono::hours(8);
  ASSERT_TRUE(call_and_wait(at, {"director"}).ok());
  time.at += minutes(5);
  attends(at, "Personne 1", crisis::PresenceState::left);
  callouts->call_deputies(time.now());
  EXPECT_EQ(names(at), (Names{"Personne 1", "Personne 2"}));
}

TEST_P(deputies, who_came_for_an_earlier_call_has_not_come_for_this_one) {
  const crisis::Room at = activated();
  ASSERT_TRUE(call(at, order(at, {.roles = {"director"}})).ok());
  ASSERT_TRUE(callouts->call_deputy(at, person(at, "Personne 1").id).ok());
  time.at += minutes(5);
  attends(at, "Personne 2", crisis::PresenceState::present);
  time.at += std::chrono::hours(8);
  ASSERT_TRUE(call_and_wait(at, {"director"}).ok());
  time.at += minutes(5);
  attends(at, "Personne 2", crisis::PresenceState::left);
  time.at += minutes(10);
  callouts->call_deputies(time.now());
  EXPECT_EQ(names(at).back(), "Personne 3");
}

TEST_P(deputies, who_was_called_for_one_role_and_fills_another_leaves_the_first_open) {
  const crisis::Room at = activated();
  ASSERT_TRUE(call_and_wait(at, {"director"}).ok());
  time.at += minutes(5);
  attends(at, "Personne 1", crisis::PresenceState::present, "", "RSSI");
  time.at += minutes(10);
  callouts->call_deputies(time.now());
  EXPECT_EQ(names(at), (Names{"Personne 1", "Personne 2"}));
}

TEST_P(deputies, who_comes_for_one_of_his_roles_and_is_called_for_the_other_keeps_the_first) {
  plan->roles.at(1).holder = "p1";
  const crisis::Room at = activated();
  ASSERT_TRUE(call_and_wait(at, {"director"}).ok());
  ASSERT_TRUE(callouts->answer(token_in(person(at, "Personne 1").link), true, {}, "x").ok());
  time.at += minutes(8);
  ASSERT_TRUE(call_and_wait(at, {"rssi"}).ok());
  time.at += minutes(10);
  callouts->call_deputies(time.now());
  EXPECT_EQ(names(at), (Names{"Personne 1", "Personne 1", "Personne 5"})) << "one person fills one role";
}

TEST_P(deputies, who_is_called_as_a_deputy_is_not_called_for_a_role_of_his_own) {
  plan->roles.at(0).deputies = {"p4", "p2"};  // the RSSI stands in for the director
  const crisis::Room at = activated();
  ASSERT_TRUE(call_and_wait(at, {"director"}).ok());
  time.at += minutes(10);
  callouts->call_deputies(time.now());
  EXPECT_EQ(names(at), (Names{"Personne 1", "Personne 4"}));
  time.at += minutes(10);
  callouts->call_deputies(time.now());
  EXPECT_EQ(names(at), (Names{"Personne 1", "Personne 4", "Personne 2"}))
      << "and nobody for the RSSI, whom nobody asked for";
}

TEST_P(deputies, a_room_that_was_closed_calls_nobody_once_it_is_open_again) {
  const crisis::Room at = activated();
  ASSERT_TRUE(call_and_wait(at, {"director"}).ok());
  crisis::Line closing{.id = fresh()};
  closing.deed.emplace().closing = crisis::Closing{};
  ASSERT_TRUE(rooms->write(at, closing, "garde", "fr").ok());
  time.at += minutes(5);
  callouts->call_deputies(time.now());
  ASSERT_TRUE(
      rooms->write(at, {.id = fresh(), .text = "rouverte", .corrects = closing.id}, "garde", "fr").ok());
  time.at += minutes(10);
  callouts->call_deputies(time.now());
  EXPECT_EQ(names(at), (Names{"Personne 1"}));
}

TEST_P(deputies, one_who_is_there_uncalled_fills_one_role) {
  plan->roles.at(1).deputies = {"p3", "p5"};
  const crisis::Room at = activated();
  ASSERT_TRUE(call_and_wait(at, {"director", "rssi"}).ok());
  time.at += minutes(5);
  attends(at, "Personne 3", crisis::PresenceState::present);
  time.at += minutes(10);
  callouts->call_deputies(time.now());
  EXPECT_EQ(names(at), (Names{"Personne 1", "Personne 4", "Personne 5"}));
}

TEST_P(deputies, a_deputy_who_is_there_uncalled_fills_the_role) {
  const crisis::Room at = activated();
  ASSERT_TRUE(call_and_wait(at, {"director"}).ok());
  time.at += minutes(5);
  attends(at, "Personne 3", crisis::PresenceState::present);
  time.at += minutes(10);
  callouts->call_deputies(time.now());
  EXPECT_EQ(names(at), (Names{"Personne 1"}));
}

TEST_P(deputies, a_call_that_is_long_over_is_waited_for_no_more) {
  const crisis::Room at = activated();
  ASSERT_TRUE(call_and_wait(at, {"director"}).ok());
  time.at += std::chrono::hours(24 * 7);
  callouts->call_deputies(time.now());
  EXPECT_EQ(names(at), (Names{"Personne 1"}));
}

}  // namespace
}  // namespace releve::recall
