// SPDX-License-Identifier: EUPL-1.2
#include "foundation/base/local_time.hpp"

#include <gtest/gtest.h>

namespace releve {
namespace {

Instant at(std::string_view text) {
  return parse_rfc3339(text).value();
}

TEST(local_time, knows_summer_winter_and_overseas) {
  EXPECT_EQ(moment_text(at("2026-11-26T20:52:59Z"), "Europe/Paris", "fr"), "26/11/2026 21:52");
  EXPECT_EQ(moment_text(at("2026-07-01T20:52:00Z"), "Europe/Paris", "en"), "2026-07-01 22:52");
  EXPECT_EQ(local_day(at("2026-11-26T23:10:00Z"), "Europe/Paris"), "2026-11-27");
  EXPECT_EQ(local_day(at("2026-11-26T23:10:00Z"), "America/Martinique"), "2026-11-26");
  EXPECT_EQ(moment_text(at("2027-01-01T01:30:00Z"), "America/Guadeloupe", "fr"), "31/12/2026 21:30");
  EXPECT_EQ(clock_text(at("2026-11-26T23:05:00Z"), "Indian/Reunion"), "03:05");
}

TEST(local_time, a_zone_that_nobody_knows_is_utc) {
  EXPECT_EQ(clock_text(at("2026-11-26T20:52:00Z"), "Nowhere/At_All"), "20:52");
  EXPECT_EQ(clock_text(at("2026-11-26T20:52:00Z"), ""), "20:52");
}

}  // namespace
}  // namespace releve
