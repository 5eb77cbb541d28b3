// SPDX-License-Identifier: EUPL-1.2
#include "prepare/fiction/hospital_plan.hpp"

#include "foundation/base/day.hpp"
#include "prepare/plan/completeness.hpp"
#include "prepare/plan/library.hpp"
#include "prepare/plan/parts.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace releve::fiction {
namespace {

const std::string today = "2027-03-01";

const plan::PlanDocument& plan_of_the_hospital() {
  static const plan::PlanDocument whole = [] {
    const auto library = plan::read_library("").value();
    plan::PlanDocument draft = plan::first_draft(library.at("fr"), "CH d’essai", {});
    for (const char* sector : {"emergency", "psychiatry"}) {
      draft.services.push_back({.id = std::string("s-") + sector,
                                .revision = 1,
                                .name = sector,
                                .sector = sector,
                                .modes = {{.horizon = plan::Horizon::h24, .capacity = 0.4}}});
    }
    return written_over(draft, hospital_plan(today).plan);
  }();
  return whole;
}

bool known_contact(const plan::PlanDocument& plan, const std::string& id) {
  return std::any_of(plan.contacts.begin(), plan.contacts.end(),
                     [&](const plan::CrisisContact& one) { return one.id == id; });
}

TEST(hospital_plan, every_number_is_of_the_ranges_kept_for_fiction) {
  for (const plan::CrisisContact& one : plan_of_the_hospital().contacts) {
    EXPECT_FALSE(one.phone.empty()) << one.id;
    for (const std::string& number : {one.phone, one.other_phone}) {
      EXPECT_THAT(number,
                  testing::AnyOf("", testing::StartsWith("06 39 98 "), testing::StartsWith("01 99 00 ")));
    }
    EXPECT_THAT(one.mail, testing::AnyOf("", testing::EndsWith(".example"))) << one.id;
  }
}

TEST(hospital_plan, refers_to_nothing_that_is_not_there) {
  const plan::PlanDocument& plan = plan_of_the_hospital();
  std::vector<std::string> named;
  for (const plan::CrisisRole& one : plan.roles) {
    EXPECT_FALSE(one.mission.empty()) << one.id << " is no role of the library";
    named.push_back(one.holder);
    named.insert(named.end(), one.deputies.begin(), one.deputies.end());
  }
  for (const plan::CallBranch& one : plan.calls) {
    named.push_back(one.caller);
    named.insert(named.end(), one.called.begin(), one.called.end());
  }
  for (const plan::Delegation& one : plan.delegations) {
    named.push_back(one.contact);
  }
  for (const plan::PaperKit& one : plan.kits) {
    EXPECT_FALSE(one.contents.empty()) << one.id << " is no kit of the library";
    named.push_back(one.keeper);
  }
  for (const std::string& id : named) {
    EXPECT_TRUE(known_contact(plan, id)) << id;
  }
  plan::each_list(plan, [](std::string_view part, const auto& list) {
    std::set<std::string> ids;
    for (const auto& one : list) {
      EXPECT_TRUE(ids.insert(one.id).second) << part << "/" << one.id << " twice";
    }
  });
}

TEST(hospital_plan, a_service_says_how_it_works_and_keeps_what_the_map_knows) {
  const auto& services = plan_of_the_hospital().services;
  ASSERT_EQ(services.size(), 2U);
  EXPECT_EQ(services[0].id, "s-emergency");
  EXPECT_EQ(services[0].name, "emergency");
  EXPECT_EQ(services[0].lead, "p_emergency");
  EXPECT_EQ(services[0].modes.at(0).capacity, 0.4);
  EXPECT_FALSE(services[0].modes.at(0).assumed);
  EXPECT_FALSE(services[0].modes.at(0).procedure.empty());
  EXPECT_EQ(services[1].lead, "");
}

TEST(hospital_plan, is_as_old_on_any_day_and_has_something_to_mend) {
  const auto age = [](const std::string& day) {
    const HospitalPlan made = hospital_plan(day);
    return std::vector<int>{days_between(made.written, day), days_between(made.decision.day, day),
                            days_between(made.decision.in_force, day)};
  };
  EXPECT_EQ(age("2026-11-02"), age("2031-01-17"));
  EXPECT_LT(hospital_plan(today).decision.in_force, today);

  std::set<std::string> codes;
  for (const Finding& one : plan::completeness(plan_of_the_hospital(), {today, {}}).findings) {
    codes.insert(one.message.code);
  }
  for (const char* code :
       {"plan.number_stale", "plan.number_never_checked", "plan.delegation_over", "plan.delegation_ends",
        "plan.role_without_deputies", "plan.service_without_lead"}) {
    EXPECT_TRUE(codes.contains(code)) << code;
  }
  // A night can be rehearsed all the same.
  for (const char* code : {"plan.role_without_holder", "plan.contact_without_number",
                           "plan.no_night_delegation", "plan.no_channel", "plan.call_circle"}) {
    EXPECT_FALSE(codes.contains(code)) << code;
  }
}

}  // namespace
}  // namespace releve::fiction
