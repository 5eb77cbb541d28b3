// SPDX-License-Identifier: EUPL-1.2
#include "foundation/http/head.hpp"

#include <gtest/gtest.h>

namespace releve::http {
namespace {

TEST(head, targets) {
  HttpHead head;
  EXPECT_EQ(read_target("/a%20b/%C3%A9?x=1+%2B&y", head), std::nullopt);
  EXPECT_EQ(head.path, "/a b/é");
  EXPECT_EQ(head.query, (std::map<std::string, std::string>{{"x", "1 +"}, {"y", ""}}));
  for (const char* bad :
       {"", "a", "*", "/%", "/%4", "/%4g", "/..", "/a/.", "/%2e%2E", "/\x7f", "/a?%", "/a?x&x", "/a?&"}) {
    HttpHead other;
    EXPECT_TRUE(read_target(bad, other)) << bad;
  }
  HttpHead dots;
  EXPECT_EQ(read_target("/a..b/...", dots), std::nullopt);
  HttpHead slash;
  EXPECT_EQ(read_target("/a%2Fb", slash), std::nullopt);
  EXPECT_EQ(slash.path, "/a/b");
  HttpHead empty;
  EXPECT_EQ(read_target("/a?", empty), std::nullopt);
}

TEST(head, headers_are_joined_and_measured) {
  HttpHead head;
  EXPECT_EQ(
      read_headers({{"Host", "x"}, {"Accept", " a "}, {"ACCEPT", "b"}, {"Cookie", "a=1"}, {"cookie", "b=2"}},
                   false, head),
      std::nullopt);
  EXPECT_EQ(head.header("accept"), "a, b");
  EXPECT_EQ(head.header("cookie"), "a=1; b=2");
  EXPECT_EQ(head.header("missing"), "");
  EXPECT_EQ(head.length, 0u);
  HttpHead chunked;
  EXPECT_EQ(read_headers({{"Host", "x"}, {"Transfer-Encoding", "Chunked"}}, false, chunked), std::nullopt);
  EXPECT_EQ(chunked.length, std::nullopt);
  HttpHead sized;
  EXPECT_EQ(read_headers({{"Host", "x"}, {"Content-Length", "123"}}, true, sized), std::nullopt);
  EXPECT_EQ(sized.length, 123u);
  HttpHead huge;
  EXPECT_TRUE(read_headers({{"Host", "x"}, {"Content-Length", "99999999999999999999"}}, false, huge));
}

}  // namespace
}  // namespace releve::http
