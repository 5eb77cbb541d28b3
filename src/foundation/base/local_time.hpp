// SPDX-License-Identifier: EUPL-1.2
// An instant on the clocks of a place. Thread-safe.
#pragma once

#include "foundation/base/time.hpp"

#include <string>
#include <string_view>

namespace releve {

struct LocalMoment {
  int year = 0;
  int month = 0;  // 1..12
  int day = 0;    // 1..31
  int hour = 0;
  int minute = 0;
  bool operator==(const LocalMoment&) const = default;
};

/// `zone` is IANA's name ("Europe/Paris"); one that ICU does not know reads as UTC.
LocalMoment local_moment(Instant at, const std::string& zone);

/// "26/11/2026 21:52", or in English "2026-11-26 21:52".
std::string moment_text(Instant at, const std::string& zone, std::string_view language);

/// "2026-11-26": the day that people there have.
std::string local_day(Instant at, const std::string& zone);

/// "21:52"
std::string clock_text(Instant at, const std::string& zone);

}  // namespace releve
