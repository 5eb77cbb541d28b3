// SPDX-License-Identifier: EUPL-1.2
#include "foundation/base/encoding.hpp"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace releve {
namespace {

// RFC 4648, section 10, and the two characters in which this alphabet differs.
TEST(base64url, known_answers) {
  const std::vector<std::pair<std::string, std::string>> known{{"", ""},
                                                               {"f", "Zg"},
                                                               {"fo", "Zm8"},
                                                               {"foo", "Zm9v"},
                                                               {"foobar", "Zm9vYmFy"},
                                                               {"\xfb\xff\xfe", "-__-"},
                                                               {{"\0\0", 2}, "AAA"}};
  for (const auto& [bytes, text] : known) {
    EXPECT_EQ(to_base64url(bytes), text);
    EXPECT_EQ(from_base64url(text), bytes) << text;
  }
}

TEST(base64url, whatever_is_not_exactly_that_is_refused) {
  for (const char* wrong : {"Z", "Zg==", "Zg=", "Zm9v\n", " Zm9v", "Zm9v+", "Zh", "Zm9", "Zm9vYmF!"}) {
    EXPECT_FALSE(from_base64url(wrong)) << wrong;
  }
}

// FIPS 180-4, the example "abc".
TEST(sha256, known_answer) {
  EXPECT_EQ(to_base64url(sha256("abc")), "ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0");
  EXPECT_EQ(to_base64url(sha256("")), "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU");
}

// RFC 4648, section 10.
TEST(base64, known_answers) {
  EXPECT_EQ(to_base64(""), "");
  EXPECT_EQ(to_base64("f"), "Zg==");
  EXPECT_EQ(to_base64("foobar"), "Zm9vYmFy");
  EXPECT_EQ(to_base64("\xfb\xff\xfe"), "+//+");
}

// RFC 4231, test case 2.
TEST(hmac_sha256, known_answer) {
  EXPECT_EQ(hmac_sha256("Jefe", "what do ya want for nothing?"),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

}  // namespace
}  // namespace releve
