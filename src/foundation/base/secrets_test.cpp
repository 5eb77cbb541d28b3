// SPDX-License-Identifier: EUPL-1.2
#include "foundation/base/secrets.hpp"

#include "foundation/base/passphrase.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>

namespace releve {
namespace {

InstanceKey key(unsigned char filled_with) {
  std::array<unsigned char, 32> bytes{};
  bytes.fill(filled_with);
  return InstanceKey(bytes);
}

TEST(secrets, a_password_is_known_again_and_no_other) {
  const std::string hash = hash_password("correct horse battery");
  EXPECT_TRUE(hash.starts_with("$argon2id$v=19$m=65536,t=2,p=1$")) << hash;
  EXPECT_TRUE(verify_password(hash, "correct horse battery"));
  EXPECT_FALSE(verify_password(hash, "correct horse batterz"));
  EXPECT_FALSE(verify_password("", ""));
  EXPECT_FALSE(verify_password("nonsense", "nonsense"));
}

TEST(secrets, what_is_sealed_opens_with_its_key_in_its_place_alone) {
  const std::string sealed = key(1).seal("contact@hopital.example", "account:1:contact");
  EXPECT_EQ(sealed.find("contact"), std::string::npos);
  EXPECT_EQ(key(1).unseal(sealed, "account:1:contact"), "contact@hopital.example");
  EXPECT_EQ(key(1).unseal(sealed, "account:2:contact"), std::nullopt);
  EXPECT_EQ(key(2).unseal(sealed, "account:1:contact"), std::nullopt);
  std::string spoilt = sealed;
  spoilt.back() = spoilt.back() == '0' ? '1' : '0';
  EXPECT_EQ(key(1).unseal(spoilt, "account:1:contact"), std::nullopt);
  EXPECT_EQ(key(1).unseal("", ""), std::nullopt);
  EXPECT_NE(key(1).seal("x", "y"), key(1).seal("x", "y")) << "a nonce of its own each time";
}

TEST(secrets, signatures_and_tags_depend_on_the_key) {
  const std::string signature = key(1).sign("day 1");
  EXPECT_TRUE(verify_signature(key(1).public_key(), "day 1", signature));
  EXPECT_FALSE(verify_signature(key(1).public_key(), "day 2", signature));
  EXPECT_FALSE(verify_signature(key(2).public_key(), "day 1", signature));
  EXPECT_FALSE(verify_signature("", "day 1", signature));
  EXPECT_NE(key(1).tag("a"), key(2).tag("a"));
  EXPECT_NE(key(1).tag("a"), key(1).tag("b"));
}

TEST(secrets, a_code_is_read_as_people_type_it) {
  EXPECT_EQ(read_letters("abcd-ol1i z9"), "ABCD0111Z9");
  EXPECT_EQ(read_letters("\u00A0ab\u2011cd \u2014 23.4_5\n"), "ABCD2345")
      << "what a phone's keyboard makes of a dash";
  EXPECT_EQ(read_letters("ABUD"), "") << "a U is on no sheet";
  EXPECT_EQ(random_letters(20).size(), 20U);
  EXPECT_EQ(read_letters(random_letters(20)).size(), 20U);
  EXPECT_NE(random_letters(20), random_letters(20));
}

TEST(secrets, the_key_file_is_made_once_and_refused_when_others_may_read_it) {
  std::string folder = std::filesystem::temp_directory_path() / "releve-key-XXXXXX";
  ASSERT_NE(mkdtemp(folder.data()), nullptr);
  const std::string path = folder + "/keys/instance.key";
  const auto made = InstanceKey::open(path);
  ASSERT_TRUE(made.ok());
  EXPECT_EQ(InstanceKey::open(path)->public_key(), made->public_key());
  struct stat kept{};
  ASSERT_EQ(::stat(path.c_str(), &kept), 0);
  EXPECT_EQ(kept.st_mode & 0777U, 0600U);
  ASSERT_EQ(::chmod(path.c_str(), 0644), 0);
  EXPECT_EQ(InstanceKey::open(path).error().message.code, "key.bad_file");
  ASSERT_EQ(::chmod(path.c_str(), 0600), 0);
  std::ofstream(path, std::ios::trunc) << "0123";
  EXPECT_EQ(InstanceKey::open(path).error().message.code, "key.bad_file");
  std::filesystem::remove_all(folder);
}

TEST(passphrase, opens_what_it_sealed_and_nothing_else_does) {
  const std::string sealed = seal_for("quatre mots au hasard", "plan");
  EXPECT_EQ(sealed.find("plan"), std::string::npos);
  EXPECT_EQ(unseal_by("quatre mots au hasard", sealed), "plan");
  EXPECT_EQ(unseal_by("quatre mots au hasart", sealed), std::nullopt);
  std::string changed = sealed;
  changed.back() = static_cast<char>(changed.back() ^ 1);
  EXPECT_EQ(unseal_by("quatre mots au hasard", changed), std::nullopt);
  EXPECT_EQ(unseal_by("quatre mots au hasard", "court"), std::nullopt);
  EXPECT_NE(seal_for("quatre mots au hasard", "plan"), sealed) << "another salt each time";
}

}  // namespace
}  // namespace releve
