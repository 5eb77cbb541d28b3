// SPDX-License-Identifier: EUPL-1.2
// How bytes travel in texts of the web, and the hash that its standards name.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace releve {

/// RFC 4648 section 5, without padding. Reading is strict: no other character, no loose bits at the end.
std::string to_base64url(std::string_view bytes);
std::optional<std::string> from_base64url(std::string_view text);

/// RFC 4648 section 4, with padding: for mail.
std::string to_base64(std::string_view bytes);

/// SHA-256: 32 bytes, not hex. For what others prescribe; our own things carry content_hash().
std::string sha256(std::string_view bytes);
/// HMAC-SHA256 (RFC 2104) in lower-case hex.
std::string hmac_sha256(std::string_view key, std::string_view text);

}  // namespace releve
