// SPDX-License-Identifier: EUPL-1.2
// What the fictional hospital has written into its digital white plan: people, numbers, deputies, and what it
// has let grow old. data/fiction/plan.json holds it in the plan's own format, over the starting library; its
// numbers come from the ranges that Arcep keeps for fiction (numbering plan, decision 2018-0881).
#pragma once

#include "prepare/plan/version.hpp"

namespace releve::fiction {

/// The director's decision, as far as a file can know it.
struct Decision {
  std::string director;
  std::string day;
  std::string reference;
  std::string in_force;
};

struct HospitalPlan {
  std::string written;      // the day on which the other days were true
  plan::PlanDocument plan;  // a service's id is a sector here: what is said is said of all its services
  std::vector<plan::Opinion> opinions;
  Decision decision;
};

constexpr auto describe(Decision*) {
  return Fields{field<&Decision::director>("who decided"), field<&Decision::day>("day of the decision"),
                field<&Decision::reference>("of the written decision"),
                field<&Decision::in_force>("first day in force")};
}

constexpr auto describe(HospitalPlan*) {
  return Fields{
      field<&HospitalPlan::written>("day on which the other days were true"),
      field<&HospitalPlan::plan>("over the starting library; a service's id is a sector"),
      field<&HospitalPlan::opinions>("of the bodies"),
      field<&HospitalPlan::decision>("of the director"),
  };
}

/// As it was written.
HospitalPlan read_hospital_plan();

/// Every day in it moved, so that it is as old today as it was when it was written.
HospitalPlan hospital_plan(const std::string& today);

/// The draft with what the hospital wrote in place of what the library proposes, item by item and member by
/// member. What it left empty stays as the library has it.
plan::PlanDocument written_over(plan::PlanDocument draft, const plan::PlanDocument& hospital);

}  // namespace releve::fiction
