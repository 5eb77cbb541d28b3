// SPDX-License-Identifier: EUPL-1.2
#include "prepare/cartography/usual.hpp"

#include "prepare/cartography/test_material.hpp"

namespace releve::cartography {
namespace {

Usual repository_usual() {
  return read_usual(repository_file("data/usual.json")).value();
}

Source directory() {
  intake::Directory d;
  d.domains = {{"S", "CH.LOCAL"}};
  d.objects = {computer("S-1", "DC1.CH.LOCAL", "Windows Server 2022"),
               computer("S-2", "SRV-LIS.CH.LOCAL", "Windows Server 2019"),
               computer("S-3", "SRV-A.CH.LOCAL", "Windows Server 2019"),
               computer("S-4", "SRV-B.CH.LOCAL", "Windows Server 2019"), computer("S-5", "PC-1.CH.LOCAL")};
  d.objects[0].facts |= static_cast<std::uint32_t>(intake::Fact::is_dc);
  return directory_source(d);
}

Source described() {
  Inventory i;
  Service s;
  s.id = s.name = "SSR";
  s.sector = Sector::rehabilitation;
  i.services = {s};
  return inventory_source(i);
}

TEST(usual, stands_in_until_care_is_described) {
  const Usual usual = repository_usual();
  EXPECT_TRUE(draw_hospital("CH", {}, {}, usual).services.empty()) << "nothing is known of this hospital yet";
  const Cartography first = draw_hospital("CH", {directory()}, {}, usual);
  EXPECT_EQ(first.services.size(), usual.table.services.size());
  EXPECT_EQ(first.applications.size(), usual.table.applications.size());
  EXPECT_EQ(count_code(first.findings, "cartography.services_assumed"), 1U);
  EXPECT_EQ(count_code(first.findings, "cartography.applications_assumed"), 1U);
  for (const Service& service : first.services) {
    EXPECT_TRUE(service.origins.empty()) << "default, not confirmed";
  }
  const Cartography own = draw_hospital("CH", {directory(), described()}, {}, usual);
  ASSERT_EQ(own.services.size(), 1U);
  EXPECT_EQ(own.services[0].id, "SSR");
  EXPECT_EQ(count_code(own.findings, "cartography.services_assumed"), 0U);
  EXPECT_NE(own.input_hash, first.input_hash);
}

TEST(usual, answers_about_what_is_assumed_count) {
  const std::vector<Answer> answers{{"URG", "capacity_24h", "0.4", "Dr Martin", day(3)}};
  const Cartography c = draw_hospital("CH", {directory()}, answers, repository_usual());
  const auto urg =
      std::find_if(c.services.begin(), c.services.end(), [](const auto& s) { return s.id == "URG"; });
  ASSERT_NE(urg, c.services.end());
  EXPECT_EQ(urg->capacity_24h, 0.4);
  EXPECT_EQ(urg->origins.at("capacity_24h").kind, OriginKind::answer);
  EXPECT_EQ(count_code(c.findings, "answer.unknown_element"), 0U) << codes(c.findings);
}

TEST(usual, each_service_of_the_table_needs_an_application_of_it) {
  const Defaults defaults = repository_defaults();
  Cartography c = draw_hospital("CH", {directory()}, {}, repository_usual());
  assume_dependencies(c, defaults);
  for (const Service& service : c.services) {
    EXPECT_TRUE(std::any_of(c.dependencies.begin(), c.dependencies.end(), [&](const Dependency& d) {
      return d.consumer == service.id;
    })) << service.id;
  }
}

TEST(usual, applications_rest_on_the_directory_and_half_of_the_servers) {
  Cartography c = draw_hospital("CH", {directory()}, {}, repository_usual());
  assume_dependencies(c, repository_defaults());
  EXPECT_EQ(count_code(c.findings, "cartography.platform_assumed"), 1U);
  const auto needs = [&](const std::string& application, const std::string& group) {
    std::map<std::string, double> targets;
    for (const Dependency& d : c.dependencies) {
      if (d.consumer == application && d.alternative == group) {
        EXPECT_TRUE(d.origins.empty());
        targets[d.target] = *d.needed;
      }
    }
    return targets;
  };
  using Targets = std::map<std::string, double>;
  EXPECT_EQ(needs("APP-DPI", "directory"), (Targets{{"machine:S-1", 1}}));
  EXPECT_EQ(needs("APP-DPI", "servers"),
            (Targets{{"machine:S-2", 2}, {"machine:S-3", 2}, {"machine:S-4", 2}}));
  EXPECT_EQ(needs("APP-SIL", "servers"), (Targets{{"machine:S-2", 1}})) << "the server that bears its name";
  for (const Machine& machine : c.machines) {
    EXPECT_EQ(machine.component.empty(), machine.kind == MachineKind::workstation) << machine.name;
  }
}

const Service* service_of(const Cartography& c, const std::string& id) {
  const auto at =
      std::find_if(c.services.begin(), c.services.end(), [&](const Service& one) { return one.id == id; });
  return at == c.services.end() ? nullptr : &*at;
}

TEST(usual, beds_and_closed_doors_come_from_the_registry) {
  const Registered sae{"CH", "SAE 2023", {{Sector::medicine, 120}, {Sector::obstetrics, 0}}, false, {}};
  const Cartography c = draw_hospital("CH", {directory()}, {}, repository_usual(), sae);
  EXPECT_EQ(service_of(c, "URG"), nullptr) << "no emergency department";
  EXPECT_EQ(service_of(c, "OBST"), nullptr) << "no bed for it";
  ASSERT_NE(service_of(c, "MED"), nullptr);
  EXPECT_EQ(service_of(c, "MED")->beds, 120);
  EXPECT_TRUE(service_of(c, "MED")->origins.empty()) << "default, not confirmed";
  EXPECT_FALSE(service_of(c, "CHIR")->beds) << "not counted";
  EXPECT_EQ(count_code(c.findings, "cartography.beds_registered"), 1U);
  EXPECT_NE(c.input_hash, draw_hospital("CH", {directory()}, {}, repository_usual()).input_hash);
}

TEST(usual, the_hospital_goes_before_the_registry) {
  const Registered sae{"CH", "SAE 2023", {{Sector::medicine, 120}, {Sector::surgery, 80}}, {}, {}};
  Inventory i;
  for (const auto& [id, sector] : {std::pair("M1", Sector::medicine), std::pair("M2", Sector::medicine),
                                   std::pair("C1", Sector::surgery)}) {
    Service s;
    s.id = s.name = id;
    s.sector = sector;
    i.services.push_back(s);
  }
  i.services[2].beds = 75;
  const std::vector<Answer> answers{{"M2", "beds", "50", "Dr Martin", day(3)}};
  const Cartography c = draw_hospital("CH", {inventory_source(i)}, answers, repository_usual(), sae);
  ASSERT_EQ(c.services.size(), 3U);
  EXPECT_EQ(service_of(c, "M1")->beds, 60) << "shared out";
  EXPECT_EQ(service_of(c, "M2")->beds, 50) << "answered";
  EXPECT_EQ(service_of(c, "C1")->beds, 75) << "told by a file";
  for (Service& s : i.services) {
    s.beds = 10;
  }
  const Cartography told = draw_hospital("CH", {inventory_source(i)}, {}, repository_usual(), sae);
  EXPECT_EQ(count_code(told.findings, "cartography.beds_registered"), 0U);
  EXPECT_EQ(told.input_hash, draw_hospital("CH", {inventory_source(i)}, {}, repository_usual()).input_hash)
      << "nothing was assumed";
}

TEST(usual, a_site_that_shares_the_system_is_a_service_and_falls_with_it) {
  const Registered with_home{
      "CH", "", {}, {}, {{"010000123", "EHPAD Les Tilleuls", "Bourg", Sector::long_term_care}}};
  Cartography c = draw_hospital("CH", {directory(), described()}, {}, repository_usual(), with_home);
  ASSERT_EQ(c.services.size(), 2U);
  const Service* home = service_of(c, service_of_site("010000123"));
  ASSERT_NE(home, nullptr);
  EXPECT_EQ(home->name, "EHPAD Les Tilleuls");
  assume_dependencies(c, repository_defaults());
  EXPECT_TRUE(std::any_of(c.dependencies.begin(), c.dependencies.end(), [&](const Dependency& d) {
    return d.consumer == home->id && d.target == "APP-DPI";
  })) << "it needs the hospital's patient record";
}

TEST(usual, a_wrong_table_is_refused_by_row) {
  const std::string good = repository_file("data/usual.json");
  std::string twice = good;
  twice.replace(twice.find("\"REA\""), 5, "\"URG\"");
  const auto refused = read_usual(twice);
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().message.code, "defaults.row_twice");
  EXPECT_NE(refused.error().where.find("URG"), std::string::npos);
  EXPECT_FALSE(read_usual("{}").ok());
}

}  // namespace
}  // namespace releve::cartography
