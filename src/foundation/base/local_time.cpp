// SPDX-License-Identifier: EUPL-1.2
#include "foundation/base/local_time.hpp"

#include <unicode/ucal.h>
#include <unicode/ustring.h>

#include <memory>

namespace releve {

namespace {

std::string padded(int value, std::size_t width) {
  std::string text = std::to_string(value);
  return text.size() >= width ? text : std::string(width - text.size(), '0') + text;
}

std::u16string utf16(std::string_view ascii) {
  return {ascii.begin(), ascii.end()};
}

}  // namespace

LocalMoment local_moment(Instant at, const std::string& zone) {
  UErrorCode fault = U_ZERO_ERROR;
  const std::u16string name = utf16(zone.empty() ? "UTC" : zone);
  const std::unique_ptr<UCalendar, decltype(&ucal_close)> calendar(
      ucal_open(name.data(), static_cast<std::int32_t>(name.size()), "en", UCAL_GREGORIAN, &fault),
      &ucal_close);
  RELEVE_CHECK(U_SUCCESS(fault), "ICU opens a calendar");
  ucal_setMillis(calendar.get(), static_cast<UDate>(at.time_since_epoch().count()), &fault);
  const auto get = [&](UCalendarDateFields field) { return ucal_get(calendar.get(), field, &fault); };
  const LocalMoment moment{get(UCAL_YEAR), get(UCAL_MONTH) + 1, get(UCAL_DATE), get(UCAL_HOUR_OF_DAY),
                           get(UCAL_MINUTE)};
  RELEVE_CHECK(U_SUCCESS(fault), "ICU tells the time");
  return moment;
}

std::string clock_text(Instant at, const std::string& zone) {
  const LocalMoment local = local_moment(at, zone);
  return padded(local.hour, 2) + ":" + padded(local.minute, 2);
}

std::string local_day(Instant at, const std::string& zone) {
  const LocalMoment local = local_moment(at, zone);
  return padded(local.year, 4) + "-" + padded(local.month, 2) + "-" + padded(local.day, 2);
}

std::string moment_text(Instant at, const std::string& zone, std::string_view language) {
  const LocalMoment local = local_moment(at, zone);
  const std::string day =
      language == "en" ? local_day(at, zone)
                       : padded(local.day, 2) + "/" + padded(local.month, 2) + "/" + padded(local.year, 4);
  return day + " " + padded(local.hour, 2) + ":" + padded(local.minute, 2);
}

}  // namespace releve
