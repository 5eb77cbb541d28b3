// SPDX-License-Identifier: EUPL-1.2
#include "foundation/report/html.hpp"

#include "foundation/report/qr.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace releve::report {
namespace {

TEST(html, closes_what_it_opens_and_escapes_every_text) {
  Html page;
  page.in("p", {{"title", "a \"b\" & 'c'"}},
          [&] { page.words("1 < 2 ").text("b", "<script>alert(1)</script>").lone("br").words("fin"); });
  EXPECT_EQ(page.take(),
            "<!doctype html>\n<p title=\"a &quot;b&quot; &amp; &#39;c&#39;\">1 &lt; 2 "
            "<b>&lt;script&gt;alert(1)&lt;/script&gt;</b><br>fin</p>");
}

TEST(html, a_text_in_a_style_sheet_stays_a_text) {
  EXPECT_EQ(css_string("Plan \"A\"\\</style>\n"),
            "\"Plan \\000022A\\000022\\00005c\\00003c/style>\\00000a\"");
}

TEST(html, bytes_travel_in_the_page) {
  EXPECT_EQ(data_url("font/woff2", "a"), "data:font/woff2;base64,YQ==");
  EXPECT_EQ(data_url("x/y", "\xfb\xff\xfe"), "data:x/y;base64,+//+");
  EXPECT_EQ(data_url("x/y", "1234"), "data:x/y;base64,MTIzNA==");
}

TEST(qr, is_a_drawing_with_its_margin) {
  // 21 modules and twice 4: the smallest code holds 14 bytes at level M.
  const std::string svg = qr_svg("HTTP://A.FR/");
  EXPECT_THAT(svg, testing::HasSubstr("viewBox=\"0 0 29 29\""));
  EXPECT_THAT(svg, testing::HasSubstr("M4 4h1v1h-1z"));          // the finder's corner
  EXPECT_THAT(svg, testing::Not(testing::HasSubstr("M5 5h1")));  // the white ring in it
  EXPECT_NE(qr_svg("https://a.example/1"), qr_svg("https://a.example/2"));
}

}  // namespace
}  // namespace releve::report
