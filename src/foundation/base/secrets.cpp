// SPDX-License-Identifier: EUPL-1.2
#include "foundation/base/secrets.hpp"

#include "foundation/base/text.hpp"

#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <system_error>
#include <vector>

namespace releve {

namespace {

constexpr std::string_view letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::size_t nonce_bytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t mac_bytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

std::string to_hex(const unsigned char* bytes, std::size_t size) {
  std::string text(size * 2 + 1, '\0');
  sodium_bin2hex(text.data(), text.size(), bytes, size);
  text.pop_back();
  return text;
}

/// Nothing when it is not hex of exactly this size.
std::optional<std::vector<unsigned char>> from_hex(std::string_view text, std::size_t at_least,
                                                   std::size_t at_most) {
  if (text.size() % 2 != 0 || text.size() / 2 < at_least || text.size() / 2 > at_most) {
    return std::nullopt;
  }
  std::vector<unsigned char> bytes(text.size() / 2);
  std::size_t read = 0;
  if (sodium_hex2bin(bytes.data(), bytes.size(), text.data(), text.size(), nullptr, &read, nullptr) != 0 ||
      read != bytes.size()) {
    return std::nullopt;
  }
  return bytes;
}

[[noreturn]] void cannot(const std::string& path) {
  throw EnvironmentFailure("the key file " + path + ": " + std::generic_category().message(errno));
}

/// Made beside and linked into place: of two processes that start at once, one makes the key.
void make_key_file(const std::string& path) {
  std::array<unsigned char, 32> fresh{};
  randombytes_buf(fresh.data(), fresh.size());
  const std::string text = to_hex(fresh.data(), fresh.size()) + "\n";
  std::filesystem::create_directories(std::filesystem::path(path).parent_path());
  const std::string draft = path + "." + std::to_string(::getpid());
  const int file = ::open(draft.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (file < 0) {
    cannot(draft);
  }
  const bool written =
      ::write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size()) && ::fsync(file) == 0;
  ::close(file);
  const bool placed = written && (::link(draft.c_str(), path.c_str()) == 0 || errno == EEXIST);
  ::unlink(draft.c_str());
  if (!placed) {
    cannot(path);
  }
}

}  // namespace

std::string hash_password(std::string_view password) {
  RELEVE_CHECK(sodium_init() >= 0, "libsodium starts");
  std::array<char, crypto_pwhash_STRBYTES> hash{};
  if (crypto_pwhash_str(hash.data(), password.data(), password.size(), crypto_pwhash_OPSLIMIT_INTERACTIVE,
                        crypto_pwhash_MEMLIMIT_INTERACTIVE) != 0) {
    throw EnvironmentFailure("no memory to hash a password");
  }
  return hash.data();
}

bool verify_password(const std::string& hash, std::string_view password) {
  RELEVE_CHECK(sodium_init() >= 0, "libsodium starts");
  return hash.size() < crypto_pwhash_STRBYTES &&
         crypto_pwhash_str_verify(hash.c_str(), password.data(), password.size()) == 0;
}

std::string random_letters(std::size_t n) {
  RELEVE_CHECK(sodium_init() >= 0, "libsodium starts");
  std::string text;
  while (text.size() < n) {
    text += letters[randombytes_uniform(static_cast<std::uint32_t>(letters.size()))];
  }
  return text;
}

std::string read_letters(std::string_view typed) {
  std::string text;
  for (char c : to_upper(typed)) {
    if (c == 'I' || c == 'L') {
      c = '1';
    } else if (c == 'O') {
      c = '0';
    }
    if (letters.find(c) != std::string_view::npos) {
      text += c;
    } else if (c >= 'A' && c <= 'Z') {
      return {};
    }
  }
  return text;
}

Result<InstanceKey> InstanceKey::open(const std::string& path) {
  RELEVE_CHECK(sodium_init() >= 0, "libsodium starts");
  if (!std::filesystem::exists(path)) {
    make_key_file(path);
  }
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  struct stat kept{};
  if (file < 0 || ::fstat(file, &kept) != 0) {
    cannot(path);
  }
  std::array<char, 80> text{};
  const ssize_t size = ::read(file, text.data(), text.size());
  ::close(file);
  const auto bytes =
      from_hex(trim({text.data(), static_cast<std::size_t>(std::max<ssize_t>(size, 0))}), 32, 32);
  if (!bytes || (kept.st_mode & 077) != 0) {
    return Error{ErrorKind::invalid, message("key.bad_file", {{"file", path}}), path};
  }
  std::array<unsigned char, 32> key{};
  std::copy(bytes->begin(), bytes->end(), key.begin());
  return InstanceKey(key);
}

InstanceKey::InstanceKey(const std::array<unsigned char, 32>& bytes) {
  RELEVE_CHECK(sodium_init() >= 0, "libsodium starts");
  const auto derive = [&](std::uint64_t purpose, Bytes& key) {
    crypto_kdf_derive_from_key(key.data(), key.size(), purpose, "releve01", bytes.data());
  };
  derive(1, seal_key_);
  derive(2, tag_key_);
  Bytes seed{};
  derive(3, seed);
  Bytes shown{};
  crypto_sign_seed_keypair(shown.data(), sign_key_.data(), seed.data());
  public_key_ = to_hex(shown.data(), shown.size());
}

std::string InstanceKey::seal(std::string_view text, std::string_view context) const {
  std::vector<unsigned char> sealed(nonce_bytes + text.size() + mac_bytes);
  randombytes_buf(sealed.data(), nonce_bytes);
  crypto_aead_xchacha20poly1305_ietf_encrypt(sealed.data() + nonce_bytes, nullptr, bytes_of(text),
                                             text.size(), bytes_of(context), context.size(), nullptr,
                                             sealed.data(), seal_key_.data());
  return to_hex(sealed.data(), sealed.size());
}

std::optional<std::string> InstanceKey::unseal(std::string_view sealed, std::string_view context) const {
  const auto bytes = from_hex(sealed, nonce_bytes + mac_bytes, 1'000'000);
  if (!bytes) {
    return std::nullopt;
  }
  std::string text(bytes->size() - nonce_bytes - mac_bytes, '\0');
  if (crypto_aead_xchacha20poly1305_ietf_decrypt(reinterpret_cast<unsigned char*>(text.data()), nullptr,
                                                 nullptr, bytes->data() + nonce_bytes,
                                                 bytes->size() - nonce_bytes, bytes_of(context),
                                                 context.size(), bytes->data(), seal_key_.data()) != 0) {
    return std::nullopt;
  }
  return text;
}

std::string InstanceKey::tag(std::string_view secret) const {
  std::array<unsigned char, 32> digest{};
  crypto_generichash_blake2b(digest.data(), digest.size(), bytes_of(secret), secret.size(), tag_key_.data(),
                             tag_key_.size());
  return to_hex(digest.data(), digest.size());
}

std::string InstanceKey::sign(std::string_view text) const {
  std::array<unsigned char, crypto_sign_BYTES> signature{};
  crypto_sign_detached(signature.data(), nullptr, bytes_of(text), text.size(), sign_key_.data());
  return to_hex(signature.data(), signature.size());
}

bool verify_signature(std::string_view public_key, std::string_view text, std::string_view signature) {
  RELEVE_CHECK(sodium_init() >= 0, "libsodium starts");
  const auto key = from_hex(public_key, crypto_sign_PUBLICKEYBYTES, crypto_sign_PUBLICKEYBYTES);
  const auto signed_by = from_hex(signature, crypto_sign_BYTES, crypto_sign_BYTES);
  return key && signed_by &&
         crypto_sign_verify_detached(signed_by->data(), bytes_of(text), text.size(), key->data()) == 0;
}

}  // namespace releve
