// SPDX-License-Identifier: EUPL-1.2
// How often somebody may guess. A few tries at once, then one after a while; no account is ever locked, or
// whoever knows a name could keep its owner out. Thread-safe; bounded; of this process alone.
#pragma once

#include "foundation/base/result.hpp"
#include "foundation/base/time.hpp"

#include <algorithm>
#include <map>
#include <mutex>
#include <string>

namespace releve {

class Tries {
 public:
  /// `at_once` failures, and one more after each `again`.
  Tries(unsigned at_once, std::chrono::seconds again) : at_once_(at_once), again_(again) {}

  /// Error access.too_many_tries.
  Status may_try(const std::string& who, Instant now) {
    const std::lock_guard lock(mutex_);
    const auto found = failures_.find(who);
    if (found != failures_.end() && left_of(found->second, now) >= at_once_) {
      return Error{ErrorKind::unavailable, message("access.too_many_tries"), {}};
    }
    return Done{};
  }

  void failed(const std::string& who, Instant now) {
    const std::lock_guard lock(mutex_);
    if (failures_.size() >= most) {
      std::erase_if(failures_, [&](const auto& one) { return left_of(one.second, now) == 0; });
    }
    if (failures_.size() >= most) {
      return;  // a flood from everywhere: the desk of the passwords holds it
    }
    Failures& kept = failures_[who];
    kept = {left_of(kept, now) + 1, now};
  }

  void succeeded(const std::string& who) {
    const std::lock_guard lock(mutex_);
    failures_.erase(who);
  }

 private:
  struct Failures {
    unsigned count = 0;
    Instant last{};
  };

  static constexpr std::size_t most = 50'000;

  unsigned left_of(const Failures& failures, Instant now) const {
    if (now < failures.last) {  // the clock went back: nothing is forgiven
      return failures.count;
    }
    const auto forgiven = (now - failures.last) / again_;
    return forgiven >= failures.count ? 0 : failures.count - static_cast<unsigned>(forgiven);
  }

  const unsigned at_once_;
  const std::chrono::seconds again_;
  std::mutex mutex_;
  std::map<std::string, Failures> failures_;
};

}  // namespace releve
