// SPDX-License-Identifier: EUPL-1.2
#include "steer/access/tokens.hpp"

#include "steer/access/room_for_tests.hpp"

namespace releve::access {
namespace {

using api::Right;

class tokens : public RoomTest {
 protected:
  /// Made in a session of this member; gives the secret.
  Result<std::string> make(const Member& owner, std::vector<Right> rights, const std::string& place = "",
                           int days = 90) {
    return TRY(room_->tokens().make(session_of(owner.secret), good_password,
                                    {"nightly export", std::move(rights), place, days}))
        .second;
  }

  api::Session ask(const std::string& token, const std::string& peer = "192.0.2.9") {
    api::Session session = room_->tokens().who(token, peer);
    session.now = clock_.now();
    session.peer = peer;
    return session;
  }

  std::size_t noted(const std::string& deed) { return room_->trail().list({.deed = deed}).size(); }
};

RELEVE_ON_BOTH_ENGINES(tokens);

TEST_P(tokens, do_of_what_their_owner_may_what_they_were_made_for) {
  Member lea = member("lea", "rssi", "A", true);
  const std::string token = make(lea, {Right::view}).value();
  EXPECT_TRUE(token.starts_with("rlv_"));
  const api::Session session = ask(token);
  EXPECT_EQ(session.user, "lea");
  EXPECT_EQ(session.token, "nightly export");
  EXPECT_TRUE(session.can(Right::view, "A"));
  EXPECT_FALSE(session.can(Right::view, "B"));
  EXPECT_FALSE(session.can(Right::edit, "A")) << "the owner may, the token may not";
  EXPECT_FALSE(session.can(Right::grant, "A"));
  EXPECT_EQ(room_->tokens().look(token).user, "lea");
  for (const std::string& wrong : {std::string(), std::string("rlv_"), token + "0", token.substr(4),
                                   "rlv_" + std::string(48, '0'), lea.secret, std::string(5000, 'a')}) {
    EXPECT_FALSE(ask(wrong).known()) << wrong.substr(0, 60);
  }
}

TEST_P(tokens, die_with_the_rights_of_their_owner) {
  const Member lea = member("lea", "read_only", "A");
  const std::string token = make(lea, {Right::view}).value();
  ASSERT_TRUE(room_->office().grants.take(owner(), lea.id, room_->office().grants.of(lea.id).at(0).id).ok());
  EXPECT_TRUE(ask(token).known());
  EXPECT_FALSE(ask(token).can(Right::view, "A"));
  room_->office()
      .grants.give(owner(), {.account = lea.id, .role = "read_only", .place = "B", .starts = clock_.now()})
      .value();
  EXPECT_TRUE(ask(token).can(Right::view, "B")) << "and follow them";
  ASSERT_TRUE(room_->people().close(owner(), lea.id).ok());
  EXPECT_FALSE(ask(token).known());
}

TEST_P(tokens, of_a_session_without_second_factor_are_as_weak) {
  Member lea = member("lea", "rssi", "A");
  EXPECT_EQ(code_of(make(lea, {Right::view})), "access.right_not_held");
  give_phone(lea);
  const std::string token = make(lea, {Right::view}).value();
  EXPECT_TRUE(ask(token).can(Right::view, "A"));
  ASSERT_TRUE(room_->own().remove_phone(session_of(lea.secret), good_password).ok());
  EXPECT_FALSE(ask(token).can(Right::view, "A")) << "the second factor was given up";
}

TEST_P(tokens, may_be_held_to_one_place) {
  const Member lea = member("lea", "read_only", "A");
  room_->office()
      .grants.give(owner(), {.account = lea.id, .role = "read_only", .place = "B", .starts = clock_.now()})
      .value();
  room_->office().sessions.changed();
  const std::string token = make(lea, {Right::view}, "B").value();
  EXPECT_TRUE(ask(token).can(Right::view, "B"));
  EXPECT_FALSE(ask(token).can(Right::view, "A"));
  EXPECT_EQ(code_of(make(lea, {Right::view}, "C")), "api.no_such_place");
  EXPECT_EQ(code_of(make(lea, {Right::view}, "none")), "api.no_such_place");
  const api::Session administrator = owner();
  EXPECT_TRUE(administrator.perimeter->everywhere(Right::view));
  const auto everywhere =
      room_->tokens().make(administrator, "", {"x", {Right::view}, "A", 1}).value().second;
  EXPECT_EQ(ask(everywhere).places(Right::view), std::vector<std::string>{"A"});
}

TEST_P(tokens, never_hold_what_is_a_persons) {
  const api::Session administrator = owner();
  for (const Right right : {Right::anyone, Right::signed_in, Right::grant, Right::crisis, Right::cut,
                            Right::declare, Right::complain, Right::adopt}) {
    EXPECT_EQ(code_of(room_->tokens().make(administrator, "", {"x", {right}, "", 1})), "access.no_such_right")
        << text_of(right);
  }
  EXPECT_TRUE(room_->tokens().make(administrator, "", {"x", {Right::steer, Right::audit}, "", 1}).ok());
  const Member lea = member("lea", "read_only", "A");
  EXPECT_EQ(
      code_of(room_->tokens().make(session_of(lea.secret), "a wrong password", {"x", {Right::view}, "", 1})),
      "access.wrong_password");
  EXPECT_EQ(code_of(make(lea, {Right::edit})), "access.right_not_held");
  EXPECT_EQ(code_of(room_->tokens().make(ask(make(lea, {Right::view}).value()), good_password,
                                         {"x", {Right::view}, "", 1})),
            "access.no_account")
      << "a token makes no token";
}

TEST_P(tokens, end_when_they_were_to_whatever_the_clock_says) {
  const Member lea = member("lea", "read_only", "A");
  const std::string token = make(lea, {Right::view}, "", 2).value();
  const std::string other = make(lea, {Right::view}, "", 2).value();
  clock_.pass(std::chrono::hours(48) - std::chrono::milliseconds(1));
  EXPECT_TRUE(ask(token).known());
  clock_.pass(std::chrono::milliseconds(1));
  EXPECT_FALSE(ask(token).known());
  EXPECT_FALSE(room_->tokens().look(other).known());
  clock_.pass(-std::chrono::hours(1));
  EXPECT_FALSE(ask(token).known()) << "seen to be over";
  const auto rows = room_->tokens().of(lea.id);
  EXPECT_EQ(std::count_if(rows.begin(), rows.end(), [](const auto& one) { return one.ended_by == "time"; }),
            1);
}

TEST_P(tokens, are_ended_by_their_owner_or_an_administrator_and_nobody_else) {
  const Member lea = member("lea", "read_only", "A");
  const Member bob = member("bob", "read_only", "A");
  const std::string token = make(lea, {Right::view}).value();
  const std::string id = room_->tokens().of(lea.id).at(0).id;
  EXPECT_EQ(code_of(room_->tokens().end(session_of(bob.secret), bob.id, id)), "access.no_such_token");
  EXPECT_TRUE(ask(token).known());
  ASSERT_TRUE(room_->tokens().end(session_of(lea.secret), lea.id, id).ok());
  EXPECT_FALSE(ask(token).known()) << "at once";
  EXPECT_EQ(code_of(room_->tokens().end(session_of(lea.secret), lea.id, id)), "access.no_such_token");
  clock_.pass(std::chrono::seconds(1));  // the newest comes first
  const std::string second = make(lea, {Right::view}).value();
  ASSERT_TRUE(room_->tokens().end(owner(), lea.id, room_->tokens().of(lea.id).at(0).id).ok());
  EXPECT_FALSE(ask(second).known());
  EXPECT_EQ(noted("token_ended"), 2U);
}

TEST_P(tokens, leave_a_trail_once_a_day_and_for_each_new_address) {
  const Member lea = member("lea", "read_only", "A");
  const std::string token = make(lea, {Right::view}).value();
  for (int i = 0; i < 5; ++i) {
    (void)ask(token);
    clock_.pass(std::chrono::minutes(1));
  }
  EXPECT_EQ(noted("token_used"), 1U);
  EXPECT_EQ(room_->tokens().of(lea.id).at(0).last_peer, "192.0.2.9");
  (void)ask(token, "203.0.113.5");
  EXPECT_EQ(noted("token_used"), 2U);
  clock_.pass(std::chrono::hours(24));
  (void)ask(token, "203.0.113.5");
  EXPECT_EQ(noted("token_used"), 3U);
  EXPECT_EQ(noted("token_made"), 1U);
  EXPECT_FALSE(room_->trail().check().fault);
}

TEST_P(tokens, are_kept_as_tags_and_not_without_end) {
  const Member lea = member("lea", "read_only", "A");
  const std::string token = make(lea, {Right::view}).value();
  const std::string stored = room_->tokens().of(lea.id).at(0).secret;
  EXPECT_EQ(stored.find(token.substr(4)), std::string::npos);
  EXPECT_FALSE(ask(stored).known());
  EXPECT_FALSE(ask("rlv_" + stored).known());
  for (int i = 1; i < 20; ++i) {
    EXPECT_TRUE(make(lea, {Right::view}).ok());
  }
  EXPECT_EQ(code_of(make(lea, {Right::view})), "access.too_many_tokens");
}

}  // namespace
}  // namespace releve::access
