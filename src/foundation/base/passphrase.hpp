// SPDX-License-Identifier: EUPL-1.2
// A text sealed for whoever knows a passphrase: it travels without the instance's key. Thread-safe.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace releve {

/// XChaCha20-Poly1305 under a key that Argon2id draws from the passphrase and a fresh salt (RFC 9106,
/// libsodium "moderate": 256 MiB, three passes; about a second). Bytes, not text. EnvironmentFailure: no
/// memory.
std::string seal_for(std::string_view passphrase, std::string_view text);

/// Nothing: another passphrase, or not what seal_for() gave.
std::optional<std::string> unseal_by(std::string_view passphrase, std::string_view sealed);

}  // namespace releve
