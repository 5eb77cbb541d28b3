// SPDX-License-Identifier: EUPL-1.2
#include "foundation/describe/catalogue.hpp"

#include <gtest/gtest.h>

namespace releve {
namespace {

TEST(catalogue, fills_placeholders_and_falls_back) {
  const auto catalogue =
      read_catalogue(R"({"a":"{n} lits en {place}","only.fr":"Bonjour"})", R"({"a":"{n} beds, {x}"})");
  ASSERT_TRUE(catalogue.ok());
  const Message what = message("a", {{"n", "3"}, {"place", "réa {n}"}});
  EXPECT_EQ(catalogue->say("fr", what), "3 lits en réa {n}") << "a value is never read as a template";
  EXPECT_EQ(catalogue->say("en", what), "3 beds, {x}");
  EXPECT_EQ(catalogue->say("en", "only.fr"), "Bonjour");
  EXPECT_EQ(catalogue->say("fr", "unknown.code"), "unknown.code");
  EXPECT_EQ(catalogue->find("en", "only.fr"), nullptr);
}

TEST(catalogue, refuses_what_is_not_flat_text) {
  const auto nested = read_catalogue(R"({"a":{"b":"c"}})", "{}");
  ASSERT_FALSE(nested.ok());
  EXPECT_EQ(nested.error().message.code, "json.not_a_text");
  EXPECT_EQ(nested.error().where, "fr.json: a");
  EXPECT_FALSE(read_catalogue("{}", R"({"a":"1","a":"2"})").ok());
}

}  // namespace
}  // namespace releve
