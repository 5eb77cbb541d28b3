// SPDX-License-Identifier: EUPL-1.2
#include "foundation/describe/columns.hpp"
#include "foundation/describe/json.hpp"
#include "foundation/describe/schema.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace releve {
namespace {

enum class Colour { red, blue };

constexpr auto describe(Colour*) {
  return Names{name(Colour::red, "red"), name(Colour::blue, "blue")};
}

struct Bed {
  std::string id;
  int floor = 0;
  bool operator==(const Bed&) const = default;
};

constexpr auto describe(Bed*) {
  return Fields{field<&Bed::id>("identity", {.min_length = 1, .max_length = 4}),
                field<&Bed::floor>("storey", {.minimum = -2, .maximum = 20})};
}

struct Ward {
  std::string name;
  std::optional<double> share;
  std::vector<Bed> beds;
  std::map<std::string, std::int64_t> counts;
  Colour colour = Colour::red;
  Instant opened{};
  bool open = false;
  bool operator==(const Ward&) const = default;
};

constexpr auto describe(Ward*) {
  return Fields{field<&Ward::name>("name"),
                field<&Ward::share>("share"),
                field<&Ward::beds>("beds"),
                field<&Ward::counts>("counts"),
                field<&Ward::colour>("colour"),
                field<&Ward::opened>("since"),
                field<&Ward::open>("open now", {.optional = true})};
}

const Ward ward{"Réa",
                0.1,
                {{"a1", 3}, {"b", -1}},
                {{"x", 1}, {"y", -9007199254740993}},
                Colour::blue,
                Instant(std::chrono::milliseconds(1'700'000'000'123)),
                true};

TEST(json, round_trip_and_stable_order) {
  const std::string text = to_json(ward);
  EXPECT_EQ(
      text,
      R"({"name":"Réa","share":0.1,"beds":[{"id":"a1","floor":3},{"id":"b","floor":-1}],)"
      R"("counts":{"x":1,"y":-9007199254740993},"colour":"blue","opened":"2023-11-14T22:13:20.123Z","open":true})");
  const auto back = from_json<Ward>(text);
  ASSERT_TRUE(back.ok());
  EXPECT_EQ(*back, ward);
}

struct BadCase {
  const char* text;
  const char* code;
  const char* where;
};

TEST(json, a_letter_with_an_accent_is_one_character) {
  EXPECT_EQ(detail::characters_of("été à Sète"), 10U);
  EXPECT_TRUE(from_json<Bed>(R"({"id":"été!","floor":1})").ok()) << "four, as the limit says";
}

TEST(json, faults_name_their_place) {
  const BadCase cases[] = {
      {R"({"id":"a"})", "json.missing", "floor"},
      {R"({"id":"a","floor":1,"x":2})", "json.unknown_member", ""},
      {R"({"id":"","floor":1})", "json.too_short", "id"},
      {R"({"id":"abcde","floor":1})", "json.too_long", "id"},
      {R"({"id":"a","floor":21})", "json.too_big", "floor"},
      {R"({"id":"a","floor":1.5})", "json.not_a_whole_number", "floor"},
      {R"({"id":"a","floor":99999999999})", "json.not_a_whole_number", "floor"},
      {R"({"id":7,"floor":1})", "json.not_a_text", "id"},
      {R"({"id":"a\u0000","floor":1})", "json.nul", "id"},
      {R"({"id":"a","id":"b","floor":1})", "json.duplicate_member", "id"},
      {R"([])", "json.not_an_object", ""},
      {R"({"id":"a","floor":1} x)", "json.syntax", ""},
      {R"({"id":"a","floor":)", "json.syntax", ""},
      {"", "json.syntax", ""},
      {"{\"id\":\"\xC0\xAF\",\"floor\":1}", "json.syntax", ""},
      {R"({"id":"\ude09","floor":1})", "json.syntax", ""},
      {R"({"id":"\ud83d","floor":1})", "json.syntax", ""},
      {R"({"id":"a","\udc00":1})", "json.syntax", ""},
  };
  for (const auto& [text, code, where] : cases) {
    const auto result = from_json<Bed>(text);
    ASSERT_FALSE(result.ok()) << text;
    EXPECT_EQ(result.error().message.code, code) << text;
    EXPECT_EQ(result.error().where, where) << text;
  }
  const auto deep = from_json<Ward>(
      R"({"name":"","share":null,"beds":[{"id":"a","floor":1},{"id":"b","floor":true}],"counts":{},"colour":"red","opened":"2023-11-14"})");
  ASSERT_FALSE(deep.ok());
  EXPECT_EQ(deep.error().where, "beds[1].floor");
}

struct NumberCase {
  const char* text = "";
  double value = 0;
  std::optional<std::int64_t> whole;
};

TEST(json, numbers_are_exact) {
  const NumberCase cases[] = {
      {"0", 0, 0},
      {"-0", 0, 0},
      {"-0.0", -0.0, 0},
      {"0e72", 0, 0},
      {"0.000e-999999999999", 0, 0},
      {"9007199254740993", 9007199254740992.0, 9007199254740993},
      {"9007199254740993.0", 9007199254740992.0, 9007199254740992},
      {"-9223372036854775808", -9223372036854775808.0, std::numeric_limits<std::int64_t>::min()},
      {"9223372036854775808", 9223372036854775808.0, std::nullopt},
      {"18446744073709551616", 18446744073709551616.0, std::nullopt},
      {"1.7976931348623157e308", std::numeric_limits<double>::max(), std::nullopt},
      {"0.17976931348623157e309", std::numeric_limits<double>::max(), std::nullopt},
      {"4.9406564584124654e-324", std::numeric_limits<double>::denorm_min(), std::nullopt},
      {"1e-400", 0, 0},
      {"-1e-400", -0.0, 0},
      {"1.5E+1", 15, 15},
      {"0.1", 0.1, std::nullopt},
  };
  for (const auto& [text, value, whole] : cases) {
    const auto read = JsonDocument::parse(text);
    ASSERT_TRUE(read.ok()) << text;
    ASSERT_EQ(read->root().kind(), JsonValue::Kind::number) << text;
    EXPECT_EQ(read->root().number(), value) << text;
    EXPECT_EQ(std::signbit(read->root().number()), std::signbit(value)) << text;
    EXPECT_EQ(read->root().integer(), whole) << text;
  }
}

TEST(json, numbers_too_big_are_refused) {
  for (const std::string& text : {std::string("1e400"), std::string("-1e400"), std::string("9e308"),
                                  std::string("0.9e309"), std::string("1.7976931348623159e308"),
                                  std::string("1e99999999999999999999"), std::string(400, '9')}) {
    const auto read = JsonDocument::parse("[1," + text + "]");
    ASSERT_FALSE(read.ok()) << text;
    EXPECT_EQ(read.error().message.code, "json.syntax") << text;
    EXPECT_EQ(read.error().message.params[0].value, "3") << text;
    EXPECT_EQ(read.error().message.params[1].value, "Number too big to be stored in double.") << text;
  }
}

TEST(json, hostile_text_is_bounded) {
  for (const std::string& text : {std::string(5'000'000, '['), std::string(100'000, '{'),
                                  std::string("\"") + std::string(17'000'000, 'a')}) {
    EXPECT_FALSE(from_json<Ward>(text).ok());
  }
  std::string nested;
  for (int i = 0; i < 65; ++i) {
    nested += "[";
  }
  nested += std::string(65, ']');
  EXPECT_EQ(from_json<Ward>(nested).error().message.code, "json.too_deep");
}

TEST(schema, component_says_rules) {
  Schemas components;
  EXPECT_EQ(schema_of<Ward>(components), R"({"$ref":"#/components/schemas/Ward"})");
  ASSERT_TRUE(components.contains("Bed"));
  EXPECT_EQ(components["Bed"],
            R"({"type":"object","additionalProperties":false,"required":["id","floor"],"properties":{)"
            R"("id":{"type":"string","minLength":1,"maxLength":4,"description":"identity"},)"
            R"("floor":{"type":"integer","minimum":-2,"maximum":20,"description":"storey"}}})");
}

TEST(columns, kinds) {
  const auto columns = columns_of<Ward>();
  ASSERT_EQ(columns.size(), 7U);
  EXPECT_EQ(columns[1].name, "share");
  EXPECT_EQ(columns[1].type, ColumnType::real);
  EXPECT_TRUE(columns[1].nullable);
  EXPECT_EQ(columns[2].type, ColumnType::text);
  EXPECT_EQ(columns[5].type, ColumnType::integer);
  EXPECT_EQ(columns[6].type, ColumnType::integer);
}

}  // namespace
}  // namespace releve
