// SPDX-License-Identifier: EUPL-1.2
#include "foundation/base/parallel.hpp"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace releve {

unsigned available_threads() {
  return std::max(1U, std::thread::hardware_concurrency());
}

bool parallel_for(std::size_t count, unsigned threads, std::stop_token stop,
                  const std::function<void(std::size_t, unsigned)>& work) {
  std::atomic<std::size_t> next{0};
  std::atomic<bool> failed{false};
  std::exception_ptr failure;
  std::mutex failure_mutex;
  const auto run = [&](unsigned worker) {
    while (!stop.stop_requested() && !failed) {
      const std::size_t item = next.fetch_add(1);
      if (item >= count) {
        return;
      }
      try {
        work(item, worker);
      } catch (...) {  // carried to the caller's thread, whose channel it is
        const std::lock_guard lock(failure_mutex);
        if (!failure) {
          failure = std::current_exception();
        }
        failed = true;
      }
    }
  };
  {
    std::vector<std::jthread> team;
    const unsigned helpers =
        static_cast<unsigned>(std::min<std::size_t>(std::max(1U, threads), std::max<std::size_t>(count, 1)));
    for (unsigned worker = 1; worker < helpers; ++worker) {
      team.emplace_back(run, worker);
    }
    run(0);
  }
  if (failure) {
    std::rethrow_exception(failure);
  }
  return !stop.stop_requested();
}

}  // namespace releve
