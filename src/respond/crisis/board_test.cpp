// SPDX-License-Identifier: EUPL-1.2
#include "prepare/assessment/hospital_for_tests.hpp"
#include "respond/crisis/boards.hpp"

#include <gtest/gtest.h>

namespace releve::crisis {
namespace {

using std::chrono::hours;

constexpr Instant t0 = Instant(std::chrono::milliseconds(1'790'000'000'000));

/// LAB needs LIS, which runs on SRV; IMG needs a picture archive that is reached over the internet.
class board : public ::testing::Test {
 protected:
  board() {
    using namespace cartography;
    Service lab{.id = "LAB", .name = "Laboratoire", .sector = Sector::laboratory, .weight = 2};
    Service imaging{.id = "IMG", .name = "Imagerie", .sector = Sector::imaging, .weight = 2};
    for (Service* one : {&lab, &imaging}) {
      one->capacity_2h = 0.9;
      one->capacity_8h = 0.4;
      one->capacity_24h = 0.2;
      one->capacity_72h = 0.2;
      one->capacity_1w = 0.2;
      one->capacity_4w = 0.1;
    }
    hospital.inventory.services = {lab, imaging};
    hospital.inventory.applications = {
        {.id = "LIS", .name = "SIL", .role = ApplicationRole::laboratory},
        {.id = "PACS", .name = "PACS", .role = ApplicationRole::imaging, .hosting = Hosting::saas}};
    hospital.inventory.components = {
        {.id = "SRV", .name = "SRV-LIS", .kind = ComponentKind::server},
        {.id = "SAAS", .name = "Service en ligne : PACS", .kind = ComponentKind::saas}};
    hospital.inventory.dependencies = {{.id = "1", .consumer = "LAB", .target = "LIS"},
                                       {.id = "2", .consumer = "LIS", .target = "SRV"},
                                       {.id = "3", .consumer = "IMG", .target = "PACS"},
                                       {.id = "4", .consumer = "PACS", .target = "SAAS"}};
  }

  ImpactBoard with(const Cut& cut, Instant now = t0) const {
    const auto map = hospital.draw();
    const assessment::Forecaster forecaster(map, assessment::repository_defaults(),
                                            assessment::repository_tables());
    return board_of(standings, map, forecaster, now, cut);
  }

  static const BoardElement& element(const ImpactBoard& given, const std::string& id) {
    const auto found = std::find_if(given.elements.begin(), given.elements.end(),
                                    [&](const BoardElement& one) { return one.id == id; });
    EXPECT_NE(found, given.elements.end()) << id;
    return *found;
  }

  void declare_down(const std::string& id, Instant at) {
    declare({.element = id, .name = id, .state = ElementState::down, .cause = Cause::encrypted}, at);
  }

  void declare(const Impact& impact, Instant at) {
    LineRow row;
    row.arrived = standings.through() + 1;
    row.chain = "own";
    row.number = row.arrived;
    row.line.id = std::to_string(row.arrived);
    row.line.happened = at;
    row.line.typed = at;
    row.line.deed.emplace().impact = impact;
    standings.add(row);
  }

  assessment::Hospital hospital;
  Standings standings;
};

TEST_F(board, a_cut_is_forecast_and_declares_nothing) {
  const ImpactBoard as_it_is = with({});
  EXPECT_FALSE(element(as_it_is, "LAB").stops);
  const ImpactBoard cut = with({.element = "SRV"});
  EXPECT_GT(element(cut, "LAB").stops, t0);
  EXPECT_FALSE(element(cut, "IMG").stops);
  EXPECT_EQ(element(cut, "SRV").forecast, ElementState::down);
  EXPECT_FALSE(element(cut, "SRV").seen) << "nobody has cut anything yet";
}

TEST_F(board, without_the_internet_whatever_is_kept_outside_is_out_of_reach) {
  const ImpactBoard cut = with({.element = "", .internet = true});
  EXPECT_FALSE(element(cut, "LAB").stops);
  EXPECT_GT(element(cut, "IMG").stops, t0);
  hospital.inventory.dependencies.pop_back();
  EXPECT_EQ(element(with({.element = "", .internet = true}), "IMG").stops, element(cut, "IMG").stops)
      << "nobody said what it is reached by";
}

TEST_F(board, what_was_down_before_a_cut_does_not_begin_anew) {
  declare_down("SRV", t0 - hours(30));
  EXPECT_EQ(element(with({.element = "SRV"}), "LAB").stops, element(with({}), "LAB").stops);
}

TEST_F(board, what_can_still_be_read_is_lost_by_a_cut) {
  declare({.element = "LIS", .name = "SIL", .state = ElementState::read_only}, t0 - hours(10));
  EXPECT_FALSE(element(with({}), "LAB").stops);
  const auto cut = element(with({.element = "LIS"}), "LAB").stops;
  EXPECT_EQ(cut, t0) << "it has worked on with what could be read: ten hours, but not beyond the cut";
  declare_down("LIS", t0);
  EXPECT_EQ(element(with({}), "LAB").stops, cut);
}

TEST_F(board, what_a_clock_that_was_ahead_declared_holds_already) {
  declare({.element = "LIS", .name = "SIL", .state = ElementState::read_only}, t0 + hours(2));
  const auto cut = element(with({.element = "LIS"}), "LAB").stops;
  standings = {};
  declare_down("LIS", t0);
  EXPECT_EQ(cut, element(with({}), "LAB").stops);
}

TEST_F(board, an_outage_that_a_clock_that_was_ahead_declared_is_borne_from_now) {
  hospital.inventory.applications[0].rto_h = 4;
  declare_down("LIS", t0 + hours(2));
  EXPECT_EQ(element(with({}), "LIS").since, t0);
  EXPECT_EQ(element(with({}), "LIS").tolerated_until, t0 + hours(4));
}

TEST_F(board, what_nobody_looked_at_is_borne_from_when_the_forecast_takes_it_down) {
  hospital.inventory.applications[0].rto_h = 4;
  declare_down("SRV", t0 - hours(1));
  EXPECT_EQ(element(with({}), "LIS").tolerated_until, t0 + hours(3));
  hospital.inventory.applications[1].rto_h = 4;
  hospital.inventory.dependencies.push_back(
      {.id = "5", .consumer = "LIS", .target = "PACS", .kind = cartography::DependencyKind::interface});
  const BoardElement linked = element(with({}), "PACS");
  EXPECT_EQ(linked.forecast, ElementState::not_linked);
  EXPECT_FALSE(linked.tolerated_until) << "isolated, and at work";
  declare_down("LIS", t0 - std::chrono::minutes(10));
  EXPECT_EQ(element(with({}), "LIS").tolerated_until, t0 + hours(3))
      << "whoever confirms it gives no time back";
  declare_down("SAAS", t0 - std::chrono::minutes(30));
  EXPECT_EQ(element(with({}), "PACS").tolerated_until, t0 + hours(4) - std::chrono::minutes(30))
      << "not from when it was isolated";
  declare({.element = "LIS", .name = "SIL", .state = ElementState::full}, t0);
  EXPECT_FALSE(element(with({}), "LIS").tolerated_until) << "somebody sees it at work";
  declare_down("LIS", t0 + hours(1));
  EXPECT_EQ(element(with({}, t0 + hours(1)), "LIS").tolerated_until, t0 + hours(5))
      << "the forecast was wrong of it";
}

TEST_F(board, what_works_isolated_is_borne_from_when_it_is_down) {
  hospital.inventory.applications[0].rto_h = 4;
  declare({.element = "LIS", .name = "SIL", .state = ElementState::not_linked}, t0 - hours(5));
  EXPECT_FALSE(element(with({}), "LIS").tolerated_until);
  declare_down("LIS", t0 - std::chrono::minutes(10));
  EXPECT_EQ(element(with({}), "LIS").since, t0 - hours(5));
  EXPECT_EQ(element(with({}), "LIS").tolerated_until, t0 + hours(4) - std::chrono::minutes(10));
}

TEST_F(board, of_what_must_come_back_together_each_is_brought_back_first) {
  hospital.inventory.components.push_back(
      {.id = "DB", .name = "BD-LIS", .kind = cartography::ComponentKind::server});
  hospital.inventory.dependencies.push_back({.id = "5", .consumer = "LIS", .target = "DB"});
  declare_down("SRV", t0 - hours(3));
  declare_down("DB", t0 - hours(3));
  declare_down("LIS", t0 - hours(2));
  hospital.inventory.applications.push_back({.id = "DPI", .name = "DPI"});
  hospital.inventory.dependencies.push_back({.id = "6", .consumer = "LAB", .target = "DPI"});
  declare_down("DPI", t0 - hours(6));  // its own outage has gone further: alone it gives a little
  declare_down("PACS", t0 - hours(2));
  const std::vector<FirstBack> first = with({}).first;
  ASSERT_EQ(first.size(), 5U);
  for (const FirstBack& one : first) {
    EXPECT_EQ(one.with_others, one.id != "PACS") << one.id;
    EXPECT_GT(one.regained, 50) << one.id;
    EXPECT_EQ(one.services.front(), one.id == "PACS" ? "Imagerie" : "Laboratoire");
  }
}

TEST_F(board, what_is_back_leaves_care_to_catch_up) {
  declare_down("SRV", t0 - hours(40));
  declare({.element = "SRV", .name = "SRV", .state = ElementState::full}, t0 - hours(1));
  const ImpactBoard back = with({});
  EXPECT_EQ(element(back, "SRV").forecast, ElementState::full);
  EXPECT_TRUE(back.first.empty());
  const BoardElement laboratory = element(back, "LAB");
  EXPECT_LT(laboratory.capacity, 1);
  EXPECT_FALSE(laboratory.stops) << "it is at work again";
  EXPECT_EQ(element(with({}, t0 + hours(9)), "LAB").capacity, 1) << "after a quarter of the outage";
}

TEST_F(board, what_is_brought_back_first_is_what_gives_care_back) {
  hospital.inventory.components.push_back(
      {.id = "PRN", .name = "Impressions", .kind = cartography::ComponentKind::server});
  hospital.inventory.services[0].weight = 3;
  declare_down("PRN", t0 - std::chrono::minutes(60));
  declare_down("SRV", t0 - std::chrono::minutes(57));
  declare_down("PACS", t0 - std::chrono::minutes(55));
  const std::vector<FirstBack> first = with({}).first;
  ASSERT_EQ(first.size(), 2U) << "nobody needs the third";
  EXPECT_EQ(first[0].id, "SRV") << "the laboratory weighs more";
  EXPECT_EQ(first[0].services, std::vector<std::string>{"Laboratoire"});
  EXPECT_EQ(first[1].services, std::vector<std::string>{"Imagerie"});
  EXPECT_GT(first[1].regained, 0);
}

TEST_F(board, care_that_has_ended_by_the_forecast_is_down_by_it) {
  declare_down("SRV", t0);
  const BoardElement before = element(with({}), "LAB");
  ASSERT_TRUE(before.stops);
  EXPECT_EQ(before.forecast, ElementState::full);
  const BoardElement after = element(with({}, *before.stops + hours(1)), "LAB");
  EXPECT_EQ(after.forecast, ElementState::down);
  EXPECT_FALSE(after.seen);
}

TEST_F(board, care_has_done_without_what_it_needs_since_that_was_not_full) {
  hospital.inventory.dependencies.push_back({.id = "5", .consumer = "IMG", .target = "LAB"});
  Impact laboratory{
      .element = "LAB", .name = "Laboratoire", .layer = Layer::service, .state = ElementState::down};
  declare(laboratory, t0 - hours(6));
  const auto stops = element(with({}), "IMG").stops;
  ASSERT_TRUE(stops);
  standings = {};
  laboratory.state = ElementState::not_linked;
  declare(laboratory, t0 - hours(6));
  laboratory.state = ElementState::down;
  declare(laboratory, t0 - hours(1));
  EXPECT_EQ(element(with({}), "IMG").stops, stops);
  EXPECT_EQ(element(with({}), "LAB").since, t0 - hours(1)) << "closed since then";
  hospital.inventory.dependencies.back().least_state = cartography::LeastState::not_linked;
  EXPECT_EQ(element(with({}), "IMG").stops, *stops + hours(5)) << "it lacked nothing before";
}

TEST_F(board, is_one_for_all_who_look_until_a_line_comes_or_it_is_old) {
  const auto map = std::make_shared<const cartography::Cartography>(hospital.draw());
  const auto forecaster = std::make_shared<const assessment::Forecaster>(
      *map, assessment::repository_defaults(), assessment::repository_tables());
  const CompiledHospital compiled{map, {}, forecaster};
  Boards boards;
  const auto first = boards.of("room", standings, compiled, t0);
  EXPECT_EQ(boards.of("room", standings, compiled, t0 + std::chrono::seconds(14)), first);
  EXPECT_NE(boards.of("other", standings, compiled, t0), first);
  declare_down("LIS", t0);
  const auto second = boards.of("room", standings, compiled, t0 + std::chrono::seconds(14));
  EXPECT_EQ(element(*second, "LIS").seen, ElementState::down);
  EXPECT_NE(boards.of("room", standings, compiled, t0 + std::chrono::seconds(30)), second) << "it is old";
  EXPECT_NE(boards.of("room", standings, compiled, t0), second) << "a clock that was set back";
}

TEST_F(board, says_of_what_two_posts_declared_otherwise_that_they_differ) {
  declare_down("SRV", t0);
  EXPECT_FALSE(element(with({}), "SRV").contested);
  LineRow row{2, "laptop", 1, {}, {}};
  row.line.id = "2";
  row.line.happened = row.line.typed = t0 + std::chrono::minutes(5);
  row.line.deed.emplace().impact = Impact{.element = "SRV", .name = "SRV", .state = ElementState::full};
  standings.add(row);
  EXPECT_EQ(element(with({}), "SRV").seen, ElementState::full);
  EXPECT_TRUE(element(with({}), "SRV").contested);
}

TEST_F(board, what_was_declared_keeps_its_cause) {
  declare_down("SRV", t0);
  EXPECT_EQ(element(with({}), "SRV").cause, Cause::encrypted);
  EXPECT_EQ(element(with({}), "LAB").cause, Cause::unknown);
}

}  // namespace
}  // namespace releve::crisis
