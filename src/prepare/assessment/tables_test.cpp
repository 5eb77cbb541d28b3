// SPDX-License-Identifier: EUPL-1.2
#include "prepare/assessment/tables.hpp"

#include "prepare/assessment/tables_for_tests.hpp"

#include <gmock/gmock.h>

namespace releve::assessment {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

TEST(tables, built_in_files_read) {
  const Tables tables = repository_tables();
  EXPECT_GE(tables.techniques.size(), 20U);
  EXPECT_EQ(tables.version.size(), 12U);
  for (const TechniqueRow& row : tables.techniques) {
    EXPECT_FALSE(row.source.empty()) << row.id;
    EXPECT_FALSE(row.title_fr.empty() || row.title_en.empty()) << row.id;
  }
}

TEST(tables, a_changed_figure_is_another_version) {
  auto texts = repository_table_texts();
  texts["attack.json"] += " ";
  EXPECT_NE(read_tables(texts)->version, repository_tables().version);
}

TEST(tables, a_missing_file_is_named) {
  for (const std::string& file : table_files()) {
    auto texts = repository_table_texts();
    texts.erase(file);
    const auto read = read_tables(texts);
    ASSERT_FALSE(read.ok());
    EXPECT_EQ(read.error().message.code, "tables.missing_file");
    EXPECT_EQ(read.error().where, file);
  }
}

template <class Rows>
std::string changed(const std::string& file, auto&& change) {
  auto rows = from_json<Rows>(repository_table_texts().at(file)).value();
  change(rows);
  return to_json(rows);
}

struct WrongTable {
  const char* name;
  std::string file;
  std::string text;
  std::string code;   // empty: any
  std::string where;  // part of it
};

std::vector<WrongTable> wrong_tables() {
  using Techniques = std::vector<TechniqueRow>;
  using Measures = std::vector<MeasureRow>;
  const auto attack = [](auto&& change) { return changed<AttackTable>("attack.json", change); };
  const auto restoration = [](auto&& change) {
    return changed<RestorationTable>("restoration.json", change);
  };
  const auto set_chance = [](AttackTable& t, const std::string& id, double share) {
    for (ShareRow& row : t.chances) {
      row.share = row.id == id ? share : row.share;
    }
  };
  return {
      {"no JSON", "sensors.json", "[", "", "sensors.json"},
      {"unknown member", "measures.json", R"([{"kind":"patch","price":3}])", "", "measures.json: "},
      {"chance above one", "techniques.json",
       changed<Techniques>("techniques.json", [](auto& t) { t[3].chance = 1.5; }), "", "techniques.json: "},
      {"no source", "techniques.json",
       changed<Techniques>("techniques.json", [](auto& t) { t[0].source = ""; }), "", "techniques.json: "},
      {"technique missing", "techniques.json",
       changed<Techniques>("techniques.json",
                           [](auto& t) { std::erase_if(t, [](auto& r) { return r.id == "dcsync"; }); }),
       "tables.missing_row", "dcsync"},
      {"technique twice", "techniques.json",
       changed<Techniques>("techniques.json", [](auto& t) { t.push_back(t[1]); }), "tables.row_twice",
       "techniques.json: "},
      {"the engine's own technique", "techniques.json",
       changed<Techniques>("techniques.json",
                           [](auto& t) {
                             t.push_back(t[1]);
                             t.back().id = "instantaneous";
                           }),
       "tables.unknown_name", "instantaneous"},
      {"percentiles the wrong way round", "techniques.json",
       changed<Techniques>("techniques.json", [](auto& t) { t[2].delay = {9, 3}; }),
       "tables.p90_below_median", "techniques.json: "},
      {"door missing", "attack.json", attack([](auto& t) { t.doors.pop_back(); }), "tables.missing_row",
       "attack.json: "},
      {"a chance of two", "attack.json", attack([&](auto& t) { set_chance(t, "night", 2); }),
       "tables.bad_figure", "night"},
      {"no missing second factor at all", "attack.json",
       attack([&](auto& t) { set_chance(t, "mfa_missing", 0); }), "tables.bad_figure", "mfa_missing"},
      {"attempts that are no number", "attack.json", attack([](auto& t) { t.attempts[0].id = "many"; }),
       "tables.bad_figure", "many"},
      {"attempts without weight", "attack.json", attack([](auto& t) {
         for (auto& r : t.attempts) {
           r.share = 0;
         }
       }),
       "tables.bad_figure", "attempts"},
      {"ambitions without weight", "attack.json", attack([](auto& t) {
         for (auto& r : t.ambitions) {
           r.weight = 0;
         }
       }),
       "tables.bad_figure", "crisis"},
      {"delay missing", "attack.json", attack([](auto& t) { t.delays.erase(t.delays.begin()); }),
       "tables.missing_row", "attack.json: "},
      {"reaction at once", "attack.json", attack([](auto& t) {
         for (auto& r : t.delays) {
           if (r.id == "reaction_off") {
             r.delay = {0, 0};
           }
         }
       }),
       "tables.bad_figure", "reaction_off"},
      {"sensor missing", "sensors.json",
       changed<std::vector<SensorRow>>("sensors.json", [](auto& t) { t.pop_back(); }), "tables.missing_row",
       "sensors.json: "},
      {"task missing", "restoration.json", restoration([](auto& t) { t.tasks.pop_back(); }),
       "tables.missing_row", "restoration.json: "},
      {"unknown task", "restoration.json", restoration([](auto& t) {
         t.tasks.push_back(t.tasks[0]);
         t.tasks.back().kind = "pray";
       }),
       "tables.unknown_name", "pray"},
      {"unknown skill of a task", "restoration.json",
       restoration([](auto& t) { t.tasks[0].skill = "magic"; }), "tables.unknown_name", "magic"},
      {"unknown team", "restoration.json", restoration([](auto& t) {
         t.teams.push_back(t.teams[0]);
         t.teams.back().skill = "magic";
       }),
       "tables.unknown_name", "magic"},
      {"teams for no machine", "restoration.json", restoration([](auto& t) {
         for (auto& r : t.amounts) {
           r.share = r.id == "teams_for_machines" ? 0 : r.share;
         }
       }),
       "tables.bad_figure", "teams_for_machines"},
      {"measure missing", "measures.json",
       changed<Measures>("measures.json",
                         [](auto& t) { std::erase_if(t, [](auto& r) { return r.kind == "edr"; }); }),
       "tables.missing_row", "edr"},
      {"modifier of nothing", "modifiers.json",
       changed<std::vector<ModifierRow>>("modifiers.json", [](auto& t) { t[0].technique = "sorcery"; }),
       "tables.unknown_name", "sorcery"},
  };
}

TEST(tables, each_wrong_row_is_refused_with_its_place) {
  for (const WrongTable& wrong : wrong_tables()) {
    auto texts = repository_table_texts();
    texts[wrong.file] = wrong.text;
    const auto read = read_tables(texts);
    ASSERT_FALSE(read.ok()) << wrong.name;
    EXPECT_THAT(read.error().where, StartsWith(wrong.file)) << wrong.name;
    EXPECT_THAT(read.error().where, HasSubstr(wrong.where)) << wrong.name;
    if (!wrong.code.empty()) {
      EXPECT_EQ(read.error().message.code, wrong.code) << wrong.name;
    }
  }
}

}  // namespace
}  // namespace releve::assessment
