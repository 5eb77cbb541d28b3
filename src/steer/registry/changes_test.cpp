// SPDX-License-Identifier: EUPL-1.2
// What a file changes, without a database.
#include "steer/registry/changes.hpp"

#include "steer/registry/search_words.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace releve::registry {
namespace {

using intake::RegistryExtract;
using intake::RegistrySource;
using testing::ElementsAre;
using testing::UnorderedElementsAre;

intake::Site site(const std::string& number, const std::string& name, const std::string& entity = "990000003",
                  const std::string& department = "01") {
  intake::Site one;
  one.number = number;
  one.name = name;
  one.entity = entity;
  one.department = department;
  one.town = "VILLE";
  one.category = "355";
  return one;
}

RegistryExtract finess(std::vector<intake::Site> sites) {
  RegistryExtract extract;
  extract.source = RegistrySource::finess_csv;
  extract.day = "2026-01-01";
  extract.complete = true;
  extract.sites = std::move(sites);
  return extract;
}

Changes compare(const Known& known, const RegistryExtract& extract, const std::string& day = "2026-11-26") {
  return changes_of(known, extract, territories(), day);
}

/// The registry after these changes, as rows.cpp keeps it.
Known after_changes(Known known, const Changes& changes) {
  for (const Place& place : changes.places) {
    known.places[place.id].kind = place.kind;
  }
  for (const PlaceVersion& version : changes.versions) {
    known.places.at(version.place).version = version;
  }
  for (const PlaceNumber& number : changes.lost_numbers) {
    known.numbers.erase({number.scheme, number.number});
  }
  for (const PlaceNumber& number : changes.numbers) {
    known.numbers[{number.scheme, number.number}] = number.place;
  }
  for (const Membership& left : changes.left) {
    std::erase_if(known.places.at(left.place).memberships, [&](const Membership& one) {
      return one.hierarchy == left.hierarchy && one.parent == left.parent;
    });
  }
  for (const Membership& joined : changes.joined) {
    known.places.at(joined.place).memberships.push_back(joined);
  }
  return known;
}

Known known_from(const RegistryExtract& extract) {
  return after_changes({}, compare({}, extract));
}

/// "kind place before>after" of each change.
std::vector<std::string> told(const Changes& changes) {
  std::vector<std::string> lines;
  for (const PlaceChange& one : changes.difference.changes) {
    lines.push_back(std::string(text_of(one.kind)) + " " + one.place + " " + one.before + ">" + one.after);
  }
  return lines;
}

TEST(changes, a_first_file_opens_everything) {
  const Changes changes =
      compare({}, finess({site("990000011", "A"), site("990000029", "B", "990000003", "974")}));
  EXPECT_THAT(changes.places,
              UnorderedElementsAre(Place{"EJ990000003", PlaceKind::legal},
                                   Place{"990000011", PlaceKind::site}, Place{"990000029", PlaceKind::site}));
  EXPECT_THAT(
      changes.joined,
      UnorderedElementsAre(Membership{Hierarchy::region, "EJ990000003", "R84", "", "2026-11-26"},
                           Membership{Hierarchy::region, "990000011", "R84", "", "2026-11-26"},
                           Membership{Hierarchy::legal, "990000011", "EJ990000003", "", "2026-11-26"},
                           Membership{Hierarchy::region, "990000029", "R04", "", "2026-11-26"},
                           Membership{Hierarchy::legal, "990000029", "EJ990000003", "", "2026-11-26"}));
  EXPECT_EQ(changes.difference.totals, (std::vector<ChangeTotal>{{ChangeKind::opened, 2, 1}}));
}

TEST(changes, the_same_file_again_changes_nothing) {
  const auto extract = finess({site("990000011", "A"), site("990000029", "B")});
  const Changes again = compare(known_from(extract), extract, "2026-12-01");
  EXPECT_TRUE(again.places.empty() && again.versions.empty() && again.joined.empty() && again.left.empty() &&
              again.numbers.empty());
  EXPECT_EQ(again.difference.unchanged, 2);
  EXPECT_TRUE(again.difference.totals.empty());
}

TEST(changes, names_places_and_closures_are_told) {
  const Known known =
      known_from(finess({site("990000011", "A"), site("990000029", "B"), site("990000037", "C")}));
  const Changes changes =
      compare(known, finess({site("990000011", "A2"), site("990000029", "B", "990000003", "75")}));
  EXPECT_THAT(told(changes), ElementsAre("closed 990000037 >2026-01-01", "renamed 990000011 A>A2",
                                         "moved 990000029 01 VILLE>75 VILLE"));
  EXPECT_THAT(changes.left, UnorderedElementsAre(
                                Membership{Hierarchy::region, "990000029", "R84", "", "2026-11-26"},
                                Membership{Hierarchy::region, "990000037", "R84", "", "2026-11-26"},
                                Membership{Hierarchy::legal, "990000037", "EJ990000003", "", "2026-11-26"}));
  const Changes back = compare(
      after_changes(known, changes),
      finess({site("990000011", "A2"), site("990000029", "B", "990000003", "75"), site("990000037", "C")}));
  EXPECT_THAT(told(back), ElementsAre("reopened 990000037 2026-01-01>"));
}

TEST(changes, a_partial_list_closes_nothing) {
  std::vector<intake::Site> sites;
  for (int i = 0; i < 100; ++i) {
    sites.push_back(site(std::to_string(990000100 + i), "S"));
  }
  const Known known = known_from(finess(sites));
  sites.resize(70);
  const Changes changes = compare(known, finess(sites));
  EXPECT_TRUE(changes.difference.totals.empty());
  ASSERT_EQ(changes.findings.size(), 1U);
  EXPECT_EQ(changes.findings[0].message.code, "registry.many_absent");
}

TEST(changes, a_new_number_is_the_same_place) {
  auto extract = finess({site("990000011", "A"), site("990000029", "B")});
  extract.sites[0].siret = "99000000300011";
  const Known known = known_from(extract);
  extract.sites[0].number = "990000990";
  const Changes changes = compare(known, extract);
  EXPECT_THAT(told(changes), ElementsAre("renumbered 990000011 990000011>990000990"));
  EXPECT_TRUE(changes.places.empty());
  EXPECT_THAT(changes.numbers, ElementsAre(PlaceNumber{"et", "990000990", "990000011", "2026-11-26"}));
  ASSERT_EQ(changes.lost_numbers.size(), 1U);
  EXPECT_EQ(changes.lost_numbers[0].number, "990000011");
  // A stranger that later gets the old number is another place.
  extract.sites.push_back(site("990000011", "STRANGER"));
  const Changes later = compare(after_changes(known, changes), extract);
  EXPECT_THAT(later.places, ElementsAre(Place{"990000011-2", PlaceKind::site}));
}

TEST(changes, technical_ids_outlive_numbers) {
  RegistryExtract plus;
  plus.source = RegistrySource::finess_plus;
  plus.sites = {site("990000011", "A")};
  plus.sites[0].technical = "799";
  const Known known = known_from(plus);
  plus.sites[0].number = "990000045";
  EXPECT_THAT(told(compare(known, plus)), ElementsAre("renumbered 990000011 990000011>990000045"));
  plus.sites.push_back(site("990000052", "B"));
  plus.sites[1].technical = "799";
  const Changes twice = compare(known, plus);
  ASSERT_EQ(twice.findings.size(), 1U);
  EXPECT_EQ(twice.findings[0].message.code, "registry.same_place");
}

TEST(changes, an_entity_whose_sites_all_go_to_another_has_merged) {
  const Known known =
      known_from(finess({site("990000011", "A", "990000003"), site("990000029", "B", "990000003"),
                         site("990000037", "C", "990000508")}));
  const Changes changes =
      compare(known, finess({site("990000011", "A", "990000508"), site("990000029", "B", "990000508"),
                             site("990000037", "C", "990000508")}));
  EXPECT_THAT(changes.successions, ElementsAre(Succession{"EJ990000003", "EJ990000508", "2026-11-26"}));
  EXPECT_THAT(told(changes),
              ElementsAre("closed EJ990000003 >2026-01-01", "regrouped 990000011 EJ990000003>EJ990000508",
                          "regrouped 990000029 EJ990000003>EJ990000508",
                          "merged EJ990000003 EJ990000003>EJ990000508"));
}

TEST(changes, members_of_a_ght_come_and_go) {
  const Known base =
      known_from(finess({site("990000011", "A", "990000003"), site("990000029", "B", "990000508")}));
  RegistryExtract list;
  list.source = RegistrySource::ght_list;
  list.members = true;
  list.groups = {{"84103", "Bresse", {{"990000003", true}, {"990000508", false}, {"990000607", false}}}};
  const Changes first = compare(base, list);
  EXPECT_THAT(first.findings.at(0).message.code, "registry.unknown_member");
  EXPECT_THAT(first.joined, UnorderedElementsAre(
                                Membership{Hierarchy::region, "GHT84103", "R84", "", "2026-11-26"},
                                Membership{Hierarchy::ght, "EJ990000003", "GHT84103", "lead", "2026-11-26"},
                                Membership{Hierarchy::ght, "EJ990000508", "GHT84103", "", "2026-11-26"}));
  list.groups = {{"84103", "", {{"990000003", true}}},
                 {"27103", "Dijon", {{"990000508", false}, {"990000003", false}}}};
  const Changes second = compare(after_changes(base, first), list);
  EXPECT_THAT(told(second), ElementsAre("opened GHT27103 >", "regrouped EJ990000508 GHT84103>GHT27103"));
  EXPECT_THAT(second.findings.at(0).message.code, "registry.two_groups");
  const Known now = after_changes(after_changes(base, first), second);
  EXPECT_EQ(now.places.at("GHT84103").version.name, "Bresse");
  list.groups = {{"27103", "", {{"990000003", false}}}};
  EXPECT_THAT(told(compare(now, list)), UnorderedElementsAre("regrouped EJ990000508 GHT27103>",
                                                             "regrouped EJ990000003 GHT84103>GHT27103"));
}

TEST(changes, sae_never_overrules_finess) {
  const Known known = known_from(finess({site("990000011", "HOPITAL A")}));
  RegistryExtract sae;
  sae.source = RegistrySource::sae;
  sae.sites = {site("990000011", "HOP. A", "990000508", "75"), site("990000029", "B")};
  sae.capacities = {{"990000011", "beds", 2023, 12}, {"990000999", "beds", 2023, 1}};
  const Changes changes = compare(known, sae);
  EXPECT_THAT(told(changes), ElementsAre("opened 990000029 >VILLE"));
  EXPECT_TRUE(changes.left.empty());
  EXPECT_THAT(changes.capacities, ElementsAre(CapacityRow{"990000011", "beds", 2023, 12, "sae"}));
  EXPECT_THAT(changes.findings.at(0).message.code, "registry.unknown_places");
}

TEST(search_words, are_folded_and_without_small_words) {
  PlaceVersion version;
  version.place = "990000011";
  version.name = "Hôpital de l’Étang";
  version.town = "SAINT-DENIS";
  version.postcode = "97400";
  EXPECT_THAT(words_of(version, "990000011"),
              ElementsAre("97400", "990000011", "denis", "etang", "hopital", "saint"));
  EXPECT_THAT(words_of_question("  l'hôp  ÉTANG "), ElementsAre("hop", "etang"));
  EXPECT_TRUE(words_of_question("de la").empty());
  EXPECT_LT(std::string("hopital"), last_with("hop"));
}

TEST(territories, hold_together) {
  EXPECT_EQ(territories().regions.size(), 18U);
  EXPECT_EQ(territories().departments.size(), 104U);
  EXPECT_EQ(territories().region_of("974"), "04");
  EXPECT_EQ(territories().region_of("975"), "");
  EXPECT_EQ(territories().zone_of("910019447"), "Europe/Paris");
  EXPECT_EQ(territories().zone_of("2A0000014"), "Europe/Paris");
  EXPECT_EQ(territories().zone_of("970100228"), "America/Guadeloupe");
  EXPECT_EQ(territories().zone_of("970407589"), "Indian/Reunion");
  EXPECT_EQ(territories().zone_of("980500003"), "Indian/Mayotte");
  EXPECT_EQ(territories().zone_of(""), "Europe/Paris");
  for (const Department& department : territories().departments) {
    if (!department.region.empty()) {
      EXPECT_TRUE(std::any_of(territories().regions.begin(), territories().regions.end(),
                              [&](const Region& one) { return one.code == department.region; }))
          << department.code;
    }
  }
}

}  // namespace
}  // namespace releve::registry
