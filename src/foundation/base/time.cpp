// SPDX-License-Identifier: EUPL-1.2
#include "foundation/base/time.hpp"

#include "foundation/base/text.hpp"

#include <array>
#include <cstdio>

namespace releve {

Instant SystemClock::now() const {
  return std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

std::string to_rfc3339(Instant instant) {
  const auto day = std::chrono::floor<std::chrono::days>(instant);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss clock(instant - day);
  std::array<char, 40> text{};
  std::snprintf(text.data(), text.size(), "%04d-%02u-%02uT%02d:%02d:%02d.%03dZ",
                static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                static_cast<unsigned>(date.day()), static_cast<int>(clock.hours().count()),
                static_cast<int>(clock.minutes().count()), static_cast<int>(clock.seconds().count()),
                static_cast<int>(clock.subseconds().count()));
  return text.data();
}

Result<Instant> parse_rfc3339(std::string_view text) {
  using namespace std::chrono;
  const Error wrong{
      ErrorKind::invalid, message("time.not_rfc3339", {{"text", std::string(text.substr(0, 60))}}), {}};
  const auto number = [&](std::size_t at, std::size_t length) -> int {
    return at + length <= text.size() ? parse_int(text.substr(at, length)).value_or(-1) < 0
                                            ? -1
                                            : static_cast<int>(*parse_int(text.substr(at, length)))
                                      : -1;
  };
  const int year_number = number(0, 4);
  const int month_number = number(5, 2);
  const int day_number = number(8, 2);
  if (year_number < 0 || month_number < 0 || day_number < 0 || text[4] != '-' || text[7] != '-') {
    return wrong;
  }
  const year_month_day date(year(year_number), month(static_cast<unsigned>(month_number)),
                            day(static_cast<unsigned>(day_number)));
  if (!date.ok()) {
    return wrong;
  }
  Instant instant = sys_days(date);
  if (text.size() == 10) {
    return instant;
  }
  const int hour = number(11, 2);
  const int minute = number(14, 2);
  const int second = number(17, 2);
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60 ||
      (text[10] != 'T' && text[10] != 't' && text[10] != ' ') || text[13] != ':' || text[16] != ':') {
    return wrong;
  }
  instant += hours(hour) + minutes(minute) + seconds(second);
  std::size_t at = 19;
  if (at < text.size() && text[at] == '.') {
    int scale = 100;
    for (++at; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at) {
      instant += milliseconds((text[at] - '0') * scale);
      scale /= 10;
    }
  }
  const std::string_view zone = text.substr(at);
  if (zone == "Z" || zone == "z") {
    return instant;
  }
  const bool has_colon = zone.size() == 6 && zone[3] == ':';
  if ((has_colon || zone.size() == 5) && (zone[0] == '+' || zone[0] == '-')) {
    const int zone_hours = number(at + 1, 2);
    const int zone_minutes = number(at + (has_colon ? 4U : 3U), 2);
    if (zone_hours >= 0 && zone_hours < 24 && zone_minutes >= 0 && zone_minutes < 60) {
      const auto offset = hours(zone_hours) + minutes(zone_minutes);
      return zone[0] == '+' ? instant - offset : instant + offset;
    }
  }
  return wrong;
}

}  // namespace releve
