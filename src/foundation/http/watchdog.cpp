// SPDX-License-Identifier: EUPL-1.2
#include "foundation/http/watchdog.hpp"

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>

namespace releve::http {

namespace {

constexpr std::size_t max_lingering = 64;
constexpr int reads_per_tick = 64;  // of 64 kB each: 80 MB/s from one refused client at most

// False when the client has gone or closed its side.
bool throw_away(int socket) {
  static thread_local std::array<char, 65'536> bytes;
  for (int i = 0; i < reads_per_tick; ++i) {
    // NOLINTNEXTLINE(clang-analyzer-unix.BlockInCriticalSection): MSG_DONTWAIT, it never blocks
    const auto got = ::recv(socket, bytes.data(), bytes.size(), MSG_DONTWAIT);
    if (got == 0 || (got < 0 && errno != EAGAIN && errno != EINTR)) {
      return false;
    }
    if (got < 0) {
      return true;
    }
  }
  return true;
}

}  // namespace

bool has_left(int socket) {
  char byte = 0;
  // NOLINTNEXTLINE(clang-analyzer-unix.BlockInCriticalSection): MSG_DONTWAIT, it never blocks
  const auto got = ::recv(socket, &byte, 1, MSG_PEEK | MSG_DONTWAIT);
  return got == 0 || (got < 0 && errno != EAGAIN && errno != EINTR);
}

std::int64_t steady_ms() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(
             std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

Watchdog::Watchdog(std::chrono::milliseconds linger, std::function<void()> each_tick)
    : linger_(linger),
      each_tick_(std::move(each_tick)),
      thread_([this](std::stop_token stop) { run(stop); }) {}

Watchdog::~Watchdog() {
  thread_.request_stop();
  thread_.join();
  for (const auto& late : lingering_) {
    ::close(late.socket);
  }
}

void Watchdog::add(Connection& connection) {
  const std::lock_guard lock(mutex_);
  connections_.insert(&connection);
}

void Watchdog::remove(Connection& connection) {
  const std::lock_guard lock(mutex_);
  connections_.erase(&connection);
}

void Watchdog::linger(int socket) {
  const std::lock_guard lock(mutex_);
  if (lingering_.size() >= max_lingering) {
    return;
  }
  const int copy = ::fcntl(socket, F_DUPFD_CLOEXEC, 0);
  if (copy >= 0) {
    lingering_.push_back({copy, steady_ms() + linger_.count()});
  }
}

std::size_t Watchdog::connections() const {
  const std::lock_guard lock(mutex_);
  return connections_.size();
}

void Watchdog::shut_late_connections() {
  const std::int64_t now = steady_ms();
  const std::lock_guard lock(mutex_);
  for (Connection* connection : connections_) {
    if (connection->deadline < now) {
      connection->deadline = never;
      ::shutdown(connection->socket, SHUT_RDWR);  // the event thread sees the end and closes it
    }
  }
}

void Watchdog::shut_left_connections() {
  const std::int64_t now = steady_ms();
  if (now < next_look_) {
    return;
  }
  next_look_ = now + 1000;
  const std::lock_guard lock(mutex_);
  for (Connection* connection : connections_) {
    const bool left = connection->expects_bytes && has_left(connection->socket);
    connection->ends_seen = left ? connection->ends_seen + 1 : 0;
    if (connection->ends_seen == 2) {  // seen once it may be a whole request that is just being taken up
      ::shutdown(connection->socket, SHUT_RDWR);
    }
  }
}

void Watchdog::drain() {
  const std::int64_t now = steady_ms();
  const std::lock_guard lock(mutex_);
  std::erase_if(lingering_, [&](const Lingering& late) {
    if (late.until >= now && throw_away(late.socket)) {
      return false;
    }
    ::close(late.socket);
    return true;
  });
}

void Watchdog::run(std::stop_token stop) {
  while (!stop.stop_requested()) {
    std::this_thread::sleep_for(tick);
    shut_late_connections();
    shut_left_connections();
    drain();
    each_tick_();
  }
}

}  // namespace releve::http
