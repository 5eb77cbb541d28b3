// SPDX-License-Identifier: EUPL-1.2
#include "prepare/cartography/difference.hpp"

#include "prepare/cartography/directory_words.hpp"
#include "prepare/cartography/test_material.hpp"

#include <map>

namespace releve::cartography {
namespace {

Service service(std::string id) {
  Service s;
  s.id = s.name = std::move(id);
  return s;
}

Cartography of(std::vector<Source> sources) {
  return draw_cartography("CHSA", sources, {});
}

const ChangeCount& count_of(const Difference& d, std::string_view element) {
  for (const ChangeCount& count : d.counts) {
    if (count.element == element) {
      return count;
    }
  }
  static const ChangeCount none{};
  ADD_FAILURE() << "no count of " << element;
  return none;
}

TEST(difference, created_kept_changed_gone_and_back) {
  Inventory before;
  before.services = {service("GONE"), service("KEPT"), service("CHANGED")};
  Inventory after;
  after.services = {service("KEPT"), service("CHANGED"), service("NEW"), service("BACK")};
  after.services[0].origins["name"] = Origin{OriginKind::import, "autre.xlsx", day(9)};
  after.services[1].beds = 3;
  after.services[1].name = "Renommé";
  const auto d = difference(of({inventory_source(before)}), of({inventory_source(after)}),
                            {"service:BACK", "service:KEPT", "machine:NEW"});
  const ChangeCount& c = count_of(d, "service");
  EXPECT_EQ(std::tuple(c.created, c.kept, c.changed, c.gone, c.back), std::tuple(1, 1, 1, 1, 1));
  ASSERT_EQ(d.changes.size(), 4U);
  std::map<std::string, const Change*> by_id;
  for (const Change& change : d.changes) {
    by_id[change.id] = &change;
  }
  EXPECT_EQ(by_id.at("BACK")->kind, ChangeKind::back);
  EXPECT_EQ(by_id.at("NEW")->kind, ChangeKind::created);
  EXPECT_EQ(by_id.at("GONE")->kind, ChangeKind::gone);
  EXPECT_EQ(by_id.at("CHANGED")->fields, (std::vector<std::string>{"name", "beds"}));
  EXPECT_EQ(by_id.at("CHANGED")->name, "Renommé");
  EXPECT_EQ(d.counts.size(), 9U);
}

TEST(difference, machines_accounts_relations_and_weaknesses) {
  using intake::Relation;
  intake::Directory old_directory;
  old_directory.domains = {{"S", "CHSA.LOCAL"}};
  old_directory.objects = {object("S-1", "ALICE@CHSA.LOCAL", intake::ObjectKind::user),
                           object("S-2", "ADMINS@CHSA.LOCAL", intake::ObjectKind::group),
                           computer("S-3", "PC1.CHSA.LOCAL")};
  old_directory.relations = {{0, 1, Relation::member_of, false}, {1, 2, Relation::admin_to, false}};
  intake::Directory new_directory = old_directory;
  new_directory.objects.insert(new_directory.objects.begin(),
                               object("S-0", "BOB@CHSA.LOCAL", intake::ObjectKind::user));
  new_directory.objects[1].facts |= static_cast<std::uint32_t>(intake::Fact::has_spn);
  new_directory.relations = {{0, 2, Relation::member_of, false}, {2, 3, Relation::admin_to, true}};
  intake::Scan scan;
  scan.hosts = {host("10.0.0.1", "pc1.chsa.local")};
  intake::Weakness w;
  w.id = "nessus:1";
  w.title = "MS17-010";
  w.port = 445;
  scan.hosts[0].weaknesses = {w};
  intake::Scan worse = scan;
  worse.hosts[0].weaknesses[0].severity = 4;
  const auto d = difference(of({directory_source(old_directory), scan_source(scan)}),
                            of({directory_source(new_directory), scan_source(worse)}), {});
  EXPECT_EQ(count_of(d, "machine").kept, 1) << "its place in the directory's list is no change";
  EXPECT_EQ(count_of(d, "account").created, 1);
  EXPECT_EQ(count_of(d, "account").changed, 1);
  EXPECT_EQ(count_of(d, "account").kept, 1);
  EXPECT_EQ(count_of(d, "relation").kept, 1) << "inherited or not, the same relation";
  EXPECT_EQ(count_of(d, "relation").created, 1);
  EXPECT_EQ(count_of(d, "relation").gone, 1);
  EXPECT_EQ(count_of(d, "weakness").changed, 1);
  const auto created = std::find_if(d.changes.begin(), d.changes.end(), [](const Change& c) {
    return c.element == "relation" && c.kind == ChangeKind::created;
  });
  ASSERT_NE(created, d.changes.end());
  EXPECT_EQ(created->id, "S-0>member_of>S-2");
  const auto weak = std::find_if(d.changes.begin(), d.changes.end(),
                                 [](const Change& c) { return c.element == "weakness"; });
  ASSERT_NE(weak, d.changes.end());
  EXPECT_EQ(weak->id, "S-3|nessus:1|445");
  EXPECT_EQ(weak->fields, std::vector<std::string>{"severity"});
}

std::map<std::string, const Change*> reidentified(const Difference& d) {
  std::map<std::string, const Change*> by_old_id;
  for (const Change& change : d.changes) {
    if (change.kind == ChangeKind::reidentified) {
      by_old_id[change.was] = &change;
    }
  }
  return by_old_id;
}

Component component(std::string id, std::optional<std::string> host_name, int count = 1) {
  Component c;
  c.id = c.name = std::move(id);
  c.kind = ComponentKind::server;
  c.host_name = std::move(host_name);
  c.count = count;
  return c;
}

TEST(difference, machines_with_a_better_name_are_re_identified) {
  Inventory inventory;
  inventory.components = {component("BARE", {}), component("GRP", "PC-LABO-*", 3),
                          component("LIS", "SRV-LIS")};
  intake::Scan scan;
  scan.hosts = {host("10.0.0.9")};
  scan.hosts[0].weaknesses.resize(1);
  scan.hosts[0].weaknesses[0].id = "nmap:445";
  intake::Directory directory;
  directory.domains = {{"S", "CHSA.LOCAL"}};
  directory.objects = {computer("S-1", "SRV-LIS.CHSA.LOCAL"), computer("S-2", "PC-LABO-1.CHSA.LOCAL"),
                       computer("S-3", "PC-LABO-2.CHSA.LOCAL"), computer("S-4", "NEW.CHSA.LOCAL")};
  intake::Scan named;
  named.format = intake::ScanFormat::nessus;  // of another tool: what the first one found stays
  named.hosts = {host("10.0.0.9", "printer.chsa.local")};
  const auto before = of({inventory_source(inventory), scan_source(scan)});
  const auto d = difference(before,
                            of({inventory_source(inventory), scan_source(scan), directory_source(directory),
                                scan_source(named, "noms.nessus")}),
                            {});
  const ChangeCount& c = count_of(d, "machine");
  EXPECT_EQ(std::tuple(c.created, c.kept, c.changed, c.gone, c.back, c.reidentified),
            std::tuple(1, 1, 0, 1, 0, 4));
  EXPECT_EQ(c.kept + c.changed + c.gone + c.reidentified, static_cast<std::int64_t>(before.machines.size()));
  const auto again = reidentified(d);
  ASSERT_EQ(again.size(), 4U);
  EXPECT_EQ(again.at("SRV-LIS")->id, "S-1");
  EXPECT_EQ(again.at("SRV-LIS")->by, SameBy::host_name);
  EXPECT_EQ(again.at("SRV-LIS")->fields,
            (std::vector<std::string>{"fqdn", "operating_system", "domain_joined"}));
  EXPECT_EQ(again.at("GRP#1")->id, "S-2") << "a stand-in, by one of its group";
  EXPECT_EQ(again.at("GRP#1")->by, SameBy::component);
  EXPECT_EQ(again.at("GRP#2")->id, "S-3");
  EXPECT_EQ(again.at("10.0.0.9")->id, "printer.chsa.local");
  EXPECT_EQ(again.at("10.0.0.9")->by, SameBy::ip);
  EXPECT_EQ(count_of(d, "weakness").kept, 1) << "of the same machine, whatever its name";
  EXPECT_EQ(count_of(d, "weakness").gone + count_of(d, "weakness").created, 0);
}

TEST(difference, two_records_that_turn_out_to_be_one_machine_are_both_told) {
  Inventory inventory;
  inventory.components = {component("PC5", "PC5")};
  intake::Scan scan;
  scan.hosts = {host("10.0.0.5")};
  intake::Scan named;
  named.hosts = {host("10.0.0.5", "pc5.chsa.local")};
  const auto d =
      difference(of({inventory_source(inventory), scan_source(scan)}),
                 of({inventory_source(inventory), scan_source(scan), scan_source(named, "noms.nessus")}), {});
  const ChangeCount& c = count_of(d, "machine");
  EXPECT_EQ(std::tuple(c.created, c.kept, c.changed, c.gone, c.reidentified), std::tuple(0, 0, 0, 0, 2));
  EXPECT_EQ(reidentified(d).at("10.0.0.5")->id, "pc5.chsa.local");
  EXPECT_EQ(reidentified(d).at("PC5")->id, "pc5.chsa.local");
}

TEST(difference, other_machines_of_one_group_or_name_are_not_re_identified) {
  Inventory inventory;
  inventory.components = {component("GRP", "PC-*", 1)};
  intake::Directory old_directory;
  old_directory.domains = {{"S", "CHSA.LOCAL"}};
  old_directory.objects = {computer("S-1", "PC-1.CHSA.LOCAL"), computer("S-2", "SRV.CHSA.LOCAL")};
  intake::Directory new_directory = old_directory;
  new_directory.objects = {computer("S-3", "PC-2.CHSA.LOCAL"), computer("S-4", "SRV.CHSA.LOCAL")};
  const auto d = difference(of({inventory_source(inventory), directory_source(old_directory)}),
                            of({inventory_source(inventory), directory_source(new_directory)}), {});
  const ChangeCount& c = count_of(d, "machine");
  EXPECT_EQ(std::tuple(c.created, c.gone, c.reidentified), std::tuple(2, 2, 0))
      << "another PC of the group; a server installed anew under its name is another account";
}

TEST(difference, changes_are_bounded_and_counts_are_not) {
  Inventory after;
  for (int i = 0; i < 1200; ++i) {
    after.services.push_back(service("S" + std::to_string(i)));
  }
  after.zones.resize(1);
  after.zones[0].id = after.zones[0].name = "Z";
  const auto d = difference(of({}), of({inventory_source(after)}), {});
  EXPECT_EQ(count_of(d, "service").created, 1200);
  EXPECT_EQ(std::count_if(d.changes.begin(), d.changes.end(),
                          [](const Change& c) { return c.element == "service"; }),
            500);
  EXPECT_EQ(
      std::count_if(d.changes.begin(), d.changes.end(), [](const Change& c) { return c.element == "zone"; }),
      1);
}

TEST(difference, keys_bring_everything_back) {
  Inventory inventory;
  inventory.services = {service("URG")};
  inventory.components.resize(1);
  inventory.components[0].id = inventory.components[0].name = "SRV";
  const Cartography full = of({inventory_source(inventory)});
  const auto d = difference(of({}), full, keys_of(full));
  EXPECT_EQ(count_of(d, "service").back, 1);
  EXPECT_EQ(count_of(d, "machine").back, 1);
  EXPECT_EQ(count_of(d, "service").created, 0);
  const auto same = difference(full, full, {});
  EXPECT_TRUE(same.changes.empty());
}

TEST(directory_words, every_relation_has_one_name) {
  std::map<std::string_view, int> seen;
  for (int i = 0; i <= static_cast<int>(intake::Relation::write_pki_enrollment_flag); ++i) {
    const auto text = text_of(static_cast<intake::Relation>(i));
    EXPECT_NE(text, "?") << i;
    EXPECT_EQ(++seen[text], 1) << text;
  }
}

}  // namespace
}  // namespace releve::cartography
