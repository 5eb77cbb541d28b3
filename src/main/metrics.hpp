// SPDX-License-Identifier: EUPL-1.2
// What this process has answered, counted for Prometheus (text format 0.0.4). The labels are routes, methods,
// statuses and states: never the name of a place or of a person, and never so many that they fill a memory.
#pragma once

#include "foundation/http/server.hpp"
#include "main/house.hpp"

#include <array>
#include <chrono>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

namespace releve::main {

/// Thread-safe.
class Metrics {
 public:
  /// Upper bounds of the histogram, in seconds.
  static constexpr std::array<double, 9> bounds{0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5, 30};

  /// `route` is the row's template ("/api/v1/jobs/{id}"), or a word of ours for what no row answers.
  void answered(std::string_view method, std::string_view route, int status,
                std::chrono::duration<double> took);

  /// The whole page. Asks the database for the jobs; without it the other figures still come.
  std::string text(const House& house, const http::Load& load) const;

 private:
  struct Route {
    std::map<int, std::uint64_t> by_status;
    std::array<std::uint64_t, bounds.size()> within{};  // not cumulated
    double seconds = 0;
  };

  void append_requests(std::string& out) const;

  mutable std::mutex mutex_;
  std::map<std::pair<std::string, std::string>, Route, std::less<>> routes_;  // by route and method
};

}  // namespace releve::main
