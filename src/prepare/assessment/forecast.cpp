// SPDX-License-Identifier: EUPL-1.2
#include "prepare/assessment/forecast.hpp"

#include "engine/care.hpp"

#include <algorithm>
#include <unordered_map>

namespace releve::assessment {

using engine::Item;
using engine::ItemIndex;
using engine::ItemKind;
using engine::Timeline;

namespace {

constexpr std::chrono::milliseconds tick_length =
    std::chrono::milliseconds(std::chrono::hours(1)) / engine::ticks_per_hour;
constexpr std::int32_t four_weeks = 4 * 7 * 24 * engine::ticks_per_hour;
constexpr std::int32_t three_days = 3 * 24 * engine::ticks_per_hour;

/// "component:SRV-1" -> "SRV-1".
std::string element_id(const Item& item) {
  return item.name.substr(item.name.find(':') + 1);
}

/// Where the ticks of one forecast lie in time.
struct Scale {
  Instant begin{};
  std::int32_t now = 0;

  std::int32_t tick(Instant at) const {
    return static_cast<std::int32_t>(std::max<std::int64_t>((at - begin) / tick_length, 0));
  }

  Instant at(std::int32_t tick) const { return begin + tick * tick_length; }
};

Scale scale_of(const std::vector<SeenState>& seen, Instant now) {
  Instant begin = now;
  for (const SeenState& one : seen) {
    begin = std::min(begin, one.from);
  }
  begin = std::max(begin, now - four_weeks * tick_length);
  return {begin, static_cast<std::int32_t>((now - begin) / tick_length)};
}

/// Begin of the gap that lasts now, else of the next one; nothing: from now on it is better than
/// `best_of_gap`.
std::optional<std::int32_t> gap_begin(const Timeline& timeline, std::int32_t now,
                                      engine::State best_of_gap = engine::State::not_linked) {
  std::optional<std::int32_t> begin;
  for (const engine::Change& change : timeline) {
    const bool over = change.state > best_of_gap;
    if (change.tick > now && (begin || over)) {
      break;
    }
    if (over) {
      begin.reset();
    } else if (!begin) {
      begin = change.tick;
    }
  }
  return begin;
}

ForecastService service_at(const engine::Model& model, ItemIndex index, const std::vector<Timeline>& states,
                           const Scale& scale) {
  const Item& item = model.items[index];
  const std::vector<std::int32_t> capacity = engine::capacity_of(model, index, states);
  const auto at = [&](std::int32_t tick) {
    return capacity[static_cast<std::size_t>(std::min(tick, engine::horizon - 1))];
  };
  const auto share = [&](std::int32_t tick) { return static_cast<double>(at(tick)) / engine::full_capacity; };
  ForecastService service{element_id(item), item.label, share(scale.now), {}, 0, 0, {}};
  // Under half now: since when; else the next moment.
  const auto enough = [&](std::int32_t value) { return value >= model.parameters.stop_below; };
  std::int32_t stop = scale.now;
  if (!enough(at(stop))) {
    while (stop > 0 && !enough(at(stop - 1))) {
      --stop;
    }
  } else {
    while (stop < engine::horizon && enough(at(stop))) {
      ++stop;
    }
  }
  if (stop < engine::horizon) {
    service.stops = scale.at(stop);
  }
  // Whoever had to move while it was out is not counted again while it catches up.
  if (gap_begin(states[index.value], scale.now)) {
    service.transfers = engine::transfers_of(item, capacity, scale.now);
  }
  std::int64_t lost = 0;
  for (std::int32_t tick = scale.now; tick < scale.now + three_days; ++tick) {
    lost += engine::full_capacity - at(tick);
  }
  service.lost = item.weight * static_cast<double>(lost) / engine::full_capacity / engine::ticks_per_hour;
  service.curve.push_back({0, service.capacity});
  for (const double hours : engine::sample_hours) {
    const auto tick = scale.now + static_cast<std::int32_t>(hours * engine::ticks_per_hour);
    if (tick < engine::horizon) {
      service.curve.push_back({hours, share(tick)});
    }
  }
  return service;
}

engine::Model model_of(cartography::Cartography cartography, const cartography::Defaults& defaults,
                       const Tables& tables) {
  cartography::assume_dependencies(cartography, defaults);
  return compile(cartography, defaults, tables, {}).model;
}

}  // namespace

Forecaster::Forecaster(const cartography::Cartography& cartography, const cartography::Defaults& defaults,
                       const Tables& tables)
    : model_(model_of(cartography, defaults, tables)) {
  for (std::uint32_t i = 0; i < model_.items.size(); ++i) {
    const Item& item = model_.items[ItemIndex{i}];
    if (item.kind != ItemKind::interface) {
      items_.emplace(element_id(item), i);
    }
  }
}

Forecast Forecaster::forecast(std::vector<SeenState> seen, Instant now) const {
  const Scale scale = scale_of(seen, now);
  std::stable_sort(seen.begin(), seen.end(), [](const auto& a, const auto& b) { return a.from < b.from; });
  std::vector<Timeline> own(model_.items.size());
  for (const SeenState& one : seen) {
    const auto place = items_.find(one.element);
    if (place != items_.end()) {
      Timeline& timeline = own[place->second];
      const std::int32_t tick = scale.tick(one.from);
      if (!timeline.empty() && timeline.back().tick == tick) {
        timeline.pop_back();  // of two within six minutes the later one
      }
      if (one.state != (timeline.empty() ? engine::State::full : timeline.back().state)) {
        timeline.push_back({tick, one.state});
      }
    }
  }
  const std::vector<Timeline> states = engine::solve_states(model_, own);
  Forecast forecast;
  for (std::uint32_t i = 0; i < model_.items.size(); ++i) {
    const Item& item = model_.items[ItemIndex{i}];
    if (states[i].empty() || item.kind == ItemKind::interface) {
      continue;
    }
    if (item.kind == ItemKind::service) {
      forecast.services.push_back(service_at(model_, ItemIndex{i}, states, scale));
      continue;
    }
    ForecastElement element{
        element_id(item), item.label, item.kind, engine::state_at(states[i], scale.now), {}, {}};
    if (const auto begin = gap_begin(states[i], scale.now)) {
      element.since = scale.at(*begin);
    }
    if (const auto begin = gap_begin(states[i], scale.now, engine::State::down);
        begin && *begin <= scale.now) {
      element.down_since = scale.at(*begin);
    }
    forecast.elements.push_back(std::move(element));
  }
  return forecast;
}

}  // namespace releve::assessment
