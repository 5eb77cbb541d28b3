// SPDX-License-Identifier: EUPL-1.2
// Instants are UTC milliseconds; RFC 3339 on the wire. Time is an argument: only the shell owns a Clock.
#pragma once

#include "foundation/base/result.hpp"

#include <chrono>
#include <string>
#include <string_view>

namespace releve {

using Instant = std::chrono::sys_time<std::chrono::milliseconds>;

class Clock {
 public:
  virtual ~Clock() = default;
  virtual Instant now() const = 0;
};

class SystemClock final : public Clock {
 public:
  Instant now() const override;
};

/// "2026-11-22T00:42:14.000Z"
std::string to_rfc3339(Instant instant);
/// Accepts a date alone, fractional seconds and any numeric offset. Error code "time.not_rfc3339".
Result<Instant> parse_rfc3339(std::string_view text);

}  // namespace releve
