// SPDX-License-Identifier: EUPL-1.2
#include "prepare/cartography/guess_words.hpp"
#include "prepare/cartography/template.hpp"
#include "prepare/cartography/test_material.hpp"

#include <set>

namespace releve::cartography {
namespace {

intake::Workbook glpi_export(int rows) {
  intake::Sheet sheet{"glpi",
                      {{"Nom", "Entité", "Statut", "Fabricant", "Numéro de série", "Type", "Modèle",
                        "Système d'exploitation - Nom", "Lieu", "Dernière modification",
                        "Composants - Processeur", "Réseau - Adresse IP", "Domaine"}}};
  for (int i = 0; i < rows; ++i) {
    const bool server = i % 10 == 0;
    const std::string number = std::to_string(100 + i);
    sheet.rows.push_back(
        {(server ? "SRV-" : "PC-LABO-") + number, "CH de démonstration", "En service", "Dell", "SN" + number,
         server       ? "Serveur"
         : i % 2 == 0 ? "Portable"
                      : "Mini tour",
         "Modèle", server ? "Windows Server 2019" : "Windows 10", "Bâtiment A", "2026-01-02", "Intel",
         "fe80::1\n10.1.2." + std::to_string(i), i % 3 == 0 ? "WORKGROUP" : "CHSA.LOCAL"});
  }
  return {{sheet}};
}

TEST(mapping, computers_of_glpi_need_no_manual_step) {
  const Catalogue words = repository_words();
  const auto workbook = glpi_export(120);
  const auto mapping = guess_mapping(workbook, words);
  ASSERT_EQ(mapping.size(), 1U);
  EXPECT_EQ(mapping[0].element, "component");
  ASSERT_EQ(mapping[0].columns.size(), 13U);
  EXPECT_EQ(mapping[0].columns[0].field, "component.host_name");
  EXPECT_EQ(mapping[0].columns[5].field, "component.kind");
  EXPECT_EQ(mapping[0].columns[8].field, "") << "a place is no network zone";
  const auto read = read_mapped(workbook, mapping, "glpi.csv", day(4), words);
  EXPECT_TRUE(read.findings.empty()) << codes(read.findings);
  ASSERT_EQ(read.value.components.size(), 120U);
  const Component& server = read.value.components[0];
  EXPECT_EQ(server.id, "srv-100");
  EXPECT_EQ(server.name, "SRV-100");
  EXPECT_EQ(server.host_name, "SRV-100");
  EXPECT_EQ(server.kind, ComponentKind::server);
  EXPECT_EQ(server.ip, "10.1.2.0");
  EXPECT_EQ(server.operating_system, "Windows Server 2019");
  EXPECT_EQ(server.domain_joined, false);
  EXPECT_EQ(read.value.components[1].domain_joined, true);
  EXPECT_EQ(read.value.components[1].kind, ComponentKind::workstations);
  EXPECT_EQ(server.origins.at("host_name"), (Origin{OriginKind::import, "glpi.csv", day(4)}));
}

TEST(mapping, computers_of_glpi_in_english) {
  const intake::Workbook workbook{
      {{"glpi",
        {{"ID", "Name", "Manufacturers", "Serial number", "Types", "Operating System - Name",
          "Networking - IP", "Locations"},
         {"17", "PC-1", "HP", "S1", "Laptop", "Windows 11", "10.0.0.4", "Ward"},
         {"18", "SRV-1", "HP", "S2", "", "Debian GNU/Linux 12", "10.0.0.5", "Room"}}}}};
  const Catalogue words = repository_words();
  const auto read = read_mapped(workbook, guess_mapping(workbook, words), "g.csv", day(1), words);
  ASSERT_EQ(read.value.components.size(), 2U);
  EXPECT_EQ(read.value.components[0].id, "pc-1") << "GLPI's own row number is nobody's identifier";
  EXPECT_EQ(read.value.components[0].kind, ComponentKind::workstations);
  EXPECT_EQ(read.value.components[1].kind, ComponentKind::server) << "by its system";
  EXPECT_FALSE(read.value.components[1].origins.contains("kind")) << "guessed: not confirmed";
}

TEST(mapping, impact_analysis_gives_applications_services_and_needs) {
  const intake::Workbook workbook{
      {{"BIA 2025",
        {{"Bilan d'impact sur l'activité"},
         {"Processus", "Application", "Service", "Criticité", "DMIA (h)", "PDMA"},
         {"Rendre un résultat", "SIL Laboratoire", "Laboratoire", "Vitale", "4 h", "30 min"},
         {"Lire un résultat", "SIL Laboratoire", "Urgences; Réanimation", "", "", ""},
         {"Payer", "Paie", "Direction des ressources humaines", "Faible", "5 j", "1 j"}}}}};
  const Catalogue words = repository_words();
  const auto mapping = guess_mapping(workbook, words);
  ASSERT_EQ(mapping.size(), 1U);
  EXPECT_EQ(mapping[0].element, "application");
  EXPECT_EQ(mapping[0].columns[0].field, "") << "the application is named by its own column";
  const auto read = read_mapped(workbook, mapping, "bia.xlsx", day(1), words);
  EXPECT_TRUE(read.findings.empty()) << codes(read.findings);
  ASSERT_EQ(read.value.applications.size(), 2U);
  const Application& lis = read.value.applications[0];
  EXPECT_EQ(lis.id, "app-sil-laboratoire");
  EXPECT_EQ(lis.role, ApplicationRole::laboratory);
  EXPECT_EQ(lis.rto_h, 4);
  EXPECT_EQ(lis.rpo_h, .5);
  EXPECT_EQ(lis.availability, 4);
  ASSERT_EQ(read.value.services.size(), 4U);
  EXPECT_EQ(read.value.services[1].sector, Sector::emergency);
  EXPECT_EQ(read.value.services[3].sector, Sector::administration);
  ASSERT_EQ(read.value.dependencies.size(), 4U);
  EXPECT_EQ(read.value.dependencies[0].id, "laboratoire>app-sil-laboratoire");
  EXPECT_EQ(read.value.dependencies[2].id, "reanimation>app-sil-laboratoire");
}

TEST(mapping, processes_stand_for_applications_where_none_is_named) {
  const intake::Workbook workbook{{{"BIA",
                                    {{"Processus", "Service", "DMIA", "PDMA", "Criticité"},
                                     {"Urgences", "Urgences", "2", "1", "4"},
                                     {"???", "", "2", "1", "4"}}}}};
  const Catalogue words = repository_words();
  const auto read = read_mapped(workbook, guess_mapping(workbook, words), "bia.xlsx", day(1), words);
  ASSERT_EQ(read.value.applications.size(), 1U);
  ASSERT_EQ(read.value.services.size(), 1U);
  EXPECT_NE(read.value.applications[0].id, read.value.services[0].id);
  const Finding* nameless = find_code(read.findings, "sheet.row_not_identified");
  ASSERT_NE(nameless, nullptr);
  EXPECT_EQ(nameless->place, "BIA!A3");
}

TEST(mapping, made_ids_are_unique_short_and_stable) {
  intake::Sheet sheet{"machines", {{"Nom d'hôte", "IP"}}};
  for (int i = 0; i < 50; ++i) {
    sheet.rows.push_back({"PC " + std::string(80, 'x'), "10.0.0.1"});
  }
  const Catalogue words = repository_words();
  const intake::Workbook workbook{{sheet}};
  const auto read = read_mapped(workbook, guess_mapping(workbook, words), "m.csv", day(1), words);
  std::set<std::string> ids;
  for (const Component& c : read.value.components) {
    EXPECT_LE(c.id.size(), 64U);
    ids.insert(c.id);
  }
  EXPECT_EQ(ids.size(), 50U);
  EXPECT_FALSE(read.value.components[0].host_name) << "a label with spaces is no host name";
}

TEST(mapping, what_is_not_recognised_has_none_and_a_wrong_tab_is_said) {
  const Catalogue words = repository_words();
  EXPECT_TRUE(
      guess_mapping({{{"menus", {{"Lundi", "Mardi"}, {"soupe", "riz"}}}, {"vide", {}}}}, words).empty());
  const auto read = read_mapped({}, {{"absent", "component", {}}}, "m.csv", day(1), words);
  EXPECT_EQ(count_code(read.findings, "sheet.mapping_without_tab"), 1U);
}

TEST(mapping, bad_cells_of_mapped_sheets_name_their_place) {
  const intake::Workbook workbook{{{"apps", {{"Application", "DMIA"}, {"DPI", "bientôt"}}}}};
  const Catalogue words = repository_words();
  const auto read = read_mapped(workbook, guess_mapping(workbook, words), "m.csv", day(1), words);
  const Finding* finding = find_code(read.findings, "cell.not_a_duration");
  ASSERT_NE(finding, nullptr);
  EXPECT_EQ(finding->place, "apps!B2");
  ASSERT_EQ(read.value.applications.size(), 1U);
  EXPECT_EQ(read.value.applications[0].role, ApplicationRole::patient_record);
}

TEST(mapping, same_headers_same_key) {
  const auto key = header_key(glpi_export(3));
  auto renamed = glpi_export(9);
  renamed.sheets[0].name = "export du 3 mars";
  EXPECT_EQ(header_key(renamed), key);
  renamed.sheets[0].rows[0][3] = "Constructeur";
  EXPECT_NE(header_key(renamed), key);
  EXPECT_EQ(key.size(), 64U);
}

TEST(guess_words, short_words_must_stand_alone) {
  EXPECT_EQ(guess_component_kind("Serveur de sauvegarde"), ComponentKind::backup);
  EXPECT_EQ(guess_component_kind("Machine virtuelle"), ComponentKind::server);
  EXPECT_EQ(guess_component_kind("Sanitaire"), std::nullopt) << "not a SAN";
  EXPECT_EQ(guess_sector("Urgences adultes"), Sector::emergency);
  EXPECT_EQ(guess_sector("Réanimation néonatale"), Sector::neonatal);
  EXPECT_EQ(guess_sector("Radiothérapie"), Sector::radiotherapy);
  EXPECT_EQ(guess_role("Gestion de risques"), std::nullopt) << "not a RIS";
  EXPECT_EQ(guess_role("PACS / RIS"), ApplicationRole::imaging);
}

}  // namespace
}  // namespace releve::cartography
