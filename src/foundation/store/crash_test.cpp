// SPDX-License-Identifier: EUPL-1.2
// What must survive: killed processes, processes side by side, a full disk.
#include "foundation/store/test_database.hpp"

#include <poll.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <functional>
#include <optional>
#include <thread>

namespace releve::store {
namespace {

class survival : public DatabaseTest {
 protected:
  std::int64_t number(Database& database, const std::string& sql) const {
    std::int64_t value = 0;
    database.read([&](Transaction& t) { value = t.query(sql).at(0).integer(0); });
    return value;
  }

  void expect_sound(Database& database) const {
    if (sqlite()) {
      database.read([](Transaction& t) {
        EXPECT_EQ(t.query("pragma integrity_check").at(0).text(0), "ok");
        EXPECT_TRUE(t.query("pragma foreign_key_check").empty());
      });
    }
  }
};

RELEVE_ON_BOTH_ENGINES(survival);

/// Another process; its work's result is the exit code.
pid_t in_child(const std::function<int()>& work) {
  const pid_t child = fork();
  if (child == 0) {
    int code = 99;
    try {
      code = work();
    } catch (const std::exception& failure) {
      std::fprintf(stderr, "child: %s\n", failure.what());
    }
    std::_Exit(code);
  }
  return child;
}

int ended(pid_t child) {
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

/// Two rows of one transaction, for ever; tells each committed pair through the pipe.
int write_pairs(Database& database, int pipe_end) {
  std::int64_t next = 0;
  while (true) {
    const Status status = database.write([&](Transaction& t) -> Status {
      next = 1 + t.query("select coalesce(max(changed), 0) from instance_setting").at(0).integer(0);
      for (const std::string side : {"left-", "right-"}) {
        t.execute("insert into instance_setting values (:name, :value, :n)",
                  {{"name", side + std::to_string(next)}, {"value", std::string(20'000, 'x')}, {"n", next}});
      }
      return Done{};
    });
    if (!status.ok() || write(pipe_end, &next, sizeof next) != sizeof next) {
      return 1;
    }
  }
}

/// The next pair that the child tells of; nothing when it has ended or is slow.
std::optional<std::int64_t> next_told(int pipe_end, std::chrono::milliseconds patience) {
  pollfd end{pipe_end, POLLIN, 0};
  std::int64_t told = 0;
  if (poll(&end, 1, static_cast<int>(patience.count())) != 1 ||
      read(pipe_end, &told, sizeof told) != sizeof told) {
    return std::nullopt;
  }
  return told;
}

TEST_P(survival, killed_writers_leave_whole_transactions) {
  std::int64_t acknowledged = 0;
  for (int round = 0; round < 20; ++round) {
    int ends[2];
    ASSERT_EQ(pipe(ends), 0);
    const pid_t child = in_child([&] { return write_pairs(*open(1), ends[1]); });
    close(ends[1]);
    // Some while they open the base, most among their transactions.
    if (round % 4 != 0) {
      acknowledged = next_told(ends[0], std::chrono::seconds(60)).value_or(acknowledged);
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(2 + round * 37 % 101));
    kill(child, SIGKILL);
    EXPECT_EQ(ended(child), -SIGKILL);
    while (const auto told = next_told(ends[0], std::chrono::milliseconds(0))) {
      acknowledged = *told;
    }
    close(ends[0]);

    const auto database = open(1);
    expect_sound(*database);
    EXPECT_EQ(number(*database,
                     "select count(*) from (select changed from instance_setting group by changed "
                     "having count(*) <> 2) as halves"),
              0);
    const std::int64_t kept = number(*database, "select coalesce(max(changed), 0) from instance_setting");
    EXPECT_GE(kept, acknowledged);
    EXPECT_LE(kept, acknowledged + 1);
    EXPECT_EQ(number(*database, "select count(*) from instance_setting"), 2 * kept);
    acknowledged = kept;
  }
  EXPECT_GE(acknowledged, 15);
}

TEST_P(survival, processes_share_a_new_database) {
  int gate[2];
  ASSERT_EQ(pipe(gate), 0);
  std::vector<pid_t> children;
  for (int i = 0; i < 3; ++i) {
    children.push_back(in_child([&] {
      char go = 0;
      close(gate[1]);
      static_cast<void>(!read(gate[0], &go, 1));  // until the gate is closed by all others
      const auto database = open(1);
      for (int round = 0; round < 100; ++round) {
        const Status status = database->write([](Transaction& t) -> Status {
          t.execute("insert into instance_setting values ('counter', 'x', 0) on conflict (name) do nothing");
          const std::int64_t seen = t.query("select changed from instance_setting").at(0).integer(0);
          t.execute("update instance_setting set changed = :next", {{"next", seen + 1}});
          return Done{};
        });
        if (!status.ok()) {
          return 1;
        }
      }
      return 0;
    }));
  }
  close(gate[0]);
  close(gate[1]);
  for (const pid_t child : children) {
    EXPECT_EQ(ended(child), 0);
  }
  const auto database = open(1);
  expect_sound(*database);
  EXPECT_EQ(number(*database, "select changed from instance_setting"), 300);
}

Status write_large(Database& database, const std::string& name) {
  return database.write([&](Transaction& t) -> Status {
    t.execute("insert into instance_setting values (:n, 'small', 1)", {{"n", name + " small"}});
    t.execute("insert into instance_setting values (:n, :v, 1)",
              {{"n", name}, {"v", std::string(4 << 20, 'x')}});
    return Done{};
  });
}

/// Both ways in which a disk says that it is full: no more pages (SQLite), the operating system's refusal.
/// PostgreSQL cannot be made full here, so it is made to say so.
TEST_P(survival, a_full_disk_costs_one_transaction) {
  const auto database = open(1);
  ASSERT_TRUE(write_large(*database, "before").ok());
  const auto expect_failure = [&](const std::function<void()>& write) {
    EXPECT_THROW(write(), EnvironmentFailure);
    EXPECT_EQ(number(*database, "select count(*) from instance_setting"), 2);
  };
  if (!sqlite()) {
    expect_failure([&] {
      static_cast<void>(database->write([&](Transaction& t) -> Status {
        t.execute("insert into instance_setting values ('half', 'x', 1)");
        t.execute("do 'begin raise exception ''no space left'' using errcode = ''disk_full''; end'");
        return Done{};
      }));
    });
  } else {
    const auto limit_pages = [&](const std::string& pages) {
      ASSERT_TRUE(database
                      ->write([&](Transaction& t) -> Status {
                        t.query("pragma max_page_count = " + pages);
                        return Done{};
                      })
                      .ok());
    };
    limit_pages("1200");
    expect_failure([&] { static_cast<void>(write_large(*database, "pages")); });
    limit_pages("1000000");
    std::signal(SIGXFSZ, SIG_IGN);
    rlimit before{};
    getrlimit(RLIMIT_FSIZE, &before);
    rlimit limit = before;
    limit.rlim_cur = 100'000;
    setrlimit(RLIMIT_FSIZE, &limit);
    for (int i = 0; i < 3; ++i) {
      expect_failure([&] { static_cast<void>(write_large(*database, "limit")); });
    }
    setrlimit(RLIMIT_FSIZE, &before);
    std::signal(SIGXFSZ, SIG_DFL);
  }
  EXPECT_TRUE(write_large(*database, "after").ok());
  EXPECT_EQ(number(*database, "select count(*) from instance_setting"), 4);
  expect_sound(*database);
}

}  // namespace
}  // namespace releve::store
