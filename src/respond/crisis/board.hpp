// SPDX-License-Identifier: EUPL-1.2
// The impact board: what is declared down, and what the engine says follows: which care stops and when, what
// capacity is left, which patients may have to move, what to bring back first. Observed beside forecast.
// Pure.
#pragma once

#include "prepare/assessment/forecast.hpp"
#include "respond/crisis/standing.hpp"

namespace releve::crisis {

/// One service, application or component on the board.
struct BoardElement {
  std::string id;  // in the cartography; empty: known by its name alone
  std::string name;
  Layer layer = Layer::application;
  std::optional<ElementState> seen;            // declared; none: nobody has said anything
  std::optional<Instant> since;                // left its full state; of care: came into this state
  Cause cause = Cause::unknown;                // as declared
  ElementState forecast = ElementState::full;  // by what it needs, now
  std::optional<double> tolerated_h;           // of an application: longest outage that care bears (DMIA)
  std::optional<Instant> tolerated_until;      // none: it is not down, or nobody said how long it may be
  // of a service
  std::optional<double> capacity_seen;  // share, as declared
  std::optional<double> capacity;       // forecast for now, 0..1
  std::optional<Instant> stops;         // when its capacity falls, or fell, under half; none: it does not
  std::int64_t transfers = 0;           // patients who may have to move: declared, else forecast
  std::vector<assessment::ForecastPoint> curve;  // capacity by hours from now
  bool contested = false;                        // another post declared it otherwise
};

/// Something declared out, with what its return now would give back, or would as the last of all that is out:
/// less than if it had never been out, since care catches up.
struct FirstBack {
  std::string id;
  std::string name;
  double regained = 0;                // weighted service-hours over the next three days; see with_others
  std::vector<std::string> services;  // that would stop later or not at all, by name
  bool with_others = false;           // it is the last to return: alone it gives less than half of that
};

struct ImpactBoard {
  Instant now{};
  std::vector<BoardElement> elements;  // services, applications, components: each by name
  std::vector<FirstBack> first;        // most useful first; none with a cut
  bool known = true;                   // false: this facility has no cartography, nothing is forecast
};

constexpr auto describe(BoardElement*) {
  return Fields{field<&BoardElement::id>("in the cartography; empty: known by its name alone"),
                field<&BoardElement::name>("name"),
                field<&BoardElement::layer>("care service, application or component"),
                field<&BoardElement::seen>("declared state; null: nobody has said anything"),
                field<&BoardElement::since>("left its full state; of care: came into this state"),
                field<&BoardElement::cause>("why it is not full, as declared"),
                field<&BoardElement::forecast>("state by what it needs, now"),
                field<&BoardElement::tolerated_h>("longest outage that care bears (DMIA), hours"),
                field<&BoardElement::tolerated_until>(
                    "end of that, from when it is down; null: it is not, or nobody said how long"),
                field<&BoardElement::capacity_seen>("share of care kept, as declared"),
                field<&BoardElement::capacity>("the same as forecast for now"),
                field<&BoardElement::stops>("when capacity falls, or fell, under half; null: it does not"),
                field<&BoardElement::transfers>("patients who may have to move: declared, else forecast"),
                field<&BoardElement::curve>("capacity by hours from now"),
                field<&BoardElement::contested>("another post declared it otherwise, not knowing of this")};
}

constexpr auto describe(FirstBack*) {
  return Fields{field<&FirstBack::id>("element"), field<&FirstBack::name>("name"),
                field<&FirstBack::regained>("weighted service-hours over the next three days"),
                field<&FirstBack::services>("that would stop later or not at all"),
                field<&FirstBack::with_others>(
                    "as the last to return of all that is out: alone it gives less than half of that")};
}

constexpr auto describe(ImpactBoard*) {
  return Fields{field<&ImpactBoard::now>("time of the forecast"),
                field<&ImpactBoard::elements>("services, applications, components"),
                field<&ImpactBoard::first>("what to bring back first"),
                field<&ImpactBoard::known>("false: no cartography, nothing is forecast")};
}

/// What somebody thinks of cutting: what care would lose is looked at before it is decided.
struct Cut {
  std::string element;    // empty: none
  bool internet = false;  // whatever the hospital reaches outside
};

/// `forecaster` is that of the cartography. With a cut: as it would be if that were down from now on.
ImpactBoard board_of(const Standings& standings, const cartography::Cartography& cartography,
                     const assessment::Forecaster& forecaster, Instant now, const Cut& cut = {});

}  // namespace releve::crisis
