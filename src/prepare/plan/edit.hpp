// SPDX-License-Identifier: EUPL-1.2
// One change of a draft: an item put, or taken out. Pure. Two people who edit different items do not meet.
#pragma once

#include "foundation/base/result.hpp"
#include "prepare/plan/document.hpp"

namespace releve::plan {

/// Exactly one member besides the facility: the item as it shall be.
struct PlanEdit {
  std::string facility;
  std::optional<PlanFrame> frame;
  std::optional<Criterion> criterion;
  std::optional<Delegation> delegation;
  std::optional<CrisisCell> cell;
  std::optional<CrisisRole> role;
  std::optional<CrisisContact> contact;
  std::optional<CallBranch> call;
  std::optional<ActionCard> card;
  std::optional<ServiceSheet> service;
  std::optional<PaperForm> form;
  std::optional<ReadyMessage> message;
  std::optional<PaperKit> kit;
  std::optional<StockItem> stock;
  std::optional<TrainingItem> training;
};

struct PlanRemoval {
  std::string facility;
  std::string part;  // name of the list
  std::string id;
  Revision revision;
};

struct PlanMove {
  std::string facility;
  std::string part;
  std::string id;
  std::string before;  // the item that follows it from then on; empty: none, it is the last
};

/// Puts the item in the place of the one with its id, or adds it (an empty id becomes `fresh_id`); it then
/// has this revision. Errors: plan.one_item, plan.bad_day, plan.horizon_twice, edit.changed_meanwhile.
Status put(PlanDocument& document, const PlanEdit& edit, std::int64_t revision, const std::string& fresh_id);

/// Errors: plan.no_such_part, plan.no_such_item, edit.changed_meanwhile.
Status remove(PlanDocument& document, const PlanRemoval& removal);

/// An item's place is none of its particulars: whoever edits it meanwhile is not disturbed. Errors:
/// plan.no_such_part, plan.no_such_item.
Status move(PlanDocument& document, const PlanMove& move);

constexpr auto describe(PlanEdit*) {
  constexpr Rules maybe{.optional = true};
  return Fields{field<&PlanEdit::facility>("facility"),
                field<&PlanEdit::frame>("what is said once", maybe),
                field<&PlanEdit::criterion>("a criterion", maybe),
                field<&PlanEdit::delegation>("a delegation", maybe),
                field<&PlanEdit::cell>("a cell", maybe),
                field<&PlanEdit::role>("a role", maybe),
                field<&PlanEdit::contact>("a contact", maybe),
                field<&PlanEdit::call>("a branch of the call trees", maybe),
                field<&PlanEdit::card>("an action card", maybe),
                field<&PlanEdit::service>("a service's degraded modes", maybe),
                field<&PlanEdit::form>("a form", maybe),
                field<&PlanEdit::message>("a ready message", maybe),
                field<&PlanEdit::kit>("a paper kit", maybe),
                field<&PlanEdit::stock>("a stock", maybe),
                field<&PlanEdit::training>("a training", maybe)};
}

constexpr auto describe(PlanRemoval*) {
  return Fields{field<&PlanRemoval::facility>("facility"),
                field<&PlanRemoval::part>("name of the part", {.min_length = 1, .max_length = 40}),
                field<&PlanRemoval::id>("identity of the item", {.min_length = 1, .max_length = 64}),
                field<&PlanRemoval::revision>("as it was seen", rules::revision)};
}

constexpr auto describe(PlanMove*) {
  return Fields{
      field<&PlanMove::facility>("facility"),
      field<&PlanMove::part>("name of the part", {.min_length = 1, .max_length = 40}),
      field<&PlanMove::id>("identity of the item", {.min_length = 1, .max_length = 64}),
      field<&PlanMove::before>("the item that follows it from then on; empty: it is the last", rules::id)};
}

}  // namespace releve::plan
