// SPDX-License-Identifier: EUPL-1.2
// Time limits of connections. libmicrohttpd's own timeout starts again with every byte, so a client that
// sends one byte at a time would hold a connection for ever; here a deadline passes, and the socket is shut
// down under it.
//
// The event thread may miss the end of a client that sends its last bytes and leaves at once: it waits for
// an edge, and both came with the same one. So this also looks, once a second, for clients that have gone.
//
// Also lets refused clients finish: closing a socket with unread bytes in it makes the kernel send a reset,
// and the client may lose the reply that says why. Such a socket is kept, and what still comes is thrown
// away, for a moment (RFC 9112, section 9.6).
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <limits>
#include <mutex>
#include <string>
#include <thread>
#include <unordered_set>
#include <vector>

namespace releve::http {

/// The other side has closed, and nothing of what it sent is left to read.
bool has_left(int socket);

/// Milliseconds of a clock that only goes forward.
std::int64_t steady_ms();
inline constexpr std::int64_t never = std::numeric_limits<std::int64_t>::max();

/// One open socket. Belongs to the event thread; `deadline` may be set from anywhere.
struct Connection {
  int socket = -1;
  std::string peer;
  std::atomic<std::int64_t> deadline = never;
  std::atomic<bool> expects_bytes = true;  // of a request; false while one is answered
  int ends_seen = 0;                       // the watchdog's

  void due_in(std::chrono::milliseconds time) { deadline = steady_ms() + time.count(); }
};

/// Thread-safe. One thread of its own.
class Watchdog {
 public:
  static constexpr std::chrono::milliseconds tick{50};

  /// `each_tick` runs on the watchdog's thread.
  Watchdog(std::chrono::milliseconds linger, std::function<void()> each_tick);
  ~Watchdog();
  Watchdog(const Watchdog&) = delete;
  Watchdog& operator=(const Watchdog&) = delete;

  /// From add() to remove() the socket stays open: remove() before closing it.
  void add(Connection& connection);
  void remove(Connection& connection);
  /// Keeps a copy of the socket open for a moment and drains it. At most 64 at a time.
  void linger(int socket);
  std::size_t connections() const;

 private:
  struct Lingering {
    int socket;
    std::int64_t until;
  };

  void run(std::stop_token stop);
  void shut_late_connections();
  void shut_left_connections();
  void drain();

  std::chrono::milliseconds linger_;
  std::function<void()> each_tick_;
  mutable std::mutex mutex_;
  std::unordered_set<Connection*> connections_;
  std::vector<Lingering> lingering_;
  std::int64_t next_look_ = 0;
  std::jthread thread_;  // last: starts when all else is ready
};

}  // namespace releve::http
