// SPDX-License-Identifier: EUPL-1.2
// Six digits of a phone (RFC 6238, SHA-1, 30 s). Pure.
#pragma once

#include "foundation/base/time.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace releve::access {

/// A fresh secret of 160 bits, in hex.
std::string mint_totp_secret();
/// As an authenticator takes it by hand: base32.
std::string totp_base32(std::string_view secret);
/// "otpauth://totp/…", for links and QR codes.
std::string totp_address(std::string_view secret, std::string_view login, std::string_view issuer);
/// The code of an instant: for tests.
std::string totp_code(std::string_view secret, Instant at);
/// The step of the code that was typed, at most one step from now; nothing: wrong, or not after `last_step`:
/// a code opens once, and the clock going back does not make it new.
std::optional<std::int64_t> totp_step(std::string_view secret, std::string_view typed, Instant now,
                                      std::int64_t last_step);

}  // namespace releve::access
