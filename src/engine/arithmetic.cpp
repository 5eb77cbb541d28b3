// SPDX-License-Identifier: EUPL-1.2
#include "engine/arithmetic.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

namespace releve::engine {

double exact_exp(double x) {
  // ln 2 in two parts, the first with so few bits that its multiples are exact.
  constexpr double ln2_high = 6.93147180369123816490e-01;
  constexpr double ln2_low = 1.90821492927058770002e-10;
  const double twos = round_half_up(x * 1.44269504088896340736);
  const double rest = (x - twos * ln2_high) - twos * ln2_low;  // within ln(2)/2
  double term = 1;
  double sum = 1;
  for (int n = 1; n <= 14; ++n) {
    term *= rest / n;
    sum += term;
  }
  return std::ldexp(sum, static_cast<int>(twos));
}

double exact_log(double x) {
  RELEVE_CHECK(x > 0, "logarithm of a positive number");
  constexpr double ln2 = 0.693147180559945309417232121458;
  const auto bits = std::bit_cast<std::uint64_t>(x);
  int exponent = static_cast<int>((bits >> 52) & 0x7FF) - 1023;
  double mantissa = std::bit_cast<double>((bits & 0xFFFFFFFFFFFFFULL) | 0x3FF0000000000000ULL);
  if (mantissa > 1.41421356237309504880) {
    mantissa /= 2;
    ++exponent;
  }
  const double z = (mantissa - 1) / (mantissa + 1);
  const double z2 = z * z;
  double power = z;
  double sum = 0;
  for (int n = 1; n <= 23; n += 2) {
    sum += power / n;
    power *= z2;
  }
  return 2 * sum + exponent * ln2;
}

/// Square root by Newton's iteration; IEEE sqrt is exact everywhere, so the hardware's is used.
static double tail_quantile(double p) {
  constexpr double c[] = {-7.784894002430293e-03, -3.223964580411365e-01, -2.400758277161838e+00,
                          -2.549732539343734e+00, 4.374664141464968e+00,  2.938163982698783e+00};
  constexpr double d[] = {7.784695709041462e-03, 3.224671290700398e-01, 2.445134137142996e+00,
                          3.754408661907416e+00};
  const double q = std::sqrt(-2 * exact_log(p));
  return (((((c[0] * q + c[1]) * q + c[2]) * q + c[3]) * q + c[4]) * q + c[5]) /
         ((((d[0] * q + d[1]) * q + d[2]) * q + d[3]) * q + 1);
}

double normal_quantile(double p) {
  constexpr double a[] = {-3.969683028665376e+01, 2.209460984245205e+02,  -2.759285104469687e+02,
                          1.383577518672690e+02,  -3.066479806614716e+01, 2.506628277459239e+00};
  constexpr double b[] = {-5.447609879822406e+01, 1.615858368580409e+02, -1.556989798598866e+02,
                          6.680131188771972e+01, -1.328068155288572e+01};
  constexpr double low = 0.02425;
  if (p < low) {
    return tail_quantile(p);
  }
  if (p > 1 - low) {
    return -tail_quantile(1 - p);
  }
  const double q = p - 0.5;
  const double r = q * q;
  return (((((a[0] * r + a[1]) * r + a[2]) * r + a[3]) * r + a[4]) * r + a[5]) * q /
         (((((b[0] * r + b[1]) * r + b[2]) * r + b[3]) * r + b[4]) * r + 1);
}

Delay fixed_delay(Tick ticks) {
  return Delay{{ticks}};
}

Delay lognormal_delay(double median_hours, double p90_hours) {
  RELEVE_CHECK(median_hours > 0 && p90_hours >= median_hours,
               "a median above 0 and a 90th percentile above it");
  constexpr double z90 = 1.2815515655446004;
  const double spread = exact_log(p90_hours / median_hours) / z90;
  Delay delay;
  delay.cells.reserve(delay_cells);
  for (std::size_t i = 0; i < delay_cells; ++i) {
    const double z = normal_quantile((static_cast<double>(i) + 0.5) / delay_cells);
    const double exponent = spread * z;
    // e^±60 is far outside 1 tick .. never for any median that a table may hold.
    const double hours = median_hours * exact_exp(std::clamp(exponent, -60.0, 60.0));
    const double ticks = round_half_up(hours * ticks_per_hour);
    delay.cells.push_back(ticks >= never ? never : static_cast<Tick>(std::max(1.0, ticks)));
  }
  return delay;
}

Delay discrete_delay(std::vector<WeightedTick> values) {
  RELEVE_CHECK(!values.empty(), "a discrete delay has a value");
  std::sort(values.begin(), values.end(), [](const auto& a, const auto& b) { return a.ticks < b.ticks; });
  double total = 0;
  for (const auto& value : values) {
    RELEVE_CHECK(value.weight >= 0, "weights are not negative");
    total += value.weight;
  }
  RELEVE_CHECK(total > 0, "some weight is positive");
  Delay delay;
  double cumulated = 0;
  for (const auto& value : values) {
    cumulated += value.weight;
    const auto end = static_cast<std::size_t>(round_half_up(cumulated / total * delay_cells));
    delay.cells.resize(std::max(delay.cells.size(), std::min(end, delay_cells)), value.ticks);
  }
  delay.cells.resize(delay_cells, values.back().ticks);
  return delay;
}

std::uint64_t threshold_of(double p) {
  return static_cast<std::uint64_t>(round_half_up(std::clamp(p, 0.0, 1.0) * 4294967296.0));
}

}  // namespace releve::engine
