// SPDX-License-Identifier: EUPL-1.2
// The hospitals of open rooms, compiled for the impact board. Compiling one takes as long as hundreds of
// answers: it is done beside, before somebody waits for it. Thread-safe.
#pragma once

#include "prepare/assessment/assessments.hpp"
#include "prepare/assessment/forecast.hpp"
#include "prepare/cartography/facilities.hpp"

#include <condition_variable>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

namespace releve::crisis {

/// A hospital and what forecasts for it.
struct CompiledHospital {
  std::shared_ptr<const cartography::Cartography> map;
  std::shared_ptr<const assessment::TablesInForce> tables;
  std::shared_ptr<const assessment::Forecaster> forecaster;
};

class Forecasters {
 public:
  using Tables = std::function<std::shared_ptr<const assessment::TablesInForce>()>;

  Forecasters(cartography::Facilities& facilities, Tables tables)
      : facilities_(facilities), tables_(std::move(tables)) {}

  /// As the hospital and the tables are now. Errors: those of Facilities::draw().
  Result<CompiledHospital> of(const std::string& facility);

  /// Somebody will soon ask for this one.
  void expect(const std::string& facility);

 private:
  void work(const std::stop_token& ending);

  cartography::Facilities& facilities_;
  Tables tables_;
  std::mutex compiling_;
  std::map<std::string, CompiledHospital> compiled_;
  std::mutex expecting_;
  std::condition_variable_any woken_;
  std::deque<std::string> expected_;
  std::jthread worker_;  // last: begun when it is first needed, ended first
};

}  // namespace releve::crisis
