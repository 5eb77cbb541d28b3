// SPDX-License-Identifier: EUPL-1.2
// From states to care: capacity of each service, what stops and for how long, transfers, loss
// (model.md, sections 4 and 6). Capacity is counted in millionths, time in ticks of 6 minutes, so that
// every sum is a whole number and the same in any order.
#pragma once

#include "engine/outage.hpp"

#include <array>
#include <cstdint>
#include <vector>

namespace releve::engine {

/// Moments at which capacity is kept for pictures, hours from the first damage.
inline constexpr std::array<double, 15> sample_hours{0.5, 1,   2,   4,   8,   16,  24,  48,
                                                     72,  120, 168, 336, 504, 672, 1000};

/// What one world did to one service. Ticks count from the first damage.
struct ServiceOutcome {
  std::int32_t stops_at = -1;         // first tick below the stop threshold
  std::int32_t ticks_down = 0;        // below it, over eight weeks
  bool down_at_end = false;           // the count is censored
  std::int64_t lost = 0;              // sum over ticks of (full - capacity), millionths
  double transfers = 0;               // patients proposed for transfer
  std::vector<std::int32_t> sampled;  // capacity at sample_hours; empty when always full
  bool operator==(const ServiceOutcome&) const = default;
};

struct CareOutcome {
  std::vector<ServiceOutcome> services;  // as Model::services
  std::int32_t record_ticks = 0;         // without the patient record, not even to read
  std::int64_t staff_ticks = 0;          // worked by the restoration teams
  double loss = 0;                       // weighted service-hours
  bool operator==(const CareOutcome&) const = default;
};

/// Capacity of a service by tick, 0 .. horizon - 1.
std::vector<std::int32_t> capacity_of(const Model& model, ItemIndex service,
                                      const std::vector<Timeline>& states);

/// Patients of a service who cannot be discharged, beyond what the remaining capacity holds, once that has
/// lasted; `capacity` by tick. Those that moved before the tick `from` are not counted: what was lost until
/// then tells how long it has lasted, not how much is to be borne.
double transfers_of(const Item& service, const std::vector<std::int32_t>& capacity, std::int32_t from = 0);

/// An outcome known already, of the same hospital but for `changed` items.
struct WeighedBefore {
  const std::vector<Timeline>& states;
  const CareOutcome& care;
  const std::vector<std::uint32_t>& changed;
};

/// Services that feel the same as in `before` are taken over from there: the result is the same, only sooner.
CareOutcome weigh_care(const Model& model, const std::vector<Timeline>& states, const Plan& plan,
                       const WeighedBefore* before = nullptr);

/// Weighted service-hours out of whole-number sums; services in the order of their names.
double loss_of(const Model& model, const std::vector<ServiceOutcome>& services);

}  // namespace releve::engine
