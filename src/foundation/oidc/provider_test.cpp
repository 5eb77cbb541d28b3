// SPDX-License-Identifier: EUPL-1.2
#include "foundation/oidc/provider.hpp"

#include "foundation/base/hash.hpp"
#include "foundation/oidc/provider_for_tests.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

namespace releve::oidc {
namespace {

class TestClock final : public Clock {
 public:
  Instant now() const override { return at; }

  Instant at = parse_rfc3339("2026-11-24T02:07:00Z").value();
};

class provider : public testing::Test {
 protected:
  void make(const ProviderSettings& settings = TestProvider::settings()) {
    ours = std::make_unique<Provider>(settings, clock, there.fetch());
  }

  void SetUp() override { make(); }

  using Claims = std::map<std::string, std::string>;

  /// There and back.
  Result<Identity> sign_in(const Claims& claims = {}) {
    const Attempt attempt = ours->attempt("https://releve.example/oidc/psc/callback");
    const std::string url = TRY(ours->way_out(attempt));
    return ours->way_back(attempt, there.signs_in(url, claims), "");
  }

  std::string fault(const Claims& claims = {}) {
    const auto who = sign_in(claims);
    if (who) {
      return "";
    }
    return who.error().message.code + " " + who.error().message.params.at(0).value;
  }

  TestClock clock;
  TestProvider there{clock};
  std::unique_ptr<Provider> ours;
};

TEST_F(provider, tells_who_came_back) {
  there.user_info = {{"email", R"("Lea@chu.example")"},
                     {"email_verified", "true"},
                     {"name", R"("Léa Martin")"},
                     {"siret", R"("26310012500017")"}};
  for (const char* algorithm : {"RS256", "PS256", "ES256"}) {
    there.algorithm = algorithm;
    for (const bool is_signed : {false, true}) {
      there.signed_user_info = is_signed;
      const Identity who = sign_in().value();
      EXPECT_EQ(who.subject, "123");
      EXPECT_EQ(who.login, "Lea@chu.example");
      EXPECT_EQ(who.name, "Léa Martin");
      EXPECT_EQ(who.siret, "26310012500017");
      EXPECT_FALSE(who.strong);
    }
  }
}

TEST_F(provider, the_way_out_says_what_the_standard_asks) {
  ProviderSettings settings = TestProvider::settings();
  settings.acr_values = "eidas2 eidas3";
  settings.scopes = {"openid", "scope_all"};
  make(settings);
  const Attempt attempt = ours->attempt("https://releve.example/oidc/psc/callback");
  const std::string url = ours->way_out(attempt).value();
  const auto query = query_of(url);
  EXPECT_TRUE(url.starts_with("https://id.example/realm/auth?")) << url;
  EXPECT_EQ(query.at("scope"), "openid scope_all");
  EXPECT_EQ(query.at("acr_values"), "eidas2 eidas3");
  EXPECT_EQ(query.at("redirect_uri"), "https://releve.example/oidc/psc/callback");
  EXPECT_EQ(query.at("code_challenge"), to_base64url(sha256(attempt.verifier)));
  // RFC 7636, appendix B.
  EXPECT_EQ(to_base64url(sha256("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")),
            "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
  EXPECT_EQ(url.find(attempt.verifier), std::string::npos);
  EXPECT_EQ(url.find(settings.client_secret), std::string::npos);
  const Attempt another = ours->attempt("x");
  EXPECT_NE(another.state, attempt.state);
  EXPECT_NE(another.nonce, attempt.nonce);
  EXPECT_NE(another.verifier, attempt.verifier);
}

TEST_F(provider, tokens_of_somebody_else_or_another_time_are_refused) {
  const auto seconds = [&](int more) {
    return std::to_string(
        std::chrono::duration_cast<std::chrono::seconds>(clock.at.time_since_epoch()).count() + more);
  };
  EXPECT_EQ(fault({{"iss", R"("https://id.example/other")"}}), "oidc.bad_token issuer");
  EXPECT_EQ(fault({{"iss", R"("https://id.example/realm/")"}}), "oidc.bad_token issuer");
  EXPECT_EQ(fault({{"aud", R"("other")"}}), "oidc.bad_token audience");
  EXPECT_EQ(fault({{"aud", R"(["other"])"}}), "oidc.bad_token audience");
  EXPECT_EQ(fault({{"aud", R"(["releve","other"])"}}), "oidc.bad_token audience") << "for whom of them?";
  EXPECT_EQ(fault({{"aud", R"(["releve","other"])"}, {"azp", R"("other")"}}), "oidc.bad_token audience");
  EXPECT_EQ(fault({{"aud", R"(["releve","other"])"}, {"azp", R"("releve")"}}), "");
  EXPECT_EQ(fault({{"azp", R"("other")"}}), "oidc.bad_token audience");
  EXPECT_EQ(fault({{"exp", seconds(-60)}}), "oidc.bad_token expired");
  EXPECT_EQ(fault({{"exp", seconds(-59)}}), "") << "two clocks differ a little";
  EXPECT_EQ(fault({{"exp", R"("never")"}}), "oidc.bad_token expired");
  EXPECT_EQ(fault({{"exp", "1e300"}}), "oidc.bad_token expired");
  EXPECT_EQ(fault({{"iat", seconds(61)}}), "oidc.bad_token time");
  EXPECT_EQ(fault({{"iat", seconds(-601)}}), "oidc.bad_token time");
  EXPECT_EQ(fault({{"nbf", seconds(61)}}), "oidc.bad_token time");
  EXPECT_EQ(fault({{"nonce", R"("another")"}}), "oidc.bad_token nonce");
  EXPECT_EQ(fault({{"nonce", "null"}}), "oidc.bad_token nonce");
  EXPECT_EQ(fault({{"sub", R"("")"}}), "oidc.bad_token subject");
  EXPECT_EQ(fault({{"sub", "7"}}), "oidc.bad_token subject");
  EXPECT_EQ(fault(), "");
}

TEST_F(provider, unsigned_and_tampered_tokens_are_refused) {
  there.spoil = [](const std::string& payload) {
    return token_of(R"({"alg":"none"})", payload, [](const std::string&) { return std::string(); });
  };
  EXPECT_EQ(fault(), "oidc.bad_token algorithm");
  there.spoil = [this](const std::string& payload) {
    return signed_with_secret("k1", there.keys[0].jwk(), payload);
  };
  EXPECT_EQ(fault(), "oidc.bad_token algorithm");
  there.spoil = [this](const std::string& payload) {
    const std::string token = signed_by(there.keys[0], "RS256", payload);
    std::string other = payload;
    other.replace(other.find("123"), 3, "124");
    return token.substr(0, token.find('.') + 1) + to_base64url(other) + token.substr(token.rfind('.'));
  };
  EXPECT_EQ(fault(), "oidc.bad_token signature");
  there.spoil = [](const std::string&) { return std::string("not a token"); };
  EXPECT_EQ(fault(), "oidc.bad_token form");
}

TEST_F(provider, new_keys_are_fetched_once_when_a_token_needs_them) {
  EXPECT_EQ(fault(), "");
  EXPECT_EQ(fault(), "");
  EXPECT_EQ(there.calls["jwks"], 1) << "kept";
  const SigningKey old = there.keys[0];
  there.keys[0] = SigningKey("k3", "RSA");
  EXPECT_EQ(fault(), "oidc.bad_token unknown_key") << "no more than once a minute";
  clock.at += std::chrono::seconds(61);
  EXPECT_EQ(fault(), "");
  EXPECT_EQ(there.calls["jwks"], 2);
  there.spoil = [&](const std::string& payload) { return signed_by(old, "RS256", payload); };
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(fault(), "oidc.bad_token unknown_key") << "the old key is gone";
  }
  EXPECT_EQ(there.calls["jwks"], 2) << "whoever sends strange keys makes us fetch nothing";
  clock.at += std::chrono::seconds(61);
  EXPECT_EQ(fault(), "oidc.bad_token unknown_key");
  EXPECT_EQ(there.calls["jwks"], 3);
}

TEST_F(provider, a_code_is_for_one_way_out_and_one_secret) {
  const Attempt attempt = ours->attempt("https://releve.example/oidc/psc/callback");
  const std::string code = there.signs_in(ours->way_out(attempt).value(), {});
  Attempt other = attempt;
  other.verifier = ours->attempt("").verifier;
  EXPECT_FALSE(ours->way_back(other, code, "").ok()) << "PKCE";
  EXPECT_TRUE(ours->way_back(attempt, code, "").ok());
  EXPECT_FALSE(ours->way_back(attempt, code, "").ok()) << "once";
  there.description["token_endpoint_auth_methods_supported"] = R"(["client_secret_post"])";
  make();
  EXPECT_EQ(fault(), "") << "the secret in the form, as ProConnect wants it";
}

TEST_F(provider, an_answer_of_another_provider_is_not_taken) {
  there.description["authorization_response_iss_parameter_supported"] = "true";
  make();
  const Attempt attempt = ours->attempt("https://releve.example/oidc/psc/callback");
  const std::string code = there.signs_in(ours->way_out(attempt).value(), {});
  EXPECT_FALSE(ours->way_back(attempt, code, "").ok());
  EXPECT_FALSE(ours->way_back(attempt, code, "https://evil.example").ok());
  EXPECT_TRUE(ours->way_back(attempt, code, "https://id.example/realm").ok());
}

TEST_F(provider, a_login_counts_only_when_it_is_verified) {
  const Claims claims{{"email", R"("lea@chu.example")"}};
  EXPECT_EQ(sign_in(claims).value().login, "");
  there.user_info = {{"email_verified", "true"}};
  EXPECT_EQ(sign_in(claims).value().login, "") << "told of another e-mail, perhaps";
  Claims verified = claims;
  verified["email_verified"] = "true";
  EXPECT_EQ(sign_in(verified).value().login, "lea@chu.example");
  verified["email_verified"] = "false";
  EXPECT_EQ(sign_in(verified).value().login, "");
  ProviderSettings settings = TestProvider::settings();
  settings.claims.login_verified.clear();
  make(settings);
  EXPECT_EQ(sign_in(claims).value().login, "lea@chu.example")
      << "the operator says that the provider vouches";
}

TEST_F(provider, strong_is_what_the_settings_say) {
  EXPECT_FALSE(sign_in({{"acr", R"("eidas1")"}}).value().strong);
  EXPECT_TRUE(sign_in({{"acr", R"("eidas2")"}}).value().strong);
  EXPECT_TRUE(sign_in({{"amr", R"(["pwd","mfa"])"}}).value().strong);
  EXPECT_FALSE(sign_in({{"amr", R"("mfa")"}}).value().strong);
  there.user_info = {{"acr", R"("eidas2")"}};
  EXPECT_FALSE(sign_in().value().strong) << "only what was signed for this sign-in";
  ProviderSettings settings = TestProvider::settings();
  settings.strong_acr.clear();
  settings.strong_amr.clear();
  make(settings);
  EXPECT_FALSE(sign_in({{"acr", R"("")"}}).value().strong);
}

TEST_F(provider, what_is_told_of_somebody_else_is_refused) {
  there.user_info = {{"sub", R"("999")"}};
  EXPECT_EQ(fault(), "oidc.bad_token userinfo");
  there.signed_user_info = true;
  there.user_info = {{"iss", R"("https://evil.example")"}};
  EXPECT_EQ(fault(), "oidc.bad_token userinfo");
}

TEST_F(provider, an_odd_number_is_no_siret) {
  for (const char* odd : {R"("123")", R"("2631001250001X")", "26310012500017", R"("<b>26310012500")"}) {
    EXPECT_EQ(sign_in({{"siret", odd}}).value().siret, "") << odd;
  }
}

TEST_F(provider, one_that_is_down_is_asked_seldom_and_found_again) {
  there.down = true;
  EXPECT_EQ(fault(), "oidc.down test");
  for (int i = 0; i < 20; ++i) {
    EXPECT_EQ(fault(), "oidc.down still");
  }
  EXPECT_EQ(there.calls["openid-configuration"], 1);
  there.down = false;
  clock.at += std::chrono::seconds(11);
  EXPECT_EQ(fault(), "");
  there.down = true;
  clock.at += std::chrono::seconds(11);
  EXPECT_EQ(fault(), "oidc.down test") << "nobody is sent to a provider that does not answer";
}

TEST_F(provider, a_description_that_is_not_its_own_is_refused) {
  for (const auto& [member, value] : Claims{{"issuer", R"("https://evil.example")"},
                                            {"token_endpoint", R"("http://id.example/token")"},
                                            {"jwks_uri", R"("file:///etc/passwd")"},
                                            {"authorization_endpoint", "\"javascript:alert(1)\""}}) {
    there.description = {{member, value}};
    make();
    EXPECT_TRUE(fault().starts_with("oidc.bad_answer")) << member;
  }
  there.description = {{"jwks_uri", R"("http://127.0.0.1:9200/jwks")"}};
  make();
  EXPECT_EQ(fault(), "oidc.bad_answer address") << "a provider elsewhere does not send us to our own machine";
}

TEST_F(provider, signing_out_there_names_the_token) {
  EXPECT_EQ(ours->way_out_for_good("t", "https://releve.example/sign-in"), "") << "nothing is fetched for it";
  EXPECT_EQ(fault(), "");
  EXPECT_EQ(ours->way_out_for_good("t", "https://releve.example/sign-in"),
            "https://id.example/realm/"
            "logout?id_token_hint=t&client_id=releve&post_logout_redirect_uri=https%3A%2F%2F"
            "releve.example%2Fsign-in");
}

TEST(provider_settings, say_where_they_are_wrong) {
  const std::string good =
      R"("id":"psc","label":"PSC","issuer":"https://id.example","client_id":"c","client_secret":"s")";
  const auto fault = [](const std::string& one) {
    const auto read = read_providers(R"({"providers":[{)" + one + "}]}");
    return read.ok() ? "" : read.error().message.code + " " + read.error().where;
  };
  EXPECT_EQ(fault(good), "");
  EXPECT_EQ(fault(good + R"(,"issuer":"http://id.example")").substr(0, 4), "json") << "a member twice";
  const auto with = [&](const std::string& from, const std::string& to) {
    std::string text = good;
    return text.replace(text.find(from), from.size(), to);
  };
  EXPECT_EQ(fault(with("https", "http")), "oidc.bad_settings providers[0].issuer");
  EXPECT_EQ(fault(with("https://id.example", "http://127.0.0.1:3000")), "");
  EXPECT_EQ(fault(with("https://id.example", "https://user@id.example")),
            "oidc.bad_settings providers[0].issuer");
  EXPECT_EQ(fault(with("\"psc\"", "\"../x\"")), "oidc.bad_settings providers[0].id");
  EXPECT_EQ(fault(good + R"(,"scopes":["email"])"), "oidc.bad_settings providers[0].scopes");
  EXPECT_EQ(fault(good + R"(,"typo":1)").substr(0, 19), "json.unknown_member");
}

TEST(provider_settings, are_read_from_a_file_that_nobody_else_reads) {
  namespace fs = std::filesystem;
  const fs::path path = fs::path(testing::TempDir()) / ("oidc-" + random_hex(4) + ".json");
  std::ofstream(path) << R"({"providers":[]})";
  fs::permissions(path, fs::perms::owner_read | fs::perms::group_read);
  EXPECT_EQ(read_provider_file(path).error().message.code, "oidc.open_file");
  fs::permissions(path, fs::perms::owner_read);
  EXPECT_TRUE(read_provider_file(path).ok());
  fs::remove(path);
  EXPECT_EQ(read_provider_file(path).error().message.code, "oidc.no_file");
}

}  // namespace
}  // namespace releve::oidc
