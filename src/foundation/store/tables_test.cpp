// SPDX-License-Identifier: EUPL-1.2
#include "foundation/store/tables.hpp"

#include "foundation/store/snapshot.hpp"
#include "foundation/store/test_database.hpp"

#include <gmock/gmock.h>

#include <array>
#include <cmath>
#include <limits>
#include <thread>

namespace releve::store {
namespace {

class tables : public DatabaseTest {
 protected:
  void SetUp() override {
    DatabaseTest::SetUp();
    if (!IsSkipped()) {
      database_ = open();
    }
  }

  void TearDown() override {
    database_.reset();
    DatabaseTest::TearDown();
  }

  /// Another, empty, SQLite database.
  std::unique_ptr<Database> another(const std::string& name) const {
    return open_database({"sqlite:" + folder_.path() + "/" + name, 1}, test_now).value();
  }

  static void write(Database& database, const std::string& sql, const std::vector<Binding>& bindings = {}) {
    EXPECT_TRUE(database
                    .write([&](Transaction& t) -> Status {
                      t.execute(sql, bindings);
                      return Done{};
                    })
                    .ok());
  }

  /// Texts that sort differently by bytes and by language, numbers at their limits, nothing beside empty, and
  /// more rows than one page.
  static void fill(Database& database) {
    constexpr std::array<const char*, 6> ids{"a", "B", "é", "Zoë", "z\n\t\\x", "'\"; drop table facility"};
    for (const char* id : ids) {
      write(database,
            "insert into facility (id, name, fictional, settings, version, created) values (:id, :id, 1, '', "
            ":large, "
            "-1)",
            {{"id", std::string(id)}, {"large", std::numeric_limits<std::int64_t>::max()}});
    }
    for (const double share : {0.1, -0.0, 1e-308, std::nextafter(1.0, 2.0), 12345678.9}) {
      write(database,
            "insert into job (id, facility, kind, subject, state, progress, detail, created, started, ended) "
            "values "
            "(:id, '', 'k', '', 'done', :share, '', 1, 7, cast(:none as bigint))",
            {{"id", std::to_string(share) + (std::signbit(share) ? "-" : "")},
             {"share", share},
             {"none", Value()}});
    }
    EXPECT_TRUE(
        database
            .write([&](Transaction& t) -> Status {
              for (int i = 0; i < 4'321; ++i) {
                t.execute(
                    "insert into answer (facility, element, field, value, answered, answered_by) values "
                    "('é', :element, :field, 'oui', 1, '')",
                    {{"element", std::string(i % 2 == 0 ? "É" : "e")},
                     {"field", std::to_string(i * 7919 % 100'003)}});
              }
              return Done{};
            })
            .ok());
  }

  static std::int64_t rows_of(const std::vector<TableContent>& contents, const std::string& table) {
    for (const TableContent& one : contents) {
      if (one.table == table) {
        return one.rows;
      }
    }
    return -1;
  }

  TestFolder folder_;
  std::unique_ptr<Database> database_;
};

RELEVE_ON_BOTH_ENGINES(tables);

TEST_P(tables, come_after_those_they_refer_to_and_are_the_same_on_both_engines) {
  const auto found = fact_tables(*database_);
  EXPECT_EQ(found, fact_tables(*another("other.db")));
  std::vector<std::string> before;
  for (const Table& table : found) {
    EXPECT_THAT(before, testing::IsSupersetOf(table.referred)) << table.name;
    before.push_back(table.name);
  }
  EXPECT_THAT(before, testing::Contains("trail_entry"));
  EXPECT_THAT(before, testing::Not(testing::Contains("schema_version")));
}

TEST_P(tables, go_there_and_back_with_the_same_hashes) {
  fill(*database_);
  const auto before = contents(*database_);
  EXPECT_EQ(rows_of(before, "answer"), 4'321);
  EXPECT_EQ(rows_of(before, "job"), 5);
  const auto first = another("first.db");
  const auto arrived = carry_over(*database_, *first);
  ASSERT_TRUE(arrived.ok()) << arrived.error().message.code;
  EXPECT_EQ(*arrived, before);
  EXPECT_EQ(contents(*first), before);
  // Back to the engine it came from.
  write(*database_, "delete from answer");
  write(*database_, "delete from job");
  write(*database_, "delete from facility");
  const auto back = carry_over(*first, *database_);
  ASSERT_TRUE(back.ok()) << back.error().message.code;
  EXPECT_EQ(contents(*database_), before);
}

TEST_P(tables, each_difference_changes_the_hash) {
  fill(*database_);
  const auto before = contents(*database_);
  for (const char* change : {"update job set progress = 0.0 where progress = 0.1",
                             "update job set started = null where progress = 0.1",
                             "update answer set value = 'oui ' where field = '7919'"}) {
    write(*database_, change);
    EXPECT_NE(contents(*database_), before) << change;
  }
}

TEST_P(tables, a_target_that_holds_something_is_left_alone) {
  fill(*database_);
  const auto target = another("target.db");
  write(*target, "insert into instance_setting (name, value, changed) values ('a', 'b', 1)");
  const auto before = contents(*target);
  EXPECT_EQ(carry_over(*database_, *target).error().message.code, "move.not_empty");
  EXPECT_EQ(contents(*target), before);
}

TEST_P(tables, what_arrives_otherwise_does_not_stay) {
  if (sqlite()) {
    GTEST_SKIP() << "the trigger that spoils the rows is written for PostgreSQL";
  }
  const auto source = another("source.db");
  fill(*source);
  const auto empty = contents(*database_);
  write(*database_,
        "create function spoil() returns trigger language plpgsql as 'begin new.name := ''x''; return new; "
        "end'");
  write(*database_, "create trigger spoil before insert on facility for each row execute function spoil()");
  EXPECT_EQ(carry_over(*source, *database_).error().message.code, "move.differs");
  EXPECT_EQ(contents(*database_), empty);
}

TEST_P(tables, a_snapshot_is_one_state_while_others_write) {
  fill(*database_);
  const std::jthread writer([&](const std::stop_token& stop) {
    // In each state there are as many of the one as of the other.
    for (int i = 0; !stop.stop_requested(); ++i) {
      EXPECT_TRUE(database_
                      ->write([&](Transaction& t) -> Status {
                        for (const char* name : {"one ", "two "}) {
                          t.execute(
                              "insert into instance_setting (name, value, changed) values (:name, 'x', 1)",
                              {{"name", name + std::to_string(i)}});
                        }
                        return Done{};
                      })
                      .ok());
    }
  });
  for (int round = 0; round < 5; ++round) {
    const std::string path = folder_.path() + "/snapshot" + std::to_string(round);
    const Status made = snapshot(url(), path, test_now);
    ASSERT_TRUE(made.ok()) << made.error().message.code;
    const auto copy = open_database({"sqlite:" + path, 1}, test_now).value();
    EXPECT_EQ(rows_of(contents(*copy), "answer"), 4'321);
    copy->read([&](Transaction& t) {
      EXPECT_EQ(t.query("pragma integrity_check").at(0).text(0), "ok");
      EXPECT_EQ(t.query("select count(*) from instance_setting where name like 'one %'").at(0).integer(0),
                t.query("select count(*) from instance_setting where name like 'two %'").at(0).integer(0));
    });
  }
}

}  // namespace
}  // namespace releve::store
