// SPDX-License-Identifier: EUPL-1.2
// Who stands in for whom: the next deputy of a role, by hand or once nobody answers.
#include "foundation/base/text.hpp"
#include "respond/recall/calling.hpp"
#include "respond/recall/rows.hpp"
#include "respond/recall/standing_of.hpp"

#include <algorithm>
#include <set>

namespace releve::recall {

using store::Transaction;

namespace {

/// What somebody of the plan says, and where he was called.
struct PlanAnswer {
  RoleAnswer answer;
  std::string row;
  std::string callout;
  std::string fills;  // another role of the plan than the one of this call, as his line says; empty: none
};

/// Called for one role and written down under another of the plan, somebody fills that one alone.
bool comes_for(const plan::CrisisRole& role, const PlanAnswer& one) {
  return one.answer.comes && (one.fills.empty() || one.fills == role.name);
}

/// Did somebody who has left come since this call, or was he there for a good while of it?
bool did_a_shift(const crisis::Standings& standings, const std::string& person, Instant called) {
  constexpr std::chrono::hours a_good_while{1};
  const std::string subject = "presence/" + person;
  const auto lines = standings.all(subject);
  return standings.find(subject)->line.happened >= called + a_good_while ||
         std::any_of(lines.begin(), lines.end(), [&](const crisis::LineRow* row) {
           return comes(row->line.deed->presence->state) && is_said_since(row->line.happened, called);
         });
}

/// The role of the plan that his line names, where it is another than the one that he was called for.
std::string filled_instead(const plan::PlanDocument& plan, const crisis::Standings& standings,
                           const StoredCalled& called) {
  const crisis::LineRow* row = attendance_of(standings, called);
  const std::string function = row == nullptr ? "" : row->line.deed->presence->function;
  const bool is_role = std::any_of(plan.roles.begin(), plan.roles.end(),
                                   [&](const plan::CrisisRole& role) { return role.name == function; });
  return is_role && function != called.post ? function : "";
}

/// Called for a role that somebody else holds.
bool is_as_deputy(const plan::PlanDocument& plan, const std::string& contact, const std::string& post) {
  return std::any_of(plan.roles.begin(), plan.roles.end(), [&](const plan::CrisisRole& role) {
    return role.name == post && role.holder != contact &&
           std::find(role.deputies.begin(), role.deputies.end(), contact) != role.deputies.end();
  });
}

/// What the plan's people of a room say now, as they were called, without earlier calls that are over:
/// answered, or for an hour not. Who came and left has answered: nobody is woken for the end of a shift,
/// unless by hand.
std::vector<PlanAnswer> answers_of(const plan::PlanDocument& plan, const crisis::Standings& standings,
                                   const StoredCallout& callout, const std::vector<StoredCalled>& of_room,
                                   bool by_hand, const std::string& passed_over) {
  constexpr std::chrono::hours waited_for{1};
  std::vector<PlanAnswer> answers;
  for (const StoredCalled& one : of_room) {
    if (!one.who.starts_with(of_the_plan)) {
      continue;
    }
    const auto state = state_in(standings, one);
    const bool over = state == PresenceState::called
                          ? one.called + waited_for <= callout.begun
                          : attendance_since(standings, one.person, callout.begun) == nullptr;
    if (over && one.called < callout.begun) {
      continue;
    }
    const bool did = state == PresenceState::left && !by_hand &&
                     did_a_shift(standings, one.person, std::max(one.called, callout.begun));
    const bool came = comes(state) || did;
    const std::string contact = one.who.substr(of_the_plan.size());
    answers.push_back({{contact, one.post, came, is_unavailable(state), one.called, contact == passed_over,
                        is_as_deputy(plan, contact, one.post)},
                       one.id,
                       one.callout,
                       came ? filled_instead(plan, standings, one) : ""});
  }
  return answers;
}

/// Called for a role, and not by name alone? Who holds two roles is called once for both, under the first.
bool is_of_the_plan(const plan::PlanDocument& plan, const std::string& post) {
  return std::any_of(plan.roles.begin(), plan.roles.end(),
                     [&](const plan::CrisisRole& one) { return one.name == post; });
}

/// Who calls last for a role with its deputies has the words that hold: an earlier call-out adds nobody to
/// it. `callouts`: newest first.
bool is_called_for_again(const plan::CrisisRole& role, const StoredCallout& callout,
                         const std::vector<StoredCallout>& callouts, const std::vector<PlanAnswer>& answers,
                         const plan::PlanDocument& plan) {
  const auto end = std::find_if(callouts.begin(), callouts.end(),
                                [&](const StoredCallout& one) { return one.id == callout.id; });
  return std::any_of(callouts.begin(), end, [&](const StoredCallout& later) {
    return later.deputies_after && std::any_of(answers.begin(), answers.end(), [&](const PlanAnswer& one) {
             return one.callout == later.id && is_for(role, one.answer) &&
                    is_of_the_plan(plan, one.answer.post);
           });
  });
}

/// Is somebody of this role there, or on the way, without having been called for it, but by telephone? One
/// person fills one role: the one that his line names, else the first of these, unless one is his own. Who
/// comes for a unit of the house fills none. `filling`: who fills one so.
bool filled_uncalled(const plan::PlanDocument& plan, const plan::CrisisRole& role,
                     const crisis::Standings& standings, Instant begun,
                     const std::vector<PlanAnswer>& answers, std::set<std::string>& filling) {
  const auto was_called = [&](const std::string& contact) {
    return std::any_of(answers.begin(), answers.end(),
                       [&](const PlanAnswer& one) { return one.answer.contact == contact; });
  };
  const auto has_another = [&](const std::string& contact) {
    return std::any_of(plan.roles.begin(), plan.roles.end(), [&](const plan::CrisisRole& one) {
      return one.holder == contact && one.id != role.id;
    });
  };
  const bool has_cell = std::any_of(plan.cells.begin(), plan.cells.end(),
                                    [&](const plan::CrisisCell& one) { return one.id == role.cell; });
  const auto is_of_its_cell = [&](const std::string& named) {
    return std::any_of(plan.cells.begin(), plan.cells.end(), [&](const plan::CrisisCell& one) {
      return (!has_cell || one.id == role.cell) && fold(one.name) == fold(named);
    });
  };
  for (const plan::CrisisContact* contact : people_of(plan, role)) {
    const crisis::LineRow* row = attendance_since(standings, contact->name, begun);
    if (row == nullptr || !comes(row->line.deed->presence->state)) {
      continue;
    }
    const crisis::Presence& said = *row->line.deed->presence;
    const bool elsewhere = !said.cell.empty() && !is_of_its_cell(said.cell);
    if (said.function == role.name || (said.function.empty() && !elsewhere && !was_called(contact->id) &&
                                       !has_another(contact->id) && filling.insert(contact->id).second)) {
      return true;
    }
  }
  return false;
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
    const std::vector<StoredCallout> callouts = callouts_of(t, callout.room);
    std::optional<Names> names;  // made for the first who is called: nearly always nobody is
    Batch batch;
    // Of the whole room: a deputy is called once in it.
    std::set<std::string> filling;
    std::vector<PlanAnswer> answers = answers_of(*plan, *standings, callout, of_room, !after, passed_over);
    const auto calls_deputies = [&](const std::string& id) {
      return std::any_of(callouts.begin(), callouts.end(),
                         [&](const StoredCallout& one) { return one.id == id && one.deputies_after; });
    };
    for (const plan::CrisisRole& role : plan->roles) {
      bool called_for = false;  // not by his name alone
      bool called_here = false;
      bool comes = false;
      for (const PlanAnswer& one : answers) {
        if (is_for(role, one.answer)) {
          called_for = called_for || is_of_the_plan(*plan, one.answer.post) || calls_deputies(one.callout);
          called_here = called_here || one.callout == callout.id;
          comes = comes || comes_for(role, one);
        }
      }
      // Also of a role that another call is for: who fills that one fills none of these.
      const bool filled = after && called_for && !comes &&
                          filled_uncalled(*plan, role, *standings, callout.begun, answers, filling);
      if (!called_here || filled || !wanted(role) ||
          (after && is_called_for_again(role, callout, callouts, answers, *plan))) {
        continue;
      }
      std::vector<RoleAnswer> said;
      for (const PlanAnswer& one : answers) {
        said.push_back(one.answer);
        said.back().comes = comes_for(role, one);
      }
      for (const std::string& contact : filling) {  // there for another role: nobody calls him for this one
        said.push_back({contact, {}, true, false, now});
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
      answers.push_back(
          {{contact, next->post, false, false, now, false, is_as_deputy(*plan, contact, next->post)},
           row,
           callout.id,
           ""});
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
  // So long after the first deputy was due nobody waits for an answer to this call any more.
  constexpr std::chrono::hours waited_for{12};
  const char* in_closed_rooms =
      "deputies_after is not null and room in (select id from room where closed is not null)";
  bool any_over = false;
  std::vector<StoredCallout> waiting;
  parts_.database.read([&](Transaction& t) {
    any_over = !rows_where<StoredCallout>(t, "callout", in_closed_rooms, {}).empty();
    waiting = rows_where<StoredCallout>(t, "callout",
                                        "deputies_after is not null and begun + deputies_after * 60000 > "
                                        ":since and room in (select "
                                        "id from room where closed is null)",
                                        {{"since", (now - waited_for).time_since_epoch().count()}});
  });
  if (any_over) {  // should a closing be taken back a day later, nobody is to be called by surprise
    const Status written = parts_.database.write([&](Transaction& t) -> Status {
      t.execute("update callout set deputies_after = cast(null as bigint) where " +
                std::string(in_closed_rooms));
      return Done{};
    });
    RELEVE_CHECK(written.ok(), "forgetting to wait needs no text of a user");
  }
  for (const StoredCallout& one : waiting) {
    add_deputies(one, now, std::chrono::minutes(*one.deputies_after),
                 [](const plan::CrisisRole&) { return true; });
  }
}

}  // namespace releve::recall
