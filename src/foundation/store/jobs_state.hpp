// SPDX-License-Identifier: EUPL-1.2
// Private to this room: what the parts of the runner share. Threads: workers, one scribe, one lookout. A
// worker runs work and writes the first and last change of its row; the scribe writes progress in between, so
// that work never waits for the disk. Two locks, never held together: `telling` makes a change of a row and
// the call that tells of it one step; `mutex` guards the queue.
#pragma once

#include "foundation/store/jobs.hpp"

#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <thread>

namespace releve::store {

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
  bool cancelled = false;        // by the user, and not by the end of the process
  std::optional<Progress> last;  // that the work has told; nothing: it has told none
  bool written = true;           // or about to be, by the scribe
};

/// How work ended.
struct End {
  std::optional<ErrorKind> error;
  std::string detail;
};

inline bool has_ended(JobState state) {
  return state != JobState::queued && state != JobState::running;
}

inline constexpr std::string_view alive = "state in ('queued', 'running')";

std::optional<Job> find_row(Transaction& transaction, const std::string& id);

struct Jobs::State {
  State(Database& base, const Clock& time, Changed tell, Incident log, Process own)
      : database(base),
        clock(time),
        changed(std::move(tell)),
        log_incident(std::move(log)),
        self(std::move(own)) {}

  /// Changes a row and tells of it, unless it has ended.
  void change(const std::string& id, const std::function<void(Job&)>& edit);
  /// For our own threads, where nothing may be thrown. False: the environment failed, it may be tried again.
  bool try_change(const std::string& id, const std::function<void(Job&)>& edit) noexcept;
  Status insert(const Job& job, const std::function<Status(Transaction&)>& first);
  void end(const std::string& id, JobState state, const std::string& code);
  void write(const std::function<void(Transaction&)>& work);
  void interrupt_orphans();
  std::vector<std::string> look_around();
  void look_out(const std::stop_token& closing, const std::function<void()>& gone);
  std::vector<std::string> live_ids() const;
  bool ended(const std::string& id) const;
  void stop_live(const std::string& id, bool by_user);
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
  const Process self;
  std::mutex telling;
  mutable std::mutex mutex;
  std::condition_variable_any woken;  // queue, unwritten progress, ends
  std::deque<std::shared_ptr<Live>> queue;
  std::map<std::string, std::shared_ptr<Live>> live_jobs;
  std::vector<std::jthread> workers;
  std::jthread scribe;
  std::jthread lookout;
};

}  // namespace releve::store
