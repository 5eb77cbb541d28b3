// SPDX-License-Identifier: EUPL-1.2
// What the processes that serve one PostgreSQL database say to each other (LISTEN and NOTIFY), and that they
// are alive (process.hpp). A connection of its own, and a thread that waits for nothing else: a long write of
// another process silences nobody.
#pragma once

#include "foundation/store/process.hpp"

#include <functional>
#include <memory>
#include <string>

namespace releve::store {

/// Thread-safe.
class Wire {
 public:
  /// Called from the thread of the wire: short, and without the database.
  struct Ears {
    std::function<void(const std::string& text)> heard;  // what another process has said
    /// Something may have been said that was not heard: the wire was cut, or the text was too long for it.
    std::function<void()> missed;
    std::function<void(const std::string& what)> log;
  };

  /// For a process that is there (store::Jobs sees to it). A server that cannot be reached is tried again for
  /// ever.
  Wire(std::string url, Process self, Ears ears);
  ~Wire();
  Wire(const Wire&) = delete;
  Wire& operator=(const Wire&) = delete;

  /// Tells all other processes, in the order of the calls. Never blocks. What cannot be told is missed by
  /// them, and they know. Bug: not valid UTF-8, or with a NUL character.
  void say(std::string text);

 private:
  struct Line;
  std::unique_ptr<Line> line_;
};

}  // namespace releve::store
