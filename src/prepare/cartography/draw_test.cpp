// SPDX-License-Identifier: EUPL-1.2
#include "prepare/cartography/directory_merge.hpp"
#include "prepare/cartography/test_material.hpp"

namespace releve::cartography {
namespace {

using intake::Relation;

Service service(std::string id, std::optional<double> beds, std::string file, int at) {
  Service s;
  s.id = std::move(id);
  s.name = "nom de " + s.id;
  const Origin origin{OriginKind::import, std::move(file), day(at)};
  s.origins["id"] = s.origins["name"] = origin;
  if (beds) {
    s.beds = beds;
    s.origins["beds"] = origin;
  }
  return s;
}

TEST(draw, nothing_gives_an_empty_hospital_without_null) {
  const auto c = draw_cartography("CHSA", {}, {});
  EXPECT_EQ(c.facility, "CHSA");
  ASSERT_TRUE(c.directory && c.kev && c.epss);
  EXPECT_TRUE(c.machines.empty());
  EXPECT_TRUE(c.findings.empty()) << codes(c.findings);
  EXPECT_EQ(c.input_hash.size(), 64U);
}

TEST(draw, later_inventories_replace_field_by_field) {
  Inventory first;
  first.services = {service("URG", 12, "a.xlsx", 1), service("REA", 8, "a.xlsx", 1)};
  Inventory second;
  second.services = {service("URG", std::nullopt, "b.xlsx", 2), service("BLOC", 4, "b.xlsx", 2)};
  second.services[0].weight = 7;
  second.services[0].origins["weight"] = Origin{OriginKind::import, "b.xlsx", day(2)};
  const auto c = draw_cartography(
      "CHSA", std::vector{inventory_source(first, "a.xlsx", 1), inventory_source(second, "b.xlsx", 2)}, {});
  ASSERT_EQ(c.services.size(), 3U);
  EXPECT_EQ(c.services[0].id, "BLOC") << "sorted by id";
  const Service& urg = c.services[2];
  EXPECT_EQ(urg.beds, 12) << "an empty cell takes nothing back";
  EXPECT_EQ(urg.weight, 7);
  EXPECT_EQ(urg.origins.at("beds").source, "a.xlsx");
  EXPECT_EQ(urg.origins.at("weight").source, "b.xlsx");
  EXPECT_EQ(urg.origins.at("name").source, "b.xlsx");
}

TEST(draw, answers_override_and_are_undone_by_null) {
  Inventory inventory;
  inventory.services = {service("URG", 12, "a.xlsx", 1)};
  const std::vector<Source> sources{inventory_source(inventory, "a.xlsx", 50)};
  const Answer answers[] = {{"URG", "beds", "20", "Dr Martin", day(9)},
                            {"URG", "beds", "16", "Dr Martin", day(3)},
                            {"URG", "sector", "\"emergency\"", "Dr Martin", day(3)},
                            {"", "reaction_night_h", "3.5", "RSSI", day(3)},
                            {"", "reaction_night_h", "2", "RSSI", day(4)}};
  const auto c = draw_cartography("CHSA", sources, answers);
  EXPECT_EQ(c.services[0].beds, 20) << "the latest answer, though a file came later";
  EXPECT_EQ(c.services[0].sector, Sector::emergency);
  EXPECT_EQ(c.services[0].origins.at("beds"), (Origin{OriginKind::answer, "Dr Martin", day(9)}));
  EXPECT_EQ(c.answers.at("reaction_night_h"), "2");
  EXPECT_TRUE(c.findings.empty()) << codes(c.findings);
  const Answer undone[] = {answers[0], {"URG", "beds", "null", "Dr Martin", day(10)}};
  const auto back = draw_cartography("CHSA", sources, undone);
  EXPECT_FALSE(back.services[0].beds);
  EXPECT_FALSE(back.services[0].origins.contains("beds"));
}

TEST(draw, answers_that_do_not_fit_are_findings) {
  Inventory inventory;
  inventory.services = {service("URG", 12, "a.xlsx", 1)};

  struct Case {
    Answer answer;
    const char* code = "";
  };

  const Case cases[] = {{{"ABSENT", "beds", "1", "x", day(1)}, "answer.unknown_element"},
                        {{"URG", "colour", "1", "x", day(1)}, "answer.unknown_field"},
                        {{"URG", "id", "\"X\"", "x", day(1)}, "answer.unknown_field"},
                        {{"URG", "origins", "{}", "x", day(1)}, "answer.unknown_field"},
                        {{"URG", "beds", "-4", "x", day(1)}, "answer.bad_value"},
                        {{"URG", "beds", "\"douze\"", "x", day(1)}, "answer.bad_value"},
                        {{"URG", "beds", "{", "x", day(1)}, "answer.bad_value"}};
  const Catalogue words = repository_words();
  for (const auto& c : cases) {
    const auto drawn =
        draw_cartography("CHSA", std::vector{inventory_source(inventory)}, std::span(&c.answer, 1));
    ASSERT_EQ(drawn.findings.size(), 1U) << c.code;
    EXPECT_EQ(drawn.findings[0].message.code, c.code);
    EXPECT_EQ(drawn.services[0].beds, 12);
    EXPECT_NE(words.find("fr", std::string(c.code) + ".mend"), nullptr);
  }
}

TEST(draw, newest_health_per_domain_and_newest_catalogues) {
  const auto health = [](std::string domain, int generated, int score) {
    intake::DirectoryHealth h;
    h.domain = std::move(domain);
    h.generated = day(generated);
    h.global_score = score;
    Source s = source_of("p.xml", day(100));
    s.health = std::make_shared<const intake::DirectoryHealth>(h);
    return s;
  };
  const auto kev = [](std::string version, std::optional<Instant> released, int at) {
    Source s = source_of("kev.json", day(at));
    s.kev =
        std::make_shared<const intake::KevCatalogue>(intake::KevCatalogue{std::move(version), released, {}});
    return s;
  };
  const auto c =
      draw_cartography("CHSA",
                       std::vector{health("A.LOCAL", 9, 1), health("B.LOCAL", 5, 2), health("A.LOCAL", 3, 3),
                                   kev("old", day(1), 90), kev("new", day(80), 10)},
                       {});
  ASSERT_EQ(c.health.size(), 2U);
  EXPECT_EQ(c.health[0].global_score, 1);
  EXPECT_EQ(c.kev->version, "new");
}

TEST(draw, input_hash_follows_files_answers_and_their_order) {
  const Source a = source_of("a", day(1));
  const Source b = source_of("b", day(2));
  const Answer answer{"URG", "beds", "20", "x", day(1)};
  const auto hash = [](std::vector<Source> sources, std::vector<Answer> answers) {
    return draw_cartography("CHSA", sources, answers).input_hash;
  };
  EXPECT_EQ(hash({a, b}, {answer}), hash({a, b}, {answer}));
  EXPECT_NE(hash({a, b}, {}), hash({b, a}, {})) << "a later file replaces an earlier one";
  EXPECT_NE(hash({a, b}, {}), hash({a}, {}));
  EXPECT_NE(hash({a}, {answer}), hash({a}, {}));
  EXPECT_NE(hash({a}, {{"URG", "bed", "s20", "x", day(1)}}), hash({a}, {{"URG", "beds", "20", "x", day(1)}}));
}

// -- directories of several domains ------------------------------------------------------------------

intake::Directory two_domains() {
  intake::Directory d;
  d.domains = {{"S-A", "A.LOCAL"}, {"S-B", "B.LOCAL"}};
  d.objects = {object("S-A-1", "ALICE@A.LOCAL", intake::ObjectKind::user, 0),
               object("S-A-2", "GRP@A.LOCAL", intake::ObjectKind::group, 0),
               object("S-B-9", "S-B-9", intake::ObjectKind::user, 1)};
  d.objects[2].facts = 0;  // only mentioned
  d.relations = {{0, 1, Relation::member_of, false}, {2, 1, Relation::member_of, false}};
  d.collected = day(10);
  return d;
}

intake::Directory domain_b(int collected) {
  intake::Directory d;
  d.domains = {{"S-B", "B.LOCAL"}};
  d.objects = {object("S-B-9", "BOB@B.LOCAL", intake::ObjectKind::user, 0),
               object("S-B-8", "ADMINS@B.LOCAL", intake::ObjectKind::group, 0)};
  d.relations = {{0, 1, Relation::member_of, false}};
  d.collected = day(collected);
  return d;
}

std::vector<std::string> relations_as_text(const intake::Directory& d) {
  std::vector<std::string> list;
  for (const auto& r : d.relations) {
    list.push_back(d.objects[r.source].name + ">" + d.objects[r.target].name);
  }
  std::sort(list.begin(), list.end());
  return list;
}

TEST(directory_merge, one_collection_is_shared_not_copied) {
  const Source source = directory_source(two_domains());
  const auto merged = merge_directories(std::vector{source});
  EXPECT_EQ(merged.directory, source.directory);
  EXPECT_EQ(merged.source_of.size(), 3U);
}

TEST(directory_merge, domains_meet_in_one_graph) {
  const auto merged = merge_directories(
      std::vector{directory_source(two_domains(), "a.zip"), directory_source(domain_b(3), "b.zip")});
  const auto& d = *merged.directory;
  ASSERT_EQ(d.domains.size(), 2U);
  ASSERT_EQ(d.objects.size(), 4U) << "BOB is one object, described by his own domain's collection";
  EXPECT_EQ(relations_as_text(d),
            (std::vector<std::string>{"ALICE@A.LOCAL>GRP@A.LOCAL", "BOB@B.LOCAL>ADMINS@B.LOCAL",
                                      "BOB@B.LOCAL>GRP@A.LOCAL"}));
  for (std::size_t i = 0; i < d.objects.size(); ++i) {
    EXPECT_EQ(d.domains[d.objects[i].domain].name.substr(0, 1), d.objects[i].id.substr(2, 1));
    EXPECT_EQ(merged.source_of[i], d.objects[i].id[2] == 'A' ? 0U : 1U);
  }
  EXPECT_TRUE(std::is_sorted(d.relations.begin(), d.relations.end()));
}

TEST(directory_merge, newest_collection_of_a_domain_wins_whole) {
  intake::Directory newer = domain_b(30);
  newer.objects.erase(newer.objects.begin());  // BOB left
  newer.relations.clear();
  for (const bool newer_first : {false, true}) {
    std::vector<Source> sources{directory_source(domain_b(3), "old.zip"), directory_source(newer, "new.zip")};
    if (newer_first) {
      std::swap(sources[0], sources[1]);
    }
    const auto merged = merge_directories(sources);
    ASSERT_EQ(merged.directory->objects.size(), 1U);
    EXPECT_EQ(merged.directory->objects[0].name, "ADMINS@B.LOCAL");
    EXPECT_TRUE(merged.directory->relations.empty());
  }
  // A newer collection that only mentions the domain does not replace the one that describes it.
  intake::Directory mention = two_domains();
  mention.collected = day(90);
  const auto merged =
      merge_directories(std::vector{directory_source(domain_b(3)), directory_source(mention)});
  EXPECT_EQ(relations_as_text(*merged.directory).size(), 3U);
}

TEST(directory_merge, an_outdated_object_that_others_mention_keeps_only_its_name) {
  intake::Directory newer = domain_b(30);
  newer.objects.erase(newer.objects.begin());
  newer.relations.clear();
  const auto merged = merge_directories(
      std::vector{directory_source(two_domains()), directory_source(domain_b(3)), directory_source(newer)});
  const auto& objects = merged.directory->objects;
  const auto bob =
      std::find_if(objects.begin(), objects.end(), [](const auto& o) { return o.id == "S-B-9"; });
  ASSERT_NE(bob, objects.end()) << "a group of domain A still lists him";
  EXPECT_FALSE(bob->is(intake::Fact::described));
}

// -- size --------------------------------------------------------------------------------------------

TEST(draw, twenty_thousand_machines_and_their_relations) {
  constexpr std::uint32_t computers = 20'000;
  intake::Directory d;
  d.domains = {{"S-A", "CHSA.LOCAL"}};
  for (std::uint32_t i = 0; i < computers; ++i) {
    d.objects.push_back(computer("S-A-" + std::to_string(i), "PC-" + std::to_string(i) + ".CHSA.LOCAL"));
  }
  for (std::uint32_t i = 0; i < 300'000; ++i) {
    d.relations.push_back(
        {i % computers, (i * 7 + 1 + i / computers) % computers, Relation::admin_to, false});
  }
  std::sort(d.relations.begin(), d.relations.end());
  intake::Scan scan;
  for (std::uint32_t i = 0; i < computers; ++i) {
    const std::string ip = "10." + std::to_string(i / 65536) + "." + std::to_string(i / 256 % 256) + "." +
                           std::to_string(i % 256);
    scan.hosts.push_back(host(ip, i % 2 == 0 ? "pc-" + std::to_string(i) + ".chsa.local" : "",
                              i % 2 == 1 ? "PC-" + std::to_string(i) : ""));
  }
  Inventory inventory;
  for (int i = 0; i < 40; ++i) {
    Zone z;
    z.id = "Z" + std::to_string(i);
    z.addresses = {"10.0." + std::to_string(2 * i) + ".0/23"};
    inventory.zones.push_back(z);
    Component c;
    c.id = "C" + std::to_string(i);
    c.host_name = "PC-" + std::to_string(i + 1) + "?*";
    inventory.components.push_back(c);
  }
  intake::Directory other = d;
  other.domains[0] = {"S-B", "AUTRE.LOCAL"};
  for (auto& o : other.objects) {
    o.id[2] = 'B';
    o.name = "X" + o.name.substr(0, o.name.find('.')) + ".AUTRE.LOCAL";
  }
  const auto c = draw_cartography("CHSA",
                                  std::vector{directory_source(d), directory_source(other, "b.zip"),
                                              inventory_source(inventory), scan_source(scan)},
                                  {});
  EXPECT_EQ(c.machines.size(), 2U * computers);
  EXPECT_EQ(c.directory->relations.size(), 600'000U);
  EXPECT_EQ(
      std::count_if(c.machines.begin(), c.machines.end(), [](const Machine& m) { return m.ips.size() == 1; }),
      computers);
}

TEST(draw, one_address_for_everybody_costs_no_square) {
  intake::Scan scan;
  for (int i = 0; i < 30'000; ++i) {
    scan.hosts.push_back(host("10.0.0.1", "pc-" + std::to_string(i) + ".chsa.local"));
  }
  const auto c = draw_cartography("CHSA", std::vector{scan_source(scan)}, {});
  EXPECT_EQ(c.machines.size(), 30'000U);
}

}  // namespace
}  // namespace releve::cartography
