// SPDX-License-Identifier: EUPL-1.2
// What must stay secret although the database is read by somebody else: passwords as Argon2id, and a key that
// lives in a file outside the database. Everything here may be called from any thread.
#pragma once

#include "foundation/base/result.hpp"

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace releve {

/// Argon2id with 64 MiB and two passes (reference: RFC 9106, libsodium "interactive"); 64 ms on one core of
/// 2024. The caller bounds how many run at once.
std::string hash_password(std::string_view password);
/// The same work for any password; false for a hash that is none.
bool verify_password(const std::string& hash, std::string_view password);

/// n random characters that nobody confuses on paper (Crockford's alphabet, no I, L, O, U): 5 bits each.
std::string random_letters(std::size_t n);
/// As typed by a human: upper case, I and L read as 1, O as 0; whatever stands between letters and digits is
/// gone. Empty when a letter is in it that random_letters() never gives.
std::string read_letters(std::string_view typed);

/// The instance's key: 32 bytes, of which one key for each purpose is derived.
class InstanceKey {
 public:
  /// Reads the file; makes it (0600, synced) when it is not there. Errors: key.bad_file (not 64 hex digits,
  /// or readable by others). Throws EnvironmentFailure.
  static Result<InstanceKey> open(const std::string& path);
  /// For tests.
  explicit InstanceKey(const std::array<unsigned char, 32>& bytes);

  /// XChaCha20-Poly1305 in hex. `context` names the place of the text ("account:<id>:totp"): moved to another
  /// row it does not open.
  std::string seal(std::string_view text, std::string_view context) const;
  std::optional<std::string> unseal(std::string_view sealed, std::string_view context) const;

  /// Keyed BLAKE2b-256 in hex: what is stored of a token or code, so that a stolen table opens nothing.
  std::string tag(std::string_view secret) const;

  /// Ed25519 in hex.
  std::string sign(std::string_view text) const;

  const std::string& public_key() const { return public_key_; }

 private:
  using Bytes = std::array<unsigned char, 32>;
  Bytes seal_key_{};
  Bytes tag_key_{};
  std::array<unsigned char, 64> sign_key_{};
  std::string public_key_;
};

/// Holds an Ed25519 signature against its text. False for anything malformed.
bool verify_signature(std::string_view public_key, std::string_view text, std::string_view signature);

}  // namespace releve
