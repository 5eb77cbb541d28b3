// SPDX-License-Identifier: EUPL-1.2
// What an assessment tells: the outcome document, the same from the command line (`releve assess --json`)
// and from the API. Figures carry their interval; hours count from the first damage unless said otherwise.
#pragma once

#include "foundation/base/message.hpp"
#include "foundation/describe/json.hpp"

#include <optional>
#include <string>
#include <vector>

namespace releve::assessment {

/// 5th, 50th and 95th percentile over worlds.
struct Quantiles {
  double p5 = 0;
  double p50 = 0;
  double p95 = 0;
};

constexpr auto describe(Quantiles*) {
  return Fields{field<&Quantiles::p5>("5th percentile"), field<&Quantiles::p50>("median"),
                field<&Quantiles::p95>("95th percentile")};
}

/// A mean with its 95 % interval.
struct Estimate {
  double mean = 0;
  double low = 0;
  double high = 0;
};

constexpr auto describe(Estimate*) {
  return Fields{field<&Estimate::mean>("mean"), field<&Estimate::low>("low end of the 95 % interval"),
                field<&Estimate::high>("high end")};
}

/// Capacity lost at one moment, over the worlds with damage.
struct CapacityPoint {
  double hours = 0;
  double p5 = 0;
  double p50 = 0;
  double p95 = 0;
};

constexpr auto describe(CapacityPoint*) {
  return Fields{field<&CapacityPoint::hours>("hours since the first damage"),
                field<&CapacityPoint::p5>("share of capacity lost, 5th percentile"),
                field<&CapacityPoint::p50>("median"), field<&CapacityPoint::p95>("95th percentile")};
}

struct ServiceResult {
  std::string id;
  std::string name;
  std::string sector;
  double stop_probability = 0;                       // of all attempts
  std::optional<double> stop_probability_if_struck;  // null when no world was struck
  std::optional<Quantiles> hours_until_stop;         // null under 20 worlds in which it stops
  std::optional<Quantiles> hours_down;
  std::int64_t worlds_stopped = 0;
  std::int64_t worlds_censored = 0;  // still down after eight weeks: read "at least"
  std::optional<std::int64_t> typical_world;
  Estimate loss;             // weighted service-hours
  Estimate transfers;        // patients proposed for transfer
  double lost_activity = 0;  // mean, in bed-days or in its unit
  std::string activity_unit;
  bool confirmed = false;
  std::vector<CapacityPoint> capacity;
};

constexpr auto describe(ServiceResult*) {
  return Fields{field<&ServiceResult::id>("identity"),
                field<&ServiceResult::name>("name"),
                field<&ServiceResult::sector>("kind of care"),
                field<&ServiceResult::stop_probability>(
                    "chance that an attempted attack takes it under half of its capacity"),
                field<&ServiceResult::stop_probability_if_struck>(
                    "the same over the worlds in which something was encrypted, as in the headline"),
                field<&ServiceResult::hours_until_stop>("over the worlds where it stops"),
                field<&ServiceResult::hours_down>(
                    "under half of its capacity, summed over eight weeks, where it stops"),
                field<&ServiceResult::worlds_stopped>("number of those worlds"),
                field<&ServiceResult::worlds_censored>("of them, still down after eight weeks"),
                field<&ServiceResult::typical_world>("of them, the one of median loss; null: it never stops"),
                field<&ServiceResult::loss>("weighted service-hours"),
                field<&ServiceResult::transfers>("patients proposed for transfer"),
                field<&ServiceResult::lost_activity>("mean activity lost"),
                field<&ServiceResult::activity_unit>("its unit; bed-days for wards"),
                field<&ServiceResult::confirmed>("its figures were given by the hospital"),
                field<&ServiceResult::capacity>("capacity lost over time")};
}

struct LossPoint {
  double loss = 0;
  double chance = 0;
};

constexpr auto describe(LossPoint*) {
  return Fields{field<&LossPoint::loss>("weighted service-hours"),
                field<&LossPoint::chance>("chance to lose more")};
}

struct LossResult {
  double mean = 0;
  double p5 = 0;
  double p50 = 0;
  double p95 = 0;
  double low = 0;
  double high = 0;
  std::string unit = "weighted_service_hours";
  std::vector<LossPoint> curve;
};

constexpr auto describe(LossResult*) {
  return Fields{field<&LossResult::mean>("mean over all worlds"),
                field<&LossResult::p5>("5th percentile"),
                field<&LossResult::p50>("median"),
                field<&LossResult::p95>("95th percentile"),
                field<&LossResult::low>("low end of the mean's 95 % interval"),
                field<&LossResult::high>("high end"),
                field<&LossResult::unit>("unit"),
                field<&LossResult::curve>("chance to lose more than x")};
}

struct DoorResult {
  std::string id;
  std::string label;
  std::string scenario;
  double share = 0;      // of the worlds
  double mean_loss = 0;  // of those worlds
};

constexpr auto describe(DoorResult*) {
  return Fields{field<&DoorResult::id>("identity"), field<&DoorResult::label>("place"),
                field<&DoorResult::scenario>("credentials, exposed_flaw, phishing or supplier"),
                field<&DoorResult::share>("share of worlds that begin here"),
                field<&DoorResult::mean_loss>("mean loss of those worlds")};
}

/// All doors of one kind together; `doors` names only the most costly places.
struct DoorKind {
  std::string scenario;
  double share = 0;      // of the worlds
  double mean_loss = 0;  // of those worlds
};

constexpr auto describe(DoorKind*) {
  return Fields{field<&DoorKind::scenario>("credentials, exposed_flaw, phishing or supplier"),
                field<&DoorKind::share>("share of worlds that begin by such a door"),
                field<&DoorKind::mean_loss>("mean loss of those worlds")};
}

struct ChokePoint {
  std::string id;
  std::string label;
  std::string kind;  // account, host, power
  double share = 0;  // of the worlds that reach their goal
};

constexpr auto describe(ChokePoint*) {
  return Fields{field<&ChokePoint::id>("identity"), field<&ChokePoint::label>("name"),
                field<&ChokePoint::kind>("account, host or power"),
                field<&ChokePoint::share>("share of successful attacks that pass here")};
}

struct MeasureResult {
  std::string id;
  Message title;
  std::string kind;
  double cost_eur = 0;
  double effort_days = 0;
  Estimate loss_avoided;
  double share_avoided = 0;  // of the mean loss
  std::int64_t worlds_changed = 0;
  std::int64_t rank =
      0;  // by loss avoided per euro; equal ranks cannot be told apart; 0: grouped, not ranked
};

constexpr auto describe(MeasureResult*) {
  return Fields{
      field<&MeasureResult::id>("identity"),
      field<&MeasureResult::title>("what to do"),
      field<&MeasureResult::kind>("kind of measure"),
      field<&MeasureResult::cost_eur>("cost, euros"),
      field<&MeasureResult::effort_days>("own work, days"),
      field<&MeasureResult::loss_avoided>("weighted service-hours, paired world by world"),
      field<&MeasureResult::share_avoided>("of the mean loss"),
      field<&MeasureResult::worlds_changed>("worlds it was rerun in"),
      field<&MeasureResult::rank>("by loss avoided per euro; equal: cannot be told apart; 0: not ranked")};
}

/// One line of a story. `lane` is "technical" or "care".
struct StoryEvent {
  double hours = 0;  // since first access
  std::string lane;
  Message message;
};

constexpr auto describe(StoryEvent*) {
  return Fields{field<&StoryEvent::hours>("hours since first access"),
                field<&StoryEvent::lane>("technical or care"), field<&StoryEvent::message>("what happened")};
}

struct Story {
  std::string id;  // "median", "severe", "world:17"
  std::int64_t world = 0;
  double loss = 0;
  std::int64_t first_access = 0;  // hour of the week, 0 = Monday 0 h
  std::vector<StoryEvent> events;
};

constexpr auto describe(Story*) {
  return Fields{field<&Story::id>("which"), field<&Story::world>("world number"),
                field<&Story::loss>("its loss"),
                field<&Story::first_access>("hour of the week, 0 to 167, Monday 0 h first"),
                field<&Story::events>("in order of time")};
}

struct Share {
  std::string id;
  double share = 0;
};

constexpr auto describe(Share*) {
  return Fields{field<&Share::id>("what"), field<&Share::share>("share of worlds")};
}

/// What an upper level sees of a facility without its cartography: no name of a service, a machine or a door.
struct Indicators {
  std::int64_t services = 0;
  std::int64_t services_likely_to_stop = 0;
  Quantiles loss;  // weighted service-hours, of all attempts
  std::int64_t facts = 0;
  std::int64_t facts_confirmed = 0;
};

constexpr auto describe(Indicators*) {
  return Fields{field<&Indicators::services>("care services"),
                field<&Indicators::services_likely_to_stop>(
                    "of them, more likely than not to stop once something was encrypted"),
                field<&Indicators::loss>("weighted service-hours lost, over all attempted attacks"),
                field<&Indicators::facts>("facts that have a default"),
                field<&Indicators::facts_confirmed>("of these, given by an import or an answer")};
}

/// The sentences of the overview, as figures.
struct Headline {
  std::int64_t services = 0;
  Quantiles services_stopped;  // over worlds in which something was encrypted
  std::string first_service;   // most often the first to stop
  std::optional<Quantiles> first_service_hours;
  std::optional<Quantiles> record_days;  // without the patient record
  std::optional<MeasureResult> best_measure;
  std::int64_t services_confirmed = 0;
  double strike_probability = 0;         // that an attempted attack encrypts something
  double damage_probability = 0;         // that it does, or that the cut that stops it has its price
  double yearly_probability = 0;         // data; shown apart
  std::optional<Indicators> indicators;  // none: a first answer, or an assessment of an earlier version
};

constexpr auto describe(Headline*) {
  return Fields{
      field<&Headline::services>("care services"),
      field<&Headline::services_stopped>("that stop, over worlds in which something was encrypted"),
      field<&Headline::first_service>("most often the first to stop"),
      field<&Headline::first_service_hours>("until it stops"),
      field<&Headline::record_days>("days without the patient record"),
      field<&Headline::best_measure>("most useful now"),
      field<&Headline::services_confirmed>("whose figures the hospital gave"),
      field<&Headline::strike_probability>("chance that an attempted attack encrypts something"),
      field<&Headline::damage_probability>("chance that it does damage, the price of a cut included"),
      field<&Headline::yearly_probability>("yearly chance of an attack, from data"),
      field<&Headline::indicators>("as upper levels see it; null: not computed")};
}

/// An unconfirmed input whose plausible range moves the result most.
struct Question {
  std::string element;
  std::string field;
  Message message;
  double swing = 0;     // weighted service-hours between its plausible ends
  std::string assumed;  // the default in use
};

constexpr auto describe(Question*) {
  return Fields{field<&Question::element>("element asked about; empty: the facility"),
                field<&Question::field>("its field"), field<&Question::message>("the question"),
                field<&Question::swing>("how far the mean loss moves over its plausible range"),
                field<&Question::assumed>("the default in use, as JSON")};
}

struct Outcome {
  bool preliminary = false;  // of the first worlds only, without measures, questions and stories
  std::string seed;          // decimal; 64 bits do not fit a JSON number everywhere
  std::int64_t worlds = 0;
  std::string model_version;
  std::string input_hash;
  std::string scenario;
  std::vector<Finding> findings;
  std::vector<ServiceResult> services;  // most care lost first
  LossResult loss;
  std::vector<DoorKind> door_kinds;  // most costly first
  std::vector<DoorResult> doors;     // most costly first, 50 at most
  std::vector<ChokePoint> choke_points;
  std::vector<MeasureResult> measures;
  std::vector<Story> stories;
  std::vector<Share> endings;       // how the worlds ended
  std::vector<Question> questions;  // most telling first
  Headline headline;
};

constexpr auto describe(Outcome*) {
  return Fields{field<&Outcome::preliminary>("a first answer while the run goes on: few worlds, no measures",
                                             {.optional = true}),
                field<&Outcome::seed>("seed"),
                field<&Outcome::worlds>("number of worlds"),
                field<&Outcome::model_version>("engine version and hash of its tables"),
                field<&Outcome::input_hash>("hash of everything that went in"),
                field<&Outcome::scenario>("scenario"),
                field<&Outcome::findings>("what to know of the input"),
                field<&Outcome::services>("by care lost"),
                field<&Outcome::loss>("all services together"),
                field<&Outcome::door_kinds>("how attacks begin"),
                field<&Outcome::doors>("where attacks begin"),
                field<&Outcome::choke_points>("where they pass"),
                field<&Outcome::measures>("what to do"),
                field<&Outcome::stories>("worlds told"),
                field<&Outcome::endings>("how the worlds ended"),
                field<&Outcome::questions>("what to find out next"),
                field<&Outcome::headline>("the overview")};
}

}  // namespace releve::assessment
