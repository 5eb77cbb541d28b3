// SPDX-License-Identifier: EUPL-1.2
#include "foundation/store/jobs_for_tests.hpp"

#include <gmock/gmock.h>

#include <atomic>
#include <latch>
#include <mutex>
#include <thread>

namespace releve::store {
namespace {

using testing::ElementsAre;

RELEVE_ON_BOTH_ENGINES(jobs);

TEST_P(jobs, run_to_their_end) {
  std::atomic<int> ran = 0;
  const Job asked = start([&](JobContext&) -> Status {
    ++ran;
    return Done{};
  });
  EXPECT_EQ(asked.state, JobState::queued);
  const Job job = runner_->wait(asked.id);
  EXPECT_EQ(ran, 1);
  EXPECT_EQ(job.state, JobState::done);
  EXPECT_EQ(job.progress, 1.0);
  EXPECT_EQ(detail(job).code, "job.done");
  EXPECT_EQ(job.facility + job.kind + job.subject, "fimports");
  ASSERT_TRUE(job.started && job.ended);
  EXPECT_LT(job.created, *job.started);
  EXPECT_LT(*job.started, *job.ended);
  EXPECT_THAT(states(job.id), ElementsAre(JobState::queued, JobState::running, JobState::done));
  EXPECT_TRUE(incidents_.empty());
}

TEST_P(jobs, progress_is_written_four_times_a_second_and_the_last_value_always) {
  const auto begin = std::chrono::steady_clock::now();
  const Job asked = start([&](JobContext& context) -> Status {
    for (int i = 0; i < 1000; ++i) {
      context.report(i / 2000.0, message("test.at", {{"n", std::to_string(i)}}));
      std::this_thread::sleep_for(1ms);
    }
    return Error{ErrorKind::invalid, message("test.enough"), "line 3"};
  });
  const Job job = runner_->wait(asked.id);
  const auto took = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  const auto history = told(job.id);
  const auto writes = std::count_if(history.begin(), history.end(), [](const Job& j) {
    return j.state == JobState::running && detail(j).code == "test.at";
  });
  EXPECT_GE(writes, 2);
  EXPECT_LE(writes, 1 + 4 * took);
  for (std::size_t i = 1; i < history.size(); ++i) {
    EXPECT_GE(history[i].progress, history[i - 1].progress);
  }
  EXPECT_EQ(job.progress, 999 / 2000.0);
  EXPECT_EQ(job.state, JobState::failed);
  EXPECT_EQ(detail(job), message("test.enough", {{"where", "line 3"}}));
}

TEST_P(jobs, progress_before_a_long_silence_is_written) {
  std::latch go_on(1);
  const Job asked = start([&](JobContext& context) -> Status {
    context.report(0.1, message("test.one"));
    context.report(0.2, message("test.two"));
    go_on.wait();
    return Done{};
  });
  for (int i = 0; i < 5000 && detail(*runner_->find(asked.id)).code != "test.two"; ++i) {
    std::this_thread::sleep_for(1ms);
  }
  EXPECT_EQ(runner_->find(asked.id)->progress, 0.2);
  EXPECT_EQ(runner_->find(asked.id)->state, JobState::running);
  go_on.count_down();
  const Job job = runner_->wait(asked.id);
  EXPECT_EQ(job.progress, 1.0);
  EXPECT_EQ(detail(job).code, "test.two") << "the last thing that was said stays";
}

TEST_P(jobs, a_report_after_the_end_changes_nothing) {
  std::function<void(double, const Message&)> kept;
  const Job asked = start([&](JobContext& context) -> Status {
    kept = context.report;
    return Done{};
  });
  const Job job = runner_->wait(asked.id);
  kept(0.5, message("test.late"));
  std::this_thread::sleep_for(300ms);
  EXPECT_EQ(runner_->find(job.id)->detail, job.detail);
}

TEST_P(jobs, a_running_job_is_cancelled) {
  const Job asked = start(until_stopped);
  wait_until_running(asked.id);
  EXPECT_TRUE(runner_->cancel(asked.id).ok());
  const Job job = runner_->wait(asked.id);
  EXPECT_EQ(job.state, JobState::cancelled);
  EXPECT_TRUE(job.ended);
  EXPECT_EQ(runner_->cancel(asked.id).error().message.code, "job.ended");
  EXPECT_EQ(runner_->cancel("nothing").error().kind, ErrorKind::not_found);
}

TEST_P(jobs, a_queued_job_is_cancelled_and_never_runs) {
  start_runner(1);
  std::atomic<bool> ran = false;
  const Job first = start(until_stopped);
  const Job second = start([&](JobContext&) -> Status {
    ran = true;
    return Done{};
  });
  wait_until_running(first.id);
  EXPECT_TRUE(runner_->cancel(second.id).ok());
  const Job job = runner_->wait(second.id);
  EXPECT_EQ(job.state, JobState::cancelled);
  EXPECT_FALSE(job.started);
  EXPECT_TRUE(runner_->cancel(first.id).ok());
  runner_->wait(first.id);
  EXPECT_EQ(runner_->wait(start([](JobContext&) -> Status { return Done{}; }).id).state, JobState::done);
  EXPECT_FALSE(ran);
  EXPECT_THAT(states(second.id), ElementsAre(JobState::queued, JobState::cancelled));
}

TEST_P(jobs, exceptions_end_one_job_with_an_incident) {
  const Job bug = runner_->wait(start([](JobContext&) -> Status { throw std::runtime_error("broken"); }).id);
  const Job disk =
      runner_->wait(start([](JobContext&) -> Status { throw EnvironmentFailure("disk full"); }).id);
  const Job odd = runner_->wait(start([](JobContext&) -> Status { throw 7; }).id);
  EXPECT_EQ(detail(bug).code, "job.bug");
  EXPECT_EQ(detail(disk).code, "job.environment");
  EXPECT_EQ(detail(odd).code, "job.bug");
  ASSERT_EQ(incidents_.size(), 3U);
  EXPECT_EQ(incidents_[0].second, "broken");
  for (const Job& job : {bug, disk, odd}) {
    EXPECT_EQ(job.state, JobState::failed);
    EXPECT_TRUE(std::any_of(incidents_.begin(), incidents_.end(), [&](const auto& entry) {
      return entry.first == detail(job).params.at(0).value;
    }));
  }
}

TEST_P(jobs, a_message_with_bytes_of_a_foreign_file_is_kept) {
  const Job job = runner_->wait(
      start([](JobContext& context) -> Status {
        context.report(0.5, message("test.file", {{"name", "H\xF4pital"}}));
        return Error{ErrorKind::invalid, message("test.bad", {{"name", std::string("a\0b", 3)}}), {}};
      }).id);
  EXPECT_EQ(job.progress, 0.5);
  EXPECT_NE(job.detail.find("a\\u0000b"), std::string::npos) << job.detail;
}

TEST_P(jobs, what_a_dead_process_left_is_interrupted) {
  const auto insert = [&](const std::string& id, JobState state) {
    Job job;
    job.id = id;
    job.facility = "f";
    job.kind = "import";
    job.state = state;
    job.detail = to_json(message("test.before"));
    job.progress = 0.5;
    ASSERT_TRUE(database_
                    ->write([&](Transaction& t) -> Status {
                      t.execute(insert_into<Job>("job"), bindings_of(job));
                      return Done{};
                    })
                    .ok());
  };
  runner_.reset();
  insert("running", JobState::running);
  insert("queued", JobState::queued);
  insert("done", JobState::done);
  start_runner();
  for (const std::string id : {"running", "queued"}) {
    const Job job = runner_->wait(id);
    EXPECT_EQ(job.state, JobState::interrupted);
    EXPECT_EQ(job.progress, 0.5);
    EXPECT_EQ(detail(job).code, "job.interrupted");
    EXPECT_TRUE(job.ended);
    EXPECT_EQ(told(id).size(), 1U);
    EXPECT_EQ(runner_->cancel(id).error().message.code, "job.ended");
  }
  EXPECT_EQ(detail(*runner_->find("done")).code, "test.before");
}

TEST_P(jobs, the_end_of_the_runner_stops_work) {
  start_runner(1);
  const Job running = start(until_stopped);
  const Job queued = start(until_stopped);
  wait_until_running(running.id);
  const auto begin = std::chrono::steady_clock::now();
  runner_.reset();
  EXPECT_LT(std::chrono::steady_clock::now() - begin, 1s);
  EXPECT_THAT(states(running.id), ElementsAre(JobState::queued, JobState::running, JobState::interrupted));
  EXPECT_THAT(states(queued.id), ElementsAre(JobState::queued, JobState::interrupted));
  start_runner();
  EXPECT_EQ(runner_->find(running.id)->state, JobState::interrupted);
  EXPECT_EQ(runner_->find(queued.id)->state, JobState::interrupted);
}

TEST_P(jobs, are_listed_newest_first_by_facility) {
  std::vector<std::string> ids;
  for (int i = 0; i < 4; ++i) {
    ids.push_back(start([](JobContext&) -> Status { return Done{}; }).id);
  }
  const Job other = runner_->start("g", "import", "s", [](JobContext&) -> Status { return Done{}; });
  std::vector<std::string> listed;
  for (const Job& job : runner_->list("f", 3)) {
    listed.push_back(job.id);
  }
  EXPECT_THAT(listed, ElementsAre(ids[3], ids[2], ids[1]));
  ASSERT_EQ(runner_->list("g", 10).size(), 1U);
  EXPECT_EQ(runner_->list("g", 10)[0].id, other.id);
  EXPECT_TRUE(runner_->list("nobody", 10).empty());
  EXPECT_EQ(runner_->find("nothing").error().message.code, "job.not_found");
  EXPECT_THROW(runner_->wait("nothing"), Bug);
}

TEST_P(jobs, a_facility_that_does_not_exist_is_a_bug) {
  EXPECT_THROW(runner_->start("nobody", "import", "s", [](JobContext&) -> Status { return Done{}; }), Bug);
}

TEST_P(jobs, work_for_the_whole_instance_has_no_facility) {
  const Job job = runner_->start("", "registry", "s", [](JobContext&) -> Status { return Done{}; });
  EXPECT_EQ(runner_->wait(job.id).state, JobState::done);
  ASSERT_EQ(runner_->list("", 10).size(), 1U);
}

TEST_P(jobs, many_at_once_each_end_once) {
  start_runner(4);
  std::atomic<int> ran = 0;
  std::vector<std::string> ids;
  for (int i = 0; i < 60; ++i) {
    ids.push_back(start([&, i](JobContext& context) -> Status {
                    context.report(0.5, message("test.half"));
                    ++ran;
                    if (i % 3 == 0) {
                      return stopped();
                    }
                    return Done{};
                  }).id);
    if (i % 7 == 0) {
      static_cast<void>(runner_->cancel(ids[static_cast<std::size_t>(i) / 2]));
    }
  }
  for (const std::string& id : ids) {
    const Job job = runner_->wait(id);
    EXPECT_TRUE(job.state == JobState::done || job.state == JobState::cancelled);
    const auto history = told(id);
    EXPECT_EQ(std::count_if(history.begin(), history.end(), [](const Job& j) { return j.ended.has_value(); }),
              1);
    EXPECT_TRUE(history.back().ended) << "nothing is told after the end";
  }
  EXPECT_LE(ran, 60);
}

TEST_P(jobs, a_full_disk_delays_the_end_and_loses_nothing) {
  // The base as a disk that is full for a while.
  class Failing final : public Database {
   public:
    explicit Failing(Database& inner) : inner_(inner) {}

    Status write(const std::function<Status(Transaction&)>& work) override {
      if (full) {
        ++refused;
        throw EnvironmentFailure("disk full");
      }
      return inner_.write(work);
    }

    void read(const std::function<void(Transaction&)>& work) override { inner_.read(work); }

    std::string_view engine() const override { return inner_.engine(); }

    std::atomic<bool> full = false;
    std::atomic<int> refused = 0;

   private:
    Database& inner_;
  };

  Failing failing(*database_);
  Jobs runner(failing, clock_, 1, {});
  const Job asked = runner.start("f", "import", "s", [&](JobContext&) -> Status {
    failing.full = true;
    return Done{};
  });
  while (failing.refused < 2) {
    std::this_thread::sleep_for(1ms);
  }
  EXPECT_THROW(runner.start("f", "import", "s", until_stopped), EnvironmentFailure);
  EXPECT_EQ(runner.find(asked.id)->state, JobState::running);
  failing.full = false;
  EXPECT_EQ(runner.wait(asked.id).state, JobState::done);
  EXPECT_EQ(runner.list("f", 10).size(), 1U);
}

}  // namespace
}  // namespace releve::store
