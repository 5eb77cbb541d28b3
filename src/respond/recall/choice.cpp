// SPDX-License-Identifier: EUPL-1.2
#include "respond/recall/choice.hpp"

#include "foundation/base/person_name.hpp"
#include "foundation/base/reach.hpp"
#include "foundation/base/text.hpp"

#include <algorithm>

namespace releve::recall {

using plan::CellKind;
using plan::CrisisCell;
using plan::CrisisContact;
using plan::CrisisRole;
using plan::PlanDocument;

namespace {

constexpr std::chrono::minutes one_gesture{1};

template <class Item>
const Item* find(const std::vector<Item>& items, const std::string& id) {
  const auto found = std::find_if(items.begin(), items.end(), [&](const Item& one) { return one.id == id; });
  return found == items.end() ? nullptr : &*found;
}

bool holds(const std::vector<std::string>& list, const std::string& id) {
  return std::find(list.begin(), list.end(), id) != list.end();
}

/// The gateway gets the first number that takes texts, else the plan's first; the other one is told beside
/// it.
Callee callee_of(const CrisisContact& contact) {
  std::vector<std::string> numbers = phones_in(contact.phone);
  for (std::string& other : phones_in(contact.other_phone)) {
    numbers.push_back(std::move(other));
  }
  std::stable_partition(numbers.begin(), numbers.end(), takes_texts);
  numbers.resize(2);
  return {"contact:" + contact.id,
          contact.name,
          {},
          {},
          {},
          contact.post,
          {},
          {numbers[1], numbers[0], is_mail_address(contact.mail) ? contact.mail : ""}};
}

bool same_mail(std::string_view a, std::string_view b) {
  return !a.empty() && a.size() == b.size() && starts_with_ignoring_case(a, b);
}

Callee for_role(const PlanDocument& plan, const CrisisRole& role, const CrisisContact& contact) {
  Callee callee = callee_of(contact);
  const CrisisCell* cell = find(plan.cells, role.cell);
  callee.cell = cell == nullptr ? "" : cell->name;
  callee.post = role.name;
  return callee;
}

}  // namespace

Selection usual_selection(const PlanDocument& plan, const std::string& today) {
  Selection usual;
  for (const CrisisRole& role : plan.roles) {
    const CrisisCell* cell = find(plan.cells, role.cell);
    if (cell != nullptr && (cell->kind == CellKind::decision || cell->kind == CellKind::cyber)) {
      usual.roles.push_back(role.id);
    }
  }
  for (const plan::Delegation& one : plan.delegations) {
    if (one.act == plan::Act::decide && one.at_night && (one.starts.empty() || one.starts <= today) &&
        (one.ends.empty() || today <= one.ends)) {
      usual.contacts.push_back(one.contact);
    }
  }
  return usual;
}

std::vector<const CrisisContact*> people_of(const PlanDocument& plan, const CrisisRole& role) {
  std::vector<const CrisisContact*> people;
  const auto add = [&](const std::string& id) {
    if (const CrisisContact* contact = find(plan.contacts, id)) {
      people.push_back(contact);
    }
  };
  add(role.holder);
  for (const std::string& deputy : role.deputies) {
    add(deputy);
  }
  return people;
}

PlannedCall called_by_plan(const PlanDocument& plan, const Selection& selection, const std::string& today) {
  Selection wanted = selection;
  if (selection.usual) {
    const Selection usual = usual_selection(plan, today);
    wanted.roles.insert(wanted.roles.end(), usual.roles.begin(), usual.roles.end());
    wanted.contacts.insert(wanted.contacts.end(), usual.contacts.begin(), usual.contacts.end());
  }
  PlannedCall planned;
  const auto add = [&](Callee callee) {
    const bool fresh = std::none_of(planned.people.begin(), planned.people.end(),
                                    [&](const Callee& one) { return one.who == callee.who; });
    if (fresh) {
      planned.people.push_back(std::move(callee));
    }
    return fresh;
  };
  const auto holds_a_role = [&](const CrisisContact& contact) {
    return std::any_of(plan.roles.begin(), plan.roles.end(), [&](const CrisisRole& role) {
      return holds(wanted.roles, role.id) && role.holder == contact.id;
    });
  };
  for (const CrisisRole& role : plan.roles) {
    if (!holds(wanted.roles, role.id)) {
      continue;
    }
    const auto people = people_of(plan, role);
    if (!people.empty() && people.front()->id == role.holder) {
      add(for_role(plan, role, *people.front()));
    } else if (std::none_of(people.begin(), people.end(), [&](const CrisisContact* deputy) {
                 return !holds_a_role(*deputy) && add(for_role(plan, role, *deputy));
               })) {
      planned.nobody_for.push_back(role);
    }
  }
  for (const CrisisContact& contact : plan.contacts) {
    if (holds(wanted.contacts, contact.id)) {
      add(callee_of(contact));
    }
  }
  return planned;
}

Callee callee_of(const StaffMember& member) {
  return {"staff:" + member.id, member.name,   member.site,   member.unit, {},
          member.post,          member.skills, member.contact};
}

bool is_same_person(const Callee& planned, const Callee& member) {
  const Contact& of_plan = planned.contact;
  const Contact& own = member.contact;
  return (same_digits(own.mobile, of_plan.mobile) || same_digits(own.mobile, of_plan.phone) ||
          same_mail(own.mail, of_plan.mail)) &&
         same_name(planned.person, member.person);
}

bool is_same_member(const Callee& one, const Callee& other) {
  const Contact& a = one.contact;
  const Contact& b = other.contact;
  const bool two_telephones = !a.mobile.empty() && !b.mobile.empty() && !same_digits(a.mobile, b.mobile);
  return !two_telephones && (same_digits(a.mobile, b.mobile) || same_mail(a.mail, b.mail)) &&
         same_name(one.person, other.person);
}

bool is_for(const CrisisRole& role, const RoleAnswer& answer) {
  return answer.contact == role.holder ? !answer.as_deputy || answer.post == role.name
                                       : answer.post == role.name && holds(role.deputies, answer.contact);
}

std::optional<Callee> next_for_role(const PlanDocument& plan, const CrisisRole& role,
                                    const std::vector<RoleAnswer>& answers, Instant now,
                                    std::optional<std::chrono::minutes> after) {
  std::vector<std::string> order{role.holder};
  order.insert(order.end(), role.deputies.begin(), role.deputies.end());
  bool anybody = false;
  bool awaited = false;
  const CrisisContact* next = nullptr;
  for (const std::string& contact : order) {
    bool called = false;
    const RoleAnswer* answer = nullptr;
    for (const RoleAnswer& one : answers) {
      if (one.contact == contact) {
        called = true;
        answer = is_for(role, one) ? &one : answer;
      }
    }
    if (!called) {
      next = next == nullptr ? find(plan.contacts, contact) : next;
    }
    if (answer == nullptr) {
      continue;
    }
    anybody = true;
    if (answer->comes) {
      return std::nullopt;
    }
    const auto by_hand = contact == role.holder ? std::chrono::minutes(0) : one_gesture;
    const bool may_still_answer = !answer->unavailable && now < answer->called + after.value_or(by_hand);
    awaited = !answer->passed_over && (awaited || may_still_answer);
  }
  return anybody && !awaited && next != nullptr ? std::optional(for_role(plan, role, *next)) : std::nullopt;
}

}  // namespace releve::recall
