// SPDX-License-Identifier: EUPL-1.2
// Who stands in for whom: the next deputy of a role, by hand or once nobody answers.
#include "respond/recall/calling.hpp"
#include "respond/recall/rows.hpp"
#include "respond/recall/standing_of.hpp"

#include <algorithm>

namespace releve::recall {

using store::Transaction;

namespace {

/// What somebody of the plan says, and where he was called.
struct PlanAnswer {
  RoleAnswer answer;
  std::string row;
  std::string callout;
};

/// What the plan's people of a room say now, as they were called, without earlier calls that were answered
/// and are over. Who came and left has answered: nobody is woken for the end of a shift, unless by hand.
std::vector<PlanAnswer> answers_of(const crisis::Standings& standings, const StoredCallout& callout,
                                   const std::vector<StoredCalled>& of_room, bool by_hand,
                                   const std::string& passed_over) {
  std::vector<PlanAnswer> answers;
  for (const StoredCalled& one : of_room) {
    if (!one.who.starts_with(of_the_plan)) {
      continue;
    }
    const auto state = state_in(standings, one);
    if (state != PresenceState::called && one.called < callout.begun &&
        attendance_since(standings, one.person, callout.begun) == nullptr) {
      continue;
    }
    const bool came = comes(state) || (state == PresenceState::left && !by_hand);
    const std::string contact = one.who.substr(of_the_plan.size());
    answers.push_back({{contact, one.post, came, is_unavailable(state), one.called, contact == passed_over},
                       one.id,
                       one.callout});
  }
  return answers;
}

/// Those of a role who are there, or on their way, without having been called: by telephone, or with their
/// unit.
std::vector<RoleAnswer> uncalled(const plan::PlanDocument& plan, const plan::CrisisRole& role,
                                 const crisis::Standings& standings, const StoredCallout& callout,
                                 const std::vector<PlanAnswer>& answers) {
  std::vector<RoleAnswer> there;
  for (const plan::CrisisContact& contact : plan.contacts) {
    const bool of_role = contact.id == role.holder || std::find(role.deputies.begin(), role.deputies.end(),
                                                                contact.id) != role.deputies.end();
    const bool was_called = std::any_of(answers.begin(), answers.end(), [&](const PlanAnswer& one) {
      return one.answer.contact == contact.id;
    });
    const auto* row =
        of_role && !was_called ? attendance_since(standings, contact.name, callout.begun) : nullptr;
    if (row == nullptr) {
      continue;
    }
    const crisis::Presence& presence = *row->line.deed->presence;
    if (comes(presence.state) && (presence.function.empty() || presence.function == role.name)) {
      there.push_back({contact.id, role.name, true, false, callout.begun});
    }
  }
  return there;
}

/// The row of whoever was called for this role last, of those who stand before `next` in it; empty: nobody.
std::string row_before(const plan::CrisisRole& role, const std::string& next,
                       const std::vector<PlanAnswer>& answers) {
  std::string row;
  std::vector<std::string> order{role.holder};
  order.insert(order.end(), role.deputies.begin(),
               std::find(role.deputies.begin(), role.deputies.end(), next));
  for (const std::string& contact : order) {
    for (const PlanAnswer& one : answers) {
      if (one.answer.contact == contact && is_for(role, one.answer)) {
        row = one.row;
      }
    }
  }
  return row;
}

}  // namespace

std::size_t Callouts::add_deputies(const StoredCallout& callout, Instant now,
                                   std::optional<std::chrono::minutes> after,
                                   const std::function<bool(const plan::CrisisRole&)>& wanted,
                                   const std::string& passed_over) {
  const auto room = parts_.rooms.find(callout.facility, callout.room);
  const auto plan = parts_.plan(callout.facility);
  if (!room || room->closed || !plan) {
    return 0;
  }
  const auto standings = parts_.rooms.standings(*room);
  const ChannelSettings settings = parts_.channels.in_force();
  std::size_t added = 0;
  const Status written = parts_.database.write([&](Transaction& t) -> Status {
    const std::vector<StoredCalled> of_room = called_from(t, callout.room);
    std::optional<Names> names;  // made for the first who is called: nearly always nobody is
    Batch batch;
    // Of the whole room: a deputy is called once in it.
    std::vector<PlanAnswer> answers = answers_of(*standings, callout, of_room, !after, passed_over);
    for (const plan::CrisisRole& role : plan->roles) {
      const bool called_for = std::any_of(answers.begin(), answers.end(), [&](const PlanAnswer& one) {
        return one.callout == callout.id && is_for(role, one.answer);
      });
      if (!called_for || !wanted(role)) {
        continue;
      }
      std::vector<RoleAnswer> said;
      if (after) {
        said = uncalled(*plan, role, *standings, callout, answers);
      }
      for (const PlanAnswer& one : answers) {
        said.push_back(one.answer);
      }
      const auto next = next_for_role(*plan, role, said, now, after);
      if (!next) {
        continue;
      }
      if (!names) {
        names.emplace(*this, of_room);
      }
      const std::string contact = next->who.substr(of_the_plan.size());
      const std::string row =
          add(batch, callout, *next, row_before(role, contact, answers), settings, *names);
      answers.push_back({{contact, next->post, false, false, now}, row, callout.id});
      ++added;
    }
    batch.keep(t);
    return Done{};
  });
  RELEVE_CHECK(written.ok(), "names of the plan can be written");
  if (added > 0) {
    tell(*room);
    parts_.changed(callout.facility);
  }
  return added;
}

Status Callouts::call_deputy(const crisis::Room& room, const std::string& called) {
  if (room.closed) {
    return Error{ErrorKind::conflict, message("recall.room_closed"), {}};
  }
  std::optional<StoredCallout> callout;
  std::string contact;
  std::string post;
  parts_.database.read([&](Transaction& t) {
    for (const StoredCalled& one : called_from(t, room.id)) {
      if (one.id == called) {
        callout = callout_called(t, one.callout);
        contact = one.who.substr(one.who.find(':') + 1);
        post = one.post;
      }
    }
  });
  if (!callout) {
    return Error{ErrorKind::not_found, message("recall.not_called"), {}};
  }
  const auto holds = [&](const plan::CrisisRole& role) {
    return role.holder == contact ||
           (role.name == post &&
            std::find(role.deputies.begin(), role.deputies.end(), contact) != role.deputies.end());
  };
  if (add_deputies(*callout, parts_.clock.now(), std::nullopt, holds, contact) == 0) {
    return Error{ErrorKind::conflict, message("recall.no_deputy"), {}};
  }
  return Done{};
}

void Callouts::call_deputies(Instant now) {
  // Of a call that is long over nobody waits for an answer.
  constexpr std::chrono::hours waited_for{12};
  std::vector<StoredCallout> waiting;
  parts_.database.read([&](Transaction& t) {
    waiting = rows_where<StoredCallout>(t, "callout",
                                        "deputies_after is not null and begun > :since and room in (select "
                                        "id from room where closed is null)",
                                        {{"since", (now - waited_for).time_since_epoch().count()}});
  });
  for (const StoredCallout& one : waiting) {
    add_deputies(one, now, std::chrono::minutes(*one.deputies_after),
                 [](const plan::CrisisRole&) { return true; });
  }
}

}  // namespace releve::recall
