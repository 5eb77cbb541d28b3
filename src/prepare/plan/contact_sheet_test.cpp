// SPDX-License-Identifier: EUPL-1.2
#include "prepare/plan/contact_sheet.hpp"

#include "intake/readers.hpp"
#include "prepare/cartography/test_material.hpp"

#include <gtest/gtest.h>

#include <array>
#include <chrono>

namespace releve::plan {
namespace {

const std::string today = "2026-11-26";

intake::Imported<std::vector<ListedContact>> read(const std::string& text) {
  static const Catalogue catalogue = cartography::repository_words();
  return read_contacts(intake::read_spreadsheet(text, "annuaire.csv").value, "annuaire.csv", catalogue,
                       today);
}

std::vector<std::string> codes(const std::vector<Finding>& findings) {
  std::vector<std::string> list;
  for (const Finding& one : findings) {
    list.push_back(one.message.code + "@" + std::to_string(one.line));
  }
  return list;
}

TakenContacts take(std::vector<CrisisContact>& directory, const std::string& text) {
  return take_contacts(directory, read(text).value, 7,
                       [](const ListedContact& one) { return "n" + std::to_string(one.line); });
}

using Codes = std::vector<std::string>;

std::vector<CrisisContact> two() {
  return {{.id = "lea",
           .revision = 2,
           .name = "Léa Martin",
           .post = "Directrice",
           .phone = "06 12 34 56 78",
           .checked = "2026-03-01",
           .note = "Deux sonneries"},
          {.id = "samu", .revision = 1, .group = ContactGroup::authority, .name = "SAMU", .phone = "15"}};
}

TEST(contact_sheet, new_people_are_added_and_those_there_keep_their_id_and_what_the_file_does_not_say) {
  auto directory = two();
  const auto taken =
      take(directory,
           "Nom;Fonction;Groupe;Téléphone;Autre téléphone;Courriel;Vérifié le;Source\n"
           "MARTIN Lea;Directrice générale;;0612345678;01 40 00 00 00;;;\n"
           "Petit Anne;Biologiste;personnel de l’hôpital;612000001;;a@x.example;03/11/2026;RH\n"
           "SAMU;;autorité;15;;;;\n");
  EXPECT_EQ(codes(taken.findings), Codes{});
  ASSERT_EQ(directory.size(), 3U);
  const CrisisContact& lea = directory[0];
  EXPECT_EQ(lea.id, "lea");
  EXPECT_EQ(lea.name, "Léa Martin") << "the plan's own spelling";
  EXPECT_EQ(lea.post, "Directrice générale");
  EXPECT_EQ(lea.phone, "06 12 34 56 78") << "the same number, otherwise written";
  EXPECT_EQ(lea.other_phone, "01 40 00 00 00");
  EXPECT_EQ(lea.checked, "") << "of the new number nobody knows whether it answers";
  EXPECT_EQ(lea.note, "Deux sonneries");
  EXPECT_EQ(lea.revision, 7);
  EXPECT_EQ(directory[1], two()[1]) << "nothing new";
  EXPECT_EQ(directory[2], (CrisisContact{.id = "n3",
                                         .revision = 7,
                                         .name = "Petit Anne",
                                         .post = "Biologiste",
                                         .phone = "06 12 00 00 01",
                                         .mail = "a@x.example",
                                         .checked = "2026-11-03",
                                         .source = "RH"}));
  EXPECT_EQ(taken.same, 1);
  EXPECT_EQ(taken.unlisted, 0);
}

TEST(contact_sheet, numbers_that_are_known_keep_their_order_whatever_the_columns) {
  const std::vector<CrisisContact> before = {{.id = "rssi",
                                              .revision = 1,
                                              .name = "REVEL Thomas",
                                              .phone = "06 39 98 40 01",
                                              .other_phone = "01 99 00 40 01",
                                              .checked = "2026-10-01"}};
  auto directory = before;
  take(directory, "Nom;Prénom;Téléphone fixe;Portable\nREVEL;Thomas;01 99 00 40 01;06 39 98 40 01\n");
  EXPECT_EQ(directory, before);
  take(directory, "Nom;Prénom;Portable\nREVEL;Thomas;06 39 98 40 01\n");
  EXPECT_EQ(directory, before) << "a file without the other number takes it from nobody";
  take(directory, "Nom;Prénom;Téléphone\nREVEL;Thomas;01 99 00 40 02\n");
  EXPECT_EQ(directory[0].phone, "06 39 98 40 01");
  EXPECT_EQ(directory[0].other_phone, "01 99 00 40 02") << "in the place of one of its kind";
  EXPECT_EQ(directory[0].checked, "");
  take(directory, "Nom;Prénom;Téléphone fixe;Portable\nREVEL;Thomas;01 99 00 40 03;06 39 98 40 01\n");
  EXPECT_EQ(directory[0].phone, "06 39 98 40 01");
  EXPECT_EQ(directory[0].other_phone, "01 99 00 40 03");
}

TEST(contact_sheet, both_numbers_of_a_line_are_there_once_it_is_taken) {
  const auto after = [](const std::string& phone, const std::string& other, const std::string& cells) {
    std::vector<CrisisContact> directory = {
        {.id = "a", .name = "Anne Roche", .phone = phone, .other_phone = other, .checked = "2026-10-01"}};
    const std::string text = "Nom;Téléphone;Autre téléphone\nAnne Roche;" + cells + "\n";
    take(directory, text);
    const auto once = directory;
    take(directory, text);
    EXPECT_EQ(directory, once) << cells << ": a second reading changes nothing";
    return directory[0].phone + " | " + directory[0].other_phone + (directory[0].checked.empty() ? " ?" : "");
  };
  EXPECT_EQ(after("06 12 34 56 78", "", "06 12 34 56 78;07 11 22 33 44"),
            "06 12 34 56 78 | 07 11 22 33 44 ?");
  EXPECT_EQ(after("06 12 34 56 78", "07 00 00 00 02", "06 12 34 56 78;07 11 22 33 44"),
            "06 12 34 56 78 | 07 11 22 33 44 ?");
  EXPECT_EQ(after("07 00 00 00 02", "06 12 34 56 78", "06 12 34 56 78;07 11 22 33 44"),
            "07 11 22 33 44 | 06 12 34 56 78 ?");
  EXPECT_EQ(after("06 12 34 56 78 (perso)", "", "07 11 22 33 44;"), "07 11 22 33 44 |  ?");
  EXPECT_EQ(after("06 12 34 56 78 (perso)", "", "+33 6 12 34 56 78;"), "06 12 34 56 78 (perso) | ");
  EXPECT_EQ(after("01 40 00 00 00 / 06 12 34 56 78", "", "07 11 22 33 44;"),
            "01 40 00 00 00 / 06 12 34 56 78 | 07 11 22 33 44 ?");
  EXPECT_EQ(after("01 40 00 00 00 / 06 12 34 56 78", "", "01 41 00 00 00;"),
            "01 40 00 00 00 / 06 12 34 56 78 | 01 41 00 00 00 ?");
  EXPECT_EQ(after("06 12 34 56 78", "07 00 00 00 02", "01 40 00 00 00;"),
            "06 12 34 56 78 | 01 40 00 00 00 ?");
}

TEST(contact_sheet, nobody_is_taken_out_and_a_second_reading_changes_nothing) {
  auto directory = two();
  const std::string text =
      "Name,Function,Group,Mobile,Checked on\nZoe Poe,Guard,supplier,0032 6 1,2026-11-02\n";
  EXPECT_EQ(take(directory, text).unlisted, 2);
  ASSERT_EQ(directory.size(), 3U);
  EXPECT_EQ(directory[2].phone, "+3261") << "the only number is the first";
  EXPECT_EQ(directory[2].group, ContactGroup::supplier);
  const auto once = directory;
  EXPECT_EQ(take(directory, text).same, 1);
  EXPECT_EQ(directory, once);
}

TEST(contact_sheet, a_later_check_of_the_plan_is_kept) {
  auto directory = two();
  take(directory, "Nom;Téléphone;Vérifié le\nLéa Martin;0612345678;01/02/2026\n");
  EXPECT_EQ(directory[0].checked, "2026-03-01");
  take(directory, "Nom;Téléphone;Vérifié le\nLéa Martin;0612345678;2026-11-20T10:00\n");
  EXPECT_EQ(directory[0].checked, "2026-11-20");
  take(directory, "Nom;Téléphone;Vérifié le\nLéa Martin;0700000000;01/02/2026\n");
  EXPECT_EQ(directory[0].checked, "2026-02-01") << "what the file says of the number that it brings";
}

TEST(contact_sheet, people_of_one_name_are_told_apart_by_their_function) {
  auto directory = two();
  directory.push_back(
      {.id = "other", .revision = 1, .name = "Martin Léa", .post = "Cadre", .phone = "07 00 00 00 00"});
  const auto taken = take(directory,
                          "Nom;Fonction;Téléphone\n"
                          "Léa Martin;cadre;0711111111\n"
                          "Léa Martin;;0722222222\n"
                          "Léa Martin;Pharmacienne;0733333333\n"
                          "martin léa;CADRE;0744444444\n");
  EXPECT_EQ(codes(taken.findings), Codes{"plan.contact_ambiguous@3"});
  EXPECT_EQ(directory[2].phone, "07 11 11 11 11");
  EXPECT_EQ(directory[0].phone, "06 12 34 56 78");
  ASSERT_EQ(directory.size(), 4U);
  EXPECT_EQ(directory[3].post, "Pharmacienne");
}

TEST(contact_sheet, each_line_that_is_wrong_is_named) {
  const auto listed = read(
      "Annuaire de crise\n"
      "Nom;Fonction;Groupe;Téléphone;Courriel;Vérifié le;Bureau\n"
      "Roche Anne;RSSI;amis;06 11 11 11 11;pas une adresse;hier;12\n"
      "ROCHE Anne;rssi;;06 22 22 22 22;;;\n"
      ";Sans nom;;06 33 33 33 33;;;\n"
      "Girard Marc;;;poste de garde;;2027-01-01;\n");
  EXPECT_TRUE(listed.usable());
  EXPECT_EQ(codes(listed.findings),
            (Codes{"people.unknown_column@2", "people.bad_mail@3", "plan.contact_twice@4", "people.no_name@5",
                   "people.bad_phone@6", "plan.contact_bad_day@3", "plan.contact_bad_group@3",
                   "plan.contact_bad_day@6"}));
  ASSERT_EQ(listed.value.size(), 2U);
  EXPECT_EQ(listed.value[0].said.checked, "");
  EXPECT_FALSE(listed.value[0].group);
}

TEST(contact_sheet, a_tab_of_services_before_that_of_the_people_is_passed_over) {
  intake::Workbook book;
  book.sheets = {{"Services", {{"Nom", "Pôle"}, {"Réanimation", "Urgences"}}},
                 {"Annuaire", {{"Nom", "Téléphone"}, {"Léa Martin", "06 12 34 56 78"}}}};
  const auto listed = read_contacts(book, "annuaire.xlsx", cartography::repository_words(), today);
  ASSERT_EQ(listed.value.size(), 1U);
  EXPECT_EQ(listed.value[0].said.name, "Léa Martin");
}

TEST(contact_sheet, a_file_that_is_no_directory_is_refused) {
  EXPECT_EQ(codes(read("Actif;Version\nSIL;3\n").findings), Codes{"people.no_title_line@0"});
  EXPECT_EQ(codes(read("Nom;Fonction\nRoche;RSSI\n").findings), Codes{"people.no_contact_column@0"});
  EXPECT_EQ(codes(read("Nom;Téléphone\n").findings), Codes{"people.nobody@0"});
  EXPECT_FALSE(intake::read_spreadsheet("PK\x03\x04 not a workbook", "x.xlsx").usable());
}

TEST(contact_sheet, ten_thousand_lines_are_refused_at_once_and_five_thousand_taken) {
  const auto lines = [](int count) {
    std::string text = "Nom;Fonction;Téléphone\n";
    for (int i = 0; i < count; ++i) {
      text += "NOM" + std::to_string(i) + " Prénom;Agent;06" + std::to_string(10'000'000 + i) + "\n";
    }
    return text;
  };
  const auto begun = std::chrono::steady_clock::now();
  const auto refused = read(lines(10'000));
  EXPECT_EQ(codes(refused.findings), Codes{"people.too_many@0"});
  EXPECT_TRUE(refused.value.empty());
  std::vector<CrisisContact> directory;
  EXPECT_TRUE(take(directory, lines(5'000)).findings.empty());
  EXPECT_EQ(directory.size(), 5'000U);
  EXPECT_EQ(codes(take(directory, "Nom;Téléphone\nUn de trop;0611111111\n").findings),
            Codes{"plan.too_many_contacts@0"});
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begun;
  EXPECT_LT(took.count(), 20) << "a pass over all for each line would take minutes";
}

TEST(contact_sheet, the_template_that_was_filled_in_reads_back) {
  for (const char* language : {"fr", "en"}) {
    const Catalogue catalogue = cartography::repository_words();
    report::Table table = contacts_template(catalogue, language);
    ASSERT_EQ(table.columns.size(), 9U);
    for (const std::string& group : table.columns[2].allowed) {
      table.rows.push_back(
          {"Organisme " + group, "Garde", group, "0612345678", 15.0, "a@x.example", "2026-11-02", "n", "s"});
    }
    const auto bytes = report::write_xlsx(std::array{table});
    ASSERT_TRUE(bytes.ok());
    const auto listed =
        read_contacts(intake::read_spreadsheet(*bytes, "a.xlsx").value, "a.xlsx", catalogue, today);
    EXPECT_EQ(codes(listed.findings), Codes{}) << language;
    ASSERT_EQ(listed.value.size(), 4U);
    EXPECT_EQ(listed.value[3].group, ContactGroup::supplier);
    EXPECT_EQ(listed.value[3].said.other_phone, "15");
    EXPECT_EQ(listed.value[3].said.checked, "2026-11-02");
    EXPECT_EQ(listed.value[3].said.source, "s");
  }
}

}  // namespace
}  // namespace releve::plan
