// SPDX-License-Identifier: EUPL-1.2
#include "foundation/store/jobs_for_tests.hpp"

namespace releve::store {
namespace {

/// Two runners on one database, as two processes have them.
class fleet_of_jobs : public jobs {
 protected:
  void SetUp() override {
    jobs::SetUp();
    if (IsSkipped()) {
      return;
    }
    runner_.reset();
    here_ = runner("here");
    there_ = runner("there");
    watch(*here_, "here");
    watch(*there_, "there");
  }

  void TearDown() override {
    here_.reset();
    there_.reset();
    jobs::TearDown();
  }

  std::unique_ptr<Jobs> runner(const std::string& name) {
    return std::make_unique<Jobs>(
        *database_, clock_, 1,
        [this](const Job& job) {
          const std::lock_guard lock(mutex_);
          told_.push_back(job);
        },
        Jobs::Incident{}, Process{name, false});
  }

  void watch(Jobs& runner, const std::string& name) {
    runner.watch([this, name] {
      const std::lock_guard lock(mutex_);
      gone_.push_back(name);
    });
  }

  /// The server has run for longer than a lease, or every process would have time to come back.
  void wait_for_an_old_server() {
    const std::string age =
        "select case when extract(epoch from clock_timestamp() - pg_postmaster_start_time()) > 7 then 1 else "
        "0 end";
    for (bool old = false; !old; std::this_thread::sleep_for(50ms)) {
      database_->read([&](Transaction& t) { old = t.query(age).at(0).integer(0) != 0; });
    }
  }

  bool told_of_gone(const std::string& by) {
    const std::lock_guard lock(mutex_);
    return std::find(gone_.begin(), gone_.end(), by) != gone_.end();
  }

  template <class Condition>
  static bool within(std::chrono::milliseconds time, Condition condition) {
    const auto until = std::chrono::steady_clock::now() + time;
    while (!condition() && std::chrono::steady_clock::now() < until) {
      std::this_thread::sleep_for(10ms);
    }
    return condition();
  }

  JobState state_of(const Job& job) const { return here_->find(job.id)->state; }

  std::unique_ptr<Jobs> here_;
  std::unique_ptr<Jobs> there_;
  std::vector<std::string> gone_;
};

INSTANTIATE_TEST_SUITE_P(engines, fleet_of_jobs,
                         testing::Values("postgresql"));  // one process alone serves a SQLite file

TEST_P(fleet_of_jobs, a_second_process_leaves_the_work_of_the_first_alone) {
  const Job job = here_->start("f", "import", "s", until_stopped);
  const auto third = runner("third");
  watch(*third, "third");
  std::this_thread::sleep_for(2 * beat);
  EXPECT_TRUE(state_of(job) == JobState::queued || state_of(job) == JobState::running);
  EXPECT_TRUE(here_->cancel(job.id).ok());
  EXPECT_EQ(here_->wait(job.id).state, JobState::cancelled);
}

TEST_P(fleet_of_jobs, a_job_is_cancelled_from_another_process) {
  const Job running = here_->start("f", "import", "s", until_stopped);
  const Job queued = here_->start("f", "import", "s", until_stopped);  // one thread: it waits
  EXPECT_TRUE(there_->cancel(running.id).ok());
  EXPECT_TRUE(there_->cancel(queued.id).ok());
  EXPECT_EQ(here_->wait(running.id).state, JobState::cancelled);
  EXPECT_EQ(here_->wait(queued.id).state, JobState::cancelled);
  EXPECT_EQ(there_->cancel(running.id).error().message.code, "job.ended");
}

TEST_P(fleet_of_jobs, who_is_silent_for_a_lease_is_gone_and_stops_when_it_wakes) {
  wait_for_an_old_server();
  here_.reset();
  here_ = runner("here");  // it does not look around: as a process that the machine has stopped
  const Job job = here_->start("f", "import", "s", until_stopped);
  const Job unwanted = here_->start("f", "import", "u", until_stopped);
  EXPECT_TRUE(within(3s, [&] { return state_of(job) == JobState::running; }));
  std::this_thread::sleep_for(2 * beat);  // `there` has seen `here`
  EXPECT_TRUE(database_
                  ->write([&](Transaction& t) -> Status {
                    t.execute("update job_claim set stop_wanted = 1 where job = :id", {{"id", unwanted.id}});
                    t.execute("update process set alive_until = 0 where id = 'here'");
                    return Done{};
                  })
                  .ok());
  EXPECT_TRUE(within(5s, [&] { return state_of(job) == JobState::interrupted; }));
  EXPECT_TRUE(within(5s, [&] { return state_of(unwanted) == JobState::cancelled; }));
  watch(*here_, "here");
  EXPECT_EQ(here_->wait(job.id).state, JobState::interrupted) << "its own work was stopped";
  const Job after = here_->start("f", "import", "s", [](JobContext&) -> Status { return Done{}; });
  EXPECT_EQ(here_->wait(after.id).state, JobState::done) << "it is there again";
}

TEST_P(fleet_of_jobs, who_leaves_is_missed_and_one_takes_up_what_is_left) {
  const Job job = here_->start("f", "import", "s", until_stopped);
  const auto third = runner("third");
  watch(*third, "third");
  EXPECT_FALSE(there_->take_up("f", "import", "s", until_stopped)) << "somebody works for it";
  std::this_thread::sleep_for(2 * beat);
  {
    const std::lock_guard lock(mutex_);
    gone_.clear();  // of the first look
  }
  here_.reset();
  EXPECT_TRUE(within(5s, [&] { return told_of_gone("there") && told_of_gone("third"); }));
  EXPECT_EQ(there_->find(job.id)->state, JobState::interrupted);
  std::atomic<int> taken = 0;
  {
    std::vector<std::jthread> both;
    for (Jobs* one : {there_.get(), third.get()}) {
      both.emplace_back([&taken, one] { taken += one->take_up("f", "import", "s", until_stopped) ? 1 : 0; });
    }
  }
  EXPECT_EQ(taken, 1);
}

TEST_P(fleet_of_jobs, a_job_and_what_comes_with_it_are_kept_together) {
  const auto names = [&](const std::string& name) {
    return [name](Transaction& t) -> Status {
      t.execute("update facility set name = :name where id = 'f'", {{"name", name}});
      return name == "bad" ? Status(Error{ErrorKind::conflict, message("test.no"), {}}) : Status(Done{});
    };
  };
  const auto nothing = [](JobContext&) -> Status { return Done{}; };
  EXPECT_TRUE(here_->start_with(names("good"), "f", "import", "s", nothing).ok());
  EXPECT_EQ(here_->start_with(names("bad"), "f", "import", "s", nothing).error().message.code, "test.no");
  database_->read([&](Transaction& t) {
    EXPECT_EQ(t.query("select name from facility where id = 'f'").at(0).text(0), "good");
    EXPECT_EQ(t.query("select count(*) from job").at(0).integer(0), 1);
  });
}

}  // namespace
}  // namespace releve::store
