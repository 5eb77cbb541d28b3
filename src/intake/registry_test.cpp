// SPDX-License-Identifier: EUPL-1.2
// FINESS in its three formats, SAE, and the list of GHT members.
#include "intake/registry.hpp"

#include "intake/corpus_for_tests.hpp"
#include "intake/packed_for_tests.hpp"
#include "intake/registry_builder.hpp"

#include <gtest/gtest.h>

#include <filesystem>

namespace releve::intake {
namespace {

using Read = Imported<RegistryExtract>;

/// Recognised and read, as the registry does.
Read read(const std::string& text, const Limits& limits = {}) {
  MemorySource source(text);
  return read_registry(recognise_registry(std::string_view(text).substr(0, 65536)), source, "f", limits,
                       Watch{});
}

/// "code:line" of each finding.
std::string told(const Read& imported) {
  std::string text;
  for (const Finding& finding : imported.findings) {
    text += finding.message.code + ":" + std::to_string(finding.line) + " ";
  }
  return text;
}

std::string real_file(const std::string& name) {
  const std::string path = std::string(RELEVE_SHARED_DATA) + "/etablissements/" + name;
  return !std::filesystem::exists(path) ? "" : name.ends_with(".xz") ? unpack_xz(path) : file_bytes(path);
}

const std::string title = "finess;etalab;93;2026-05-12\n";

/// A record of cs1100507; é is written as Windows-1252 has it.
std::string site_line(const std::string& number, const std::string& name,
                      const std::string& department = "01", const std::string& siret = "26010004500012",
                      const std::string& opened = "1979-02-13") {
  return "structureet;" + number + ";010780054;" + name + ";;;;900;RTE;DE PARIS;;BP 401;451;" + department +
         ";AIN;01440 VIRIAT;0474454647;;355;Centre Hospitalier (C.H.);1102;Centres Hospitaliers;" + siret +
         ";8610Z;03;ARS;1;Public;" + opened + ";1979-02-13;2020-01-01\n";
}

TEST(finess_csv, old_dialect_has_no_header) {
  const Read one = read(title + site_line("010000024", "CH DE FL\xC9YRIAT") +
                        "geolocalisation;010000024;870215.7;6571590.5;1,ATLASANTE;2021-01-04\n");
  EXPECT_EQ(told(one), "");
  EXPECT_EQ(one.value.day, "2026-05-12");
  EXPECT_TRUE(one.value.complete);
  ASSERT_EQ(one.value.sites.size(), 1U);
  EXPECT_EQ(one.value.sites[0],
            (Site{"010000024", "", "010780054", "CH DE FLÉYRIAT", "", "355", "Centre Hospitalier (C.H.)",
                  "03", "01", "01451", "01440", "VIRIAT", "26010004500012", "1979-02-13", ""}));
}

TEST(finess_csv, entities_have_a_file_of_their_own) {
  const Read one =
      read(title +
           "structureej;010780054;CH BOURG;CENTRE HOSPITALIER;;900;RTE;DE PARIS;;;;451;01440 VIRIAT;"
           "01;AIN;0474454647;13;Public;355;C.H.;260100045;8610Z;1901-01-01\n");
  EXPECT_EQ(told(one), "");
  ASSERT_EQ(one.value.entities.size(), 1U);
  EXPECT_EQ(one.value.entities[0],
            (LegalEntity{"010780054", "", "CH BOURG", "CENTRE HOSPITALIER", "260100045", "01", "01451",
                         "01440", "VIRIAT", "1901-01-01", ""}));
  EXPECT_FALSE(one.value.complete);  // says nothing of sites
}

TEST(finess_csv, later_dialect_goes_by_the_names_of_its_columns) {
  const Read one = read(
      "nofinesset;nofinessej;rs;rslongue;region;libregion;departement;libdepartement;cog;codepostal;libelle_"
      "routage;"
      "ligneacheminement;categetab;libcategetab;liblongcategetab;siret;mft;dateautor;dateouvert;datemaj\n"
      "970100178;970100228;\"CHU \"\"A\"\"; SITE\";;01;GUADELOUPE;9A;GUADELOUPE;97105;97159;POINTE A PITRE;"
      "97159 POINTE A PITRE;101;C.H.R.;Centre Hospitalier R\xC3\xA9gional;;03;;13/02/1979;\n");
  EXPECT_EQ(told(one), "");
  ASSERT_EQ(one.value.sites.size(), 1U);
  const Site& site = one.value.sites[0];
  EXPECT_EQ(site.name, "CHU \"A\"; SITE");
  EXPECT_EQ(site.department, "971");
  EXPECT_EQ(site.insee, "97105");
  EXPECT_EQ(site.category_name, "Centre Hospitalier Régional");
  EXPECT_EQ(site.opened, "1979-02-13");
}

TEST(finess_csv, numbers_spoilt_by_a_spreadsheet_are_named_as_such) {
  const Read one =
      read(title + site_line("10000024", "A") + site_line("1.0E+07", "B") + site_line("1,0E+07", "C") +
           site_line("10000032.0", "D") + site_line("=\"010000040\"", "E") + site_line("01-000", "F") +
           site_line("010000057", "G", "1", "2,601E+13") + site_line("2A0000014", "H", "2A"));
  EXPECT_EQ(told(one),
            "registry.lost_zero:2 registry.spoilt_number:3 registry.spoilt_number:4 registry.lost_zero:5 "
            "registry.bad_number:7 registry.spoilt_company:8 ");
  std::string numbers;
  for (const Site& site : one.value.sites) {
    numbers += site.number + " ";
  }
  EXPECT_EQ(numbers, "010000024 010000032 010000040 010000057 2A0000014 ");
  EXPECT_EQ(one.value.sites[3].department, "01");
  EXPECT_EQ(one.value.sites[3].siret, "");
}

TEST(finess_csv, a_number_counts_once) {
  const Read one =
      read(title + site_line("010000024", "A") + site_line("010000024", "A") + site_line("010000024", "B"));
  EXPECT_EQ(told(one), "registry.duplicate:4 registry.repeated:0 ");
  ASSERT_EQ(one.value.sites.size(), 1U);
  EXPECT_EQ(one.value.sites[0].name, "A");
}

TEST(finess_csv, a_cut_file_is_refused) {
  const std::string whole = title + site_line("010000024", "A") + site_line("010000032", "B");
  for (std::size_t length = whole.size() - 40; length < whole.size() - 12; ++length) {
    EXPECT_FALSE(read(whole.substr(0, length)).usable()) << length;
  }
  EXPECT_TRUE(read(whole).usable());
  // A short record in the middle is one record lost.
  const Read middle = read(title + "structureet;010000024;x\n" + site_line("010000032", "B"));
  EXPECT_EQ(told(middle), "registry.short_record:2 ");
  EXPECT_EQ(middle.value.sites.size(), 1U);
}

TEST(finess_csv, mixed_encodings_are_read_and_told) {
  const Read one =
      read(title + site_line("010000024", "\xC9toile") + site_line("010000032", "\xC3\x89toile"));
  EXPECT_EQ(told(one), "registry.mixed_encodings:3 ");
  EXPECT_EQ(one.value.sites[0].name, "Étoile");
  EXPECT_EQ(one.value.sites[1].name, "Étoile");
}

TEST(finess_csv, imperfect_facts_leave_the_site) {
  const Read one = read(title + site_line("010000024", "A", "ZZ", "12", "31/02/1979"));
  EXPECT_EQ(told(one), "registry.bad_company:2 registry.bad_day:2 registry.bad_department:2 ");
  ASSERT_EQ(one.value.sites.size(), 1U);
}

TEST(finess_csv, other_things_are_refused) {
  EXPECT_EQ(recognise_registry("a;b\n1;2\n"), RegistrySource::none);
  EXPECT_EQ(recognise_registry(""), RegistrySource::none);
  EXPECT_EQ(told(read("nofiness\n1\n")), "registry.not_finess:1 ");
  EXPECT_EQ(told(read(title)), "registry.nothing:0 ");
  Limits limits;
  limits.max_objects = 1;
  EXPECT_EQ(told(read(title + site_line("010000024", "A") + site_line("010000032", "B"), limits)),
            "import.too_many_objects:3 ");
}

TEST(departments, are_written_as_insee_does) {
  EXPECT_EQ(insee_department("9A"), "971");
  EXPECT_EQ(insee_department("9f"), "976");
  EXPECT_EQ(insee_department("9D"), "974");
  EXPECT_EQ(insee_department("1"), "01");
  EXPECT_EQ(insee_department("2b"), "2B");
  EXPECT_EQ(insee_department("974"), "974");
  for (const char* none : {"", "0", "00", "9Z", "123", "2C"}) {
    EXPECT_EQ(insee_department(none), "") << none;
  }
  EXPECT_EQ(department_of_commune("97411"), "974");
  EXPECT_EQ(department_of_commune("2A004"), "2A");
  EXPECT_EQ(department_of_commune("1"), "");
}

TEST(finess_xml, closed_sites_have_their_day) {
  const std::string text = corpus_file("finess_xml", "two.xml");
  const Read one = read(text);
  EXPECT_EQ(told(one), "");
  ASSERT_EQ(one.value.sites.size(), 2U);
  EXPECT_EQ(one.value.sites[0].name, "CH ANCIEN");
  EXPECT_EQ(one.value.sites[0].closed, "2007-04-20");
  EXPECT_EQ(one.value.sites[1].department, "974");
  EXPECT_EQ(one.value.sites[1].insee, "97411");
  EXPECT_FALSE(one.value.complete);
  EXPECT_FALSE(read(text.substr(0, text.size() - 30)).usable());
}

TEST(finess_plus, entities_sites_and_ght_members) {
  const Read one = read(corpus_file("finess_plus", "small.json"));
  EXPECT_EQ(told(one), "registry.unknown_member:0 ");
  EXPECT_EQ(one.value.day, "2026-03-09");
  ASSERT_EQ(one.value.entities.size(), 2U);
  ASSERT_EQ(one.value.sites.size(), 2U);
  EXPECT_EQ(one.value.sites[0],
            (Site{"990000011", "799", "990000003", "CLINIQUE A", "CLINIQUE DOCTEUR A", "365", "", "07", "01",
                  "01053", "01000", "BOURG", "99000000300011", "1956-11-16", ""}));
  EXPECT_EQ(one.value.sites[1].closed, "1993-01-01");
  EXPECT_EQ(one.value.entities[1].closed, "2002-07-10");
  ASSERT_EQ(one.value.groups.size(), 1U);
  EXPECT_TRUE(one.value.members);
  EXPECT_EQ(one.value.groups[0], (Group{"27103", "21-52 Essai", {{"990000003", true}}}));
}

TEST(finess_plus, cuts_and_other_texts_are_refused) {
  const std::string text = corpus_file("finess_plus", "small.json");
  for (std::size_t length = 200; length + 2 < text.size(); length += 7) {
    MemorySource source(std::string_view(text).substr(0, length));
    EXPECT_FALSE(read_finess_plus(source, "f", {}, {}).usable()) << length;
  }
  MemorySource other("{}");
  EXPECT_EQ(told(read_finess_plus(other, "f", {}, {})), "registry.not_finess_plus:0 ");
}

TEST(sae, figures_and_groups_by_year) {
  const Read beds = read(
      "BOR;AN;FI;RS;FI_EJ;LIT_MED;LIT_MCO;PLA_MCO\nMCO;2023;010000024;CH;010780054;246;;46\n"
      "MCO;2023;010000032;CH;010780062;x;83;-1\n");
  EXPECT_EQ(told(beds), "registry.bad_amount:3 registry.bad_amount:3 ");
  EXPECT_EQ(beds.value.day, "2023-12-31");
  EXPECT_EQ(beds.value.capacities, (std::vector<Capacity>{{"010000024", "beds_medicine", 2023, 246},
                                                          {"010000024", "day_places", 2023, 46},
                                                          {"010000032", "beds", 2023, 83}}));
  const Read groups =
      read("NOM_COURT_GHT;CODE_GHT;NOM_COMPLET_GHT\nARA-03;84103;BRESSE\nGUA-01;1101;ILE\nX;?;Y\n");
  EXPECT_EQ(told(groups), "registry.bad_group:4 ");
  EXPECT_EQ(groups.value.groups, (std::vector<Group>{{"84103", "BRESSE", {}}, {"01101", "ILE", {}}}));
  EXPECT_FALSE(groups.value.members);
}

TEST(ght_list, members_and_lead) {
  const Read one = read(
      "number;ght;name;role\n010780054;84103;Bresse;lead\n010008407;84103;;\n010008407;84103;;\n"
      "10780062;84102;Savoie;\n010780096;a b;;\n");
  EXPECT_EQ(told(one), "registry.member_twice:4 registry.lost_zero:5 registry.bad_group:6 ");
  EXPECT_EQ(one.value.groups,
            (std::vector<Group>{{"84103", "Bresse", {{"010780054", true}, {"010008407", false}}},
                                {"84102", "Savoie", {{"010780062", false}}}}));
}

TEST(registry_seeds, are_read_without_harm) {
  using Reader = Read (*)(ByteSource&, const std::string&, const Limits&, const Watch&);
  const std::pair<const char*, Reader> readers[] = {{"finess_csv", read_finess_csv},
                                                    {"finess_xml", read_finess_xml},
                                                    {"finess_plus", read_finess_plus},
                                                    {"sae", read_sae},
                                                    {"ght_list", read_ght_list}};
  for (const auto& [name, reader] : readers) {
    const auto seeds = corpus_files(name);
    ASSERT_FALSE(seeds.empty()) << name;
    for (const auto& [file, bytes] : seeds) {
      for (std::size_t length = 0; length <= bytes.size(); ++length) {
        MemorySource source(std::string_view(bytes).substr(0, length));
        for (const Site& site : reader(source, file, {}, {}).value.sites) {
          ASSERT_EQ(site.number.size(), 9U) << file << " cut at " << length;
        }
      }
    }
  }
}

TEST(real_registries, are_read_whole) {
  const std::string id = real_file("sae-2023-id.csv.xz");
  if (id.empty()) {
    GTEST_SKIP() << "skipped: no real data";
  }
  const Read sites = read(id);
  EXPECT_EQ(told(sites), "");
  EXPECT_EQ(sites.value.sites.size(), 3975U);
  std::size_t overseas = 0;
  for (const Site& site : sites.value.sites) {
    EXPECT_EQ(site.number.size(), 9U);
    EXPECT_FALSE(site.department.empty()) << site.number;
    overseas += site.department.size() == 3 ? 1U : 0U;
  }
  EXPECT_EQ(overseas, 150U);
  const Read groups = read(real_file("sae-2023-ght.csv"));
  EXPECT_EQ(told(groups), "");
  EXPECT_EQ(groups.value.groups.size(), 135U);
  EXPECT_EQ(told(read(real_file("sae-2023-mco.csv.xz"))), "");
  const Read emergencies = read(real_file("sae-2023-urgences.csv"));
  EXPECT_EQ(told(emergencies), "");
  EXPECT_GE(emergencies.value.capacities.size(), 620U);
  const Read flux = read(real_file("finess-cs1400102-extrait.xml"));
  EXPECT_EQ(told(flux), "");
  EXPECT_EQ(flux.value.sites.size(), 14U);
}

}  // namespace
}  // namespace releve::intake
