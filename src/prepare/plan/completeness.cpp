// SPDX-License-Identifier: EUPL-1.2
#include "prepare/plan/completeness.hpp"

#include "foundation/base/day.hpp"
#include "foundation/base/id.hpp"
#include "foundation/base/text.hpp"
#include "prepare/plan/parts.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <set>

namespace releve::plan {

namespace {

constexpr int warned_days = 30;  // a delegation that ends sooner is to be renewed now

class Look {
 public:
  Look(const PlanDocument& plan, const Surroundings& around) : plan_(plan), around_(around) {
    for (const CrisisContact& one : plan.contacts) {
      contacts_.emplace(one.id, &one);
    }
  }

  Completeness take() {
    frame();
    criteria();
    delegations();
    cells();
    roles();
    contacts();
    calls();
    cards();
    services();
    messages();
    kits();
    stocks();
    trainings();
    Completeness whole;
    const auto add = [&](std::string_view part, std::size_t items) {
      whole.parts.push_back(
          {std::string(part), static_cast<std::int64_t>(items), counts_[std::string(part)]});
    };
    add("frame", 1);
    each_list(plan_, [&](std::string_view part, const auto& list) { add(part, list.size()); });
    whole.findings = findings_.take();
    return whole;
  }

 private:
  using Params = std::vector<Param>;

  void say(Severity severity, std::string_view code, std::string place, Params params = {}) {
    ++counts_[std::string(split(place, '/').front())];
    findings_.add(severity, message("plan." + std::string(code), std::move(params)), std::move(place));
  }

  void warn(std::string_view code, std::string place, Params params = {}) {
    say(Severity::warning, code, std::move(place), std::move(params));
  }

  /// Without it the plan cannot be carried out.
  void fault(std::string_view code, std::string place, Params params = {}) {
    say(Severity::error, code, std::move(place), std::move(params));
  }

  const CrisisContact* contact(const std::string& id) const {
    const auto place = contacts_.find(id);
    return place == contacts_.end() ? nullptr : place->second;
  }

  /// Whole months since that day when they are more than the plan allows; 0 otherwise.
  int stale_months(const std::string& day) const {
    const int months = months_between(day, around_.today);
    return plan_.frame.check_months > 0 && months > plan_.frame.check_months ? months : 0;
  }

  void frame() {
    const PlanFrame& f = plan_.frame;
    if (f.room.empty()) {
      warn("no_room", "frame");
    }
    if (f.channel.empty()) {
      fault("no_channel", "frame");
    }
    if (f.next_review.empty()) {
      warn("no_review_day", "frame");
    } else if (f.next_review < around_.today) {
      warn("review_past", "frame", {{"day", f.next_review}});
    }
  }

  void criteria() {
    const auto none = [&](CriterionKind kind, Level level) {
      return std::none_of(plan_.criteria.begin(), plan_.criteria.end(),
                          [&](const Criterion& one) { return one.kind == kind && one.level == level; });
    };
    if (none(CriterionKind::activate, Level::internal_mobilisation)) {
      fault("no_mobilisation_criterion", "criteria");
    }
    if (none(CriterionKind::activate, Level::plan_blanc)) {
      fault("no_plan_blanc_criterion", "criteria");
    }
    if (none(CriterionKind::lift, Level::plan_blanc) ||
        none(CriterionKind::lift, Level::internal_mobilisation)) {
      warn("no_lifting_criterion", "criteria");
    }
  }

  bool valid(const Delegation& one) const {
    return contact(one.contact) != nullptr && one.starts <= around_.today &&
           (one.ends.empty() || one.ends >= around_.today);
  }

  void delegations() {
    for (const auto& act : describe(static_cast<Act*>(nullptr)).entries) {
      bool held = false;
      for (const Delegation& one : plan_.delegations) {
        held = held || (one.act == act.value && valid(one) && one.at_night);
      }
      if (!held) {
        fault("no_night_delegation", "delegations", {{"act", std::string(act.text)}});
      }
    }
    const std::string soon = days_after(around_.today, warned_days);
    for (const Delegation& one : plan_.delegations) {
      const std::string place = "delegations/" + one.id;
      const CrisisContact* held_by = contact(one.contact);
      if (held_by == nullptr) {
        warn("delegation_to_nobody", place, {{"act", std::string(text_of(one.act))}});
      } else if (!one.ends.empty() && one.ends < soon) {
        warn(one.ends < around_.today ? "delegation_over" : "delegation_ends", place,
             {{"name", held_by->name}, {"act", std::string(text_of(one.act))}, {"day", one.ends}});
      }
    }
  }

  void cells() {
    for (const auto& kind : describe(static_cast<CellKind*>(nullptr)).entries) {
      if (std::none_of(plan_.cells.begin(), plan_.cells.end(),
                       [&](const CrisisCell& one) { return one.kind == kind.value; })) {
        fault("no_cell", "cells", {{"cell", std::string(kind.text)}});
      }
    }
    for (const CrisisCell& one : plan_.cells) {
      if (std::none_of(plan_.roles.begin(), plan_.roles.end(),
                       [&](const CrisisRole& role) { return role.cell == one.id; })) {
        warn("cell_without_role", "cells/" + one.id, {{"name", one.name}});
      }
    }
  }

  void roles() {
    for (const CrisisRole& role : plan_.roles) {
      const std::string place = "roles/" + role.id;
      const CrisisContact* holder = contact(role.holder);
      if (holder == nullptr) {
        fault("role_without_holder", place, {{"name", role.name}});
      }
      std::set<std::string> behind;
      for (const std::string& deputy : role.deputies) {
        if (contact(deputy) != nullptr && deputy != role.holder) {
          behind.insert(deputy);
        }
      }
      if (behind.size() < deputies_wanted) {
        warn("role_without_deputies", place,
             {{"name", role.name},
              {"n", std::to_string(behind.size())},
              {"total", std::to_string(deputies_wanted)}});
      }
    }
  }

  void contacts() {
    for (const CrisisContact& one : plan_.contacts) {
      const std::string place = "contacts/" + one.id;
      if (one.phone.empty() && one.other_phone.empty()) {
        fault("contact_without_number", place, {{"name", one.name}});
      } else if (one.checked.empty()) {
        warn("number_never_checked", place, {{"name", one.name}});
      } else if (const int months = stale_months(one.checked); months > 0) {
        warn("number_stale", place, {{"name", one.name}, {"months", std::to_string(months)}});
      }
    }
  }

  void calls() {
    std::map<std::string, std::vector<std::string>> below;
    std::set<std::string> reached;
    for (const CallBranch& one : plan_.calls) {
      auto& called = below[one.caller];
      called.insert(called.end(), one.called.begin(), one.called.end());
      reached.insert(one.called.begin(), one.called.end());
      reached.insert(one.caller);
    }
    std::set<std::string> wanted;
    for (const CrisisRole& role : plan_.roles) {
      if (contact(role.holder) != nullptr) {
        wanted.insert(role.holder);
      }
    }
    for (const std::string& id : wanted) {
      if (!reached.contains(id)) {
        warn("called_by_nobody", "calls", {{"name", contact(id)->name}});
      }
    }
    if (const std::string id = on_a_circle(below); !id.empty()) {
      const CrisisContact* one = contact(id);
      warn("call_circle", "calls", {{"name", one == nullptr ? "—" : one->name}});
    }
  }

  /// Somebody who would, in the end, call himself; empty: nobody.
  static std::string on_a_circle(const std::map<std::string, std::vector<std::string>>& below) {
    std::map<std::string, bool> finished;  // false: on the way
    std::string found;
    const std::function<void(const std::string&)> visit = [&](const std::string& id) {
      const auto place = below.find(id);
      if (!found.empty() || place == below.end() || finished.contains(id)) {
        return;
      }
      finished[id] = false;
      for (const std::string& next : place->second) {
        if (const auto state = finished.find(next); state != finished.end() && !state->second) {
          found = next;
        }
        visit(next);
      }
      finished[id] = true;
    };
    for (const auto& [id, called] : below) {
      visit(id);
    }
    return found;
  }

  void cards() {
    std::set<std::string> with_card;
    for (const ActionCard& one : plan_.cards) {
      with_card.insert(one.role);
      if (one.lines.empty()) {
        warn("card_without_line", "cards/" + one.id, {{"name", one.title}});
      }
    }
    for (const auto& phase : describe(static_cast<Phase*>(nullptr)).entries) {
      if (std::none_of(plan_.cards.begin(), plan_.cards.end(),
                       [&](const ActionCard& one) { return one.phase == phase.value; })) {
        warn("phase_without_card", "cards", {{"phase", std::string(phase.text)}});
      }
    }
    for (const CrisisRole& role : plan_.roles) {
      if (!with_card.contains(role.id)) {
        warn("role_without_card", "roles/" + role.id, {{"name", role.name}});
      }
    }
  }

  /// The last horizon for which somebody wrote down how care goes on, in order and without a hole.
  static int covered(const ServiceSheet& sheet) {
    int until = -1;
    for (const DegradedMode& mode : sheet.modes) {
      if (static_cast<int>(mode.horizon) != until + 1 || mode.procedure.empty()) {
        break;
      }
      until = static_cast<int>(mode.horizon);
    }
    return until;
  }

  void services() {
    std::set<std::string> sheets;
    std::array<std::int64_t, horizon_count> ended{};  // services whose modes end before this horizon
    std::int64_t assumed = 0;
    for (const ServiceSheet& sheet : plan_.services) {
      sheets.insert(sheet.id);
      if (const int next = covered(sheet) + 1; next < static_cast<int>(horizon_count)) {
        ++ended[static_cast<std::size_t>(next)];
      }
      assumed += std::any_of(sheet.modes.begin(), sheet.modes.end(),
                             [](const DegradedMode& mode) { return mode.assumed; })
                     ? 1
                     : 0;
      if (contact(sheet.lead) == nullptr) {
        warn("service_without_lead", "services/" + sheet.id, {{"name", sheet.name}});
      }
    }
    std::set<std::string> known;
    for (const KnownService& one : around_.services) {
      known.insert(one.id);
      if (!sheets.contains(one.id)) {
        fault("service_without_sheet", "services", {{"name", one.name}});
      }
    }
    for (const ServiceSheet& sheet : plan_.services) {
      // One that was written here, of a service that the cartography never had, bears an identity of our own.
      if (!known.empty() && !known.contains(sheet.id) && !is_uuid(sheet.id)) {
        warn("service_gone", "services/" + sheet.id, {{"name", sheet.name}});
      }
    }
    if (plan_.services.empty()) {
      fault("no_service", "services");
    }
    const std::string total = std::to_string(plan_.services.size());
    std::int64_t without = 0;  // at this horizon, or at an earlier one
    for (std::size_t h = 0; h < horizon_count; ++h) {
      const std::string_view horizon = text_of(static_cast<Horizon>(h));
      without += ended[h];
      if (ended[h] > 0) {
        warn("services_without_mode", "services",
             {{"n", std::to_string(without)}, {"total", total}, {"horizon", std::string(horizon)}});
      }
    }
    if (assumed > 0) {
      warn("services_not_confirmed", "services", {{"n", std::to_string(assumed)}, {"total", total}});
    }
  }

  void messages() {
    for (const auto& audience : describe(static_cast<Audience*>(nullptr)).entries) {
      if (std::none_of(plan_.messages.begin(), plan_.messages.end(),
                       [&](const ReadyMessage& one) { return one.audience == audience.value; })) {
        warn("audience_without_message", "messages", {{"audience", std::string(audience.text)}});
      }
    }
  }

  void kits() {
    for (const PaperKit& one : plan_.kits) {
      const std::string place = "kits/" + one.id;
      if (one.place.empty()) {
        warn("kit_nowhere", place, {{"name", one.name}});
      } else if (one.checked.empty()) {
        warn("kit_never_checked", place, {{"name", one.name}});
      } else if (const int months = stale_months(one.checked); months > 0) {
        warn("kit_stale", place, {{"name", one.name}, {"months", std::to_string(months)}});
      }
    }
    if (plan_.kits.empty()) {
      warn("no_kit", "kits");
    }
    for (const PaperForm& one : plan_.forms) {
      if (one.copies == 0) {
        warn("form_not_printed", "forms/" + one.id, {{"name", one.name}});
      }
    }
  }

  void stocks() {
    for (const StockItem& one : plan_.stocks) {
      if (one.quantity < one.least) {
        warn("stock_low", "stocks/" + one.id, {{"name", one.name}});
      } else if (one.least == 0) {
        warn("stock_without_least", "stocks/" + one.id, {{"name", one.name}});
      } else if (one.checked.empty()) {
        warn("stock_never_checked", "stocks/" + one.id, {{"name", one.name}});
      } else if (const int months = stale_months(one.checked); months > 0) {
        warn("stock_stale", "stocks/" + one.id, {{"name", one.name}, {"months", std::to_string(months)}});
      }
    }
    if (plan_.stocks.empty()) {
      warn("no_stock", "stocks");
    }
  }

  void trainings() {
    for (const TrainingItem& one : plan_.trainings) {
      if (one.next.empty() || one.next < around_.today) {
        warn("training_without_day", "trainings/" + one.id, {{"name", one.name}});
      }
    }
    if (plan_.trainings.empty()) {
      warn("no_training", "trainings");
    }
  }

  const PlanDocument& plan_;
  const Surroundings& around_;
  std::map<std::string, const CrisisContact*> contacts_;
  std::map<std::string, std::int64_t> counts_;  // by part
  Findings findings_;
};

}  // namespace

Completeness completeness(const PlanDocument& plan, const Surroundings& around) {
  return Look(plan, around).take();
}

}  // namespace releve::plan
