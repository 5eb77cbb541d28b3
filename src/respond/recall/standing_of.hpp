// SPDX-License-Identifier: EUPL-1.2
// What the room's journal says of somebody who was called. Private to this room.
#pragma once

#include "respond/crisis/standing.hpp"
#include "respond/recall/stored.hpp"

#include <chrono>
#include <string>

namespace releve::recall {

using crisis::PresenceState;

/// Said when somebody was called, or since. A time that was typed has no seconds: it is that whole minute.
inline bool is_said_since(Instant said, Instant called) {
  const bool typed = said == std::chrono::floor<std::chrono::minutes>(said);
  return said >= called || (typed && said + std::chrono::minutes(1) > called);
}

/// Does this still answer whoever calls at that time? Who is there is there, and who said that he comes is on
/// the way until an hour after he was expected. Who was unavailable for one call, or did a shift and left, is
/// asked anew by the next.
inline bool holds_since(const crisis::Line& line, Instant called) {
  constexpr std::chrono::hours late{1};
  const crisis::Presence& presence = *line.deed->presence;
  return is_said_since(line.happened, called) || presence.state == PresenceState::present ||
         (presence.state == PresenceState::coming && presence.expected &&
          *presence.expected + late >= called);
}

/// Who comes is said by the journal alone, whoever wrote it there: the personal link, or somebody at the
/// telephone. Null: nothing that answers a call of that time.
inline const crisis::LineRow* attendance_since(const crisis::Standings& standings, const std::string& person,
                                               Instant called) {
  const crisis::LineRow* row = standings.find("presence/" + person);
  return row == nullptr || !holds_since(row->line, called) ? nullptr : row;
}

inline const crisis::LineRow* attendance_of(const crisis::Standings& standings, const StoredCalled& called) {
  return attendance_since(standings, called.person, called.called);
}

inline PresenceState state_in(const crisis::Standings& standings, const StoredCalled& called) {
  const crisis::LineRow* row = attendance_of(standings, called);
  return row == nullptr ? PresenceState::called : row->line.deed->presence->state;
}

inline bool comes(PresenceState state) {
  return state == PresenceState::coming || state == PresenceState::present;
}

inline bool is_unavailable(PresenceState state) {
  return state == PresenceState::unavailable || state == PresenceState::left;
}

inline bool has_answered(const crisis::Standings& standings, const StoredCalled& called) {
  return state_in(standings, called) != PresenceState::called;
}

}  // namespace releve::recall
