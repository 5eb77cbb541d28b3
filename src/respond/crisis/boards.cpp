// SPDX-License-Identifier: EUPL-1.2
#include "respond/crisis/boards.hpp"

namespace releve::crisis {

std::shared_ptr<Boards::Kept> Boards::kept_of(const std::string& room, Instant now) {
  constexpr std::chrono::minutes nobody_looks{10};
  const std::lock_guard lock(mutex_);
  std::erase_if(rooms_, [&](const auto& one) { return one.second.first + nobody_looks < now; });
  auto& [asked, kept] = rooms_[room];
  asked = now;
  if (!kept) {
    kept = std::make_shared<Kept>();
  }
  return kept;
}

std::shared_ptr<const ImpactBoard> Boards::of(const std::string& room, const Standings& standings,
                                              const CompiledHospital& hospital, Instant now) {
  const auto kept = kept_of(room, now);
  const std::lock_guard lock(kept->computing);
  const auto& board = kept->board;
  if (!board || kept->through < standings.through() || kept->forecaster != hospital.forecaster ||
      now + oldest < board->now || board->now + oldest < now) {
    kept->board =
        std::make_shared<const ImpactBoard>(board_of(standings, *hospital.map, *hospital.forecaster, now));
    kept->through = standings.through();
    kept->forecaster = hospital.forecaster;
  }
  return kept->board;
}

}  // namespace releve::crisis
