// SPDX-License-Identifier: EUPL-1.2
// Signed tokens (JWS compact, RFC 7515) and the public keys that they are held against (RFC 7517). Only what
// a provider needs to sign with: RS256, PS256 and ES256. No "none", and no secret shared with anybody, so
// that a public key never serves as one. Pure; thread-safe.
#pragma once

#include "foundation/base/result.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace releve::oidc {

struct PublicKey {
  std::string id;         // "kid"; may be empty
  std::string kind;       // "RSA" or "EC"
  std::string algorithm;  // the only one it is for; empty: any of its kind
  std::string first;      // big-endian bytes: modulus, or x
  std::string second;     // exponent, or y
};

/// The keys of a set that can verify; others (encryption, other curves, too short) are left out. Error
/// oidc.bad_answer.
Result<std::vector<PublicKey>> read_keys(std::string_view json);

/// The payload of a token whose signature holds. Error oidc.bad_token, "what" being one of: form, algorithm,
/// unknown_key, signature.
Result<std::string> open_signed_token(std::string_view token, const std::vector<PublicKey>& keys);

/// What is wrong with a token.
Error bad_token(std::string what);
/// What is wrong with a provider's answer.
Error bad_answer(std::string what);
bool is_unknown_key(const Error& error);

}  // namespace releve::oidc
