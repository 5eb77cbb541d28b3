// SPDX-License-Identifier: EUPL-1.2
// For tests: a provider of identities in this process, with real keys. It answers as one does: a code is
// given for one way out, and exchanged once against PKCE, redirect address and secret. Its tokens can be
// spoiled.
#pragma once

#include "foundation/base/encoding.hpp"
#include "foundation/base/time.hpp"
#include "foundation/oidc/form.hpp"
#include "foundation/oidc/provider.hpp"

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rsa.h>

#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace releve::oidc {

/// A private key and what is published of it.
class SigningKey {
 public:
  SigningKey(std::string id, const std::string& kind)
      : id_(std::move(id)),
        key_(kind == "RSA" ? EVP_PKEY_Q_keygen(nullptr, nullptr, "RSA", std::size_t{2048})
                           : EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-256"),
             EVP_PKEY_free) {}

  const std::string& id() const { return id_; }

  bool rsa() const { return EVP_PKEY_is_a(key_.get(), "RSA") == 1; }

  std::string number(const char* name) const {
    BIGNUM* number = nullptr;
    EVP_PKEY_get_bn_param(key_.get(), name, &number);
    std::string bytes(static_cast<std::size_t>(BN_num_bytes(number)), '\0');
    BN_bn2bin(number, reinterpret_cast<unsigned char*>(bytes.data()));
    BN_free(number);
    return to_base64url(bytes);
  }

  std::string jwk() const {
    return rsa() ? R"({"kty":"RSA","use":"sig","kid":")" + id_ + R"(","n":")" +
                       number(OSSL_PKEY_PARAM_RSA_N) + R"(","e":")" + number(OSSL_PKEY_PARAM_RSA_E) + R"("})"
                 : R"({"kty":"EC","crv":"P-256","kid":")" + id_ + R"(","x":")" +
                       number(OSSL_PKEY_PARAM_EC_PUB_X) + R"(","y":")" + number(OSSL_PKEY_PARAM_EC_PUB_Y) +
                       R"("})";
  }

  /// The bytes of a signature, as a token carries them.
  std::string sign(const std::string& algorithm, const std::string& text) const {
    const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> digest(EVP_MD_CTX_new(), EVP_MD_CTX_free);
    EVP_PKEY_CTX* how = nullptr;
    EVP_DigestSignInit(digest.get(), &how, EVP_sha256(), nullptr, key_.get());
    if (algorithm == "PS256") {
      EVP_PKEY_CTX_set_rsa_padding(how, RSA_PKCS1_PSS_PADDING);
      EVP_PKEY_CTX_set_rsa_pss_saltlen(how, RSA_PSS_SALTLEN_DIGEST);
    }
    std::string made(1024, '\0');
    std::size_t size = made.size();
    EVP_DigestSign(digest.get(), reinterpret_cast<unsigned char*>(made.data()), &size,
                   reinterpret_cast<const unsigned char*>(text.data()), text.size());
    made.resize(size);
    return rsa() ? made : raw_of(made);
  }

 private:
  static std::string raw_of(const std::string& der) {
    const auto* at = reinterpret_cast<const unsigned char*>(der.data());
    ECDSA_SIG* pair = d2i_ECDSA_SIG(nullptr, &at, static_cast<long>(der.size()));
    std::string raw(64, '\0');
    auto* out = reinterpret_cast<unsigned char*>(raw.data());
    BN_bn2binpad(ECDSA_SIG_get0_r(pair), out, 32);
    BN_bn2binpad(ECDSA_SIG_get0_s(pair), out + 32, 32);
    ECDSA_SIG_free(pair);
    return raw;
  }

  std::string id_;
  std::shared_ptr<EVP_PKEY> key_;
};

inline std::string token_of(const std::string& head, const std::string& payload,
                            const std::function<std::string(const std::string&)>& sign) {
  const std::string text = to_base64url(head) + "." + to_base64url(payload);
  return text + "." + to_base64url(sign(text));
}

inline std::string signed_by(const SigningKey& key, const std::string& algorithm,
                             const std::string& payload) {
  return token_of(R"({"alg":")" + algorithm + R"(","kid":")" + key.id() + "\"}", payload,
                  [&](const std::string& text) { return key.sign(algorithm, text); });
}

/// HS256, the classic fraud: whoever takes the public key for a shared secret believes it.
inline std::string signed_with_secret(const std::string& id, const std::string& secret,
                                      const std::string& payload) {
  return token_of(R"({"alg":"HS256","kid":")" + id + "\"}", payload, [&](const std::string& text) {
    std::array<unsigned char, 32> made{};
    unsigned int size = 0;
    HMAC(EVP_sha256(), secret.data(), static_cast<int>(secret.size()),
         reinterpret_cast<const unsigned char*>(text.data()), text.size(), made.data(), &size);
    return std::string(made.begin(), made.end());
  });
}

/// The values of an address's query, decoded.
inline std::map<std::string, std::string> query_of(const std::string& url) {
  std::map<std::string, std::string> values;
  std::string rest = url.substr(std::min(url.find('?'), url.size() - 1) + 1);
  while (!rest.empty()) {
    const std::string pair = rest.substr(0, rest.find('&'));
    rest.erase(0, pair.size() + 1);
    std::string value;
    for (std::size_t i = pair.find('=') + 1; i < pair.size(); ++i) {
      const bool coded = pair[i] == '%';
      value += coded ? static_cast<char>(std::stoi(pair.substr(i + 1, 2), nullptr, 16)) : pair[i];
      i += coded ? 2 : 0;
    }
    values[pair.substr(0, pair.find('='))] = value;
  }
  return values;
}

/// Made once: a key of 2048 bits takes a while.
inline const std::vector<SigningKey>& test_keys() {
  static const std::vector<SigningKey> keys{{"k1", "RSA"}, {"k2", "EC"}};
  return keys;
}

class TestProvider {
 public:
  explicit TestProvider(const Clock& clock) : clock_(clock) {}

  static ProviderSettings settings() {
    ProviderSettings made;
    made.id = "psc";
    made.label = "Pro Santé Connect";
    made.issuer = "https://id.example/realm";
    made.client_id = "releve";
    made.client_secret = "a secret: of both";
    made.strong_acr = {"eidas2"};
    made.strong_amr = {"mfa"};
    return made;
  }

  Fetch fetch() {
    return [this](const Call& call) { return answer(call); };
  }

  /// Somebody signs in there, sent by `way_out`: gives the code that the browser brings back.
  std::string signs_in(const std::string& way_out, std::map<std::string, std::string> claims) {
    Asked asked{query_of(way_out), std::move(claims)};
    const std::string code = "code" + std::to_string(++codes_);
    asked_[code] = std::move(asked);
    return code;
  }

  /// Members as JSON text: R"("lea")".
  std::map<std::string, std::string> usual_claims(const std::string& nonce) const {
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(clock_.now().time_since_epoch());
    return {{"iss", "\"" + settings().issuer + "\""}, {"aud", "\"releve\""},
            {"iat", std::to_string(seconds.count())}, {"exp", std::to_string(seconds.count() + 300)},
            {"nonce", "\"" + nonce + "\""},           {"sub", "\"123\""}};
  }

  static std::string object_of(const std::map<std::string, std::string>& members) {
    std::string text = "{";
    for (const auto& [name, value] : members) {
      text += (text.size() > 1 ? ",\"" : "\"") + name + "\":" + value;
    }
    return text + "}";
  }

  std::vector<SigningKey> keys = test_keys();
  std::string algorithm = "RS256";
  std::map<std::string, std::string> description;  // members to add or change, as JSON text
  std::map<std::string, std::string> user_info;    // the same; "sub" is that of the token
  bool signed_user_info = false;
  bool down = false;
  std::map<std::string, int> calls;                              // by the last word of the address
  std::function<std::string(const std::string& payload)> spoil;  // makes the token instead

 private:
  struct Asked {
    std::map<std::string, std::string> query;
    std::map<std::string, std::string> claims;
  };

  Result<Answer> answer(const Call& call) {
    const std::string name = call.url.substr(call.url.rfind('/') + 1);
    ++calls[name];
    if (down) {
      return provider_down("test");
    }
    if (name == "openid-configuration") {
      return json(object_of(describe_oneself()));
    }
    if (name == "jwks") {
      std::string list;
      for (const SigningKey& key : keys) {
        list += (list.empty() ? "" : ",") + key.jwk();
      }
      return json(R"({"keys":[)" + list + "]}");
    }
    return name == "token" ? token(call) : told(call);
  }

  std::map<std::string, std::string> describe_oneself() const {
    const std::string at = "\"" + settings().issuer;
    std::map<std::string, std::string> said{{"issuer", at + "\""},
                                            {"authorization_endpoint", at + "/auth\""},
                                            {"token_endpoint", at + "/token\""},
                                            {"userinfo_endpoint", at + "/userinfo\""},
                                            {"end_session_endpoint", at + "/logout\""},
                                            {"jwks_uri", at + "/jwks\""}};
    for (const auto& [member, value] : description) {
      said[member] = value;
    }
    return said;
  }

  Result<Answer> token(const Call& call) {
    const auto form = query_of("?" + call.form);
    const auto at = [&](const char* name) { return form.contains(name) ? form.at(name) : std::string(); };
    const auto found = asked_.find(at("code"));
    const bool knows_secret = call.user.empty() ? at("client_secret") == settings().client_secret
                                                : call.password == percent_encoded(settings().client_secret);
    if (found == asked_.end() || !knows_secret ||
        to_base64url(sha256(at("code_verifier"))) != found->second.query.at("code_challenge") ||
        at("redirect_uri") != found->second.query.at("redirect_uri")) {
      return Answer{400, "application/json", R"({"error":"invalid_grant"})"};
    }
    auto claims = usual_claims(found->second.query.at("nonce"));
    for (const auto& [name, value] : found->second.claims) {
      claims[name] = value;
    }
    asked_.erase(found);
    subject_ = claims.at("sub");
    const std::string payload = object_of(claims);
    const std::string made = spoil ? spoil(payload) : signed_by(key(), algorithm, payload);
    return json(R"({"access_token":"access","token_type":"Bearer","id_token":")" + made + "\"}");
  }

  Result<Answer> told(const Call& call) {
    if (call.bearer != "access") {
      return Answer{401, "", ""};
    }
    auto said = user_info;
    said.emplace("sub", subject_);
    if (!signed_user_info) {
      return json(object_of(said));
    }
    said.emplace("iss", "\"" + settings().issuer + "\"");
    said.emplace("aud", "\"releve\"");
    return Answer{200, "application/jwt", signed_by(key(), algorithm, object_of(said))};
  }

  const SigningKey& key() const {
    return *std::find_if(keys.begin(), keys.end(),
                         [&](const SigningKey& one) { return one.rsa() == (algorithm != "ES256"); });
  }

  static Answer json(std::string text) { return {200, "application/json", std::move(text)}; }

  const Clock& clock_;
  int codes_ = 0;
  std::map<std::string, Asked> asked_;
  std::string subject_;
};

}  // namespace releve::oidc
