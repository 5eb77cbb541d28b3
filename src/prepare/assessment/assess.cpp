// SPDX-License-Identifier: EUPL-1.2
#include "prepare/assessment/assess.hpp"

#include "foundation/base/hash.hpp"
#include "prepare/assessment/compiler.hpp"
#include "prepare/assessment/summary.hpp"

#include <algorithm>
#include <atomic>
#include <map>

namespace releve::assessment {

namespace {

constexpr std::uint32_t scout_worlds = 96;
constexpr std::uint32_t doubt_worlds = 200;
constexpr std::uint32_t most_lives = 2000;  // some 100 kB each where there was damage

Error cancelled() {
  return {ErrorKind::cancelled, message("assess.cancelled"), {}};
}

/// Runs one phase and reports its part [from, to) of the whole.
std::optional<engine::Run> phase(const engine::Model& model, const std::vector<engine::Measure>& measures,
                                 const AssessOptions& options, std::uint32_t worlds,
                                 std::span<const engine::Lived> known, double from, double to) {
  engine::RunOptions run;
  run.seed = options.seed;
  run.worlds = worlds;
  run.threads = options.threads;
  run.stop = options.stop;
  run.known = known;
  run.keep_lives = most_lives;
  if (options.progress) {
    run.progress = [&](std::uint32_t done) {
      options.progress(from + (to - from) * done / std::max(1U, worlds));
    };
  }
  return engine::run_worlds(model, measures, run);
}

/// The worlds told in full: the median and the 95th percentile by loss, among worlds with damage.
void tell_stories(const Assessed& assessed, const engine::Run& run, Outcome& outcome) {
  std::vector<std::uint32_t> damaged;
  for (std::uint32_t w = 0; w < run.worlds.size(); ++w) {
    if (run.worlds[w].attack.first_damage >= 0) {
      damaged.push_back(w);
    }
  }
  for (const auto& [id, share] : {std::pair{"median", 0.5}, {"severe", 0.95}}) {
    if (const auto world = world_at(run.worlds, damaged, share)) {
      outcome.stories.push_back(story_of(assessed.compiled, assessed.options.seed, *world, id));
    }
  }
}

void answer_doubts(const std::vector<Doubt>& doubts, const engine::Run& run, Outcome& outcome) {
  for (std::size_t d = 0; d < doubts.size(); ++d) {
    const double low = engine::mean_interval(run.measures[2 * d].avoided).mean;
    const double high = engine::mean_interval(run.measures[2 * d + 1].avoided).mean;
    Question question = doubts[d].question;
    question.swing = std::max({low, high, 0.0}) - std::min({low, high, 0.0});
    outcome.questions.push_back(std::move(question));
  }
  std::stable_sort(outcome.questions.begin(), outcome.questions.end(),
                   [](const auto& a, const auto& b) { return a.swing > b.swing; });
}

}  // namespace

std::string input_hash(const cartography::Cartography& cartography, const cartography::Defaults& defaults,
                       const Tables& tables, const std::string& scenario) {
  Hasher hasher;
  for (const std::string& part : {cartography.input_hash, tables.version, defaults.version, scenario}) {
    hasher.update(part);
    hasher.update("\n");
  }
  return hasher.hex();
}

Result<std::shared_ptr<const Assessed>> assess(const cartography::Cartography& given,
                                               const cartography::Defaults& defaults, const Tables& tables,
                                               const AssessOptions& options) {
  cartography::Cartography cartography = given;
  cartography::assume_dependencies(cartography, defaults);
  auto assessed = std::make_shared<Assessed>();
  assessed->options = options;
  assessed->compiled = compile(cartography, defaults, tables, {options.scenario});
  Compiled& compiled = assessed->compiled;
  Outcome& outcome = assessed->outcome;
  outcome.seed = std::to_string(options.seed);
  outcome.worlds = options.worlds;
  outcome.model_version = compiled.model_version;
  outcome.input_hash = input_hash(cartography, defaults, tables, options.scenario);
  outcome.scenario = options.scenario;
  outcome.findings = cartography.findings;
  outcome.findings.insert(outcome.findings.end(), compiled.findings.begin(), compiled.findings.end());

  const auto scouts = phase(compiled.model, {}, options, std::min(scout_worlds, options.worlds), {}, 0, 0.05);
  if (!scouts) {
    return cancelled();
  }
  if (options.preliminary) {
    Outcome first = outcome;
    first.preliminary = true;
    first.worlds = static_cast<std::int64_t>(scouts->worlds.size());
    summarise(compiled, cartography, defaults, tables, *scouts, first);
    options.preliminary(std::move(first));
  }
  assessed->candidates = derive_candidates(compiled, tables, scouts->worlds);
  const std::vector<Doubt> doubts = derive_doubts(compiled, cartography, defaults, tables, scouts->worlds);

  std::vector<engine::Measure> measures;
  for (const Candidate& candidate : assessed->candidates) {
    measures.push_back(candidate.measure);
  }
  auto run = phase(compiled.model, measures, options, options.worlds, scouts->lives, 0.05, 0.9);
  if (!run) {
    return cancelled();
  }
  summarise(compiled, cartography, defaults, tables, *run, outcome);
  outcome.headline.indicators = indicators_of(outcome, cartography::confirmed(given));
  const double confirmed = outcome.headline.services == 0
                               ? 0
                               : static_cast<double>(outcome.headline.services_confirmed) /
                                     static_cast<double>(outcome.headline.services);
  rank_measures(tables, *run, confirmed >= share_row(tables.restoration.amounts, "ranking_confirmed_share"),
                assessed->candidates, outcome);
  const auto best =
      std::max_element(outcome.measures.begin(), outcome.measures.end(),
                       [](const auto& a, const auto& b) { return a.loss_avoided.low < b.loss_avoided.low; });
  if (best != outcome.measures.end() && best->loss_avoided.low > 0) {
    outcome.headline.best_measure =
        outcome.measures.front().rank > 0 && outcome.measures.front().loss_avoided.low > 0
            ? outcome.measures.front()
            : *best;
  }
  std::vector<engine::Measure> ends;
  for (const Doubt& doubt : doubts) {
    ends.push_back(doubt.low);
    ends.push_back(doubt.high);
  }
  const auto swings =
      phase(compiled.model, ends, options, std::min(doubt_worlds, options.worlds), run->lives, 0.9, 1);
  if (!swings) {
    return cancelled();
  }
  answer_doubts(doubts, *swings, outcome);
  tell_stories(*assessed, *run, outcome);
  assessed->lives = std::move(run->lives);
  assessed->options.stop = {};  // of this run only: what they refer to ends with it
  assessed->options.progress = nullptr;
  assessed->options.preliminary = nullptr;
  return std::shared_ptr<const Assessed>(std::move(assessed));
}

/// The measures together, as one.
static Result<engine::Measure> together(const Assessed& assessed, const std::vector<std::string>& ids,
                                        double& cost, double& effort, const std::vector<CostChoice>& costs) {
  engine::Measure all{"together", {}};
  for (const std::string& id : ids) {
    const auto found = std::find_if(assessed.candidates.begin(), assessed.candidates.end(),
                                    [&](const Candidate& candidate) { return candidate.about.id == id; });
    if (found == assessed.candidates.end()) {
      return Error{ErrorKind::not_found, message("assess.unknown_measure", {{"id", id.substr(0, 200)}}),
                   "measures"};
    }
    all.changes.insert(all.changes.end(), found->measure.changes.begin(), found->measure.changes.end());
    const auto own =
        std::find_if(costs.begin(), costs.end(), [&](const CostChoice& choice) { return choice.id == id; });
    cost += own == costs.end() ? found->about.cost_eur : own->cost_eur;
    effort += own == costs.end() ? found->about.effort_days : own->effort_days;
  }
  return all;
}

static std::vector<double> losses_of(const std::vector<engine::World>& worlds) {
  std::vector<double> losses;
  for (const engine::World& world : worlds) {
    losses.push_back(world.care.loss);
  }
  return losses;
}

static std::vector<double> losses_of(const std::vector<engine::CareOutcome>& care) {
  std::vector<double> losses;
  for (const engine::CareOutcome& outcome : care) {
    losses.push_back(outcome.loss);
  }
  return losses;
}

Result<WhatIfResult> what_if(const Assessed& assessed, const std::vector<std::string>& measures,
                             const std::vector<CostChoice>& costs, unsigned threads, std::stop_token stop) {
  WhatIfResult result;
  const engine::Measure all = TRY(together(assessed, measures, result.cost_eur, result.effort_days, costs));
  engine::RunOptions options;
  options.seed = assessed.options.seed;
  options.worlds = assessed.options.worlds;
  options.threads = threads;
  options.stop = stop;
  options.known = assessed.lives;
  options.keep_care = true;
  const auto run = engine::run_worlds(assessed.compiled.model, {all}, options);
  if (!run) {
    return cancelled();
  }
  result.loss_before = loss_result(losses_of(run->worlds));
  result.loss_after = loss_result(losses_of(run->measures[0].care));
  const engine::Interval avoided = engine::mean_interval(run->measures[0].avoided);
  result.loss_avoided = {avoided.mean, avoided.low, avoided.high};
  const engine::Model& model = assessed.compiled.model;
  for (std::size_t s = 0; s < model.services.size(); ++s) {
    const auto& item = model.items[model.services[s]];
    ServiceWhatIf service{item.name.substr(8), item.label, 0, 0, std::nullopt, std::nullopt};
    std::vector<double> before;
    std::vector<double> after;
    for (std::uint32_t w = 0; w < options.worlds; ++w) {
      const auto& old = run->worlds[w].care.services[s];
      const auto& now = run->measures[0].care[w].services[s];
      if (old.stops_at >= 0) {
        before.push_back(static_cast<double>(old.ticks_down) / engine::ticks_per_hour);
      }
      if (now.stops_at >= 0) {
        after.push_back(static_cast<double>(now.ticks_down) / engine::ticks_per_hour);
      }
    }
    service.stop_before = static_cast<double>(before.size()) / options.worlds;
    service.stop_after = static_cast<double>(after.size()) / options.worlds;
    if (!before.empty()) {
      service.hours_down_before = engine::quantile(before, 0.5);
    }
    if (!after.empty()) {
      service.hours_down_after = engine::quantile(after, 0.5);
    }
    result.services.push_back(std::move(service));
  }
  return result;
}

Result<Frontier> frontier(const Assessed& assessed, unsigned threads, std::stop_token stop) {
  constexpr std::size_t most = 12;
  Frontier result;
  result.points.push_back({0, assessed.outcome.loss.mean, {}});
  std::vector<std::string> chosen;
  for (const MeasureResult& measure : assessed.outcome.measures) {
    if (result.points.size() > most || measure.loss_avoided.low <= 0) {
      continue;
    }
    std::vector<std::string> set = chosen;
    set.push_back(measure.id);
    double cost = 0;
    double effort = 0;
    const engine::Measure all = TRY(together(assessed, set, cost, effort, {}));
    engine::RunOptions options;
    options.seed = assessed.options.seed;
    options.worlds = std::min<std::uint32_t>(300, assessed.options.worlds);
    options.threads = threads;
    options.stop = stop;
    options.known = assessed.lives;
    const auto run = engine::run_worlds(assessed.compiled.model, {all}, options);
    if (!run) {
      return cancelled();
    }
    // Paired against the same worlds, carried over to the whole.
    double share = 0;
    double before = 0;
    for (std::uint32_t w = 0; w < options.worlds; ++w) {
      share += run->measures[0].avoided[w];
      before += run->worlds[w].care.loss;
    }
    const double loss = before > 0 ? assessed.outcome.loss.mean * (1 - share / before) : 0;
    if (loss < result.points.back().loss) {
      chosen = set;
      result.points.push_back({cost, loss, std::move(set)});
    }
  }
  return result;
}

}  // namespace releve::assessment
