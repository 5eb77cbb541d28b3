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

namespace {

/// The number of `length` digits at `at`, or -1.
int digits(std::string_view text, std::size_t at, std::size_t length) {
  return at + length <= text.size() ? static_cast<int>(parse_int(text.substr(at, length)).value_or(-1)) : -1;
}

bool is_below(int number, int end) {
  return number >= 0 && number < end;
}

/// "2026-11-26" at the start.
std::optional<std::chrono::sys_days> read_date(std::string_view text) {
  using namespace std::chrono;
  const int year_number = digits(text, 0, 4);
  const int month_number = digits(text, 5, 2);
  const int day_number = digits(text, 8, 2);
  if (year_number < 0 || month_number < 0 || day_number < 0 || text[4] != '-' || text[7] != '-') {
    return std::nullopt;
  }
  const year_month_day date(year(year_number), month(static_cast<unsigned>(month_number)),
                            day(static_cast<unsigned>(day_number)));
  return date.ok() ? std::optional(sys_days(date)) : std::nullopt;
}

/// "T06:30:00" after the date; a leap second counts into the next minute.
std::optional<std::chrono::seconds> read_clock(std::string_view text) {
  const int hour = digits(text, 11, 2);
  const int minute = digits(text, 14, 2);
  const int second = digits(text, 17, 2);
  if (!is_below(hour, 24) || !is_below(minute, 60) || !is_below(second, 61) || text[13] != ':' ||
      text[16] != ':' || std::string_view("Tt ").find(text[10]) == std::string_view::npos) {
    return std::nullopt;
  }
  return std::chrono::hours(hour) + std::chrono::minutes(minute) + std::chrono::seconds(second);
}

/// Takes ".25" off the front, if it is there. Beyond milliseconds digits count for nothing.
std::chrono::milliseconds take_fraction(std::string_view& text) {
  std::chrono::milliseconds fraction{0};
  if (text.starts_with('.')) {
    text.remove_prefix(1);
    for (int scale = 100; !text.empty() && text[0] >= '0' && text[0] <= '9'; scale /= 10) {
      fraction += std::chrono::milliseconds((text[0] - '0') * scale);
      text.remove_prefix(1);
    }
  }
  return fraction;
}

/// "Z", "+01:00" or "-0530": how far the clock is ahead of UTC.
std::optional<std::chrono::minutes> read_zone(std::string_view zone) {
  if (zone == "Z" || zone == "z") {
    return std::chrono::minutes(0);
  }
  const bool has_colon = zone.size() == 6 && zone[3] == ':';
  if ((!has_colon && zone.size() != 5) || (zone[0] != '+' && zone[0] != '-')) {
    return std::nullopt;
  }
  const int hour = digits(zone, 1, 2);
  const int minute = digits(zone, has_colon ? 4 : 3, 2);
  if (!is_below(hour, 24) || !is_below(minute, 60)) {
    return std::nullopt;
  }
  const std::chrono::minutes ahead = std::chrono::hours(hour) + std::chrono::minutes(minute);
  return zone[0] == '+' ? ahead : -ahead;
}

}  // namespace

Result<Instant> parse_rfc3339(std::string_view text) {
  const Error wrong{
      ErrorKind::invalid, message("time.not_rfc3339", {{"text", std::string(text.substr(0, 60))}}), {}};
  const auto date = read_date(text);
  if (!date) {
    return wrong;
  }
  if (text.size() == 10) {
    return Instant(*date);
  }
  const auto clock = read_clock(text);
  if (!clock) {
    return wrong;
  }
  std::string_view rest = text.substr(19);
  const auto fraction = take_fraction(rest);
  const auto ahead = read_zone(rest);
  if (!ahead) {
    return wrong;
  }
  return Instant(*date) + *clock + fraction - *ahead;
}

}  // namespace releve
