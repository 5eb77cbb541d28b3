// SPDX-License-Identifier: EUPL-1.2
#include "steer/access/passkeys.hpp"

#include "steer/access/authenticator_for_tests.hpp"
#include "steer/access/room_for_tests.hpp"

#include <functional>

namespace releve::access {
namespace {

using api::Right;
using Behaviour = AuthenticatorForTests::Behaviour;

class passkeys : public RoomTest {
 protected:
  Passkeys& desk() { return room_->passkeys(); }

  static api::Session from(const std::string& origin = "https://releve.example",
                           const std::string& peer = "192.0.2.1") {
    api::Session session = visitor(peer);
    session.origin = origin;
    return session;
  }

  api::Session signed_in(const std::string& secret) {
    api::Session session = session_of(secret);
    session.origin = "https://releve.example";
    return session;
  }

  /// A passkey of a member; the member's secret becomes the new one. Gives the recovery codes.
  std::vector<std::string> enrol(Member& member, const AuthenticatorForTests& device,
                                 const Behaviour& how = {}) {
    const api::Session session = signed_in(member.secret);
    const Asking asking = desk().start(session, good_password).value();
    auto added =
        desk().add(session, asking.ticket, " Téléphone ", device.make(asking.challenge, how)).value();
    member.secret = added.secret;
    return added.body.codes;
  }

  Result<std::string> enter(const Member& member, const AuthenticatorForTests& device,
                            const Behaviour& how = {}, const std::string& peer = "192.0.2.1") {
    const Asking asking = desk().start_sign_in(from(how.origin, peer)).value();
    return desk().sign_in(from("https://releve.example", peer), asking.ticket,
                          device.sign(asking.challenge, member.id, how));
  }

  template <class T>
  static std::string fault_of(const Result<T>& result) {
    return result.ok() ? "" : result.error().message.code + " " + result.error().where;
  }

  AuthenticatorForTests device_;
};

RELEVE_ON_BOTH_ENGINES(passkeys);

TEST_P(passkeys, one_gesture_is_as_strong_as_password_and_phone) {
  Member chief = member("rssi", "rssi", "A");
  const std::string other_session = sign_in("rssi", good_password).value();
  EXPECT_FALSE(signed_in(chief.secret).can(Right::grant, "A")) << "its role asks for a second factor";
  const std::string before = chief.secret;
  EXPECT_EQ(enrol(chief, device_).size(), 10U);
  EXPECT_TRUE(signed_in(chief.secret).can(Right::grant, "A"));
  EXPECT_FALSE(signed_in(before).known()) << "rotated";
  EXPECT_FALSE(signed_in(other_session).known()) << "whoever is in without it comes in anew";
  ASSERT_EQ(desk().of(chief.id).size(), 1U);
  EXPECT_EQ(desk().of(chief.id)[0].name, "Téléphone");
  EXPECT_FALSE(desk().of(chief.id)[0].last_used);
  EXPECT_TRUE(room_->people().find(owner(), chief.id)->has_phone)
      << "a second factor, for whoever looks after people";

  clock_.pass(std::chrono::hours(24 * 30));
  const auto session = signed_in(enter(chief, device_).value());
  EXPECT_EQ(session.user, "rssi");
  EXPECT_TRUE(session.strong);
  EXPECT_TRUE(session.can(Right::grant, "A"));
  EXPECT_EQ(desk().of(chief.id)[0].last_used, clock_.now());
  EXPECT_EQ(room_->trail().list({.actor = "rssi", .deed = "passkey_added"}).size(), 1U);
  EXPECT_FALSE(room_->trail().check().fault);
}

TEST_P(passkeys, an_account_that_has_one_does_not_open_by_its_password_alone) {
  Member chief = member("rssi", "rssi", "A");
  const auto codes = enrol(chief, device_);
  EXPECT_EQ(code_of(sign_in("rssi", good_password)), "access.code_needed");
  EXPECT_EQ(code_of(sign_in("rssi", good_password, "123456")), "access.wrong_code");
  EXPECT_TRUE(signed_in(sign_in("rssi", good_password, codes[0]).value()).strong);
  EXPECT_EQ(code_of(sign_in("rssi", good_password, codes[0])), "access.wrong_code") << "once";
}

TEST_P(passkeys, a_second_factor_is_added_only_by_whoever_came_in_with_the_first) {
  Member chief = member("rssi", "rssi", "A");
  enrol(chief, device_);
  // By a new link one comes in without it.
  const std::string link = room_->people().renew_link(owner(), chief.id).value();
  const auto weak = signed_in(room_->entrance().accept(from(), link, good_password).value());
  EXPECT_FALSE(weak.strong);
  EXPECT_EQ(code_of(desk().start(weak, good_password)), "access.needs_second_factor");
  EXPECT_EQ(code_of(room_->own().start_phone(weak, good_password)), "access.needs_second_factor");
  // Unless the lost one goes first: that is what the new link is for.
  Member rest = member("dsi", "dsi", "A");
  enrol(rest, AuthenticatorForTests());
  const std::string help = room_->people().renew_link(owner(), rest.id).value();
  rest.secret = room_->entrance().accept(from(), help, good_password).value();
  ASSERT_TRUE(desk().remove(signed_in(rest.secret), desk().of(rest.id)[0].id, good_password).ok());
  enrol(rest, AuthenticatorForTests());
  EXPECT_TRUE(signed_in(rest.secret).strong);

  const AuthenticatorForTests second;
  chief.secret = enter(chief, device_).value();
  EXPECT_TRUE(enrol(chief, second).empty()) << "the recovery codes that there are stay";
  EXPECT_TRUE(enter(chief, second).ok());
  EXPECT_TRUE(enter(chief, device_).ok());
}

TEST_P(passkeys, taking_one_away_asks_for_the_password_and_the_last_one_weakens) {
  Member chief = member("rssi", "rssi", "A");
  const AuthenticatorForTests second;
  enrol(chief, device_);
  enrol(chief, second);
  const auto list = desk().of(chief.id);
  ASSERT_EQ(list.size(), 2U);
  EXPECT_EQ(code_of(desk().remove(signed_in(chief.secret), list[0].id, "guess")), "access.wrong_password");
  ASSERT_TRUE(desk().remove(signed_in(chief.secret), list[0].id, good_password).ok());
  EXPECT_TRUE(signed_in(chief.secret).strong);
  EXPECT_EQ(code_of(desk().remove(signed_in(chief.secret), list[0].id, good_password)),
            "access.no_such_passkey");
  ASSERT_TRUE(desk().remove(signed_in(chief.secret), list[1].id, good_password).ok());
  EXPECT_FALSE(signed_in(chief.secret).strong);
  EXPECT_EQ(room_->own().recovery_codes_left(chief.id), 0);
  EXPECT_EQ(fault_of(enter(chief, device_)), "access.wrong_passkey credential");
  EXPECT_TRUE(sign_in("rssi", good_password).ok());
}

TEST_P(passkeys, a_phone_and_a_passkey_stand_beside_each_other) {
  Member lea = member("lea", "read_only", "A", true);
  EXPECT_TRUE(enrol(lea, device_).empty());
  clock_.pass(std::chrono::minutes(5));
  EXPECT_TRUE(sign_in("lea", good_password, totp_code(lea.phone, clock_.now())).ok());
  ASSERT_TRUE(room_->own().remove_phone(signed_in(lea.secret), good_password).ok());
  EXPECT_TRUE(signed_in(lea.secret).strong) << "the passkey is left";
  EXPECT_EQ(room_->own().recovery_codes_left(lea.id), 10);
  EXPECT_EQ(code_of(sign_in("lea", good_password)), "access.code_needed");
}

TEST_P(passkeys, a_registration_that_is_not_as_asked_is_refused) {
  Member lea = member("lea", "read_only", "A");
  const api::Session session = signed_in(lea.secret);
  EXPECT_EQ(code_of(desk().start(session, "guess")), "access.wrong_password");
  const auto fault = [&](const Behaviour& how, const std::string& challenge = {}) {
    const Asking asking = desk().start(session, good_password).value();
    return fault_of(desk().add(session, asking.ticket, "x",
                               device_.make(challenge.empty() ? asking.challenge : challenge, how)));
  };
  EXPECT_EQ(fault({.origin = "https://releve.example.evil"}), "access.wrong_passkey origin");
  EXPECT_EQ(fault({.extra_client_data = R"(,"crossOrigin":true)"}), "access.wrong_passkey origin");
  EXPECT_EQ(fault({.host = "evil.example"}), "access.wrong_passkey host");
  EXPECT_EQ(fault({.flags = 0x01}), "access.wrong_passkey user_verification");
  EXPECT_EQ(fault({.flags = 0x04}), "access.wrong_passkey user_verification") << "nobody was there";
  EXPECT_EQ(fault({}, "AAAA"), "access.wrong_passkey challenge");

  Asking asking = desk().start(session, good_password).value();
  Registration cut = device_.make(asking.challenge, {});
  const std::string whole = from_base64url(cut.authenticator_data).value();
  cut.authenticator_data = to_base64url(whole.substr(0, whole.size() - 7));
  EXPECT_EQ(fault_of(desk().add(session, asking.ticket, "x", cut)), "access.wrong_passkey credential");
  Registration none = device_.make(asking.challenge, {});
  none.client_data = to_base64url("[]");
  EXPECT_EQ(fault_of(desk().add(session, asking.ticket, "x", none)), "access.wrong_passkey client_data");
  Assertion other = device_.sign(asking.challenge, lea.id, {});
  EXPECT_EQ(fault_of(desk().add(session, asking.ticket, "x", {other.client_data, other.authenticator_data})),
            "access.wrong_passkey client_data")
      << "the answer to another ceremony";
  EXPECT_TRUE(desk().of(lea.id).empty());

  const Registration good =
      device_.make(asking.challenge, {.extra_client_data = R"(,"crossOrigin":false,"x":[1])"});
  EXPECT_TRUE(desk().add(session, asking.ticket, "x", good).ok());
}

TEST_P(passkeys, the_same_authenticator_is_not_enrolled_twice_nor_for_two_accounts) {
  Member lea = member("lea", "read_only", "A");
  Member bob = member("bob", "read_only", "A");
  enrol(lea, device_);
  const Asking asking = desk().start(signed_in(bob.secret), good_password).value();
  EXPECT_EQ(
      code_of(desk().add(signed_in(bob.secret), asking.ticket, "x", device_.make(asking.challenge, {}))),
      "access.has_passkey");
}

TEST_P(passkeys, only_where_browsers_have_them) {
  Member lea = member("lea", "read_only", "A");
  api::Session session = session_of(lea.secret);
  for (const char* origin : {"http://127.0.0.1:8420", "http://[::1]:8420", "http://releve.example",
                             "https://192.0.2.7", "https://[2001:db8::fe]", "", "ftp://localhost"}) {
    session.origin = origin;
    EXPECT_EQ(code_of(desk().start(session, good_password)), "access.no_passkey_here") << origin;
    EXPECT_EQ(code_of(desk().start_sign_in(from(origin))), "access.no_passkey_here") << origin;
  }
  EXPECT_EQ(passkey_site("http://localhost:8420"), (Site{"http://localhost:8420", "localhost"}));
  EXPECT_EQ(passkey_site("https://releve.example:8443"),
            (Site{"https://releve.example:8443", "releve.example"}));
}

}  // namespace

// With the list of known attacks (attack_test.cpp), but by an authenticator of one's own.
namespace {

using passkey_attacks = passkeys;
RELEVE_ON_BOTH_ENGINES(passkey_attacks);

TEST_P(passkey_attacks, an_answer_opens_once_for_the_page_that_asked_and_only_at_once) {
  Member lea = member("lea", "read_only", "A");
  enrol(lea, device_);
  const Asking asking = desk().start_sign_in(from()).value();
  const Assertion answer = device_.sign(asking.challenge, lea.id, {});
  EXPECT_TRUE(desk().sign_in(from(), asking.ticket, answer).ok());
  EXPECT_EQ(code_of(desk().sign_in(from(), asking.ticket, answer)), "access.used_ticket") << "replayed";
  reopen();
  EXPECT_EQ(code_of(desk().sign_in(from(), asking.ticket, answer)), "access.used_ticket")
      << "after a restart";

  const Asking another = desk().start_sign_in(from()).value();
  EXPECT_NE(another.challenge, asking.challenge);
  EXPECT_EQ(fault_of(desk().sign_in(from(), another.ticket, answer)), "access.wrong_passkey challenge")
      << "a caught answer, with a ticket of the thief's own";
  EXPECT_EQ(code_of(desk().sign_in(from(), "0.0.0", answer)), "access.used_ticket");
  std::string forged = another.ticket;
  forged[3] = forged[3] == '9' ? '8' : '9';
  EXPECT_EQ(code_of(desk().sign_in(from(), forged, answer)), "access.used_ticket");

  const Asking slow = desk().start_sign_in(from()).value();
  const Assertion late = device_.sign(slow.challenge, lea.id, {});
  clock_.pass(ticket_lasts + std::chrono::seconds(1));
  EXPECT_EQ(code_of(desk().sign_in(from(), slow.ticket, late)), "access.used_ticket");
  clock_.pass(-std::chrono::minutes(10));
  EXPECT_EQ(code_of(desk().sign_in(from(), slow.ticket, late)), "access.used_ticket") << "from the future";
  EXPECT_EQ(code_of(desk().sign_in(from(), asking.ticket, answer)), "access.used_ticket")
      << "the clock went back";
}

TEST_P(passkey_attacks, a_ticket_serves_its_own_ceremony_and_session) {
  Member lea = member("lea", "read_only", "A");
  Member bob = member("bob", "read_only", "A");
  enrol(lea, device_);
  const AuthenticatorForTests device;
  const Asking for_lea = desk().start(signed_in(lea.secret), good_password).value();
  EXPECT_EQ(
      code_of(desk().add(signed_in(bob.secret), for_lea.ticket, "x", device.make(for_lea.challenge, {}))),
      "access.used_ticket");
  EXPECT_EQ(code_of(desk().sign_in(from(), for_lea.ticket, device_.sign(for_lea.challenge, lea.id, {}))),
            "access.used_ticket");
  const Asking to_come_in = desk().start_sign_in(from()).value();
  EXPECT_EQ(code_of(desk().add(signed_in(bob.secret), to_come_in.ticket, "x",
                               device.make(to_come_in.challenge, {}))),
            "access.used_ticket")
      << "no way around the password";
}

TEST_P(passkey_attacks, whatever_is_not_as_asked_opens_nothing) {
  Member lea = member("lea", "read_only", "A");
  Member bob = member("bob", "read_only", "A");
  enrol(lea, device_);
  const auto fault = [&](const Behaviour& how) { return fault_of(enter(lea, device_, how)); };
  EXPECT_EQ(fault({.host = "evil.example"}), "access.wrong_passkey host");
  EXPECT_EQ(fault({.flags = 0x01}), "access.wrong_passkey user_verification");
  EXPECT_EQ(fault({.flags = 0x04}), "access.wrong_passkey signature") << "nobody was there";
  EXPECT_EQ(fault({.extra_client_data = R"(,"crossOrigin":true)"}), "access.wrong_passkey origin");

  const Asking asking = desk().start_sign_in(from()).value();
  const auto answer = [&](const std::function<void(Assertion&)>& change) {
    Assertion given = device_.sign(asking.challenge, lea.id, {});
    change(given);
    return fault_of(desk().sign_in(from(), asking.ticket, given));
  };
  EXPECT_EQ(
      fault_of(desk().sign_in(from(), asking.ticket,
                              device_.sign(asking.challenge, lea.id, {.origin = "https://evil.example"}))),
      "access.wrong_passkey origin");
  const auto flipped = [](const std::string& text) {
    std::string bytes = from_base64url(text).value();
    bytes.back() = static_cast<char>(bytes.back() ^ 1);
    return to_base64url(bytes);
  };
  EXPECT_EQ(answer([&](Assertion& one) { one.signature = flipped(one.signature); }),
            "access.wrong_passkey signature");
  EXPECT_EQ(answer([&](Assertion& one) { one.authenticator_data = flipped(one.authenticator_data); }),
            "access.wrong_passkey signature")
      << "a counter raised by hand";
  EXPECT_EQ(answer([](Assertion& one) { one.signature = "AA"; }), "access.wrong_passkey signature");
  EXPECT_EQ(answer([](Assertion& one) { one.authenticator_data = "AA"; }), "access.wrong_passkey host");
  EXPECT_EQ(answer([](Assertion& one) { one.client_data = "%"; }), "access.wrong_passkey client_data");
  EXPECT_EQ(answer([&](Assertion& one) { one.user = to_base64url(bob.id); }),
            "access.wrong_passkey credential")
      << "for another account";
  EXPECT_EQ(answer([](Assertion& one) { one.credential = "AAAA"; }), "access.wrong_passkey credential");
  const AuthenticatorForTests strange;
  EXPECT_EQ(answer([&](Assertion& one) {
              const std::string credential = one.credential;
              one = strange.sign(asking.challenge, lea.id, {});
              one.credential = credential;
            }),
            "access.wrong_passkey signature")
      << "another key under a known name";
  EXPECT_EQ(answer([](Assertion&) {}), "") << "none of it has used the ticket up";
}

TEST_P(passkey_attacks, an_authenticator_that_was_copied_shows_by_its_counter) {
  Member lea = member("lea", "read_only", "A");
  enrol(lea, device_, {.counter = 5});
  EXPECT_TRUE(enter(lea, device_, {.counter = 7}).ok());
  EXPECT_EQ(fault_of(enter(lea, device_, {.counter = 7})), "access.wrong_passkey counter");
  EXPECT_EQ(fault_of(enter(lea, device_, {.counter = 6})), "access.wrong_passkey counter");
  EXPECT_EQ(fault_of(enter(lea, device_, {.counter = 0})), "access.wrong_passkey counter");
  EXPECT_EQ(room_->trail().list({.actor = "lea", .deed = "passkey_copied"}).size(), 3U);
  EXPECT_EQ(warnings_, std::vector<std::string>(3, "access.passkey_copied"));
  EXPECT_TRUE(enter(lea, device_, {.counter = 8}).ok());
}

TEST_P(passkey_attacks, a_closed_account_is_out_and_nobody_learns_who_has_one) {
  Member lea = member("lea", "read_only", "A");
  enrol(lea, device_);
  const std::string unknown = fault_of(enter(lea, AuthenticatorForTests()));
  ASSERT_TRUE(room_->people().close(owner(), lea.id).ok());
  EXPECT_EQ(fault_of(enter(lea, device_)), unknown);
  EXPECT_EQ(unknown, "access.wrong_passkey credential");
}

TEST_P(passkey_attacks, guessing_is_slowed_down) {
  Member lea = member("lea", "read_only", "A");
  enrol(lea, device_);
  const AuthenticatorForTests strange;
  for (int i = 0; i < 30; ++i) {
    EXPECT_EQ(code_of(enter(lea, strange, {}, "203.0.113.9")), "access.wrong_passkey");
  }
  EXPECT_EQ(code_of(enter(lea, device_, {}, "203.0.113.9")), "access.too_many_tries");
  EXPECT_TRUE(enter(lea, device_).ok());
}

}  // namespace
}  // namespace releve::access
