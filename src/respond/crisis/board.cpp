// SPDX-License-Identifier: EUPL-1.2
#include "respond/crisis/board.hpp"

#include <algorithm>
#include <cmath>
#include <map>

namespace releve::crisis {

using assessment::Forecast;
using assessment::Forecaster;
using assessment::SeenState;

namespace {

engine::State engine_state(ElementState state) {
  switch (state) {
    case ElementState::down:
      return engine::State::down;
    case ElementState::read_only:
      return engine::State::read_only;
    case ElementState::not_linked:
      return engine::State::not_linked;
    case ElementState::full:
      break;
  }
  return engine::State::full;
}

ElementState board_state(engine::State state) {
  switch (state) {
    case engine::State::down:
      return ElementState::down;
    case engine::State::read_only:
      return ElementState::read_only;
    case engine::State::not_linked:
      return ElementState::not_linked;
    case engine::State::full:
      break;
  }
  return ElementState::full;
}

/// All that was said of the elements of the board, as it stands, whatever a clock says: what needs them has
/// done without from the first of it, and catches up after the last.
std::vector<SeenState> seen_of(const Standings& standings, const std::vector<Standing>& standing,
                               Instant now) {
  std::vector<SeenState> seen;
  for (const Standing& one : standing) {
    if (!one.row.line.deed->impact) {
      continue;
    }
    Instant from{};
    for (const LineRow* row : standings.all(one.subject)) {
      const Impact& impact = *row->line.deed->impact;
      from = std::min(std::max(from, row->line.happened), now);
      seen.push_back({impact.element, engine_state(impact.state), from});
    }
  }
  return seen;
}

/// Takes down what a cut takes down, from now on; without the internet whatever is reached by it.
void take_cut(std::vector<SeenState>& seen, const cartography::Cartography& cartography, const Cut& cut,
              Instant now) {
  const auto add = [&](const std::string& id) { seen.push_back({id, engine::State::down, now}); };
  if (!cut.element.empty()) {
    add(cut.element);
  }
  if (cut.internet) {
    for (const auto& component : cartography.components) {
      if (component.kind == cartography::ComponentKind::saas) {
        add(component.id);
      }
    }
    for (const auto& application : cartography.applications) {
      add(assessment::outside_of(application.id));
    }
  }
}

void take_declared(BoardElement& element, const Standing& standing, Instant now) {
  const Impact& impact = *standing.row.line.deed->impact;
  element.seen = impact.state;
  element.contested = !standing.contested.empty();
  if (impact.state != ElementState::full) {
    element.since = std::min(standing.since, now);  // a clock that was ahead
    element.cause = impact.cause;
  }
  element.capacity_seen = impact.capacity;
  if (impact.transfers) {
    element.transfers = *impact.transfers;
  }
}

/// Care lost over the next three days, and which services stop then.
double lost_in(const Forecast& forecast) {
  double lost = 0;
  for (const auto& service : forecast.services) {
    lost += service.lost;
  }
  return lost;
}

std::vector<std::string> saved(const Forecast& now, const Forecast& with_it) {
  std::vector<std::string> names;
  for (const auto& service : now.services) {
    const auto same = std::find_if(with_it.services.begin(), with_it.services.end(),
                                   [&](const auto& one) { return one.id == service.id; });
    if (service.stops && (same == with_it.services.end() || !same->stops || *same->stops > *service.stops)) {
      names.push_back(service.name);
    }
  }
  return names;
}

class Board {
 public:
  explicit Board(const cartography::Cartography& cartography) {
    for (const auto& one : cartography.services) {
      add(one.id, one.name, Layer::service);
    }
    for (const auto& one : cartography.applications) {
      add(one.id, one.name, Layer::application).tolerated_h = one.rto_h;
    }
    for (const auto& one : cartography.components) {
      add(one.id, one.name, Layer::component);
    }
  }

  BoardElement& at(const Impact& impact) {
    const auto place = impact.element.empty() ? places_.end() : places_.find(impact.element);
    return place == places_.end() ? add(impact.element, impact.name, impact.layer) : elements_[place->second];
  }

  BoardElement* find(const std::string& id) {
    const auto place = places_.find(id);
    return place == places_.end() ? nullptr : &elements_[place->second];
  }

  /// Services, applications, components; each by name.
  std::vector<BoardElement> sorted() && {
    std::stable_sort(elements_.begin(), elements_.end(), [](const auto& a, const auto& b) {
      return a.layer != b.layer ? a.layer < b.layer : a.name < b.name;
    });
    return std::move(elements_);
  }

 private:
  BoardElement& add(const std::string& id, const std::string& name, Layer layer) {
    if (!id.empty()) {
      places_.emplace(id, elements_.size());
    }
    BoardElement& element = elements_.emplace_back();
    element.id = id;
    element.name = name;
    element.layer = layer;
    return element;
  }

  std::vector<BoardElement> elements_;
  std::map<std::string, std::size_t> places_;
};

void take_forecast(Board& board, const Forecast& forecast, Instant now) {
  for (const auto& one : forecast.elements) {
    if (BoardElement* element = board.find(one.id)) {
      element->forecast = board_state(one.now);
    }
  }
  for (const auto& one : forecast.services) {
    if (BoardElement* element = board.find(one.id)) {
      element->capacity = one.capacity;
      element->stops = one.stops;
      if (one.stops && *one.stops <= now) {
        element->forecast = ElementState::down;
      }
      element->transfers = static_cast<std::int64_t>(std::ceil(one.transfers));
      element->curve = one.curve;
    }
  }
}

/// Since when an application is down: as people say, or as the forecast took it down before them, unless they
/// saw it at work since then: whoever confirms an outage gives no time back.
Instant down_since(const std::vector<const LineRow*>& said, Instant forecast, Instant now) {
  constexpr auto tick = std::chrono::milliseconds(std::chrono::hours(1)) / engine::ticks_per_hour;
  Instant at_work{};
  std::optional<Instant> declared;
  for (const LineRow* row : said) {
    const Instant from = std::min(row->line.happened, now);
    if (row->line.deed->impact->state == ElementState::down) {
      declared = declared.value_or(from);
    } else {
      at_work = from;
      declared.reset();
    }
  }
  const bool before = forecast > at_work && forecast + tick < declared.value_or(Instant::max());
  return before ? forecast : declared.value_or(forecast);
}

/// How long each outage is borne. What can still be read, or works isolated, is at work.
void bear(Board& board, const Forecast& forecast, const Standings& standings, Instant now) {
  for (const auto& one : forecast.elements) {
    BoardElement* element = board.find(one.id);
    if (element == nullptr || !element->tolerated_h || !one.down_since ||
        element->seen.value_or(ElementState::down) != ElementState::down) {
      continue;
    }
    element->tolerated_until = down_since(standings.all("impact/" + one.id), *one.down_since, now) +
                               std::chrono::milliseconds(std::llround(*element->tolerated_h * 3'600'000));
  }
}

/// What the return of each gives: by itself, or as the one that was still missing when all else is back. Of
/// two that are both needed neither gives anything by itself, and care lacks either.
std::vector<FirstBack> first_back(const std::vector<Standing>& standing, const Forecaster& forecaster,
                                  std::vector<SeenState> seen, const Forecast& forecast, Instant now) {
  std::vector<const Impact*> out;
  for (const Standing& one : standing) {
    const auto& impact = one.row.line.deed->impact;
    if (impact && impact->state != ElementState::full && forecaster.knows(impact->element)) {
      out.push_back(&*impact);
    }
  }
  const auto with_back = [&](const auto& is_back) {
    std::vector<SeenState> states = seen;
    for (const Impact* one : out) {
      if (is_back(one)) {
        states.push_back({one->element, engine::State::full, now});
      }
    }
    return forecaster.forecast(std::move(states), now);
  };
  const Forecast all = with_back([](const Impact*) { return true; });
  std::vector<FirstBack> first;
  for (const Impact* one : out) {
    const Forecast alone = with_back([&](const Impact* other) { return other == one; });
    const Forecast missing = with_back([&](const Impact* other) { return other != one; });
    const double gained = lost_in(forecast) - lost_in(alone);
    const double lacking = lost_in(missing) - lost_in(all);
    const bool with_others = gained < lacking / 2;
    if (gained > 0 || with_others) {
      first.push_back({one->element, one->name, with_others ? lacking : gained,
                       with_others ? saved(missing, all) : saved(forecast, alone), with_others});
    }
  }
  std::stable_sort(first.begin(), first.end(),
                   [](const FirstBack& a, const FirstBack& b) { return a.regained > b.regained; });
  return first;
}

}  // namespace

ImpactBoard board_of(const Standings& standings, const cartography::Cartography& cartography,
                     const Forecaster& forecaster, Instant now, const Cut& cut) {
  const std::vector<Standing> standing = standings.list();
  std::vector<SeenState> seen = seen_of(standings, standing, now);
  take_cut(seen, cartography, cut, now);
  const Forecast forecast = forecaster.forecast(seen, now);
  Board board(cartography);
  take_forecast(board, forecast, now);
  for (const Standing& one : standing) {
    if (const auto& impact = one.row.line.deed->impact) {
      take_declared(board.at(*impact), one, now);
    }
  }
  ImpactBoard result;
  result.now = now;
  result.known = !cartography.services.empty();
  bear(board, forecast, standings, now);
  result.elements = std::move(board).sorted();
  if (cut.element.empty() && !cut.internet) {
    result.first = first_back(standing, forecaster, std::move(seen), forecast, now);
  }
  return result;
}

}  // namespace releve::crisis
