// SPDX-License-Identifier: EUPL-1.2
#include "respond/crisis/obligations.hpp"

#include "foundation/describe/json.hpp"

#include <algorithm>
#include <set>

namespace releve::crisis {

namespace {

constexpr std::string_view file = "obligations.json";

Error fault(const char* code, const std::string& row) {
  return {ErrorKind::invalid, message(code, {{"file", std::string(file)}, {"row", row}}),
          std::string(file) + ": " + row};
}

/// So many months later in the calendar; the last day of a month that is too short for it.
Instant months_after(Instant at, std::int64_t months) {
  using namespace std::chrono;
  const auto day = floor<days>(at);
  const year_month_day begin{day};
  const year_month later = year_month{begin.year(), begin.month()} + std::chrono::months(months);
  const auto last = year_month_day_last{later / std::chrono::last}.day();
  return sys_days{later / std::min(begin.day(), last)} + (at - day);
}

struct Start {
  std::optional<Instant> at;
  bool assumed = false;
};

Start start_of(const Standings& standings, const ClockEvent& event) {
  if (const LineRow* said = standings.find("milestone/" + event.id)) {
    return {said->line.happened, false};
  }
  const LineRow* opening = standings.find("opening");
  return event.at_opening && opening != nullptr ? Start{opening->line.happened, true} : Start{};
}

ClockState state_of(const RoomClock& clock, const std::optional<NoticeState>& said, bool applies,
                    Instant now) {
  if (said == NoticeState::met) {
    return ClockState::met;
  }
  if (said == NoticeState::not_applicable || (!applies && !said)) {
    return ClockState::not_applicable;
  }
  if (!clock.started) {
    return ClockState::waiting;
  }
  return clock.due && *clock.due < now ? ClockState::late : ClockState::running;
}

RoomClock clock_of(const Standings& standings, const Obligation& owed, const ClockEvent& event, Instant now,
                   std::string_view language) {
  RoomClock clock;
  clock.obligation = owed.id;
  clock.label = owed.label.in(language);
  clock.recipient = owed.recipient.in(language);
  clock.event = event.id;
  clock.event_label = event.label.in(language);
  clock.document = owed.document;
  clock.source = owed.source;
  clock.confirmed = owed.confirmed;
  clock.first = owed.first;
  clock.contact = owed.contact;
  const Start start = start_of(standings, event);
  clock.started = start.at;
  clock.assumed = start.assumed;
  if (start.at && owed.hours) {
    clock.due = *start.at + std::chrono::hours(*owed.hours);
  } else if (start.at && owed.months) {
    clock.due = months_after(*start.at, *owed.months);
  }
  std::optional<NoticeState> said;
  if (const LineRow* row = standings.find("notice/" + owed.id)) {
    said = row->line.deed->notice->state;
    if (said == NoticeState::met) {
      clock.met = row->line.happened;
    }
  }
  clock.state = state_of(clock, said, owed.applies, now);
  return clock;
}

/// A decision that the cell wants to look at again.
RoomClock review_of(const Standing& standing, Instant now) {
  const Decision& decision = *standing.row.line.deed->decision;
  RoomClock clock;
  clock.obligation = "review/" + decision.id;
  clock.label = decision.title;
  clock.recipient = decision.decided_by;
  clock.started = standing.row.line.happened;
  clock.due = decision.review;
  clock.confirmed = true;
  clock.state = *decision.review < now ? ClockState::late : ClockState::running;
  return clock;
}

enum class Rank { first, dated, without_delay, waiting, rest };

Rank rank(const RoomClock& clock) {
  if (clock.state == ClockState::running || clock.state == ClockState::late) {
    return clock.first ? Rank::first : clock.due ? Rank::dated : Rank::without_delay;
  }
  return clock.state == ClockState::waiting ? Rank::waiting : Rank::rest;
}

}  // namespace

Result<Obligations> read_obligations(std::string_view json) {
  auto table = from_json<Obligations>(json);
  if (!table) {
    Error error = std::move(table).error();
    error.where = std::string(file) + (error.where.empty() ? "" : ": " + error.where);
    return error;
  }
  std::set<std::string> events;
  for (const ClockEvent& one : table->events) {
    if (!events.insert(one.id).second) {
      return fault("tables.row_twice", one.id);
    }
  }
  std::set<std::string> owed;
  for (const Obligation& one : table->obligations) {
    if (!owed.insert(one.id).second) {
      return fault("tables.row_twice", one.id);
    }
    if (!events.contains(one.starts)) {
      return fault("tables.unknown_name", one.starts);
    }
  }
  return std::move(*table);
}

std::vector<RoomClock> clocks_of(const Standings& standings, const Obligations& obligations, Instant now,
                                 std::string_view language) {
  std::vector<RoomClock> clocks;
  for (const Obligation& owed : obligations.obligations) {
    const auto event = std::find_if(obligations.events.begin(), obligations.events.end(),
                                    [&](const ClockEvent& one) { return one.id == owed.starts; });
    RELEVE_CHECK(event != obligations.events.end(), "a table that was read names its events");
    clocks.push_back(clock_of(standings, owed, *event, now, language));
  }
  for (const Standing& one : standings.list()) {
    const auto& decision = one.row.line.deed->decision;
    const bool revoked = decision && decision->state == DecisionState::revoked && one.contested.empty();
    if (decision && decision->review && !revoked) {
      clocks.push_back(review_of(one, now));
    }
  }
  std::stable_sort(clocks.begin(), clocks.end(), [](const RoomClock& a, const RoomClock& b) {
    return rank(a) != rank(b) ? rank(a) < rank(b) : rank(a) == Rank::dated && *a.due < *b.due;
  });
  return clocks;
}

}  // namespace releve::crisis
