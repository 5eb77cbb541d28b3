// SPDX-License-Identifier: EUPL-1.2
// The lookout: the jobs of processes that are gone, and what other processes want of ours.
#include "foundation/store/jobs_state.hpp"

#include <algorithm>

namespace releve::store {

/// Jobs that nobody works on: of a process that is gone. A user's last wish is respected.
void Jobs::State::interrupt_orphans() {
  std::vector<std::pair<std::string, bool>> orphans;
  database.read([&](Transaction& transaction) {
    for (const Row& row : transaction.query(
             "select j.id, coalesce(c.stop_wanted, 0) from job j left join job_claim c on c.job = j.id where "
             "j." +
             std::string(alive) +
             " and not exists (select 1 from process p where p.id = c.process) order by j.created, j.id")) {
      orphans.emplace_back(row.text(0), row.integer(1) != 0);
    }
  });
  for (const auto& [id, unwanted] : orphans) {
    end(id, unwanted ? JobState::cancelled : JobState::interrupted,
        unwanted ? "job.cancelled" : "job.interrupted");
  }
}

std::vector<std::string> Jobs::State::live_ids() const {
  const std::lock_guard lock(mutex);
  std::vector<std::string> ids;
  for (const auto& entry : live_jobs) {
    ids.push_back(entry.first);
  }
  return ids;
}

bool Jobs::State::ended(const std::string& id) const {
  std::optional<Job> job;
  database.read([&](Transaction& transaction) { job = find_row(transaction, id); });
  return job && has_ended(job->state);
}

void Jobs::State::stop_live(const std::string& id, bool by_user) {
  const std::lock_guard lock(mutex);
  if (const auto found = live_jobs.find(id); found != live_jobs.end()) {
    found->second->cancelled = found->second->cancelled || by_user;
    found->second->stop.request_stop();
  }
}

/// Heeds what others have written of our jobs; gives who is there.
std::vector<std::string> Jobs::State::look_around() {
  const std::vector<std::string> live = live_ids();  // before the reading: younger ones may not be seen by it
  Present now;
  std::map<std::string, bool> claims;  // and whether somebody wants a stop
  database.read([&](Transaction& transaction) {
    now = present(transaction, self);
    for (const Row& row : transaction.query("select job, stop_wanted from job_claim where process = :self",
                                            {{"self", self.id}})) {
      claims.emplace(row.text(0), row.integer(1) != 0);
    }
  });
  for (const std::string& id : live) {
    const auto claim = claims.find(id);
    const bool lost = claim == claims.end();
    if (!lost && claim->second) {
      stop_live(id, true);
    } else if (lost && ended(id)) {  // by others, who took us for dead
      stop_live(id, false);
    }
  }
  const bool forgotten = std::find(now.ids.begin(), now.ids.end(), self.id) == now.ids.end();
  if (now.some_dead || forgotten) {
    write([&](Transaction& transaction) {
      appear(transaction, self);
      remove_dead(transaction, self);
      now = present(transaction, self);
    });
  }
  return now.ids;
}

void Jobs::State::look_out(const std::stop_token& closing, const std::function<void()>& gone) {
  std::vector<std::string> known;
  bool first = true;  // a lease may have ended since the constructor looked
  std::unique_lock lock(mutex);
  while (!closing.stop_requested()) {
    lock.unlock();
    try {
      const std::vector<std::string> now = look_around();
      if (first || !std::includes(now.begin(), now.end(), known.begin(), known.end())) {
        interrupt_orphans();
        gone();
      }
      known = now;
      first = false;
    } catch (const EnvironmentFailure&) {
      // The database is away: the next beat looks again, and knows whom it has to miss.
    } catch (const std::exception& bug) {
      incident(bug.what());
    }
    lock.lock();
    woken.wait_for(lock, closing, beat, [] { return false; });
  }
}

void Jobs::watch(std::function<void()> gone) {
  state_->lookout = std::jthread([state = state_.get(), gone = std::move(gone)](
                                     const std::stop_token& closing) { state->look_out(closing, gone); });
}

}  // namespace releve::store
