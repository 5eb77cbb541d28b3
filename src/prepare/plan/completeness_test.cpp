// SPDX-License-Identifier: EUPL-1.2
#include "prepare/plan/completeness.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace releve::plan {
namespace {

using testing::Contains;
using testing::Not;

const std::string today = "2026-11-26";

/// "code place name=value …" of each finding.
std::vector<std::string> said(const PlanDocument& plan, std::vector<KnownService> services = {}) {
  std::vector<std::string> lines;
  for (const Finding& one : completeness(plan, {today, std::move(services)}).findings) {
    std::string line = one.message.code.substr(5) + " " + one.place;
    for (const Param& param : one.message.params) {
      line += " " + param.name + "=" + param.value;
    }
    lines.push_back(std::move(line));
  }
  return lines;
}

ServiceSheet sheet(const std::string& id, int horizons, bool assumed = false) {
  ServiceSheet made{.id = id, .name = "Service " + id, .lead = "a"};
  for (int h = 0; h < static_cast<int>(horizon_count); ++h) {
    made.modes.push_back({.horizon = static_cast<Horizon>(h),
                          .assumed = assumed,
                          .procedure = h < horizons ? "sur papier" : ""});
  }
  return made;
}

/// Nothing to say about it.
PlanDocument whole() {
  PlanDocument plan;
  plan.frame = {.title = "Plan",
                .room = "Salle 1",
                .channel = "Téléphones de secours",
                .next_review = "2027-06-01",
                .check_months = 6};
  for (const CriterionKind kind : {CriterionKind::activate, CriterionKind::lift}) {
    for (const Level level : {Level::internal_mobilisation, Level::plan_blanc}) {
      plan.criteria.push_back({.id = "k", .kind = kind, .level = level, .text = "t"});
    }
  }
  for (const char* id : {"a", "b", "c", "d"}) {
    plan.contacts.push_back({.id = id, .name = id, .phone = "06", .checked = "2026-10-01"});
  }
  for (const auto& act : describe(static_cast<Act*>(nullptr)).entries) {
    plan.delegations.push_back({.id = std::string(act.text),
                                .act = act.value,
                                .contact = "a",
                                .at_night = true,
                                .starts = "2026-01-01",
                                .ends = "2027-12-31"});
  }
  for (const auto& kind : describe(static_cast<CellKind*>(nullptr)).entries) {
    const std::string id(kind.text);
    plan.cells.push_back({.id = id, .kind = kind.value, .name = id});
    plan.roles.push_back({.id = id, .cell = id, .name = id, .holder = "a", .deputies = {"b", "c", "d"}});
    plan.cards.push_back({.id = id, .role = id, .title = id, .lines = {"Appeler"}});
  }
  for (const auto& phase : describe(static_cast<Phase*>(nullptr)).entries) {
    plan.cards.push_back({.id = std::string(phase.text), .phase = phase.value, .title = "t", .lines = {"l"}});
  }
  plan.calls = {{.id = "t", .caller = "a", .called = {"b", "c", "d"}}};
  plan.services = {sheet("SAU", 6)};
  plan.forms = {{.id = "f", .name = "f", .copies = 50}};
  for (const auto& audience : describe(static_cast<Audience*>(nullptr)).entries) {
    plan.messages.push_back({.id = "m", .audience = audience.value, .title = "t"});
  }
  plan.kits = {{.id = "k", .name = "k", .place = "ici", .checked = "2026-10-01"}};
  plan.stocks = {{.id = "s", .name = "s", .quantity = 5, .least = 2, .checked = "2026-10-01"}};
  plan.trainings = {{.id = "x", .name = "x", .next = "2027-01-01"}};
  return plan;
}

TEST(plan_completeness, says_nothing_of_a_whole_plan_and_much_of_an_empty_one) {
  EXPECT_EQ(said(whole(), {{"SAU", "Urgences"}}), std::vector<std::string>());
  const auto empty = said({});
  for (const char* line : {"no_channel frame", "no_room frame", "no_review_day frame",
                           "no_mobilisation_criterion criteria", "no_plan_blanc_criterion criteria",
                           "no_lifting_criterion criteria", "no_night_delegation delegations act=complain",
                           "no_cell cells cell=cyber", "phase_without_card cards phase=evict",
                           "no_service services", "audience_without_message messages audience=press",
                           "no_kit kits", "no_stock stocks", "no_training trainings"}) {
    EXPECT_THAT(empty, Contains(line));
  }
}

TEST(plan_completeness, counts_services_without_a_degraded_mode_beyond_a_horizon) {
  PlanDocument plan = whole();
  plan.services.clear();
  for (int i = 0; i < 31; ++i) {
    plan.services.push_back(sheet("S" + std::to_string(i), i < 12 ? 2 : i < 15 ? 5 : 6, i < 4));
  }
  EXPECT_EQ(said(plan), (std::vector<std::string>{"services_without_mode services n=12 total=31 horizon=h24",
                                                  "services_without_mode services n=15 total=31 horizon=w4",
                                                  "services_not_confirmed services n=4 total=31"}));
  plan.services[30].modes[0].procedure.clear();  // a hole at the beginning: what follows helps nobody
  EXPECT_THAT(said(plan), Contains("services_without_mode services n=1 total=31 horizon=h2"));
}

TEST(plan_completeness, a_service_of_the_cartography_has_a_sheet_and_somebody_who_answers_for_it) {
  PlanDocument plan = whole();
  plan.services[0].lead = "nobody";
  EXPECT_EQ(said(plan, {{"SAU", "Urgences"}, {"LABO", "Laboratoire"}}),
            (std::vector<std::string>{"service_without_lead services/SAU name=Service SAU",
                                      "service_without_sheet services name=Laboratoire"}));
}

TEST(plan_completeness, a_sheet_of_a_service_that_the_cartography_no_longer_has_is_named) {
  PlanDocument plan = whole();
  EXPECT_EQ(said(plan, {{"URG", "Urgences"}}),
            (std::vector<std::string>{"service_without_sheet services name=Urgences",
                                      "service_gone services/SAU name=Service SAU"}));
  plan.services[0].id = "01940000-0000-7000-8000-000000000001";
  EXPECT_EQ(said(plan, {{"URG", "Urgences"}}),
            std::vector<std::string>{"service_without_sheet services name=Urgences"})
      << "written here, and never in it";
}

TEST(plan_completeness, numbers_are_there_and_were_checked) {
  PlanDocument plan = whole();
  plan.contacts[0].checked = "2025-09-20";
  plan.contacts[1].checked.clear();
  plan.contacts[2].phone.clear();
  EXPECT_EQ(said(plan), (std::vector<std::string>{"number_stale contacts/a name=a months=14",
                                                  "number_never_checked contacts/b name=b",
                                                  "contact_without_number contacts/c name=c"}));
  plan.frame.check_months = 0;
  EXPECT_THAT(said(plan), Not(Contains(testing::StartsWith("number_stale"))));
  plan.frame.check_months = 14;
  EXPECT_THAT(said(plan), Not(Contains(testing::StartsWith("number_stale")))) << "not longer than allowed";
}

TEST(plan_completeness, a_role_has_a_holder_and_three_others_behind) {
  PlanDocument plan = whole();
  plan.roles[0].deputies = {"b", "a", "b", "gone"};  // its holder, one twice, one who is no more
  plan.roles[1].holder = "gone";
  EXPECT_EQ(said(plan),
            (std::vector<std::string>{"role_without_deputies roles/decision name=decision n=1 total=3",
                                      "role_without_holder roles/secretary name=secretary"}));
}

TEST(plan_completeness, a_delegation_holds_today_and_at_night) {
  PlanDocument plan = whole();
  const auto with = [&](const std::function<void(Delegation&)>& change) {
    PlanDocument other = plan;
    change(other.delegations[1]);  // cut_network
    return said(other);
  };
  const std::string none = "no_night_delegation delegations act=cut_network";
  EXPECT_THAT(with([](Delegation& d) { d.at_night = false; }), Contains(none));
  EXPECT_THAT(with([](Delegation& d) { d.starts = "2026-11-27"; }), Contains(none));
  EXPECT_THAT(with([](Delegation& d) { d.contact = "gone"; }),
              Contains("delegation_to_nobody delegations/cut_network act=cut_network"));
  const auto over = with([](Delegation& d) { d.ends = "2026-11-25"; });
  EXPECT_THAT(over, Contains(none));
  EXPECT_THAT(over,
              Contains("delegation_over delegations/cut_network name=a act=cut_network day=2026-11-25"));
  const auto ends = with([](Delegation& d) { d.ends = "2026-12-10"; });
  EXPECT_EQ(ends, std::vector<std::string>{
                      "delegation_ends delegations/cut_network name=a act=cut_network day=2026-12-10"});
}

TEST(plan_completeness, call_trees_reach_every_holder_and_never_turn_in_a_circle) {
  PlanDocument plan = whole();
  plan.roles[0].holder = "d";
  plan.roles[0].deputies = {"a", "b", "c"};
  plan.calls = {{.id = "t", .caller = "a", .called = {"b"}}, {.id = "u", .caller = "b", .called = {"c"}}};
  EXPECT_EQ(said(plan), std::vector<std::string>{"called_by_nobody calls name=d"});
  plan.calls.push_back({.id = "v", .caller = "c", .called = {"d", "a"}});
  EXPECT_EQ(said(plan), std::vector<std::string>{"call_circle calls name=a"});
}

TEST(plan_completeness, days_that_are_past_are_said) {
  PlanDocument plan = whole();
  plan.frame.next_review = "2026-11-25";
  plan.kits[0].checked = "2026-01-01";
  plan.stocks[0].quantity = 1;
  plan.trainings[0].next = "2026-11-01";
  plan.forms[0].copies = 0;
  EXPECT_EQ(said(plan),
            (std::vector<std::string>{"review_past frame day=2026-11-25", "kit_stale kits/k name=k months=10",
                                      "form_not_printed forms/f name=f", "stock_low stocks/s name=s",
                                      "training_without_day trainings/x name=x"}));
}

TEST(plan_completeness, a_stock_was_counted_and_not_long_ago) {
  PlanDocument plan = whole();
  plan.stocks = {{.id = "a", .name = "a", .quantity = 5, .least = 2},
                 {.id = "b", .name = "b", .quantity = 5, .least = 2, .checked = "2023-11-20"},
                 {.id = "c", .name = "c", .quantity = 1, .least = 2, .checked = "2023-11-20"},
                 {.id = "d", .name = "d", .quantity = 0, .least = 2}};
  EXPECT_EQ(said(plan), (std::vector<std::string>{"stock_never_checked stocks/a name=a",
                                                  "stock_stale stocks/b name=b months=36",
                                                  "stock_low stocks/c name=c", "stock_low stocks/d name=d"}));
  plan.frame.check_months = 0;
  EXPECT_THAT(said(plan), Not(Contains(testing::StartsWith("stock_stale"))));
}

TEST(plan_completeness, each_part_counts_its_gaps_beyond_what_is_listed) {
  PlanDocument plan = whole();
  for (int i = 0; i < 300; ++i) {
    plan.contacts.push_back({.id = "n" + std::to_string(i), .name = "n"});
  }
  const Completeness looked = completeness(plan, {today, {}});
  const auto row = std::find_if(looked.parts.begin(), looked.parts.end(),
                                [](const PlanProgress& one) { return one.part == "contacts"; });
  EXPECT_EQ(*row, (PlanProgress{"contacts", 304, 300}));
  EXPECT_EQ(looked.findings.size(), max_findings_per_code + 1);
  EXPECT_EQ(looked.parts.size(), 14U);
}

}  // namespace
}  // namespace releve::plan
