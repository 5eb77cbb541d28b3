// SPDX-License-Identifier: EUPL-1.2
#include "foundation/base/passphrase.hpp"

#include "foundation/base/result.hpp"

#include <sodium.h>

#include <array>

namespace releve {

namespace {

constexpr std::size_t salt_bytes = crypto_pwhash_argon2id_SALTBYTES;
constexpr std::size_t nonce_bytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t mac_bytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;

using Key = std::array<unsigned char, crypto_aead_xchacha20poly1305_ietf_KEYBYTES>;

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

unsigned char* room_in(std::string& text) {
  return reinterpret_cast<unsigned char*>(text.data());
}

Key key_from(std::string_view passphrase, std::string_view salt) {
  RELEVE_CHECK(sodium_init() >= 0, "libsodium starts");
  Key key{};
  if (crypto_pwhash_argon2id(key.data(), key.size(), passphrase.data(), passphrase.size(), bytes_of(salt),
                             crypto_pwhash_argon2id_OPSLIMIT_MODERATE,
                             crypto_pwhash_argon2id_MEMLIMIT_MODERATE,
                             crypto_pwhash_argon2id_ALG_ARGON2ID13) != 0) {
    throw EnvironmentFailure("no memory to draw a key from a passphrase");
  }
  return key;
}

}  // namespace

std::string seal_for(std::string_view passphrase, std::string_view text) {
  RELEVE_CHECK(sodium_init() >= 0, "libsodium starts");
  std::string head(salt_bytes + nonce_bytes, '\0');
  randombytes_buf(head.data(), head.size());
  const Key key = key_from(passphrase, std::string_view(head).substr(0, salt_bytes));
  std::string sealed(text.size() + mac_bytes, '\0');
  crypto_aead_xchacha20poly1305_ietf_encrypt(room_in(sealed), nullptr, bytes_of(text), text.size(), nullptr,
                                             0, nullptr, bytes_of(head) + salt_bytes, key.data());
  return head + sealed;
}

std::optional<std::string> unseal_by(std::string_view passphrase, std::string_view sealed) {
  if (sealed.size() < salt_bytes + nonce_bytes + mac_bytes) {
    return std::nullopt;
  }
  const Key key = key_from(passphrase, sealed.substr(0, salt_bytes));
  const std::string_view body = sealed.substr(salt_bytes + nonce_bytes);
  std::string text(body.size() - mac_bytes, '\0');
  if (crypto_aead_xchacha20poly1305_ietf_decrypt(room_in(text), nullptr, nullptr, bytes_of(body), body.size(),
                                                 nullptr, 0, bytes_of(sealed) + salt_bytes,
                                                 key.data()) != 0) {
    return std::nullopt;
  }
  return text;
}

}  // namespace releve
