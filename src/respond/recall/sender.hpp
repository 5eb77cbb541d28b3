// SPDX-License-Identifier: EUPL-1.2
// Sends what is due, on a few threads of its own for each channel, so that a dead mail server keeps no text
// message waiting; and calls deputies in time. One per process that serves.
#pragma once

#include "respond/recall/callouts.hpp"

#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace releve::recall {

class Sender {
 public:
  struct Parts {
    Callouts& callouts;
    const Channels& channels;
    const Clock& clock;
    Deliver deliver;
    std::function<void(const std::string& what)> log;  // what the environment refuses, from any thread
    std::chrono::milliseconds pause{1'000};            // between two looks when nothing is due
    std::chrono::seconds between_deputies{15};
  };

  /// Begins at once. The end asks what is on its way to stop, and waits for it.
  Sender(Parts parts, unsigned threads_of_each_channel);

 private:
  void work(Channel channel, const std::stop_token& stop);
  void watch(const std::stop_token& stop);
  /// Nobody waits for what is done here: the house must not fall over it, nor one task over the other.
  void log_failure(const std::function<void()>& task) const;
  /// False: nothing was due, or the environment refused.
  bool send_one(Channel channel, const std::stop_token& stop);
  void rest(const std::stop_token& stop, std::chrono::milliseconds pause);

  Parts parts_;
  std::mutex mutex_;
  std::condition_variable_any woken_;
  std::vector<std::jthread> threads_;  // last: they use the rest
};

}  // namespace releve::recall
