// SPDX-License-Identifier: EUPL-1.2
#include "prepare/cartography/views.hpp"

#include "prepare/cartography/test_material.hpp"

namespace releve::cartography {
namespace {

Origins given(std::initializer_list<const char*> fields) {
  Origins origins;
  for (const char* field : fields) {
    origins[field] = Origin{OriginKind::import, "a.xlsx", day(1)};
  }
  return origins;
}

/// A laboratory, its application on one server, a scan, a directory.
Cartography small_hospital() {
  Inventory inventory;
  inventory.services = {{.id = "LAB",
                         .name = "Laboratoire",
                         .sector = Sector::laboratory,
                         .beds = 4,
                         .origins = given({"id", "name", "sector", "beds"})},
                        {.id = "URG", .name = "Urgences pédiatriques", .sector = Sector::emergency}};
  inventory.applications = {
      {.id = "SIL", .name = "Glims", .role = ApplicationRole::laboratory, .vendor = "Éditeur"}};
  inventory.components = {
      {.id = "SRV", .name = "Serveur du SIL", .kind = ComponentKind::server, .fqdn = "srv-sil.ch.local"}};
  inventory.components[0].origins = given({"id", "name", "fqdn"});
  inventory.dependencies = {{.id = "LAB>SIL", .consumer = "LAB", .target = "SIL", .autonomy_h = 2},
                            {.id = "SIL>SRV", .consumer = "SIL", .target = "SRV"}};
  intake::Scan scan;
  scan.hosts = {host("10.0.0.1", "srv-sil.ch.local"), host("10.0.0.2", "pc-1.ch.local")};
  scan.hosts[0].weaknesses = {
      {.id = "nessus:97833", .title = "MS17-010", .cves = {"CVE-2017-0144"}, .port = 445, .severity = 4}};
  intake::Directory directory;
  directory.domains = {{"S-1-5-21-1", "CH.LOCAL"}};
  directory.objects = {object("S-1-5-21-1-1001", "ALICE@CH.LOCAL", intake::ObjectKind::user),
                       object("S-1-5-21-1-512", "ADMINS@CH.LOCAL", intake::ObjectKind::group)};
  Source kev = source_of("kev.json", day(1));
  intake::KevCatalogue catalogue;
  catalogue.entries.resize(1);
  catalogue.entries[0].cve = "CVE-2017-0144";
  catalogue.entries[0].ransomware = true;
  kev.kev = std::make_shared<const intake::KevCatalogue>(catalogue);
  return draw_cartography(
      "CH",
      std::vector{inventory_source(inventory, "a.xlsx"), scan_source(scan), directory_source(directory), kev},
      {});
}

std::vector<std::string> ids(const ElementPage& page) {
  std::vector<std::string> list;
  for (const ElementRow& row : page.items) {
    list.push_back(row.id);
  }
  return list;
}

TEST(views, each_layer_has_its_rows) {
  const Cartography map = small_hospital();
  EXPECT_EQ(ids(element_rows(map, {.layer = Layer::care})), (std::vector<std::string>{"LAB", "URG"}));
  EXPECT_EQ(ids(element_rows(map, {.layer = Layer::application})), std::vector<std::string>{"SIL"});
  EXPECT_EQ(element_rows(map, {.layer = Layer::infrastructure}).total, 2)
      << "a machine of a component is not told twice";
  EXPECT_EQ(element_rows(map, {.layer = Layer::account}).total, 2);
  EXPECT_EQ(ids(element_rows(map, {.layer = Layer::dependency})),
            (std::vector<std::string>{"LAB>SIL", "SIL>SRV"}));
  EXPECT_EQ(element_rows(map, {.layer = Layer::zone}).total, 0);
  const auto sil = element_rows(map, {.layer = Layer::application}).items.at(0);
  EXPECT_EQ(sil.needs, 1);
  EXPECT_EQ(sil.needed_by, 1);
}

TEST(views, state_says_how_much_was_given) {
  const Cartography map = small_hospital();
  const auto care = element_rows(map, {.layer = Layer::care});
  EXPECT_EQ(care.items.at(0).state, "partly");
  EXPECT_EQ(care.items.at(1).state, "default");
}

TEST(views, state_is_confirmed_only_when_all_that_has_a_default_was_given) {
  Cartography map;
  map.directory = std::make_shared<const intake::Directory>();
  map.services = {{.id = "A", .name = "A"}, {.id = "B", .name = "B"}};
  map.services[0].origins =
      given({"beds", "daily_activity", "activity_unit", "weight", "occupancy", "capacity_2h", "capacity_8h",
             "capacity_24h", "capacity_72h", "capacity_1w", "capacity_4w"});
  map.services[1].origins = map.services[0].origins;
  map.services[1].origins.erase("capacity_4w");
  map.services[1].origins.merge(given({"id", "name", "sector"}));  // as many, but not those
  const auto rows = element_rows(map, {});
  EXPECT_EQ(rows.items.at(0).state, "confirmed");
  EXPECT_EQ(rows.items.at(1).state, "partly");
}

TEST(views, every_word_must_occur_accents_and_case_aside) {
  const Cartography map = small_hospital();
  const auto found = [&](const std::string& text) {
    return ids(element_rows(map, {.layer = Layer::care, .text = text}));
  };
  EXPECT_EQ(found("PEDIATRIQUES urg"), std::vector<std::string>{"URG"});
  EXPECT_EQ(found("laboratory"), std::vector<std::string>{"LAB"});
  EXPECT_TRUE(found("urgences laboratoire").empty());
  EXPECT_EQ(found("  ").size(), 2U);
}

TEST(views, pages_share_out_the_rows_that_match) {
  Cartography map;
  map.directory = std::make_shared<const intake::Directory>();
  for (int i = 0; i < 25; ++i) {
    map.services.push_back({.id = "S" + std::to_string(100 + i), .name = i % 5 == 0 ? "bloc" : "autre"});
  }
  std::vector<std::string> all;
  for (int page = 0; page < 4; ++page) {
    const auto rows = element_rows(map, {.page = page, .size = 10});
    EXPECT_EQ(rows.total, 25);
    for (const auto& row : rows.items) {
      all.push_back(row.id);
    }
  }
  ASSERT_EQ(all.size(), 25U);
  EXPECT_TRUE(std::is_sorted(all.begin(), all.end()));
  const auto found = element_rows(map, {.text = "bloc", .page = 1, .size = 3});
  EXPECT_EQ(found.total, 5);
  EXPECT_EQ(ids(found), (std::vector<std::string>{"S115", "S120"}));
  EXPECT_TRUE(element_rows(map, {.page = 9, .size = 10}).items.empty());
  EXPECT_EQ(element_rows(map, {.page = -1, .size = 0}).items.size(), 1U) << "bounds are held";
}

TEST(views, links_go_both_ways) {
  const Cartography map = small_hospital();
  const Defaults defaults = repository_defaults();
  const auto view = element_view(map, defaults, "SIL");
  ASSERT_TRUE(view);
  ASSERT_EQ(view->needs.size(), 1U);
  EXPECT_EQ(view->needs[0].id, "SRV");
  EXPECT_EQ(view->needs[0].layer, "infrastructure");
  ASSERT_EQ(view->needed_by.size(), 1U);
  EXPECT_EQ(view->needed_by[0].name, "Laboratoire");
  EXPECT_EQ(view->needed_by[0].autonomy_h, 2);
  const auto care = element_view(map, defaults, "LAB");
  EXPECT_EQ(care->needs.at(0).id, "SIL");
  const auto beds = std::find_if(care->fields.begin(), care->fields.end(),
                                 [](const auto& field) { return field.name == "beds"; });
  ASSERT_NE(beds, care->fields.end());
  EXPECT_EQ(beds->value, "4");
  EXPECT_EQ(beds->origin->source, "a.xlsx");
}

std::string value_of(const ElementView& view, const std::string& field) {
  const auto found = std::find_if(view.fields.begin(), view.fields.end(),
                                  [&](const FieldView& one) { return one.name == field; });
  return found == view.fields.end() ? "no such field" : found->value;
}

TEST(views, what_nobody_said_shows_its_default_and_no_origin) {
  const Cartography map = small_hospital();
  const Defaults defaults = repository_defaults();
  const auto care = *element_view(map, defaults, "LAB");
  const ResolvedService laboratory = resolve(map.services[0], defaults);
  EXPECT_EQ(value_of(care, "beds"), "4");
  EXPECT_EQ(value_of(care, "daily_activity"), "") << "there is no default for it";
  EXPECT_EQ(value_of(care, "activity_unit"), laboratory.activity_unit);
  EXPECT_EQ(value_of(care, "capacity_4w"), to_json(laboratory.down[5]));
  for (const FieldView& field : care.fields) {
    EXPECT_EQ(field.origin.has_value(), field.name == "beds" || field.name == "sector") << field.name;
  }
  EXPECT_EQ(value_of(*element_view(map, defaults, "SIL"), "hosting"), "on_site");
  EXPECT_EQ(value_of(*element_view(map, defaults, "SRV"), "count"), "1");
  const auto link = *element_view(map, defaults, "SIL>SRV");
  EXPECT_EQ(value_of(link, "autonomy_h"), "0");
  EXPECT_EQ(link.fields.at(0).value, "SIL");
  EXPECT_EQ(link.fields.at(0).refers_to, "Glims");
  EXPECT_EQ(link.name, "Glims → Serveur du SIL");
}

TEST(views, a_machine_shows_who_saw_it_and_what_is_exploited) {
  const Cartography map = small_hospital();
  const auto view = element_view(map, repository_defaults(), "SRV");
  ASSERT_TRUE(view);
  EXPECT_GE(view->sightings.size(), 2U) << "the inventory and the scan";
  ASSERT_EQ(view->weaknesses.size(), 1U);
  EXPECT_EQ(view->weaknesses[0].flaw, "ransomware");
  EXPECT_EQ(view->weaknesses[0].port, 445);
}

TEST(views, every_row_can_be_opened_and_nothing_else) {
  const Cartography map = small_hospital();
  const Defaults defaults = repository_defaults();
  for (const Layer layer : {Layer::care, Layer::application, Layer::infrastructure, Layer::account,
                            Layer::dependency, Layer::zone}) {
    for (const ElementRow& row : element_rows(map, {.layer = layer}).items) {
      const auto view = element_view(map, defaults, row.id);
      ASSERT_TRUE(view) << row.id;
      EXPECT_EQ(view->layer, row.layer) << row.id;
      EXPECT_EQ(view->name, row.name);
    }
  }
  EXPECT_FALSE(element_view(map, defaults, "none"));
}

}  // namespace
}  // namespace releve::cartography
