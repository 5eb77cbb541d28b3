// SPDX-License-Identifier: EUPL-1.2
#include "foundation/http/static_files.hpp"

#include "foundation/http/server_for_tests.hpp"

#include <gtest/gtest.h>

#include <array>

namespace releve::http {
namespace {

constexpr std::array<EmbeddedFile, 6> files{{
    {"index.html", "<html nonce=\"STYLE-NONCE\">page</html>"},
    {"assets/app-3f2a.js", "console.log('long script')"},
    {"assets/app-3f2a.js.gz", "\x1f\x8b packed"},
    {"favicon.svg", "<svg/>"},
    {"fonts/text.woff2", "font"},
    {"empty.txt", ""},
}};

HttpHead get(std::string path, std::map<std::string, std::string> headers = {}) {
  HttpHead head;
  head.method = "GET";
  head.path = std::move(path);
  head.headers = std::move(headers);
  return head;
}

std::string header(const HttpReply& reply, std::string_view name) {
  for (const auto& [key, value] : reply.headers) {
    if (key == name) {
      return value;
    }
  }
  return "";
}

TEST(static_files, found_by_exact_name_with_type_and_cache) {
  const StaticFiles site(files, [] { return std::string("n1"); });
  const auto script = site.reply(get("/assets/app-3f2a.js"));
  ASSERT_TRUE(script);
  EXPECT_EQ(script->lasting, "console.log('long script')");
  EXPECT_EQ(header(*script, "Content-Type"), "text/javascript; charset=utf-8");
  EXPECT_EQ(header(*script, "Cache-Control"), "public, max-age=31536000, immutable");
  EXPECT_EQ(header(*script, "Vary"), "Accept-Encoding");
  EXPECT_EQ(header(*script, "Content-Encoding"), "");
  const auto page = site.reply(get("/"));
  ASSERT_TRUE(page);
  EXPECT_EQ(page->body, "<html nonce=\"n1\">page</html>");
  EXPECT_EQ(header(*page, "Content-Type"), "text/html; charset=utf-8");
  EXPECT_EQ(header(*site.reply(get("/fonts/text.woff2")), "Content-Type"), "font/woff2");
  EXPECT_EQ(site.reply(get("/empty.txt"))->status, 200);
}

TEST(static_files, a_page_has_a_nonce_of_its_own_and_is_not_kept) {
  int minted = 0;
  const StaticFiles site(files, [&] { return "n" + std::to_string(++minted); });
  for (const char* nonce : {"n1", "n2"}) {
    const auto page = site.reply(get("/", {{"if-none-match", "*"}, {"accept-encoding", "gzip"}}));
    EXPECT_EQ(page->status, 200);
    EXPECT_EQ(page->body, "<html nonce=\"" + std::string(nonce) + "\">page</html>");
    EXPECT_NE(
        header(*page, "Content-Security-Policy").find("style-src 'self' 'nonce-" + std::string(nonce) + "';"),
        std::string::npos);
    EXPECT_EQ(header(*page, "Cache-Control"), "no-store");
    EXPECT_EQ(header(*page, "ETag"), "");
  }
  EXPECT_EQ(header(*site.reply(get("/favicon.svg")), "Content-Security-Policy"), "") << "the server's own";
}

TEST(static_files, packed_sibling_for_those_who_accept_it) {
  const StaticFiles site(files, [] { return std::string("n1"); });
  for (const auto& [accepts, packed] : std::map<std::string, bool>{{"gzip, deflate, br", true},
                                                                   {"br;q=1, GZIP;q=0.5", true},
                                                                   {"*", true},
                                                                   {"gzip;q=0", false},
                                                                   {"br", false},
                                                                   {"", false}}) {
    const auto reply = site.reply(get("/assets/app-3f2a.js", {{"accept-encoding", accepts}}));
    EXPECT_EQ(header(*reply, "Content-Encoding"), packed ? "gzip" : "") << accepts;
    EXPECT_EQ(reply->lasting.starts_with("\x1f"), packed) << accepts;
  }
}

TEST(static_files, etag_answers_304) {
  const StaticFiles site(files, [] { return std::string("n1"); });
  const std::string etag = header(*site.reply(get("/favicon.svg")), "ETag");
  EXPECT_EQ(etag.size(), 34u);
  for (const std::string& given : {etag, "W/" + etag, "\"x\", " + etag, std::string("*")}) {
    const auto reply = site.reply(get("/favicon.svg", {{"if-none-match", given}}));
    EXPECT_EQ(reply->status, 304) << given;
    EXPECT_TRUE(reply->lasting.empty());
  }
  EXPECT_EQ(site.reply(get("/favicon.svg", {{"if-none-match", "\"x\""}}))->status, 200);
  const auto packed = site.reply(get("/assets/app-3f2a.js", {{"accept-encoding", "gzip"}}));
  EXPECT_NE(header(*packed, "ETag"), header(*site.reply(get("/assets/app-3f2a.js")), "ETag"));
}

TEST(static_files, screens_of_the_page_are_the_page) {
  const StaticFiles site(files, [] { return std::string("n1"); });
  const std::map<std::string, std::string> browser{{"accept", "text/html,application/xhtml+xml"}};
  EXPECT_EQ(site.reply(get("/preparer/imports/7", browser))->body, "<html nonce=\"n1\">page</html>");
  EXPECT_FALSE(site.reply(get("/preparer/imports/7")));
  EXPECT_FALSE(site.reply(get("/assets/old-1111.js", browser))) << "a missing script is no page";
  HttpHead post = get("/", browser);
  post.method = "POST";
  EXPECT_FALSE(site.reply(post));
}

TEST(static_files, no_way_out_of_the_table) {
  TestServer server({}, [](HttpRequest&& request) {
    static const StaticFiles site(files, [] { return std::string("n1"); });
    return site.reply(request.head).value_or(refusal(404, "test.none"));
  });
  Client client(server.port());
  const Answer page = client.get("/", "Accept: text/html\r\n");
  EXPECT_EQ(page.body, "<html nonce=\"n1\">page</html>");
  EXPECT_NE(page.headers.at("content-security-policy").find("'nonce-n1'"), std::string::npos)
      << "and no other";
  EXPECT_EQ(page.headers.at("content-security-policy").find("unsafe"), std::string::npos);
  EXPECT_EQ(client.get("/empty.txt").status, 200);
  const Answer same = client.get("/favicon.svg", "If-None-Match: *\r\n");
  EXPECT_EQ(same.status, 304);
  EXPECT_NE(same.headers.at("content-security-policy").find("style-src 'self';"), std::string::npos);
  EXPECT_EQ(client.get("/favicon.svg").headers.at("cache-control"), "no-cache");
  for (const char* target :
       {"/../etc/passwd", "/%2e%2e/etc/passwd", "/..%2fetc/passwd", "/assets/../../etc/passwd",
        "/%2e%2e%5cetc", "//etc/passwd", "/etc/passwd", "/assets//app-3f2a.js", "/assets", "/index.html/",
        "/index.html%00.js", "/C:/x"}) {
    Client attacker(server.port());
    const int status = attacker.get(target).status;
    EXPECT_TRUE(status == 400 || status == 404) << target << " " << status;
  }
}

}  // namespace
}  // namespace releve::http
