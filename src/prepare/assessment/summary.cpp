// SPDX-License-Identifier: EUPL-1.2
#include "prepare/assessment/summary.hpp"

#include "foundation/base/text.hpp"
#include "prepare/assessment/compiler.hpp"
#include "prepare/cartography/confirmed.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

namespace releve::assessment {

using engine::World;

namespace {

constexpr std::size_t fewest_worlds = 20;  // under this a median says nothing (model.md, section 4)

Estimate estimate_of(const std::vector<double>& values) {
  const engine::Interval interval = engine::mean_interval(values);
  return {interval.mean, interval.low, interval.high};
}

const char* ending_name(engine::Ending ending) {
  switch (ending) {
    case engine::Ending::no_entry:
      return "no_entry";
    case engine::Ending::no_goal:
      return "no_goal";
    case engine::Ending::cut_before:
      return "cut_before";
    case engine::Ending::stole_only:
      return "stole_only";
    case engine::Ending::nothing_hit:
      return "nothing_hit";
    case engine::Ending::struck:
      return "struck";
  }
  return "?";
}

ServiceResult service_result(const engine::Model& model, std::size_t position,
                             const std::vector<World>& worlds) {
  const engine::Item& item = model.items[model.services[position]];
  ServiceResult result;
  result.id = item.name.substr(8);  // "service:"
  result.name = item.label;
  std::vector<double> until;
  std::vector<double> down;
  std::vector<double> loss;
  std::vector<double> transfers;
  double lost_ticks = 0;
  std::vector<std::uint32_t> stopped;
  std::size_t struck = 0;
  std::size_t struck_and_stopped = 0;
  for (std::uint32_t w = 0; w < worlds.size(); ++w) {
    const World& world = worlds[w];
    const engine::ServiceOutcome& outcome = world.care.services[position];
    const bool hit = world.attack.ending == engine::Ending::struck;
    struck += hit ? 1 : 0;
    if (outcome.stops_at >= 0) {
      struck_and_stopped += hit ? 1 : 0;
      stopped.push_back(w);
      until.push_back(static_cast<double>(outcome.stops_at) / engine::ticks_per_hour);
      down.push_back(static_cast<double>(outcome.ticks_down) / engine::ticks_per_hour);
      result.worlds_censored += outcome.down_at_end ? 1 : 0;
    }
    const double lost = static_cast<double>(outcome.lost) / engine::full_capacity;
    lost_ticks += lost;
    loss.push_back(item.weight * lost / engine::ticks_per_hour);
    transfers.push_back(outcome.transfers);
  }
  const auto count = static_cast<double>(std::max<std::size_t>(1, worlds.size()));
  result.worlds_stopped = static_cast<std::int64_t>(until.size());
  result.stop_probability = static_cast<double>(until.size()) / count;
  if (struck > 0) {
    result.stop_probability_if_struck = static_cast<double>(struck_and_stopped) / static_cast<double>(struck);
  }
  result.typical_world = world_at(worlds, stopped, 0.5);
  result.hours_until_stop = quantiles_of(until, fewest_worlds);
  result.hours_down = quantiles_of(down, fewest_worlds);
  result.loss = estimate_of(loss);
  result.transfers = estimate_of(transfers);
  const double days = lost_ticks / count / engine::ticks_per_hour / 24;
  result.lost_activity = days * (item.beds > 0 ? item.beds * item.occupancy : item.daily_activity);
  result.activity_unit = item.beds > 0 ? "bed_days" : "activity";
  for (std::size_t h = 0; h < engine::sample_hours.size(); ++h) {
    std::vector<double> at;
    for (const World& world : worlds) {
      if (world.attack.first_damage >= 0) {
        at.push_back(world.care.services[position].sampled.empty()
                         ? 0
                         : 1 - static_cast<double>(world.care.services[position].sampled[h]) /
                                   engine::full_capacity);
      }
    }
    const engine::Spread spread = engine::spread_of(at);
    result.capacity.push_back({engine::sample_hours[h], spread.p5, spread.p50, spread.p95});
  }
  return result;
}

struct Entries {
  std::size_t worlds = 0;
  double loss = 0;
};

void add_doors(const engine::Model& model, const std::vector<World>& worlds, Outcome& outcome) {
  std::map<std::uint32_t, Entries> by_door;
  std::map<std::string, Entries> by_kind;
  for (const World& world : worlds) {
    if (world.attack.door != engine::no_door) {
      for (Entries* entries :
           {&by_door[world.attack.door], &by_kind[model.doors[world.attack.door].scenario]}) {
        ++entries->worlds;
        entries->loss += world.care.loss;
      }
    }
  }
  const auto share = [&](const Entries& of) {
    return static_cast<double>(of.worlds) / static_cast<double>(worlds.size());
  };
  const auto mean = [](const Entries& of) { return of.loss / static_cast<double>(of.worlds); };
  for (const auto& [index, entries] : by_door) {
    const engine::Door& door = model.doors[index];
    outcome.doors.push_back({door.name, door.label, door.scenario, share(entries), mean(entries)});
  }
  for (const auto& [kind, entries] : by_kind) {
    outcome.door_kinds.push_back({kind, share(entries), mean(entries)});
  }
  const auto cost = [](const auto& one) { return one.share * one.mean_loss; };
  std::sort(outcome.doors.begin(), outcome.doors.end(), [&](const auto& a, const auto& b) {
    return cost(a) != cost(b) ? cost(a) > cost(b) : a.id < b.id;
  });
  std::stable_sort(outcome.door_kinds.begin(), outcome.door_kinds.end(),
                   [&](const auto& a, const auto& b) { return cost(a) > cost(b); });
  outcome.doors.resize(std::min<std::size_t>(outcome.doors.size(), 50));
}

void add_choke_points(const engine::Model& model, const std::vector<World>& worlds, Outcome& outcome) {
  std::map<std::uint32_t, std::size_t> used;
  std::size_t reached = 0;
  for (const World& world : worlds) {
    reached += world.attack.goal >= 0 ? 1 : 0;
    for (const engine::NodeIndex node : world.path) {
      ++used[node.value];
    }
  }
  for (const auto& [index, count] : used) {
    const engine::Node& node = model.nodes[engine::NodeIndex{index}];
    const char* kind = node.kind == engine::NodeKind::host    ? "host"
                       : node.kind == engine::NodeKind::power ? "power"
                                                              : "account";
    outcome.choke_points.push_back(
        {node.name, node.label, kind, static_cast<double>(count) / static_cast<double>(reached)});
  }
  std::sort(outcome.choke_points.begin(), outcome.choke_points.end(), [](const auto& a, const auto& b) {
    return a.share != b.share ? a.share > b.share : a.id < b.id;
  });
  outcome.choke_points.resize(std::min<std::size_t>(outcome.choke_points.size(), 50));
}

void add_headline(const engine::Model& model, const Tables& tables, const std::vector<World>& worlds,
                  Outcome& outcome) {
  Headline& headline = outcome.headline;
  headline.services = static_cast<std::int64_t>(model.services.size());
  std::vector<double> stopped;
  std::vector<double> record;
  std::map<std::size_t, std::vector<double>> first;
  std::size_t damaged = 0;
  for (const World& world : worlds) {
    damaged += world.attack.first_damage >= 0 ? 1 : 0;
    // "If an attack succeeded": something was encrypted. A cut in time has its price too, told by the loss.
    if (world.attack.ending != engine::Ending::struck) {
      continue;
    }
    std::size_t count = 0;
    std::size_t soonest = model.services.size();
    for (std::size_t s = 0; s < world.care.services.size(); ++s) {
      const std::int32_t at = world.care.services[s].stops_at;
      count += at >= 0 ? 1 : 0;
      if (at >= 0 && (soonest == model.services.size() || at < world.care.services[soonest].stops_at)) {
        soonest = s;
      }
    }
    stopped.push_back(static_cast<double>(count));
    if (soonest < model.services.size()) {
      first[soonest].push_back(static_cast<double>(world.care.services[soonest].stops_at) /
                               engine::ticks_per_hour);
    }
    if (world.care.record_ticks > 0) {
      record.push_back(static_cast<double>(world.care.record_ticks) / engine::ticks_per_hour / 24);
    }
  }
  headline.damage_probability = static_cast<double>(damaged) / static_cast<double>(worlds.size());
  headline.strike_probability = static_cast<double>(stopped.size()) / static_cast<double>(worlds.size());
  headline.services_stopped = quantiles_of(stopped, 0).value_or(Quantiles{});
  const auto most = std::max_element(first.begin(), first.end(), [](const auto& a, const auto& b) {
    return a.second.size() < b.second.size();
  });
  if (most != first.end()) {
    headline.first_service = model.items[model.services[most->first]].label;
    headline.first_service_hours = quantiles_of(most->second, 1);
  }
  headline.record_days = quantiles_of(record, fewest_worlds);
  headline.yearly_probability = share_row(tables.attack.chances, "yearly");
}

}  // namespace

std::optional<Quantiles> quantiles_of(const std::vector<double>& values, std::size_t at_least) {
  if (values.size() < at_least || values.empty()) {
    return std::nullopt;
  }
  const engine::Spread spread = engine::spread_of(values);
  return Quantiles{spread.p5, spread.p50, spread.p95};
}

std::optional<std::uint32_t> world_at(const std::vector<World>& worlds, std::vector<std::uint32_t> among,
                                      double share) {
  if (among.empty()) {
    return std::nullopt;
  }
  std::stable_sort(among.begin(), among.end(),
                   [&](auto a, auto b) { return worlds[a].care.loss < worlds[b].care.loss; });
  const auto at = static_cast<std::size_t>(share * static_cast<double>(among.size()));
  return among[std::min(among.size() - 1, at)];
}

LossResult loss_result(const std::vector<double>& losses) {
  LossResult result;
  const engine::Interval mean = engine::mean_interval(losses);
  const engine::Spread spread = engine::spread_of(losses);
  result.mean = mean.mean;
  result.low = mean.low;
  result.high = mean.high;
  result.p5 = spread.p5;
  result.p50 = spread.p50;
  result.p95 = spread.p95;
  std::vector<double> sorted = losses;
  std::sort(sorted.begin(), sorted.end());
  constexpr std::size_t points = 60;
  for (std::size_t i = 0; i <= points && !sorted.empty(); ++i) {
    const double at = sorted.back() * static_cast<double>(i) / points;
    const auto above = sorted.end() - std::upper_bound(sorted.begin(), sorted.end(), at);
    result.curve.push_back({at, static_cast<double>(above) / static_cast<double>(sorted.size())});
  }
  return result;
}

void summarise(const Compiled& compiled, const cartography::Cartography& cartography,
               const cartography::Defaults& defaults, const Tables& tables, const engine::Run& run,
               Outcome& outcome) {
  const engine::Model& model = compiled.model;
  std::vector<double> losses;
  std::map<engine::Ending, std::size_t> endings;
  for (const World& world : run.worlds) {
    losses.push_back(world.care.loss);
    ++endings[world.attack.ending];
  }
  outcome.loss = loss_result(losses);
  for (const auto& [ending, count] : endings) {
    outcome.endings.push_back(
        {ending_name(ending), static_cast<double>(count) / static_cast<double>(run.worlds.size())});
  }
  for (std::size_t s = 0; s < model.services.size(); ++s) {
    outcome.services.push_back(service_result(model, s, run.worlds));
  }
  for (const auto& service : cartography.services) {
    for (ServiceResult& result : outcome.services) {
      if (result.id == service.id) {
        const auto resolved = cartography::resolve(service, defaults);
        result.sector = std::string(text_of(service.sector));
        result.confirmed = cartography::is_confirmed(service, cartography);
        if (result.activity_unit == "activity") {
          result.activity_unit = resolved.activity_unit;
        }
      }
    }
  }
  std::stable_sort(outcome.services.begin(), outcome.services.end(),
                   [](const auto& a, const auto& b) { return a.loss.mean > b.loss.mean; });
  add_doors(model, run.worlds, outcome);
  add_choke_points(model, run.worlds, outcome);
  add_headline(model, tables, run.worlds, outcome);
  outcome.headline.services_confirmed = std::count_if(outcome.services.begin(), outcome.services.end(),
                                                      [](const auto& s) { return s.confirmed; });
}

Indicators indicators_of(const Outcome& outcome, const cartography::Confirmed& confirmed) {
  const auto likely = std::count_if(outcome.services.begin(), outcome.services.end(), [](const auto& one) {
    return one.stop_probability_if_struck.value_or(0) > 0.5;
  });
  const LossResult& loss = outcome.loss;
  return {outcome.headline.services,
          likely,
          {loss.p5, loss.p50, loss.p95},
          confirmed.facts,
          confirmed.facts_confirmed};
}

void rank_measures(const Tables& tables, const engine::Run& run, bool ranked,
                   std::vector<Candidate>& candidates, Outcome& outcome) {
  const double day = share_row(tables.restoration.amounts, "day_cost_eur");
  const auto price = [&](const MeasureResult& about) {
    return std::max(1.0, about.cost_eur + about.effort_days * day);
  };

  struct Entry {
    std::size_t candidate;
    double ratio;
  };

  std::vector<Entry> order;
  for (std::size_t c = 0; c < candidates.size(); ++c) {
    MeasureResult& about = candidates[c].about;
    about.loss_avoided = estimate_of(run.measures[c].avoided);
    about.share_avoided = outcome.loss.mean > 0 ? about.loss_avoided.mean / outcome.loss.mean : 0;
    about.worlds_changed = run.measures[c].worlds_changed;
    order.push_back({c, about.loss_avoided.mean / price(about)});
  }
  // Without enough confirmed input the order of euros would be an illusion: by loss avoided, unranked.
  std::stable_sort(order.begin(), order.end(), [&](const Entry& a, const Entry& b) {
    return ranked ? a.ratio > b.ratio
                  : candidates[a.candidate].about.loss_avoided.mean >
                        candidates[b.candidate].about.loss_avoided.mean;
  });
  std::size_t leader = 0;
  for (std::size_t i = 0; i < order.size(); ++i) {
    const std::size_t c = order[i].candidate;
    if (ranked) {
      std::vector<double> difference;
      const auto& first = run.measures[order[leader].candidate].avoided;
      const auto& here = run.measures[c].avoided;
      for (std::size_t w = 0; w < here.size(); ++w) {
        difference.push_back(first[w] / price(candidates[order[leader].candidate].about) -
                             here[w] / price(candidates[c].about));
      }
      if (i > 0 && engine::mean_interval(difference).low > 0) {
        leader = i;
      }
      candidates[c].about.rank = static_cast<std::int64_t>(leader) + 1;
    }
    outcome.measures.push_back(candidates[c].about);
  }
}

}  // namespace releve::assessment
