// SPDX-License-Identifier: EUPL-1.2
#include "foundation/oidc/signed_token.hpp"

#include "foundation/base/encoding.hpp"
#include "foundation/base/text.hpp"
#include "foundation/describe/json.hpp"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <openssl/rsa.h>

#include <memory>

namespace releve::oidc {

namespace {

constexpr std::size_t longest_token = 64 * 1024;
constexpr std::size_t most_keys = 100;
constexpr std::size_t coordinate = 32;              // bytes of P-256
constexpr std::size_t shortest_modulus = 2048 / 8;  // NIST SP 800-131A: nothing shorter signs any more
constexpr std::size_t longest_modulus = 8192 / 8;   // verifying takes longer than anybody needs

template <auto Free>
struct Freed {
  template <class T>
  void operator()(T* owned) const {
    Free(owned);
  }
};

using Number = std::unique_ptr<BIGNUM, Freed<BN_free>>;
using Builder = std::unique_ptr<OSSL_PARAM_BLD, Freed<OSSL_PARAM_BLD_free>>;
using Params = std::unique_ptr<OSSL_PARAM, Freed<OSSL_PARAM_free>>;
using KeyContext = std::unique_ptr<EVP_PKEY_CTX, Freed<EVP_PKEY_CTX_free>>;
using Key = std::unique_ptr<EVP_PKEY, Freed<EVP_PKEY_free>>;
using Digest = std::unique_ptr<EVP_MD_CTX, Freed<EVP_MD_CTX_free>>;
using Pair = std::unique_ptr<ECDSA_SIG, Freed<ECDSA_SIG_free>>;

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

BIGNUM* number_of(std::string_view bytes) {
  return BN_bin2bn(bytes_of(bytes), static_cast<int>(bytes.size()), nullptr);
}

/// Nothing: not a key at all (a point off the curve).
Key key_of(const PublicKey& key) {
  const bool rsa = key.kind == "RSA";
  const Builder builder(OSSL_PARAM_BLD_new());
  const Number first(number_of(key.first));
  const Number second(number_of(key.second));
  const std::string point = '\x04' + key.first + key.second;
  const bool built = rsa ? OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, first.get()) == 1 &&
                               OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, second.get()) == 1
                         : OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME,
                                                           "prime256v1", 0) == 1 &&
                               OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY,
                                                                point.data(), point.size()) == 1;
  const Params params(built ? OSSL_PARAM_BLD_to_param(builder.get()) : nullptr);
  const KeyContext maker(EVP_PKEY_CTX_new_from_name(nullptr, rsa ? "RSA" : "EC", nullptr));
  EVP_PKEY* made = nullptr;
  if (!params || !maker || EVP_PKEY_fromdata_init(maker.get()) != 1 ||
      EVP_PKEY_fromdata(maker.get(), &made, EVP_PKEY_PUBLIC_KEY, params.get()) != 1) {
    ERR_clear_error();
    return nullptr;
  }
  Key owned(made);
  const KeyContext checker(EVP_PKEY_CTX_new(owned.get(), nullptr));
  if (!checker || EVP_PKEY_public_check(checker.get()) != 1) {
    ERR_clear_error();
    return nullptr;
  }
  return owned;
}

/// ES256 signs with r and s of 32 bytes each (RFC 7518 section 3.4); OpenSSL reads them as DER.
std::string der_of(std::string_view signature) {
  if (signature.size() != 2 * coordinate) {
    return {};
  }
  const Pair pair(ECDSA_SIG_new());
  if (!pair || ECDSA_SIG_set0(pair.get(), number_of(signature.substr(0, coordinate)),
                              number_of(signature.substr(coordinate))) != 1) {
    return {};
  }
  unsigned char* out = nullptr;
  const int size = i2d_ECDSA_SIG(pair.get(), &out);
  std::string der(reinterpret_cast<char*>(out), size < 0 ? 0 : static_cast<std::size_t>(size));
  OPENSSL_free(out);
  return der;
}

bool holds(const PublicKey& with, const std::string& algorithm, std::string_view text,
           const std::string& signature) {
  const Key key = key_of(with);
  const Digest digest(EVP_MD_CTX_new());
  const std::string given = algorithm == "ES256" ? der_of(signature) : signature;
  EVP_PKEY_CTX* how = nullptr;  // of the digest
  const bool ready =
      key && digest && !given.empty() &&
      EVP_DigestVerifyInit(digest.get(), &how, EVP_sha256(), nullptr, key.get()) == 1 &&
      (algorithm != "PS256" || (EVP_PKEY_CTX_set_rsa_padding(how, RSA_PKCS1_PSS_PADDING) == 1 &&
                                EVP_PKEY_CTX_set_rsa_pss_saltlen(how, RSA_PSS_SALTLEN_DIGEST) == 1));
  const bool right = ready && EVP_DigestVerify(digest.get(), bytes_of(given), given.size(), bytes_of(text),
                                               text.size()) == 1;
  ERR_clear_error();
  return right;
}

std::string member(JsonValue object, std::string_view name) {
  const auto found = object.find(name);
  return found && found->kind() == JsonValue::Kind::text ? std::string(found->text()) : std::string();
}

std::string big_endian(JsonValue object, std::string_view name) {
  std::string bytes = from_base64url(member(object, name)).value_or("");
  bytes.erase(0, std::min(bytes.find_first_not_of('\0'), bytes.size()));
  return bytes;
}

std::string padded(const std::string& bytes) {
  return bytes.size() >= coordinate ? bytes : std::string(coordinate - bytes.size(), '\0') + bytes;
}

bool usable(const PublicKey& key) {
  if (key.kind == "RSA") {
    return key.first.size() >= shortest_modulus && key.first.size() <= longest_modulus &&
           !key.second.empty() && key.second.size() <= 8 &&
           (static_cast<unsigned char>(key.second.back()) & 1U) == 1U && key.second != "\x01";
  }
  return key.kind == "EC" && key.first.size() == coordinate && key.second.size() == coordinate;
}

/// "RSA" or "EC"; empty: not one that we take.
std::string_view kind_for(std::string_view algorithm) {
  if (algorithm == "RS256" || algorithm == "PS256") {
    return "RSA";
  }
  return algorithm == "ES256" ? "EC" : "";
}

}  // namespace

Error bad_token(std::string what) {
  return {ErrorKind::unauthenticated, message("oidc.bad_token", {{"what", std::move(what)}}), {}};
}

Error bad_answer(std::string what) {
  return {ErrorKind::unavailable, message("oidc.bad_answer", {{"what", std::move(what)}}), {}};
}

bool is_unknown_key(const Error& error) {
  return error.message.code == "oidc.bad_token" && error.message.params.at(0).value == "unknown_key";
}

Result<std::vector<PublicKey>> read_keys(std::string_view json) {
  const auto document = JsonDocument::parse(json);
  const auto list = document && document->root().kind() == JsonValue::Kind::object
                        ? document->root().find("keys")
                        : std::nullopt;
  if (!list || list->kind() != JsonValue::Kind::array || list->size() > most_keys) {
    return bad_answer("jwks");
  }
  std::vector<PublicKey> keys;
  for (std::size_t i = 0; i < list->size(); ++i) {
    const JsonValue one = list->item(i);
    if (one.kind() != JsonValue::Kind::object || member(one, "use") == "enc") {
      continue;
    }
    PublicKey key{member(one, "kid"), member(one, "kty"), member(one, "alg"), {}, {}};
    if (key.kind == "RSA") {
      key.first = big_endian(one, "n");
      key.second = big_endian(one, "e");
    } else if (member(one, "crv") == "P-256") {
      key.first = padded(big_endian(one, "x"));
      key.second = padded(big_endian(one, "y"));
    }
    if (usable(key)) {
      keys.push_back(std::move(key));
    }
  }
  return keys;
}

Result<std::string> open_signed_token(std::string_view token, const std::vector<PublicKey>& keys) {
  const auto parts = split(token, '.');
  if (token.size() > longest_token || parts.size() != 3) {
    return bad_token("form");
  }
  const auto head = from_base64url(parts[0]);
  auto payload = from_base64url(parts[1]);
  const auto signature = from_base64url(parts[2]);
  const auto document = JsonDocument::parse(head.value_or(""));
  if (!head || !payload || !signature || !document || document->root().kind() != JsonValue::Kind::object ||
      document->root().find("crit")) {  // an extension that must be understood: none is
    return bad_token("form");
  }
  const std::string algorithm = member(document->root(), "alg");
  const std::string id = member(document->root(), "kid");
  const std::string_view kind = kind_for(algorithm);
  if (kind.empty()) {
    return bad_token("algorithm");
  }
  const PublicKey* chosen = nullptr;
  for (const PublicKey& key : keys) {
    const bool fits = key.kind == kind && (key.algorithm.empty() || key.algorithm == algorithm) &&
                      (id.empty() || key.id == id);
    if (fits && chosen != nullptr) {
      return bad_token("unknown_key");  // two would do, and no name says which
    }
    chosen = fits ? &key : chosen;
  }
  if (chosen == nullptr) {
    return bad_token("unknown_key");
  }
  const std::string_view text = token.substr(0, parts[0].size() + 1 + parts[1].size());
  if (!holds(*chosen, algorithm, text, *signature)) {
    return bad_token("signature");
  }
  return std::move(*payload);
}

}  // namespace releve::oidc
