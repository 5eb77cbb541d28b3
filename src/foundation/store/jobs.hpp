// SPDX-License-Identifier: EUPL-1.2
// Long work as rows. A job is queued, running, done, failed, cancelled or interrupted. Work is a closure, so
// the process that was asked runs it, on a few threads; its claim (table "job_claim") says which one that is.
// The jobs of a process that is gone become `interrupted`, said by whoever sees it first (process.hpp).
#pragma once

#include "foundation/describe/describe.hpp"
#include "foundation/store/database.hpp"
#include "foundation/store/process.hpp"

#include <functional>
#include <memory>
#include <stop_token>
#include <string>

namespace releve::store {

enum class JobState { queued, running, done, failed, cancelled, interrupted };

constexpr auto describe(JobState*) {
  return Names{name(JobState::queued, "queued"),       name(JobState::running, "running"),
               name(JobState::done, "done"),           name(JobState::failed, "failed"),
               name(JobState::cancelled, "cancelled"), name(JobState::interrupted, "interrupted")};
}

struct Job {
  std::string id;
  std::string facility;
  std::string kind;     // "import", "assessment", "what_if"
  std::string subject;  // id of the import or assessment it works for
  JobState state = JobState::queued;
  double progress = 0;  // 0 to 1
  std::string detail;   // JSON of a Message: what it is doing, or why it failed
  Instant created{};
  std::optional<Instant> started;
  std::optional<Instant> ended;
};

constexpr auto describe(Job*) {
  return Fields{field<&Job::id>("identity"),
                field<&Job::facility>("whose"),
                field<&Job::kind>("what kind of work"),
                field<&Job::subject>("id of the import or assessment it works for"),
                field<&Job::state>("where it stands"),
                field<&Job::progress>("share done, 0 to 1"),
                field<&Job::detail>("JSON of a message"),
                field<&Job::created>("asked for at"),
                field<&Job::started>("began at"),
                field<&Job::ended>("ended at")};
}

/// Told to running work: where it stands, and whether to stop.
struct JobContext {
  std::stop_token stop;
  /// From any thread of the work. Costs nothing: another thread writes the latest value, at most 4 times a
  /// second.
  std::function<void(double progress, const Message& detail)> report;
};

/// The runner. Thread-safe; start() and cancel() write, so they have no place inside a Database::write(). Its
/// destructor asks running work to stop and waits for it; jobs that it stops become interrupted, those still
/// queued too.
class Jobs {
 public:
  using Changed = std::function<void(const Job&)>;
  using Incident = std::function<void(const std::string& incident, const std::string& what)>;

  /// Marks jobs that a dead process left queued or running as interrupted: their work died with it.
  /// `self` is who claims the jobs; it is there from now on until the destructor has taken it away. `changed`
  /// is called after each change of a row, in the order of the changes, from any thread (live events). It may
  /// look jobs up; start() or cancel() in it would wait for itself. `incident` is told the number that a job
  /// shows after an exception, and what happened, for the log.
  Jobs(Database& database, const Clock& clock, unsigned threads, Changed changed, Incident incident = {},
       Process self = {});
  ~Jobs();
  Jobs(const Jobs&) = delete;
  Jobs& operator=(const Jobs&) = delete;

  /// Queues work for a facility that exists; the returned job has its id. Work that returns an error makes
  /// the job failed, or cancelled when its kind is ErrorKind::cancelled; its detail is then the error's
  /// message. An exception makes it failed with the message "job.environment" (EnvironmentFailure) or
  /// "job.bug" and an incident number.
  Job start(std::string facility, std::string kind, std::string subject,
            std::function<Status(JobContext&)> work);
  /// The same, in one transaction with what the caller writes `first`: both are kept, or neither. Errors:
  /// those of `first`, "store.refused_text".
  Result<Job> start_with(const std::function<Status(Transaction&)>& first, std::string facility,
                         std::string kind, std::string subject, std::function<Status(JobContext&)> work);
  /// The same, unless a process works for this subject: whatever an interrupted job has left is for one
  /// alone.
  std::optional<Job> take_up(std::string facility, std::string kind, std::string subject,
                             std::function<Status(JobContext&)> work);
  /// Looks around once a beat, on a thread of its own: jobs that another process wants stopped, processes
  /// that are gone. `gone` is called after their jobs have been interrupted, and what they left can be taken
  /// up. Once, when all that `changed` and `gone` need is there.
  void watch(std::function<void()> gone);
  /// A queued job ends at once, a running one when its work sees the stop; one of another process when that
  /// has seen the wish, at its next beat. Errors: "job.not_found", "job.ended".
  Status cancel(const std::string& id);
  /// Error "job.not_found".
  Result<Job> find(const std::string& id) const;
  std::vector<Job> list(const std::string& facility, std::size_t at_most) const;  // newest first
  /// The job that is queued or running for this subject now; nothing: none.
  std::optional<Job> working_for(const std::string& subject) const;
  /// Waits until the job has ended (tests and the command line). Bug: no such job.
  Job wait(const std::string& id);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace releve::store
