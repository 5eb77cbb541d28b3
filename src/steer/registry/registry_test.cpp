// SPDX-License-Identifier: EUPL-1.2
// The room with its database: imports, dated questions, searches, lists.
#include "steer/registry/registry.hpp"

#include "foundation/store/schema.hpp"
#include "foundation/store/test_database.hpp"
#include "steer/registry/rows.hpp"

#include <gmock/gmock.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace releve::registry {
namespace {

using testing::ElementsAre;
using testing::UnorderedElementsAre;

/// Days go by when the test says so.
class TestClock final : public Clock {
 public:
  Instant now() const override { return instant_; }

  void next_day() { instant_ += std::chrono::days(1); }

 private:
  Instant instant_ = store::test_now;  // 2026-11-18
};

class registry : public store::DatabaseTest {
 protected:
  void SetUp() override {
    DatabaseTest::SetUp();
    if (IsSkipped()) {
      return;
    }
    files = store::FileStore::open(folder.path()).value();
    database = open();
    jobs = std::make_unique<store::Jobs>(*database, clock, 1, [this](const store::Job& job) {
      if (room) {
        room->follow(job);
      }
    });
    room = std::make_unique<Registry>(Registry::Parts{*database, *files, *jobs, clock, {}});
  }

  void TearDown() override {
    jobs.reset();
    room.reset();
    database.reset();
    files.reset();
    DatabaseTest::TearDown();
  }

  RegistryImport read(const std::string& name, const std::string& bytes) {
    const std::string path = files->new_spool_path();
    std::ofstream(path, std::ios::binary) << bytes;
    const auto [import, job] = room->receive(name, path, "owner").value();
    jobs->wait(job.id);
    return room->find_import(import.id).value();
  }

  RegistryImport accept(const std::string& name, const std::string& bytes) {
    const RegistryImport import = read(name, bytes);
    EXPECT_EQ(import.state, RegistryImportState::ready) << to_json(import.findings);
    const auto [accepting, job] = room->accept(import.id).value();
    EXPECT_EQ(jobs->wait(job.id).state, store::JobState::done);
    return room->find_import(import.id).value();
  }

  std::vector<std::string> within(const std::string& hierarchy, const std::string& node,
                                  const std::string& day) {
    std::vector<std::string> ids;
    database->read([&](store::Transaction& t) {
      for (const auto& row :
           t.query("select id from place where id in " + places_within(":hierarchy", ":node", ":day"),
                   {{"hierarchy", hierarchy}, {"node", node}, {"day", day}})) {
        ids.push_back(row.text(0));
      }
    });
    return ids;
  }

  std::vector<std::string> found(const std::string& words) {
    std::vector<std::string> ids;
    for (const PlaceLine& line : room->find({.words = words}).items) {
      ids.push_back(line.id);
    }
    return ids;
  }

  store::TestFolder folder;
  TestClock clock;
  std::unique_ptr<store::FileStore> files;
  std::unique_ptr<store::Database> database;
  std::unique_ptr<store::Jobs> jobs;
  std::unique_ptr<Registry> room;
};

RELEVE_ON_BOTH_ENGINES(registry);

std::string line(const std::string& number, const std::string& entity, const std::string& name,
                 const std::string& department = "01", const std::string& town = "01440 VIRIAT") {
  return "structureet;" + number + ";" + entity + ";" + name + ";;;;9;R;X;;;451;" + department + ";;" + town +
         ";;;355;Centre Hospitalier;1102;;;;03;;1;;1979-02-13;;\n";
}

const std::string title = "finess;etalab;93;2026-05-12\n";
const std::string three = title + line("990000011", "990000003", "HÔPITAL D'AVAL") +
                          line("990000029", "990000003", "HÔPITAL D'AMONT", "21", "21000 DIJON") +
                          line("990000037", "990000508", "CLINIQUE DES ÎLES", "9D", "97400 SAINT DENIS");
const std::string ght = "number;ght;name;role\n990000003;84103;Bresse;lead\n990000508;84103;;\n";

TEST_P(registry, tables_have_the_described_columns) {
  EXPECT_EQ(store::stored_columns(*database, "place"), store::described_columns<Place>());
  EXPECT_EQ(store::stored_columns(*database, "place_version"), store::described_columns<PlaceVersion>());
  EXPECT_EQ(store::stored_columns(*database, "place_number"), store::described_columns<PlaceNumber>());
  EXPECT_EQ(store::stored_columns(*database, "membership"), store::described_columns<Membership>());
  EXPECT_EQ(store::stored_columns(*database, "succession"), store::described_columns<Succession>());
  EXPECT_EQ(store::stored_columns(*database, "capacity"), store::described_columns<CapacityRow>());
  EXPECT_EQ(store::stored_columns(*database, "population"), store::described_columns<Population>());
  EXPECT_EQ(store::stored_columns(*database, "registry_import"), store::described_columns<RegistryImport>());
}

TEST_P(registry, the_nation_and_its_regions_stand_before_any_import) {
  EXPECT_EQ(within("region", "FR", "2026-11-18").size(), 19U);
  const Registry again(Registry::Parts{*database, *files, *jobs, clock, {}});
  EXPECT_EQ(within("region", "FR", "1950-01-01").size(), 19U);
  const PlaceSummary nation = room->summary("FR", Hierarchy::region, "").value();
  EXPECT_EQ(nation.children.size(), 18U);
  EXPECT_EQ(nation.counts, PlaceCounts{});
}

TEST_P(registry, an_import_changes_nothing_until_it_is_accepted) {
  const RegistryImport preview = read("f.csv", three);
  EXPECT_EQ(preview.state, RegistryImportState::ready);
  EXPECT_EQ(preview.format, "finess_csv");
  EXPECT_EQ(preview.source_day, "2026-05-12");
  EXPECT_EQ(preview.difference.totals, (std::vector<ChangeTotal>{{ChangeKind::opened, 3, 2}}));
  EXPECT_TRUE(found("aval").empty());
  EXPECT_TRUE(room->discard(preview.id).ok());
  EXPECT_EQ(room->accept(preview.id).error().message.code, "import.not_ready");
  EXPECT_EQ(accept("f.csv", three).state, RegistryImportState::accepted);
  EXPECT_THAT(found("aval"), ElementsAre("990000011"));
}

TEST_P(registry, hierarchies_stand_beside_each_other) {
  accept("f.csv", three);
  accept("ght.csv", ght);
  const std::string day = "2026-11-18";
  EXPECT_THAT(within("region", "R84", day),
              UnorderedElementsAre("R84", "990000011", "EJ990000003", "GHT84103"));
  EXPECT_THAT(within("region", "R27", day), UnorderedElementsAre("R27", "990000029"));
  EXPECT_THAT(within("ght", "GHT84103", day), UnorderedElementsAre("GHT84103", "EJ990000003", "EJ990000508",
                                                                   "990000011", "990000029", "990000037"));
  EXPECT_THAT(within("legal", "EJ990000003", day),
              UnorderedElementsAre("EJ990000003", "990000011", "990000029"));
  EXPECT_THAT(within("legal", "990000011", day), ElementsAre("990000011"));
  EXPECT_EQ(within("region", "FR", day).size(), 19U + 6U);
  const PlaceView site = room->place("990000029").value();
  std::vector<std::string> above;
  for (const Ancestor& one : site.ancestors) {
    above.push_back(std::string(text_of(one.hierarchy)) + " " + one.place.id);
  }
  EXPECT_THAT(above, ElementsAre("ght GHT84103", "legal EJ990000003", "region FR", "region R27"));
}

TEST_P(registry, a_past_day_is_never_told_anew) {
  accept("f.csv", three);
  const auto before = within("region", "R84", "2026-11-18");
  clock.next_day();
  accept("f.csv", title + line("990000011", "990000508", "HÔPITAL D'AVAL", "75", "75001 PARIS") +
                      line("990000029", "990000003", "HÔPITAL RENOMMÉ", "21", "21000 DIJON"));
  EXPECT_EQ(within("region", "R84", "2026-11-18"), before);
  EXPECT_THAT(within("region", "R84", "2026-11-19"), UnorderedElementsAre("R84", "EJ990000003"));
  EXPECT_THAT(within("region", "R11", "2026-11-19"), UnorderedElementsAre("R11", "990000011"));
  EXPECT_THAT(within("legal", "EJ990000508", "2026-11-18"), UnorderedElementsAre("EJ990000508", "990000037"));
  EXPECT_THAT(within("legal", "EJ990000508", "2026-11-19"), UnorderedElementsAre("EJ990000508", "990000011"));
  EXPECT_EQ(room->summary("R84", Hierarchy::region, "2026-11-18")->counts.sites, 1);
  EXPECT_EQ(room->summary("R84", Hierarchy::region, "")->counts.sites, 0);
  const PlaceView renamed = room->place("990000029").value();
  EXPECT_EQ(renamed.facts.name, "HÔPITAL RENOMMÉ");
  ASSERT_EQ(renamed.history.size(), 1U);
  EXPECT_EQ(renamed.history[0].to_day, "2026-11-19");
  EXPECT_THAT(found("amont"), testing::IsEmpty());
  EXPECT_EQ(room->place("990000037")->facts.closed, "2026-05-12");
}

TEST_P(registry, two_imports_of_one_day_leave_what_the_second_says) {
  accept("f.csv", three);
  accept("f.csv", title + line("990000011", "990000508", "A", "75", "75001 PARIS") +
                      line("990000029", "990000003", "B", "21", "21000 DIJON") +
                      line("990000037", "990000508", "C", "9D", "97400 SAINT DENIS"));
  accept("f.csv", three);
  EXPECT_THAT(within("region", "R11", "2026-11-18"), ElementsAre("R11"));
  EXPECT_TRUE(room->place("990000011")->history.empty());
  EXPECT_THAT(found("aval"), ElementsAre("990000011"));
}

/// The closure is the memberships followed upwards, on every day.
TEST_P(registry, place_within_is_what_the_memberships_say) {
  accept("f.csv", three);
  accept("ght.csv", ght);
  clock.next_day();
  accept("ght.csv", "number;ght\n990000003;84103\n990000508;27103\n");
  clock.next_day();
  accept("f.csv", title + line("990000011", "990000508", "A", "2A", "20000 AJACCIO"));
  for (const char* day : {"2026-11-17", "2026-11-18", "2026-11-19", "2026-11-20", "2027-01-01"}) {
    database->read([&](store::Transaction& t) {
      const auto rows = t.query(
          "with recursive reach (hierarchy, ancestor, place) as (select hierarchy, parent, place from "
          "membership where "
          "from_day <= :day and to_day > :day union select r.hierarchy, r.ancestor, m.place from reach r "
          "join "
          "membership m on m.parent = r.place and m.from_day <= :day and m.to_day > :day and (m.hierarchy = "
          "r.hierarchy "
          "or (r.hierarchy = 'ght' and m.hierarchy = 'legal'))) select (select count(*) from (select * from "
          "reach "
          "except select hierarchy, ancestor, place from place_within where from_day <= :day and to_day > "
          ":day) a), "
          "(select count(*) from (select hierarchy, ancestor, place from place_within where from_day <= :day "
          "and to_day "
          "> :day except select * from reach) b)",
          {{"day", day}});
      EXPECT_EQ(rows.at(0).integer(0), 0) << day;
      EXPECT_EQ(rows.at(0).integer(1), 0) << day;
    });
  }
}

TEST_P(registry, searches_by_name_town_and_number_without_accents) {
  accept("f.csv", three);
  EXPECT_THAT(found("hopital"), UnorderedElementsAre("990000011", "990000029"));
  EXPECT_THAT(found("Hôp dij"), ElementsAre("990000029"));
  EXPECT_THAT(found("99000002"), ElementsAre("990000029"));
  EXPECT_THAT(found("clinique saint-denis"), ElementsAre("990000037"));
  EXPECT_THAT(found("bourgogne"), ElementsAre("R27"));
  EXPECT_THAT(found("'; drop table place"), testing::IsEmpty());
  EXPECT_EQ(room->find({.within = "R04", .kind = PlaceKind::site}).items.size(), 1U);
  const PlacePage first = room->find({.kind = PlaceKind::site, .size = 2});
  EXPECT_TRUE(first.more);
  EXPECT_EQ(first.items.at(0).number, "990000037");  // CLINIQUE DES ÎLES
  EXPECT_FALSE(room->find({.kind = PlaceKind::site, .page = 1, .size = 2}).more);
}

TEST_P(registry, wrong_files_are_refused_with_a_reason) {
  EXPECT_EQ(read("x.csv", "a;b\n1;2\n").findings.at(0).message.code, "registry.unknown_format");
  const RegistryImport cut = read("x.csv", three.substr(0, three.size() - 20));
  EXPECT_EQ(cut.state, RegistryImportState::refused);
  EXPECT_EQ(room->accept(cut.id).error().message.code, "import.not_ready");
  EXPECT_EQ(room->place("nowhere").error().kind, ErrorKind::not_found);
  EXPECT_EQ(room->summary("nowhere", Hierarchy::region, "").error().kind, ErrorKind::not_found);
}

TEST_P(registry, priority_lists_are_frozen_and_never_classified) {
  accept("f.csv", three);
  const Population wanted{
      .name = "Prioritaires", .kind = "ose", .source = "Instruction", .frozen = "2026-11-18"};
  const auto made = room->freeze(wanted, {"990000011", " 990000029 "}, "owner");
  ASSERT_TRUE(made.ok());
  Population classified = wanted;
  for (const char* name : {"liste OIV", "Liste des O.I.V.", "Opérateurs d'importance vitale"}) {
    classified.name = name;
    EXPECT_EQ(room->freeze(classified, {"990000011"}, "owner").error().message.code, "population.classified");
  }
  EXPECT_EQ(room->freeze(wanted, {"990000999"}, "owner").error().message.code, "population.unknown_numbers");
  Population future = wanted;
  future.frozen = "2030-01-01";
  EXPECT_EQ(room->freeze(future, {"990000011"}, "owner").error().message.code, "population.bad_day");
  clock.next_day();
  accept("f.csv", title + line("990000011", "990000003", "AUTRE NOM"));
  const auto kept = room->population(made->id).value().second;
  ASSERT_EQ(kept.size(), 2U);
  EXPECT_EQ(kept[0].name, "HÔPITAL D'AVAL");
}

TEST_P(registry, a_grades_and_a_supplier_are_added_by_hand) {
  const auto grades = room->add(PlaceKind::grades, "GRADeS d’Essai", "R84");
  ASSERT_TRUE(grades.ok());
  EXPECT_THAT(within("region", "R84", "2026-11-18"), UnorderedElementsAre("R84", grades->line.id));
  EXPECT_TRUE(room->add(PlaceKind::supplier, "Éditeur", "").ok());
  EXPECT_THAT(found("editeur").size(), 1U);
  EXPECT_EQ(room->add(PlaceKind::site, "x", "").error().message.code, "place.bad_kind");
  EXPECT_EQ(room->add(PlaceKind::grades, " ", "").error().message.code, "place.bad_name");
  EXPECT_EQ(room->add(PlaceKind::grades, "x", "R99").error().message.code, "place.not_found");
}

TEST_P(registry, sae_2023_whole) {
  const std::string base = std::string(RELEVE_SHARED_DATA) + "/etablissements/";
  if (!std::filesystem::exists(base)) {
    GTEST_SKIP() << "skipped: no real data";
  }
  const auto real = [&](const std::string& name) {
    const std::string path = folder.path() + "/" + name;
    const std::string unpack = "xz -dc " + base + name + ".xz > " + path;
    const bool packed = std::filesystem::exists(base + name + ".xz");
    EXPECT_TRUE(!packed || std::system(unpack.c_str()) == 0);
    std::ifstream in(packed ? path : base + name, std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(in), {});
  };
  for (const char* name :
       {"sae-2023-id.csv", "sae-2023-ght.csv", "sae-2023-mco.csv", "sae-2023-urgences.csv"}) {
    accept(name, real(name));
  }
  const PlaceSummary nation = room->summary("FR", Hierarchy::region, "").value();
  EXPECT_EQ(nation.counts.sites, 3975);
  EXPECT_EQ(nation.departments.size(), 101U);
  EXPECT_GT(nation.counts.emergency, 500);
  EXPECT_EQ(room->find({.kind = PlaceKind::ght, .size = 500}).items.size(), 135U);
  const PlaceSummary reunion = room->summary("R04", Hierarchy::region, "").value();
  EXPECT_EQ(reunion.counts.sites, 62);
  EXPECT_THAT(found("fleyriat"), testing::Contains("010000024"));
}

}  // namespace
}  // namespace releve::registry
