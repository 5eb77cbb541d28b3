// SPDX-License-Identifier: EUPL-1.2
#include "foundation/base/day.hpp"

#include <algorithm>

namespace releve {

std::string day_of(Instant instant) {
  return to_rfc3339(instant).substr(0, 10);
}

namespace {

std::optional<std::chrono::year_month_day> read(std::string_view text) {
  const auto instant = parse_rfc3339(text);
  if (!instant || day_of(*instant) != text) {
    return std::nullopt;
  }
  return std::chrono::year_month_day(std::chrono::floor<std::chrono::days>(*instant));
}

}  // namespace

bool is_day(std::string_view text) {
  return read(text).has_value();
}

int months_between(std::string_view from, std::string_view to) {
  const auto first = read(from);
  const auto last = read(to);
  RELEVE_CHECK(first && last, "days were checked before");
  const auto months = (last->year() / last->month()) - (first->year() / first->month());
  return std::max(0, static_cast<int>(months.count()) - (last->day() < first->day() ? 1 : 0));
}

int days_between(std::string_view from, std::string_view to) {
  const auto first = read(from);
  const auto last = read(to);
  RELEVE_CHECK(first && last, "days were checked before");
  return static_cast<int>((std::chrono::sys_days(*last) - std::chrono::sys_days(*first)).count());
}

std::string days_after(std::string_view day, int days) {
  const auto first = read(day);
  RELEVE_CHECK(first, "a day was checked before");
  return day_of(Instant(std::chrono::sys_days(*first) + std::chrono::days(days)));
}

}  // namespace releve
