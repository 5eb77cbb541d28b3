// SPDX-License-Identifier: EUPL-1.2
#include "foundation/base/person_name.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace releve {
namespace {

TEST(person_name, is_the_same_in_any_order) {
  EXPECT_EQ(name_key("Anne ROCHE"), name_key("roche Anne"));
  EXPECT_EQ(name_key("Élodie Müller"), name_key("MULLER Elodie"));
  EXPECT_NE(name_key("Anne Roche"), name_key("Anne Rocher"));
}

TEST(person_name, may_be_one_person_s_with_initials_and_titles) {
  EXPECT_TRUE(same_name("L. Martin", "MARTIN Léa"));
  EXPECT_TRUE(same_name("Dr Claire Fontanel", "FONTANEL Claire"));
  EXPECT_TRUE(same_name("Martin", "Mme Léa Martin"));
  EXPECT_FALSE(same_name("Thomas Revel", "DURAND Thomas"));
  EXPECT_FALSE(same_name("", "MARTIN Léa"));
  EXPECT_FALSE(same_name("Dr", "Dr Martin")) << "a title is nobody's name";
}

TEST(person_name, is_looked_for_under_the_family) {
  std::vector<std::string> names{
      "ZIDANE Anne",    "Dr Claire Fontanel", "Administrateur de garde", "Yann Le Gall",  "LE GOFF Yves",
      "M. Paul Durand", "J.-P. Martin",       "Dr NOËL Claire",          "Anne d’Ornano", "ABADIE Zoé"};
  std::sort(names.begin(), names.end(), [](const std::string& a, const std::string& b) {
    return family_name_key(a) < family_name_key(b);
  });
  EXPECT_EQ(names,
            (std::vector<std::string>{"ABADIE Zoé", "Administrateur de garde", "Anne d’Ornano",
                                      "M. Paul Durand", "Dr Claire Fontanel", "Yann Le Gall", "LE GOFF Yves",
                                      "J.-P. Martin", "Dr NOËL Claire", "ZIDANE Anne"}));
  EXPECT_EQ(family_name_key(""), " ");
}

}  // namespace
}  // namespace releve
