// SPDX-License-Identifier: EUPL-1.2
// Passwords are hashed a few at a time: each takes 64 MiB, and a flood of sign-ins must neither take the
// memory nor all the threads that answer. Thread-safe.
#pragma once

#include "foundation/base/result.hpp"

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>

namespace releve::access {

class Passwords {
 public:
  /// `at_once` hashes run, `waiting` more callers wait for their turn; the next is refused at once.
  explicit Passwords(unsigned at_once = 2, unsigned waiting = 2);

  /// Error access.busy.
  Result<std::string> hash(std::string_view password);
  /// An empty `hash` (no such account, or none that has a password) costs the same work and is false.
  /// Error access.busy.
  Result<bool> verify(const std::string& hash, std::string_view password);

  /// How many hashes were computed: tests hold known and unknown names to the same work.
  std::uint64_t done() const { return done_; }

 private:
  class Turn;

  const unsigned at_once_;
  const unsigned waiting_;
  const std::string nobody_;  // hash of a password that nobody knows
  std::mutex mutex_;
  std::condition_variable freed_;
  unsigned running_ = 0;
  unsigned queued_ = 0;
  std::atomic<std::uint64_t> done_ = 0;
};

/// Error access.weak_password: fewer than 12 characters, more than 256 bytes, the sign-in name in it, or one
/// sign over and over. No further rules: they make people write passwords down (ANSSI, NIST SP 800-63B).
Status check_password(std::string_view password, std::string_view login);

}  // namespace releve::access
