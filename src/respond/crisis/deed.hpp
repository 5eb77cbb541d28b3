// SPDX-License-Identifier: EUPL-1.2
// What a line of a journal can change in the room: an element seen down, a task, a decision, somebody
// arriving. A new member must be optional: old lines are read by new programs.
#pragma once

#include "foundation/base/time.hpp"
#include "foundation/describe/describe.hpp"
#include "prepare/plan/document.hpp"
#include "respond/crisis/bulletin.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace releve::crisis {

enum class RoomKind { real, exercise };

constexpr auto describe(RoomKind*) {
  return Names{name(RoomKind::real, "real"), name(RoomKind::exercise, "exercise")};
}

/// The room opens: its first line.
struct Opening {
  RoomKind kind = RoomKind::exercise;
  std::string name;
  plan::Level level = plan::Level::internal_mobilisation;
  std::int64_t plan = 0;  // number of the plan's version in force; 0: there was none
  bool operator==(const Opening&) const = default;
};

struct LevelChange {
  plan::Level level = plan::Level::internal_mobilisation;
  std::string reason;
  std::string decided_by;
  bool operator==(const LevelChange&) const = default;
};

enum class Layer { service, application, component };

constexpr auto describe(Layer*) {
  return Names{name(Layer::service, "service"), name(Layer::application, "application"),
               name(Layer::component, "component")};
}

/// What an element can be (model.md, section 4).
enum class ElementState { down, read_only, not_linked, full };

constexpr auto describe(ElementState*) {
  using enum ElementState;
  return Names{name(down, "down"), name(read_only, "read_only"), name(not_linked, "not_linked"),
               name(full, "full")};
}

/// The three causes of an outage (model.md), and not knowing.
enum class Cause { unknown, encrypted, shut_down, dependency };

constexpr auto describe(Cause*) {
  return Names{name(Cause::unknown, "unknown"), name(Cause::encrypted, "encrypted"),
               name(Cause::shut_down, "shut_down"), name(Cause::dependency, "dependency")};
}

/// Somebody has seen in which state an element is.
struct Impact {
  std::string element;  // id in the cartography; empty: known by its name alone
  std::string name;
  Layer layer = Layer::application;
  ElementState state = ElementState::down;
  Cause cause = Cause::unknown;
  std::optional<double> capacity;         // of a service: share of care kept, 0..1, as seen
  std::optional<std::int64_t> transfers;  // patients that the service asks to move
  bool operator==(const Impact&) const = default;
};

enum class TaskState { open, doing, done, dropped };

constexpr auto describe(TaskState*) {
  return Names{name(TaskState::open, "open"), name(TaskState::doing, "doing"), name(TaskState::done, "done"),
               name(TaskState::dropped, "dropped")};
}

/// A task as it is from now on.
struct Task {
  std::string id;
  std::string title;
  std::string whose;  // a role, a cell or a person, by name
  std::optional<Instant> due;
  TaskState state = TaskState::open;
  bool operator==(const Task&) const = default;
};

/// One gesture of an action card of the plan.
struct Tick {
  std::string card;
  std::int64_t gesture = 0;  // its place on the card, from 0
  std::string text;          // of the gesture
  bool done = true;
  bool operator==(const Tick&) const = default;
};

enum class DecisionState { pending, taken, revoked };

constexpr auto describe(DecisionState*) {
  return Names{name(DecisionState::pending, "pending"), name(DecisionState::taken, "taken"),
               name(DecisionState::revoked, "revoked")};
}

struct Decision {
  std::string id;
  std::string title;
  std::string reason;
  std::string decided_by;
  std::string authority;  // by what right: function, delegation
  std::string care_cost;  // what it costs in care
  std::optional<Instant> review;
  DecisionState state = DecisionState::taken;
  bool operator==(const Decision&) const = default;
};

enum class PresenceState { called, coming, present, left, unavailable };

constexpr auto describe(PresenceState*) {
  using enum PresenceState;
  return Names{name(called, "called"), name(coming, "coming"), name(present, "present"), name(left, "left"),
               name(unavailable, "unavailable")};
}

/// Who is in a cell.
struct Presence {
  std::string person;  // by name
  std::string cell;    // by name
  std::string function;
  PresenceState state = PresenceState::present;
  std::optional<Instant> expected;  // on the way: when
  bool operator==(const Presence&) const = default;
};

/// One shift hands over to the next: offered by who leaves, acknowledged by who comes.
struct Handover {
  std::string id;
  std::string cell;
  std::string leaves;
  std::string comes;
  bool acknowledged = false;
  bool operator==(const Handover&) const = default;
};

enum class RequestKind { resource, close_emergency, move_patients, other };

constexpr auto describe(RequestKind*) {
  using enum RequestKind;
  return Names{name(resource, "resource"), name(close_emergency, "close_emergency"),
               name(move_patients, "move_patients"), name(other, "other")};
}

enum class RequestState { asked, granted, refused, arrived, withdrawn };

constexpr auto describe(RequestState*) {
  using enum RequestState;
  return Names{name(asked, "asked"), name(granted, "granted"), name(refused, "refused"),
               name(arrived, "arrived"), name(withdrawn, "withdrawn")};
}

/// Something asked for or proposed outside the hospital: the hospital proposes, others decide.
struct Request {
  std::string id;
  RequestKind kind = RequestKind::resource;
  std::string what;
  std::int64_t quantity = 0;  // 0: not counted
  std::string whom;           // ARS, SAMU, GRADeS, a supplier
  RequestState state = RequestState::asked;
  std::string answer;
  bool operator==(const Request&) const = default;
};

enum class PlacementState { here, to_move, moved, gone };

constexpr auto describe(PlacementState*) {
  using enum PlacementState;
  return Names{name(here, "here"), name(to_move, "to_move"), name(moved, "moved"), name(gone, "gone")};
}

/// Where a patient is: by the local number, never by name.
struct Placement {
  std::string number;
  std::string service;
  std::string bed;
  std::string destination;
  PlacementState state = PlacementState::here;
  bool operator==(const Placement&) const = default;
};

/// An event that starts the clocks of obligations (data/obligations.json).
struct Milestone {
  std::string event;
  std::string label;  // as it was read on the screen
  bool operator==(const Milestone&) const = default;
};

enum class NoticeState { open, met, not_applicable };

constexpr auto describe(NoticeState*) {
  return Names{name(NoticeState::open, "open"), name(NoticeState::met, "met"),
               name(NoticeState::not_applicable, "not_applicable")};
}

/// An obligation met: who was told, and how.
struct Notice {
  std::string obligation;
  std::string label;  // as it was read on the screen
  NoticeState state = NoticeState::met;
  std::string whom;
  std::string how;
  std::string reference;
  bool operator==(const Notice&) const = default;
};

/// A situation report as it was approved.
struct Report {
  std::int64_t number = 0;  // 1, 2, 3 of the room; given when it is written
  std::string approved_by;
  std::string text;
  std::string head;  // of this chain when it was written: a copy held elsewhere proves the journal
  bool operator==(const Report&) const = default;
};

/// Lines of another writing node were taken in.
struct Joined {
  std::string chain;
  std::string node;
  std::int64_t through = 0;
  std::string head;
  std::int64_t lines = 0;
  std::int64_t ahead_min = 0;  // by which its clock ran ahead of this one at least; 0: that is not seen
  bool operator==(const Joined&) const = default;
};

/// The level is lifted (levée) and the room closed.
struct Closing {
  std::string lessons;
  bool operator==(const Closing&) const = default;
};

/// What a line changes in the room: exactly one member.
struct Deed {
  std::optional<Opening> opening;
  std::optional<LevelChange> level;
  std::optional<Impact> impact;
  std::optional<Task> task;
  std::optional<Tick> tick;
  std::optional<Decision> decision;
  std::optional<Presence> presence;
  std::optional<Handover> handover;
  std::optional<Request> request;
  std::optional<Placement> placement;
  std::optional<Milestone> milestone;
  std::optional<Notice> notice;
  std::optional<Report> report;
  std::optional<Joined> joined;
  std::optional<Closing> closing;
  std::optional<Bulletin> bulletin;
  bool operator==(const Deed&) const = default;
};

// -- descriptions -------------------------------------------------------------------------------------

namespace rules {

inline constexpr Rules id{.max_length = 64, .optional = true};
inline constexpr Rules key{.min_length = 1, .max_length = 64};
inline constexpr Rules title{.min_length = 1, .max_length = 300};
inline constexpr Rules line{.max_length = 300, .optional = true};
inline constexpr Rules text{.max_length = 8'000, .optional = true};
inline constexpr Rules optional{.optional = true};
inline constexpr Rules count{.minimum = 0, .maximum = 1e9, .optional = true};

}  // namespace rules

constexpr auto describe(Opening*) {
  return Fields{field<&Opening::kind>("real crisis or exercise"), field<&Opening::name>("name", rules::title),
                field<&Opening::level>("level activated"),
                field<&Opening::plan>("version of the plan in force; 0: none", rules::count)};
}

constexpr auto describe(LevelChange*) {
  return Fields{field<&LevelChange::level>("from now on"),
                field<&LevelChange::reason>("why", {.max_length = 2'000, .optional = true}),
                field<&LevelChange::decided_by>("by whom", rules::line)};
}

constexpr auto describe(Impact*) {
  return Fields{field<&Impact::element>("id in the cartography; empty: known by its name alone", rules::id),
                field<&Impact::name>("name", rules::title),
                field<&Impact::layer>("care service, application or component"),
                field<&Impact::state>("as seen"),
                field<&Impact::cause>("why", rules::optional),
                field<&Impact::capacity>("share of care kept, 0..1, as seen",
                                         {.minimum = 0, .maximum = 1, .optional = true}),
                field<&Impact::transfers>("patients that the service asks to move", rules::count)};
}

constexpr auto describe(Task*) {
  return Fields{field<&Task::id>("identity", rules::key),
                field<&Task::title>("what is to be done", rules::title),
                field<&Task::whose>("role, cell or person", rules::line),
                field<&Task::due>("until", rules::optional), field<&Task::state>("as it is")};
}

constexpr auto describe(Tick*) {
  return Fields{field<&Tick::card>("card of the plan", rules::key),
                field<&Tick::gesture>("its place on the card, from 0", {.minimum = 0, .maximum = 1'000}),
                field<&Tick::text>("of the gesture", {.max_length = 1'000, .optional = true}),
                field<&Tick::done>("done, or taken back")};
}

constexpr auto describe(Decision*) {
  return Fields{field<&Decision::id>("identity", rules::key),
                field<&Decision::title>("what is decided", rules::title),
                field<&Decision::reason>("why", {.max_length = 2'000, .optional = true}),
                field<&Decision::decided_by>("by whom", rules::line),
                field<&Decision::authority>("by what right", rules::line),
                field<&Decision::care_cost>("what it costs in care", {.max_length = 2'000, .optional = true}),
                field<&Decision::review>("to be looked at again", rules::optional),
                field<&Decision::state>("pending, taken or revoked")};
}

constexpr auto describe(Presence*) {
  return Fields{field<&Presence::person>("who", rules::title), field<&Presence::cell>("cell", rules::line),
                field<&Presence::function>("as what", rules::line),
                field<&Presence::state>("called, on the way, there, gone or not to be had"),
                field<&Presence::expected>("on the way: when", rules::optional)};
}

constexpr auto describe(Handover*) {
  return Fields{field<&Handover::id>("identity", rules::key), field<&Handover::cell>("cell", rules::line),
                field<&Handover::leaves>("who hands over", rules::title),
                field<&Handover::comes>("who takes over", rules::title),
                field<&Handover::acknowledged>("by who takes over")};
}

constexpr auto describe(Request*) {
  return Fields{field<&Request::id>("identity", rules::key),
                field<&Request::kind>("resource, closing of the emergency department, transfer or other"),
                field<&Request::what>("what is asked for or proposed", rules::title),
                field<&Request::quantity>("how many; 0: not counted", rules::count),
                field<&Request::whom>("of whom", rules::line),
                field<&Request::state>("asked, granted, refused, arrived or withdrawn"),
                field<&Request::answer>("what was answered", {.max_length = 2'000, .optional = true})};
}

constexpr auto describe(Placement*) {
  return Fields{field<&Placement::number>("local number, never a name", rules::key),
                field<&Placement::service>("service", rules::line),
                field<&Placement::bed>("bed", rules::line),
                field<&Placement::destination>("where to", rules::line),
                field<&Placement::state>("here, to be moved, moved, gone")};
}

constexpr auto describe(Milestone*) {
  return Fields{field<&Milestone::event>("of data/obligations.json", rules::key),
                field<&Milestone::label>("as it was read on the screen", rules::line)};
}

constexpr auto describe(Notice*) {
  return Fields{field<&Notice::obligation>("of data/obligations.json", rules::key),
                field<&Notice::label>("as it was read on the screen", rules::line),
                field<&Notice::state>("open, met or not applicable"),
                field<&Notice::whom>("who was told", rules::line),
                field<&Notice::how>("how", rules::line),
                field<&Notice::reference>("number of the report or minutes", rules::line)};
}

constexpr auto describe(Report*) {
  return Fields{field<&Report::number>("1, 2, 3; given by the server", rules::count),
                field<&Report::approved_by>("by whom", rules::title),
                field<&Report::text>("the words", {.min_length = 1, .max_length = 120'000}),
                field<&Report::head>("of the journal before it; given by the server", rules::id)};
}

constexpr auto describe(Joined*) {
  return Fields{field<&Joined::chain>("the chain that was taken in", rules::key),
                field<&Joined::node>("who wrote it", rules::line),
                field<&Joined::through>("its last line", rules::count),
                field<&Joined::head>("hash of that line", rules::id),
                field<&Joined::lines>("lines that were new here", rules::count),
                field<&Joined::ahead_min>(
                    "minutes by which its clock ran ahead of this one at least; 0: not seen", rules::count)};
}

constexpr auto describe(Closing*) {
  return Fields{field<&Closing::lessons>("what is to be learnt", {.max_length = 8'000, .optional = true})};
}

constexpr auto describe(Deed*) {
  return Fields{field<&Deed::opening>("the room opens", rules::optional),
                field<&Deed::level>("another level", rules::optional),
                field<&Deed::impact>("an element's state", rules::optional),
                field<&Deed::task>("a task", rules::optional),
                field<&Deed::tick>("a gesture of a card", rules::optional),
                field<&Deed::decision>("a decision", rules::optional),
                field<&Deed::presence>("somebody in a cell", rules::optional),
                field<&Deed::handover>("a shift hands over", rules::optional),
                field<&Deed::request>("asked for or proposed outside", rules::optional),
                field<&Deed::placement>("where a patient is", rules::optional),
                field<&Deed::milestone>("a clock starts", rules::optional),
                field<&Deed::notice>("an obligation", rules::optional),
                field<&Deed::report>("a situation report", rules::optional),
                field<&Deed::joined>("another chain was taken in", rules::optional),
                field<&Deed::closing>("the room closes", rules::optional),
                field<&Deed::bulletin>("something told to the public", rules::optional)};
}

}  // namespace releve::crisis
