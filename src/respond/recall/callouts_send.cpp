// SPDX-License-Identifier: EUPL-1.2
// Parcels as rows: taken by whoever is free, tried again, and due again when their process has died.
#include "foundation/base/text.hpp"
#include "respond/recall/calling.hpp"
#include "respond/recall/callouts.hpp"
#include "respond/recall/rows.hpp"

#include <array>
#include <set>

namespace releve::recall {

using store::Transaction;

namespace {

/// Longer than any try takes (delivery.cpp).
constexpr std::chrono::seconds lease{90};
/// After the first, second, third and fourth try; the fifth is the last one.
constexpr std::array<std::chrono::seconds, 4> pauses{std::chrono::seconds(10), std::chrono::seconds(30),
                                                     std::chrono::minutes(2), std::chrono::minutes(5)};
constexpr std::chrono::seconds while_nobody_answers{60};
constexpr std::chrono::seconds while_asked_to_wait{5};
/// Due, or due later than anything is put off: the clock was set back since.
constexpr const char* is_due = "(due <= :now or due > :far)";
constexpr std::chrono::minutes longest_wait{6};
constexpr std::size_t longest_reason = 300;

bool is_closed(Transaction& t, const std::string& room) {
  return !t.query("select 1 from room where id = :id and closed is not null", {{"id", room}}).empty();
}

void give_up(Transaction& t, const StoredCallout& callout, const std::string& why, Instant now) {
  t.execute(
      "update call_sending set state = 'failed', ended = :now, why = :why where state = 'waiting' and " +
          std::string(is_due) + " and called in (select id from called where callout = :callout)",
      {{"now", milliseconds(now)},
       {"far", milliseconds(now + longest_wait)},
       {"why", why},
       {"callout", callout.id}});
}

/// What else is to leave by a channel where nobody answers waits a while and says why; the parcel that was
/// tried goes on alone, and sees who answers again.
void hold_back(Transaction& t, const Due& tried, const std::string& why, Instant until) {
  t.execute(
      "update call_sending set due = :until, why = :why where state = 'waiting' and channel = :channel and "
      "due < :until and id <> :id",
      {{"until", milliseconds(until)},
       {"why", why},
       {"channel", std::string(text_of(tried.channel))},
       {"id", tried.parcel.id}});
}

/// Held back and never tried, as nothing else is: a parcel is due at once when it is new.
void let_go(Transaction& t, Channel channel, Instant now) {
  t.execute(
      "update call_sending set due = :now, why = '' where state = 'waiting' and channel = :channel and "
      "tries = 0 and due > :now",
      {{"now", milliseconds(now)}, {"channel", std::string(text_of(channel))}});
}

}  // namespace

std::optional<Due> Callouts::take_due(Instant now, std::optional<Channel> by) {
  // Whoever has a role in the plan first: his deputies are called when he does not answer.
  const std::string due = "state = 'waiting' and " + std::string(is_due) +
                          (by ? " and channel = '" + std::string(text_of(*by)) + "'" : "") +
                          " order by case when called in (select id from called where who like '" +
                          std::string(of_the_plan) + "%') then 0 else 1 end, due, id limit 1";
  const std::vector<store::Binding> at{{"now", milliseconds(now)}, {"far", milliseconds(now + longest_wait)}};
  bool any = false;
  parts_.database.read(
      [&](Transaction& t) { any = !rows_where<StoredSending>(t, "call_sending", due, at).empty(); });
  if (!any) {
    return std::nullopt;
  }
  std::optional<StoredSending> sending;
  std::optional<StoredCalled> called;
  std::optional<StoredCallout> callout;
  std::set<std::string> given_up;  // of these facilities
  const Status written = parts_.database.write([&](Transaction& t) -> Status {
    while (true) {
      auto found = rows_where<StoredSending>(t, "call_sending", due, at);
      if (found.empty()) {
        return Done{};
      }
      called = rows_where<StoredCalled>(t, "called", "id = :id", {{"id", found.front().called}}).at(0);
      callout = callout_called(t, called->callout);
      if (!is_closed(t, callout->room)) {
        sending = std::move(found.front());
        break;
      }
      // Not kept waiting: should the closing be taken back a day later, nobody is to be called by surprise.
      give_up(t, *callout, parts_.catalogue.say(callout->language, "recall.room_closed"), now);
      given_up.insert(callout->facility);
    }
    ++sending->tries;
    t.execute("update call_sending set due = :due, tries = :tries where id = :id",
              {{"due", milliseconds(now + lease)}, {"tries", sending->tries}, {"id", sending->id}});
    return Done{};
  });
  RELEVE_CHECK(written.ok(), "taking a parcel needs no text of a user");
  for (const std::string& facility : given_up) {
    parts_.changed(facility);
  }
  if (!sending) {
    return std::nullopt;
  }
  Due taken{sending->channel, parcel_of(*callout, *called, sending->channel, sending->reminder),
            sending->tries, callout->facility};
  taken.parcel.id = sending->id;
  return taken;
}

void Callouts::done(const Due& due, const std::optional<Undelivered>& fault, Instant now) {
  const bool asked_to_wait = fault && fault->asks_to_wait;
  const std::int64_t tries = due.tries - (asked_to_wait ? 1 : 0);
  const auto tried = static_cast<std::size_t>(tries);
  const bool last = fault && (fault->for_good || tried > pauses.size());
  const SendingState state = !fault ? SendingState::sent
                             : last ? SendingState::failed
                                    : SendingState::waiting;
  const Instant next = state != SendingState::waiting ? now
                       : asked_to_wait                ? now + while_asked_to_wait
                                                      : now + pauses.at(tried - 1);
  std::string why = fault ? fault->why : "";
  if (!is_valid_utf8(why)) {
    why = from_windows_1252(why);
  }
  std::erase(why, '\0');
  why = shorten(why, longest_reason);
  const Status written = parts_.database.write([&](Transaction& t) -> Status {
    t.execute("update call_sending set state = :state, due = :due, tries = :tries, why = :why where id = :id",
              {{"state", std::string(text_of(state))},
               {"due", milliseconds(next)},
               {"tries", tries},
               {"why", why},
               {"id", due.parcel.id}});
    if (state != SendingState::waiting) {
      t.execute("update call_sending set ended = :now where id = :id",
                {{"now", milliseconds(now)}, {"id", due.parcel.id}});
    }
    if (!fault) {
      let_go(t, due.channel, now);
    } else if (fault->nobody_there) {
      hold_back(t, due, why, now + while_nobody_answers);
    } else if (asked_to_wait) {
      hold_back(t, due, why, next);
    }
    return Done{};
  });
  RELEVE_CHECK(written.ok(), "a reason was made fit to be written");
  parts_.changed(due.facility);
}

void Callouts::tell_what_is_left() {
  std::vector<StoredCallout> left;
  parts_.database.read([&](Transaction& t) {
    left = rows_where<StoredCallout>(t, "callout",
                                     "told = 0 or id in (select callout from called where told = 0)", {});
  });
  for (const StoredCallout& one : left) {
    if (const auto room = parts_.rooms.find(one.facility, one.room)) {
      tell(*room);
    }
  }
}

}  // namespace releve::recall
