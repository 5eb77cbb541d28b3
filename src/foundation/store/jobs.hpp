// SPDX-License-Identifier: EUPL-1.2
// Long work as rows. A job is queued, running, done, failed, cancelled or interrupted; `running` found at
// start-up becomes `interrupted`. This room runs them on a few threads of this process; the rows are what
// several processes over PostgreSQL would share.
#pragma once

#include <functional>
#include <memory>
#include <stop_token>
#include <string>

#include "foundation/describe/describe.hpp"
#include "foundation/store/database.hpp"

namespace releve::store {

enum class JobState { queued, running, done, failed, cancelled, interrupted };
constexpr auto describe(JobState*) {
  return Names{name(JobState::queued, "queued"),   name(JobState::running, "running"),
               name(JobState::done, "done"),       name(JobState::failed, "failed"),
               name(JobState::cancelled, "cancelled"), name(JobState::interrupted, "interrupted")};
}

struct Job {
  std::string id;
  std::string facility;
  std::string kind;      // "import", "assessment", "what_if"
  std::string subject;   // id of the import or assessment it works for
  JobState state = JobState::queued;
  double progress = 0;   // 0 to 1
  std::string detail;    // JSON of a Message: what it is doing, or why it failed
  Instant created{};
  std::optional<Instant> started;
  std::optional<Instant> ended;
};
constexpr auto describe(Job*) {
  return Fields{field<&Job::id>("identity"), field<&Job::facility>("whose"), field<&Job::kind>("what kind of work"),
                field<&Job::subject>("id of the import or assessment it works for"), field<&Job::state>("where it stands"),
                field<&Job::progress>("share done, 0 to 1"), field<&Job::detail>("JSON of a message"),
                field<&Job::created>("asked for at"), field<&Job::started>("began at"), field<&Job::ended>("ended at")};
}

/// Told to running work: where it stands, and whether to stop.
struct JobContext {
  std::stop_token stop;
  std::function<void(double progress, const Message& detail)> report;  // cheap: writes at most 4 times a second
};

/// The runner. Thread-safe. Its destructor asks running work to stop and waits; such jobs become interrupted.
class Jobs {
 public:
  /// Marks jobs that a dead process left running as interrupted. `changed` is called after each change of a
  /// row, from any thread (live events).
  Jobs(Database& database, const Clock& clock, unsigned threads, std::function<void(const Job&)> changed);
  ~Jobs();
  Jobs(const Jobs&) = delete;
  Jobs& operator=(const Jobs&) = delete;

  /// Queues work; the returned job has its id. Work that returns an error makes the job failed, or
  /// cancelled when its kind is ErrorKind::cancelled. EnvironmentFailure and Bug make it failed too.
  Job start(std::string facility, std::string kind, std::string subject,
            std::function<Status(JobContext&)> work);
  Status cancel(const std::string& id);
  Result<Job> find(const std::string& id) const;
  std::vector<Job> list(const std::string& facility, std::size_t at_most) const;  // newest first
  /// Waits until the job has ended (tests and the command line).
  Job wait(const std::string& id);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace releve::store
