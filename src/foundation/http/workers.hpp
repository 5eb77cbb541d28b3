// SPDX-License-Identifier: EUPL-1.2
// A few threads and a bounded queue: the handlers run here and never on the event thread.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace releve::http {

/// Thread-safe.
class Workers {
 public:
  /// run is false when the pool stops before the job's turn: then say so and do not work. Must not throw.
  using Job = std::function<void(bool run)>;

  Workers(unsigned threads, std::size_t queue_limit);

  ~Workers() { stop(); }

  Workers(const Workers&) = delete;
  Workers& operator=(const Workers&) = delete;

  /// False when the queue is full or the pool stops; otherwise calls `prepare` before any thread can take
  /// the job (with the pool's lock held: it must be short).
  bool submit(const std::function<void()>& prepare, Job job);
  /// Drops what is queued, waits for what runs. Idempotent; not from a worker.
  void stop();
  std::size_t queued() const;

 private:
  void work();

  mutable std::mutex mutex_;
  std::condition_variable arrived_;
  std::deque<Job> queue_;
  std::size_t limit_;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace releve::http
