// SPDX-License-Identifier: EUPL-1.2
#include "engine/care.hpp"

#include <algorithm>

namespace releve::engine {

/// Lowers capacity over [from, to) by a curve entered at age `age`.
static void follow(std::vector<std::int32_t>& capacity, std::int32_t from, std::int32_t to,
                   const Curve& curve, std::int32_t age) {
  std::int32_t* out = capacity.data() + from;
  const std::int32_t* in = curve.by_age.data() + age;
  for (std::int32_t i = 0; i < to - from; ++i) {
    out[i] = std::min(out[i], in[i]);
  }
}

/// After a gap: back-entry. From what the service could do while not linked, linearly to full.
static void catch_up(const Parameters& p, std::vector<std::int32_t>& capacity, std::int32_t begin,
                     std::int32_t end, const Curve& not_linked) {
  const auto wanted = static_cast<std::int32_t>(round_half_up(p.catch_up_share * (end - begin)));
  const std::int32_t length = std::min(wanted, p.catch_up_most);
  const std::int64_t low = not_linked.by_age[static_cast<std::size_t>(end - begin)];
  const std::int32_t caught_up = std::min(end + length, horizon);
  for (std::int32_t tick = end; tick < caught_up; ++tick) {
    auto& at = capacity[static_cast<std::size_t>(tick)];
    at = std::min(at, static_cast<std::int32_t>(low + (full_capacity - low) * (tick - end) / length));
  }
}

static void lower_by_group(const Model& model, const NeedGroup& group, const Timeline& offered,
                           std::vector<std::int32_t>& capacity) {
  std::int32_t gap = -1;
  for (std::size_t i = 0; i < offered.size() && offered[i].tick < horizon; ++i) {
    const Change& change = offered[i];
    if (change.state == State::full) {
      catch_up(model.parameters, capacity, gap, change.tick, model.curves[group.curves[2]]);
      gap = -1;
      continue;
    }
    gap = gap < 0 ? change.tick : gap;
    const std::int32_t until = i + 1 < offered.size() ? std::min(offered[i + 1].tick, horizon) : horizon;
    const Curve& curve = model.curves[group.curves[static_cast<std::size_t>(change.state)]];
    follow(capacity, change.tick, until, curve, change.tick - gap);
  }
}

std::vector<std::int32_t> capacity_of(const Model& model, ItemIndex service,
                                      const std::vector<Timeline>& states) {
  std::vector<std::int32_t> capacity(static_cast<std::size_t>(horizon), full_capacity);
  for (const NeedGroup& group : model.items[service].groups) {
    lower_by_group(model, group, group_timeline(group, states), capacity);
  }
  return capacity;
}

double transfers_of(const Item& item, const std::vector<std::int32_t>& capacity, std::int32_t from) {
  if (item.beds <= 0 || item.not_dischargeable <= 0) {
    return 0;
  }
  const auto occupied = static_cast<std::int32_t>(round_half_up(item.occupancy * full_capacity));
  std::int32_t lasted = 0;
  std::int32_t lowest = full_capacity;
  double most = 0;
  for (std::int32_t tick = 0; tick < static_cast<std::int32_t>(capacity.size()); ++tick) {
    const std::int32_t now = capacity[static_cast<std::size_t>(tick)];
    if (now >= occupied) {
      lasted = 0;
      lowest = full_capacity;
      continue;
    }
    ++lasted;
    if (tick < from) {
      continue;
    }
    lowest = std::min(lowest, now);
    if (lasted > item.transfer_after) {
      most = std::max(
          most, static_cast<double>(occupied - lowest) / full_capacity * item.beds * item.not_dischargeable);
    }
  }
  return most;
}

double loss_of(const Model& model, const std::vector<ServiceOutcome>& services) {
  double loss = 0;
  for (std::size_t i = 0; i < services.size(); ++i) {
    loss += model.items[model.services[i]].weight * static_cast<double>(services[i].lost);
  }
  return loss / full_capacity / ticks_per_hour;
}

static ServiceOutcome weigh_service(const Model& model, ItemIndex service,
                                    const std::vector<Timeline>& states) {
  ServiceOutcome result;
  const std::vector<std::int32_t> capacity = capacity_of(model, service, states);
  std::int64_t kept = 0;
  std::int32_t up = 0;
  const std::int32_t enough = model.parameters.stop_below;
  for (const std::int32_t now : capacity) {
    kept += now;
    up += now >= enough ? 1 : 0;
  }
  result.lost = static_cast<std::int64_t>(horizon) * full_capacity - kept;
  result.ticks_down = horizon - up;
  if (result.ticks_down > 0) {
    const auto stops = std::find_if(capacity.begin(), capacity.end(), [&](auto now) { return now < enough; });
    result.stops_at = static_cast<std::int32_t>(stops - capacity.begin());
  }
  result.down_at_end = capacity.back() < enough;
  for (const double hours : sample_hours) {
    result.sampled.push_back(capacity[static_cast<std::size_t>(hours * ticks_per_hour)]);
  }
  result.transfers = transfers_of(model.items[service], capacity);
  return result;
}

/// Does the service feel what it needs as it did before?
static bool feels_the_same(const Model& model, ItemIndex service, const std::vector<Timeline>& states,
                           const WeighedBefore& before) {
  if (std::find(before.changed.begin(), before.changed.end(), service.value) != before.changed.end()) {
    return false;
  }
  for (const NeedGroup& group : model.items[service].groups) {
    for (const Need& need : group.needs) {
      if (states[need.target.value] != before.states[need.target.value]) {
        return false;
      }
    }
  }
  return true;
}

CareOutcome weigh_care(const Model& model, const std::vector<Timeline>& states, const Plan& plan,
                       const WeighedBefore* before) {
  CareOutcome outcome;
  outcome.services.resize(model.services.size());
  for (std::size_t i = 0; i < model.services.size(); ++i) {
    const ItemIndex service = model.services[i];
    if (before != nullptr && feels_the_same(model, service, states, *before)) {
      outcome.services[i] = before->care.services[i];
    } else if (!states[service.value].empty()) {
      outcome.services[i] = weigh_service(model, service, states);
    }
  }
  for (std::uint32_t i = 0; i < model.items.size(); ++i) {
    if (!model.items[ItemIndex{i}].patient_record) {
      continue;
    }
    const Timeline& record = states[i];
    std::int32_t down = 0;
    for (std::size_t c = 0; c < record.size(); ++c) {
      const std::int32_t until = c + 1 < record.size() ? record[c + 1].tick : horizon;
      if (record[c].state == State::down && record[c].tick < horizon) {
        down += std::min(until, horizon) - record[c].tick;
      }
    }
    outcome.record_ticks = std::max(outcome.record_ticks, down);
  }
  for (const Task& task : plan.tasks) {
    outcome.staff_ticks +=
        std::max<std::int32_t>(0, std::min(task.end, horizon) - std::min(task.start, horizon));
  }
  outcome.loss = loss_of(model, outcome.services);
  return outcome;
}

}  // namespace releve::engine
