// SPDX-License-Identifier: EUPL-1.2
// The workers and the scribe.
#include "foundation/describe/json.hpp"
#include "foundation/store/jobs_state.hpp"

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>

namespace releve::store {
namespace {

constexpr std::chrono::milliseconds writing_pause{250};

Message message_of(const Error& error) {
  Message shown = error.message;
  const bool named =
      std::any_of(shown.params.begin(), shown.params.end(), [](const Param& p) { return p.name == "where"; });
  if (!error.where.empty() && !named) {
    shown.params.push_back({"where", error.where});
  }
  return shown;
}

}  // namespace

void Jobs::State::report(Live& live, double share, const Message& detail) {
  RELEVE_CHECK(std::isfinite(share), "progress is a share");
  Progress now{std::clamp(share, 0.0, 1.0), to_json(detail)};
  const std::lock_guard lock(mutex);
  live.last = std::move(now);
  if (std::exchange(live.written, false)) {
    woken.notify_all();
  }
}

void Jobs::State::write_progress(const std::stop_token& closing) {
  const auto unwritten = [this] {
    return std::any_of(live_jobs.begin(), live_jobs.end(),
                       [](const auto& entry) { return !entry.second->written; });
  };
  std::unique_lock lock(mutex);
  while (woken.wait(lock, closing, unwritten)) {
    std::map<std::string, Progress> latest;
    for (const auto& [id, live] : live_jobs) {
      if (!std::exchange(live->written, true)) {
        latest.emplace(id, *live->last);
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
  std::string detail = live.last ? "" : to_json(message("job.done"));
  if (end.error) {
    const bool stopped = end.error == ErrorKind::cancelled;
    const bool interrupted = stopped && closing && !live.cancelled;
    state = interrupted ? JobState::interrupted : stopped ? JobState::cancelled : JobState::failed;
    detail = interrupted ? to_json(message("job.interrupted")) : end.detail;
  }
  // The scribe may hold the last progress and come too late: the end carries it along.
  live.written = true;
  return [=, last = live.last, now = clock.now()](Job& job) {
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

}  // namespace releve::store
