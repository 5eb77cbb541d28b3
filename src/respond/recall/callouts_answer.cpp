// SPDX-License-Identifier: EUPL-1.2
// The page behind a personal link, and the journal that hears of it.
#include "foundation/base/id.hpp"
#include "respond/recall/callouts.hpp"
#include "respond/recall/rows.hpp"
#include "respond/recall/standing_of.hpp"

#include <algorithm>
#include <map>

namespace releve::recall {

using store::Transaction;

namespace {

constexpr const char* author = "Relève";  // for whoever answers by a link and has no account
constexpr std::chrono::hours longest_way{48};
constexpr std::chrono::minutes clock_tolerance{15};

crisis::Line attendance_line(const StoredCalled& called, std::string id, PresenceState state,
                             std::optional<Instant> expected) {
  crisis::Line line{.id = std::move(id), .from = called.person, .kind = crisis::LineKind::call};
  line.deed.emplace().presence = crisis::Presence{
      called.person, called.cell.empty() ? called.unit : called.cell, called.post, state, expected};
  return line;
}

}  // namespace

/// A link that was shown, with all that it is about.
struct Callouts::Held {
  StoredCallout callout;
  StoredCalled called;
  crisis::Room room;
  Instant last_called{};  // perhaps once more since, by another link: any of them answers the newest call
};

Result<Callouts::Held> Callouts::held(const std::string& token, const std::string& peer) {
  std::optional<StoredCalled> called;
  std::optional<StoredCallout> callout;
  parts_.database.read([&](Transaction& t) {
    auto found = rows_where<StoredCalled>(t, "called", "token_tag = :tag", {{"tag", parts_.key.tag(token)}});
    if (!found.empty()) {
      callout = callout_called(t, found.front().callout);
      called = std::move(found.front());
    }
  });
  const auto room =
      callout ? parts_.rooms.find(callout->facility, callout->room)
              : Result<crisis::Room>(Error{ErrorKind::not_found, message("recall.no_such_link"), {}});
  if (!room) {  // a whole hospital may come from one address: whoever has a link is let in all the same
    const Instant now = parts_.clock.now();
    TRY(guesses_.may_try(peer, now));
    guesses_.failed(peer, now);
    return Error{ErrorKind::not_found, message("recall.no_such_link"), {}};
  }
  if (room->closed) {
    return Error{ErrorKind::conflict, message("recall.link_over"), {}};
  }
  Instant last_called = called->called;
  parts_.database.read([&](Transaction& t) {
    for (const StoredCalled& one : calls_of(t, room->id, called->person)) {
      last_called = std::max(last_called, one.called);
    }
  });
  return Held{std::move(*callout), std::move(*called), *room, last_called};
}

AnswerPage Callouts::page_of(const Held& held) const {
  const auto standings = parts_.rooms.standings(held.room);
  const crisis::LineRow* attendance = attendance_since(*standings, held.called.person, held.last_called);
  Said words = said(held.callout);
  AnswerPage page{.facility = parts_.name_of(held.callout.facility),
                  .person = held.called.person,
                  .exercise = held.room.kind == crisis::RoomKind::exercise,
                  .message = std::move(words.message),
                  .place = std::move(words.place),
                  .state = CallState::reached,
                  .expected = {},
                  .now = parts_.clock.now()};
  if (attendance != nullptr) {
    const crisis::Presence& presence = *attendance->line.deed->presence;
    page.expected = presence.expected;
    if (comes(presence.state)) {
      page.state = presence.state == PresenceState::present ? CallState::present : CallState::coming;
    } else if (is_unavailable(presence.state)) {
      page.state = CallState::unavailable;
    }
  }
  return page;
}

Result<AnswerPage> Callouts::open(const std::string& token, const std::string& peer) {
  const Held found = TRY(held(token, peer));
  if (!found.called.reached) {
    TRY(parts_.database.write([&](Transaction& t) -> Status {
      t.execute("update called set reached = coalesce(reached, :now) where id = :id",
                {{"now", milliseconds(parts_.clock.now())}, {"id", found.called.id}});
      return Done{};
    }));
    parts_.changed(found.callout.facility);
  }
  return page_of(found);
}

Result<AnswerPage> Callouts::answer(const std::string& token, bool comes, std::optional<Instant> expected,
                                    const std::string& peer) {
  const Held found = TRY(held(token, peer));
  const Instant now = parts_.clock.now();
  if (expected && (*expected < now - clock_tolerance || *expected > now + longest_way)) {
    return Error{ErrorKind::invalid, message("recall.bad_time"), "expected"};
  }
  const PresenceState state = comes ? PresenceState::coming : PresenceState::unavailable;
  expected = comes ? std::optional(expected.value_or(now)) : std::nullopt;
  const auto standings = parts_.rooms.standings(found.room);
  const crisis::LineRow* before = attendance_since(*standings, found.called.person, found.last_called);
  const bool said_already = before != nullptr && before->line.deed->presence->state == state &&
                            before->line.deed->presence->expected == expected;
  if (!said_already) {
    TRY(answers_.may_try(found.called.id, now));
    answers_.failed(found.called.id, now);
    TRY(parts_.rooms.write(found.room, attendance_line(found.called, mint_uuid(now), state, expected), author,
                           found.callout.language));
    parts_.changed(found.callout.facility);
  }
  return page_of(found);
}

void Callouts::tell(const crisis::Room& room) {
  const Instant now = parts_.clock.now();  // perhaps of another process, on a clock that is behind
  std::vector<StoredCallout> callouts;
  std::vector<StoredCalled> called;
  parts_.database.read([&](Transaction& t) {
    callouts = callouts_of(t, room.id);
    called = called_from(t, room.id);
  });
  const auto told = [&](const std::string& table, const std::string& id) {
    const Status written = parts_.database.write([&](Transaction& t) -> Status {
      t.execute("update " + table + " set told = 1 where id = :id", {{"id", id}});
      return Done{};
    });
    RELEVE_CHECK(written.ok(), "that a line is written needs no text of a user");
  };
  std::map<std::string, std::size_t> people;
  std::map<std::string, std::string> language;
  for (const StoredCalled& one : called) {
    people[one.callout] += one.in_place_of.empty() ? 1U : 0U;
  }
  for (const StoredCallout& one : callouts) {
    language[one.id] = one.language;
    if (!one.told) {
      const crisis::Voice voice = parts_.rooms.voice(room.facility, one.language);
      crisis::Line line{.id = one.line, .happened = std::min(one.begun, now), .kind = crisis::LineKind::call};
      line.text = voice.say(
          "recall.line",
          {{"people", std::to_string(people[one.id])}, {"by", one.begun_by}, {"message", said(one).message}});
      const auto written = parts_.rooms.write(room, line, author, one.language);
      RELEVE_CHECK(written.ok(), "a call-out can be told");
      told("callout", one.id);
    }
  }
  const auto standings = parts_.rooms.standings(room);
  for (const StoredCalled& one : called) {
    if (!one.told) {
      if (attendance_of(*standings, one) == nullptr) {  // who is there already stays there
        crisis::Line line = attendance_line(one, one.line, PresenceState::called, std::nullopt);
        line.from.clear();
        line.happened = std::min(one.called, now);
        const auto written = parts_.rooms.write(room, line, author, language[one.callout]);
        RELEVE_CHECK(written.ok(), "whom one called can be told");
      }
      told("called", one.id);
    }
  }
}

}  // namespace releve::recall
