// SPDX-License-Identifier: EUPL-1.2
// Threads: workers, and one scribe. A worker runs work and writes the first and last change of its row; the
// scribe writes progress in between, so that work never waits for the disk. Two locks, never held together:
// `telling` makes a change of a row and the call that tells of it one step; `mutex` guards the queue.
#include "foundation/store/jobs.hpp"

#include "foundation/base/hash.hpp"
#include "foundation/base/id.hpp"
#include "foundation/store/described_rows.hpp"

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <thread>

namespace releve::store {
namespace {

constexpr std::chrono::milliseconds writing_pause{250};

struct Progress {
  double share = 0;
  std::string detail;
};

/// A job whose work is in this process. Guarded by State::mutex, but for the first three.
struct Live {
  std::string id;
  std::function<Status(JobContext&)> work;
  std::stop_source stop;
  bool running = false;
  bool cancelled = false;  // by the user, and not by the end of the process
  bool reported = false;
  std::optional<Progress> unwritten;
};

/// How work ended.
struct End {
  std::optional<ErrorKind> error;
  std::string detail;
};

bool has_ended(JobState state) {
  return state != JobState::queued && state != JobState::running;
}

Message message_of(const Error& error) {
  Message shown = error.message;
  const bool named =
      std::any_of(shown.params.begin(), shown.params.end(), [](const Param& p) { return p.name == "where"; });
  if (!error.where.empty() && !named) {
    shown.params.push_back({"where", error.where});
  }
  return shown;
}

std::optional<Job> find_row(Transaction& transaction, const std::string& id) {
  const auto rows =
      transaction.query("select " + column_list<Job>() + " from job where id = :id", {{"id", id}});
  return rows.empty() ? std::nullopt : std::optional(from_row<Job>(rows[0]));
}

}  // namespace

struct Jobs::State {
  State(Database& base, const Clock& time, Changed tell, Incident log)
      : database(base), clock(time), changed(std::move(tell)), log_incident(std::move(log)) {}

  /// Changes a row and tells of it, unless it has ended.
  void change(const std::string& id, const std::function<void(Job&)>& edit);
  /// For our own threads, where nothing may be thrown. False: the environment failed, it may be tried again.
  bool try_change(const std::string& id, const std::function<void(Job&)>& edit) noexcept;
  void insert(const Job& job);
  void end(const std::string& id, JobState state, const std::string& code);
  void interrupt_orphans();
  void work_on(const std::stop_token& closing);
  void run(const std::shared_ptr<Live>& live, const std::stop_token& closing);
  void report(Live& live, double share, const Message& detail);
  End attempt(Live& live, JobContext& context) noexcept;
  void settle(Live& live, const End& end, const std::stop_token& closing);
  std::function<void(Job&)> last_change(Live& live, const End& end, bool closing);
  void write_progress(const std::stop_token& closing);
  void forget(const std::string& id);
  std::string incident(const std::string& what) noexcept;

  Database& database;
  const Clock& clock;
  Changed changed;
  Incident log_incident;
  std::mutex telling;
  mutable std::mutex mutex;
  std::condition_variable_any woken;  // queue, unwritten progress, ends
  std::deque<std::shared_ptr<Live>> queue;
  std::map<std::string, std::shared_ptr<Live>> live_jobs;
  std::vector<std::jthread> workers;
  std::jthread scribe;  // last: the first to be joined
};

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

void Jobs::State::interrupt_orphans() {
  std::vector<std::string> orphans;
  database.read([&](Transaction& transaction) {
    for (const Row& row : transaction.query("select id from job where state in ('queued', 'running')")) {
      orphans.push_back(row.text(0));
    }
  });
  for (const std::string& id : orphans) {
    end(id, JobState::interrupted, "job.interrupted");
  }
}

/// The number under which the log has what happened.
std::string Jobs::State::incident(const std::string& what) noexcept {
  std::string number = random_hex(4);
  if (log_incident) {
    log_incident(number, what);
  }
  return number;
}

void Jobs::State::report(Live& live, double share, const Message& detail) {
  RELEVE_CHECK(std::isfinite(share), "progress is a share");
  Progress now{std::clamp(share, 0.0, 1.0), to_json(detail)};
  const std::lock_guard lock(mutex);
  const bool first = !std::exchange(live.unwritten, std::move(now)).has_value();
  live.reported = true;
  if (first) {
    woken.notify_all();
  }
}

void Jobs::State::write_progress(const std::stop_token& closing) {
  const auto unwritten = [this] {
    return std::any_of(live_jobs.begin(), live_jobs.end(),
                       [](const auto& entry) { return entry.second->unwritten.has_value(); });
  };
  std::unique_lock lock(mutex);
  while (woken.wait(lock, closing, unwritten)) {
    std::map<std::string, Progress> latest;
    for (const auto& [id, live] : live_jobs) {
      if (auto last = std::exchange(live->unwritten, std::nullopt)) {
        latest.emplace(id, std::move(*last));
      }
    }
    lock.unlock();
    for (const auto& entry : latest) {
      // Progress may be lost on a full disk; the end of a job is what must not be, and is tried again.
      try_change(entry.first, [&](Job& job) {
        job.progress = entry.second.share;
        job.detail = entry.second.detail;
      });
    }
    lock.lock();
    woken.wait_for(lock, closing, writing_pause, [] { return false; });
  }
}

/// Runs the work. One of the three places where any exception may end: one job dies and not the server.
End Jobs::State::attempt(Live& live, JobContext& context) noexcept {
  std::string code = "job.bug";
  std::string what;
  try {
    const Status status = live.work(context);
    return status.ok() ? End{} : End{status.error().kind, to_json(message_of(status.error()))};
  } catch (const EnvironmentFailure& failure) {
    code = "job.environment";
    what = failure.what();
  } catch (const std::exception& bug) {
    what = bug.what();
  } catch (...) {
    what = "an exception of unknown type";
  }
  return End{ErrorKind::unavailable, to_json(message(code, {{"incident", incident(what)}}))};
}

std::function<void(Job&)> Jobs::State::last_change(Live& live, const End& end, bool closing) {
  const std::lock_guard lock(mutex);
  live.running = false;
  JobState state = JobState::done;
  std::string detail = live.reported ? "" : to_json(message("job.done"));
  if (end.error) {
    const bool stopped = end.error == ErrorKind::cancelled;
    const bool interrupted = stopped && closing && !live.cancelled;
    state = interrupted ? JobState::interrupted : stopped ? JobState::cancelled : JobState::failed;
    detail = interrupted ? to_json(message("job.interrupted")) : end.detail;
  }
  return [=, last = std::exchange(live.unwritten, std::nullopt), now = clock.now()](Job& job) {
    if (last) {
      job.progress = last->share;
      job.detail = last->detail;
    }
    job.progress = state == JobState::done ? 1 : job.progress;
    job.detail = detail.empty() ? job.detail : detail;
    job.state = state;
    job.ended = now;
  };
}

/// Writes the end of a job, again and again while the disk is full; at shutdown once: the next start will
/// find the row still running and say interrupted.
void Jobs::State::settle(Live& live, const End& end, const std::stop_token& closing) {
  const auto edit = last_change(live, end, closing.stop_requested());
  while (!try_change(live.id, edit) && !closing.stop_requested()) {
    std::unique_lock lock(mutex);
    woken.wait_for(lock, closing, writing_pause, [] { return false; });
  }
}

void Jobs::State::run(const std::shared_ptr<Live>& live, const std::stop_token& closing) {
  // The end of the process reaches the work as a stop too.
  const std::stop_callback pass_on(closing, [&] { live->stop.request_stop(); });
  JobContext context{live->stop.get_token(),
                     [this, live](double share, const Message& detail) { report(*live, share, detail); }};
  // Should this not be written, the work may still succeed, and its end is written when the disk allows.
  try_change(live->id, [&](Job& job) {
    job.state = JobState::running;
    job.started = clock.now();
    job.detail = to_json(message("job.running"));
  });
  settle(*live, attempt(*live, context), closing);
  live->work = nullptr;
  forget(live->id);
}

void Jobs::State::forget(const std::string& id) {
  const std::lock_guard lock(mutex);
  live_jobs.erase(id);
  woken.notify_all();
}

/// A job computes for a minute on every processor, and a page waits for an answer: the page goes first.
/// Threads that a job starts inherit this. Where it is refused, jobs only take their share.
static void give_way() {
  constexpr int niceness = 10;
  ::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), niceness);
}

void Jobs::State::work_on(const std::stop_token& closing) {
  give_way();
  while (true) {
    std::shared_ptr<Live> next;
    {
      std::unique_lock lock(mutex);
      if (!woken.wait(lock, closing, [&] { return !queue.empty(); }) || closing.stop_requested()) {
        return;
      }
      next = std::move(queue.front());
      queue.pop_front();
      next->running = true;
    }
    run(next, closing);
  }
}

Jobs::Jobs(Database& database, const Clock& clock, unsigned threads, Changed changed, Incident incident)
    : state_(std::make_unique<State>(database, clock, std::move(changed), std::move(incident))) {
  RELEVE_CHECK(threads >= 1, "jobs need a thread");
  state_->interrupt_orphans();
  for (unsigned i = 0; i < threads; ++i) {
    state_->workers.emplace_back(
        [state = state_.get()](const std::stop_token& closing) { state->work_on(closing); });
  }
  state_->scribe = std::jthread(
      [state = state_.get()](const std::stop_token& closing) { state->write_progress(closing); });
}

Jobs::~Jobs() {
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
}

/// The row and the call that tells of it.
void Jobs::State::insert(const Job& job) {
  const std::lock_guard order(telling);
  const Status written = database.write([&](Transaction& transaction) -> Status {
    RELEVE_CHECK(
        job.facility.empty() ||
            !transaction.query("select id from facility where id = :facility", {{"facility", job.facility}})
                 .empty(),
        "a job works for a facility that exists, or for the whole instance");
    transaction.execute(insert_into<Job>("job"), bindings_of(job));
    return Done{};
  });
  RELEVE_CHECK(written.ok(), "the texts of a job are our own");
  if (changed) {
    changed(job);
  }
}

Job Jobs::start(std::string facility, std::string kind, std::string subject,
                std::function<Status(JobContext&)> work) {
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
    state_->insert(job);
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
    const Job job = TRY(find(id));  // again: it may just have ended
    return Error{ErrorKind::conflict, message(has_ended(job.state) ? "job.ended" : "job.elsewhere"), {}};
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
    const std::string sql = "select " + column_list<Job>() +
                            " from job where state in ('queued', 'running') and subject = :subject order by "
                            "created desc, id desc limit 1";
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
