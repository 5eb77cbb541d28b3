// SPDX-License-Identifier: EUPL-1.2
// Who is who, in the plan, in the directory and in several calls, and by which number he is reached.
#include "respond/recall/recall_for_tests.hpp"

#include <algorithm>

namespace releve::recall {
namespace {

using Names = std::vector<std::string>;

class people_called : public RecallTest {};

RELEVE_ON_BOTH_ENGINES(people_called);

TEST_P(people_called, two_of_one_name_are_told_apart) {
  directory_of("Nom;Service;Mobile\nMARTIN Claire;Réa;0611111111\nMARTIN Claire;Labo;0622222222\n");
  const crisis::Room at = activated();
  ASSERT_TRUE(call(at, order(at, {.groups = {{.q = "martin"}}})).ok());
  const Names list = names(at);
  ASSERT_EQ(list.size(), 2U);
  EXPECT_NE(list[0], list[1]);
  ASSERT_TRUE(callouts->answer(token_in(person(at, list[0]).link), true, {}, "x").ok());
  EXPECT_EQ(person(at, list[0]).state, CallState::coming);
  EXPECT_EQ(person(at, list[1]).state, CallState::called);
}

TEST_P(people_called, who_stands_in_the_plan_and_in_the_directory_is_called_once) {
  plan->contacts.at(5).other_phone = "06 66 66 66 66";
  directory_of(
      "Nom;Service;Mobile;Courriel\n"
      "PERSONNE 4;Réa;+33 6 00 00 00 04;\n"
      "PERSONNE 5;Réa;;P5@secours.example\n"
      "CINQ BIS;Réa;0655555555;P5@secours.example\n"
      "P. 6;Réa;0666666666;\n"
      "ASTREINTE 16;Réa;0666666666;un@chu.example\n"
      "GARDE A;Réa;0677777777;garde@chu.example\n"
      "GARDE B;Réa;0677777777;garde@chu.example\n"
      "SEUL;Réa;;\n");
  const crisis::Room at = activated();
  const CalloutOrder wanted =
      order(at, {.roles = {"rssi"}, .contacts = {"p5", "p6"}, .groups = {{.unit = "Réa"}}});
  const auto preview = callouts->preview(at, wanted, {"garde", "fr", "https://releve.chu.example"});
  ASSERT_TRUE(preview.ok());
  EXPECT_EQ(preview->recipients.size(), 8U);
  ASSERT_TRUE(call(at, wanted).ok());
  EXPECT_EQ(names(at), (Names{"Personne 4", "Personne 5", "Personne 6", "ASTREINTE 16", "CINQ BIS", "GARDE A",
                              "GARDE B", "SEUL"}))
      << "who shares a telephone or a mailbox, and no name, is somebody else";
}

TEST_P(people_called, who_is_called_by_the_plan_and_later_by_the_directory_is_one_person) {
  directory_of(
      "Nom;Prénom;Service;Mobile;Courriel\n"
      "PERSONNE;4 Jean;Réa;+33 6 00 00 00 04;\n"
      "PERSONNE;5;Réa;0655555555;P5@secours.example\n"
      "AUTRE;Nom;Réa;0666666666;p5@secours.example\n");
  const crisis::Room at = activated();
  ASSERT_TRUE(call(at, order(at, {.groups = {{.q = "jean"}}})).ok());
  ASSERT_TRUE(call(at, order(at, {.roles = {"rssi"}, .contacts = {"p5"}})).ok());
  ASSERT_TRUE(call(at, order(at, {.groups = {{.unit = "Réa"}}})).ok());
  EXPECT_EQ(names(at), (Names{"PERSONNE 4 Jean", "PERSONNE 4 Jean", "Personne 5", "AUTRE Nom",
                              "PERSONNE 4 Jean", "Personne 5"}))
      << "a mailbox that two share makes them no one person";
  EXPECT_EQ(callouts->view(at).all.called, 3);
  ASSERT_TRUE(callouts->answer(token_in(person(at, "PERSONNE 4 Jean").link), true, {}, "x").ok());
  EXPECT_EQ(callouts->view(at).all.coming, 1);
}

TEST_P(people_called, who_works_in_two_units_is_one_person) {
  directory_of(
      "Nom;Prénom;Service;Mobile;Courriel;Compétences\n"
      "DUPONT;Marie;Réa;0612345678;;réanimation\n"
      "DUPONT;Marie;Urgences;06 12 34 56 78;;urgences\n"
      "DUPONT;Marie;Bloc;0699999999;;\n"
      "PETIT;Anne;Bloc;;anne.petit@chu.example;\n"
      "PETIT;Anne;Réa;0611111111;anne.petit@chu.example;\n");
  const crisis::Room at = activated();
  ASSERT_TRUE(
      call(at, order(at, {.groups = {{.unit = "Réa"}, {.unit = "Urgences"}, {.unit = "Bloc"}}})).ok());
  EXPECT_EQ(names(at).size(), 3U) << "a homonym has a telephone of her own";
  EXPECT_EQ(person(at, "PETIT Anne").contact.mobile, "0611111111") << "what either line knows";
  std::vector<std::string> skills;
  for (const CalledRow& one : callouts->view(at).people) {
    skills.insert(skills.end(), one.skills.begin(), one.skills.end());
  }
  std::sort(skills.begin(), skills.end());
  EXPECT_EQ(skills, (std::vector<std::string>{"réanimation", "urgences"}));
  ASSERT_TRUE(call(at, order(at, {.groups = {{.unit = "Urgences"}}})).ok());
  EXPECT_EQ(callouts->view(at).all.called, 3) << "called again, and no third person";
}

TEST_P(people_called, the_gateway_gets_the_mobile_wherever_the_plan_has_it) {
  plan->contacts.at(3).phone = "01 99 00 40 01 (bureau)";
  plan->contacts.at(3).other_phone = "06 39 98 40 01, appeler deux fois";
  const crisis::Room at = activated();
  ASSERT_TRUE(call(at, order(at, {.roles = {"rssi"}})).ok());
  const Contact contact = person(at, "Personne 4").contact;
  EXPECT_EQ(contact.mobile, "0639984001");
  EXPECT_EQ(contact.phone, "0199004001");
}

TEST_P(people_called, a_mobile_that_only_the_directory_has_gets_the_text) {
  plan->contacts.at(3).phone = "01 99 00 40 01";
  plan->contacts.at(4).phone = "";
  directory_of(
      "Nom;Service;Mobile;Courriel\n"
      "PERSONNE 4;Réa;06 39 98 40 01;p4@secours.example\n"
      "PERSONNE 5;Réa;06 39 98 40 02;p5@secours.example\n");
  const crisis::Room at = activated();
  ASSERT_TRUE(call(at, order(at, {.roles = {"rssi"}, .contacts = {"p5"}, .groups = {{.unit = "Réa"}}})).ok());
  EXPECT_EQ(names(at).size(), 2U);
  EXPECT_EQ(person(at, "Personne 4").contact.mobile, "0639984001");
  EXPECT_EQ(person(at, "Personne 4").contact.phone, "0199004001");
  EXPECT_EQ(person(at, "Personne 5").contact.mobile, "0639984002");
}

}  // namespace
}  // namespace releve::recall
