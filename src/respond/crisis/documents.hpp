// SPDX-License-Identifier: EUPL-1.2
// Texts composed from a room at a moment: the situation report, the handover page, and what is owed to others
// (incident report, CNIL, insurer, complaint). Plain text, to be read, corrected, copied, printed or read
// over the telephone. Pure.
#pragma once

#include "respond/crisis/board.hpp"
#include "respond/crisis/obligations.hpp"
#include "respond/crisis/rooms.hpp"

#include <array>
#include <string>
#include <string_view>

namespace releve::crisis {

/// Everything that a text may say.
struct Picture {
  Room room;
  std::string facility;  // name
  std::vector<Standing> standing;
  std::vector<LineRow> lines;
  ImpactBoard board;
  std::vector<RoomClock> clocks;
  std::string head;  // of the own chain
  Instant now{};
};

inline constexpr std::array<std::string_view, 6> documents = {"situation", "handover",  "cert_sante",
                                                              "cnil",      "complaint", "insurer"};

/// `document` is one of those above.
std::string compose(std::string_view document, const Picture& picture, const Voice& voice);

/// The whole journal as people read it.
std::string journal_text(const Picture& picture, const Voice& voice);

}  // namespace releve::crisis
