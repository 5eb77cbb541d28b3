// SPDX-License-Identifier: EUPL-1.2
#include "foundation/store/jobs.hpp"

#include "foundation/base/id.hpp"
#include "foundation/store/described_rows.hpp"
#include "foundation/store/jobs_state.hpp"

namespace releve::store {

std::optional<Job> find_row(Transaction& transaction, const std::string& id) {
  const auto rows =
      transaction.query("select " + column_list<Job>() + " from job where id = :id", {{"id", id}});
  return rows.empty() ? std::nullopt : std::optional(from_row<Job>(rows[0]));
}

void Jobs::State::change(const std::string& id, const std::function<void(Job&)>& edit) {
  const std::lock_guard order(telling);
  std::optional<Job> row;
  const Status written = database.write([&](Transaction& transaction) -> Status {
    auto job = find_row(transaction, id);
    if (!job || has_ended(job->state)) {
      return Done{};
    }
    edit(*job);
    transaction.execute(
        "update job set state = :state, progress = :progress, detail = :detail, started = :started, "
        "ended = :ended where id = :id",
        {{"state", std::string(text_of(job->state))},
         {"progress", job->progress},
         {"detail", job->detail},
         {"started", detail::to_value(job->started)},
         {"ended", detail::to_value(job->ended)},
         {"id", id}});
    if (has_ended(job->state)) {
      transaction.execute("delete from job_claim where job = :id", {{"id", id}});
    }
    row = std::move(job);
    return Done{};
  });
  RELEVE_CHECK(written.ok(), "JSON is UTF-8 without NUL");
  if (row && changed) {
    changed(*row);
  }
}

bool Jobs::State::try_change(const std::string& id, const std::function<void(Job&)>& edit) noexcept {
  try {
    change(id, edit);
  } catch (const EnvironmentFailure&) {
    return false;
  } catch (const std::exception& bug) {
    incident(bug.what());
  }
  return true;
}

void Jobs::State::end(const std::string& id, JobState state, const std::string& code) {
  change(id, [&](Job& job) {
    job.state = state;
    job.detail = to_json(message(code));
    job.ended = clock.now();
  });
}

void Jobs::State::write(const std::function<void(Transaction&)>& work) {
  const Status written = database.write([&](Transaction& transaction) -> Status {
    work(transaction);
    return Done{};
  });
  RELEVE_CHECK(written.ok(), "the names of processes and jobs are our own");
}

/// The number under which the log has what happened.
std::string Jobs::State::incident(const std::string& what) noexcept {
  std::string number = random_hex(4);
  if (log_incident) {
    log_incident(number, what);
  }
  return number;
}

Jobs::Jobs(Database& database, const Clock& clock, unsigned threads, Changed changed, Incident incident,
           Process self)
    : state_(std::make_unique<State>(database, clock, std::move(changed), std::move(incident),
                                     std::move(self))) {
  RELEVE_CHECK(threads >= 1, "jobs need a thread");
  state_->write([&](Transaction& transaction) {
    appear(transaction, state_->self);
    remove_dead(transaction, state_->self);
  });
  state_->interrupt_orphans();
  for (unsigned i = 0; i < threads; ++i) {
    state_->workers.emplace_back(
        [state = state_.get()](const std::stop_token& closing) { state->work_on(closing); });
  }
  state_->scribe = std::jthread(
      [state = state_.get()](const std::stop_token& closing) { state->write_progress(closing); });
}

Jobs::~Jobs() {
  state_->lookout = {};
  for (std::jthread& worker : state_->workers) {
    worker.request_stop();
  }
  state_->workers.clear();
  state_->scribe = {};
  for (const auto& live : state_->queue) {
    // Should the disk be full, the next start finds the row still queued and says the same.
    state_->try_change(live->id, [&](Job& job) {
      job.state = JobState::interrupted;
      job.detail = to_json(message("job.interrupted"));
      job.ended = state_->clock.now();
    });
  }
  try {
    state_->write([&](Transaction& transaction) { leave(transaction, state_->self); });
  } catch (const std::exception&) {
    // The others see the end of its lease instead.
  }
}

/// The row, its claim, and the call that tells of it.
Status Jobs::State::insert(const Job& job, const std::function<Status(Transaction&)>& first) {
  const std::lock_guard order(telling);
  const Status written = database.write([&](Transaction& transaction) -> Status {
    if (first) {
      TRY(first(transaction));
    }
    RELEVE_CHECK(
        job.facility.empty() ||
            !transaction.query("select id from facility where id = :facility", {{"facility", job.facility}})
                 .empty(),
        "a job works for a facility that exists, or for the whole instance");
    transaction.execute(insert_into<Job>("job"), bindings_of(job));
    appear(transaction, self);  // whoever has a claim is there
    transaction.execute("insert into job_claim (job, process, stop_wanted) values (:job, :process, 0)",
                        {{"job", job.id}, {"process", self.id}});
    return Done{};
  });
  if (written.ok() && changed) {
    changed(job);
  }
  return written;
}

Job Jobs::start(std::string facility, std::string kind, std::string subject,
                std::function<Status(JobContext&)> work) {
  auto job = start_with({}, std::move(facility), std::move(kind), std::move(subject), std::move(work));
  RELEVE_CHECK(job.ok(), "the texts of a job are our own");
  return std::move(job).value();
}

std::optional<Job> Jobs::take_up(std::string facility, std::string kind, std::string subject,
                                 std::function<Status(JobContext&)> work) {
  const auto unless_taken = [subject](Transaction& transaction) -> Status {
    const bool taken = !transaction
                            .query("select id from job where subject = :subject and " + std::string(alive),
                                   {{"subject", subject}})
                            .empty();
    return taken ? Status(Error{ErrorKind::conflict, message("job.taken"), {}}) : Status(Done{});
  };
  auto job = start_with(unless_taken, std::move(facility), std::move(kind), subject, std::move(work));
  return job.ok() ? std::optional(std::move(job).value()) : std::nullopt;
}

Result<Job> Jobs::start_with(const std::function<Status(Transaction&)>& first, std::string facility,
                             std::string kind, std::string subject, std::function<Status(JobContext&)> work) {
  Job job;
  job.created = state_->clock.now();
  job.id = mint_uuid(job.created);
  job.facility = std::move(facility);
  job.kind = std::move(kind);
  job.subject = std::move(subject);
  job.detail = to_json(message("job.queued"));
  auto live = std::make_shared<Live>();
  live->id = job.id;
  live->work = std::move(work);
  {
    // Known before its row is seen, so that whoever sees the row can cancel it.
    const std::lock_guard lock(state_->mutex);
    state_->live_jobs.emplace(job.id, live);
  }
  try {
    const Status inserted = state_->insert(job, first);
    if (!inserted) {
      state_->forget(job.id);
      return inserted.error();
    }
  } catch (...) {
    state_->forget(job.id);
    throw;
  }
  const std::lock_guard lock(state_->mutex);
  if (!live->cancelled) {
    state_->queue.push_back(std::move(live));
    state_->woken.notify_all();
  }
  return job;
}

Status Jobs::cancel(const std::string& id) {
  TRY(find(id));
  std::shared_ptr<Live> live;
  bool running = false;
  {
    const std::lock_guard lock(state_->mutex);
    if (const auto found = state_->live_jobs.find(id); found != state_->live_jobs.end()) {
      live = found->second;
      live->cancelled = true;
      running = live->running;
      std::erase(state_->queue, live);
    }
  }
  if (!live) {
    std::int64_t asked = 0;
    state_->write([&](Transaction& transaction) {
      asked = transaction.execute("update job_claim set stop_wanted = 1 where job = :id", {{"id", id}});
    });
    return asked == 1 ? Status(Done{}) : Status(Error{ErrorKind::conflict, message("job.ended"), {}});
  }
  live->stop.request_stop();
  if (!running) {
    state_->end(id, JobState::cancelled, "job.cancelled");
    state_->forget(id);
  }
  return Done{};
}

Result<Job> Jobs::find(const std::string& id) const {
  std::optional<Job> job;
  state_->database.read([&](Transaction& transaction) { job = find_row(transaction, id); });
  if (!job) {
    return Error{ErrorKind::not_found, message("job.not_found"), {}};
  }
  return std::move(*job);
}

std::vector<Job> Jobs::list(const std::string& facility, std::size_t at_most) const {
  std::vector<Job> jobs;
  state_->database.read([&](Transaction& transaction) {
    const std::string sql = "select " + column_list<Job>() +
                            " from job where facility = :facility order by created desc, id desc limit :most";
    for (const Row& row :
         transaction.query(sql, {{"facility", facility}, {"most", static_cast<std::int64_t>(at_most)}})) {
      jobs.push_back(from_row<Job>(row));
    }
  });
  return jobs;
}

std::optional<Job> Jobs::working_for(const std::string& subject) const {
  std::optional<Job> job;
  state_->database.read([&](Transaction& transaction) {
    const std::string sql = "select " + column_list<Job>() + " from job where " + std::string(alive) +
                            " and subject = :subject order by created desc, id desc limit 1";
    for (const Row& row : transaction.query(sql, {{"subject", subject}})) {
      job = from_row<Job>(row);
    }
  });
  return job;
}

Job Jobs::wait(const std::string& id) {
  {
    std::unique_lock lock(state_->mutex);
    state_->woken.wait(lock, [&] { return !state_->live_jobs.contains(id); });
  }
  auto job = find(id);
  RELEVE_CHECK(job.ok(), "no job to wait for: " + id);
  return std::move(job).value();
}

}  // namespace releve::store
