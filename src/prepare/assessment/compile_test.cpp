// SPDX-License-Identifier: EUPL-1.2
#include "prepare/assessment/compiler.hpp"
#include "prepare/assessment/hospital_for_tests.hpp"

#include <algorithm>

namespace releve::assessment {
namespace {

intake::Weakness weakness(std::vector<std::string> cves, std::uint16_t port, bool exploit = false,
                          std::uint8_t severity = 4) {
  return {.id = "nessus:1",
          .title = "flaw",
          .cves = std::move(cves),
          .port = port,
          .severity = severity,
          .exploit_available = exploit};
}

TEST(compile, flaws_count_by_what_the_world_knows_of_them) {
  struct Case {
    const char* name = "";
    intake::Weakness weakness;
    const char* technique = "";  // empty: no step
  };

  const Case cases[] = {
      {"used by ransomware", weakness({"CVE-2017-0144"}, 445), "exploit_ransomware"},
      {"known to be used", weakness({"CVE-2020-1472"}, 445), "exploit_known"},
      {"the worst of several", weakness({"CVE-2020-1472", "CVE-2017-0144"}, 445), "exploit_ransomware"},
      {"likely", weakness({"CVE-2021-0001"}, 445), "exploit_likely"},
      {"unlikely", weakness({"CVE-2021-0002"}, 445), ""},
      {"open code", weakness({"CVE-2021-0002"}, 445, true), "exploit_public"},
      {"open code of little effect", weakness({"CVE-2021-0002"}, 445, true, 2), ""},
      {"on the machine only", weakness({"CVE-2017-0144"}, 0), ""}};
  for (const Case& one : cases) {
    Hospital hospital;
    hospital.kev.entries.resize(2);
    hospital.kev.entries[0].cve = "CVE-2017-0144";
    hospital.kev.entries[0].ransomware = true;
    hospital.kev.entries[1].cve = "CVE-2020-1472";
    hospital.epss.entries.resize(2);
    hospital.epss.entries[0].cve = "CVE-2021-0001";
    hospital.epss.entries[0].probability = 0.9F;
    hospital.epss.entries[1].cve = "CVE-2021-0002";
    hospital.epss.entries[1].probability = 0.001F;
    hospital.scan.hosts = {host("10.0.0.1", "srv.ch.local")};
    hospital.scan.hosts[0].weaknesses = {one.weakness};
    const Compiled compiled = hospital.compiled();
    for (const std::string technique :
         {"exploit_ransomware", "exploit_known", "exploit_likely", "exploit_public"}) {
      const auto found = steps(compiled, technique);
      EXPECT_EQ(found.empty(), technique != one.technique) << one.name << " " << technique;
      for (const std::string& step : found) {
        EXPECT_NE(step.find(":file:"), std::string::npos) << "port 445 is files: " << step;
      }
    }
    EXPECT_EQ(count_code(compiled.findings, "compile.local_flaws"), one.weakness.port == 0 ? 1U : 0U)
        << one.name;
  }
}

TEST(compile, flows_join_zones_for_the_protocols_given) {
  Hospital hospital;
  hospital.inventory.zones = {
      {.id = "PC", .name = "Postes", .addresses = {"10.1.0.0/16"}, .flows = {"SRV:web+file", "NONE:all"}},
      {.id = "SRV", .name = "Serveurs", .addresses = {"10.2.0.0/16"}}};
  hospital.scan.hosts = {host("10.1.0.1", "pc.ch.local"), host("10.2.0.1", "srv.ch.local"),
                         host("192.168.0.1", "nowhere.ch.local")};
  const auto found = steps(hospital.compiled(), "instantaneous");
  for (const std::string protocol : {"admin", "remote_desktop", "file", "web", "database"}) {
    const bool open = protocol == "web" || protocol == "file";
    EXPECT_EQ(found.contains("presence:PC -> foothold:SRV:" + protocol + ":cross"), open) << protocol;
    EXPECT_FALSE(found.contains("presence:SRV -> foothold:PC:" + protocol + ":cross"))
        << "flows have a direction";
    EXPECT_TRUE(found.contains("presence: -> foothold:SRV:" + protocol + ":cross"))
        << "no filter is assumed around unplaced machines";
    EXPECT_TRUE(found.contains("presence:SRV -> foothold:SRV:" + protocol + ":local"));
  }
  EXPECT_TRUE(found.contains("host:pc.ch.local -> presence:PC"));
  EXPECT_TRUE(found.contains("host:nowhere.ch.local -> presence:"));
}

TEST(compile, remote_access_by_what_is_said_of_the_second_factor) {
  for (const auto& [mfa, chance] :
       {std::pair<std::optional<bool>, double>{std::nullopt, 0.63}, {true, 0.0144}, {false, 1.0}}) {
    Hospital hospital;
    hospital.inventory.zones = {
        {.id = "VPN", .name = "Télétravail", .remote_access_group = "GROUP1100", .remote_access_mfa = mfa}};
    const auto nested = hospital.group(1101);
    const auto group = hospital.group(1100);
    hospital.relate(nested, Relation::member_of, group);
    hospital.relate(hospital.user(1001), Relation::member_of, group);
    hospital.relate(hospital.user(1002), Relation::member_of, nested);
    hospital.user(1003);
    const Compiled compiled = hospital.compiled();
    const auto found = doors(compiled, "credentials");
    ASSERT_EQ(found.size(), 2U) << "members, nested ones too, and nobody else";
    for (const engine::Door* door : found) {
      EXPECT_TRUE(door->open);
      EXPECT_NEAR(chance_of(*door), chance, 1e-6);
      EXPECT_NEAR(door->weight, 0.18, 1e-6) << "they share the weight of the scenario";
      EXPECT_EQ(door->grants.size(), 2U);
    }
  }
}

TEST(compile, a_remote_access_for_nobody_is_a_closed_door) {
  Hospital hospital;
  hospital.inventory.zones = {{.id = "VPN", .name = "Télétravail", .remote_access_group = "GROUP1100"}};
  hospital.group(1100);
  hospital.user(1001);
  const Compiled compiled = hospital.compiled();
  ASSERT_EQ(doors(compiled, "credentials").size(), 1U);
  EXPECT_FALSE(doors(compiled, "credentials")[0]->open);
}

TEST(compile, exposed_machines_are_doors_by_their_worst_reachable_flaw) {
  Hospital hospital;
  hospital.inventory.components = {
      {.id = "WEB", .name = "Portail", .fqdn = "web.ch.local", .internet_exposed = true},
      {.id = "VIS", .name = "Visio", .fqdn = "vis.ch.local", .internet_exposed = true}};
  hospital.kev.entries.resize(1);
  hospital.kev.entries[0].cve = "CVE-2023-1";
  hospital.scan.hosts = {host("10.0.0.1", "web.ch.local"), host("10.0.0.2", "vis.ch.local")};
  hospital.scan.hosts[0].weaknesses = {weakness({"CVE-2023-1"}, 443)};
  hospital.scan.hosts[1].weaknesses = {weakness({"CVE-2023-1"}, 0)};
  const Compiled compiled = hospital.compiled();
  const auto found = doors(compiled, "exposed_flaw");
  ASSERT_EQ(found.size(), 2U);
  const engine::Door* web =
      found[0]->label.starts_with("Portail") || found[0]->label.starts_with("web") ? found[0] : found[1];
  const engine::Door* other = web == found[0] ? found[1] : found[0];
  EXPECT_NE(web->label.find("CVE-2023-1"), std::string::npos) << web->label;
  EXPECT_GT(chance_of(*web), chance_of(*other));
  EXPECT_NEAR(chance_of(*other), 0.02, 1e-6) << "a flaw on no port is no way in from outside";
}

TEST(compile, a_supplier_enters_where_he_may_and_reaches_his_machine) {
  Hospital hospital;
  hospital.inventory.components = {
      {.id = "SIL", .name = "SIL", .fqdn = "sil.ch.local", .supplier_access = "Éditeur"}};
  const Compiled compiled = hospital.compiled();
  ASSERT_EQ(doors(compiled, "supplier").size(), 1U);
  EXPECT_TRUE(doors(compiled, "supplier")[0]->open);
  EXPECT_EQ(steps(compiled, "supplier_pivot").size(), 2U) << "local and across zones";
  EXPECT_FALSE(doors(Hospital().compiled(), "supplier")[0]->open) << "no supplier: an attempt that fails";
}

TEST(compile, virtualisation_takes_its_guests_and_storage) {
  Hospital hospital;
  hospital.inventory.components = {
      {.id = "ESX", .name = "ESX", .kind = ComponentKind::hypervisor, .fqdn = "esx.ch.local"},
      {.id = "BAIE", .name = "Baie", .kind = ComponentKind::storage, .fqdn = "baie.ch.local"},
      {.id = "GUEST", .name = "Invité", .fqdn = "guest.ch.local"},
      {.id = "ALONE", .name = "Physique", .fqdn = "alone.ch.local"}};
  hospital.inventory.dependencies = {{.id = "GUEST>ESX", .consumer = "GUEST", .target = "ESX"},
                                     {.id = "ESX>BAIE", .consumer = "ESX", .target = "BAIE"}};
  const Compiled compiled = hospital.compiled();
  ASSERT_EQ(compiled.model.virtualisations.size(), 1U);
  const auto& platform = compiled.model.virtualisations[0];
  ASSERT_EQ(platform.hosts.size(), 1U);
  EXPECT_EQ(compiled.model.hosts[platform.hosts[0]].name, "host:guest.ch.local");
  ASSERT_EQ(platform.items.size(), 1U);
  EXPECT_EQ(compiled.model.items[platform.items[0]].name, "component:BAIE");
  EXPECT_EQ(compiled.model.nodes[platform.control].name, "power:virtualisation:ESX");
  EXPECT_TRUE(steps(compiled, "platform_takeover").contains("host:esx.ch.local -> power:virtualisation:ESX"));
}

TEST(compile, who_holds_the_console_or_one_host_holds_the_farm_above_it) {
  Hospital hospital;
  hospital.inventory.components = {
      {.id = "VCENTER", .name = "Console", .kind = ComponentKind::hypervisor, .fqdn = "vcenter.ch.local"},
      {.id = "ESX1", .name = "Hôte 1", .kind = ComponentKind::hypervisor, .fqdn = "esx1.ch.local"},
      {.id = "ESX2", .name = "Hôte 2", .kind = ComponentKind::hypervisor, .fqdn = "esx2.ch.local"},
      {.id = "FERME", .name = "Ferme", .kind = ComponentKind::hypervisor},
      {.id = "BAIE", .name = "Baie", .kind = ComponentKind::storage},
      {.id = "GUEST", .name = "Invité", .fqdn = "guest.ch.local"}};
  for (const std::string target : {"VCENTER", "ESX1", "ESX2", "BAIE"}) {
    hospital.inventory.dependencies.push_back(
        {.id = "FERME>" + target, .consumer = "FERME", .target = target});
  }
  hospital.inventory.dependencies.push_back({.id = "GUEST>FERME", .consumer = "GUEST", .target = "FERME"});
  const Compiled compiled = hospital.compiled();
  ASSERT_EQ(compiled.model.virtualisations.size(), 4U);
  const auto farm = item(compiled, "component:FERME").hosts;
  ASSERT_EQ(farm.size(), 1U);
  for (const auto& platform : compiled.model.virtualisations) {
    const std::string& power = compiled.model.nodes[platform.control].name;
    std::set<std::string> hosts;
    for (const engine::HostIndex index : platform.hosts) {
      hosts.insert(compiled.model.hosts[index].name);
    }
    EXPECT_TRUE(hosts.contains("host:guest.ch.local")) << power;
    EXPECT_EQ(hosts.contains(compiled.model.hosts[farm[0]].name), power != "power:virtualisation:FERME")
        << power;
    EXPECT_FALSE(hosts.contains("host:esx2.ch.local")) << power << " does not take its neighbour";
    ASSERT_EQ(platform.items.size(), 1U) << power;
    EXPECT_EQ(compiled.model.items[platform.items[0]].name, "component:BAIE") << power;
  }
  EXPECT_TRUE(
      steps(compiled, "platform_takeover").contains("host:vcenter.ch.local -> power:virtualisation:VCENTER"));
}

TEST(compile, who_holds_the_gateway_reads_what_its_users_type) {
  Hospital hospital;
  hospital.inventory.zones = {{.id = "VPN", .name = "Télétravail", .remote_access_group = "GROUP1100"}};
  hospital.inventory.components = {
      {.id = "FW",
       .name = "Passerelle",
       .kind = ComponentKind::network,
       .fqdn = "fw.ch.local",
       .internet_exposed = true},
      {.id = "WEB", .name = "Portail", .fqdn = "web.ch.local", .internet_exposed = true}};
  hospital.relate(hospital.user(1001), Relation::member_of, hospital.group(1100));
  hospital.user(1002);
  const Compiled compiled = hospital.compiled();
  EXPECT_EQ(steps(compiled, "gateway_credentials"), Steps{"host:fw.ch.local -> account:" + sid(1001)})
      << "users of the group, and only on a gateway";
  EXPECT_TRUE(steps(compiled, "instantaneous").contains("host:fw.ch.local -> presence:VPN"));
}

TEST(compile, teams_grow_with_the_hospital_unless_it_has_said_how_many) {
  const auto teams_of = [](std::size_t machines, std::vector<Answer> answers) {
    Hospital hospital;
    hospital.answers = std::move(answers);
    for (std::size_t i = 0; i < machines; ++i) {
      const std::string number = std::to_string(i);
      hospital.scan.hosts.push_back(host(
          "10.0." + std::to_string(i / 250) + "." + std::to_string(1 + i % 250), "m" + number + ".ch.local"));
    }
    const Compiled compiled = hospital.compiled();
    return compiled.model.parameters.teams[static_cast<std::size_t>(engine::Skill::infrastructure)];
  };
  const Tables tables = repository_tables();
  const auto row = std::find_if(tables.restoration.teams.begin(), tables.restoration.teams.end(),
                                [](const TeamRow& one) { return one.skill == "infrastructure"; });
  const auto table = static_cast<std::uint32_t>(row->teams);
  EXPECT_EQ(teams_of(2, {}), table / 2) << "never under half: little may have been imported";
  EXPECT_EQ(teams_of(5000, {}), 2 * table);
  EXPECT_EQ(teams_of(5000, {{"", "teams_infrastructure", "9", "x", day(2)}}), 9U);
}

TEST(compile, a_scenario_may_have_rows_of_its_own) {
  const Hospital hospital;
  const Cartography map = hospital.draw();
  const Tables tables = repository_tables();
  const auto shutdown_of = [&](const std::string& scenario) {
    return compile(map, repository_defaults(), tables, {scenario}).model.parameters.shutdown;
  };
  EXPECT_EQ(shutdown_of("crisis"), engine::threshold_of(share_row(tables.attack.chances, "shutdown")));
  EXPECT_EQ(shutdown_of("national_mix"),
            engine::threshold_of(share_row(tables.attack.chances, "shutdown.national_mix")));
  EXPECT_LT(shutdown_of("national_mix"), shutdown_of("crisis"));
}

TEST(compile, copies_are_kept_by_whom_the_hospital_says_else_by_its_backup) {
  Hospital hospital;
  hospital.inventory.components = {
      {.id = "B1", .name = "Sauvegarde", .kind = ComponentKind::backup, .offline_backup = true},
      {.id = "B2",
       .name = "Autre",
       .kind = ComponentKind::backup,
       .offline_backup = false,
       .immutable_backup = false},
      {.id = "S1", .name = "Dit"},
      {.id = "S2", .name = "Non dit"}};
  hospital.inventory.dependencies = {
      {.id = "S1>B2:backup", .consumer = "S1", .target = "B2", .kind = DependencyKind::backed_up_by}};
  const Compiled compiled = hospital.compiled();
  EXPECT_EQ(item(compiled, "component:S1").backups.size(), 1U);
  EXPECT_EQ(item(compiled, "component:S2").backups.size(), 2U);
  EXPECT_TRUE(item(compiled, "component:B1").copy_survives);
  EXPECT_FALSE(item(compiled, "component:B2").copy_survives);
}

TEST(compile, needs_are_alternatives_interfaces_and_outside) {
  Hospital hospital;
  hospital.inventory.services = {{.id = "LAB", .name = "Laboratoire", .sector = Sector::laboratory}};
  hospital.inventory.applications = {
      {.id = "SIL", .name = "SIL", .role = ApplicationRole::laboratory, .hosting = Hosting::on_site},
      {.id = "DPI", .name = "DPI", .role = ApplicationRole::patient_record, .hosting = Hosting::saas}};
  hospital.inventory.components = {{.id = "AD1", .name = "AD1", .kind = ComponentKind::directory},
                                   {.id = "AD2", .name = "AD2", .kind = ComponentKind::directory},
                                   {.id = "AD3", .name = "AD3", .kind = ComponentKind::directory},
                                   {.id = "DB", .name = "DB"}};
  auto& needs = hospital.inventory.dependencies;
  for (const std::string target : {"AD1", "AD2", "AD3"}) {
    needs.push_back(
        {.id = "SIL>" + target, .consumer = "SIL", .target = target, .alternative = "annuaire", .needed = 2});
  }
  needs.push_back({.id = "SIL>DB", .consumer = "SIL", .target = "DB", .autonomy_h = 1.5});
  needs.push_back(
      {.id = "SIL>DPI:interface", .consumer = "SIL", .target = "DPI", .kind = DependencyKind::interface});
  needs.push_back(
      {.id = "LAB>SIL", .consumer = "LAB", .target = "SIL", .least_state = LeastState::not_linked});
  const Compiled compiled = hospital.compiled();
  const auto& sil = item(compiled, "application:SIL");
  std::map<std::string, const engine::NeedGroup*> groups;
  for (const auto& group : sil.groups) {
    groups[group.name] = &group;
  }
  ASSERT_TRUE(groups.contains("annuaire") && groups.contains("component:DB") &&
              groups.contains("interface:SIL>DPI"));
  EXPECT_EQ(groups["annuaire"]->needed, 2U);
  EXPECT_EQ(groups["annuaire"]->needs.size(), 3U);
  EXPECT_EQ(groups["component:DB"]->needs[0].autonomy, 15) << "ticks of six minutes";
  EXPECT_EQ(groups["interface:SIL>DPI"]->otherwise, engine::NeedGroup::Otherwise::not_linked)
      << "without it both work, isolated";
  const auto& dpi = item(compiled, "application:DPI");
  EXPECT_TRUE(dpi.patient_record);
  bool outside = false;
  for (const auto& group : dpi.groups) {
    outside = outside || target_names(compiled, group) == std::vector<std::string>{"component:DPI@outside"};
  }
  EXPECT_TRUE(outside) << "bought as a service: reached through the internet";
  EXPECT_TRUE(item(compiled, "component:DPI@outside").external);
  const auto& lab = item(compiled, "service:LAB");
  ASSERT_EQ(lab.groups.size(), 1U);
  EXPECT_EQ(lab.groups[0].needs[0].least, engine::State::not_linked);
  EXPECT_EQ(lab.groups[0].otherwise, engine::NeedGroup::Otherwise::as_target);
}

TEST(compile, answers_of_any_size_are_held_within_reason) {
  for (const std::string answer : {"0.4", "0", "-3", "1000000", "1e300", "\"soon\"", "null"}) {
    Hospital hospital;
    hospital.answers = {{"", "reaction_night_h", answer, "x", day(2)},
                        {"", "teams_infrastructure", answer, "x", day(2)}};
    const Compiled compiled = hospital.compiled();
    EXPECT_EQ(compiled.model.parameters.reaction_off.cells.size(), engine::delay_cells) << answer;
    EXPECT_LE(compiled.model.parameters.teams[static_cast<std::size_t>(engine::Skill::infrastructure)], 500U)
        << answer;
  }
}

}  // namespace
}  // namespace releve::assessment
