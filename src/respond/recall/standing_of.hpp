// SPDX-License-Identifier: EUPL-1.2
// What the room's journal says of somebody who was called. Private to this room.
#pragma once

#include "respond/crisis/standing.hpp"
#include "respond/recall/stored.hpp"

#include <optional>

namespace releve::recall {

using crisis::PresenceState;

/// Who comes is said by the journal alone, whoever wrote it there: the personal link, or somebody at the
/// telephone.
inline const crisis::LineRow* attendance_of(const crisis::Standings& standings, const StoredCalled& called) {
  return standings.find("presence/" + called.person);
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
