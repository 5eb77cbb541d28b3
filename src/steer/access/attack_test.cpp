// SPDX-License-Identifier: EUPL-1.2
// Attacks that are known, each with the answer it gets. Those on passkeys: passkeys_test.cpp.
#include "steer/access/room_for_tests.hpp"

namespace releve::access {
namespace {

using attacks = RoomTest;
RELEVE_ON_BOTH_ENGINES(attacks);

TEST_P(attacks, a_session_planted_before_the_sign_in_opens_nothing) {
  const Member lea = member("lea", "read_only", "A");
  const std::string planted(48, 'a');
  EXPECT_FALSE(room_->who(planted).known());
  const std::string real = sign_in("lea", good_password).value();
  EXPECT_NE(real, planted);
  EXPECT_FALSE(room_->who(planted).known());
  const std::string again = room_->entrance().sign_in(session_of(real), {"lea", good_password, ""}).value();
  EXPECT_NE(again, real);
  EXPECT_FALSE(room_->who(real).known()) << "rotated at sign-in";
  EXPECT_TRUE(room_->who(again).known());
}

TEST_P(attacks, a_code_of_the_phone_opens_once_whatever_the_clock_says) {
  Member lea = member("lea", "read_only", "A", true);
  clock_.pass(std::chrono::minutes(5));
  const std::string code = totp_code(lea.phone, clock_.now());
  EXPECT_TRUE(sign_in("lea", good_password, code).ok());
  EXPECT_EQ(code_of(sign_in("lea", good_password, code)), "access.wrong_code") << "replayed";
  reopen();
  EXPECT_EQ(code_of(sign_in("lea", good_password, code)), "access.wrong_code") << "after a restart";
  clock_.pass(-std::chrono::minutes(1));
  EXPECT_EQ(code_of(sign_in("lea", good_password, code)), "access.wrong_code");
  EXPECT_EQ(code_of(sign_in("lea", good_password, totp_code(lea.phone, clock_.now()))), "access.wrong_code")
      << "an older one, made new by the clock";
  clock_.pass(std::chrono::minutes(2));
  EXPECT_TRUE(
      sign_in("lea", good_password, totp_code(lea.phone, clock_.now() - std::chrono::seconds(30))).ok())
      << "a clock half a minute off is no attack";
}

TEST_P(attacks, an_unknown_name_costs_and_says_the_same_as_a_wrong_password) {
  const Member lea = member("lea", "read_only", "A");
  const Member gone = member("gone", "read_only", "A");
  ASSERT_TRUE(room_->people().close(owner(), gone.id).ok());
  room_->people()
      .invite(owner(), "new", "new", "", {.role = "read_only", .place = "A", .starts = clock_.now()})
      .value();
  const auto work = [&](const std::string& login) {
    const std::uint64_t before = room_->office().passwords.done();
    const auto answer = sign_in(login, "not the password at all");
    return std::tuple(room_->office().passwords.done() - before, code_of(answer),
                      to_json(answer.error().message));
  };
  const auto known = work("lea");
  EXPECT_EQ(std::get<0>(known), 1U);
  for (const char* name : {"nobody", "gone", "new", "' or 1=1 --", "lea%", "\xC3\xA9"}) {
    EXPECT_EQ(work(name), known) << name;
  }
}

TEST_P(attacks, guessing_is_slowed_down_and_nobody_is_locked_out) {
  const Member lea = member("lea", "read_only", "A");
  for (int i = 0; i < 10; ++i) {
    EXPECT_EQ(code_of(sign_in("lea", "a wrong guess", "", "203.0.113.9")), "access.wrong_sign_in");
  }
  const std::uint64_t before = room_->office().passwords.done();
  EXPECT_EQ(code_of(sign_in("lea", good_password, "", "203.0.113.9")), "access.too_many_tries");
  EXPECT_EQ(room_->office().passwords.done(), before) << "and costs nothing";
  EXPECT_TRUE(sign_in("lea", good_password).ok()) << "the owner of the name, from elsewhere";
  clock_.pass(std::chrono::seconds(61));
  EXPECT_TRUE(sign_in("lea", good_password, "", "203.0.113.9").ok());
  for (int i = 0; i < 40; ++i) {
    (void)sign_in("name" + std::to_string(i), "a wrong guess", "", "203.0.113.10");
  }
  EXPECT_EQ(code_of(sign_in("lea", good_password, "", "203.0.113.10")), "access.too_many_tries")
      << "one address, many names";
}

TEST_P(attacks, guessing_the_phone_with_a_stolen_password_is_slowed_down_from_any_address) {
  const Member lea = member("lea", "read_only", "A", true);
  for (int i = 0; i < 10; ++i) {
    EXPECT_EQ(code_of(sign_in("lea", good_password, "123456", "203.0.113." + std::to_string(i))),
              "access.wrong_code");
  }
  EXPECT_EQ(code_of(sign_in("lea", good_password, "123456", "203.0.113.99")), "access.too_many_tries");
}

TEST_P(attacks, guessing_printed_codes_is_slowed_down) {
  const auto code = room_->night().print(owner(), "Garde", "on_call", "A").value();
  for (int i = 0; i < 30; ++i) {
    EXPECT_EQ(code_of(room_->entrance().open_code(visitor(), "0000-0000-0000-0000")),
              "access.wrong_sealed_code");
  }
  EXPECT_EQ(code_of(room_->entrance().open_code(visitor(), code.second)), "access.too_many_tries");
  EXPECT_TRUE(room_->entrance().open_code(visitor("192.0.2.77"), code.second).ok());
}

TEST_P(attacks, a_closed_account_is_out_at_once) {
  const Member lea = member("lea", "read_only", "A");
  EXPECT_TRUE(session_of(lea.secret).known());
  ASSERT_TRUE(room_->people().close(owner(), lea.id).ok());
  EXPECT_FALSE(session_of(lea.secret).known());
  EXPECT_EQ(code_of(sign_in("lea", good_password)), "access.wrong_sign_in");
}

TEST_P(attacks, a_role_taken_back_is_gone_at_once) {
  const Member lea = member("lea", "read_only", "A");
  EXPECT_TRUE(session_of(lea.secret).can(api::Right::view, "A"));
  const auto grant = room_->office().grants.of(lea.id).at(0);
  ASSERT_TRUE(room_->office().grants.take(owner(), lea.id, grant.id).ok());
  room_->office().sessions.changed();
  EXPECT_FALSE(session_of(lea.secret).can(api::Right::view, "A"));
}

TEST_P(attacks, a_row_sealed_for_one_account_does_not_open_for_another) {
  Member lea = member("lea", "read_only", "A", true);
  Member bob = member("bob", "read_only", "A", true);
  ASSERT_TRUE(
      database_
          ->write([&](store::Transaction& t) -> Status {
            t.execute("update account set totp = (select totp from account where id = :lea) where id = :bob",
                      {{"lea", lea.id}, {"bob", bob.id}});
            return Done{};
          })
          .ok());
  EXPECT_THROW((void)sign_in("bob", good_password, totp_code(lea.phone, clock_.now())), EnvironmentFailure);
}

TEST_P(attacks, a_stolen_table_of_sessions_opens_nothing) {
  const Member lea = member("lea", "read_only", "A");
  std::string stored;
  database_->read([&](store::Transaction& t) {
    stored = t.query("select secret from access_session where account = :id", {{"id", lea.id}}).at(0).text(0);
  });
  EXPECT_FALSE(room_->who(stored).known());
}

/// A body that each row of one's own account would take.
std::string body_for(const std::string& path) {
  static const std::map<std::string, std::string> bodies{
      {"/account/password", R"({"password":"","fresh":"une phrase assez longue"})"},
      {"/account/phone", R"({"password":""})"},
      {"/account/phone/confirm", R"({"code":"123456"})"},
      {"/account/phone/remove", R"({"password":""})"},
      {"/account/recovery-codes", R"({"password":""})"},
      {"/account/passkeys",
       R"({"ticket":"x","name":"x","answer":{"client_data":"eA","authenticator_data":"eA"}})"},
      {"/account/passkeys/start", R"({"password":""})"},
      {"/account/passkeys/{id}/remove", R"({"password":""})"},
      {"/account/identities", R"({"provider":"psc","password":""})"},
      {"/account/tokens", R"({"name":"x","password":"","rights":["view"]})"}};
  const auto found = bodies.find(path);
  return found == bodies.end() ? "" : found->second;
}

TEST_P(attacks, a_stolen_token_takes_no_account_over) {
  const api::Session administrator = owner();
  const std::string secret =
      room_->tokens()
          .make(administrator, "",
                {"x", {api::Right::view, api::Right::edit, api::Right::audit, api::Right::steer}, "", 1})
          .value()
          .second;
  const api::Router router(room_->endpoints(), {.log = {}, .mint_incident = [] { return "1"; }, .note = {}});
  const std::string some_id = administrator.id;  // its owner's session, and no token's
  int asked = 0;
  for (const api::Endpoint& row : router.endpoints()) {
    const bool own = row.path.starts_with("/account");
    if (!own && row.right != api::Right::grant) {
      continue;
    }
    api::Request request;
    request.method = row.method;
    request.path = std::string(api::api_root) + row.path;
    for (auto at = request.path.find('{'); at != std::string::npos; at = request.path.find('{')) {
      request.path.replace(at, request.path.find('}') - at + 1,
                           row.path.find("{facility}") == std::string::npos ? some_id : "A");
    }
    request.body = own && row.method != api::Method::get ? body_for(row.path) : "";
    request.session = room_->tokens().who(secret, "203.0.113.9");
    request.session.now = clock_.now();
    EXPECT_EQ(router.dispatch(request).status, 403) << text_of(row.method) << " " << row.path;
    ++asked;
  }
  EXPECT_GT(asked, 20);
  EXPECT_TRUE(owner().known()) << "its session was not ended either";
}

}  // namespace
}  // namespace releve::access
