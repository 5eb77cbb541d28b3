// SPDX-License-Identifier: EUPL-1.2
// The demonstration hospital stays within broad bounds drawn from the published cases. Wide on purpose: they
// catch data that has gone wrong, not a figure that has moved. Sources and differences:
// docs/guide/plausibility.md.
#include "plausibility.hpp"

#include <gtest/gtest.h>

namespace releve::bench {
namespace {

struct Bound {
  const char* figure;
  double low;
  double high;
};

const Hospital& demonstration() {
  static const Hospital hospital = [] {
    Hospital one = read_back(fiction::FacilitySize::medium);
    cartography::assume_dependencies(one.cartography, one.data.defaults);
    return one;
  }();
  return hospital;
}

void expect_within(const std::string& scenario, std::uint32_t worlds, const std::vector<Bound>& bounds) {
  std::map<std::string, double> figures;
  for (const Figure& one : plausibility_of(demonstration(), scenario, worlds)) {
    figures[one.name] = one.value;
  }
  for (const Bound& bound : bounds) {
    ASSERT_TRUE(figures.contains(bound.figure)) << bound.figure;
    EXPECT_GE(figures[bound.figure], bound.low) << scenario << ": " << bound.figure;
    EXPECT_LE(figures[bound.figure], bound.high) << scenario << ": " << bound.figure;
  }
}

TEST(plausibility, a_crisis_looks_like_the_published_ones) {
  expect_within("crisis", 500,
                {
                    {"attempts.struck", 8, 50},       // enough worlds to say something, and no certainty
                    {"attacks.struck", 34, 80},       // 34 % (2025) to 74 % (2024): Sophos Healthcare
                    {"attacks.stole_only", 1, 15},    // 4 to 12 %
                    {"time_to_tier0.median", 2, 24},  // 3.4 to 16 h: Sophos Active Adversary
                    {"dwell.median", 3, 30},          // vendors 4 to 6 days; hospitals 9 to 60
                    {"dwell.p95", 25, 130},
                    {"strikes.off_hours", 65, 92},        // 75 to 90 %
                    {"machines_encrypted.mean", 40, 75},  // 58 %: Sophos Healthcare 2024
                    {"strikes.nearly_all_encrypted", 0, 20},
                    {"strikes.backups_lost", 45, 85},          // 63 %
                    {"strikes.virtualisation_taken", 10, 70},  // CHSF, UVM, Barcelona
                    {"record_write.p5", 1.5, 12},              // 2.6 days: Armentières
                    {"record_write.median", 14, 40},           // about 25 days
                    {"record_write.p95", 40, 400},             // more than 58: CHSF
                    {"everything_back.median", 25, 120},  // Kettering 24, UVM 55, CHSF 71, Dax more than 120
                    {"bed_days_in_week_1.median", -45, -10},  // -17 to -24 %: Medicare
                    {"beds_on_day_15.median", 50, 90},        // 60 %: Versailles
                    {"sighting_to_cut.median", 0.4, 8},       // 23 min Brest, 3.7 h Armentières
                });
}

TEST(plausibility, the_national_mix_is_mostly_small) {
  expect_within("national_mix", 500,
                {
                    {"severity.no_server", 35, 88},  // CERT Santé 2024: 42 % one workstation, 47 % one server
                    {"severity.one_server", 0, 60},
                    {"severity.several_servers", 5, 35},     // 11 %
                    {"strikes.back_within_a_week", 22, 90},  // 22 to 58 %: Sophos Healthcare
                    {"strikes.back_after_a_month", 3, 45},   // 28 to 37 %
                    {"services_stopped.p5", 0, 0},
                });
}

}  // namespace
}  // namespace releve::bench
