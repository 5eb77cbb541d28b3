// SPDX-License-Identifier: EUPL-1.2
#include "main/daily.hpp"

#include "main/house.hpp"

#include <chrono>
#include <condition_variable>
#include <mutex>

namespace releve::main {

std::jthread every_day(std::function<void()> work) {
  return std::jthread([work = std::move(work)](const std::stop_token& ending) {
    constexpr std::chrono::hours day{24};
    std::mutex mutex;
    std::condition_variable_any woken;
    std::unique_lock lock(mutex);
    while (!ending.stop_requested()) {
      try {
        work();
      } catch (const std::exception& failure) {  // nobody waits for this: the house must not fall over it
        log_line(failure.what());
      }
      woken.wait_for(lock, ending, day, [] { return false; });
    }
  });
}

}  // namespace releve::main
