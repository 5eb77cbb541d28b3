// SPDX-License-Identifier: EUPL-1.2
#include "foundation/oidc/signed_token.hpp"

#include "foundation/oidc/provider_for_tests.hpp"

#include <gtest/gtest.h>

namespace releve::oidc {
namespace {

const std::string payload = R"({"sub":"123"})";

class signed_token : public testing::Test {
 protected:
  std::vector<PublicKey> published() const {
    return read_keys(R"({"keys":[)" + rsa.jwk() + "," + ec.jwk() + "]}").value();
  }

  std::string fault(const std::string& token) const {
    const auto opened = open_signed_token(token, published());
    return opened.ok() ? "" : opened.error().message.params.at(0).value;
  }

  const SigningKey& rsa = test_keys()[0];
  const SigningKey& ec = test_keys()[1];
};

TEST_F(signed_token, what_was_signed_opens) {
  EXPECT_EQ(open_signed_token(signed_by(rsa, "RS256", payload), published()).value(), payload);
  EXPECT_EQ(open_signed_token(signed_by(rsa, "PS256", payload), published()).value(), payload);
  for (int i = 0; i < 50; ++i) {  // now and then r or s begins with zeros
    EXPECT_EQ(open_signed_token(signed_by(ec, "ES256", payload), published()).value(), payload);
  }
}

TEST_F(signed_token, the_example_of_rfc_7515_opens) {
  // RFC 7515, appendix A.3: ES256.
  const auto keys =
      read_keys(R"({"keys":[{"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",)"
                R"("y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}]})");
  const std::string token =
      "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19y"
      "b290Ijp0cnVlfQ.DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q";
  EXPECT_TRUE(open_signed_token(token, keys.value()).ok());
}

TEST_F(signed_token, nothing_unsigned_or_signed_with_a_public_secret_opens) {
  const auto unsigned_one = [](const std::string& text) { return text.substr(0, 0); };
  for (const char* none :
       {R"({"alg":"none"})", R"({"alg":"None","kid":"k1"})", R"({"alg":""})", R"({"kid":"k1"})",
        R"({"alg":["RS256"]})", R"({"alg":"RS512","kid":"k1"})", R"({"alg":"RS1","kid":"k1"})"}) {
    EXPECT_EQ(fault(token_of(none, payload, unsigned_one)), "algorithm") << none;
  }
  EXPECT_EQ(fault(signed_with_secret("k1", from_base64url(rsa.number("n")).value(), payload)), "algorithm");
  EXPECT_EQ(fault(signed_with_secret("k1", rsa.jwk(), payload)), "algorithm");
}

TEST_F(signed_token, a_changed_letter_is_seen) {
  for (const auto& [key, algorithm] : {std::pair(&rsa, "RS256"), {&rsa, "PS256"}, {&ec, "ES256"}}) {
    const std::string token = signed_by(*key, algorithm, payload);
    const auto dot = token.find('.');
    const std::string other = to_base64url(R"({"sub":"124"})");
    const std::string rest = token.substr(token.rfind('.'));
    EXPECT_EQ(fault(token.substr(0, dot + 1) + other + rest), "signature") << algorithm;
    std::string signature = from_base64url(rest.substr(1)).value();
    for (const std::size_t at : {std::size_t{0}, signature.size() / 2, signature.size() - 1}) {
      std::string spoilt = signature;
      spoilt[at] = static_cast<char>(spoilt[at] ^ 1);
      EXPECT_EQ(fault(token.substr(0, token.rfind('.') + 1) + to_base64url(spoilt)), "signature")
          << algorithm;
    }
    EXPECT_EQ(fault(token.substr(0, token.rfind('.') + 1)), "signature") << "none";
    EXPECT_EQ(fault(token.substr(0, token.rfind('.') + 1) + to_base64url(std::string(64, '\0'))), "signature")
        << "zeros (CVE-2022-21449)";
  }
}

TEST_F(signed_token, a_key_of_another_kind_or_name_is_not_taken) {
  const std::string head = R"({"alg":"ES256","kid":"k1"})";  // the RSA key's name
  EXPECT_EQ(fault(token_of(head, payload, [&](const auto& text) { return ec.sign("ES256", text); })),
            "unknown_key");
  const SigningKey stranger("z", "RSA");
  EXPECT_EQ(fault(signed_by(stranger, "RS256", payload)), "unknown_key");
  const SigningKey impostor("k1", "RSA");
  EXPECT_EQ(fault(signed_by(impostor, "RS256", payload)), "signature");
  const auto nameless = [&](const auto& text) { return rsa.sign("RS256", text); };
  EXPECT_EQ(fault(token_of(R"({"alg":"RS256"})", payload, nameless)), "") << "only one can be meant";
}

TEST_F(signed_token, malformed_ones_are_refused) {
  const std::string good = signed_by(rsa, "RS256", payload);
  const auto named = [&](const auto& text) { return rsa.sign("RS256", text); };
  for (const std::string& bad :
       {std::string(), std::string("."), std::string(".."), good + ".", good.substr(1), "=" + good,
        good + "\n", token_of("[]", payload, named),
        token_of(R"({"alg":"RS256","alg":"none"})", payload, named),
        token_of(R"({"alg":"RS256","kid":"k1","crit":["b64"],"b64":false})", payload, named),
        std::string(70'000, 'a')}) {
    EXPECT_EQ(fault(bad), "form") << bad.substr(0, 60);
  }
}

TEST_F(signed_token, weak_and_foreign_keys_are_left_out) {
  const std::string modulus = rsa.number("n");
  const auto count = [](const std::string& jwk) {
    return read_keys(R"({"keys":[)" + jwk + "]}").value().size();
  };
  EXPECT_EQ(count(R"({"kty":"RSA","n":")" + modulus + R"(","e":"AQAB"})"), 1U);
  EXPECT_EQ(count(R"({"kty":"RSA","n":")" + modulus + R"(","e":"AQ"})"), 0U) << "signs nothing";
  EXPECT_EQ(count(R"({"kty":"RSA","n":")" + modulus.substr(0, 172) + R"(","e":"AQAB"})"), 0U) << "1024 bits";
  EXPECT_EQ(count(R"({"kty":"RSA","use":"enc","n":")" + modulus + R"(","e":"AQAB"})"), 0U);
  EXPECT_EQ(count(R"({"kty":"oct","k":"c2VjcmV0"})"), 0U) << "a shared secret";
  EXPECT_EQ(count(R"({"kty":"EC","crv":"P-384","x":"AA","y":"AA"})"), 0U);
  EXPECT_FALSE(read_keys("{}").ok());
  EXPECT_FALSE(read_keys("<html>").ok());
}

TEST_F(signed_token, a_point_off_the_curve_verifies_nothing) {
  PublicKey off{"k2", "EC", "", std::string(32, '\1'), std::string(32, '\2')};
  const auto opened = open_signed_token(signed_by(ec, "ES256", payload), {off});
  EXPECT_EQ(opened.error().message.params.at(0).value, "signature");
}

TEST(form, carries_any_text) {
  EXPECT_EQ(form_of({{"a b", "é&="}, {"c", "~"}}), "a%20b=%C3%A9%26%3D&c=~");
}

}  // namespace
}  // namespace releve::oidc
