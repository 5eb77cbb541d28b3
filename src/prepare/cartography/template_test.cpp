// SPDX-License-Identifier: EUPL-1.2
#include "prepare/cartography/template.hpp"

#include "foundation/base/random.hpp"
#include "prepare/cartography/template_fields.hpp"
#include "prepare/cartography/test_material.hpp"

#include <set>

namespace releve::cartography {
namespace {

/// Elements with every member drawn, within the rules: whatever describe() grows, the round trip covers it.
class RandomInventory {
 public:
  explicit RandomInventory(Seed seed) : seed_(seed) {}

  Inventory make(int size) {
    Inventory inventory;
    for_each_element([&]<class T>() {
      for (int i = 0; i < size; ++i) {
        T element;
        for_each_column<T>([&](const auto& field) {
          using F = std::remove_cvref_t<decltype(field)>;
          element.*F::member = value<typename F::Type>(field.rules);
        });
        element.id = std::string(ElementOf<T>::word) + "-" + std::to_string(i);
        (inventory.*ElementOf<T>::list).push_back(std::move(element));
      }
    });
    return inventory;
  }

 private:
  std::uint32_t next(std::uint32_t below) { return draw(seed_, 7, 0, counter_++) % below; }

  template <class V>
  V value(const Rules& rules) {
    if constexpr (!std::is_same_v<typename Plain<V>::type, V>) {
      return next(3) == 0 ? V() : V(value<typename Plain<V>::type>(rules));
    } else if constexpr (std::is_same_v<V, bool>) {
      return next(2) == 0;
    } else if constexpr (std::is_same_v<V, int>) {
      return 1 + static_cast<int>(next(4));
    } else if constexpr (std::is_same_v<V, double>) {
      const double top = std::min(rules.maximum, 1000.0);
      return rules.minimum + (top - rules.minimum) * next(1'000'003) / 1'000'003.0;
    } else if constexpr (NamedEnum<V>) {
      constexpr auto names = describe(static_cast<V*>(nullptr));
      return names.entries[next(static_cast<std::uint32_t>(names.entries.size()))].value;
    } else if constexpr (std::is_same_v<V, std::string>) {
      static const char* const signs[] = {"a", "É", "œ", "-", "7", "\"", " b", "%", ">", "x"};
      std::string text = "n";
      for (std::uint32_t i = next(12); i > 0; --i) {
        text += signs[next(10)];
      }
      return text;
    } else {
      V list;
      for (std::uint32_t i = next(4); i > 0; --i) {
        list.push_back("10." + std::to_string(next(256)) + ".0.0/16");
      }
      return list;
    }
  }

  Seed seed_;
  std::uint32_t counter_ = 0;
};

void forget_origins(Inventory& inventory) {
  for_each_element([&]<class T>() {
    for (T& element : inventory.*ElementOf<T>::list) {
      element.origins.clear();
    }
  });
}

TEST(template_of_inventory, what_is_written_is_read_back_in_both_languages) {
  const Catalogue words = repository_words();
  for (Seed seed = 1; seed <= 20; ++seed) {
    const Inventory inventory = RandomInventory(seed).make(15);
    for (const char* language : {"fr", "en", "de"}) {
      const auto workbook = workbook_of(template_tables(inventory, language, words));
      ASSERT_TRUE(is_template(workbook, words));
      auto back = read_template(workbook, "modele.xlsx", day(3), words);
      EXPECT_TRUE(back.findings.empty()) << codes(back.findings);
      forget_origins(back.value);
      for_each_element([&]<class T>() {
        const auto& before = inventory.*ElementOf<T>::list;
        const auto& after = back.value.*ElementOf<T>::list;
        ASSERT_EQ(before.size(), after.size());
        for (std::size_t i = 0; i < before.size(); ++i) {
          EXPECT_EQ(before[i], after[i]) << to_json(before[i]) << "\n" << to_json(after[i]);
        }
      });
    }
  }
}

TEST(template_of_inventory, blank_has_tabs_notes_and_lists_of_values) {
  const Catalogue words = repository_words();
  const auto tables = template_tables({}, "fr", words);
  ASSERT_EQ(tables.size(), 5U);
  EXPECT_EQ(tables[2].name, "Composants");
  EXPECT_EQ(tables[0].columns[2].title, "Secteur");
  EXPECT_EQ(tables[0].columns[2].allowed.size(), 26U);
  EXPECT_EQ(tables[0].columns[2].allowed[0], "urgences");
  for (const auto& table : tables) {
    std::set<std::string> titles;
    EXPECT_TRUE(table.rows.empty());
    for (const auto& column : table.columns) {
      EXPECT_TRUE(titles.insert(fold(column.title)).second) << table.name << ": " << column.title << " twice";
      EXPECT_FALSE(column.note.ends_with(".note")) << column.note << " has no text";
      EXPECT_EQ(column.title.find("field."), std::string::npos) << column.title;
    }
  }
  const auto blank = read_template(workbook_of(tables), "vide.xlsx", day(1), words);
  EXPECT_TRUE(blank.findings.empty()) << codes(blank.findings);
}

TEST(template_of_inventory, every_code_has_both_texts_and_findings_say_what_to_do) {
  const Catalogue words = repository_words();
  std::set<std::string> fr;
  std::set<std::string> en;
  for (const auto& [code, text] : words.fr) {
    fr.insert(code);
    EXPECT_FALSE(text.empty()) << code;
  }
  for (const auto& [code, text] : words.en) {
    en.insert(code);
  }
  EXPECT_EQ(fr, en);
}

intake::Workbook one_tab(std::string tab, std::vector<std::vector<std::string>> rows) {
  return {{{std::move(tab), std::move(rows)}}};
}

TEST(template_of_inventory, raw_names_english_and_french_may_be_mixed) {
  const auto read = read_template(
      one_tab("SERVICES",
              {{"Identifiant", "name", "Sector", "capacity_24h", "CAPACITE SANS INFORMATIQUE A 72 H"},
               {"URG", "Urgences", "Emergency department", "50 %", "0,4"},
               {"REA", "Réa", "intensive_care", "", ""},
               {"BLOC", "", "bloc operatoire", "", ""}}),
      "m.xlsx", day(2), repository_words());
  EXPECT_TRUE(read.findings.empty()) << codes(read.findings);
  ASSERT_EQ(read.value.services.size(), 3U);
  const Service& s = read.value.services[0];
  EXPECT_EQ(s.sector, Sector::emergency);
  EXPECT_DOUBLE_EQ(*s.capacity_24h, .5);
  EXPECT_DOUBLE_EQ(*s.capacity_72h, .4);
  EXPECT_EQ(s.origins.at("capacity_24h"), (Origin{OriginKind::import, "m.xlsx", day(2)}));
  EXPECT_FALSE(s.origins.contains("capacity_2h"));
  EXPECT_EQ(read.value.services[1].sector, Sector::intensive_care);
  EXPECT_FALSE(read.value.services[1].origins.contains("capacity_24h"));
  EXPECT_EQ(read.value.services[2].sector, Sector::theatre);
  EXPECT_EQ(read.value.services[2].name, "BLOC") << "a row without name is called by its id";
}

struct FaultCase {
  const char* tab;
  std::vector<std::vector<std::string>> rows;
  const char* code;
  const char* place;
  const char* nearest;
};

TEST(template_of_inventory, every_fault_names_its_cell) {
  const FaultCase cases[] = {
      {"Services",
       {{"Identifiant", "Secteur"}, {"A", "urgence"}},
       "cell.unknown_value_near",
       "Services!B2",
       "urgences"},
      {"Services", {{"Identifiant", "Secteur"}, {"A", "zzzzz"}}, "cell.unknown_value", "Services!B2", ""},
      {"Services",
       {{"Identifiant", "Lits"}, {"A", "4"}, {"B", "dix"}},
       "cell.not_a_number",
       "Services!B3",
       ""},
      {"Services", {{"Identifiant", "Lits"}, {"A", "-1"}}, "cell.out_of_range", "Services!B2", ""},
      {"Services", {{"Identifiant", "capacity_2h"}, {"A", "tout"}}, "cell.not_a_share", "Services!B2", ""},
      {"Services", {{"Identifiant", "Lits"}, {"", "4"}}, "sheet.row_without_id", "Services!A2", ""},
      {"Services", {{"Identifiant", "Lits"}, {"A", "4"}, {"A", "5"}}, "sheet.row_twice", "Services!A3", ""},
      {"Services", {{"Identifiant", "Couleur"}, {"A", "4"}}, "sheet.unknown_column", "Services!B1", ""},
      {"Services", {{"Identifiant", "Id"}, {"A", "4"}}, "sheet.column_twice", "Services!B1", ""},
      {"Services", {{"Nom", "Lits"}, {"A", "4"}}, "sheet.no_identifier_column", "Services", ""},
      {"Brouillon", {{"Identifiant", "Lits"}, {"A", "4"}}, "sheet.tab_not_read", "Brouillon", ""},
      {"Applications",
       {{"Identifiant", "DMIA (heures)"}, {"A", "2 lunes"}},
       "cell.not_a_duration",
       "Applications!B2",
       ""},
      {"Applications",
       {{"Identifiant", "availability"}, {"A", "9"}},
       "cell.not_a_level",
       "Applications!B2",
       ""},
      {"Composants",
       {{"Identifiant", "domain_joined"}, {"A", "bof"}},
       "cell.not_yes_or_no",
       "Composants!B2",
       ""},
      {"Composants", {{"Identifiant"}, {std::string(65, 'a')}}, "cell.too_long", "Composants!A2", ""},
      {"Dépendances", {{"Qui dépend", "De quoi"}, {"A", ""}}, "sheet.row_without_ends", "Dépendances!A2", ""},
  };
  const Catalogue words = repository_words();
  for (const auto& c : cases) {
    const auto read = read_template(one_tab(c.tab, c.rows), "m.xlsx", day(1), words);
    const Finding* finding = find_code(read.findings, c.code);
    ASSERT_NE(finding, nullptr) << c.code << ": " << codes(read.findings);
    EXPECT_EQ(finding->place, c.place);
    EXPECT_EQ(finding->file, "m.xlsx");
    EXPECT_EQ(param(*finding, "nearest"), c.nearest);
    for (const char* language : {"fr", "en"}) {
      const std::string text = words.say(language, finding->message);
      EXPECT_EQ(text.find('{'), std::string::npos) << text;
      EXPECT_NE(words.find(language, finding->message.code + ".mend"), nullptr) << finding->message.code;
    }
    EXPECT_TRUE(read.usable());
  }
}

TEST(template_of_inventory, dependencies_name_themselves) {
  const auto read =
      read_template(one_tab("Dependencies", {{"Consumer", "Target", "Kind of link", "Autonomy (hours)"},
                                             {"URG", "DPI", "", "30 min"},
                                             {"URG", "DPI", "exchanges with"},
                                             {"DPI", "SAV", "est sauvegardé par"},
                                             {"URG", "DPI", "needs"}}),
                    "m.xlsx", day(1), repository_words());
  ASSERT_EQ(read.value.dependencies.size(), 3U);
  EXPECT_EQ(read.value.dependencies[0].id, "URG>DPI");
  EXPECT_DOUBLE_EQ(*read.value.dependencies[0].autonomy_h, .5);
  EXPECT_EQ(read.value.dependencies[1].id, "URG>DPI:interface");
  EXPECT_EQ(read.value.dependencies[2].id, "DPI>SAV:backup");
  EXPECT_EQ(count_code(read.findings, "sheet.row_twice"), 1U);
}

TEST(template_of_inventory, other_workbooks_are_not_templates) {
  const Catalogue words = repository_words();
  EXPECT_FALSE(is_template(one_tab("Services", {{"Nom", "Lits"}, {"A", "4"}}), words));
  EXPECT_FALSE(is_template(one_tab("glpi", {{"Identifiant", "Nom"}}), words));
  EXPECT_FALSE(is_template({}, words));
  EXPECT_TRUE(is_template(
      one_tab("zones", {{"Etablissement de démonstration"}, {"Identifiant", "Nom", "Adresses"}}), words))
      << "a title above the table is no obstacle";
}

}  // namespace
}  // namespace releve::cartography
