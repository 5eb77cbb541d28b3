// SPDX-License-Identifier: EUPL-1.2
#include "intake/json_stream.hpp"

#include "foundation/base/text.hpp"
#include "intake/packed_for_tests.hpp"
#include "intake/readable.hpp"

#include <gtest/gtest.h>

namespace releve::intake {
namespace {

/// Writes what it hears, one sign or word per event.
struct Echo {
  std::string heard;

  bool key(std::string_view key) { return say(std::string(key) + ":"); }

  bool scalar(const JsonScalar& value) {
    switch (value.kind) {
      case JsonKind::null:
        return say("null");
      case JsonKind::boolean:
        return say(value.flag ? "true" : "false");
      case JsonKind::whole:
        return say(std::to_string(value.whole));
      case JsonKind::real:
        return say("~" + std::to_string(value.real));
      case JsonKind::text:
        return say("'" + std::string(value.text) + "'");
    }
    return false;
  }

  bool start(bool array) { return say(array ? "[" : "{"); }

  bool end(bool array) { return say(array ? "]" : "}"); }

  bool say(const std::string& word) {
    heard += word;
    return true;
  }
};

struct Heard {
  std::string events;
  JsonEnd end;

  std::string code() const { return end.fault ? end.fault->code : ""; }
};

Heard listen(std::string_view text, std::size_t step = 1'000'000, const Limits& limits = {}) {
  DripSource source(text, step);
  Echo echo;
  JsonEnd end = read_json(source, limits, echo);
  return {echo.heard, std::move(end)};
}

TEST(json_stream, events_do_not_depend_on_how_the_bytes_come) {
  const std::string text =
      R"({"a":[1,-2,3.5,true,false,null],"clé \u00e9\n":"h\u00f4pital \"été\" 🏥",
              "big":18446744073709551615,"e":{}})";
  const Heard whole = listen(text);
  EXPECT_FALSE(whole.end.fault);
  EXPECT_EQ(
      whole.events,
      "{a:[1-2~3.500000truefalsenull]clé é\n:'hôpital \"été\" 🏥'big:~18446744073709551616.000000e:{}}");
  for (const std::size_t step : {1U, 2U, 3U, 7U, 8U, 9U, 64U}) {
    EXPECT_EQ(listen(text, step).events, whole.events) << step;
  }
}

TEST(json_stream, long_strings_cross_blocks) {
  // Every alignment of the end of a block: quotes, escapes and accents must not be cut.
  for (std::size_t pad = 65'500; pad < 65'560; ++pad) {
    const std::string text = "[\"" + std::string(pad, 'x') + "é\\n\\\"" + std::string(70'000, 'y') + "\"]";
    const Heard heard = listen(text);
    ASSERT_FALSE(heard.end.fault) << pad;
    ASSERT_EQ(heard.events, "['" + std::string(pad, 'x') + "é\n\"" + std::string(70'000, 'y') + "']") << pad;
  }
}

TEST(json_stream, byte_order_mark_is_passed_over) {
  EXPECT_EQ(listen("\xef\xbb\xbf{}").events, "{}");
  EXPECT_FALSE(listen("\xef\xbb\xbf{}").end.fault);
}

TEST(json_stream, faults_have_their_own_words) {
  using namespace std::string_literals;
  const std::vector<std::tuple<std::string, std::string, std::uint64_t>> cases{
      {"", "json.empty", 0},
      {"   ", "json.empty", 3},
      {"\xff\xfe{\0}\0"s, "json.utf16", 0},
      {"\xfe\xff\0{\0}"s, "json.utf16", 0},
      {"{\0}\0"s, "json.utf16", 0},
      {"{\"a\":[1,2", "json.truncated", 9},
      {"{\"a", "json.truncated", 3},
      {"{\"a\":tr", "json.truncated", 7},
      {"{\"a\":1,}", "json.unreadable", 7},
      {"{'a':1}", "json.unreadable", 1},
      {"// comment\n{}", "json.unreadable", 0},
      {"[\"\xc3(\"]", "json.encoding", 2},
      {"[\"\xed\xa0\x80\"]", "json.encoding", 2},
      {"[\"\\ud800\"]", "json.encoding", 2},
      {"[\"a\0b\"]"s, "json.nul_byte", 3},
      {"{\"a\":\0 1}"s, "json.nul_byte", 5},
      {"[1e999]", "json.number", 1},
  };
  for (const auto& [text, code, offset] : cases) {
    const Heard heard = listen(text);
    EXPECT_EQ(heard.code(), code) << text;
    EXPECT_EQ(heard.end.offset, offset) << text;
  }
}

TEST(json_stream, what_follows_the_text_is_told) {
  EXPECT_FALSE(listen("{}  \n\t ").end.trailing);
  EXPECT_TRUE(listen("{} {}").end.trailing);
  EXPECT_EQ(listen("{} {}").end.offset, 3U);
  EXPECT_TRUE(listen(std::string_view("{}\0{}", 5)).end.trailing);
}

TEST(json_stream, nesting_is_bounded) {
  const std::string deep(5'000'000, '[');
  const Heard heard = listen(deep);
  EXPECT_EQ(heard.code(), "json.too_deep");
  EXPECT_EQ(heard.events.size(), 64U);
  EXPECT_EQ(listen(std::string(64, '[') + std::string(64, ']')).code(), "");
  std::string objects;
  for (int i = 0; i < 100'000; ++i) {
    objects += "{\"a\":";
  }
  EXPECT_EQ(listen(objects).code(), "json.too_deep");
}

TEST(json_stream, tokens_are_bounded) {
  Limits limits;
  limits.max_token_bytes = 200'000;
  const std::string giant(2'000'000, 'x');
  EXPECT_EQ(listen("[\"" + giant + "\"]", 1'000'000, limits).code(), "json.token_too_long");
  EXPECT_EQ(listen("{\"" + giant + "\":1}", 1'000'000, limits).code(), "json.token_too_long");
  EXPECT_EQ(listen("[0." + std::string(2'000'000, '1') + "]", 1'000'000, limits).code(),
            "json.token_too_long");
  EXPECT_EQ(listen("[" + std::string(2'000'000, ' ') + "]", 1'000'000, limits).code(), "json.token_too_long");
  // As much in many small tokens is no fault.
  std::string many = "[1";
  for (int i = 0; i < 500'000; ++i) {
    many += ",1";
  }
  EXPECT_EQ(listen(many + "]", 1'000'000, limits).code(), "");
  EXPECT_EQ(listen("[\"" + std::string(190'000, 'x') + "\"]", 1'000'000, limits).code(), "");
}

TEST(json_stream, half_a_surrogate_pair_does_not_become_ill_formed_text) {
  EXPECT_EQ(listen("[\"\\udc00\"]").events, "['\xef\xbf\xbd']");
  EXPECT_EQ(listen("[\"\\ud83c\\udfe5\"]").events, "['🏥']");
}

TEST(json_stream, kept_text_is_readable) {
  EXPECT_EQ(readable("a\tb\x01", 10), "a b ");
  EXPECT_EQ(readable("hôpital", 6), "hô…");
  EXPECT_TRUE(is_valid_utf8(readable("\xff\xfe\xc3", 10)));
  EXPECT_EQ(cve_name(" cve-2021-44228 "), "CVE-2021-44228");
  for (const char* wrong :
       {"", "CVE-2021", "CVE-2021-12x4", "CVE-20x1-1234", "GHSA-2021-1234", "CVE-2021-1"}) {
    EXPECT_EQ(cve_name(wrong), "") << wrong;
  }
}

TEST(json_stream, any_cut_is_told) {
  const std::string text = R"({"a":[1,-2.5e3,"é\u00e9",{"b":null}],"c":true})";
  for (std::size_t length = 0; length < text.size(); ++length) {
    EXPECT_TRUE(listen(std::string_view(text).substr(0, length)).end.fault) << length;
  }
}

}  // namespace
}  // namespace releve::intake
