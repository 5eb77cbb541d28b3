// SPDX-License-Identifier: EUPL-1.2
#include "prepare/cartography/defaults.hpp"

#include "prepare/cartography/confirmed.hpp"
#include "prepare/cartography/test_material.hpp"

namespace releve::cartography {
namespace {

TEST(defaults, data_of_the_repository_is_whole_and_plausible) {
  const Defaults d = repository_defaults();
  for (const SectorDefaults& row : d.sectors.sectors) {
    for (std::size_t i = 0; i < 6; ++i) {
      EXPECT_LE(row.down[i], row.read_only[i]) << text_of(row.sector);
      EXPECT_LE(row.read_only[i], row.not_linked[i]) << text_of(row.sector);
    }
    EXPECT_GT(row.weight, 0) << text_of(row.sector);
  }
  EXPECT_EQ(d.of(Sector::medicine).weight, 1) << "the unit of weights";
  EXPECT_EQ(d.of(ComponentKind::saas).kind, ComponentKind::saas);
  EXPECT_EQ(d.of(ApplicationRole::laboratory).role, ApplicationRole::laboratory);
  ASSERT_NE(d.need(Sector::laboratory, ApplicationRole::laboratory), nullptr);
  EXPECT_EQ(d.need(Sector::kitchen, ApplicationRole::chemotherapy), nullptr);
}

TEST(defaults, incomplete_or_wrong_tables_are_refused) {
  const std::string sectors = repository_file("data/sectors.json");
  const std::string components = repository_file("data/components.json");
  const std::string roles = repository_file("data/roles.json");
  const auto replaced = [](std::string text, const std::string& from, const std::string& to) {
    const auto at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    return text.replace(at, from.size(), to);
  };

  struct Case {
    std::string sectors, components, roles;
    const char* code;
    const char* where;
  };

  const Case cases[] = {
      {replaced(sectors, "\"sector\": \"neonatal\"", "\"sector\": \"emergency\""), components, roles,
       "defaults.row_twice", "sectors.json: emergency"},
      {replaced(sectors, "\"down\": [0.85, 0.65", "\"down\": [0.65, 0.85"), components, roles,
       "defaults.bad_curve", "sectors.json: emergency"},
      {replaced(sectors, "\"down\": [0.85, 0.65, 0.5, 0.45, 0.45, 0.45]", "\"down\": [0.85]"), components,
       roles, "json.too_short", "sectors.json: sectors[0].down"},
      {sectors, replaced(components, "\"kind\"", "\"sort\""), roles, "json.missing",
       "components.json: components[0].kind"},
      {sectors, components, R"({"version":"x","roles":[]})", "defaults.row_missing",
       "roles.json: patient_record"},
      {sectors, components, "{", "json.syntax", "roles.json: "},
  };
  for (const auto& c : cases) {
    const auto read = read_defaults(c.sectors, c.components, c.roles);
    ASSERT_FALSE(read.ok()) << c.code;
    EXPECT_EQ(read.error().message.code, c.code);
    EXPECT_TRUE(read.error().where.starts_with(c.where)) << read.error().where;
  }
}

Service laboratory() {
  Service s;
  s.id = "LABO";
  s.name = "Laboratoire";
  s.sector = Sector::laboratory;
  s.origins["sector"] = {};
  return s;
}

TEST(resolve, a_silent_service_has_all_its_sector_says) {
  const Defaults d = repository_defaults();
  const ResolvedService r = resolve(laboratory(), d);
  EXPECT_TRUE(std::equal(r.down.begin(), r.down.end(), d.of(Sector::laboratory).down.begin()));
  EXPECT_EQ(r.weight, d.of(Sector::laboratory).weight);
  EXPECT_EQ(r.defaults, (std::vector<std::string>{"beds", "daily_activity", "activity_unit", "weight",
                                                  "occupancy", "capacity_2h", "capacity_8h", "capacity_24h",
                                                  "capacity_72h", "capacity_1w", "capacity_4w"}));
}

TEST(resolve, given_points_bend_the_sector_curve) {
  Defaults d = repository_defaults();
  d.sectors.sectors[static_cast<std::size_t>(Sector::laboratory)].down = {.8, .6, .5, .4, .4, .4};

  struct Case {
    std::array<std::optional<double>, 6> given;
    Curve curve{};
  };

  const auto none = std::optional<double>();
  const Case cases[] = {
      {{none, none, .9, none, none, none}, {.9, .9, .9, .4, .4, .4}},
      {{none, none, .1, none, none, none}, {.8, .6, .1, .1, .1, .1}},
      {{1, 1, 1, 1, 1, 1}, {1, 1, 1, 1, 1, 1}},
      {{.5, none, none, .7, none, none}, {.5, .5, .5, .5, .4, .4}},
  };
  for (const auto& c : cases) {
    Service s = laboratory();
    std::optional<double>* const points[] = {&s.capacity_2h,  &s.capacity_8h, &s.capacity_24h,
                                             &s.capacity_72h, &s.capacity_1w, &s.capacity_4w};
    for (std::size_t i = 0; i < 6; ++i) {
      *points[i] = c.given[i];
    }
    const ResolvedService r = resolve(s, d);
    EXPECT_EQ(r.down, c.curve);
    for (std::size_t i = 0; i < 6; ++i) {
      EXPECT_GE(r.read_only[i], r.down[i]);
      EXPECT_GE(r.not_linked[i], r.read_only[i]);
    }
  }
}

TEST(resolve, the_other_elements_have_all_values) {
  const Defaults d = repository_defaults();
  Application a;
  a.role = ApplicationRole::laboratory;
  a.rto_h = 3;
  const auto app = resolve(a, d);
  EXPECT_EQ(app.rto_h, 3);
  EXPECT_EQ(app.rpo_h, d.of(ApplicationRole::laboratory).rpo_h);
  EXPECT_EQ(std::count(app.defaults.begin(), app.defaults.end(), "rto_h"), 0);
  EXPECT_EQ(std::count(app.defaults.begin(), app.defaults.end(), "rpo_h"), 1);
  Component c;
  c.kind = ComponentKind::medical_device;
  c.domain_joined = true;
  const auto part = resolve(c, d);
  EXPECT_TRUE(part.domain_joined);
  EXPECT_TRUE(part.kept_on_shutdown);
  EXPECT_EQ(part.count, 1);
  Zone z;
  z.remote_access_mfa = true;
  EXPECT_TRUE(resolve(z, d).remote_access_mfa);
  EXPECT_EQ(resolve(z, d).defaults, std::vector<std::string>{"watch"});
}

Cartography hospital() {
  Inventory i;
  i.services = {laboratory()};
  Service kitchen;
  kitchen.id = kitchen.name = "CUISINE";
  kitchen.sector = Sector::kitchen;
  Service emergency;
  emergency.id = emergency.name = "URG";
  emergency.sector = Sector::emergency;
  i.services.push_back(kitchen);
  i.services.push_back(emergency);
  Application lis;
  lis.id = lis.name = "SIL";
  lis.role = ApplicationRole::laboratory;
  Application pacs;
  pacs.id = pacs.name = "PACS";
  pacs.role = ApplicationRole::imaging;
  Application rdv;
  rdv.id = rdv.name = "RDV";
  rdv.role = ApplicationRole::appointment;
  rdv.hosting = Hosting::saas;
  i.applications = {lis, pacs, rdv};
  Component server;
  server.id = server.name = "SRV";
  i.components = {server};
  Dependency d;
  d.id = "SIL>SRV";
  d.consumer = "SIL";
  d.target = "SRV";
  Dependency own;
  own.id = "URG>PACS";
  own.consumer = "URG";
  own.target = "PACS";
  own.origins["target"] = {};
  i.dependencies = {d, own};
  return draw_cartography("CHSA", std::vector{inventory_source(i)}, {});
}

TEST(assume, only_services_without_needs_get_the_usual_ones) {
  const Defaults d = repository_defaults();
  Cartography c = hospital();
  assume_dependencies(c, d);
  std::vector<std::string> ids;
  for (const Dependency& dependency : c.dependencies) {
    ids.push_back(dependency.id);
  }
  EXPECT_EQ(ids, (std::vector<std::string>{"LABO>SIL", "SIL>SRV", "URG>PACS"}));
  EXPECT_TRUE(c.dependencies[0].origins.empty()) << "default, not confirmed";
  EXPECT_EQ(c.dependencies[0].autonomy_h,
            d.need(Sector::laboratory, ApplicationRole::laboratory)->autonomy_h);
  ASSERT_EQ(count_code(c.findings, "cartography.needs_assumed"), 1U);
  EXPECT_EQ(find_code(c.findings, "cartography.needs_assumed")->place, "LABO");
  ASSERT_EQ(count_code(c.findings, "cartography.application_without_component"), 1U) << codes(c.findings);
  EXPECT_EQ(find_code(c.findings, "cartography.application_without_component")->place, "PACS");
}

TEST(resolve, a_need_has_the_defaults_of_sector_and_role) {
  const Defaults d = repository_defaults();
  const Cartography c = hospital();
  const auto& own = c.dependencies[1];
  ASSERT_EQ(own.id, "URG>PACS");
  const auto r = resolve(own, c, d);
  EXPECT_EQ(r.autonomy_h, d.need(Sector::emergency, ApplicationRole::imaging)->autonomy_h);
  EXPECT_EQ(r.needed, 1);
  EXPECT_EQ(resolve(c.dependencies[0], c, d).autonomy_h, d.components.dependency.autonomy_h);
}

TEST(confirmed, counts_what_the_hospital_said_itself) {
  const Defaults d = repository_defaults();
  Cartography c = hospital();
  EXPECT_EQ(confirmed(c).services, 3);
  EXPECT_EQ(confirmed(c).services_confirmed, 0);
  for (const char* field : {"capacity_2h", "capacity_8h", "capacity_24h", "capacity_72h", "capacity_1w"}) {
    for (Service& s : c.services) {
      s.origins[field] = {};
    }
  }
  EXPECT_EQ(confirmed(c).services_confirmed, 0) << "five capacities of six";
  for (Service& s : c.services) {
    s.origins["capacity_4w"] = {};
  }
  assume_dependencies(c, d);
  EXPECT_EQ(confirmed(c).services_confirmed, 1)
      << "the emergency department: needs given; the laboratory's are assumed, the kitchen has none";
  for (const Service& s : c.services) {
    EXPECT_EQ(is_confirmed(s, c), s.id == "URG") << s.id;
  }
  const Confirmed sum = confirmed(c);
  // 3 services x 9, 3 applications x 4, 1 component x 4, 3 dependencies x 3, 7 of the facility
  EXPECT_EQ(sum.facts, 27 + 12 + 4 + 9 + 7);
  // 3 x 6 capacities, the laboratory's sector, the target of URG>PACS
  EXPECT_EQ(sum.facts_confirmed, 18 + 1 + 1);
  c.answers = {{"reaction_night_h", "2"}, {"not_ours", "1"}};
  EXPECT_EQ(confirmed(c).facts_confirmed, sum.facts_confirmed + 1);
}

}  // namespace
}  // namespace releve::cartography
