// SPDX-License-Identifier: EUPL-1.2
// The door of a provider of identities, against one in this process with real keys.
#include "steer/access/identities.hpp"

#include "foundation/oidc/provider_for_tests.hpp"
#include "steer/access/room_for_tests.hpp"

namespace releve::access {
namespace {

using Claims = std::map<std::string, std::string>;

constexpr const char* lea_email = "lea.martin@chu.example";

Claims somebody(const std::string& subject, const std::string& email = {}) {
  Claims claims{{"sub", "\"" + subject + "\""}};
  if (!email.empty()) {
    claims["email"] = "\"" + email + "\"";
    claims["email_verified"] = "true";
  }
  return claims;
}

class identities : public RoomTest {
 protected:
  void SetUp() override {
    providers_ = {std::make_shared<oidc::Provider>(oidc::TestProvider::settings(), clock_, there_.fetch())};
    RoomTest::SetUp();
  }

  Identities& doors() { return room_->identities(); }

  static api::Session browser() {
    api::Session from = visitor();
    from.origin = "https://releve.example";
    return from;
  }

  /// Goes there, signs in as these claims say, and comes back to the same browser.
  Result<Identities::WayBack> sign_in_there(const Claims& claims, const std::string& next = "/") {
    const auto out = TRY(doors().start(browser(), "psc", next, ""));
    return come_back(out, claims);
  }

  Result<Identities::WayBack> come_back(const Identities::WayOut& out, const Claims& claims) {
    return doors().finish(browser(), "psc", out.kept, brought(out, claims));
  }

  Claims brought(const Identities::WayOut& out, const Claims& claims) {
    return {{"code", there_.signs_in(out.address, claims)},
            {"state", oidc::query_of(out.address).at("state")}};
  }

  /// Invited; the link is not used.
  std::string invite(const std::string& login, const std::string& role = "read_only") {
    return room_->people()
        .invite(owner(), login, login, "", {.role = role, .place = "A", .starts = clock_.now()})
        .value()
        .second;
  }

  std::int64_t count(const std::string& table) {
    std::int64_t rows = 0;
    database_->read(
        [&](store::Transaction& t) { rows = t.query("select count(*) from " + table)[0].integer(0); });
    return rows;
  }

  std::vector<TrailEntry> trail(const std::string& deed) { return room_->trail().list({.deed = deed}); }

  oidc::TestProvider there_{clock_};
};

RELEVE_ON_BOTH_ENGINES(identities);

TEST_P(identities, whoever_was_invited_comes_in_by_a_verified_login) {
  const std::string link = invite(lea_email);
  Claims claims = somebody("123", "Lea.Martin@chu.example");
  claims["siret"] = R"("26310012500017")";
  const auto back = sign_in_there(claims, "/facilities/A/overview?x=1").value();
  EXPECT_EQ(back.next, "/facilities/A/overview?x=1");
  const api::Session session = session_of(back.secret);
  EXPECT_EQ(session.user, lea_email);
  EXPECT_TRUE(session.can(api::Right::view, "A"));
  EXPECT_FALSE(session.strong);
  EXPECT_EQ(code_of(room_->entrance().look_at_link(link)), "access.used_link") << "the invitation is used up";
  const auto bound = doors().of(session.account);
  ASSERT_EQ(bound.size(), 1U);
  EXPECT_EQ(bound[0].siret, "26310012500017");
  EXPECT_EQ(bound[0].shown, "Lea.Martin@chu.example");
  EXPECT_FALSE(session.can(api::Right::view, "B")) << "an organisation gives no right";

  const auto again = sign_in_there(somebody("123")).value();
  EXPECT_EQ(session_of(again.secret).user, lea_email) << "known by who it is, whatever the e-mail has become";
  EXPECT_NE(again.secret, back.secret);
  EXPECT_EQ(trail("identity_linked").size(), 1U);
  const auto entered = trail("sign_in").at(0);
  EXPECT_EQ(entered.actor, lea_email);
  EXPECT_EQ(entered.detail.back().value, "psc");
}

TEST_P(identities, an_account_without_a_password_comes_in_again_before_it_opens_doors) {
  invite(lea_email);
  const auto way = sign_in_there(somebody("123", lea_email)).value();
  const auto make = [&](const std::string& secret) {
    return code_of(room_->tokens().make(session_of(secret), "", {"x", {api::Right::view}, "A", 1}));
  };
  EXPECT_EQ(make(way.secret), "");
  clock_.pass(std::chrono::minutes(16));
  EXPECT_EQ(make(way.secret), "access.sign_in_again");
  EXPECT_EQ(code_of(room_->own().start_phone(session_of(way.secret), "")), "access.sign_in_again");
  EXPECT_EQ(make(sign_in_there(somebody("123")).value().secret), "");
}

TEST_P(identities, nobody_else_gets_an_account_or_a_right) {
  invite(lea_email);
  const std::string closed = invite("closed@chu.example");
  (void)room_->people().close(owner(), room_->entrance().look_at_link(closed)->id);
  const Member bob = member("bob@chu.example", "read_only", "A");
  const std::int64_t accounts = count("account");
  const std::int64_t sessions = count("access_session");
  Claims unverified = somebody("3", lea_email);
  unverified["email_verified"] = "false";
  for (const Claims& claims : {somebody("1"), somebody("2", "stranger@chu.example"), unverified,
                               somebody("4", "bob@chu.example"), somebody("5", "closed@chu.example"),
                               somebody("6", "owner"), somebody("7", lea_email + std::string("x"))}) {
    EXPECT_EQ(code_of(sign_in_there(claims)), "access.unknown_identity") << claims.at("sub");
  }
  clock_.pass(link_lasts);
  EXPECT_EQ(code_of(sign_in_there(somebody("8", lea_email))), "access.unknown_identity")
      << "the invitation has run out";
  EXPECT_EQ(count("account"), accounts);
  EXPECT_EQ(count("access_session"), sessions);
  EXPECT_EQ(count("identity"), 0);
  const auto refusals = trail("identity_refused");
  ASSERT_GE(refusals.size(), 7U);
  EXPECT_NE(to_json(refusals[1].detail).find(lea_email + std::string("x")), std::string::npos)
      << "the administrator sees who knocked";
}

TEST_P(identities, the_first_administrator_is_for_the_terminal) {
  EXPECT_TRUE(room_->entrance().first_link(false));  // an account "owner", with a link
  EXPECT_EQ(code_of(sign_in_there(somebody("1", "owner"))), "access.unknown_identity");
}

TEST_P(identities, strong_is_what_the_settings_say) {
  invite(lea_email, "rssi");
  Claims weak = somebody("123", lea_email);
  EXPECT_FALSE(session_of(sign_in_there(weak).value().secret).can(api::Right::edit, "A"));
  weak["acr"] = R"("eidas2")";
  const api::Session strong = session_of(sign_in_there(weak).value().secret);
  EXPECT_TRUE(strong.strong);
  EXPECT_TRUE(strong.can(api::Right::edit, "A"));
}

TEST_P(identities, a_way_back_is_of_one_browser_and_one_time) {
  invite(lea_email);
  const Claims lea = somebody("123", lea_email);
  const auto out = doors().start(browser(), "psc", "/", "").value();
  const auto query = brought(out, lea);
  const auto fault = [&](const std::string& provider, const std::string& kept, const Claims& given) {
    return code_of(doors().finish(browser(), provider, kept, given));
  };
  const auto other = doors().start(browser(), "psc", "/", "").value();
  EXPECT_EQ(fault("psc", "", query), "access.stale_sign_in") << "another browser";
  EXPECT_EQ(fault("psc", other.kept, query), "access.stale_sign_in") << "another state";
  EXPECT_EQ(fault("psc", out.kept, {{"code", query.at("code")}}), "access.stale_sign_in");
  EXPECT_EQ(fault("psc", out.kept + "00", query), "access.stale_sign_in");
  EXPECT_EQ(fault("psc", room_->office().key.seal("{}", "oidc:way"), query), "access.stale_sign_in");
  EXPECT_EQ(fault("other", out.kept, query), "access.no_such_provider");
  EXPECT_TRUE(doors().finish(browser(), "psc", out.kept, query).ok());
  EXPECT_EQ(fault("psc", out.kept, query), "access.stale_sign_in") << "replayed";
  reopen();
  EXPECT_EQ(fault("psc", out.kept, query), "access.stale_sign_in") << "after a restart";
  const auto late = doors().start(browser(), "psc", "/", "").value();
  clock_.pass(std::chrono::minutes(10));
  EXPECT_EQ(fault("psc", late.kept, brought(late, lea)), "access.stale_sign_in");
  clock_.pass(-std::chrono::minutes(11));
  EXPECT_EQ(fault("psc", late.kept, brought(late, lea)), "access.stale_sign_in") << "a clock that goes back";
}

TEST_P(identities, tokens_that_do_not_hold_open_nothing) {
  invite(lea_email);
  const Claims lea = somebody("123", lea_email);
  const std::int64_t sessions = count("access_session");
  const auto spoilt = [&](const std::function<std::string(const std::string&)>& spoil) {
    there_.spoil = spoil;
    return code_of(sign_in_there(lea));
  };
  EXPECT_EQ(spoilt([](const std::string& payload) {
              return oidc::token_of(R"({"alg":"none"})", payload,
                                    [](const std::string&) { return std::string(); });
            }),
            "access.provider_refused");
  EXPECT_EQ(spoilt([&](const std::string& payload) {
              return oidc::signed_with_secret("k1", there_.keys[0].jwk(), payload);
            }),
            "access.provider_refused");
  there_.spoil = {};
  for (const auto& [name, value] : Claims{{"iss", R"("https://evil.example")"},
                                          {"aud", R"("another")"},
                                          {"exp", "1"},
                                          {"nonce", R"("of another sign-in")"}}) {
    Claims claims = lea;
    claims[name] = value;
    EXPECT_EQ(code_of(sign_in_there(claims)), "access.provider_refused") << name;
  }
  EXPECT_EQ(count("access_session"), sessions);
  EXPECT_EQ(count("identity"), 0);
  EXPECT_TRUE(sign_in_there(lea).ok());
}

TEST_P(identities, the_way_back_leads_nowhere_else) {
  invite(lea_email);
  for (const char* elsewhere :
       {"https://evil.example", "//evil.example", "/\\evil.example", "/\r\nSet-Cookie: a=b",
        "javascript:alert(1)", "", "facilities", "/caf\xC3\xA9", "\\/evil.example"}) {
    EXPECT_EQ(sign_in_there(somebody("123", lea_email), elsewhere).value().next, "/") << elsewhere;
  }
  EXPECT_EQ(sign_in_there(somebody("123"), "/people/codes").value().next, "/people/codes");
}

TEST_P(identities, one_binds_an_identity_to_ones_own_account) {
  const Member lea = member("lea", "read_only", "A");
  const api::Session session = session_of(lea.secret);
  EXPECT_EQ(code_of(doors().ticket(session, "a wrong password", "psc")), "access.wrong_password");
  EXPECT_EQ(code_of(doors().ticket(session, good_password, "none")), "access.no_such_provider");
  const std::string ticket = doors().ticket(session, good_password, "psc").value();
  const Member bob = member("bob", "read_only", "A");
  EXPECT_EQ(code_of(doors().start(session_of(bob.secret), "psc", "/", ticket)), "access.stale_sign_in")
      << "shown by somebody else";
  EXPECT_EQ(code_of(doors().start(browser(), "psc", "/", ticket)), "access.stale_sign_in");
  const auto out = doors().start(session, "psc", "/evil", ticket).value();
  const auto back = come_back(out, somebody("123")).value();  // from another site: without our cookie
  EXPECT_EQ(back.secret, "");
  EXPECT_EQ(back.next, "/account");
  EXPECT_EQ(session_of(sign_in_there(somebody("123")).value().secret).user, "lea");

  const std::string of_bob = doors().ticket(session_of(bob.secret), good_password, "psc").value();
  const auto theft = doors().start(session_of(bob.secret), "psc", "/", of_bob).value();
  EXPECT_EQ(code_of(come_back(theft, somebody("123"))), "access.identity_taken");
  const auto late = doors().start(session_of(bob.secret), "psc", "/", of_bob).value();
  room_->office().sessions.end(bob.id, session_of(bob.secret).id).value();
  EXPECT_EQ(code_of(come_back(late, somebody("9"))), "access.stale_sign_in") << "signed out in the meantime";
  clock_.pass(std::chrono::minutes(10));
  EXPECT_EQ(code_of(doors().start(session_of(lea.secret), "psc", "/", ticket)), "access.stale_sign_in");
}

TEST_P(identities, a_stolen_password_alone_binds_nothing) {
  Member lea = member("lea", "rssi", "A", true);
  const std::string ticket = doors().ticket(session_of(lea.secret), good_password, "psc").value();
  const auto out = doors().start(session_of(lea.secret), "psc", "/", ticket).value();
  (void)come_back(out, somebody("123")).value();
  const api::Session weak = session_of(sign_in_there(somebody("123")).value().secret);
  EXPECT_FALSE(weak.strong);
  EXPECT_EQ(code_of(doors().ticket(weak, good_password, "psc")), "access.needs_second_factor");
}

TEST_P(identities, an_identity_that_ended_opens_nothing) {
  const Member lea = member("lea", "read_only", "A");
  const api::Session session = session_of(lea.secret);
  (void)come_back(
      doors().start(session, "psc", "/", doors().ticket(session, good_password, "psc").value()).value(),
      somebody("123"))
      .value();
  const std::string there = sign_in_there(somebody("123")).value().secret;
  const std::string id = doors().of(lea.id).at(0).id;
  EXPECT_EQ(code_of(doors().end(owner(), owner().account, id)), "access.no_such_identity") << "another's";
  ASSERT_TRUE(doors().end(session, lea.id, id).ok());
  EXPECT_EQ(code_of(sign_in_there(somebody("123"))), "access.unknown_identity");
  EXPECT_FALSE(session_of(there).known()) << "the session that it opened";
  EXPECT_TRUE(session_of(lea.secret).known());

  invite(lea_email);
  const api::Session only = session_of(sign_in_there(somebody("7", lea_email)).value().secret);
  const std::string last = doors().of(only.account).at(0).id;
  EXPECT_EQ(code_of(doors().end(only, only.account, last)), "access.last_door")
      << "no password, no other door";
  EXPECT_TRUE(doors().end(owner(), only.account, last).ok()) << "an administrator gives a new link";
}

TEST_P(identities, a_closed_account_is_closed_by_this_door_too) {
  invite(lea_email);
  const std::string secret = sign_in_there(somebody("123", lea_email)).value().secret;
  ASSERT_TRUE(room_->people().close(owner(), session_of(secret).account).ok());
  EXPECT_FALSE(session_of(secret).known());
  EXPECT_EQ(code_of(sign_in_there(somebody("123"))), "access.unknown_identity");
}

TEST_P(identities, a_provider_that_is_down_says_so_and_the_other_doors_open) {
  const Member lea = member("lea", "read_only", "A");
  there_.down = true;
  EXPECT_EQ(code_of(doors().start(browser(), "psc", "/", "")), "access.provider_down");
  EXPECT_TRUE(sign_in("lea", good_password).ok());
  there_.down = false;
  clock_.pass(std::chrono::seconds(11));
  const auto out = doors().start(browser(), "psc", "/", "").value();
  const auto answered = [&](const std::string& error) {
    const auto way = doors().start(browser(), "psc", "/", "").value();
    return code_of(doors().finish(browser(), "psc", way.kept,
                                  {{"error", error}, {"state", oidc::query_of(way.address).at("state")}}));
  };
  EXPECT_EQ(answered("access_denied"), "access.sign_in_cancelled");
  EXPECT_EQ(answered("temporarily_unavailable"), "access.provider_down");
  const auto query = brought(out, somebody("1"));
  there_.down = true;
  EXPECT_EQ(code_of(doors().finish(browser(), "psc", out.kept, query)), "access.provider_down")
      << "between the way out and the way back";
}

TEST_P(identities, guessing_ways_back_is_slowed_down) {
  invite(lea_email);
  for (int i = 0; i < 30; ++i) {
    EXPECT_EQ(code_of(doors().finish(browser(), "psc", "x", {})), "access.stale_sign_in");
  }
  EXPECT_EQ(code_of(sign_in_there(somebody("123", lea_email))), "access.too_many_tries");
}

TEST_P(identities, signing_out_goes_on_to_the_provider) {
  invite(lea_email);
  const std::string secret = sign_in_there(somebody("123", lea_email)).value().secret;
  const std::string address = doors().way_out_for_good(session_of(secret));
  EXPECT_TRUE(address.starts_with("https://id.example/realm/logout?id_token_hint=ey")) << address;
  EXPECT_TRUE(address.ends_with("&post_logout_redirect_uri=https%3A%2F%2Freleve.example%2Fsign-in"))
      << address;
  EXPECT_EQ(doors().way_out_for_good(owner()), "") << "came in by a link";
}

TEST_P(identities, a_stolen_database_tells_nobodys_number) {
  invite(lea_email);
  (void)sign_in_there(somebody("899700123456", lea_email)).value();
  std::string all;
  database_->read([&](store::Transaction& t) {
    for (const auto& row : t.query("select subject, shown from identity")) {
      all += row.text(0) + row.text(1);
    }
    for (const auto& row : t.query("select token from provider_session")) {
      all += row.text(0);
    }
  });
  EXPECT_GT(all.size(), 200U);
  EXPECT_EQ(all.find("899700123456"), std::string::npos);
  EXPECT_EQ(all.find("lea.martin"), std::string::npos);
}

}  // namespace
}  // namespace releve::access
