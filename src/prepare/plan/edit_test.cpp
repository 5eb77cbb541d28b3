// SPDX-License-Identifier: EUPL-1.2
#include "prepare/plan/edit.hpp"

#include "foundation/base/day.hpp"
#include "prepare/plan/difference.hpp"
#include "prepare/plan/parts.hpp"

#include <gtest/gtest.h>

namespace releve::plan {
namespace {

PlanEdit with_contact(CrisisContact contact) {
  PlanEdit edit;
  edit.contact = std::move(contact);
  return edit;
}

std::string code(const Status& status) {
  return status.ok() ? "" : status.error().message.code;
}

TEST(plan_edit, an_item_is_added_replaced_and_taken_out) {
  PlanDocument plan;
  ASSERT_TRUE(put(plan, with_contact({.name = "Léa Martin", .phone = "06"}), 2, "c1").ok());
  ASSERT_EQ(plan.contacts.size(), 1U);
  EXPECT_EQ(plan.contacts[0].id, "c1");
  EXPECT_EQ(plan.contacts[0].revision, 2);
  CrisisContact changed = plan.contacts[0];
  changed.phone = "07";
  ASSERT_TRUE(put(plan, with_contact(changed), 3, "c2").ok());
  ASSERT_EQ(plan.contacts.size(), 1U);
  EXPECT_EQ(plan.contacts[0].phone, "07");
  EXPECT_EQ(plan.contacts[0].revision, 3);
  EXPECT_EQ(code(remove(plan, {.part = "contacts", .id = "c1", .revision = 2})), "edit.changed_meanwhile");
  EXPECT_TRUE(remove(plan, {.part = "contacts", .id = "c1", .revision = 3}).ok());
  EXPECT_TRUE(plan.contacts.empty());
  EXPECT_EQ(code(remove(plan, {.part = "contacts", .id = "c1", .revision = 3})), "plan.no_such_item");
  EXPECT_EQ(code(remove(plan, {.part = "frame", .id = "c1", .revision = 3})), "plan.no_such_part");
}

TEST(plan_edit, two_editors_of_one_item_see_both_versions_and_of_two_items_do_not_meet) {
  PlanDocument plan;
  ASSERT_TRUE(put(plan, with_contact({.id = "a", .name = "A", .phone = "1"}), 2, "").ok());
  ASSERT_TRUE(put(plan, with_contact({.id = "b", .name = "B", .phone = "1"}), 3, "").ok());
  CrisisContact first = plan.contacts[0];
  CrisisContact second = plan.contacts[0];
  CrisisContact other = plan.contacts[1];
  first.phone = "2";
  second.phone = "3";
  other.phone = "4";
  ASSERT_TRUE(put(plan, with_contact(first), 4, "").ok());
  EXPECT_TRUE(put(plan, with_contact(other), 5, "").ok());
  const Status refused = put(plan, with_contact(second), 6, "");
  ASSERT_EQ(code(refused), "edit.changed_meanwhile");
  EXPECT_EQ(refused.error().kind, ErrorKind::conflict);
  EXPECT_EQ(refused.error().message.params,
            (std::vector<Param>{{"theirs", "staff · A · 2"}, {"yours", "staff · A · 3"}}));
  EXPECT_EQ(plan.contacts[0].phone, "2");
  second.revision.reset();  // "keep mine"
  EXPECT_TRUE(put(plan, with_contact(second), 6, "").ok());
  EXPECT_EQ(plan.contacts[0].phone, "3");
}

TEST(plan_edit, what_was_taken_out_meanwhile_does_not_come_back_by_itself) {
  PlanDocument plan;
  CrisisContact gone{.id = "a", .revision = 2, .name = "A"};
  EXPECT_EQ(code(put(plan, with_contact(gone), 3, "")), "edit.changed_meanwhile");
  gone.revision.reset();
  EXPECT_TRUE(put(plan, with_contact(gone), 3, "").ok());
  EXPECT_EQ(plan.contacts.size(), 1U);
}

TEST(plan_edit, takes_one_item_at_a_time_with_days_that_exist) {
  PlanDocument plan;
  EXPECT_EQ(code(put(plan, {}, 2, "x")), "plan.one_item");
  PlanEdit two = with_contact({.name = "A"});
  two.cell = CrisisCell{.name = "B"};
  EXPECT_EQ(code(put(plan, two, 2, "x")), "plan.one_item");
  EXPECT_EQ(code(put(plan, with_contact({.name = "A", .checked = "2026-02-30"}), 2, "x")), "plan.bad_day");
  EXPECT_EQ(code(put(plan, with_contact({.name = "A", .checked = "2026-02-28T00:00:00Z"}), 2, "x")),
            "plan.bad_day");
  EXPECT_TRUE(put(plan, with_contact({.name = "A", .checked = "2024-02-29"}), 2, "x").ok());
  PlanEdit frame;
  frame.frame = PlanFrame{.title = "Plan", .next_review = "demain"};
  EXPECT_EQ(code(put(plan, frame, 3, "")), "plan.bad_day");
}

TEST(plan_edit, a_service_has_each_horizon_once_and_in_order) {
  PlanDocument plan;
  PlanEdit edit;
  edit.service = ServiceSheet{.id = "SAU", .name = "Urgences"};
  edit.service->modes = {{.horizon = Horizon::h24}, {.horizon = Horizon::h2}};
  ASSERT_TRUE(put(plan, edit, 2, "").ok());
  EXPECT_EQ(plan.services[0].modes[0].horizon, Horizon::h2);
  edit.service->modes.push_back({.horizon = Horizon::h2});
  EXPECT_EQ(code(put(plan, edit, 3, "")), "plan.horizon_twice");
}

TEST(plan_edit, every_part_can_be_edited_and_taken_out) {
  PlanDocument plan;
  std::size_t parts = 0;
  for_each_field<PlanEdit>([&](const auto& field) {
    using F = std::remove_cvref_t<decltype(field)>;
    if constexpr (releve::detail::IsOptional<typename F::Type>::value) {
      PlanEdit edit;
      edit.*F::member = typename F::Type::value_type{};
      EXPECT_TRUE(put(plan, edit, 2, "one").ok()) << F::name;
      ++parts;
    }
  });
  std::size_t lists = 0;
  each_list(plan, [&](std::string_view part, const auto& list) {
    EXPECT_EQ(list.size(), 1U) << part;
    ++lists;
  });
  EXPECT_EQ(parts, lists + 1) << "the frame too";
}

TEST(plan_edit, an_item_gets_another_place_and_keeps_its_revision) {
  PlanDocument plan;
  plan.cells = {{.id = "a", .revision = 1}, {.id = "b", .revision = 2}, {.id = "c", .revision = 3}};
  const auto order = [&] {
    std::string ids;
    for (const CrisisCell& one : plan.cells) {
      ids += one.id;
    }
    return ids;
  };

  const struct {
    const char* id;
    const char* before;
    const char* then;
  } moves[] = {{"c", "a", "cab"}, {"c", "", "abc"},  {"a", "c", "bac"}, {"a", "c", "bac"},
               {"a", "a", "bac"}, {"b", "c", "abc"}, {"c", "b", "acb"}};

  for (const auto& one : moves) {
    ASSERT_TRUE(move(plan, {.part = "cells", .id = one.id, .before = one.before}).ok());
    EXPECT_EQ(order(), one.then);
  }
  EXPECT_EQ(plan.cells[1].revision, 3);
  EXPECT_EQ(code(move(plan, {.part = "cells", .id = "x"})), "plan.no_such_item");
  EXPECT_EQ(code(move(plan, {.part = "cells", .id = "a", .before = "x"})), "plan.no_such_item");
  EXPECT_EQ(code(move(plan, {.part = "frame", .id = "a"})), "plan.no_such_part");
  EXPECT_EQ(order(), "acb");
}

TEST(plan_difference, tells_what_was_added_changed_and_removed) {
  PlanDocument before;
  before.frame.title = "Plan";
  before.contacts = {{.id = "a", .revision = 1, .name = "A", .phone = "1"},
                     {.id = "b", .revision = 1, .name = "B"}};
  before.cards = {{.id = "k", .revision = 1, .title = "Alerte", .lines = {"Appeler", "Noter"}}};
  PlanDocument after = before;
  EXPECT_TRUE(difference(before, after).empty());
  after.contacts[0].revision = 9;  // put again as it was
  EXPECT_TRUE(difference(before, after).empty());
  after.contacts[0].phone = "2";
  after.contacts.erase(after.contacts.begin() + 1);
  after.contacts.push_back({.id = "c", .name = "C"});
  after.cards[0].lines.emplace_back("Isoler");
  after.frame.room = "Salle 2";
  EXPECT_EQ(
      difference(before, after),
      (std::vector<PlanChange>{{"frame", "", "Plan", PlanChangeKind::changed, {{"room", "", "Salle 2"}}},
                               {"contacts", "a", "A", PlanChangeKind::changed, {{"phone", "1", "2"}}},
                               {"contacts", "c", "C", PlanChangeKind::added, {}},
                               {"contacts", "b", "B", PlanChangeKind::removed, {}},
                               {"cards",
                                "k",
                                "Alerte",
                                PlanChangeKind::changed,
                                {{"lines", "Appeler · Noter", "Appeler · Noter · Isoler"}}}}));
}

TEST(plan_difference, calls_what_is_named_by_its_title) {
  PlanDocument before;
  before.contacts = {{.id = "a", .name = "Anne Roche"}, {.id = "b", .name = "Paul Vidal"}};
  before.forms = {{.id = "f", .name = "Prescription"}};
  before.roles = {{.id = "r", .name = "Directeur de crise", .holder = "a"}};
  before.calls = {{.id = "t", .caller = "a", .called = {"b"}}};
  before.services = {{.id = "SAU", .name = "Urgences"}};
  before.services[0].modes = {{.horizon = Horizon::h2, .capacity = 0.8, .procedure = "Papier"}};
  PlanDocument after = before;
  after.roles[0].holder = "b";
  after.roles[0].deputies = {"a"};
  after.contacts.push_back({.id = "c", .name = "Léa Morel"});
  after.calls[0].called = {"b", "c"};
  after.services[0].modes[0].capacity = 0.6;
  after.services[0].modes.push_back({.horizon = Horizon::h8, .assumed = false, .forms = {"f"}});
  EXPECT_EQ(
      difference(before, after),
      (std::vector<PlanChange>{{"roles",
                                "r",
                                "Directeur de crise",
                                PlanChangeKind::changed,
                                {{"holder", "Anne Roche", "Paul Vidal"}, {"deputies", "", "Anne Roche"}}},
                               {"contacts", "c", "Léa Morel", PlanChangeKind::added, {}},
                               {"calls",
                                "t",
                                "Anne Roche",
                                PlanChangeKind::changed,
                                {{"called", "Paul Vidal", "Paul Vidal · Léa Morel"}}},
                               {"services",
                                "SAU",
                                "Urgences",
                                PlanChangeKind::changed,
                                {{"modes.h2.capacity", "0.8", "0.6"},
                                 {"modes.h8.assumed", "true", "false"},
                                 {"modes.h8.forms", "", "Prescription"}}}}));
}

TEST(plan_difference, tells_of_another_order_what_stands_elsewhere) {
  PlanDocument before;
  for (const char* id : {"a", "b", "c", "d", "e"}) {
    before.contacts.push_back({.id = id, .name = std::string(id) + "."});
  }
  PlanDocument after = before;
  after.contacts.erase(after.contacts.begin());
  EXPECT_EQ(difference(before, after).size(), 1U);  // what is gone leaves the others where they were
  after.contacts.insert(after.contacts.begin(), {.id = "n", .name = "N"});
  EXPECT_EQ(difference(before, after).size(), 2U);

  after = before;
  ASSERT_TRUE(move(after, {.part = "contacts", .id = "d", .before = "b"}).ok());
  EXPECT_EQ(
      difference(before, after),
      (std::vector<PlanChange>{
          {"contacts", "", "", PlanChangeKind::reordered, {{"order", "b. · c. · d.", "d. · b. · c."}}}}));
}

TEST(plan_day, months_are_whole_and_days_follow_one_another) {
  EXPECT_EQ(months_between("2025-09-26", "2026-11-26"), 14);
  EXPECT_EQ(months_between("2025-09-27", "2026-11-26"), 13);
  EXPECT_EQ(months_between("2026-11-26", "2025-09-26"), 0);
  EXPECT_EQ(days_after("2026-02-27", 3), "2026-03-02");
  EXPECT_EQ(days_between("2026-02-27", "2026-03-02"), 3);
  EXPECT_EQ(days_between("2026-03-02", "2026-02-27"), -3);
  EXPECT_FALSE(is_day("2026-11-31"));
  EXPECT_FALSE(is_day("26/11/2026"));
  EXPECT_FALSE(is_day(""));
}

}  // namespace
}  // namespace releve::plan
