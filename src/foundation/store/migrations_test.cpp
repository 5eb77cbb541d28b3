// SPDX-License-Identifier: EUPL-1.2
#include "foundation/store/migrations.hpp"

#include "foundation/store/described_rows.hpp"
#include "foundation/store/jobs.hpp"
#include "foundation/store/schema.hpp"
#include "foundation/store/test_database.hpp"

#include <gmock/gmock.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>

namespace releve::store {

// A struct with one member of each kind that a column can hold.
struct Probe {
  std::string id;
  std::optional<std::string> note;
  std::int64_t beds = 0;
  std::optional<int> floor;
  double share = 0;
  std::optional<double> rate;
  bool open = false;
  Severity severity = Severity::note;
  Instant since{};
  std::optional<Instant> until;
  std::vector<std::string> wards;
  bool operator==(const Probe&) const = default;
};

constexpr auto describe(Probe*) {
  return Fields{
      field<&Probe::id>("identity"), field<&Probe::note>("note"),         field<&Probe::beds>("beds"),
      field<&Probe::floor>("floor"), field<&Probe::share>("share"),       field<&Probe::rate>("rate"),
      field<&Probe::open>("open"),   field<&Probe::severity>("severity"), field<&Probe::since>("since"),
      field<&Probe::until>("until"), field<&Probe::wards>("wards")};
}

namespace {

using testing::ElementsAre;

constexpr auto text = ColumnType::text;
constexpr auto integer = ColumnType::integer;
constexpr auto real = ColumnType::real;

class migrations : public DatabaseTest {
 protected:
  std::vector<EmbeddedFile> shipped() const { return {embedded_files().begin(), embedded_files().end()}; }

  std::int64_t count(Database& database, const std::string& sql) const {
    std::int64_t number = 0;
    database.read([&](Transaction& t) { number = t.query(sql).at(0).integer(0); });
    return number;
  }
};

RELEVE_ON_BOTH_ENGINES(migrations);

TEST_P(migrations, from_nothing_give_exactly_this_schema) {
  const auto database = open();
  const std::vector<std::pair<std::string, std::vector<StoredColumn>>> expected = {
      {"facility",
       {{"id", text, false},
        {"name", text, false},
        {"fictional", integer, false},
        {"settings", text, false},
        {"version", integer, false},
        {"created", integer, false},
        {"services", integer, false},
        {"counted", integer, false}}},
      {"import",
       {{"id", text, false},
        {"facility", text, false},
        {"file_name", text, false},
        {"file_hash", text, false},
        {"file_size", integer, false},
        {"format", text, false},
        {"mapping", text, false},
        {"state", text, false},
        {"summary", text, false},
        {"findings", text, false},
        {"created", integer, false},
        {"created_by", text, false},
        {"committed", integer, true},
        {"position", integer, true}}},
      {"answer",
       {{"facility", text, false},
        {"element", text, false},
        {"field", text, false},
        {"value", text, false},
        {"answered", integer, false},
        {"answered_by", text, false}}},
      {"column_mapping",
       {{"facility", text, false},
        {"header_hash", text, false},
        {"mapping", text, false},
        {"saved", integer, false}}},
      {"job",
       {{"id", text, false},
        {"facility", text, false},
        {"kind", text, false},
        {"subject", text, false},
        {"state", text, false},
        {"progress", real, false},
        {"detail", text, false},
        {"created", integer, false},
        {"started", integer, true},
        {"ended", integer, true}}},
      {"assessment",
       {{"id", text, false},
        {"facility", text, false},
        {"parameters", text, false},
        {"state", text, false},
        {"seed", text, false},
        {"worlds", integer, false},
        {"model_version", text, false},
        {"input_hash", text, false},
        {"outcome_file", text, false},
        {"headline", text, true},
        {"created", integer, false},
        {"created_by", text, false}}},
      {"instance_setting", {{"name", text, false}, {"value", text, false}, {"changed", integer, false}}},
      {"schema_version",
       {{"number", integer, false},
        {"name", text, false},
        {"checksum", text, false},
        {"applied", integer, false}}}};
  // The columns of these are held by the tests of their rooms.
  std::vector<std::string> names = {"place",
                                    "place_version",
                                    "place_number",
                                    "membership",
                                    "place_within",
                                    "succession",
                                    "place_word",
                                    "capacity",
                                    "population",
                                    "population_member",
                                    "account",
                                    "access_grant",
                                    "access_session",
                                    "invitation",
                                    "recovery_code",
                                    "sealed_code",
                                    "shared_place",
                                    "trail_entry",
                                    "trail_digest",
                                    "registry_import",
                                    "identity",
                                    "used_attempt",
                                    "provider_session",
                                    "api_token",
                                    "passkey",
                                    "used_ticket",
                                    "process",
                                    "job_claim",
                                    "assessment_preliminary",
                                    "plan_version",
                                    "room",
                                    "journal_chain",
                                    "journal_line",
                                    "journal_attachment",
                                    "paper_set",
                                    "staff_directory",
                                    "staff",
                                    "callout",
                                    "called",
                                    "call_sending"};
  for (const auto& [table, columns] : expected) {
    EXPECT_EQ(stored_columns(*database, table), columns) << table;
    names.push_back(table);
  }
  std::vector<std::string> tables;
  database->read([&](Transaction& t) {
    for (const Row& row : t.query(
             sqlite() ? "select name from sqlite_master where type = 'table'"
                      : "select table_name from information_schema.tables where table_schema = 'public'")) {
      tables.push_back(row.text(0));
    }
  });
  EXPECT_THAT(tables, testing::UnorderedElementsAreArray(names));
  EXPECT_TRUE(stored_columns(*database, "no_such_table").empty());
}

TEST_P(migrations, job_has_its_described_columns) {
  EXPECT_EQ(stored_columns(*open(), "job"), described_columns<Job>());
}

TEST_P(migrations, run_once) {
  {
    const auto database = open();
    EXPECT_TRUE(database
                    ->write([](Transaction& t) -> Status {
                      t.execute("insert into instance_setting values ('kept', 'x', 1)");
                      return Done{};
                    })
                    .ok());
  }
  const auto later = open_database({url()}, test_now + std::chrono::hours(1));
  ASSERT_TRUE(later.ok());
  EXPECT_EQ(count(**later, "select count(*) from instance_setting"), 1);
  EXPECT_EQ(count(**later, "select count(*) from schema_version"),
            static_cast<std::int64_t>(shipped().size()));
  EXPECT_EQ(count(**later, "select max(applied) from schema_version"), test_now.time_since_epoch().count());
}

TEST_P(migrations, a_new_file_is_added) {
  const auto database = open();
  auto files = shipped();
  const auto number = std::to_string(files.size() + 1);
  const std::string path = std::string(4 - number.size(), '0') + number + "_ward.sql";
  files.push_back({path,
                   "-- Wards.\n\n-- Two comments; with a semicolon;\ncreate table ward (\n  id text primary "
                   "key not null,\n"
                   "  beds {int64}\n) {strict};\ninsert into ward values ('a; b', 3);\n"});
  EXPECT_TRUE(migrate(*database, files, test_now).ok());
  EXPECT_TRUE(migrate(*database, files, test_now).ok());
  EXPECT_THAT(stored_columns(*database, "ward"),
              ElementsAre(StoredColumn{"id", text, false}, StoredColumn{"beds", integer, true}));
  EXPECT_EQ(count(*database, "select beds from ward"), 3);
}

TEST_P(migrations, a_changed_file_is_refused) {
  const auto database = open();
  auto files = shipped();
  const std::string changed = std::string(files[0].bytes) + "\n";
  files[0].bytes = changed;
  const Status status = migrate(*database, files, test_now);
  ASSERT_FALSE(status.ok());
  EXPECT_EQ(status.error().message, message("store.migration_changed", {{"name", "0001_foundation.sql"}}));
}

TEST_P(migrations, a_newer_schema_is_refused) {
  EXPECT_TRUE(open()
                  ->write([&](Transaction& t) -> Status {
                    t.execute("insert into schema_version values (:number, '9999_future.sql', 'x', 1)",
                              {{"number", static_cast<std::int64_t>(shipped().size() + 1)}});
                    return Done{};
                  })
                  .ok());
  const auto again = open_database({url()}, test_now);
  ASSERT_FALSE(again.ok());
  EXPECT_EQ(again.error().kind, ErrorKind::conflict);
  EXPECT_EQ(again.error().message,
            message("store.newer_schema", {{"found", std::to_string(shipped().size() + 1)},
                                           {"known", std::to_string(shipped().size())}}));
}

TEST_P(migrations, a_failed_one_leaves_nothing) {
  const auto database = open();
  auto files = shipped();
  const std::string path = "000" + std::to_string(files.size() + 1) + "_bad.sql";
  files.push_back({path, "create table half (id text) {strict};\ncreate nonsense;\n"});
  EXPECT_THROW(static_cast<void>(migrate(*database, files, test_now)), Bug);
  EXPECT_TRUE(stored_columns(*database, "half").empty());
  EXPECT_TRUE(migrate(*database, shipped(), test_now).ok());
}

TEST_P(migrations, described_values_are_rows) {
  const auto database = open();
  const std::string table =
      "create table probe (id text not null, note text, beds {int64} not null, floor {int64}, share {real} "
      "not null,\n"
      "rate {real}, open {int64} not null, severity text not null, since {int64} not null, until {int64},\n"
      "wards text not null) {strict};\n";
  const Probe full{"a", "b", -1, 2, 0.1, 0.0, true, Severity::error, test_now, test_now, {"x", "é"}};
  Probe bare;
  bare.id = "z";
  std::vector<Probe> back;
  ASSERT_TRUE(database
                  ->write([&](Transaction& t) -> Status {
                    t.execute(migration_statements(table, GetParam()).at(0));
                    for (const Probe& probe : {full, bare}) {
                      t.execute(insert_into<Probe>("probe"), bindings_of(probe));
                    }
                    for (const Row& row :
                         t.query("select " + column_list<Probe>() + " from probe order by id")) {
                      back.push_back(from_row<Probe>(row));
                    }
                    return Done{};
                  })
                  .ok());
  EXPECT_THAT(back, ElementsAre(full, bare));
  EXPECT_EQ(stored_columns(*database, "probe"), described_columns<Probe>());
}

TEST_P(migrations, unusable_places_are_errors) {
  TestFolder folder;
  std::ofstream(folder.path() + "/text.db") << std::string(5000, 'x');
  const std::string postgres = sqlite() ? "" : url().substr(url().find('?'));
  const std::vector<std::string> places =
      sqlite() ? std::vector<std::string>{"sqlite:", "sqlite:" + folder.path(),
                                          "sqlite:" + folder.path() + "/no/where.db",
                                          "sqlite:" + folder.path() + "/text.db",
                                          "sqlite:" + folder.path() + "/\"q.db"}
               : std::vector<std::string>{"postgresql://postgres:s3cret@/no_such_base" + postgres,
                                          "postgresql://postgres:s3cret@localhost:1/x",
                                          "postgresql://a:s3cret@h:port/x"};
  for (const std::string& place : places) {
    const auto database = open_database({place}, test_now);
    ASSERT_FALSE(database.ok()) << place;
    EXPECT_EQ(database.error().kind, ErrorKind::unavailable);
    EXPECT_EQ(database.error().message.code, "store.cannot_open") << place;
    for (const Param& param : database.error().message.params) {
      EXPECT_FALSE(param.value.empty()) << param.name;
      EXPECT_EQ(param.value.find("s3cret"), std::string::npos) << param.value;
    }
  }
  EXPECT_EQ(open_database({"mysql://x"}, test_now).error().message.code, "store.bad_address");
}

TEST(migration_text, words_and_statements) {
  const std::string file =
      "-- For its reader; only.\ncreate table t (n {int64} not null,\n  r {real}) {strict};\n\nselect 1;\n";
  EXPECT_THAT(
      migration_statements(file, "sqlite"),
      ElementsAre(
          "create table t (n any check (typeof(n) in ('integer', 'null')) not null,\n  r real) strict",
          "select 1"));
  EXPECT_THAT(migration_statements(file, "postgresql"),
              ElementsAre("create table t (n bigint not null,\n  r double precision) ", "select 1"));
  EXPECT_THROW(migration_statements("select {what};\n", "sqlite"), Bug);
  EXPECT_THROW(migration_statements("select 1\n", "sqlite"), Bug);
  EXPECT_TRUE(migration_statements("-- nothing", "sqlite").empty());
}

TEST(sqlite_file, is_for_its_owner_alone) {
  TestFolder folder;
  const std::string path = folder.path() + "/with space=and ' sign.db";
  const auto database = open_database({"sqlite:" + path}, test_now);
  ASSERT_TRUE(database.ok());
  for (const auto& entry : std::filesystem::directory_iterator(folder.path())) {
    struct stat facts{};
    ASSERT_EQ(::stat(entry.path().c_str(), &facts), 0);
    EXPECT_EQ(facts.st_mode & 0777U, 0600U) << entry.path();
  }
  EXPECT_TRUE(std::filesystem::exists(path));
}

}  // namespace
}  // namespace releve::store
