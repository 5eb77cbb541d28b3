// SPDX-License-Identifier: EUPL-1.2
#include "foundation/base/text.hpp"
#include "steer/access/room_for_tests.hpp"

#include <future>

namespace releve::access {
namespace {

using api::Right;

using entrance = RoomTest;
RELEVE_ON_BOTH_ENGINES(entrance);

TEST_P(entrance, the_first_link_opens_once_and_is_offered_until_an_administrator_has_a_password) {
  const std::string old_link = room_->entrance().first_link(false).value();
  const std::string link = room_->entrance().first_link(false).value();
  EXPECT_EQ(code_of(room_->entrance().enter(visitor(), old_link)), "access.used_link")
      << "a newer one was made";
  const std::string secret = room_->entrance().enter(visitor(), link).value();
  EXPECT_EQ(code_of(room_->entrance().enter(visitor(), link)), "access.used_link");
  const auto session = session_of(secret);
  EXPECT_EQ(session.user, "owner");
  EXPECT_TRUE(session.perimeter->everywhere(Right::steer));
  EXPECT_TRUE(room_->entrance().first_link(false)) << "still no password";
  ASSERT_TRUE(room_->own().change_password(session, "", good_password).ok());
  EXPECT_FALSE(room_->entrance().first_link(false));
  EXPECT_TRUE(room_->entrance().first_link(true)) << "for whoever has the machine";
}

TEST_P(entrance, an_invitation_leads_to_a_password_and_in) {
  const auto [person, link] = room_->people()
                                  .invite(owner(), " Lea.Martin ", "Léa Martin", "lea@hopital.example",
                                          {.role = "read_only", .place = "A", .starts = clock_.now()})
                                  .value();
  EXPECT_EQ(person.login, "lea.martin");
  EXPECT_EQ(code_of(sign_in("lea.martin", good_password)), "access.wrong_sign_in") << "no password yet";
  EXPECT_EQ(room_->entrance().look_at_link(link)->name, "Léa Martin");
  EXPECT_EQ(code_of(room_->entrance().enter(visitor(), link)), "access.used_link")
      << "it is not a strong link";
  EXPECT_EQ(code_of(room_->entrance().accept(visitor(), link, "court")), "access.weak_password");
  EXPECT_EQ(code_of(room_->entrance().accept(visitor(), link, "lea.martin2026!!")), "access.weak_password");
  ASSERT_TRUE(room_->entrance().accept(visitor(), link, good_password).ok());
  EXPECT_EQ(code_of(room_->entrance().accept(visitor(), link, good_password)), "access.used_link");
  EXPECT_TRUE(sign_in("LEA.martin", good_password).ok());
  EXPECT_EQ(code_of(room_->people().invite(owner(), "lea.MARTIN", "x", "",
                                           {.role = "read_only", .place = "A", .starts = clock_.now()})),
            "access.login_taken");
  const std::string late = room_->people().renew_link(owner(), person.id).value();
  clock_.pass(link_lasts);
  EXPECT_EQ(code_of(room_->entrance().accept(visitor(), late, good_password)), "access.used_link");
}

TEST_P(entrance, contact_and_phone_are_not_readable_in_the_database) {
  Member lea = member("lea", "read_only", "A", true);
  const auto person = room_->people()
                          .invite(owner(), "bob", "Bob", "0600000000",
                                  {.role = "read_only", .place = "A", .starts = clock_.now()})
                          .value()
                          .first;
  EXPECT_EQ(person.contact, "0600000000");
  database_->read([&](store::Transaction& t) {
    EXPECT_EQ(account_by_id(t, person.id)->contact.find("0600000000"), std::string::npos);
    EXPECT_EQ(account_by_id(t, lea.id)->totp.find(lea.phone), std::string::npos);
    EXPECT_EQ(
        t.query("select secret from access_session where secret = :secret", {{"secret", lea.secret}}).size(),
        0U);
  });
}

TEST_P(entrance, a_phone_is_asked_for_once_it_is_set_up_and_a_recovery_code_stands_in_once) {
  Member lea = member("lea", "read_only", "A");
  const auto session = session_of(lea.secret);
  EXPECT_EQ(code_of(room_->own().start_phone(session, "wrong password here")), "access.wrong_password");
  room_->own().start_phone(session, good_password).value();
  EXPECT_TRUE(sign_in("lea", good_password).ok()) << "not before a first code has shown that it works";
  EXPECT_EQ(code_of(room_->own().confirm_phone(session, "000000")), "access.wrong_code");
  give_phone(lea);
  EXPECT_EQ(code_of(sign_in("lea", good_password)), "access.code_needed");
  const auto codes = room_->own().renew_codes(session_of(lea.secret), good_password)->codes;
  ASSERT_EQ(codes.size(), 10U);
  EXPECT_TRUE(sign_in("lea", good_password, codes[3]).ok());
  EXPECT_EQ(code_of(sign_in("lea", good_password, codes[3])), "access.wrong_code");
  EXPECT_EQ(room_->own().recovery_codes_left(lea.id), 9);
  ASSERT_TRUE(room_->own().remove_phone(session_of(lea.secret), good_password).ok());
  EXPECT_TRUE(sign_in("lea", good_password).ok());
  EXPECT_EQ(code_of(sign_in("lea", good_password, codes[4])), "") << "nothing is asked for";
}

TEST_P(entrance, sessions_are_listed_and_ended_and_end_by_themselves) {
  const Member lea = member("lea", "read_only", "A");
  const std::string second = sign_in("lea", good_password).value();
  EXPECT_EQ(room_->office().sessions.of(lea.id).size(), 2U);
  const auto other = session_of(second);
  ASSERT_TRUE(room_->office().sessions.end(lea.id, other.id).ok());
  EXPECT_FALSE(session_of(second).known());
  EXPECT_TRUE(session_of(lea.secret).known());
  EXPECT_EQ(code_of(room_->office().sessions.end("another-account", session_of(lea.secret).id)),
            "access.no_such_session");
  clock_.pass(session_idle);
  EXPECT_FALSE(session_of(lea.secret).known()) << "unused for half a day";
  clock_.pass(-session_idle);
  EXPECT_FALSE(session_of(lea.secret).known()) << "the clock going back does not wake it";

  const std::string used = sign_in("lea", good_password).value();
  for (std::chrono::hours passed{0}; passed < session_lasts; passed += std::chrono::hours(8)) {
    EXPECT_TRUE(session_of(used).known());
    clock_.pass(std::chrono::hours(8));
  }
  EXPECT_FALSE(session_of(used).known()) << "a week at most";
}

TEST_P(entrance, a_new_password_ends_the_other_sessions) {
  const Member lea = member("lea", "read_only", "A");
  const std::string other = sign_in("lea", good_password).value();
  ASSERT_TRUE(
      room_->own().change_password(session_of(lea.secret), good_password, "un tout autre secret").ok());
  EXPECT_TRUE(session_of(lea.secret).known());
  EXPECT_FALSE(session_of(other).known());
  EXPECT_EQ(code_of(sign_in("lea", good_password)), "access.wrong_sign_in");
}

TEST_P(entrance, a_printed_code_opens_the_crisis_part_once_and_is_told) {
  const auto [code, letters] =
      room_->night().print(owner(), "Administrateur de garde", "on_call", "A").value();
  ASSERT_EQ(letters.size(), 16U);
  const std::string typed =
      letters.substr(0, 4) + "-" + letters.substr(4, 4) + " " + to_lower(letters.substr(8));
  const std::string secret = room_->entrance().open_code(visitor(), typed).value();
  const auto session = session_of(secret);
  EXPECT_EQ(session.user, "code:Administrateur de garde");
  EXPECT_TRUE(session.can(Right::crisis, "A"));
  for (const Right right :
       {Right::indicators, Right::view, Right::edit, Right::run, Right::grant, Right::audit}) {
    EXPECT_FALSE(session.perimeter->somewhere(right)) << text_of(right);
  }
  EXPECT_FALSE(session.perimeter->somewhere(Right::crisis) && session.can(Right::crisis, "B"));
  EXPECT_EQ(code_of(room_->entrance().open_code(visitor(), letters)), "access.wrong_sealed_code");
  EXPECT_EQ(room_->trail().list({.place = "A", .deed = "code_opened"}).size(), 1U);
  EXPECT_EQ(room_->trail().list({.place = "A", .deed = "code_refused"}).size(), 1U);
  ASSERT_TRUE(room_->night().revoke(owner(), code.id).ok());
  EXPECT_FALSE(session_of(secret).known()) << "revoking ends what it opened";
  const auto old = room_->night().print(owner(), "Directeur", "on_call", "A").value();
  clock_.pass(code_lasts);
  EXPECT_EQ(code_of(room_->entrance().open_code(visitor(), old.second)), "access.wrong_sealed_code");
}

TEST_P(entrance, a_code_opens_fourteen_months_later_and_an_account_that_slept_as_long_is_no_obstacle) {
  Member chief = member("garde", "duty_administrator", "A");
  const auto [code, letters] = room_->night().print(owner(), "Garde", "on_call", "A").value();
  EXPECT_FALSE(clock_.now() >= code.created + code_renewed_after);
  clock_.pass(std::chrono::hours(24 * 426));
  EXPECT_TRUE(clock_.now() >= code.created + code_renewed_after) << "the list asks to replace it";
  EXPECT_FALSE(session_of(chief.secret).known());
  reopen();
  std::string misread = letters;
  std::replace(misread.begin(), misread.end(), '0', 'o');
  std::replace(misread.begin(), misread.end(), '1', 'l');
  const auto session = session_of(room_->entrance().open_code(visitor(), misread).value());
  EXPECT_TRUE(session.can(Right::crisis, "A"));
  EXPECT_EQ(warnings_, (std::vector<std::string>{"access.code_opened"})) << "told at once, not only kept";
}

TEST_P(entrance, a_broken_glass_opens_everything) {
  const auto [code, letters] = room_->night().print(owner(), "Bris de glace", "break_glass", "").value();
  const auto session = session_of(room_->entrance().open_code(visitor(), letters).value());
  EXPECT_TRUE(session.perimeter->everywhere(Right::grant));
  Member chief = member("rssi", "rssi", "A", true);
  EXPECT_EQ(code_of(room_->night().print(session_of(chief.secret), "x", "break_glass", "")),
            "api.no_such_place");
  EXPECT_EQ(code_of(room_->night().print(session_of(chief.secret), "x", "break_glass", "A")),
            "access.more_than_own");
  EXPECT_EQ(code_of(room_->night().print(session_of(chief.secret), "x", "rssi", "A")), "access.sealed_role");
  EXPECT_TRUE(room_->night().print(session_of(chief.secret), "Garde", "on_call", "A").ok());
  EXPECT_EQ(room_->night().list(session_of(chief.secret)).size(), 1U) << "his place's, not the instance's";
  EXPECT_EQ(code_of(room_->night().revoke(session_of(chief.secret), code.id)), "access.no_such_code");
}

TEST(passwords, a_flood_is_turned_away_and_the_memory_held) {
  Passwords desk(1, 1);
  std::vector<std::future<std::string>> callers;
  for (int i = 0; i < 12; ++i) {
    callers.push_back(std::async(std::launch::async, [&] {
      const auto answer = desk.verify("", "guess");
      return answer.ok() ? std::string("verified") : answer.error().message.code;
    }));
  }
  int verified = 0;
  int busy = 0;
  for (auto& one : callers) {
    const std::string said = one.get();
    verified += said == "verified" ? 1 : 0;
    busy += said == "access.busy" ? 1 : 0;
  }
  EXPECT_GE(verified, 1);
  EXPECT_EQ(verified + busy, 12);
  EXPECT_EQ(desk.done(), static_cast<std::uint64_t>(verified));
}

// RFC 6238, appendix B (SHA-1), the last six of its eight digits.
TEST(totp, known_answers) {
  std::string secret;
  for (const char c : std::string("12345678901234567890")) {
    constexpr const char* hex = "0123456789abcdef";
    secret += hex[static_cast<unsigned char>(c) >> 4U];
    secret += hex[static_cast<unsigned char>(c) & 15U];
  }
  EXPECT_EQ(totp_code(secret, Instant(std::chrono::seconds(59))), "287082");
  EXPECT_EQ(totp_code(secret, Instant(std::chrono::seconds(1111111109))), "081804");
  EXPECT_EQ(totp_code(secret, Instant(std::chrono::seconds(20000000000))), "353130");
  EXPECT_EQ(totp_base32(secret), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
  EXPECT_EQ(totp_address(secret, "a b", "Relève"),
            "otpauth://totp/Rel%C3%A8ve:a%20b?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Rel%C3%A8ve");
}

TEST(roles, a_table_that_gives_too_much_is_refused) {
  EXPECT_EQ(built_in_roles().roles.size(), 23U);
  const auto read = [](const std::string& roles) {
    const auto table = read_roles(R"({"version":"1","source":"x","roles":[)" + roles + "]}");
    return table.ok() ? "" : table.error().message.code;
  };
  const std::string administrator = R"({"id":"administrator","rights":["grant"]})";
  EXPECT_EQ(read(administrator), "");
  EXPECT_EQ(read(R"({"id":"x","rights":["view"]})"), "roles.bad_table") << "no administrator";
  const auto older = read_roles(R"({"version":"1","source":"x","roles":[)" + administrator + "]}");
  EXPECT_EQ(older->find("administrator")->rights, (std::vector{Right::grant, Right::adopt}))
      << "a table from before the right";
  EXPECT_EQ(read(administrator + "," + administrator), "roles.bad_table");
  EXPECT_EQ(read(administrator + R"(,{"id":"x","rights":["anyone"]})"), "roles.bad_table");
  EXPECT_EQ(read(administrator + R"(,{"id":"x","rights":["no_such_right"]})"), "json.not_one_of");
}

}  // namespace
}  // namespace releve::access
