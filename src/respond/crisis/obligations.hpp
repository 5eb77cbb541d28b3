// SPDX-License-Identifier: EUPL-1.2
// Whom a hospital must tell, by when: the clocks of a crisis, each with its own starting event. What they are
// is data (data/obligations.json), with sources and a mark on what is to be confirmed; how far they
// are follows from the standing lines.
#pragma once

#include "foundation/base/result.hpp"
#include "respond/crisis/standing.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace releve::crisis {

/// Words in both languages.
struct Words {
  std::string fr;
  std::string en;

  const std::string& in(std::string_view language) const { return language == "en" ? en : fr; }
};

/// An event that starts clocks.
struct ClockEvent {
  std::string id;
  Words label;
  bool at_opening = false;  // holds, as an assumption, from the opening on, until a line says when it was
};

struct Obligation {
  std::string id;
  Words label;
  Words recipient;
  std::string starts;                  // event
  std::optional<std::int64_t> hours;   // until then; neither hours nor months: without delay
  std::optional<std::int64_t> months;  // of the calendar
  bool applies = true;                 // false: only once the cell says so
  std::string document;                // text that can be prefilled; empty: none
  std::string source;
  bool confirmed = false;  // false: to be confirmed as the rule
  bool first = false;      // one of the few lines that a room shows before anything else
  std::string contact;     // whom to call: an id of the starting library of plans
};

struct Obligations {
  std::vector<ClockEvent> events;
  std::vector<Obligation> obligations;
};

constexpr auto describe(Words*) {
  return Fields{field<&Words::fr>("French", {.min_length = 1, .max_length = 300}),
                field<&Words::en>("English", {.min_length = 1, .max_length = 300})};
}

constexpr auto describe(ClockEvent*) {
  return Fields{field<&ClockEvent::id>("identity", rules::key), field<&ClockEvent::label>("what happens"),
                field<&ClockEvent::at_opening>("assumed at the opening of a room", rules::optional)};
}

constexpr auto describe(Obligation*) {
  return Fields{
      field<&Obligation::id>("identity", rules::key),
      field<&Obligation::label>("what is owed"),
      field<&Obligation::recipient>("to whom"),
      field<&Obligation::starts>("event", rules::key),
      field<&Obligation::hours>("until then", {.minimum = 0, .maximum = 100'000, .optional = true}),
      field<&Obligation::months>("until then", {.minimum = 0, .maximum = 120, .optional = true}),
      field<&Obligation::applies>("unless the cell says otherwise", rules::optional),
      field<&Obligation::document>("text that can be prefilled", rules::id),
      field<&Obligation::source>("where the rule is", {.min_length = 1, .max_length = 500}),
      field<&Obligation::confirmed>("false: to be confirmed as the rule", rules::optional),
      field<&Obligation::first>("shown before anything else", rules::optional),
      field<&Obligation::contact>("whom to call, as the starting library of plans names it", rules::id)};
}

constexpr auto describe(Obligations*) {
  return Fields{field<&Obligations::events>("what starts a clock", {.min_length = 1, .max_length = 100}),
                field<&Obligations::obligations>("what is owed", {.min_length = 1, .max_length = 100})};
}

/// Errors: those of json.hpp, tables.unknown_name, tables.row_twice.
Result<Obligations> read_obligations(std::string_view json);

enum class ClockState { waiting, running, late, met, not_applicable };

constexpr auto describe(ClockState*) {
  using enum ClockState;
  return Names{name(waiting, "waiting"), name(running, "running"), name(late, "late"), name(met, "met"),
               name(not_applicable, "not_applicable")};
}

/// One clock of a room. The review of a decision is one too: its obligation is "review/<decision>".
struct RoomClock {
  std::string obligation;
  std::string label;
  std::string recipient;
  ClockState state = ClockState::waiting;
  std::string event;  // that starts it
  std::string event_label;
  std::optional<Instant> started;  // none: it has not happened
  bool assumed = false;            // from the opening: nobody has said when it was
  std::optional<Instant> due;      // none: without delay
  std::optional<Instant> met;
  std::string document;
  std::string source;
  bool confirmed = false;
  bool first = false;
  std::string contact;
};

constexpr auto describe(RoomClock*) {
  return Fields{field<&RoomClock::obligation>("obligation, or review/<decision>"),
                field<&RoomClock::label>("what is owed"),
                field<&RoomClock::recipient>("to whom"),
                field<&RoomClock::state>("waiting for its event, running, late, met or not applicable"),
                field<&RoomClock::event>("that starts it; of a review empty"),
                field<&RoomClock::event_label>("in words"),
                field<&RoomClock::started>("when that happened; null: it has not"),
                field<&RoomClock::assumed>("taken from the opening: nobody has said when it was"),
                field<&RoomClock::due>("until then; null: without delay"),
                field<&RoomClock::met>("when it was met"),
                field<&RoomClock::document>("text that can be prefilled; empty: none"),
                field<&RoomClock::source>("where the rule is"),
                field<&RoomClock::confirmed>("false: to be confirmed as the rule"),
                field<&RoomClock::first>("shown before anything else"),
                field<&RoomClock::contact>("whom to call: a contact of the plan; empty: not known")};
}

/// What is told first, then soonest due, then those without delay that are open, then the others.
std::vector<RoomClock> clocks_of(const Standings& standings, const Obligations& obligations, Instant now,
                                 std::string_view language);

}  // namespace releve::crisis
