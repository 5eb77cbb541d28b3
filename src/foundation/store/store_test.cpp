// SPDX-License-Identifier: EUPL-1.2
#include "foundation/store/bulk.hpp"
#include "foundation/store/test_database.hpp"

#include <atomic>
#include <barrier>
#include <limits>
#include <thread>

namespace releve::store {
namespace {

class store : public DatabaseTest {
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

  /// A setting is the smallest table with a text and a whole number; a job's progress is a double.
  Status put(const std::string& name, const Value& value, std::int64_t changed = 1) {
    return database_->write([&](Transaction& t) -> Status {
      t.execute("insert into instance_setting (name, value, changed) values (:name, :value, :changed)",
                {{"name", name}, {"value", value}, {"changed", changed}});
      return Done{};
    });
  }

  std::vector<Row> all(std::string_view sql, const std::vector<Binding>& bindings = {}) {
    std::vector<Row> rows;
    database_->read([&](Transaction& t) { rows = t.query(sql, bindings); });
    return rows;
  }

  std::int64_t settings() { return all("select count(*) from instance_setting").at(0).integer(0); }

  std::unique_ptr<Database> database_;
};

RELEVE_ON_BOTH_ENGINES(store);

TEST_P(store, says_its_engine) {
  EXPECT_EQ(database_->engine(), GetParam());
}

TEST_P(store, texts_come_back_as_they_went) {
  const std::vector<std::string> texts = {"",
                                          "12",
                                          "1e3",
                                          "Hôpital Saint-Éloi — œil 🏥",
                                          "it's \"quoted\" :name -- ; $1 ?",
                                          "\r\n\t\x01",
                                          "null",
                                          std::string(1 << 20, 'x') + "é"};
  for (std::size_t i = 0; i < texts.size(); ++i) {
    ASSERT_TRUE(put(std::to_string(i), texts[i]).ok());
    const Row row =
        all("select value from instance_setting where name = :n", {{"n", std::to_string(i)}}).at(0);
    EXPECT_EQ(row.text(0), texts[i]) << i;
    EXPECT_EQ(row.maybe_text(0), texts[i]);
  }
}

TEST_P(store, whole_numbers_come_back_exact) {
  using Limits = std::numeric_limits<std::int64_t>;
  for (const std::int64_t number : {Limits::min(), Limits::min() + 1, std::int64_t{-1}, std::int64_t{0},
                                    (std::int64_t{1} << 53) + 1, Limits::max()}) {
    ASSERT_TRUE(put(std::to_string(number), "x", number).ok());
    const std::string sql = "select changed, :n from instance_setting where changed = :n";
    const auto rows = all(sql, {{"n", number}});
    ASSERT_EQ(rows.size(), 1U) << number;
    EXPECT_EQ(rows[0].integer(0), number);
    EXPECT_EQ(rows[0].integer(1), number);
  }
}

TEST_P(store, doubles_come_back_exact) {
  ASSERT_TRUE(database_
                  ->write([&](Transaction& t) -> Status {
                    t.execute(sqlite()
                                  ? "create table measure (id integer primary key, value real) strict"
                                  : "create table measure (id bigint primary key, value double precision)");
                    return Done{};
                  })
                  .ok());
  using Limits = std::numeric_limits<double>;
  std::int64_t id = 0;
  for (const double number :
       {0.0, 0.1, 1.0 / 3, -2.5, 1e15 + 0.3, 5e-324, Limits::min(), Limits::max(), Limits::lowest(), 3.0}) {
    ASSERT_TRUE(database_
                    ->write([&](Transaction& t) -> Status {
                      t.execute("insert into measure values (:id, :value)",
                                {{"id", ++id}, {"value", number}});
                      return Done{};
                    })
                    .ok());
    const Row row = all("select value from measure where id = :id", {{"id", id}}).at(0);
    EXPECT_EQ(row.real(0), number);
    EXPECT_EQ(row.maybe_real(0), number);
  }
}

TEST_P(store, nothing_is_not_the_empty_text) {
  ASSERT_TRUE(put("empty", "").ok());
  const Row row =
      all("select value, cast(:none as text), cast(:none as bigint) from instance_setting where name = :n",
          {{"none", {}}, {"n", "empty"}})
          .at(0);
  EXPECT_FALSE(row.is_null(0));
  EXPECT_TRUE(row.is_null(1));
  EXPECT_EQ(row.maybe_text(1), std::nullopt);
  EXPECT_EQ(row.maybe_integer(2), std::nullopt);
  EXPECT_EQ(row.maybe_real(2), std::nullopt);
  EXPECT_THROW(row.text(1), Bug);
  EXPECT_THROW(row.integer(0), Bug);
  EXPECT_THROW(row.text(3), Bug);
  EXPECT_THROW(row.is_null(3), Bug);
  EXPECT_THROW(static_cast<void>(put("nothing", std::monostate{})), Bug);  // not null
}

TEST_P(store, a_text_is_never_taken_for_a_number) {
  for (const std::string text : {"12", "abc", ""}) {
    EXPECT_THROW(static_cast<void>(database_->write([&](Transaction& t) -> Status {
                   t.execute(
                       "insert into instance_setting (name, value, changed) values ('x', 'y', :changed)",
                       {{"changed", text}});
                   return Done{};
                 })),
                 Bug)
        << text;
  }
  ASSERT_TRUE(put("x", "y").ok());
  EXPECT_THROW(static_cast<void>(database_->write([&](Transaction& t) -> Status {
                 t.execute("update instance_setting set changed = :changed", {{"changed", "12"}});
                 return Done{};
               })),
               Bug);
  EXPECT_EQ(all("select changed from instance_setting").at(0).integer(0), 1);
}

TEST_P(store, refused_texts_never_reach_the_engine) {
  for (const std::string& text :
       {std::string("a\0b", 3), std::string("\xC0\xAF"), std::string("H\xF4pital")}) {
    const Status status = put("bad", text);
    ASSERT_FALSE(status.ok());
    EXPECT_EQ(status.error().kind, ErrorKind::invalid);
    EXPECT_EQ(status.error().message, message("store.refused_text", {{"parameter", "value"}}));
    EXPECT_THROW(all("select count(*) from instance_setting where name = :n", {{"n", text}}), Bug);
  }
  EXPECT_EQ(settings(), 0);
  EXPECT_THROW(all("select :x", {{"x", std::numeric_limits<double>::quiet_NaN()}}), Bug);
}

TEST_P(store, counts_changed_rows) {
  ASSERT_TRUE(
      database_
          ->write([&](Transaction& t) -> Status {
            const std::string insert =
                "insert into instance_setting values (:n, 'v', 1) on conflict (name) do nothing";
            EXPECT_EQ(t.execute(insert, {{"n", "a"}}), 1);
            EXPECT_EQ(t.execute(insert, {{"n", "a"}}), 0);
            EXPECT_EQ(t.execute(insert, {{"n", "b"}}), 1);
            EXPECT_EQ(t.execute("update instance_setting set changed = changed + 1"), 2);
            EXPECT_EQ(t.execute("create table other (id text)"), 0);
            EXPECT_EQ(t.execute("delete from instance_setting where name = 'z'"), 0);
            EXPECT_EQ(
                t.query("delete from instance_setting where name = 'a' returning changed").at(0).integer(0),
                2);
            return Done{};
          })
          .ok());
  EXPECT_EQ(settings(), 1);
}

TEST_P(store, many_rows_go_in_at_once) {
  const std::vector<std::string> odd = {"",        "\\N", "tab\there", "two\r\nlines", "back\\slash",
                                        "Éloi 🏥", "it's"};
  std::vector<std::vector<Value>> rows;
  for (std::int64_t i = 0; i < 5000; ++i) {
    rows.push_back({std::to_string(i), odd[static_cast<std::size_t>(i) % odd.size()], i - 2500});
  }
  const std::vector<std::string_view> columns = {"name", "value", "changed"};
  ASSERT_TRUE(database_
                  ->write([&](Transaction& t) -> Status {
                    insert_rows(t, "instance_setting", columns, {});
                    insert_rows(t, "instance_setting", columns, rows);
                    insert_rows(t, "facility", {"id", "name", "fictional", "settings", "version", "created"},
                                {{"f", "", std::int64_t{0}, "", std::int64_t{1}, std::int64_t{1}}});
                    insert_rows(t, "job",
                                {"id", "facility", "kind", "subject", "state", "progress", "detail",
                                 "created", "ended"},
                                {{"j", "f", "", "", "", 0.1, "", std::int64_t{1}, Value()}});
                    return Done{};
                  })
                  .ok());
  const auto kept = all("select name, value, changed from instance_setting order by changed");
  ASSERT_EQ(kept.size(), rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    EXPECT_EQ(kept[i].text(0), std::get<std::string>(rows[i][0]));
    EXPECT_EQ(kept[i].text(1), std::get<std::string>(rows[i][1]));
    EXPECT_EQ(kept[i].integer(2), std::get<std::int64_t>(rows[i][2]));
  }
  const Row job = all("select progress, ended from job").at(0);
  EXPECT_EQ(job.real(0), 0.1);
  EXPECT_TRUE(job.is_null(1));
}

TEST_P(store, many_rows_are_kept_together_or_not_at_all) {
  const std::vector<std::string_view> columns = {"name", "value", "changed"};
  const std::vector<Value> good = {"a", "x", std::int64_t{1}};
  const auto insert = [&](std::vector<std::vector<Value>> rows) {
    return database_->write([&](Transaction& t) -> Status {
      insert_rows(t, "instance_setting", columns, rows);
      return Done{};
    });
  };
  EXPECT_THROW(static_cast<void>(insert({good, good})), Bug);  // the same key twice
  EXPECT_THROW(static_cast<void>(insert({good, {"b", "y"}})), Bug);
  EXPECT_EQ(insert({good, {"b", std::string("\0", 1), std::int64_t{1}}}).error().message.code,
            "store.refused_text");
  EXPECT_THROW(static_cast<void>(database_->write([&](Transaction& t) -> Status {
                 insert_rows(t, "instance_setting; drop table job", {"name"}, {});
                 return Done{};
               })),
               Bug);
  EXPECT_EQ(settings(), 0);
  ASSERT_TRUE(insert({good}).ok());
  EXPECT_EQ(settings(), 1);
}

TEST_P(store, an_error_result_rolls_back) {
  const Status status = database_->write([&](Transaction& t) -> Status {
    t.execute("insert into instance_setting values ('a', 'b', 1)");
    EXPECT_EQ(t.query("select count(*) from instance_setting").at(0).integer(0), 1);
    return Error{ErrorKind::conflict, message("test.no"), {}};
  });
  ASSERT_FALSE(status.ok());
  EXPECT_EQ(status.error().message.code, "test.no");
  EXPECT_EQ(settings(), 0);
}

TEST_P(store, an_exception_rolls_back) {
  EXPECT_THROW(static_cast<void>(database_->write([&](Transaction& t) -> Status {
                 t.execute("insert into instance_setting values ('a', 'b', 1)");
                 throw std::runtime_error("oops");
               })),
               std::runtime_error);
  EXPECT_EQ(settings(), 0);
  EXPECT_TRUE(put("a", "b").ok());
}

TEST_P(store, a_failed_statement_ends_its_transaction) {
  for (const std::string_view wrong : {"insert into no_such_table values (1)", "selec 1",
                                       "insert into instance_setting values ('a', 'again', 1)"}) {
    EXPECT_THROW(static_cast<void>(database_->write([&](Transaction& t) -> Status {
                   t.execute("insert into instance_setting values ('a', 'b', 1)");
                   EXPECT_THROW(t.execute(wrong), Bug) << wrong;
                   EXPECT_THROW(t.query("select 1"), Bug);
                   return Done{};  // hides the failure: nothing is kept all the same
                 })),
                 Bug);
    EXPECT_EQ(settings(), 0);
  }
  EXPECT_THROW(database_->read([&](Transaction& t) { EXPECT_THROW(t.query("select nonsense"), Bug); }), Bug);
  EXPECT_TRUE(put("a", "b").ok());
}

TEST_P(store, foreign_keys_hold) {
  EXPECT_THROW(static_cast<void>(database_->write([&](Transaction& t) -> Status {
                 t.execute("insert into column_mapping values ('nobody', 'hash', '{}', 1)");
                 return Done{};
               })),
               Bug);
}

TEST_P(store, wrong_statements_are_bugs_before_they_run) {
  const std::vector<Binding> one = {{"a", std::int64_t{1}}};
  EXPECT_THROW(all("select 1 -- comment"), Bug);
  EXPECT_THROW(all("select /* comment */ 1"), Bug);
  EXPECT_THROW(all("select 1; select 2"), Bug);
  EXPECT_THROW(all("select :a, :b", one), Bug);
  EXPECT_THROW(all("select 1", one), Bug);
  EXPECT_THROW(all("select ':a'", one), Bug);
  EXPECT_THROW(all("select :a", {one[0], one[0]}), Bug);
  EXPECT_EQ(all("select 'it''s -- :b ; /*', :a ;", one).at(0).text(0), "it's -- :b ; /*");
}

TEST_P(store, messages_do_not_repeat_values) {
  ASSERT_TRUE(put("domain admin", "x").ok());
  try {
    static_cast<void>(put("domain admin", "secret"));
    FAIL();
  } catch (const Bug& bug) {
    EXPECT_EQ(std::string(bug.what()).find("secret"), std::string::npos) << bug.what();
    EXPECT_EQ(std::string(bug.what()).find("domain admin"), std::string::npos) << bug.what();
  }
}

TEST_P(store, a_reader_cannot_write) {
  EXPECT_THROW(
      database_->read([](Transaction& t) { t.execute("insert into instance_setting values ('a', 'b', 1)"); }),
      Bug);
  EXPECT_EQ(settings(), 0);
}

TEST_P(store, a_write_inside_a_write_is_a_bug) {
  EXPECT_THROW(static_cast<void>(database_->write([&](Transaction&) { return put("a", "b"); })), Bug);
  EXPECT_TRUE(put("a", "b").ok());
}

TEST_P(store, readers_do_not_wait_for_the_writer) {
  ASSERT_TRUE(put("before", "x").ok());
  std::barrier step(2);
  std::jthread writer([&] {
    EXPECT_TRUE(database_
                    ->write([&](Transaction& t) -> Status {
                      t.execute("insert into instance_setting values ('during', 'x', 1)");
                      step.arrive_and_wait();  // written, not committed
                      step.arrive_and_wait();
                      return Done{};
                    })
                    .ok());
  });
  step.arrive_and_wait();
  database_->read([&](Transaction& outer) {
    EXPECT_EQ(outer.query("select count(*) from instance_setting").at(0).integer(0), 1);
    EXPECT_EQ(settings(), 1);  // another reader
    step.arrive_and_wait();
    writer.join();
    EXPECT_EQ(outer.query("select count(*) from instance_setting").at(0).integer(0), 1)
        << "one state per transaction";
  });
  EXPECT_EQ(settings(), 2);
}

TEST_P(store, four_threads_lose_no_update) {
  ASSERT_TRUE(put("counter", "x", 0).ok());
  std::atomic<bool> stop = false;
  std::atomic<int> reads = 0;
  std::jthread reader([&] {
    for (std::int64_t last = 0; !stop; ++reads) {
      const std::int64_t now = all("select changed from instance_setting").at(0).integer(0);
      EXPECT_GE(now, last);
      last = now;
    }
  });
  std::vector<std::jthread> writers;
  for (int i = 0; i < 4; ++i) {
    writers.emplace_back([&] {
      for (int round = 0; round < 200; ++round) {
        EXPECT_TRUE(database_
                        ->write([](Transaction& t) -> Status {
                          const std::int64_t seen =
                              t.query("select changed from instance_setting").at(0).integer(0);
                          t.execute("update instance_setting set changed = :next", {{"next", seen + 1}});
                          return Done{};
                        })
                        .ok());
      }
    });
  }
  writers.clear();
  stop = true;
  reader.join();
  EXPECT_EQ(all("select changed from instance_setting").at(0).integer(0), 800);
  EXPECT_GT(reads, 0);
}

TEST_P(store, more_readers_than_connections_take_turns) {
  auto small = open(1);
  std::atomic<int> read = 0;
  std::vector<std::jthread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back(
        [&] { small->read([&](Transaction& t) { read += static_cast<int>(t.query("select 1").size()); }); });
  }
  threads.clear();
  EXPECT_EQ(read, 8);
}

TEST_P(store, a_server_that_was_gone_is_found_again) {
  if (sqlite()) {
    database_ = nullptr;
    database_ = open();
    EXPECT_TRUE(put("a", "b").ok());
    return;
  }
  const auto cut = [&] {
    as_administrator("select pg_terminate_backend(pid) from pg_stat_activity where datname = '" +
                     base_name() + "'");
  };
  cut();
  EXPECT_TRUE(put("a", "b").ok());
  EXPECT_EQ(settings(), 1);
  EXPECT_THROW(static_cast<void>(database_->write([&](Transaction& t) -> Status {
                 t.execute("insert into instance_setting values ('half', 'b', 1)");
                 cut();
                 t.execute("insert into instance_setting values ('other half', 'b', 1)");
                 return Done{};
               })),
               EnvironmentFailure);
  EXPECT_EQ(settings(), 1);
  EXPECT_TRUE(put("c", "d").ok());
}

}  // namespace
}  // namespace releve::store
