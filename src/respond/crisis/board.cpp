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

/// Takes down what a cut takes down, from now on.
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
  }
}

/// How long that is borne.
void bear_from(BoardElement& element, Instant begin) {
  if (element.tolerated_h) {
    element.tolerated_until =
        begin + std::chrono::milliseconds(std::llround(*element.tolerated_h * 3'600'000));
  }
}

void take_declared(BoardElement& element, const Standing& standing, Instant now) {
  const Impact& impact = *standing.row.line.deed->impact;
  element.seen = impact.state;
  element.contested = !standing.contested.empty();
  element.tolerated_until.reset();  // since when it is out is said by people
  if (impact.state != ElementState::full) {
    element.since = std::min(standing.since, now);  // a clock that was ahead
    element.cause = impact.cause;
    bear_from(element, *element.since);
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
      element->forecast_since = one.since;
      if (one.down_since) {
        bear_from(*element, *one.down_since);
      }
    }
  }
  for (const auto& one : forecast.services) {
    if (BoardElement* element = board.find(one.id)) {
      element->capacity = one.capacity;
      element->stops = one.stops;
      if (one.stops && *one.stops <= now) {
        element->forecast = ElementState::down;
        element->forecast_since = one.stops;
      }
      element->transfers = static_cast<std::int64_t>(std::ceil(one.transfers));
      element->curve = one.curve;
    }
  }
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
  result.elements = std::move(board).sorted();
  const double lost = lost_in(forecast);
  for (const Standing& one : standing) {
    const auto& impact = one.row.line.deed->impact;
    if (impact && impact->state != ElementState::full && forecaster.knows(impact->element)) {
      seen.push_back({impact->element, engine::State::full, now});
      const Forecast with_it = forecaster.forecast(seen, now);
      seen.pop_back();
      const double regained = lost - lost_in(with_it);
      if (regained > 0) {
        result.first.push_back({impact->element, impact->name, regained, saved(forecast, with_it)});
      }
    }
  }
  std::stable_sort(result.first.begin(), result.first.end(),
                   [](const FirstBack& a, const FirstBack& b) { return a.regained > b.regained; });
  return result;
}

}  // namespace releve::crisis
