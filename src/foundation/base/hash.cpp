// SPDX-License-Identifier: EUPL-1.2
#include "foundation/base/hash.hpp"

#include "foundation/base/random.hpp"
#include "foundation/base/result.hpp"

#include <sodium.h>

#include <array>
#include <vector>

namespace releve {

struct Hasher::State {
  crypto_generichash_blake2b_state blake;
};

Hasher::Hasher() : state_(std::make_unique<State>()) {
  crypto_generichash_blake2b_init(&state_->blake, nullptr, 0, 32);
}

Hasher::~Hasher() = default;
Hasher::Hasher(Hasher&&) noexcept = default;
Hasher& Hasher::operator=(Hasher&&) noexcept = default;

void Hasher::update(std::string_view bytes) {
  crypto_generichash_blake2b_update(&state_->blake, reinterpret_cast<const unsigned char*>(bytes.data()),
                                    bytes.size());
}

static std::string to_hex(std::span<const unsigned char> bytes) {
  static constexpr char digits[] = "0123456789abcdef";
  std::string text;
  text.reserve(bytes.size() * 2);
  for (const unsigned char byte : bytes) {
    text += digits[byte >> 4];
    text += digits[byte & 15];
  }
  return text;
}

std::string Hasher::hex() {
  std::array<unsigned char, 32> digest{};
  crypto_generichash_blake2b_final(&state_->blake, digest.data(), digest.size());
  return to_hex(digest);
}

std::string content_hash(std::string_view bytes) {
  Hasher hasher;
  hasher.update(bytes);
  return hasher.hex();
}

std::string random_hex(std::size_t bytes) {
  RELEVE_CHECK(sodium_init() >= 0, "libsodium starts");
  std::vector<unsigned char> buffer(bytes);
  randombytes_buf(buffer.data(), buffer.size());
  return to_hex(buffer);
}

bool equal_secret(std::string_view a, std::string_view b) {
  return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

NameKey name_key(std::string_view canonical_name) {
  std::array<unsigned char, 8> digest{};
  const int failed = crypto_generichash_blake2b(digest.data(), digest.size(),
                                                reinterpret_cast<const unsigned char*>(canonical_name.data()),
                                                canonical_name.size(), nullptr, 0);
  RELEVE_CHECK(failed == 0, "BLAKE2b gives an 8-byte digest");
  NameKey key = 0;
  for (std::size_t i = 0; i < digest.size(); ++i) {
    key |= static_cast<NameKey>(digest[i]) << (8 * i);
  }
  return key;
}

}  // namespace releve
