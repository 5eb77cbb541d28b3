// SPDX-License-Identifier: EUPL-1.2
#include "steer/access/totp.hpp"

#include "foundation/base/hash.hpp"
#include "foundation/base/result.hpp"

extern "C" {
#include <liboath/oath.h>
}

#include <algorithm>
#include <array>
#include <cstdlib>

namespace releve::access {

namespace {

constexpr std::int64_t step_seconds = 30;
constexpr unsigned digits = 6;

std::string bytes_of(std::string_view hex) {
  std::string bytes;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
    bytes += static_cast<char>(std::stoi(std::string(hex.substr(i, 2)), nullptr, 16));
  }
  return bytes;
}

std::int64_t step_of(Instant at) {
  return std::chrono::floor<std::chrono::seconds>(at).time_since_epoch().count() / step_seconds;
}

std::string code_of_step(const std::string& secret, std::int64_t step) {
  std::array<char, digits + 1> code{};
  const int done = oath_hotp_generate(secret.data(), secret.size(), static_cast<std::uint64_t>(step), digits,
                                      false, OATH_HOTP_DYNAMIC_TRUNCATION, code.data());
  RELEVE_CHECK(done == OATH_OK, "liboath computes a code");
  return code.data();
}

std::string percent(std::string_view text) {
  constexpr std::string_view plain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
  constexpr std::string_view hex = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (plain.find(c) != std::string_view::npos) {
      out += c;
    } else {
      out.append("%").append(1, hex[byte >> 4U]).append(1, hex[byte & 15U]);
    }
  }
  return out;
}

}  // namespace

std::string mint_totp_secret() {
  return random_hex(20);
}

std::string totp_base32(std::string_view secret) {
  const std::string bytes = bytes_of(secret);
  char* text = nullptr;
  std::size_t size = 0;
  RELEVE_CHECK(oath_base32_encode(bytes.data(), bytes.size(), &text, &size) == OATH_OK,
               "liboath writes base32");
  std::string base32(text, size);
  std::free(text);
  return base32;
}

std::string totp_address(std::string_view secret, std::string_view login, std::string_view issuer) {
  return "otpauth://totp/" + percent(issuer) + ":" + percent(login) + "?secret=" + totp_base32(secret) +
         "&issuer=" + percent(issuer);
}

std::string totp_code(std::string_view secret, Instant at) {
  return code_of_step(bytes_of(secret), step_of(at));
}

std::optional<std::int64_t> totp_step(std::string_view secret, std::string_view typed, Instant now,
                                      std::int64_t last_step) {
  const std::string bytes = bytes_of(secret);
  std::optional<std::int64_t> found;
  for (const std::int64_t near : {-1, 0, 1}) {
    const std::int64_t step = std::max<std::int64_t>(step_of(now) + near, 0);
    if (equal_secret(code_of_step(bytes, step), typed) && step > last_step) {
      found = step;
    }
  }
  return found;
}

}  // namespace releve::access
