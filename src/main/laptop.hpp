// SPDX-License-Identifier: EUPL-1.2
// A crisis laptop: made from an instance while all is well, opened on an isolated switch when it is not.
#pragma once

#include "foundation/base/hash.hpp"
#include "main/house.hpp"

#include <mutex>
#include <string>
#include <string_view>

namespace releve::main {

/// The link of a crisis laptop: whoever is on its switch comes in by it, each as a post of the crisis alone.
class RoomDoor {
 public:
  explicit RoomDoor(House& house, std::string facility)
      : house_(house), facility_(std::move(facility)), token_(random_letters(24)) {}

  const std::string& token() const { return token_; }

  bool is_for(std::string_view token) const { return equal_secret(token_, token); }

  /// The secret of a new session.
  Result<std::string> enter(const api::Session& from);

 private:
  House& house_;
  std::string facility_;
  std::string token_;
  std::mutex mutex_;
};

/// Fills an empty house with what a pack carries: facility, care inventory, plan in force. Does nothing to a
/// house that has the facility already. Errors: those of laptop::read_pack(), pack.cannot_open,
/// pack.other_facility (the folder holds another one). `passphrase_file` empty: asked for on the terminal.
Status load_pack(House& house, const std::string& file, const std::string& passphrase_file);

}  // namespace releve::main
