// SPDX-License-Identifier: EUPL-1.2
#include "respond/recall/directory.hpp"

#include "foundation/report/workbook.hpp"
#include "foundation/store/described_rows.hpp"
#include "foundation/store/schema.hpp"
#include "prepare/cartography/facilities_for_tests.hpp"
#include "respond/recall/staff_sheet.hpp"
#include "respond/recall/stored.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <fstream>
#include <map>

namespace releve::recall {
namespace {

class directory : public cartography::FacilityTest {
 protected:
  void begin() override {
    own = std::make_unique<Directory>(
        Directory::Parts{*database, clock, InstanceKey(std::array<unsigned char, 32>{7})});
  }

  void TearDown() override {
    own.reset();
    FacilityTest::TearDown();
  }

  std::string file(const std::string& text) {
    const std::string path = folder.path() + "/staff.csv";
    std::ofstream(path, std::ios::binary) << text;
    return path;
  }

  StaffPreview look(const std::string& text) { return own->preview(id, "agents.csv", file(text)); }

  Result<StaffPreview> take(const std::string& text) {
    const std::string path = file(text);
    return own->accept(id, "agents.csv", path, own->preview(id, "agents.csv", path).hash, "cadre");
  }

  std::vector<std::string> names(const StaffFilter& filter) {
    std::vector<std::string> list;
    for (const StaffMember& one : own->search(id, filter, 0, 100).items) {
      list.push_back(one.name);
    }
    return list;
  }

  static std::vector<std::string> codes(const StaffPreview& preview) {
    std::vector<std::string> list;
    for (const Finding& finding : preview.findings) {
      list.push_back(finding.message.code + "@" + std::to_string(finding.line));
    }
    return list;
  }

  std::unique_ptr<Directory> own;
};

RELEVE_ON_BOTH_ENGINES(directory);

constexpr const char* three =
    "Nom;Prénom;Site;Service/Unité;Compétences;Fonction;Téléphone;Mobile;Courriel\n"
    "MARTIN;Élodie;Nord;Réanimation;dialyse, ECMO;Infirmière;01 23 45 67 89;06 12 34 56 "
    "78;e.martin@chu.example\n"
    "DURAND;Paul;Nord;Informatique;réseau;Technicien;;+33 6 98 76 54 32;\n"
    "PETIT;Anne;Sud;Laboratoire;;Biologiste;4312;;anne.petit@chu.example\n";

using Names = std::vector<std::string>;

TEST_P(directory, tables_have_the_described_columns) {
  EXPECT_EQ(store::stored_columns(*database, "staff"), store::described_columns<StoredStaff>());
  EXPECT_EQ(store::stored_columns(*database, "staff_directory"), store::described_columns<StaffDirectory>());
}

TEST_P(directory, a_file_is_looked_at_before_it_replaces_the_directory) {
  const StaffPreview seen = look(three);
  EXPECT_TRUE(seen.usable);
  EXPECT_EQ(seen.people, 3);
  EXPECT_EQ(seen.added, 3);
  EXPECT_EQ(codes(seen), Names{});
  EXPECT_FALSE(own->search(id, {}, 0, 10).directory) << "nothing is kept of a file that was only looked at";

  ASSERT_TRUE(take(three).ok());
  const StaffPage page = own->search(id, {}, 0, 10);
  ASSERT_EQ(page.items.size(), 3U);
  EXPECT_EQ(page.directory->imported_by, "cadre");
  EXPECT_EQ(page.items[0].name, "DURAND Paul");
  EXPECT_EQ(page.items[0].contact.mobile, "+33698765432");
  EXPECT_EQ(page.items[1].contact, (Contact{"0123456789", "0612345678", "e.martin@chu.example"}));
  EXPECT_EQ(page.items[1].skills, (Names{"dialyse", "ECMO"}));
  EXPECT_EQ(page.items[1].source_row, 2);
  EXPECT_EQ(page.sites.size(), 2U);
  EXPECT_EQ(page.sites[0].people, 2);

  const auto other = own->accept(id, "agents.csv", file(three), std::string(64, '0'), "cadre");
  ASSERT_FALSE(other.ok());
  EXPECT_EQ(other.error().message.code, "staff.other_file");
}

TEST_P(directory, what_was_looked_at_against_another_directory_does_not_replace_the_one_in_place) {
  ASSERT_TRUE(take(three).ok());
  const std::string seen = look(three).hash;
  EXPECT_EQ(look(three).hash, seen);
  ASSERT_TRUE(take("Nom;Service;Mobile\nNEUVE;Réa;0611111111\n").ok());
  const auto late = own->accept(id, "agents.csv", file(three), seen, "cadre");
  ASSERT_FALSE(late.ok());
  EXPECT_EQ(late.error().message.code, "staff.other_file");
  EXPECT_EQ(names({}), Names{"NEUVE"});
}

TEST_P(directory, who_stays_keeps_his_identity_and_who_left_is_gone) {
  ASSERT_TRUE(take(three).ok());
  const auto before = own->search(id, {.q = "martin"}, 0, 10).items.at(0);
  const std::string next =
      "Name;First name;Unit;Mobile\n"
      "Martin;Elodie;Reanimation;0611111111\n"
      "NOUVEAU;Luc;Laboratoire;0622222222\n";
  const auto seen = take(next);
  ASSERT_TRUE(seen.ok());
  EXPECT_EQ(seen->added, 1);
  EXPECT_EQ(seen->changed, 1);
  EXPECT_EQ(seen->gone, 2);
  const auto after = own->search(id, {.q = "martin"}, 0, 10).items.at(0);
  EXPECT_EQ(after.id, before.id) << "spelt otherwise, the same person";
  EXPECT_EQ(after.contact.mobile, "0611111111");
  EXPECT_EQ(names({}), (Names{"Martin Elodie", "NOUVEAU Luc"}));
}

TEST_P(directory, a_column_is_known_by_the_words_of_its_title) {
  for (const char* title : {"Téléphone mobile", "Tél. portable", "Tél mobile", "GSM", "N° portable",
                            "Portable pro", "Numéro de portable", "Mobile phone number"}) {
    ASSERT_TRUE(take("Nom et prénom;Pôle;" + std::string(title) + ";Tél. fixe;Adresse e-mail\n" +
                     "MARTIN Élodie;Réanimation;0611111111;0122222222;e.martin@chu.example\n")
                    .ok())
        << title;
    const StaffPage page = own->search(id, {}, 0, 10);
    ASSERT_EQ(page.items.size(), 1U);
    EXPECT_EQ(page.items[0].contact, (Contact{"0122222222", "0611111111", "e.martin@chu.example"})) << title;
    EXPECT_EQ(page.items[0].unit, "Réanimation");
  }
  EXPECT_EQ(codes(look("Nom;GSM;Adresse mail\nMARTIN;0611111111;e.martin@chu.example\n")), Names{});
  ASSERT_TRUE(take("Pôle;Nom;UF;Service;Tél mobile pro;Mobile;Date du mail\n"
                   "Critique;MARTIN;3401;Réa;4312;0611111111;12/03/2026\n")
                  .ok());
  const StaffMember one = own->search(id, {}, 0, 10).items.at(0);
  EXPECT_EQ(one.unit, "Réa") << "a whole title goes before a second choice";
  EXPECT_EQ(one.contact, (Contact{"", "0611111111", ""})) << "and before a word of one";
}

TEST_P(directory, a_column_of_numbers_that_is_not_read_is_a_warning) {
  const StaffPreview seen = look(
      "Nom;Mobile;Astreinte;Messagerie;Matricule;Né le\n"
      "MARTIN;0611111111;06 22 22 22 22;a@chu.example;1234567890;12/03/1980\n"
      "DURAND;0633333333;voir cadre;b@chu.example;2345678901;13/03/1980\n"
      "PETIT;0644444444;+33 6 55 55 55 55;;3456789012;14/03/1980\n");
  EXPECT_EQ(codes(seen), (Names{"people.unread_numbers@1", "people.unread_numbers@1",
                                "people.unknown_column@1", "people.unknown_column@1"}));
  EXPECT_EQ(seen.findings.at(0).severity, Severity::warning);
  EXPECT_EQ(seen.findings.at(0).message.params.at(0).value, "Astreinte");
  EXPECT_EQ(seen.findings.at(0).message.params.at(1).value, "2");
}

TEST_P(directory, fewer_mobiles_than_before_are_a_warning) {
  ASSERT_TRUE(take(three).ok());
  EXPECT_EQ(codes(look(three)), Names{});
  const StaffPreview seen = look("Nom;Prénom;Service;Téléphone\nMARTIN;Élodie;Réanimation;0123456789\n");
  ASSERT_EQ(codes(seen), Names{"staff.fewer_mobiles@0"});
  EXPECT_TRUE(seen.usable);
  EXPECT_EQ(seen.findings[0].severity, Severity::warning);
  EXPECT_EQ(seen.findings[0].message.params.at(0).value, "0");
  EXPECT_EQ(seen.findings[0].message.params.at(1).value, "2");
}

TEST_P(directory, a_column_of_telephones_with_mobiles_in_it_is_one_of_mobiles) {
  ASSERT_TRUE(take("Nom;Service;Téléphone;Mobile\nMARTIN;Réa;06 11 11 11 11;\n"
                   "DURAND;Réa;06 22 22 22 22;01 40 00 00 00\nPETIT;Réa;4312;07 33 33 33 33\n")
                  .ok());
  const auto people = own->search(id, {}, 0, 100).items;
  ASSERT_EQ(people.size(), 3U);
  std::map<std::string, Contact> of;
  for (const StaffMember& one : people) {
    of[one.name] = one.contact;
  }
  EXPECT_EQ(of["MARTIN"], (Contact{"", "0611111111", ""}));
  EXPECT_EQ(of["DURAND"], (Contact{"0140000000", "0622222222", ""}));
  EXPECT_EQ(of["PETIT"], (Contact{"4312", "0733333333", ""}));
  EXPECT_EQ(codes(look("Nom;Service;Téléphone\nMARTIN;Réa;0140000000\n")), Names{"staff.fewer_mobiles@0"});
}

TEST_P(directory, a_list_that_nobody_can_be_texted_from_is_a_warning) {
  EXPECT_EQ(codes(look("Nom;Service;Téléphone\nMARTIN;Réa;0140000000\n")), Names{"staff.no_mobile@0"});
}

TEST_P(directory, people_are_found_by_words_site_unit_and_skill) {
  ASSERT_TRUE(take(three).ok());
  EXPECT_EQ(names({.q = "reanim elodie"}), Names{"MARTIN Élodie"});
  EXPECT_EQ(names({.site = "Nord"}), (Names{"DURAND Paul", "MARTIN Élodie"}));
  EXPECT_EQ(names({.unit = "Laboratoire"}), Names{"PETIT Anne"});
  EXPECT_EQ(names({.skill = "ECMO"}), Names{"MARTIN Élodie"});
  EXPECT_EQ(names({.q = "nobody"}), Names{});
  const StaffPage second = own->search(id, {}, 1, 1);
  EXPECT_EQ(second.found, 3);
  ASSERT_EQ(second.items.size(), 1U);
  EXPECT_EQ(second.items[0].name, "MARTIN Élodie");
  const auto anne = own->search(id, {.q = "anne"}, 0, 1).items.at(0).id;
  EXPECT_EQ(own->chosen(id, {{.unit = "Informatique"}, {.site = "Nord"}}, {anne}).size(), 3U);
}

TEST_P(directory, each_line_that_is_wrong_is_named) {
  const StaffPreview seen = look(
      "Répertoire au 1er novembre\n"
      "Nom;Prénom;Service;Mobile;Courriel;Matricule\n"
      "MARTIN;Élodie;Réa;612345678;\n"
      "MARTIN;Elodie;REA;06 12 34 56 78;\n"
      ";Sans nom;Réa;0611111111;\n"
      "DURAND;Paul;DSI;zéro six;pas une adresse\n");
  EXPECT_TRUE(seen.usable);
  EXPECT_EQ(seen.people, 2);
  EXPECT_EQ(codes(seen), (Names{"people.unknown_column@2", "staff.twice@4", "people.no_name@5",
                                "people.bad_phone@6", "people.bad_mail@6", "staff.unreachable@6"}));
}

TEST_P(directory, two_of_one_name_in_one_unit_are_two_if_they_have_numbers_of_their_own) {
  const std::string both =
      "Nom;Service;Fonction;Mobile;Courriel\n"
      "MARTIN Claire;Réa;Infirmière;0611111111;\n"
      "MARTIN Claire;Réa;Médecin;0622222222;claire.martin@chu.example\n";
  const auto seen =
      take(both + "MARTIN Claire;Réa;Médecin;;claire.martin@chu.example\n" + "MARTIN Claire;Réa;Cadre;;\n");
  ASSERT_TRUE(seen.ok());
  EXPECT_EQ(codes(*seen), (Names{"staff.twice@4", "staff.twice@5"})) << "nothing tells these apart";
  const auto before = own->search(id, {}, 0, 10).items;
  ASSERT_EQ(before.size(), 2U);

  const auto again = take(
      "Nom;Service;Fonction;Mobile\nMARTIN Claire;Réa;Médecin;0622222222\n"
      "MARTIN Claire;Réa;Infirmière;0633333333\n");
  ASSERT_TRUE(again.ok());
  EXPECT_EQ(again->added, 0);
  EXPECT_EQ(again->changed, 2);
  EXPECT_EQ(again->gone, 0);
  for (const StaffMember& one : own->search(id, {}, 0, 10).items) {
    const auto same = std::find_if(before.begin(), before.end(),
                                   [&](const StaffMember& other) { return other.id == one.id; });
    ASSERT_NE(same, before.end());
    EXPECT_EQ(same->post, one.post) << "each stays who he is";
  }
}

TEST_P(directory, a_file_that_is_no_directory_is_refused_and_changes_nothing) {
  ASSERT_TRUE(take(three).ok());
  EXPECT_EQ(codes(look("Actif;Version\nSIL;3\n")), Names{"people.no_title_line@0"});
  EXPECT_EQ(codes(look("Nom;Service\nMARTIN;Réa\n")), Names{"people.no_contact_column@0"});
  EXPECT_EQ(codes(look("Nom;Mobile\n")), Names{"people.nobody@0"});
  EXPECT_FALSE(look("PK\x03\x04 not a workbook").usable);
  const auto refused = take("Actif;Version\nSIL;3\n");
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().message.code, "staff.unusable");
  EXPECT_EQ(names({}).size(), 3U);
}

TEST_P(directory, the_template_that_was_filled_in_reads_back) {
  for (const char* language : {"fr", "en"}) {
    report::Table table = staff_template(words, language);
    table.rows.push_back({"MARTIN", "Élodie", "Nord", "Réa", "dialyse; ECMO", "Infirmière", "0123456789",
                          612345678.0, "e.martin@chu.example"});
    const auto bytes = report::write_xlsx(std::array{table});
    ASSERT_TRUE(bytes.ok());
    const StaffPreview seen = own->preview(id, "agents.xlsx", file(*bytes));
    EXPECT_TRUE(seen.usable);
    EXPECT_EQ(codes(seen), Names{}) << language;
    ASSERT_TRUE(own->accept(id, "agents.xlsx", file(*bytes), seen.hash, "cadre").ok());
    const auto one = own->search(id, {}, 0, 10).items.at(0);
    EXPECT_EQ(one.name, "MARTIN Élodie");
    EXPECT_EQ(one.skills, (Names{"dialyse", "ECMO"}));
    EXPECT_EQ(one.contact.mobile, "0612345678") << "the spreadsheet had dropped the zero";
  }
}

TEST_P(directory, five_thousand_people_take_moments) {
  std::string text = "Nom;Prénom;Site;Unité;Compétences;Fonction;Téléphone;Mobile;Courriel\n";
  for (int i = 0; i < 5'000; ++i) {
    const std::string n = std::to_string(i);
    text += "NOM" + n + ";Prénom;Site " + std::to_string(i % 4) + ";Unité " + std::to_string(i % 90) + ";c" +
            std::to_string(i % 12) + ";Agent;;06" + std::to_string(10'000'000 + i) + ";a" + n +
            "@chu.example\n";
  }
  using Seconds = std::chrono::duration<double>;
  const auto begin = std::chrono::steady_clock::now();
  ASSERT_TRUE(take(text).ok());
  const Seconds imported = std::chrono::steady_clock::now() - begin;
  const auto asked = std::chrono::steady_clock::now();
  EXPECT_EQ(own->search(id, {.q = "nom4999"}, 0, 50).items.size(), 1U);
  const Seconds found = std::chrono::steady_clock::now() - asked;
  std::cout << "5,000 people: looked at and imported in " << imported.count() << " s, searched in "
            << found.count() << " s\n";
  EXPECT_EQ(own->search(id, {.unit = "Unité 3"}, 0, 1'000).found, 56);
#ifndef RELEVE_SANITIZED
  EXPECT_LT(imported.count(), 6);
  EXPECT_LT(found.count(), 1);
#endif
}

TEST_P(directory, numbers_are_not_read_in_the_database) {
  ASSERT_TRUE(take(three).ok());
  database->read([&](store::Transaction& t) {
    for (const auto& row : t.query("select contact from staff")) {
      EXPECT_EQ(row.text(0).find("0612345678"), std::string::npos);
      EXPECT_EQ(row.text(0).find("chu.example"), std::string::npos);
    }
  });
}

TEST_P(directory, an_old_directory_can_be_let_go_of) {
  ASSERT_TRUE(take(three).ok());
  ASSERT_TRUE(database
                  ->write([&](store::Transaction& t) -> Status {
                    EXPECT_EQ(store::forget(t, past_directories(), store::test_now), 0);
                    EXPECT_EQ(store::forget(t, past_directories(), store::test_now + std::chrono::hours(1)),
                              3);
                    return Done{};
                  })
                  .ok());
  EXPECT_FALSE(own->search(id, {}, 0, 10).directory);
}

}  // namespace
}  // namespace releve::recall
