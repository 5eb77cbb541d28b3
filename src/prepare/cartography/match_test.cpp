// SPDX-License-Identifier: EUPL-1.2
#include "prepare/cartography/match.hpp"

#include "prepare/cartography/machines.hpp"
#include "prepare/cartography/test_material.hpp"

namespace releve::cartography {
namespace {

intake::Directory chsa(std::vector<intake::DirectoryObject> objects) {
  intake::Directory d;
  d.domains = {{"S-1-5-21-1", "CHSA.LOCAL"}};
  d.objects = std::move(objects);
  return d;
}

intake::Scan scan_of(std::vector<intake::ScannedHost> hosts,
                     intake::ScanFormat format = intake::ScanFormat::nessus) {
  intake::Scan scan;
  scan.format = format;
  scan.hosts = std::move(hosts);
  return scan;
}

Component component(const std::string& id, ComponentKind kind = ComponentKind::server) {
  Component c;
  c.id = id;
  c.name = "nom de " + id;
  c.kind = kind;
  c.origins["id"] = Origin{OriginKind::import, "modele.xlsx", day(1)};
  return c;
}

Zone zone(std::string id, std::vector<std::string> addresses) {
  Zone z;
  z.id = z.name = std::move(id);
  z.addresses = std::move(addresses);
  return z;
}

Cartography draw(std::vector<Source> sources) {
  return draw_cartography("CHSA", sources, {});
}

std::optional<MatchKey> matched_by(const Machine& machine, std::string_view file) {
  for (const Sighting& s : machine.sightings) {
    if (s.source == file) {
      return s.matched_by;
    }
  }
  ADD_FAILURE() << machine.name << " not seen in " << file;
  return std::nullopt;
}

TEST(match, each_key_joins_and_is_explained) {
  struct Case {
    const char* why = "";
    std::optional<std::string> sid, fqdn, host, ip;
    intake::ScannedHost seen;
    MatchKey by_sheet{}, by_scan{};
  };

  const Case cases[] = {
      {"sid", "s-1-5-21-1-1101", {}, {}, "10.0.0.9", host("10.0.0.9"), MatchKey::sid, MatchKey::ip},
      {"fqdn",
       {},
       "LIS.chsa.local.",
       {},
       {},
       host("10.0.0.9", "lis.chsa.local"),
       MatchKey::fqdn,
       MatchKey::fqdn},
      {"host", {}, {}, "lis", {}, host("10.0.0.9", "", "LIS"), MatchKey::host_name, MatchKey::host_name},
      {"host with another suffix",
       {},
       {},
       "LIS",
       {},
       host("10.0.0.9", "lis.chsa.fr"),
       MatchKey::host_name,
       MatchKey::host_name},
      {"ip after host", {}, {}, "LIS", "10.0.0.9", host("10.0.0.9"), MatchKey::host_name, MatchKey::ip},
  };
  for (const auto& c : cases) {
    Inventory inventory;
    inventory.components = {component("LIS1")};
    inventory.components[0].sid = c.sid;
    inventory.components[0].fqdn = c.fqdn;
    inventory.components[0].host_name = c.host;
    inventory.components[0].ip = c.ip;
    const auto drawn =
        draw({directory_source(chsa({computer("S-1-5-21-1-1101", "LIS.CHSA.LOCAL", "Windows Server 2016")})),
              inventory_source(inventory), scan_source(scan_of({c.seen}))});
    ASSERT_EQ(drawn.machines.size(), 1U) << c.why;
    const Machine& m = drawn.machines[0];
    EXPECT_EQ(m.id, "S-1-5-21-1-1101") << c.why;
    EXPECT_EQ(m.component, "LIS1") << c.why;
    EXPECT_EQ(m.fqdn, "lis.chsa.local");
    EXPECT_EQ(m.host_name, "LIS");
    EXPECT_EQ(m.ips, std::vector<std::string>{"10.0.0.9"}) << c.why;
    EXPECT_TRUE(m.domain_joined);
    EXPECT_EQ(m.directory_object, 0U);
    ASSERT_EQ(m.sightings.size(), 3U) << c.why;
    EXPECT_EQ(m.sightings[0].matched_by, std::nullopt);
    EXPECT_EQ(matched_by(m, "modele.xlsx"), c.by_sheet) << c.why;
    EXPECT_EQ(matched_by(m, "scan.nessus"), c.by_scan) << c.why;
  }
}

TEST(match, two_computers_sharing_an_address_stay_two) {
  Inventory inventory;
  inventory.components = {component("A"), component("B")};
  inventory.components[0].host_name = "PC1";
  inventory.components[0].ip = "10.0.0.5";
  inventory.components[1].host_name = "PC2";
  inventory.components[1].ip = "10.0.0.5";
  const auto drawn =
      draw({directory_source(chsa({computer("S-1", "PC1.CHSA.LOCAL"), computer("S-2", "PC2.CHSA.LOCAL")})),
            inventory_source(inventory), scan_source(scan_of({host("10.0.0.5")})),
            scan_source(scan_of({host("10.0.0.5")}, intake::ScanFormat::nmap), "nmap.xml")});
  ASSERT_EQ(drawn.machines.size(), 3U) << "the address alone is a third, seen by two scans";
  EXPECT_EQ(drawn.machines[0].id, "10.0.0.5");
  EXPECT_EQ(drawn.machines[0].sightings.size(), 2U);
  const Finding* shared = find_code(drawn.findings, "cartography.shared_ip");
  ASSERT_NE(shared, nullptr);
  EXPECT_EQ(shared->place, "10.0.0.5");
  EXPECT_EQ(param(*shared, "machines"), "4");
}

TEST(match, a_name_in_two_domains_joins_nobody) {
  intake::Directory d = chsa({computer("S-1", "PC1.CHSA.LOCAL"), computer("S-2", "PC1.AUTRE.LOCAL")});
  const auto drawn =
      draw({directory_source(d),
            scan_source(scan_of({host("10.0.0.5", "", "PC1"), host("10.0.0.6", "pc1.autre.local")}))});
  ASSERT_EQ(drawn.machines.size(), 3U);
  EXPECT_EQ(machine_named(drawn, "S-2")->ips, std::vector<std::string>{"10.0.0.6"});
  EXPECT_EQ(count_code(drawn.findings, "cartography.ambiguous_name"), 1U);
  const auto quiet = draw({directory_source(d)});
  EXPECT_EQ(quiet.machines.size(), 2U);
  EXPECT_EQ(count_code(quiet.findings, "cartography.ambiguous_name"), 0U)
      << "two domains may each have a PC1";
}

TEST(match, localhost_and_addresses_are_no_names) {
  const auto drawn = draw({scan_source(
      scan_of({host("10.0.0.1", "localhost.localdomain", "LOCALHOST"), host("10.0.0.2", "10.0.0.2"),
               host("127.0.0.1", "localhost"), host("10.0.0.3", "localhost")}))});
  ASSERT_EQ(drawn.machines.size(), 3U);
  EXPECT_EQ(drawn.machines[0].id, "10.0.0.1");
}

TEST(match, names_without_domain_get_their_own_and_pre_windows_names_are_read) {
  const auto drawn = draw({directory_source(chsa({computer("S-1", "SRV01$@CHSA.LOCAL")})),
                           scan_source(scan_of({host("10.0.0.1", "srv01.chsa.local")}))});
  ASSERT_EQ(drawn.machines.size(), 1U);
  EXPECT_EQ(drawn.machines[0].name, "SRV01");
}

TEST(match, newest_scan_of_each_format_says_ports_and_weaknesses) {
  const auto with = [](std::uint16_t port, std::string weakness) {
    intake::ScannedHost h = host("10.0.0.1", "a.chsa.local");
    h.ports = {{port, true, "x", ""}};
    intake::Weakness w;
    w.id = std::move(weakness);
    h.weaknesses = {w};
    return h;
  };
  auto newer = scan_of({with(445, "nessus:2")});
  newer.started = day(20);
  auto older = scan_of({with(80, "nessus:1")});
  older.started = day(10);
  auto other = scan_of({with(445, "nmap:x")}, intake::ScanFormat::nmap);
  other.hosts[0].ports[0].product = "Samba";
  const auto drawn =
      draw({scan_source(newer, "new", 1), scan_source(older, "old", 30), scan_source(other, "nmap", 2)});
  ASSERT_EQ(drawn.machines.size(), 1U);
  const Machine& m = drawn.machines[0];
  ASSERT_EQ(m.ports.size(), 1U) << "the older scan's port 80 is gone, 445 is said once";
  EXPECT_EQ(m.ports[0].product, "Samba");
  ASSERT_EQ(m.weaknesses.size(), 2U);
  EXPECT_EQ(m.weaknesses[0].id, "nessus:2");
  EXPECT_EQ(m.weaknesses[1].id, "nmap:x");
  EXPECT_EQ(m.sightings.size(), 3U);
}

TEST(match, patterns_claim_what_nobody_names) {
  Inventory inventory;
  inventory.components = {component("LABO", ComponentKind::workstations),
                          component("LABO2", ComponentKind::workstations), component("ONE")};
  inventory.components[0].host_name = "pc-labo-*";
  inventory.components[0].zone = "Z";
  inventory.components[1].host_name = "PC-LABO-2?";
  inventory.components[2].host_name = "PC-LABO-01";
  inventory.zones = {zone("Z", {"10.9.0.0/16"}), zone("Y", {"10.8.0.0/16"})};
  const auto drawn =
      draw({directory_source(
                chsa({computer("S-1", "PC-LABO-01.CHSA.LOCAL"), computer("S-2", "PC-LABO-02.CHSA.LOCAL"),
                      computer("S-3", "PC-LABO-21.CHSA.LOCAL"), computer("S-4", "PC-ADM-01.CHSA.LOCAL")})),
            inventory_source(inventory), scan_source(scan_of({host("10.8.0.3", "pc-labo-02.chsa.local")}))});
  ASSERT_EQ(drawn.machines.size(), 4U);
  EXPECT_EQ(machine_named(drawn, "S-1")->component, "ONE") << "an exact name beats a pattern";
  EXPECT_EQ(machine_named(drawn, "S-2")->component, "LABO");
  EXPECT_EQ(machine_named(drawn, "S-2")->zone, "Y") << "an address beats the zone of a pattern";
  EXPECT_EQ(machine_named(drawn, "S-2")->sightings.back().matched_by, MatchKey::pattern);
  EXPECT_EQ(machine_named(drawn, "S-3")->component, "LABO2") << "the longer pattern";
  EXPECT_EQ(machine_named(drawn, "S-4")->component, "");
  EXPECT_EQ(machine_named(drawn, "S-4")->zone, "");
  ASSERT_EQ(count_code(drawn.findings, "cartography.machine_claimed_twice"), 1U);
  EXPECT_EQ(param(*find_code(drawn.findings, "cartography.machine_claimed_twice"), "other"), "LABO");
  EXPECT_EQ(count_code(drawn.findings, "cartography.machine_in_two_zones"), 1U);
}

TEST(match, two_components_of_one_machine_are_said) {
  Inventory inventory;
  inventory.components = {component("A"), component("B")};
  inventory.components[0].host_name = inventory.components[1].host_name = "SRV";
  const auto drawn = draw({inventory_source(inventory)});
  const Finding* twice = find_code(drawn.findings, "cartography.machine_claimed_twice");
  ASSERT_NE(twice, nullptr);
  EXPECT_EQ(param(*twice, "kept"), "A");
  EXPECT_EQ(param(*twice, "other"), "B");
  ASSERT_EQ(drawn.machines.size(), 2U);
  EXPECT_EQ(machine_named(drawn, "SRV")->component, "A");
  EXPECT_EQ(machine_named(drawn, "B#1")->component, "B");
}

TEST(match, groups_get_their_machines_and_services_bought_outside_none) {
  Inventory inventory;
  inventory.components = {component("PCS", ComponentKind::workstations),
                          component("SAAS", ComponentKind::saas), component("CLU"), component("ONE")};
  inventory.components[0].count = 3;
  inventory.components[2].count = 2;
  inventory.components[2].host_name = "CLU1";
  const auto drawn = draw({inventory_source(inventory)});
  ASSERT_EQ(drawn.machines.size(), 6U);
  EXPECT_EQ(machine_named(drawn, "PCS#3")->name, "nom de PCS 3");
  EXPECT_EQ(machine_named(drawn, "PCS#3")->kind, MachineKind::workstation);
  EXPECT_NE(machine_named(drawn, "CLU1"), nullptr);
  EXPECT_NE(machine_named(drawn, "CLU#2"), nullptr);
  EXPECT_EQ(machine_named(drawn, "ONE#1")->name, "nom de ONE");
}

TEST(match, made_machines_are_capped) {
  Inventory inventory;
  inventory.components = {component("A"), component("B")};
  inventory.components[0].count = 15'000;
  inventory.components[1].count = 90'000;
  const auto drawn = draw({inventory_source(inventory)});
  EXPECT_EQ(drawn.machines.size(), max_made_machines);
  const Finding* capped = find_code(drawn.findings, "cartography.too_many_machines");
  ASSERT_NE(capped, nullptr);
  EXPECT_EQ(param(*capped, "wanted"), "105000");
}

TEST(match, zone_by_component_then_by_most_specific_address) {
  Inventory inventory;
  inventory.zones = {zone("LAN", {"10.0.0.0/8", "fd00::/16"}), zone("SRV", {"10.1.0.0/16"}), zone("ADM", {})};
  inventory.components = {component("A")};
  inventory.components[0].ip = "10.1.0.7";
  inventory.components[0].zone = "ADM";
  const auto drawn = draw(
      {inventory_source(inventory), scan_source(scan_of({host("10.1.0.7"), host("10.1.0.8"), host("10.2.0.8"),
                                                         host("192.168.1.1"), host("FD00::5")}))});
  EXPECT_EQ(machine_named(drawn, "10.1.0.7")->zone, "ADM");
  EXPECT_EQ(machine_named(drawn, "10.1.0.8")->zone, "SRV");
  EXPECT_EQ(machine_named(drawn, "10.2.0.8")->zone, "LAN");
  EXPECT_EQ(machine_named(drawn, "192.168.1.1")->zone, "");
  EXPECT_EQ(machine_named(drawn, "fd00::5")->zone, "LAN");
  ASSERT_EQ(count_code(drawn.findings, "cartography.machine_in_two_zones"), 1U);
  EXPECT_EQ(param(*find_code(drawn.findings, "cartography.machine_in_two_zones"), "zones"), "ADM, SRV");
}

TEST(match, kinds_from_component_role_system_and_name) {
  struct Case {
    const char* system = "";
    const char* host_name = "";
    std::optional<ComponentKind> component;
    bool dc = false;
    bool joined = false;
    MachineKind kind{};
  };

  const Case cases[] = {
      {"Windows Server 2019", "DC1", {}, true, true, MachineKind::domain_controller},
      {"Windows Server 2019", "SRV", {}, false, true, MachineKind::server},
      {"Windows 10 Entreprise", "BACKUP-PC", {}, false, true, MachineKind::workstation},
      {"Windows Server 2022", "VEEAM01", {}, false, true, MachineKind::backup},
      {"VMware ESXi 7.0", "H1", {}, false, false, MachineKind::hypervisor},
      {"Cisco IOS 15", "SW1", {}, false, false, MachineKind::network},
      {"Linux Kernel 5", "X", {}, false, false, MachineKind::server},
      {"", "X", {}, false, true, MachineKind::workstation},
      {"", "X", {}, false, false, MachineKind::other},
      {"Windows 7", "IRM", ComponentKind::medical_device, false, true, MachineKind::medical_device},
      {"Windows Server 2019", "X", ComponentKind::other, false, true, MachineKind::server},
  };
  for (const auto& c : cases) {
    Machine m;
    m.operating_system = c.system;
    m.host_name = c.host_name;
    m.domain_joined = c.joined;
    Component part;
    part.kind = c.component.value_or(ComponentKind::other);
    EXPECT_EQ(machine_kind(m, c.component ? &part : nullptr, c.dc), c.kind) << c.system << " " << c.host_name;
  }
}

TEST(match, patterns_as_people_write_them) {
  struct Case {
    const char* pattern;
    const char* name;
    bool fits;
  };

  const Case cases[] = {{"PC-*", "PC-1", true},
                        {"pc-*", "PC-1", true},
                        {"PC-*", "XPC-1", false},
                        {"*-LABO-*", "PC-LABO-1", true},
                        {"PC-?", "PC-12", false},
                        {"PC-??", "PC-12", true},
                        {"*", "", true},
                        {"*1", "11", true},
                        {"a*b*c", "aXbXbXc", true},
                        {"a*b*c", "aXbX", false},
                        {"", "A", false},
                        {"PC-*", "PC-", true}};
  for (const auto& c : cases) {
    EXPECT_EQ(matches_pattern(c.pattern, c.name), c.fits) << c.pattern << " " << c.name;
  }
}

TEST(match, order_of_files_changes_nothing_but_the_first_sighting) {
  Inventory inventory;
  inventory.components = {component("A")};
  inventory.components[0].host_name = "A";
  const auto d = directory_source(chsa({computer("S-1", "A.CHSA.LOCAL"), computer("S-2", "B.CHSA.LOCAL")}));
  const auto s = scan_source(scan_of({host("10.0.0.1", "a.chsa.local"), host("10.0.0.2", "", "B")}));
  const auto one = draw({d, inventory_source(inventory), s});
  const auto two = draw({s, inventory_source(inventory), d});
  ASSERT_EQ(one.machines.size(), two.machines.size());
  for (std::size_t i = 0; i < one.machines.size(); ++i) {
    EXPECT_EQ(one.machines[i].id, two.machines[i].id);
    EXPECT_EQ(one.machines[i].ips, two.machines[i].ips);
    EXPECT_EQ(one.machines[i].component, two.machines[i].component);
  }
}

}  // namespace
}  // namespace releve::cartography
