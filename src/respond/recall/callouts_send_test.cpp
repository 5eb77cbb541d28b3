// SPDX-License-Identifier: EUPL-1.2
#include "respond/recall/recall_for_tests.hpp"

namespace releve::recall {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

class parcels : public RecallTest {};

RELEVE_ON_BOTH_ENGINES(parcels);

TEST_P(parcels, what_was_not_sent_yet_ends_with_its_room) {
  set_channels();
  const crisis::Room closed = activated();
  ASSERT_TRUE(call(closed, order(closed, {.roles = {"rssi"}})).ok());
  time.at += seconds(1);
  const crisis::Room other = activated();
  ASSERT_TRUE(call(other, order(other, {.groups = {{.q = "durand"}}})).ok());
  crisis::Line closing{.id = fresh()};
  closing.deed.emplace().closing = crisis::Closing{};
  ASSERT_TRUE(rooms->write(closed, closing, "garde", "fr").ok());

  const auto due = callouts->take_due(time.now());
  ASSERT_TRUE(due);
  EXPECT_EQ(due->parcel.to, "0622222222") << "another room's people are called all the same";
  EXPECT_FALSE(callouts->take_due(time.now()));
  const CalledRow shown = person(closed, "Personne 4");
  EXPECT_EQ(shown.state, CallState::failed);
  ASSERT_EQ(shown.sendings.size(), 2U);
  for (const SendingRow& one : shown.sendings) {
    EXPECT_EQ(one.state, SendingState::failed);
    EXPECT_EQ(one.ended, time.now());
    EXPECT_TRUE(one.why.starts_with("Cette salle est fermée")) << one.why;
  }

  crisis::Line taken_back{.id = fresh()};
  taken_back.corrects = closing.id;
  ASSERT_TRUE(rooms->write(now(closed), taken_back, "garde", "fr").ok());
  time.at += minutes(2);
  EXPECT_EQ(callouts->take_due(time.now())->parcel.to, "0622222222") << "nobody is called unasked";
  ASSERT_TRUE(callouts->remind(now(closed)).ok());
  EXPECT_TRUE(callouts->take_due(time.now())) << "who was given up can be called again";
}

TEST_P(parcels, a_reminder_goes_to_those_alone_who_have_not_answered) {
  set_channels();
  const crisis::Room at = activated();
  ASSERT_TRUE(call(at, order(at, {.groups = {{.unit = "Réanimation"}}})).ok());
  while (const auto due = callouts->take_due(time.now())) {
    callouts->done(*due, std::nullopt, time.now());
  }
  ASSERT_TRUE(callouts->answer(token_in(person(at, "MARTIN Élodie").link), true, {}, "x").ok());
  ASSERT_TRUE(callouts->remind(at).ok());
  EXPECT_FALSE(callouts->take_due(time.now())) << "they were called a moment ago";
  time.at += minutes(2);
  ASSERT_TRUE(callouts->remind(at).ok());
  ASSERT_TRUE(callouts->remind(at).ok());
  const auto due = callouts->take_due(time.now());
  ASSERT_TRUE(due);
  EXPECT_TRUE(due->parcel.reminder);
  EXPECT_EQ(due->parcel.to, "0622222222");
  EXPECT_FALSE(callouts->take_due(time.now())) << "once";
}

TEST_P(parcels, who_was_called_twice_is_reminded_once) {
  set_channels();
  const crisis::Room at = activated();
  for (int i = 0; i < 2; ++i) {
    ASSERT_TRUE(call(at, order(at, {.groups = {{.q = "durand"}}})).ok());
    while (const auto due = callouts->take_due(time.now())) {
      callouts->done(*due, std::nullopt, time.now());
    }
    time.at += seconds(50);
  }
  ASSERT_TRUE(callouts->remind(at).ok());
  EXPECT_FALSE(callouts->take_due(time.now())) << "the second call is less than a minute old";
  time.at += minutes(1);
  ASSERT_TRUE(callouts->remind(at).ok());
  const auto due = callouts->take_due(time.now());
  ASSERT_TRUE(due);
  EXPECT_EQ(due->parcel.link, callouts->view(at).people.back().link) << "by the newest call";
  EXPECT_FALSE(callouts->take_due(time.now()));
}

TEST_P(parcels, whoever_has_a_role_is_called_before_the_house) {
  set_channels();
  const crisis::Room at = activated();
  ASSERT_TRUE(call(at, order(at, {.groups = {{.unit = "Réanimation"}}})).ok());
  time.at += seconds(1);
  ASSERT_TRUE(call(at, order(at, {.roles = {"rssi"}})).ok());
  const auto first = callouts->take_due(time.now());
  ASSERT_TRUE(first);
  EXPECT_EQ(first->parcel.link, person(at, "Personne 4").link);
}

TEST_P(parcels, a_gateway_that_asks_to_wait_loses_no_message) {
  set_channels();
  const crisis::Room at = activated();
  ASSERT_TRUE(call(at, order(at, {.groups = {{.unit = "Réanimation"}}})).ok());
  for (int i = 0; i < 200; ++i) {  // in a minute and a half it takes some once
    while (const auto due = callouts->take_due(time.now())) {
      const bool taken = i % 20 == 19;
      callouts->done(*due, taken ? std::nullopt : std::optional(Undelivered{"HTTP 429", false, false, true}),
                     time.now());
    }
    time.at += seconds(5);
  }
  for (const CalledRow& one : callouts->view(at).people) {
    ASSERT_FALSE(one.sendings.empty()) << one.person;
    for (const SendingRow& sending : one.sendings) {
      EXPECT_EQ(sending.state, SendingState::sent) << one.person << " " << sending.why;
    }
  }
}

TEST_P(parcels, a_clock_that_is_set_back_keeps_nobody_waiting) {
  set_channels();
  const crisis::Room at = activated();
  ASSERT_TRUE(call(at, order(at, {.roles = {"rssi"}})).ok());
  time.at -= std::chrono::minutes(40);
  EXPECT_TRUE(callouts->take_due(time.now()));
}

TEST_P(parcels, sending_outlives_the_process) {
  set_channels();
  const crisis::Room at = activated();
  ASSERT_TRUE(call(at, order(at, {.groups = {{.q = "durand"}}})).ok());
  const auto first = callouts->take_due(time.now());
  ASSERT_TRUE(first);
  EXPECT_FALSE(callouts->take_due(time.now())) << "nobody else takes it meanwhile";
  shut();  // killed while it was sending
  open();
  EXPECT_FALSE(callouts->take_due(time.now() + seconds(30)));
  const auto again = callouts->take_due(time.now() + minutes(2));
  ASSERT_TRUE(again);
  EXPECT_EQ(again->parcel.id, first->parcel.id) << "by which a gateway knows it again";
  EXPECT_EQ(again->parcel.text, first->parcel.text);
  EXPECT_EQ(again->tries, 2);
  callouts->done(*again, std::nullopt, time.now());
  EXPECT_EQ(person(at, "DURAND Paul").sendings.at(0).state, SendingState::sent);
}

TEST_P(parcels, a_send_that_fails_is_tried_again_and_then_shown) {
  set_channels();
  const crisis::Room at = activated();
  ASSERT_TRUE(call(at, order(at, {.groups = {{.q = "durand"}}})).ok());
  int tries = 0;
  for (; tries < 20; ++tries) {
    time.at += minutes(10);
    const auto due = callouts->take_due(time.now());
    if (!due) {
      break;
    }
    callouts->done(*due,
                   Undelivered{"connexion refus\xe9"
                               "e",
                               false},
                   time.now());
  }
  EXPECT_EQ(tries, 5);
  CalledRow shown = person(at, "DURAND Paul");
  EXPECT_EQ(shown.state, CallState::failed);
  EXPECT_EQ(shown.sendings.at(0).why, "connexion refusée");
  ASSERT_TRUE(callouts->answer(token_in(shown.link), true, {}, "x").ok());
  EXPECT_EQ(person(at, "DURAND Paul").state, CallState::coming) << "called by hand, the link still answers";

  ASSERT_TRUE(call(at, order(at, {.groups = {{.q = "petit"}}})).ok());
  const auto due = callouts->take_due(time.now());
  ASSERT_TRUE(due);
  callouts->done(*due, Undelivered{"550 no such user", true}, time.now());
  EXPECT_EQ(person(at, "PETIT Anne").sendings.at(0).state, SendingState::failed) << "for good, at once";
}

TEST_P(parcels, a_channel_where_nobody_answers_holds_up_no_other) {
  set_channels();
  directory_of(
      "Nom;Service;Mobile;Courriel\n"
      "UN;Réa;0611111111;un@chu.example\n"
      "DEUX;Réa;0622222222;deux@chu.example\n"
      "TROIS;Réa;0633333333;trois@chu.example\n");
  const crisis::Room at = activated();
  ASSERT_TRUE(call(at, order(at, {.groups = {{.unit = "Réa"}}})).ok());
  const auto probe = callouts->take_due(time.now(), Channel::mail);
  ASSERT_TRUE(probe);
  callouts->done(*probe, Undelivered{"Connection timed out", false, true}, time.now());
  EXPECT_FALSE(callouts->take_due(time.now() + seconds(9), Channel::mail));
  for (int i = 0; i < 3; ++i) {
    const auto due = callouts->take_due(time.now(), Channel::gateway);
    ASSERT_TRUE(due);
    EXPECT_TRUE(due->parcel.to.starts_with("06"));
    callouts->done(*due, std::nullopt, time.now());
  }
  EXPECT_FALSE(callouts->take_due(time.now()));
  for (const CalledRow& one : callouts->view(at).people) {
    for (const SendingRow& sending : one.sendings) {
      EXPECT_EQ(sending.why, sending.channel == Channel::mail ? "Connection timed out" : "");
    }
  }

  time.at += seconds(10);
  const auto again = callouts->take_due(time.now());
  ASSERT_TRUE(again);
  EXPECT_EQ(again->parcel.id, probe->parcel.id) << "one sees whether somebody answers again";
  EXPECT_FALSE(callouts->take_due(time.now()));
  callouts->done(*again, std::nullopt, time.now());
  for (int i = 0; i < 2; ++i) {
    const auto due = callouts->take_due(time.now(), Channel::mail);
    ASSERT_TRUE(due) << "at once, when somebody does";
    EXPECT_EQ(due->tries, 1) << "no try was lost";
  }
}

TEST_P(parcels, who_waits_for_a_dead_channel_is_reminded_by_the_other) {
  set_channels();
  directory_of("Nom;Service;Mobile;Courriel\nUN;Réa;0611111111;un@chu.example\n");
  const crisis::Room at = activated();
  ASSERT_TRUE(call(at, order(at, {.groups = {{.unit = "Réa"}}})).ok());
  callouts->done(*callouts->take_due(time.now(), Channel::gateway), std::nullopt, time.now());
  const auto mail = callouts->take_due(time.now(), Channel::mail);
  time.at += seconds(90);
  callouts->done(*mail, Undelivered{"Connection timed out", false, true}, time.now());
  ASSERT_TRUE(callouts->remind(at).ok());
  const auto due = callouts->take_due(time.now());
  ASSERT_TRUE(due);
  EXPECT_EQ(due->parcel.to, "0611111111");
  EXPECT_TRUE(due->parcel.reminder);
  EXPECT_EQ(person(at, "UN").sendings.size(), 3U) << "no second mail behind the first";
}

TEST_P(parcels, a_copy_calls_nobody_by_what_the_original_may_have_sent) {
  set_channels();
  const crisis::Room at = activated();
  CalloutOrder wanted = order(at, {.roles = {"director"}});
  wanted.deputies_after = 10;
  ASSERT_TRUE(call(at, wanted).ok());
  ASSERT_TRUE(call_nobody_more(*database, "Sauvegarde restaurée", time.now()).ok());
  EXPECT_FALSE(callouts->take_due(time.now()));
  time.at += minutes(20);
  callouts->call_deputies(time.now());
  EXPECT_EQ(names(at), std::vector<std::string>{"Personne 1"});
  EXPECT_EQ(person(at, "Personne 1").sendings.at(0).why, "Sauvegarde restaurée");
  ASSERT_TRUE(callouts->remind(at).ok());
  EXPECT_TRUE(callouts->take_due(time.now())) << "who was given up can be called again";
}

}  // namespace
}  // namespace releve::recall
