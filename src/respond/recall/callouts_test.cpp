// SPDX-License-Identifier: EUPL-1.2
#include "respond/recall/callouts.hpp"

#include "foundation/store/schema.hpp"
#include "respond/recall/recall_for_tests.hpp"
#include "respond/recall/stored.hpp"

#include <map>
#include <set>

namespace releve::recall {
namespace {

using Names = std::vector<std::string>;
using std::chrono::minutes;

class callouts_of_a_room : public RecallTest {};

RELEVE_ON_BOTH_ENGINES(callouts_of_a_room);

TEST_P(callouts_of_a_room, tables_have_the_described_columns) {
  EXPECT_EQ(store::stored_columns(*database, "callout"), store::described_columns<StoredCallout>());
  EXPECT_EQ(store::stored_columns(*database, "called"), store::described_columns<StoredCalled>());
  EXPECT_EQ(store::stored_columns(*database, "call_sending"), store::described_columns<StoredSending>());
}

TEST_P(callouts_of_a_room, one_gesture_calls_the_decision_cell_the_cyber_cell_and_the_director_on_call) {
  const crisis::Room at = activated();
  const CallChoices choices = callouts->choices(id);
  ASSERT_EQ(choices.usual.size(), 3U);
  EXPECT_TRUE(choices.roles.at(0).usual);
  EXPECT_FALSE(choices.roles.at(2).usual) << "logistics are called later";
  ASSERT_TRUE(call(at, order(at, {.usual = true})).ok());
  EXPECT_EQ(names(at), (Names{"Personne 1", "Personne 4", "Personne 7"}));
  EXPECT_EQ(person(at, "Personne 1").cell, "Cellule de décision");
}

TEST_P(callouts_of_a_room, the_preview_says_who_would_receive_what_and_sends_nothing) {
  set_channels();
  const crisis::Room at = activated(crisis::RoomKind::exercise);
  const CalloutOrder wanted =
      order(at, {.roles = {"rssi"}, .groups = {{.unit = "Réanimation"}, {.q = "seul"}}});
  const auto preview = callouts->preview(at, wanted, {"garde", "fr", "https://releve.chu.example"});
  ASSERT_TRUE(preview.ok());
  std::map<std::string, Recipient> by_name;
  for (const Recipient& one : preview->recipients) {
    by_name[one.person] = one;
  }
  EXPECT_EQ(by_name.size(), 4U);
  EXPECT_EQ(by_name.at("Personne 4").mail, "p4@secours.example");
  EXPECT_EQ(by_name.at("Personne 4").gateway, "0600000004");
  EXPECT_EQ(by_name.at("DURAND Paul").mail, "");
  EXPECT_EQ(by_name.at("DURAND Paul").gateway, "0622222222");
  EXPECT_EQ(preview->by_mail, 2);
  EXPECT_EQ(preview->by_gateway, 3);
  EXPECT_EQ(preview->by_hand, 1) << "SEUL Luc has neither number nor address";
  EXPECT_TRUE(preview->text.starts_with("EXERCICE")) << preview->text;
  EXPECT_NE(preview->text.find("CH de Vauclair"), std::string::npos);
  EXPECT_NE(preview->mail.find("Salle de crise, bâtiment A"), std::string::npos);
  EXPECT_TRUE(callouts->view(at).people.empty());
  EXPECT_FALSE(callouts->take_due(time.now() + minutes(10)));
}

TEST_P(callouts_of_a_room, an_address_that_leads_nowhere_is_not_sent) {
  set_channels();
  const crisis::Room at = activated();
  const CalloutOrder wanted = order(at, {.groups = {{.q = "durand"}}});
  const auto seen = callouts->preview(at, wanted, {"garde", "fr", "https://releve.chu.example"});
  ASSERT_TRUE(seen.ok());
  EXPECT_NE(seen->text.find("https://releve.chu.example/answer#…"), std::string::npos) << seen->text;
  EXPECT_NE(seen->mail.find("https://releve.chu.example/answer#…"), std::string::npos) << seen->mail;
  EXPECT_TRUE(seen->findings.empty());
  for (const char* own :
       {"http://127.0.0.1:18300", "http://localhost:8080", "http://localhost", "http://[::1]:80"}) {
    const auto preview = callouts->preview(at, wanted, {"garde", "fr", own});
    ASSERT_TRUE(preview.ok());
    ASSERT_EQ(preview->findings.size(), 1U) << own;
    EXPECT_EQ(preview->findings[0].message.code, "recall.no_link");
    EXPECT_EQ(preview->findings[0].message.params.at(0).value, own);
    EXPECT_EQ(preview->text.find("answer#"), std::string::npos) << preview->text;
    EXPECT_EQ(preview->mail.find("answer#"), std::string::npos) << preview->mail;
  }
  ASSERT_TRUE(callouts->call(at, wanted, {"garde", "fr", "http://127.0.0.1:18300"}).ok());
  const auto due = callouts->take_due(time.now());
  ASSERT_TRUE(due);
  EXPECT_EQ(due->parcel.link, "");
  EXPECT_EQ(due->parcel.text.find("127.0.0.1"), std::string::npos) << due->parcel.text;
}

TEST_P(callouts_of_a_room, a_callout_sent_twice_calls_once) {
  set_channels();
  const crisis::Room at = activated();
  CalloutOrder wanted = order(at, {.contacts = {"p4"}, .staff = {}});
  ASSERT_TRUE(call(at, wanted).ok());
  ASSERT_TRUE(call(at, wanted).ok());
  EXPECT_EQ(names(at), Names{"Personne 4"});
  EXPECT_EQ(person(at, "Personne 4").sendings.size(), 2U) << "a mail and a text message, once";
  EXPECT_EQ(rooms->lines(at, 0, 100).size(), 3U) << "opening, call-out, the person of a cell";
  wanted.message = "Autre chose";
  EXPECT_EQ(code(call(at, wanted)), "recall.other_callout");
  EXPECT_EQ(code(call(at, order(at, {.contacts = {"nobody"}}))), "recall.nobody");
  wanted.id = "not a uuid";
  EXPECT_EQ(code(call(at, wanted)), "room.bad_id");
}

TEST_P(callouts_of_a_room, an_answer_is_a_line_of_the_journal) {
  const crisis::Room at = activated();
  ASSERT_TRUE(call(at, order(at, {.groups = {{.unit = "Réanimation"}}})).ok());
  const std::string token = token_in(person(at, "MARTIN Élodie").link);
  const auto page = callouts->open(token, "1.2.3.4");
  ASSERT_TRUE(page.ok());
  EXPECT_EQ(page->facility, "CH de Vauclair");
  EXPECT_EQ(page->state, CallState::reached);
  EXPECT_EQ(person(at, "MARTIN Élodie").state, CallState::reached);

  const Instant expected = time.now() + minutes(30);
  ASSERT_TRUE(callouts->answer(token, true, expected, "1.2.3.4").ok());
  EXPECT_EQ(person(at, "MARTIN Élodie").state, CallState::coming);
  EXPECT_EQ(person(at, "MARTIN Élodie").expected, expected);
  const auto lines = rooms->lines(at, 0, 100);
  const crisis::Line& last = lines.back().line;
  EXPECT_EQ(last.author, "Relève");
  ASSERT_TRUE(last.deed && last.deed->presence);
  EXPECT_EQ(last.deed->presence->person, "MARTIN Élodie");
  EXPECT_EQ(last.deed->presence->state, crisis::PresenceState::coming);
  EXPECT_EQ(last.deed->presence->expected, expected);

  ASSERT_TRUE(callouts->answer(token, true, expected, "1.2.3.4").ok());
  EXPECT_EQ(rooms->lines(at, 0, 100).size(), lines.size()) << "said twice, written once";
  time.at += minutes(1);
  ASSERT_TRUE(callouts->answer(token, false, {}, "1.2.3.4").ok());
  EXPECT_EQ(person(at, "MARTIN Élodie").state, CallState::unavailable) << "an answer can be changed";
  EXPECT_EQ(code(callouts->answer(token, true, time.now() + std::chrono::hours(72), "1.2.3.4")),
            "recall.bad_time");

  const RecallView view = callouts->view(at);
  EXPECT_EQ(view.all.called, 2);
  EXPECT_EQ(view.all.unavailable, 1);
  ASSERT_EQ(view.units.size(), 1U);
  EXPECT_EQ(view.units[0].name, "Réanimation");
  ASSERT_EQ(view.skills.size(), 2U);
  EXPECT_EQ(view.skills[1].unavailable, 1) << "dialyse";
}

TEST_P(callouts_of_a_room, what_is_heard_at_the_telephone_counts_as_the_answer) {
  const crisis::Room at = activated();
  ASSERT_TRUE(call(at, order(at, {.roles = {"rssi"}})).ok());
  time.at += minutes(1);
  crisis::Line line{.id = fresh()};
  line.deed.emplace().presence =
      crisis::Presence{"Personne 4", "Cellule cyber", "RSSI", crisis::PresenceState::present, {}};
  ASSERT_TRUE(rooms->write(at, line, "secrétaire", "fr").ok());
  EXPECT_EQ(person(at, "Personne 4").state, CallState::present);
  EXPECT_EQ(callouts->view(at).all.present, 1);
}

TEST_P(callouts_of_a_room, who_is_called_for_the_next_shift_is_asked_anew) {
  set_channels();
  const crisis::Room at = activated();
  const auto call_again = [&] {
    ASSERT_TRUE(
        call(at, order(at, {.roles = {"director", "rssi"}, .groups = {{.unit = "Réanimation"}}})).ok());
  };
  call_again();
  time.at += minutes(1);
  ASSERT_TRUE(callouts->answer(token_in(person(at, "MARTIN Élodie").link), false, {}, "x").ok());
  ASSERT_TRUE(callouts->answer(token_in(person(at, "DURAND Paul").link), true, {}, "x").ok());
  attends(at, "Personne 1", crisis::PresenceState::left);
  attends(at, "Personne 4", crisis::PresenceState::present);

  time.at += std::chrono::hours(12);
  call_again();
  const auto newest = [&] {
    std::map<std::string, CalledRow> rows;
    for (CalledRow& one : callouts->view(at).people) {
      rows[one.person] = one;
    }
    return rows;
  };
  auto rows = newest();
  EXPECT_EQ(rows.at("MARTIN Élodie").state, CallState::called) << "yesterday's answer is yesterday's";
  EXPECT_EQ(rows.at("DURAND Paul").state, CallState::called) << "who never came is not on the way";
  EXPECT_EQ(rows.at("Personne 1").state, CallState::called) << "did a shift, and left";
  EXPECT_EQ(rows.at("Personne 4").state, CallState::present) << "is there";
  EXPECT_EQ(callouts->view(at).all.called, 4);
  EXPECT_EQ(callouts->view(at).all.present, 1);
  EXPECT_EQ(callouts->view(at).all.unavailable, 0);
  EXPECT_EQ(rooms->standings(at)->find("presence/Personne 1")->line.deed->presence->state,
            crisis::PresenceState::called)
      << "the room waits for him again";
  EXPECT_EQ(callouts->open(token_in(rows.at("MARTIN Élodie").link), "x")->state, CallState::reached);

  while (const auto due = callouts->take_due(time.now())) {
    callouts->done(*due, std::nullopt, time.now());
  }
  time.at += minutes(2);
  ASSERT_TRUE(callouts->answer(token_in(person(at, "MARTIN Élodie").link), false, {}, "x").ok())
      << "the first link, found again, answers the newest call";
  EXPECT_EQ(newest().at("MARTIN Élodie").state, CallState::unavailable);
  ASSERT_TRUE(callouts->remind(at).ok());
  std::set<std::string> reminded;
  while (const auto due = callouts->take_due(time.now())) {
    reminded.insert(due->parcel.to);
    callouts->done(*due, std::nullopt, time.now());
  }
  EXPECT_EQ(reminded, (std::set<std::string>{"0600000001", "p1@secours.example", "0622222222"}));
}

TEST_P(callouts_of_a_room, who_is_on_the_way_still_is_when_called_once_more) {
  const crisis::Room at = activated();
  ASSERT_TRUE(call(at, order(at, {.roles = {"rssi"}})).ok());
  time.at += minutes(1);
  ASSERT_TRUE(
      callouts->answer(token_in(person(at, "Personne 4").link), true, time.now() + minutes(30), "x").ok());
  time.at += minutes(10);
  ASSERT_TRUE(call(at, order(at, {.usual = true})).ok());
  EXPECT_EQ(callouts->view(at).all.coming, 1);
  EXPECT_EQ(rooms->standings(at)->find("presence/Personne 4")->line.deed->presence->state,
            crisis::PresenceState::coming);
}

TEST_P(callouts_of_a_room, an_answer_whose_minute_was_typed_is_of_this_call) {
  const crisis::Room at = activated();
  const Instant minute = std::chrono::ceil<minutes>(time.at);
  time.at = minute + std::chrono::seconds(30);
  ASSERT_TRUE(call(at, order(at, {.groups = {{.q = "durand"}}})).ok());
  crisis::Line line{.id = fresh(), .happened = minute};
  line.deed.emplace().presence =
      crisis::Presence{"DURAND Paul", "", "", crisis::PresenceState::unavailable, {}};
  ASSERT_TRUE(rooms->write(at, line, "secrétaire", "fr").ok());
  EXPECT_EQ(person(at, "DURAND Paul").state, CallState::unavailable);
}

TEST_P(callouts_of_a_room, a_text_by_hand_says_what_the_gateway_would) {
  const crisis::Room at = activated(crisis::RoomKind::exercise);
  CalloutOrder wanted = order(at, {.roles = {"rssi"}});
  wanted.message = "Venez";
  wanted.place.clear();
  ASSERT_TRUE(call(at, wanted).ok());
  EXPECT_EQ(callouts->view(at).callouts.at(0).text, "EXERCICE – CH de Vauclair : Venez. Répondez : {link}");
}

TEST_P(callouts_of_a_room, a_link_cannot_be_guessed) {
  const crisis::Room at = activated();
  ASSERT_TRUE(call(at, order(at, {.roles = {"rssi"}})).ok());
  const std::string token = token_in(person(at, "Personne 4").link);
  EXPECT_EQ(token.size(), 32U);
  database->read([&](store::Transaction& t) {
    for (const auto& row : t.query("select token_tag, contact from called")) {
      EXPECT_EQ(row.text(0).find(token), std::string::npos) << "only its tag is kept";
      EXPECT_EQ(row.text(1).find("0600000004"), std::string::npos);
    }
    for (const auto& row : t.query("select said from callout")) {
      EXPECT_EQ(row.text(0).find("Cyber"), std::string::npos);
    }
  });
  std::string wrong = token;
  wrong.back() = wrong.back() == '0' ? '1' : '0';
  int refused = 0;
  for (int i = 0; i < 40; ++i) {
    refused += code(callouts->open(wrong, "6.6.6.6")) == "recall.no_such_link" ? 1 : 0;
  }
  EXPECT_EQ(refused, 30);
  EXPECT_EQ(code(callouts->open(wrong, "6.6.6.6")), "access.too_many_tries");
  EXPECT_TRUE(callouts->open(token, "1.2.3.4").ok()) << "others are not kept out";
  EXPECT_TRUE(callouts->open(token, "6.6.6.6").ok()) << "nor whoever has a link behind the same address";
  EXPECT_TRUE(callouts->answer(token, true, {}, "6.6.6.6").ok());
  EXPECT_EQ(code(callouts->open(wrong, "6.6.6.6")), "access.too_many_tries");
  time.at += minutes(1);
  for (int i = 0; i < 20; ++i) {
    EXPECT_TRUE(callouts->answer(token, i % 2 == 0, {}, "1.2.3.4").ok());
  }
  EXPECT_EQ(code(callouts->answer(token, true, {}, "1.2.3.4")), "access.too_many_tries")
      << "whoever has a link cannot drown the journal";
}

TEST_P(callouts_of_a_room, a_link_ends_with_its_room) {
  const crisis::Room at = activated();
  ASSERT_TRUE(call(at, order(at, {.roles = {"rssi"}})).ok());
  const std::string token = token_in(person(at, "Personne 4").link);
  close(at);
  EXPECT_EQ(code(callouts->open(token, "1.2.3.4")), "recall.link_over");
  EXPECT_EQ(code(callouts->answer(token, true, {}, "1.2.3.4")), "recall.link_over");
  EXPECT_EQ(code(call(now(at), order(at, {.usual = true}))), "recall.room_closed");
  EXPECT_EQ(code(callouts->remind(now(at))), "recall.room_closed");
}

TEST_P(callouts_of_a_room, a_killed_process_tells_the_journal_later) {
  const crisis::Room at = activated();
  ASSERT_TRUE(call(at, order(at, {.roles = {"rssi"}})).ok());
  const auto lines = rooms->lines(at, 0, 100).size();
  const auto forget_that_it_was_told = [&](const char* table) {
    ASSERT_TRUE(database
                    ->write([&](store::Transaction& t) -> Status {
                      t.execute("update " + std::string(table) + " set told = 0");
                      return Done{};
                    })
                    .ok());
  };
  forget_that_it_was_told("callout");
  forget_that_it_was_told("called");
  callouts->tell_what_is_left();
  EXPECT_EQ(rooms->lines(at, 0, 100).size(), lines) << "a line is written once";
}

TEST_P(callouts_of_a_room, numbers_go_after_the_room_is_closed) {
  set_channels();
  const crisis::Room closed = activated();
  const crisis::Room open_one = activated();
  ASSERT_TRUE(call(closed, order(closed, {.usual = true})).ok());
  ASSERT_TRUE(call(open_one, order(open_one, {.usual = true})).ok());
  close(closed);
  ASSERT_TRUE(database
                  ->write([&](store::Transaction& t) -> Status {
                    EXPECT_EQ(store::forget(t, past_callouts(), time.now()), 0);
                    EXPECT_EQ(store::forget(t, past_callouts(), time.now() + minutes(1)), 6);
                    return Done{};
                  })
                  .ok());
  EXPECT_TRUE(names(closed).empty());
  EXPECT_EQ(names(open_one).size(), 3U);
}

TEST_P(callouts_of_a_room, two_thousand_people_are_called_in_moments) {
  std::string text = "Nom;Service;Mobile\n";
  for (int i = 0; i < 2'000; ++i) {
    text += "NOM" + std::to_string(i) + ";Unité " + std::to_string(i % 40) + ";06" +
            std::to_string(10'000'000 + i) + "\n";
  }
  directory_of(text);
  set_channels();
  const crisis::Room at = activated();
  const auto begin = std::chrono::steady_clock::now();
  ASSERT_TRUE(call(at, order(at, {.groups = {{.q = "nom"}}})).ok());
  const std::chrono::duration<double> called = std::chrono::steady_clock::now() - begin;
  const auto asked = std::chrono::steady_clock::now();
  EXPECT_EQ(callouts->view(at).units.size(), 40U);
  const std::chrono::duration<double> seen = std::chrono::steady_clock::now() - asked;
  std::cout << "2,000 people: called in " << called.count() << " s, seen in " << seen.count() << " s\n";
  EXPECT_EQ(rooms->lines(at, 0, 10'000).size(), 2U) << "they do not drown the journal";
}

TEST_P(callouts_of_a_room, a_password_is_kept_and_not_carried_to_another_server) {
  const MailServer mail{"mail.example", 587, MailSecurity::starttls, "alerte", "", "alerte@chu.example"};
  ASSERT_TRUE(channels->change({mail, {}}, "secret", {}).ok());
  EXPECT_EQ(channels->in_force().mail.password, "secret");
  database->read([&](store::Transaction& t) {
    EXPECT_EQ(t.query("select value from instance_setting where name = 'recall.channels'")
                  .at(0)
                  .text(0)
                  .find("mail.example"),
              std::string::npos);
  });
  ASSERT_TRUE(channels->change({mail, {"https://sms.example/x", ""}}, {}, "key").ok());
  EXPECT_EQ(channels->in_force().mail.password, "secret");
  EXPECT_EQ(channels->in_force().gateway.secret, "key");
  MailServer other = mail;
  other.host = "evil.example";
  EXPECT_EQ(code(channels->change({other, {}}, {}, {})), "recall.password_again");
  other = mail;
  other.security = MailSecurity::none;
  EXPECT_EQ(code(channels->change({other, {}}, {}, {})), "recall.password_again") << "nor in the clear";
  other = mail;
  other.from = "a@b.example\r\nBcc: x@y.example";
  EXPECT_EQ(code(channels->change({other, {}}, "secret", {})), "recall.bad_sender");
  EXPECT_EQ(code(channels->change({mail, {"ftp://x", ""}}, {}, {})), "recall.bad_gateway");
  EXPECT_EQ(code(channels->change({{.host = "a b"}, {}}, {}, {})), "recall.bad_server");
}

}  // namespace
}  // namespace releve::recall
