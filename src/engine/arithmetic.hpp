// SPDX-License-Identifier: EUPL-1.2
// Arithmetic with the same bits on every machine: exp, log and the normal quantile from + - x / alone
// (libm's last bits differ between versions), and delays as tables of quantiles. Built with
// -ffp-contract=off. Pure, thread-safe.
#pragma once

#include "foundation/base/result.hpp"

#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

namespace releve::engine {

/// Time is counted in ticks of 6 minutes; ten make an hour.
using Tick = std::uint16_t;
inline constexpr Tick never = 65535;
inline constexpr int ticks_per_hour = 10;

/// The whole number nearest to x, the greater of two at the same distance.
inline double round_half_up(double x) {
  return std::floor(x + 0.5);
}

/// e^x for |x| <= 700: powers of two split off, then the Taylor series. Relative error < 1e-15.
double exact_exp(double x);
/// Natural logarithm of x > 0: exponent split off, then the series of atanh. Error < 1e-14, relative
/// above e.
double exact_log(double x);
/// The x with P(N(0,1) <= x) = p, 0 < p < 1: rational approximation of Acklam (2003), without its
/// refinement; relative error < 1.2e-9, far below the rounding to ticks.
double normal_quantile(double p);

/// How long something takes, as 1,024 equally likely values in ticks (cell i holds the quantile at
/// (i + 1/2) / 1024). One draw u in [0, 2^32) picks cell u >> 22.
struct Delay {
  std::vector<Tick> cells;  // 1,024 values, not decreasing; one value alone: always this

  Tick at(std::uint32_t u) const { return cells.size() == 1 ? cells[0] : cells[u >> 22]; }

  bool operator==(const Delay&) const = default;
};

inline constexpr std::size_t delay_cells = 1024;

Delay fixed_delay(Tick ticks);
/// Lognormal by its median and 90th percentile, in hours; rounded half up to ticks, at least one tick.
Delay lognormal_delay(double median_hours, double p90_hours);

/// A discrete distribution: values with weights; cells are given out in order of value by cumulated weight,
/// rounded half up to 1/1024.
struct WeightedTick {
  Tick ticks = 0;
  double weight = 0;
};

Delay discrete_delay(std::vector<WeightedTick> values);

/// round(p x 2^32), the threshold under which a draw is live; p is clamped to [0, 1].
std::uint64_t threshold_of(double p);
inline constexpr std::uint64_t certain = 1ULL << 32;

/// a + b, saturating at `never`.
inline Tick add_ticks(Tick a, Tick b) {
  const std::uint32_t sum = static_cast<std::uint32_t>(a) + b;
  return sum >= never ? never : static_cast<Tick>(sum);
}

}  // namespace releve::engine
