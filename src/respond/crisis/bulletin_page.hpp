// SPDX-License-Identifier: EUPL-1.2
// The page of a room that is for everybody: what was told to the public, and nothing else of the room. One
// file without a script, for a telephone of ten years ago; on our own server and, frozen, on any other. Pure.
#pragma once

#include "respond/crisis/rooms.hpp"

#include <string>
#include <vector>

namespace releve::crisis {

/// Before Rooms::public_name().
inline constexpr std::string_view public_root = "/bulletin/";

struct Told {
  Bulletin bulletin;
  Instant at{};
};

/// What is published, the newest first; at most as many as a page shows.
std::vector<Told> told_to_the_public(const Standings& standings);

struct PublicPage {
  std::string facility;  // name
  RoomKind kind = RoomKind::exercise;
  std::vector<Told> told;  // the newest first; none: an empty page
};

std::string write_page(const PublicPage& page, const Voice& voice);

/// What a browser may do with that page: show it.
std::string page_policy();

}  // namespace releve::crisis
