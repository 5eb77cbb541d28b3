// SPDX-License-Identifier: EUPL-1.2
// For tests: a browser with an authenticator of its own (ES256), which can be told to do anything wrong.
#pragma once

#include "foundation/base/encoding.hpp"
#include "foundation/base/hash.hpp"
#include "steer/access/authenticator.hpp"

#include <openssl/ec.h>
#include <openssl/evp.h>

#include <cstdint>
#include <memory>
#include <string>

namespace releve::access {

class AuthenticatorForTests {
 public:
  /// What it does; a test changes one thing at a time.
  struct Behaviour {
    std::string origin = "https://releve.example";
    std::string host = "releve.example";
    std::string extra_client_data;  // further members of the client data: ",\"crossOrigin\":true"
    std::uint8_t flags = 0x05;      // user present and verified
    std::uint32_t counter = 0;
  };

  AuthenticatorForTests() : key_(EVP_EC_gen("P-256"), &EVP_PKEY_free) {}

  const std::string& credential() const { return credential_; }

  Registration make(const std::string& challenge, const Behaviour& how) const {
    const std::string credential = from_base64url(credential_).value();
    std::string data = head(how, 0x40);
    data.append(16, '\0');  // AAGUID: not told
    data.append({static_cast<char>(credential.size() >> 8U), static_cast<char>(credential.size())});
    data += credential + cose_key();
    return {to_base64url(client_data("webauthn.create", challenge, how)), to_base64url(data)};
  }

  Assertion sign(const std::string& challenge, const std::string& user, const Behaviour& how) const {
    const std::string client = client_data("webauthn.get", challenge, how);
    const std::string data = head(how, 0);
    return {credential_, to_base64url(user), to_base64url(client), to_base64url(data),
            to_base64url(signature(data + sha256(client)))};
  }

 private:
  static std::string client_data(const char* type, const std::string& challenge, const Behaviour& how) {
    return R"({"type":")" + std::string(type) + R"(","challenge":")" + challenge + R"(","origin":")" +
           how.origin + "\"" + how.extra_client_data + "}";
  }

  static std::string head(const Behaviour& how, std::uint8_t more_flags) {
    std::string data = sha256(how.host);
    data += static_cast<char>(how.flags | more_flags);
    for (const unsigned shift : {24U, 16U, 8U, 0U}) {
      data += static_cast<char>(how.counter >> shift);
    }
    return data;
  }

  /// {1: 2, 3: -7, -1: 1, -2: x, -3: y} in CBOR (RFC 9053, section 7.1.1).
  std::string cose_key() const {
    unsigned char* point = nullptr;
    const std::size_t size = EVP_PKEY_get1_encoded_public_key(key_.get(), &point);
    const std::string bytes(reinterpret_cast<const char*>(point), size);  // 4, x, y
    OPENSSL_free(point);
    return std::string("\xa5\x01\x02\x03\x26\x20\x01\x21\x58\x20", 10) + bytes.substr(1, 32) +
           "\x22\x58\x20" + bytes.substr(33, 32);
  }

  std::string signature(const std::string& over) const {
    const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
    std::string bytes(128, '\0');
    std::size_t size = bytes.size();
    const bool signed_it =
        EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, key_.get()) == 1 &&
        EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(bytes.data()), &size,
                       reinterpret_cast<const unsigned char*>(over.data()), over.size()) == 1;
    RELEVE_CHECK(signed_it, "OpenSSL signs");
    bytes.resize(size);
    return bytes;
  }

  std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key_;
  std::string credential_ = to_base64url(random_hex(16));
};

}  // namespace releve::access
