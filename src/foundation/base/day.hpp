// SPDX-License-Identifier: EUPL-1.2
// Days of the calendar as texts "2026-11-26": they compare as they follow one another.
#pragma once

#include "foundation/base/time.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace releve {

/// The day of this instant, UTC.
std::string day_of(Instant instant);

/// Is it a day that exists?
bool is_day(std::string_view text);

/// Whole months from one day to a later one; 0 when it is not later. Both must be days.
int months_between(std::string_view from, std::string_view to);

/// Days from one day to another; negative when that is earlier. Both must be days.
int days_between(std::string_view from, std::string_view to);

/// So many days later, or earlier. Must be a day.
std::string days_after(std::string_view day, int days);

}  // namespace releve
