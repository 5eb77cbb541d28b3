// SPDX-License-Identifier: EUPL-1.2
// What an authenticator (a telephone, a computer, a security key) answers in the two ceremonies of WebAuthn
// level 2, held against what was asked: sections 7.1 and 7.2 of that standard, without attestation. Pure. The
// only file that knows libfido2.
#pragma once

#include "foundation/base/result.hpp"
#include "foundation/describe/describe.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace releve::access {

/// Where passkeys are at home.
struct Site {
  std::string origin;  // as the browser's bar shows it: "https://releve.chu.example"
  std::string host;    // what a passkey is made for: no port, no scheme
  bool operator==(const Site&) const = default;
};

/// Nothing: browsers have no passkeys there (an address in numbers, or neither https nor localhost).
std::optional<Site> passkey_site(std::string_view origin);

/// What a ceremony must be about.
struct Ceremony {
  Site site;
  std::string challenge;  // base64url
};

/// The answer to a registration; everything in base64url.
struct Registration {
  std::string client_data;
  std::string authenticator_data;
};

/// The answer to a sign-in; everything in base64url.
struct Assertion {
  std::string credential;
  std::string user;
  std::string client_data;
  std::string authenticator_data;
  std::string signature;
};

/// What is kept of a passkey to know it again.
struct Credential {
  std::string id;              // base64url, chosen by the authenticator
  std::int64_t algorithm = 0;  // COSE: -7 ES256, -8 EdDSA, -257 RS256
  std::string public_key;      // base64url, as libfido2 lays it out
  std::int64_t counter = 0;    // signatures so far; 0: the authenticator does not count
};

inline constexpr Rules a_ceremony_text{.min_length = 1, .max_length = 8'000};

constexpr auto describe(Registration*) {
  return Fields{field<&Registration::client_data>("clientDataJSON, base64url", a_ceremony_text),
                field<&Registration::authenticator_data>("authenticator data, base64url", a_ceremony_text)};
}

constexpr auto describe(Assertion*) {
  return Fields{field<&Assertion::credential>("id of the credential, base64url",
                                              {.min_length = 1, .max_length = 1'400}),
                field<&Assertion::user>("user handle, base64url", {.min_length = 1, .max_length = 100}),
                field<&Assertion::client_data>("clientDataJSON, base64url", a_ceremony_text),
                field<&Assertion::authenticator_data>("authenticator data, base64url", a_ceremony_text),
                field<&Assertion::signature>("base64url", a_ceremony_text)};
}

/// Errors (unauthenticated): access.wrong_passkey; `where` names the first thing that is not as asked:
/// "client_data", "challenge", "origin", "host", "user_verification", "credential", "signature".
Result<Credential> read_registration(const Ceremony& asked, const Registration& given);
/// The signature counter of the answer. Errors as above.
Result<std::int64_t> check_assertion(const Ceremony& asked, const Credential& known, const Assertion& given);

}  // namespace releve::access
