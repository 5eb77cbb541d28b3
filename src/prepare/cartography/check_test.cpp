// SPDX-License-Identifier: EUPL-1.2
#include "prepare/cartography/check.hpp"

#include "prepare/cartography/test_material.hpp"

namespace releve::cartography {
namespace {

Dependency needs(std::string consumer, std::string target) {
  Dependency d;
  d.id = consumer + ">" + target;
  d.consumer = std::move(consumer);
  d.target = std::move(target);
  return d;
}

/// A hospital with nothing to say: each test spoils one thing.
Inventory sound() {
  Inventory i;
  Service s;
  s.id = "URG";
  s.name = "Urgences";
  i.services = {s};
  Application a;
  a.id = "DPI";
  a.name = "Dossier patient";
  i.applications = {a};
  Component c;
  c.id = "SRV-DPI";
  c.name = "Serveur du dossier";
  c.zone = "SRV";
  i.components = {c};
  Zone z;
  z.id = z.name = "SRV";
  z.addresses = {"10.1.0.0/16"};
  z.flows = {"SRV:all"};
  i.zones = {z};
  i.dependencies = {needs("URG", "DPI"), needs("DPI", "SRV-DPI")};
  return i;
}

Cartography draw(const Inventory& inventory) {
  return draw_cartography("CHSA", std::vector{inventory_source(inventory)}, {});
}

struct FaultCase {
  const char* code;
  void (*spoil)(Inventory&);
  const char* place;
  const char* nearest;
};

TEST(check, sound_hospital_has_no_finding) {
  const auto drawn = draw(sound());
  EXPECT_TRUE(drawn.findings.empty()) << codes(drawn.findings);
  EXPECT_EQ(drawn.dependencies.size(), 2U);
}

TEST(check, each_fault_is_found_and_worded) {
  const FaultCase cases[] = {
      {"cartography.dangling_end",
       [](Inventory& i) { i.dependencies.push_back(needs("URG", "TOTALEMENT-AUTRE")); },
       "URG>TOTALEMENT-AUTRE", ""},
      {"cartography.dangling_end_near",
       [](Inventory& i) { i.dependencies.push_back(needs("URG", "SRVDPI")); }, "URG>SRVDPI", "SRV-DPI"},
      {"cartography.dangling_end_near",
       [](Inventory& i) { i.dependencies.push_back(needs("URG", "dossier PATIENT")); }, "URG>dossier PATIENT",
       "DPI"},
      {"cartography.dangling_end",
       [](Inventory& i) {
         i.dependencies.push_back(needs("URG", "Z"));
         i.zones[0].id = "Z";
         i.zones[0].flows.clear();
         i.components[0].zone = "Z";
       },
       "URG>Z", ""},
      {"cartography.depends_on_itself", [](Inventory& i) { i.dependencies.push_back(needs("DPI", "DPI")); },
       "DPI>DPI", ""},
      {"cartography.id_used_twice",
       [](Inventory& i) {
         i.applications.push_back({});
         i.applications[1].id = "URG";
       },
       "URG", ""},
      {"cartography.more_needed_than_there_are",
       [](Inventory& i) {
         i.dependencies[0].alternative = "x";
         i.dependencies[0].needed = 2;
       },
       "URG", ""},
      {"cartography.curve_rises",
       [](Inventory& i) {
         i.services[0].capacity_2h = .5;
         i.services[0].capacity_1w = .6;
       },
       "URG", ""},
      {"cartography.flat_network",
       [](Inventory& i) {
         i.zones.clear();
         i.components[0].zone.reset();
       },
       "", ""},
      {"cartography.flow_to_unknown_zone", [](Inventory& i) { i.zones[0].flows = {"INTERNET:web"}; }, "SRV",
       ""},
      {"cartography.flow_to_unknown_zone_near",
       [](Inventory& i) {
         i.zones[0].flows = {"SVR:web"};
         i.zones.push_back({});
         i.zones[1].id = "SVRX";
       },
       "SRV", "SVRX"},
      {"cartography.unknown_protocol", [](Inventory& i) { i.zones[0].flows = {"SRV:gopher"}; }, "SRV", ""},
      {"cartography.bad_address_block", [](Inventory& i) { i.zones[0].addresses = {"10.1.0.0/99"}; }, "SRV",
       ""},
      {"cartography.unknown_zone", [](Inventory& i) { i.components[0].zone = "QUELQUE-PART"; }, "SRV-DPI",
       ""},
      {"cartography.unknown_zone_near", [](Inventory& i) { i.components[0].zone = "SRW"; }, "SRV-DPI", "SRV"},
      {"cartography.cycle", [](Inventory& i) { i.dependencies.push_back(needs("SRV-DPI", "URG")); }, "DPI",
       ""},
      {"cartography.machine_in_two_zones",
       [](Inventory& i) {
         i.zones.push_back(i.zones[0]);
         i.zones[1].id = "SRV2";
         i.components[0].ip = "10.1.0.1";
       },
       "10.1.0.1", ""},
  };
  const Catalogue words = repository_words();
  for (const auto& c : cases) {
    Inventory inventory = sound();
    c.spoil(inventory);
    const auto drawn = draw(inventory);
    const Finding* finding = find_code(drawn.findings, c.code);
    ASSERT_NE(finding, nullptr) << c.code << ": " << codes(drawn.findings);
    EXPECT_EQ(drawn.findings.size(), 1U) << codes(drawn.findings);
    EXPECT_EQ(finding->place, c.place) << c.code;
    EXPECT_EQ(param(*finding, "nearest"), c.nearest) << c.code;
    for (const char* language : {"fr", "en"}) {
      for (const std::string& code : {finding->message.code, finding->message.code + ".mend"}) {
        ASSERT_NE(words.find(language, code), nullptr) << code;
        const std::string text = words.say(language, Message{code, finding->message.params});
        EXPECT_EQ(text.find('{'), std::string::npos) << text;
      }
    }
  }
}

TEST(check, a_cycle_is_told_by_names_and_a_long_one_by_its_ends) {
  Inventory inventory = sound();
  inventory.dependencies.push_back(needs("SRV-DPI", "DPI"));
  const auto path = [&] {
    const auto drawn = draw(inventory);
    const Finding* finding = find_code(drawn.findings, "cartography.cycle");
    return finding == nullptr ? "" : param(*finding, "path");
  };
  EXPECT_EQ(path(), "Dossier patient → Serveur du dossier → Dossier patient");
  inventory.dependencies = {needs("SRV-DPI", "DPI"), needs("DPI", "A10")};
  for (int i = 10; i < 40; ++i) {
    const std::string id = "A" + std::to_string(i);
    inventory.applications.push_back({.id = id});
    inventory.dependencies.push_back(needs(id, i == 39 ? "SRV-DPI" : "A" + std::to_string(i + 1)));
  }
  EXPECT_EQ(path(),
            "A10 → A11 → A12 → A13 → A14 → A15 → A16 → A17 → A18 → A19 → … → A33 → A34 → A35 → A36 → A37 → "
            "A38 → A39 → Serveur du dossier → Dossier patient → A10")
      << "who has no name is told by its id";
}

TEST(check, bad_dependencies_are_left_out_and_unknown_zones_cleared) {
  Inventory inventory = sound();
  inventory.dependencies.push_back(needs("URG", "ABSENT"));
  inventory.dependencies.push_back(needs("DPI", "DPI"));
  inventory.components[0].zone = "ABSENTE";
  const auto drawn = draw(inventory);
  EXPECT_EQ(drawn.dependencies.size(), 2U);
  EXPECT_FALSE(drawn.components[0].zone);
}

TEST(check, thousands_of_dangling_ends_are_counted_not_listed) {
  Inventory inventory = sound();
  for (int i = 0; i < 3000; ++i) {
    inventory.dependencies.push_back(needs("URG", "ABSENT" + std::to_string(i)));
  }
  const auto drawn = draw(inventory);
  EXPECT_LE(drawn.findings.size(), 2 * max_findings_per_code + 2);
  EXPECT_EQ(count_code(drawn.findings, "findings.more"), 1U);
}

TEST(cycles, each_knot_once_by_its_shortest_way) {
  struct Case {
    std::vector<std::pair<const char*, const char*>> needs;
    std::vector<Cycle> cycles;
  };

  const Case cases[] = {
      {{{"A", "B"}, {"B", "C"}}, {}},
      {{{"DNS1", "AD1"}, {"AD1", "DNS1"}}, {{"AD1", "DNS1", "AD1"}}},
      {{{"A", "B"}, {"B", "C"}, {"C", "A"}, {"B", "A"}}, {{"A", "B", "A"}}},
      {{{"A", "B"}, {"B", "A"}, {"B", "C"}, {"C", "D"}, {"D", "C"}}, {{"A", "B", "A"}, {"C", "D", "C"}}},
      {{{"X", "A"}, {"A", "B"}, {"B", "C"}, {"C", "A"}, {"C", "Y"}}, {{"A", "B", "C", "A"}}},
  };
  for (const auto& c : cases) {
    std::vector<Dependency> list;
    for (const auto& [consumer, target] : c.needs) {
      list.push_back(needs(consumer, target));
    }
    EXPECT_EQ(find_cycles(list), c.cycles);
  }
  std::vector<Dependency> backups{needs("A", "B"), needs("B", "A")};
  backups[1].kind = DependencyKind::backed_up_by;
  EXPECT_TRUE(find_cycles(backups).empty()) << "only needs can lock each other";
}

TEST(cycles, a_chain_of_any_length_is_no_trouble) {
  std::vector<Dependency> chain;
  for (int i = 0; i < 200'000; ++i) {
    chain.push_back(needs("n" + std::to_string(1'000'000 + i), "n" + std::to_string(1'000'001 + i)));
  }
  EXPECT_TRUE(find_cycles(chain).empty());
  chain.push_back(needs("n1200000", "n1000000"));
  const auto cycles = find_cycles(chain);
  ASSERT_EQ(cycles.size(), 1U);
  EXPECT_EQ(cycles[0].size(), 200'002U) << "there and back";
  EXPECT_EQ(cycles[0].front(), "n1000000");
  EXPECT_EQ(cycles[0][1], "n1000001");
  EXPECT_EQ(cycles[0].back(), "n1000000");
}

}  // namespace
}  // namespace releve::cartography
