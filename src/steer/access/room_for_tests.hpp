// SPDX-License-Identifier: EUPL-1.2
// For tests of this room: the whole room over an empty database, with a clock that the test sets.
#pragma once

#include "foundation/store/test_database.hpp"
#include "steer/access/access.hpp"
#include "steer/access/totp.hpp"

#include <gtest/gtest.h>

#include <array>
#include <memory>
#include <string>
#include <vector>

namespace releve::access {

class SetClock final : public Clock {
 public:
  Instant now() const override { return now_; }

  void set(Instant now) { now_ = now; }

  void pass(std::chrono::milliseconds time) { now_ += time; }

 private:
  Instant now_ = store::test_now;
};

inline constexpr const char* good_password = "trois clés sous le paillasson";

/// Two facilities of one GHT and one elsewhere: "A" and "B" in "ght-1", "C".
inline Below two_of_a_group() {
  return [](const std::string& place, const std::string& hierarchy, Instant) {
    const bool group = place == "ght-1" && hierarchy == "ght";
    return std::make_shared<const api::PlaceSet>(group ? api::PlaceSet{"ght-1", "A", "B"}
                                                       : api::PlaceSet{place});
  };
}

class RoomTest : public store::DatabaseTest {
 protected:
  void SetUp() override {
    store::DatabaseTest::SetUp();
    if (!IsSkipped()) {
      database_ = open();
      reopen();
    }
  }

  void TearDown() override {
    room_.reset();
    database_.reset();
    store::DatabaseTest::TearDown();
  }

  /// As after a restart: nothing remembered.
  void reopen() {
    std::array<unsigned char, 32> bytes{};
    bytes.fill(7);
    room_ = std::make_unique<Access>(Access::Parts{
        *database_, clock_, InstanceKey(bytes), built_in_roles(),
        [](const std::string& place) {
          return place == "A" || place == "B" || place == "C" || place == "ght-1";
        },
        two_of_a_group(), providers_, [this](const Message& warning) { warnings_.push_back(warning.code); }});
  }

  static api::Session visitor(const std::string& peer = "192.0.2.1") {
    api::Session from;
    from.peer = peer;
    return from;
  }

  api::Session session_of(const std::string& secret) {
    api::Session session = room_->who(secret);
    session.now = clock_.now();
    session.peer = "192.0.2.1";
    return session;
  }

  /// The first administrator, by the link of the terminal.
  api::Session owner() {
    if (owner_secret_.empty()) {
      owner_secret_ = room_->entrance().enter(visitor(), room_->entrance().first_link(false).value()).value();
    }
    return session_of(owner_secret_);
  }

  struct Member {
    std::string id;
    std::string login;
    std::string secret;  // of a session
    std::string phone;   // secret; empty: none
  };

  /// Somebody with a role at a place, invited, with a password; with a phone too when asked for.
  Member member(const std::string& login, const std::string& role, const std::string& place,
                bool with_phone = false, std::optional<Instant> ends = {}) {
    Member made{.id = {}, .login = login, .secret = {}, .phone = {}};
    Grant first{.role = role, .place = place, .starts = clock_.now(), .ends = ends};
    const auto [person, link] = room_->people().invite(owner(), login, login, "", first).value();
    made.id = person.id;
    made.secret = room_->entrance().accept(visitor(), link, good_password).value();
    if (with_phone) {
      give_phone(made);
    }
    return made;
  }

  void give_phone(Member& member) {
    const api::Session session = session_of(member.secret);
    room_->own().start_phone(session, good_password).value();
    std::optional<Account> account;
    database_->read([&](store::Transaction& t) { account = account_by_id(t, member.id); });
    member.phone = phone_of(room_->office(), *account)->secret;
    member.secret = room_->own().confirm_phone(session, totp_code(member.phone, clock_.now())).value().secret;
  }

  Result<std::string> sign_in(const std::string& login, const std::string& password,
                              const std::string& code = {}, const std::string& peer = "192.0.2.1") {
    return room_->entrance().sign_in(visitor(peer), {login, password, code});
  }

  template <class T>
  static std::string code_of(const Result<T>& result) {
    return result.ok() ? "" : result.error().message.code;
  }

  SetClock clock_;
  Providers providers_;                // of identities
  std::vector<std::string> warnings_;  // codes
  std::unique_ptr<store::Database> database_;
  std::unique_ptr<Access> room_;

 private:
  std::string owner_secret_;
};

}  // namespace releve::access
