// SPDX-License-Identifier: EUPL-1.2
#include "prepare/cartography/difference.hpp"

#include "prepare/cartography/directory_words.hpp"
#include "prepare/cartography/test_material.hpp"

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
