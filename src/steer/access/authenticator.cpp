// SPDX-License-Identifier: EUPL-1.2
#include "steer/access/authenticator.hpp"

#include "foundation/base/encoding.hpp"
#include "foundation/base/hash.hpp"
#include "foundation/base/text.hpp"
#include "foundation/describe/json.hpp"
#include "steer/access/refused.hpp"

#include <fido.h>
#include <fido/eddsa.h>
#include <fido/es256.h>
#include <fido/rs256.h>

#include <algorithm>
#include <array>
#include <memory>

namespace releve::access {

namespace {

constexpr std::array algorithms{COSE_ES256, COSE_EDDSA, COSE_RS256};
constexpr std::uint8_t user_present = 0x01;   // bits of the flags in the authenticator data
constexpr std::uint8_t user_verified = 0x04;  // by a finger, a face or a PIN

template <auto Free>
struct Freer {
  template <class T>
  void operator()(T* one) const {
    Free(&one);
  }
};

using CredentialHandle = std::unique_ptr<fido_cred_t, Freer<fido_cred_free>>;
using AssertionHandle = std::unique_ptr<fido_assert_t, Freer<fido_assert_free>>;

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

std::string text_of(const unsigned char* bytes, std::size_t size) {
  return bytes == nullptr ? "" : std::string(reinterpret_cast<const char*>(bytes), size);
}

Error wrong(const char* what) {
  return refused(ErrorKind::unauthenticated, "access.wrong_passkey", what);
}

bool says(const JsonValue& object, std::string_view name, std::string_view expected) {
  const auto value = object.find(name);
  return value && value->kind() == JsonValue::Kind::text && equal_secret(value->text(), expected);
}

/// What the browser itself says of the ceremony; gives its JSON, over which the authenticator has signed.
Result<std::string> client_data_of(const Ceremony& asked, std::string_view type, const std::string& given) {
  auto json = from_base64url(given);
  const auto document = json ? JsonDocument::parse(*json) : Result<JsonDocument>(wrong("client_data"));
  if (!document || document->root().kind() != JsonValue::Kind::object ||
      !says(document->root(), "type", type)) {
    return wrong("client_data");
  }
  const JsonValue said = document->root();
  if (!says(said, "challenge", asked.challenge)) {
    return wrong("challenge");
  }
  const auto crossed = said.find("crossOrigin");  // asked for by another site's frame
  if (!says(said, "origin", asked.site.origin) ||
      (crossed && !(crossed->kind() == JsonValue::Kind::boolean && !crossed->boolean()))) {
    return wrong("origin");
  }
  return std::move(*json);
}

/// The authenticator data as one of the algorithms offered; nothing: as none.
CredentialHandle parsed(const std::string& data) {
  for (const int algorithm : algorithms) {
    CredentialHandle credential(fido_cred_new());
    if (!credential) {
      throw EnvironmentFailure("no memory for a passkey");
    }
    if (fido_cred_set_type(credential.get(), algorithm) == FIDO_OK &&
        fido_cred_set_authdata_raw(credential.get(), bytes_of(data), data.size()) == FIDO_OK) {
      return credential;
    }
  }
  return nullptr;
}

/// Is this the signature of this key? libfido2 also holds the host and the flags.
int verify(const fido_assert_t* assertion, const Credential& known) {
  const auto bytes = from_base64url(known.public_key).value_or("");
  const auto with = [&](auto* key, auto read, auto free) {
    const int fault = key == nullptr ? FIDO_ERR_INTERNAL
                      : read(key, bytes_of(bytes), bytes.size()) != FIDO_OK
                          ? FIDO_ERR_INVALID_ARGUMENT
                          : fido_assert_verify(assertion, 0, static_cast<int>(known.algorithm), key);
    free(&key);
    return fault;
  };
  switch (known.algorithm) {
    case COSE_ES256:
      return with(es256_pk_new(), es256_pk_from_ptr, es256_pk_free);
    case COSE_EDDSA:
      return with(eddsa_pk_new(), eddsa_pk_from_ptr, eddsa_pk_free);
    case COSE_RS256:
      return with(rs256_pk_new(), rs256_pk_from_ptr, rs256_pk_free);
    default:
      return FIDO_ERR_UNSUPPORTED_ALGORITHM;
  }
}

}  // namespace

std::optional<Site> passkey_site(std::string_view origin) {
  const auto slashes = origin.find("://");
  if (slashes == std::string_view::npos) {
    return std::nullopt;
  }
  const std::string_view scheme = origin.substr(0, slashes);
  std::string_view host = origin.substr(slashes + 3);
  host = host.substr(0, host.find(':'));
  const bool local = host == "localhost" || host.ends_with(".localhost");
  const bool named =
      local || std::any_of(host.begin(), host.end(), [](char c) { return c >= 'a' && c <= 'z'; });
  if (!named || host.starts_with('[') || !(scheme == "https" || (scheme == "http" && local))) {
    return std::nullopt;
  }
  return Site{std::string(origin), std::string(host)};
}

Result<Credential> read_registration(const Ceremony& asked, const Registration& given) {
  fido_init(0);
  TRY(client_data_of(asked, "webauthn.create", given.client_data));
  const auto data = from_base64url(given.authenticator_data);
  if (!data || !equal_secret(data->substr(0, 32), sha256(asked.site.host))) {
    return wrong("host");
  }
  const CredentialHandle credential = parsed(*data);
  if (!credential) {
    return wrong("credential");
  }
  constexpr auto needed = user_present | user_verified;
  if ((fido_cred_flags(credential.get()) & needed) != needed) {
    return wrong("user_verification");
  }
  return Credential{
      to_base64url(text_of(fido_cred_id_ptr(credential.get()), fido_cred_id_len(credential.get()))),
      fido_cred_type(credential.get()),
      to_base64url(text_of(fido_cred_pubkey_ptr(credential.get()), fido_cred_pubkey_len(credential.get()))),
      fido_cred_sigcount(credential.get())};
}

Result<std::int64_t> check_assertion(const Ceremony& asked, const Credential& known, const Assertion& given) {
  fido_init(0);
  const std::string json = TRY(client_data_of(asked, "webauthn.get", given.client_data));
  const auto data = from_base64url(given.authenticator_data);
  const auto signature = from_base64url(given.signature);
  if (!data || !equal_secret(data->substr(0, 32), sha256(asked.site.host))) {
    return wrong("host");
  }
  const AssertionHandle assertion(fido_assert_new());
  if (!assertion || fido_assert_set_count(assertion.get(), 1) != FIDO_OK) {
    throw EnvironmentFailure("no memory for a passkey");
  }
  fido_assert_t* one = assertion.get();
  if (!signature || fido_assert_set_rp(one, asked.site.host.c_str()) != FIDO_OK ||
      fido_assert_set_clientdata(one, bytes_of(json), json.size()) != FIDO_OK ||
      fido_assert_set_up(one, FIDO_OPT_TRUE) != FIDO_OK ||
      fido_assert_set_uv(one, FIDO_OPT_TRUE) != FIDO_OK ||
      fido_assert_set_authdata_raw(one, 0, bytes_of(*data), data->size()) != FIDO_OK ||
      fido_assert_set_sig(one, 0, bytes_of(*signature), signature->size()) != FIDO_OK) {
    return wrong("signature");
  }
  if ((fido_assert_flags(one, 0) & user_verified) == 0) {
    return wrong("user_verification");
  }
  if (verify(one, known) != FIDO_OK) {
    return wrong("signature");
  }
  return fido_assert_sigcount(one, 0);
}

}  // namespace releve::access
