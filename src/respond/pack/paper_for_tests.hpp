// SPDX-License-Identifier: EUPL-1.2
// For tests: the paper set of the demonstration's hospital.
#pragma once

#include "prepare/cartography/test_material.hpp"
#include "prepare/fiction/hospital.hpp"
#include "prepare/fiction/hospital_plan.hpp"
#include "prepare/plan/library.hpp"
#include "respond/pack/paper.hpp"

#include <regex>
#include <string>

namespace releve::pack {

inline const fiction::FictionalHospital& hospital() {
  static const auto built = fiction::build_hospital(fiction::FacilitySize::medium, 1);
  return built;
}

inline const std::string day = "2026-11-26";

inline const plan::OpenPlan& plan_in_force() {
  static const plan::OpenPlan open = [] {
    const auto libraries = plan::read_library("").value();
    cartography::Cartography map;
    map.services = hospital().inventory.services;
    map.applications = hospital().inventory.applications;
    map.dependencies = hospital().inventory.dependencies;
    const auto made = fiction::hospital_plan(day);
    plan::OpenPlan plan;
    plan.version.number = 3;
    plan.version.adoption = {
        made.decision.director, made.decision.day, made.decision.reference, made.decision.in_force, {}, {}};
    plan.document = fiction::written_over(
        plan::first_draft(libraries.at("fr"), hospital().name,
                          plan::service_sheets(libraries.at("fr"), map, cartography::repository_defaults())),
        made.plan);
    return plan;
  }();
  return open;
}

inline std::string made(const std::string& language = "fr", const std::string& origin = "",
                        const plan::OpenPlan& plan = plan_in_force()) {
  return paper(plan, {hospital().finess, hospital().name, day, language, origin},
               cartography::repository_words());
}

/// What a reader sees: without tags and style.
inline std::string text_of_page(const std::string& html) {
  static const std::regex style("<(style|title)>[^<]*</(style|title)>");
  static const std::regex tag("<[^>]*>");
  return std::regex_replace(std::regex_replace(html, style, " "), tag, " ");
}

}  // namespace releve::pack
