// SPDX-License-Identifier: EUPL-1.2
// What a proxy or a supervisor asks a process: does it live, may it be sent requests.
#pragma once

#include "foundation/http/message.hpp"
#include "foundation/http/server.hpp"
#include "main/house.hpp"
#include "main/metrics.hpp"

#include <atomic>
#include <chrono>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace releve::main {

/// Thread-safe.
class Health {
 public:
  explicit Health(House& house) : house_(house) {}

  /// From now on not ready: whoever asks sends its requests elsewhere.
  void leave() { leaving_ = true; }

  /// What stands in the way, as words for a log; empty: ready. Looks at most once a second.
  std::vector<std::string> obstacles();

  /// GET /health/live and /health/ready; nothing: another path.
  std::optional<http::HttpReply> reply(const std::string& path);

 private:
  std::vector<std::string> look() const;

  House& house_;
  std::atomic<bool> leaving_ = false;
  std::mutex mutex_;
  std::optional<std::chrono::steady_clock::time_point> looked_;
  std::vector<std::string> seen_;
};

/// Is this a request for the metrics that may be answered on the listener of everybody: from this machine,
/// and not handed on by a proxy?
bool asks_for_metrics_locally(const http::HttpHead& head, bool behind_proxy);

http::HttpReply metrics_reply(const Metrics& metrics, const House& house, const http::Load& load);

}  // namespace releve::main
