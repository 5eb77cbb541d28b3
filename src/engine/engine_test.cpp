// SPDX-License-Identifier: EUPL-1.2
// Arithmetic against the C library in long double, and the small parts one by one.
#include "engine/run.hpp"
#include "engine/slow_engine_for_tests.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>

namespace releve::engine {
namespace {

// -- arithmetic
// -------------------------------------------------------------------------------------------

TEST(arithmetic, exp_is_within_its_error) {
  long double worst = 0;
  for (int i = -700'000; i <= 700'000; i += 37) {
    const double x = i / 1000.0;
    const long double right = std::exp(static_cast<long double>(x));
    worst = std::max(worst, std::abs((exact_exp(x) - right) / right));
  }
  EXPECT_LT(worst, 1e-15L);
  EXPECT_EQ(exact_exp(0), 1.0);
}

TEST(arithmetic, log_is_within_its_error) {
  // Absolute where the logarithm is small; a logarithm of hundreds has no bits for 1e-14.
  const auto error = [](double x) {
    const long double right = std::log(static_cast<long double>(x));
    return std::abs(exact_log(x) - right) / std::max(1.0L, std::abs(right));
  };
  long double worst = 0;
  for (int i = 1; i <= 200'000; ++i) {
    worst = std::max({worst, error(i / 10'000.0), error(i * 1e7), error(i * 1e-15), error(i * 1e300)});
  }
  for (std::uint64_t u = 1; u < (1ULL << 33); u += 104'729) {  // the draws that order doors
    worst = std::max(worst, error(static_cast<double>(u) / 8589934592.0));
  }
  EXPECT_LT(worst, 1e-14L);
  EXPECT_EQ(exact_log(1), 0.0);
}

/// The quantile found by halving, from the error function.
long double quantile_by_halving(double p) {
  long double low = -40;
  long double high = 40;
  for (int i = 0; i < 200; ++i) {
    const long double middle = (low + high) / 2;
    (std::erfc(-middle / std::sqrt(2.0L)) / 2 < p ? low : high) = middle;
  }
  return low;
}

TEST(arithmetic, normal_quantile_is_within_its_error) {
  long double worst = 0;
  for (int i = 0; i < 1024; ++i) {
    const double p = (i + 0.5) / 1024;
    const long double right = quantile_by_halving(p);
    worst = std::max(worst, std::abs(normal_quantile(p) - right) / std::max(1.0L, std::abs(right)));
  }
  for (const double p : {1e-9, 1e-6, 0.001, 0.02425, 0.024249, 0.97575, 0.999999}) {
    const long double right = quantile_by_halving(p);
    worst = std::max(worst, std::abs(normal_quantile(p) - right) / std::max(1.0L, std::abs(right)));
  }
  EXPECT_LT(worst, 1.2e-9L);
}

TEST(arithmetic, a_lognormal_delay_has_its_median_and_its_90th_percentile) {
  for (const auto& [median, p90] :
       {std::pair{1.0, 4.0}, {24.0, 100.0}, {0.5, 0.6}, {72.0, 336.0}, {5.0, 5.0}}) {
    const Delay delay = lognormal_delay(median, p90);
    ASSERT_EQ(delay.cells.size(), delay_cells);
    EXPECT_TRUE(std::is_sorted(delay.cells.begin(), delay.cells.end()));
    EXPECT_NEAR((delay.cells[511] + delay.cells[512]) / 2.0, median * 10, median * 10 * 0.01 + 0.5);
    EXPECT_LE(delay.cells[920], p90 * 10 + 0.5);
    EXPECT_GE(delay.cells[922], p90 * 10 - 0.5);
    for (std::size_t i = 0; i < delay_cells; ++i) {
      const long double z = quantile_by_halving((static_cast<double>(i) + 0.5) / 1024);
      const long double hours =
          median * std::exp(z * std::log(static_cast<long double>(p90) / median) / 1.2815515655446004L);
      const long double ticks = std::clamp(hours * 10, 1.0L, 65535.0L);
      ASSERT_NEAR(static_cast<double>(delay.cells[i]), static_cast<double>(ticks), 0.5 + 1e-4) << i;
    }
  }
  EXPECT_EQ(lognormal_delay(0.001, 0.002).cells.front(), 1);
  EXPECT_EQ(lognormal_delay(10'000, 20'000).cells.back(), never);
}

std::map<Tick, int> counts(const Delay& delay) {
  std::map<Tick, int> out;
  for (std::uint64_t cell = 0; cell < 1024; ++cell) {
    ++out[delay.at(static_cast<std::uint32_t>((cell << 22) + 12'345))];
  }
  return out;
}

TEST(arithmetic, a_discrete_delay_gives_each_value_its_share) {
  EXPECT_EQ(counts(discrete_delay({{7, 1}, {3, 1}, {30, 2}})),
            (std::map<Tick, int>{{3, 256}, {7, 256}, {30, 512}}));
  EXPECT_EQ(counts(discrete_delay({{1, 1}, {2, 1}, {3, 1}})),
            (std::map<Tick, int>{{1, 341}, {2, 342}, {3, 341}}));
  EXPECT_EQ(counts(discrete_delay({{5, 0}, {6, 0.1}})), (std::map<Tick, int>{{6, 1024}}));
  EXPECT_EQ(counts(discrete_delay({{9, 0.5}, {9, 0.25}, {0, 0.25}})),
            (std::map<Tick, int>{{0, 256}, {9, 768}}));
  EXPECT_EQ(counts(fixed_delay(12)), (std::map<Tick, int>{{12, 1024}}));
}

TEST(arithmetic, thresholds_are_rounded_and_bounded) {
  EXPECT_EQ(threshold_of(0), 0U);
  EXPECT_EQ(threshold_of(-1), 0U);
  EXPECT_EQ(threshold_of(1), certain);
  EXPECT_EQ(threshold_of(2), certain);
  EXPECT_EQ(threshold_of(0.5), certain / 2);
  EXPECT_EQ(threshold_of(1 / 4294967296.0), 1U);
  EXPECT_EQ(threshold_of(0.49 / 4294967296.0), 0U);
  EXPECT_EQ(threshold_of(0.5 / 4294967296.0), 1U);
}

TEST(arithmetic, ticks_saturate) {
  EXPECT_EQ(add_ticks(3, 4), 7);
  EXPECT_EQ(add_ticks(65'534, 0), 65'534);
  EXPECT_EQ(add_ticks(65'534, 1), never);
  EXPECT_EQ(add_ticks(never, never), never);
}

TEST(arithmetic, the_slow_philox_is_the_published_one) {
  // Known answers of Random123 for counter and key of all zeros, all ones, and digits of pi.
  for (std::uint32_t word = 0; word < 4; ++word) {
    EXPECT_EQ(slow::draw(0, 0, 0, word),
              (std::array{0x6627e8d5U, 0xe169c58dU, 0xbc57ac4cU, 0x9b00dbd8U})[word]);
    EXPECT_EQ(slow::draw(0x299f31d0a4093822, 0x85a308d3243f6a88, 0x13198a2e, 4 * 5 + word),
              draw(0x299f31d0a4093822, 0x85a308d3243f6a88, 0x13198a2e, 4 * 5 + word));
  }
}

// -- model
// ------------------------------------------------------------------------------------------------

TEST(curve, goes_through_its_points_and_never_rises) {
  const std::array<double, 6> shares{0.9, 0.7, 0.7, 0.4, 0.25, 0};
  const std::array<std::size_t, 6> ages{20, 80, 240, 720, 1680, 6720};
  const Curve curve = curve_through(shares);
  ASSERT_EQ(curve.by_age.size(), static_cast<std::size_t>(horizon) + 1);
  for (std::size_t point = 0; point < ages.size(); ++point) {
    EXPECT_EQ(curve.by_age[ages[point]],
              static_cast<std::int32_t>(std::lround(shares[point] * full_capacity)));
  }
  EXPECT_EQ(curve.by_age[0], 900'000);
  EXPECT_EQ(curve.by_age[50], 800'000);   // half way from 20 to 80
  EXPECT_EQ(curve.by_age[480], 550'000);  // half way from 240 to 720
  EXPECT_EQ(curve.by_age[21], 896'667);   // 900,000 - round(200,000 / 60)
  EXPECT_EQ(curve.by_age.back(), 0);
  EXPECT_TRUE(std::is_sorted(curve.by_age.rbegin(), curve.by_age.rend()));
}

TEST(curve, a_rising_point_is_lowered_to_the_one_before) {
  EXPECT_EQ(curve_through({0.5, 0.8, 0.3, 0.4, 2, -1}), curve_through({0.5, 0.5, 0.3, 0.3, 0.3, 0}));
}

Model two_steps(bool turned) {
  Draft draft;
  draft.model.techniques.push_back({"technique", 0, false, fixed_delay(1)});
  const NodeIndex a = draft.node(NodeKind::account, "a", "a");
  const NodeIndex b = draft.node(NodeKind::account, "b", "b");
  const NodeIndex c = draft.node(NodeKind::account, "c", "c");
  const FactIndex fact = draft.fact("fact", "group", "label");
  const std::vector<Draft::NewStep> steps{{.inputs = {a, b}, .head = c, .chance = 0.5},
                                          {.inputs = {a}, .head = b},
                                          {.inputs = {a}, .head = b},
                                          {.inputs = {a}, .head = b, .facts = {fact}},
                                          {.inputs = {b}, .head = b}};
  for (std::size_t i = 0; i < steps.size(); ++i) {
    Draft::NewStep step = steps[turned ? steps.size() - 1 - i : i];
    if (turned) {
      std::reverse(step.inputs.begin(), step.inputs.end());
    }
    draft.step(step);
  }
  return std::move(draft).seal();
}

TEST(draft, the_order_of_adding_leaves_no_trace) {
  EXPECT_TRUE(two_steps(false) == two_steps(true));
}

TEST(draft, a_step_said_twice_is_one_and_each_set_of_facts_another) {
  const Model model = two_steps(false);
  ASSERT_EQ(model.steps.size(), 3U);  // a,b -> c; a -> b; a -> b by the fact; b -> b says nothing
  std::map<NameKey, int> keys;
  for (const Step& step : model.steps) {
    ++keys[step.key];
  }
  EXPECT_EQ(keys.size(), 2U) << "the same step by other facts shares its coin";
  EXPECT_EQ(model.steps_of(FactIndex{0}).size(), 1U);
}

TEST(draft, names_are_of_things_not_of_places_in_lists) {
  std::set<NameKey> keys;
  for (const bool later : {false, true}) {
    Draft draft;
    draft.model.techniques.push_back({"technique", 0, false, fixed_delay(1)});
    if (later) {
      draft.zone("another");
      draft.node(NodeKind::account, "another", "");
    }
    const ZoneIndex zone = draft.zone("z");
    const NodeIndex account = draft.node(NodeKind::account, "account", "");
    const NodeIndex host = draft.node(NodeKind::host, "host", "");
    draft.network_step({.inputs = {account}, .head = host, .chance = 0.5}, zone, Protocol::admin);
    const Model model = std::move(draft).seal();
    for (const Step& step : model.steps) {
      if (step.head == host) {
        keys.insert(step.key);
      }
    }
  }
  EXPECT_EQ(keys.size(), 1U);
}

TEST(draft, both_kinds_of_foothold_share_one_coin) {
  Draft draft;
  draft.model.techniques.push_back({"technique", 0, true, fixed_delay(1)});
  const ZoneIndex zone = draft.zone("z");
  const NodeIndex account = draft.node(NodeKind::account, "account", "");
  const NodeIndex host = draft.node(NodeKind::host, "host", "");
  draft.network_step({.inputs = {account}, .head = host, .chance = 0.5}, zone, Protocol::admin);
  const Model model = std::move(draft).seal();
  std::vector<Step> steps;
  for (const Step& step : model.steps) {
    if (step.head == host) {
      steps.push_back(step);
    }
  }
  ASSERT_EQ(steps.size(), 2U);
  EXPECT_EQ(steps[0].key, steps[1].key);
  const std::set<int> crossings{steps[0].crossings, steps[1].crossings};
  EXPECT_EQ(crossings, (std::set<int>{1 + 4, 1 + 2 + 4}));  // outside and everything; the other also zones
}

// -- attack
// -----------------------------------------------------------------------------------------------

/// Two sightings, the later known first. In the world looked for, the earlier falls before 8 h and
/// its reaction is slow, so that the cut that stands comes after the last step, which the cut of
/// the later sighting would have crossed.
TEST(attack, a_step_is_dropped_only_by_the_cut_that_stands) {
  Draft draft;
  draft.model.techniques = {{"early", 1, false, fixed_delay(10)},
                            {"quick", 1, false, fixed_delay(2)},
                            {"last", 0, false, fixed_delay(102)}};
  const ZoneIndex slow_zone = draft.zone("slow");
  const ZoneIndex fast_zone = draft.zone("fast");
  draft.watch(slow_zone, "slow", 1, fixed_delay(90));
  draft.watch(fast_zone, "fast", 1, fixed_delay(0));
  const NodeIndex start = draft.node(NodeKind::account, "start", "");
  const NodeIndex a = draft.node(NodeKind::account, "a", "");
  const NodeIndex b = draft.node(NodeKind::account, "b", "");
  const NodeIndex c = draft.node(NodeKind::account, "c", "");
  const auto crossed = static_cast<std::uint8_t>(Crossing::everything);
  draft.step({.inputs = {start}, .head = a, .technique = 0, .zone = slow_zone});  // done at 10, seen at 100
  draft.step({.inputs = {a}, .head = c, .technique = 2, .crossings = crossed});   // fires at 10, done at 112
  draft.step({.inputs = {a}, .head = b, .technique = 0, .zone = fast_zone});      // done and seen at 20
  draft.model.doors.push_back({.name = "door", .weight = 1, .grants = {start}});
  Parameters& p = draft.model.parameters;
  p.attempts = fixed_delay(1);
  p.ambitions = {{1, 1}};
  p.dwell_short = p.dwell_long = fixed_delay(0);
  p.reaction_office = fixed_delay(1);
  p.reaction_off = fixed_delay(500);
  p.cuts[2] = {certain, fixed_delay(0)};
  const Model model = std::move(draft).seal();
  AttackRunner runner(model);
  int found = 0;
  for (WorldIndex world = 0; world < 500; ++world) {
    const Attack attack = runner.run(1, world);
    if (attack.hour_of_week != 0) {  // Monday 0 h: the first sighting at 2 h, the other at 10 h
      continue;
    }
    ++found;
    EXPECT_EQ(attack.sighting, 20);
    EXPECT_EQ(attack.cuts[2], 520);
    EXPECT_EQ(runner.held_at(c), 112);
  }
  EXPECT_GT(found, 0);
}

TEST(attack, says_what_a_model_lacks) {
  Model model = two_steps(false);
  EXPECT_NO_THROW(AttackRunner{model});
  model.domains.push_back({"domain", NodeIndex{0}, NodeIndex{}});
  EXPECT_THROW(AttackRunner{model}, Bug);
  model.domains[0].deployment = NodeIndex{1};
  EXPECT_NO_THROW(AttackRunner{model});
  model.hosts.push_back({.name = "host", .node = NodeIndex{2}, .domain = 0});
  EXPECT_THROW(AttackRunner{model}, Bug);
  model.hosts[HostIndex{0}].domain = 0xFFFFFFFF;
  EXPECT_NO_THROW(AttackRunner{model});
  model.doors.push_back({.name = "door", .weight = 1});
  EXPECT_THROW(AttackRunner{model}, Bug);
}

// -- many worlds
// --------------------------------------------------------------------------------------------

TEST(run, quantiles_are_nearest_ranks) {
  EXPECT_EQ(quantile({}, 0.5), 0);
  EXPECT_EQ(quantile({3, 1, 2}, 0.5), 2);
  EXPECT_EQ(quantile({4, 3, 2, 1}, 0.5), 2);
  EXPECT_EQ(quantile({1, 2}, 0), 1);
  EXPECT_EQ(quantile({1, 2}, 1), 2);
  std::vector<double> hundred(100);
  for (std::size_t i = 0; i < hundred.size(); ++i) {
    hundred[i] = static_cast<double>(i + 1);
  }
  EXPECT_EQ(spread_of(hundred).p5, 5);
  EXPECT_EQ(spread_of(hundred).p50, 50);
  EXPECT_EQ(spread_of(hundred).p95, 95);
}

TEST(run, the_interval_of_a_mean) {
  const Interval interval = mean_interval({1, 2, 3, 4});
  EXPECT_DOUBLE_EQ(interval.mean, 2.5);
  EXPECT_NEAR(interval.high - interval.mean, 1.959964 * std::sqrt(5.0 / 3 / 4), 1e-12);
  EXPECT_NEAR(interval.mean - interval.low, interval.high - interval.mean, 1e-12);
  EXPECT_EQ(mean_interval({}).mean, 0);
  EXPECT_EQ(mean_interval({7}).high, 7);
}

TEST(run, can_be_stopped) {
  Draft draft;
  draft.model.doors.push_back({.name = "door", .weight = 1, .open = false});
  draft.model.parameters.attempts = fixed_delay(1);
  draft.model.parameters.ambitions = {{1, 1}};
  const Model model = std::move(draft).seal();
  std::stop_source stop;
  stop.request_stop();
  EXPECT_FALSE(run_worlds(model, {}, {.worlds = 10, .stop = stop.get_token()}).has_value());
  std::uint32_t most = 0;
  const auto run =
      run_worlds(model, {}, {.worlds = 10, .progress = [&](std::uint32_t done) { most = done; }});
  ASSERT_TRUE(run.has_value());
  EXPECT_EQ(most, 10U);
}

}  // namespace
}  // namespace releve::engine
