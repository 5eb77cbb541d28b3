// SPDX-License-Identifier: EUPL-1.2
// A database with two facilities and a runner of jobs, for the tests of the runner.
#pragma once

#include "foundation/describe/json.hpp"
#include "foundation/store/described_rows.hpp"
#include "foundation/store/jobs.hpp"
#include "foundation/store/test_database.hpp"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <thread>

namespace releve::store {

using namespace std::chrono_literals;

/// Each look is a millisecond later than the one before.
class TickingClock final : public Clock {
 public:
  Instant now() const override { return test_now + std::chrono::milliseconds(++ticks_); }

 private:
  mutable std::atomic<int> ticks_ = 0;
};

class jobs : public DatabaseTest {
 protected:
  void SetUp() override {
    DatabaseTest::SetUp();
    if (IsSkipped()) {
      return;
    }
    database_ = DatabaseTest::open();
    ASSERT_TRUE(database_
                    ->write([](Transaction& t) -> Status {
                      t.execute(
                          "insert into facility (id, name, fictional, settings, version, created) values "
                          "('f', 'Hôpital', 1, '{}', 1, 1), ('g', 'Autre', 1, "
                          "'{}', 1, 1)");
                      return Done{};
                    })
                    .ok());
    start_runner();
  }

  void TearDown() override {
    runner_.reset();
    database_.reset();
    DatabaseTest::TearDown();
  }

  void start_runner(unsigned threads = 2) {
    runner_.reset();
    runner_ = std::make_unique<Jobs>(
        *database_, clock_, threads,
        [this](const Job& job) {
          const std::lock_guard lock(mutex_);
          told_.push_back(job);
        },
        [this](const std::string& number, const std::string& what) {
          const std::lock_guard lock(mutex_);
          incidents_.emplace_back(number, what);
        });
  }

  Job start(std::function<Status(JobContext&)> work) {
    return runner_->start("f", "import", "s", std::move(work));
  }

  static Message detail(const Job& job) { return *from_json<Message>(job.detail); }

  std::vector<Job> told(const std::string& id) {
    const std::lock_guard lock(mutex_);
    std::vector<Job> list;
    std::copy_if(told_.begin(), told_.end(), std::back_inserter(list),
                 [&](const Job& job) { return job.id == id; });
    return list;
  }

  std::vector<JobState> states(const std::string& id) {
    std::vector<JobState> list;
    for (const Job& job : told(id)) {
      if (list.empty() || list.back() != job.state) {
        list.push_back(job.state);
      }
    }
    return list;
  }

  static Error stopped() { return Error{ErrorKind::cancelled, message("job.cancelled"), {}}; }

  /// Work that does nothing until it is asked to stop.
  static Status until_stopped(JobContext& context) {
    while (!context.stop.stop_requested()) {
      std::this_thread::sleep_for(1ms);
    }
    return stopped();
  }

  void wait_until_running(const std::string& id) {
    while (runner_->find(id)->state == JobState::queued) {
      std::this_thread::sleep_for(1ms);
    }
  }

  TickingClock clock_;
  std::unique_ptr<Database> database_;
  std::unique_ptr<Jobs> runner_;
  std::mutex mutex_;
  std::vector<Job> told_;
  std::vector<std::pair<std::string, std::string>> incidents_;
};

}  // namespace releve::store
