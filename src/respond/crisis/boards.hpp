// SPDX-License-Identifier: EUPL-1.2
// One impact board for all who look at a room: with hundreds of elements out, computing it takes half a
// second (what each return would give back is a forecast of its own), and every screen asks at each line.
// Thread-safe.
#pragma once

#include "respond/crisis/board.hpp"
#include "respond/crisis/forecasters.hpp"

#include <map>
#include <memory>
#include <mutex>
#include <string>

namespace releve::crisis {

class Boards {
 public:
  /// As its lines and the hospital are now, and at most so old.
  static constexpr std::chrono::seconds oldest{15};

  std::shared_ptr<const ImpactBoard> of(const std::string& room, const Standings& standings,
                                        const CompiledHospital& hospital, Instant now);

 private:
  struct Kept {
    std::mutex computing;  // who asks meanwhile waits for this one
    std::int64_t through = 0;
    std::shared_ptr<const assessment::Forecaster> forecaster;
    std::shared_ptr<const ImpactBoard> board;
  };

  std::shared_ptr<Kept> kept_of(const std::string& room, Instant now);

  std::mutex mutex_;
  std::map<std::string, std::pair<Instant, std::shared_ptr<Kept>>> rooms_;  // and when it was last asked for
};

}  // namespace releve::crisis
