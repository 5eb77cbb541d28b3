// SPDX-License-Identifier: EUPL-1.2
#include "foundation/base/reach.hpp"

#include <gtest/gtest.h>

namespace releve {
namespace {

TEST(phone, is_kept_in_digits) {
  EXPECT_EQ(tidy_phone("06 12 34 56 78"), "0612345678");
  EXPECT_EQ(tidy_phone("06.12.34.56.78"), "0612345678");
  EXPECT_EQ(tidy_phone("0033 6 12 34 56 78"), "+33612345678");
  EXPECT_EQ(tidy_phone("+33 (6) 12-34-56-78"), "+33612345678");
  EXPECT_EQ(tidy_phone("612345678"), "0612345678");
  EXPECT_EQ(tidy_phone("4312"), "4312");
  using Numbers = std::vector<std::string>;
  EXPECT_EQ(phones_in("06 39 98 10 01 (perso, appeler deux fois)"), Numbers{"0639981001"});
  EXPECT_EQ(phones_in("01 99 00 40 01 / 06 39 98 40 01"), (Numbers{"0199004001", "0639984001"}));
  EXPECT_EQ(phones_in("perso : +33 (0)6 39 98 10 01"), Numbers{"+33639981001"});
  for (const char* note : {" (24h/24)", " (24/24)", " 24/7", "/02", " (12)", " (2 fois)", " - 8h à 18h",
                           ", poste 4312", " (depuis le 2026-01-12)"}) {
    EXPECT_EQ(phones_in(std::string("06 39 98 10 01") + note), Numbers{"0639981001"}) << note;
    EXPECT_EQ(phones_in(std::string("+33 (0)6 39 98 10 01") + note), Numbers{"+33639981001"}) << note;
  }
  EXPECT_EQ(phones_in("+41 79 123 45 67 (24h/24)"), Numbers{"+41791234567"});
  EXPECT_EQ(phones_in("+41 79 123 45 67 (24/24)"), Numbers{"+41791234567"});
  for (const char* too_long : {"06 39 98 100 01", "+33 6 39 98 100 01", "07700 900123", "030 1234 5678"}) {
    EXPECT_EQ(phones_in(too_long), Numbers{}) << "and not somebody else's";
  }
  EXPECT_EQ(phones_in("+1 (212) 555 12 34"), Numbers{"+12125551234"});
  EXPECT_EQ(phones_in("01 99 00 40 01 - 06 39 98 40 01"), (Numbers{"0199004001", "0639984001"}));
  EXPECT_EQ(phones_in("01 99 00 40 01 (06 39 98 40 01)"), (Numbers{"0199004001", "0639984001"}));
  EXPECT_EQ(phones_in("le 2026-01-12, 06 39 98 40"), Numbers{});
  EXPECT_EQ(phones_in("4312"), Numbers{"4312"});
  EXPECT_EQ(phones_in("3 appels, puis le poste 4312"), Numbers{});
  EXPECT_EQ(phones_in("par le standard"), Numbers{});
  for (const char* mobile : {"0639981001", "0739981001", "+33639981001", "+262692123456", "+41791234567"}) {
    EXPECT_TRUE(takes_texts(mobile)) << mobile;
  }
  for (const char* fixed : {"0199004001", "+33199004001", "+262262123456", "4312", ""}) {
    EXPECT_FALSE(takes_texts(fixed)) << fixed;
  }
  EXPECT_EQ(tidy_phone(""), "");
  EXPECT_EQ(tidy_phone("06 12 ou 13"), "");
  EXPECT_EQ(tidy_phone("1234567890123456"), "");
  EXPECT_EQ(tidy_phone("01/23/45/67/89"), "0123456789");
  EXPECT_EQ(tidy_phone("04 93 03 11 11 / 4512"), "") << "two numbers are not one";
  EXPECT_EQ(tidy_phone("4512 / 45134"), "");
}

TEST(phone, is_the_same_however_it_is_written) {
  EXPECT_TRUE(same_phone("06 39 98 10 01", "+33 6 39 98 10 01 (perso)"));
  EXPECT_TRUE(same_phone("01 99 00 40 01 / 06 39 98 40 01", "0639984001"));
  EXPECT_TRUE(same_phone("15", "15"));
  EXPECT_FALSE(same_phone("06 39 98 10 01", "06 39 98 10 02"));
  EXPECT_FALSE(same_phone("4312", "06 39 98 43 12"));
  EXPECT_FALSE(same_phone("", ""));
  EXPECT_EQ(tidy_phone("612345678.0"), "0612345678") << "a table of figures with blanks in it";
  EXPECT_EQ(tidy_phone("33612345678,0"), "+33612345678");
}

TEST(phone, has_no_zero_behind_the_code_of_a_country) {
  EXPECT_EQ(tidy_phone("+33 (0)6 12 34 56 78"), "+33612345678");
  EXPECT_EQ(tidy_phone("+33 ( 0 ) 6 12 34 56 78"), "+33612345678");
  EXPECT_EQ(tidy_phone("+33(0)612345678"), "+33612345678");
  EXPECT_EQ(tidy_phone("0033 (0)6 12 34 56 78"), "+33612345678");
  EXPECT_EQ(tidy_phone("+32 (0)470 12 34 56"), "+32470123456");
  EXPECT_EQ(tidy_phone("(0)6 12 34 56 78"), "0612345678") << "from within it is";
  EXPECT_EQ(tidy_phone("(06) 12 34 56 78"), "0612345678");
  EXPECT_EQ(tidy_phone("33612345678"), "+33612345678") << "a spreadsheet took the + for a sign";
  EXPECT_EQ(tidy_phone("33012345678"), "33012345678");
  for (const char* wrong : {"+33 06 12 34 56 78", "+33 6 12 34 56", "+33 6 12 34 56 78 9",
                            "0033 06 12 34 56 78", "+33 (0) 06 12 34 56 78", "+33 (0"}) {
    EXPECT_EQ(tidy_phone(wrong), "") << wrong;
  }
  for (const char* overseas :
       {"+262692123456", "+590690123456", "+594694123456", "+596696123456", "+687123456", "+68987123456"}) {
    EXPECT_EQ(tidy_phone(overseas), overseas);
  }
}

TEST(mail_address, is_plain) {
  EXPECT_TRUE(is_mail_address("e.martin@chu.example"));
  for (const char* wrong : {"", "x", "@chu.example", "a@b@c.example", "a b@c.example", "a@chu", "a@.example",
                            "a\r\nBcc: x@y.example", "<a@chu.example>", "é@chu.example"}) {
    EXPECT_FALSE(is_mail_address(wrong)) << wrong;
  }
}

}  // namespace
}  // namespace releve
