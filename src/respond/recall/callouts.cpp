// SPDX-License-Identifier: EUPL-1.2
#include "respond/recall/callouts.hpp"

#include "foundation/base/hash.hpp"
#include "foundation/base/id.hpp"
#include "foundation/base/local_time.hpp"
#include "foundation/base/reach.hpp"
#include "foundation/base/text.hpp"
#include "respond/recall/calling.hpp"
#include "respond/recall/rows.hpp"
#include "respond/recall/standing_of.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace releve::recall {

using store::Transaction;

namespace {

constexpr std::size_t most_people_called = 5'000;
constexpr std::chrono::minutes between_reminders{1};

Error refused(ErrorKind kind, const char* code, std::string where = {}) {
  return {kind, message(code), std::move(where)};
}

std::string context_of_callout(const std::string& id) {
  return "callout:" + id;
}

std::string context_of_called(const std::string& id) {
  return "called:" + id;
}

}  // namespace

store::Past past_callouts() {
  const std::string rooms =
      "(select id from callout where room not in (select id from room where closed is null or closed >= "
      ":before))";
  const std::string people = "(select id from called where callout in " + rooms + ")";
  return {"closed_callouts",
          {"delete from call_sending where called in " + people,
           "delete from called where callout in " + rooms, "delete from callout where id in " + rooms}};
}

Status call_nobody_more(store::Database& database, const std::string& why, Instant now) {
  return database.write([&](Transaction& t) -> Status {
    t.execute("update call_sending set state = 'failed', ended = :now, why = :why where state = 'waiting'",
              {{"now", milliseconds(now)}, {"why", why}});
    t.execute("update callout set deputies_after = cast(null as bigint)");
    return Done{};
  });
}

Contact Callouts::unsealed(const StoredCalled& called) const {
  const auto text = parts_.key.unseal(called.contact, context_of_called(called.id));
  RELEVE_CHECK(text, "a number was sealed with the key of this instance");
  auto contact = from_json<Contact>(*text);
  RELEVE_CHECK(contact.ok(), "a stored number reads back");
  return std::move(contact).value();
}

Said Callouts::said(const StoredCallout& callout) const {
  const auto text = parts_.key.unseal(callout.said, context_of_callout(callout.id));
  RELEVE_CHECK(text, "a message was sealed with the key of this instance");
  auto said = from_json<Said>(*text);
  RELEVE_CHECK(said.ok(), "a stored message reads back");
  return std::move(said).value();
}

/// Out of the instance's key, so that it can be sent again and is yet written nowhere.
std::string Callouts::token_of(const std::string& called) const {
  constexpr std::size_t letters = 32;  // 128 bits
  return parts_.key.tag("answer:" + called).substr(0, letters);
}

std::string Callouts::today(const std::string& facility) const {
  return local_day(parts_.clock.now(), parts_.rooms.voice(facility, "").zone);
}

/// By which ways a person is reached, of whom two lists know some each. A number that takes texts comes
/// first.
static void add_ways(Contact& contact, const Contact& other) {
  if (!contact.mobile.empty() && !takes_texts(contact.mobile) && takes_texts(other.mobile)) {
    contact.phone = std::exchange(contact.mobile, other.mobile);
  }
  for (const auto way : {&Contact::mobile, &Contact::phone, &Contact::mail}) {
    if ((contact.*way).empty() && !same_digits(other.*way, contact.mobile)) {
      contact.*way = other.*way;
    }
  }
}

Result<std::vector<Callee>> Callouts::callees(const crisis::Room& room, const CalloutOrder& order) const {
  if (room.closed) {
    return refused(ErrorKind::conflict, "recall.room_closed");
  }
  std::vector<Callee> list;
  if (const auto plan = parts_.plan(room.facility)) {
    list = called_by_plan(*plan, order.selection, today(room.facility)).people;
  }
  const std::vector<Callee> planned = list;
  std::multimap<std::string, std::size_t> by_name;  // places of the directory's people in the list
  for (const StaffMember& one :
       parts_.directory.chosen(room.facility, order.selection.groups, order.selection.staff)) {
    Callee member = callee_of(one);
    const auto of_plan = std::find_if(planned.begin(), planned.end(),
                                      [&](const Callee& contact) { return is_same_person(contact, member); });
    if (of_plan != planned.end()) {
      add_ways(list[static_cast<std::size_t>(of_plan - planned.begin())].contact, member.contact);
      continue;
    }
    const std::string name = fold(member.person);
    const auto [first, last] = by_name.equal_range(name);
    const auto twice = std::find_if(
        first, last, [&](const auto& place) { return is_same_member(list[place.second], member); });
    if (twice == last) {
      by_name.emplace(name, list.size());
      list.push_back(std::move(member));
      continue;
    }
    add_ways(list[twice->second].contact, member.contact);
    std::vector<std::string>& skills = list[twice->second].skills;
    std::copy_if(
        member.skills.begin(), member.skills.end(), std::back_inserter(skills),
        [&](const auto& skill) { return std::find(skills.begin(), skills.end(), skill) == skills.end(); });
  }
  if (list.empty()) {
    return refused(ErrorKind::invalid, "recall.nobody", "selection");
  }
  if (list.size() > most_people_called) {
    return Error{ErrorKind::limit, message("recall.too_many", {{"most", std::to_string(most_people_called)}}),
                 "selection"};
  }
  return list;
}

void Callouts::send(Batch& batch, const StoredCalled& called, const ChannelSettings& settings, bool reminder,
                    const std::set<Channel>& but) const {
  const Contact contact = unsealed(called);
  const Instant now = parts_.clock.now();
  const auto queue = [&](Channel channel, const std::string& address) {
    if (settings.has(channel) && !but.contains(channel) && !address.empty()) {
      batch.sendings.push_back(
          {.id = mint_uuid(now), .called = called.id, .channel = channel, .reminder = reminder, .due = now});
    }
  };
  queue(Channel::gateway, contact.mobile);
  queue(Channel::mail, contact.mail);
}

std::string Callouts::add(Batch& batch, const StoredCallout& callout, Callee callee,
                          const std::string& in_place_of, const ChannelSettings& settings,
                          Names& names) const {
  const Instant now = parts_.clock.now();
  const std::string id = mint_uuid(now);
  StoredCalled row{.id = id,
                   .callout = callout.id,
                   .place = names.next_place(),
                   .who = callee.who,
                   .person = names.take(callee),
                   .site = std::move(callee.site),
                   .unit = std::move(callee.unit),
                   .cell = std::move(callee.cell),
                   .post = std::move(callee.post),
                   .skills = std::move(callee.skills),
                   .contact = parts_.key.seal(to_json(callee.contact), context_of_called(id)),
                   .in_place_of = in_place_of,
                   .token_tag = parts_.key.tag(token_of(id)),
                   .called = now};
  if (row.who.starts_with(of_the_plan)) {
    row.line = mint_uuid(now);
  } else {
    // A thousand of the directory would drown the journal: there they stand when they answer.
    row.told = true;
  }
  send(batch, row, settings, false);
  batch.called.push_back(std::move(row));
  return id;
}

Status Callouts::call(const crisis::Room& room, const CalloutOrder& order, const Asking& asking) {
  if (!is_uuid(order.id)) {
    return refused(ErrorKind::invalid, "room.bad_id", "id");
  }
  const std::string asked = content_hash(to_json(order));
  const auto known = [&](Transaction& t) -> Result<bool> {
    const auto before = callout_called(t, order.id);
    if (before && before->asked != asked) {
      return refused(ErrorKind::conflict, "recall.other_callout", "id");
    }
    return before.has_value();
  };
  std::optional<Result<bool>> before;
  parts_.database.read([&](Transaction& t) { before = known(t); });
  if (TRY(std::move(*before))) {
    return Done{};
  }
  std::vector<Callee> people = TRY(callees(room, order));
  const ChannelSettings settings = parts_.channels.in_force();
  const Instant now = parts_.clock.now();
  const StoredCallout row{
      .id = order.id,
      .facility = room.facility,
      .room = room.id,
      .said = parts_.key.seal(to_json(Said{order.message, order.place}), context_of_callout(order.id)),
      .asked = asked,
      .begun = now,
      .begun_by = asking.by,
      .language = asking.language,
      .origin = asking.origin,
      .deputies_after = order.deputies_after,
      .line = mint_uuid(now)};
  const Status written = parts_.database.write([&](Transaction& t) -> Status {
    if (!TRY(known(t))) {
      t.execute(store::insert_into<StoredCallout>("callout"), store::bindings_of(row));
      Names names(*this, called_from(t, room.id));
      Batch batch;
      for (Callee& one : people) {
        add(batch, row, std::move(one), {}, settings, names);
      }
      batch.keep(t);
    }
    return Done{};
  });
  TRY(written);
  tell(room);
  parts_.changed(room.facility);
  return Done{};
}

Status Callouts::remind(const crisis::Room& room) {
  if (room.closed) {
    return refused(ErrorKind::conflict, "recall.room_closed");
  }
  const auto standings = parts_.rooms.standings(room);
  const ChannelSettings settings = parts_.channels.in_force();
  const std::int64_t recent = milliseconds(parts_.clock.now() - between_reminders);
  TRY(parts_.database.write([&](Transaction& t) -> Status {
    const std::vector<StoredCalled> called = called_from(t, room.id);
    std::map<std::string, std::string> person_of;        // by row
    std::set<std::string> settled;                       // people who answered, or were just sent something
    std::map<std::string, std::set<Channel>> under_way;  // by person: what waits there comes all the same
    std::map<std::string, const StoredCalled*>
        newest;  // by person: an earlier call may be answered, and over
    for (const StoredCalled& one : called) {
      person_of[one.id] = one.person;
      newest[one.person] = &one;
    }
    for (const auto& [person, one] : newest) {
      if (has_answered(*standings, *one)) {
        settled.insert(person);
      }
    }
    for (const StoredSending& one : sendings_from(t, room.id)) {
      const std::string& person = person_of.at(one.called);
      if (one.state == SendingState::waiting) {
        under_way[person].insert(one.channel);
      } else if (milliseconds(one.ended.value_or(one.due)) > recent) {
        settled.insert(person);
      }
    }
    Batch batch;
    for (auto one = called.rbegin(); one != called.rend(); ++one) {  // the newest call's link and numbers
      if (settled.insert(one->person).second) {
        send(batch, *one, settings, true, under_way[one->person]);
      }
    }
    batch.keep(t);
    return Done{};
  }));
  parts_.changed(room.facility);
  return Done{};
}

}  // namespace releve::recall
