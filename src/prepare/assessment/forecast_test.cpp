// SPDX-License-Identifier: EUPL-1.2
#include "prepare/assessment/forecast.hpp"

#include "engine/care.hpp"
#include "prepare/assessment/fall.hpp"
#include "prepare/assessment/hospital_for_tests.hpp"

#include <gtest/gtest.h>

namespace releve::assessment {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

constexpr Instant t0 = Instant(std::chrono::milliseconds(1'700'000'000'000));

/// LAB needs LIS, which runs on SRV; WARD needs nothing that fails here.
class forecast : public ::testing::Test {
 protected:
  forecast() {
    Service lab{.id = "LAB", .name = "Laboratoire", .sector = Sector::laboratory, .weight = 2};
    lab.capacity_2h = 0.9;
    lab.capacity_8h = 0.4;
    lab.capacity_24h = 0.2;
    lab.capacity_72h = 0.2;
    lab.capacity_1w = 0.2;
    lab.capacity_4w = 0.1;
    Service ward{.id = "WARD", .name = "Médecine", .sector = Sector::other, .beds = 20, .weight = 1};
    hospital.inventory.services = {lab, ward};
    hospital.inventory.applications = {{.id = "LIS", .name = "SIL", .role = ApplicationRole::laboratory}};
    hospital.inventory.components = {{.id = "SRV", .name = "SRV-LIS", .kind = ComponentKind::server}};
    hospital.inventory.dependencies = {{.id = "1", .consumer = "LAB", .target = "LIS"},
                                       {.id = "2", .consumer = "LIS", .target = "SRV"}};
  }

  Forecaster forecaster() const { return {hospital.draw(), repository_defaults(), repository_tables()}; }

  static const ForecastService* service(const Forecast& given, const std::string& id) {
    for (const ForecastService& one : given.services) {
      if (one.id == id) {
        return &one;
      }
    }
    return nullptr;
  }

  Hospital hospital;
};

TEST_F(forecast, a_server_seen_down_stops_the_laboratory_when_its_own_means_run_out) {
  const Forecast seen = forecaster().forecast({{"SRV", engine::State::down, t0}}, t0 + hours(1));
  const ForecastService* lab = service(seen, "LAB");
  ASSERT_NE(lab, nullptr);
  EXPECT_DOUBLE_EQ(lab->capacity, 0.9);
  // 0.9 at 2 h, 0.4 at 8 h: half of it 4.8 h after the second hour.
  ASSERT_TRUE(lab->stops.has_value());
  EXPECT_EQ(*lab->stops, t0 + hours(6) + minutes(54));
  EXPECT_GT(lab->lost, 2 * 60 * 0.7);
  EXPECT_EQ(service(seen, "WARD"), nullptr);
  ASSERT_EQ(seen.elements.size(), 2U);
  EXPECT_EQ(seen.elements[0].now, engine::State::down);
  EXPECT_EQ(seen.elements[0].since, t0);
}

TEST_F(forecast, a_stop_that_has_come_is_told_with_its_moment) {
  const Forecast seen = forecaster().forecast({{"SRV", engine::State::down, t0}}, t0 + hours(30));
  const ForecastService* lab = service(seen, "LAB");
  ASSERT_NE(lab, nullptr);
  EXPECT_DOUBLE_EQ(lab->capacity, 0.2);
  EXPECT_EQ(lab->stops, t0 + hours(6) + minutes(54));
}

TEST_F(forecast, what_is_back_catches_up_and_is_full_again) {
  const Forecast seen = forecaster().forecast(
      {{"SRV", engine::State::full, t0 + hours(10)}, {"SRV", engine::State::down, t0}}, t0 + hours(300));
  const ForecastService* lab = service(seen, "LAB");
  ASSERT_NE(lab, nullptr);
  EXPECT_DOUBLE_EQ(lab->capacity, 1);
  EXPECT_FALSE(lab->stops.has_value());
  EXPECT_DOUBLE_EQ(lab->lost, 0);
  for (const ForecastElement& element : seen.elements) {
    EXPECT_EQ(element.now, engine::State::full);
    EXPECT_FALSE(element.since.has_value());
  }
}

TEST_F(forecast, patients_who_may_have_to_move_are_counted_from_now) {
  Service& ward = hospital.inventory.services[1];
  ward.occupancy = 0.95;
  ward.capacity_2h = ward.capacity_8h = ward.capacity_24h = ward.capacity_72h = ward.capacity_1w =
      ward.capacity_4w = 0.5;
  hospital.inventory.dependencies.push_back(
      {.id = "3", .consumer = "WARD", .target = "LIS", .autonomy_h = 0});
  const SeenState down{"LIS", engine::State::down, t0};
  const SeenState linked_again{"LIS", engine::State::not_linked, t0 + hours(20)};
  const double all = service(forecaster().forecast({down}, t0), "WARD")->transfers;
  EXPECT_GT(all, 0);
  EXPECT_DOUBLE_EQ(service(forecaster().forecast({down}, t0 + hours(40)), "WARD")->transfers, all);
  const Forecast linked = forecaster().forecast({down, linked_again}, t0 + hours(40));
  const ForecastService* after = service(linked, "WARD");
  ASSERT_NE(after, nullptr);
  EXPECT_LT(after->transfers, all) << "those of the first twenty hours have moved, or need not any more";
  const Forecast back =
      forecaster().forecast({down, {"LIS", engine::State::full, t0 + hours(400)}}, t0 + hours(401));
  ASSERT_NE(service(back, "WARD"), nullptr);
  EXPECT_LT(service(back, "WARD")->capacity, ward.occupancy) << "it catches up";
  EXPECT_EQ(service(back, "WARD")->transfers, 0);
}

TEST_F(forecast, a_loss_of_months_is_one_of_four_weeks) {
  const Forecast seen = forecaster().forecast({{"SRV", engine::State::down, t0}}, t0 + hours(24 * 90));
  const ForecastService* lab = service(seen, "LAB");
  ASSERT_NE(lab, nullptr);
  EXPECT_DOUBLE_EQ(lab->capacity, 0.1);
}

TEST_F(forecast, what_the_hospital_does_not_have_is_passed_over) {
  const Forecast seen = forecaster().forecast({{"NO-SUCH", engine::State::down, t0}}, t0);
  EXPECT_TRUE(seen.services.empty());
  EXPECT_TRUE(seen.elements.empty());
}

TEST_F(forecast, the_question_of_one_fall_is_the_same_forecast) {
  const auto fall = fall_of(hospital.draw(), repository_defaults(), repository_tables(), "LIS");
  ASSERT_TRUE(fall.ok());
  ASSERT_EQ(fall->services.size(), 1U);
  EXPECT_DOUBLE_EQ(*fall->services[0].hours_until_stop, 6.9);
  ASSERT_EQ(fall->services[0].capacity.size(), engine::sample_hours.size());
  EXPECT_DOUBLE_EQ(fall->services[0].capacity[2].capacity, 0.9);
  EXPECT_TRUE(fall->elements.empty());
  EXPECT_FALSE(fall_of(hospital.draw(), repository_defaults(), repository_tables(), "NO-SUCH").ok());
}

}  // namespace
}  // namespace releve::assessment
