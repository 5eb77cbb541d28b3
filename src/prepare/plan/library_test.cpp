// SPDX-License-Identifier: EUPL-1.2
// The starting library: the same in both languages, whole in itself, and a usable draft with any cartography.
#include "prepare/plan/library.hpp"

#include "foundation/store/test_database.hpp"
#include "prepare/cartography/test_material.hpp"
#include "prepare/plan/completeness.hpp"
#include "prepare/plan/parts.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>

namespace releve::plan {
namespace {

const PlanDocument& library(const std::string& language) {
  static const Library both = read_library("").value();
  return both.at(language);
}

TEST(plan_library, holds_the_same_in_both_languages) {
  const auto skeleton = [](const std::string& language) {
    std::vector<std::string> lines;
    each_list(library(language), [&](std::string_view part, const auto& list) {
      for (const auto& item : list) {
        std::string line = std::string(part) + "/" + item.id;
        if constexpr (requires { item.lines; }) {
          line += " " + std::to_string(item.lines.size());
        }
        if constexpr (requires { item.modes; }) {
          line += " " + std::to_string(item.modes.size());
        }
        lines.push_back(std::move(line));
      }
    });
    return lines;
  };
  EXPECT_EQ(skeleton("fr"), skeleton("en"));
  EXPECT_GT(skeleton("fr").size(), 100U);
}

TEST(plan_library, refers_to_nothing_that_it_does_not_hold) {
  for (const char* language : {"fr", "en"}) {
    const PlanDocument& plan = library(language);
    const auto ids = [](const auto& list) {
      std::set<std::string> known;
      for (const auto& one : list) {
        EXPECT_TRUE(known.insert(one.id).second) << one.id << " twice";
      }
      return known;
    };
    const auto cells = ids(plan.cells);
    const auto roles = ids(plan.roles);
    const auto forms = ids(plan.forms);
    const auto stocks = ids(plan.stocks);
    ids(plan.cards);
    ids(plan.messages);
    for (const CrisisRole& one : plan.roles) {
      EXPECT_TRUE(cells.contains(one.cell)) << one.id;
    }
    for (const ActionCard& one : plan.cards) {
      EXPECT_TRUE(one.role.empty() || roles.contains(one.role)) << one.id;
    }
    for (const ServiceSheet& one : plan.services) {
      EXPECT_TRUE(value_of<cartography::Sector>(one.id)) << one.id;
      for (const DegradedMode& mode : one.modes) {
        for (const std::string& form : mode.forms) {
          EXPECT_TRUE(forms.contains(form)) << one.id << " " << form;
        }
        for (const std::string& stock : mode.stocks) {
          EXPECT_TRUE(stocks.contains(stock)) << one.id << " " << stock;
        }
      }
    }
  }
}

TEST(plan_library, with_a_cartography_it_is_a_draft_that_lacks_people_and_not_words) {
  cartography::Cartography map;
  map.services.resize(2);
  map.services[0].id = "LABO";
  map.services[0].name = "Laboratoire";
  map.services[0].sector = cartography::Sector::laboratory;
  map.services[0].capacity_24h = 0.25;
  map.services[1].id = "PSY";
  map.services[1].name = "Psychiatrie";
  map.services[1].sector = cartography::Sector::psychiatry;
  map.applications.resize(1);
  map.applications[0].id = "SIL";
  map.applications[0].name = "Système du laboratoire";
  map.dependencies.resize(1);
  map.dependencies[0].consumer = "LABO";
  map.dependencies[0].target = "SIL";
  const auto sheets = service_sheets(library("fr"), map, cartography::repository_defaults());
  ASSERT_EQ(sheets.size(), 2U);
  EXPECT_EQ(sheets[0].applications, std::vector<std::string>{"Système du laboratoire"});
  ASSERT_EQ(sheets[0].modes.size(), horizon_count);
  EXPECT_NE(sheets[0].modes[0].procedure.find("Automates"), std::string::npos) << "of its sector";
  EXPECT_DOUBLE_EQ(sheets[0].modes[2].capacity.value(), 0.25);
  EXPECT_TRUE(sheets[0].modes[5].assumed) << "nobody of the service has said it";
  EXPECT_NE(sheets[1].modes[0].procedure.find("kit papier"), std::string::npos) << "of any service";

  const PlanDocument draft = first_draft(library("fr"), "CH de Brume", sheets);
  EXPECT_NE(draft.frame.title.find("CH de Brume"), std::string::npos);
  const auto read = from_json<PlanDocument>(to_json(draft));
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(*read, draft);
  const Completeness looked = completeness(draft, {"2026-11-26", {{"LABO", ""}, {"PSY", ""}}});
  std::set<std::string> codes;
  for (const Finding& one : looked.findings) {
    codes.insert(one.message.code);
  }
  for (const char* lacking :
       {"plan.role_without_holder", "plan.no_night_delegation", "plan.no_channel",
        "plan.services_not_confirmed", "plan.number_never_checked", "plan.form_not_printed"}) {
    EXPECT_TRUE(codes.contains(lacking)) << lacking;
  }
  for (const char* given :
       {"plan.no_mobilisation_criterion", "plan.no_plan_blanc_criterion", "plan.no_lifting_criterion",
        "plan.no_cell", "plan.cell_without_role", "plan.role_without_card", "plan.card_without_line",
        "plan.phase_without_card", "plan.audience_without_message", "plan.no_kit", "plan.no_stock",
        "plan.no_training", "plan.service_without_sheet", "plan.services_without_mode"}) {
    EXPECT_FALSE(codes.contains(given)) << given;
  }
}

/// A sheet for one service of this kind.
ServiceSheet sheet_of(cartography::Sector sector, std::optional<double> beds = {}) {
  cartography::Cartography map;
  map.services.push_back({.id = "S", .name = "Service", .sector = sector, .beds = beds});
  return service_sheets(library("fr"), map, cartography::repository_defaults()).at(0);
}

const std::string& words_at(const ServiceSheet& sheet, Horizon horizon) {
  return sheet.modes.at(static_cast<std::size_t>(horizon)).procedure;
}

TEST(plan_library, gestures_for_patients_are_laid_only_where_patients_are) {
  using enum cartography::Sector;
  const ServiceSheet any = sheet_of(medicine);
  const std::string& kit = words_at(any, Horizon::h2);
  ASSERT_FALSE(kit.empty());
  for (const auto sector : {theatre, radiotherapy, laboratory, imaging, pharmacy, blood_bank, sterilisation,
                            kitchen, admissions, outpatients, emergency_call, logistics, administration}) {
    const ServiceSheet sheet = sheet_of(sector);
    for (std::size_t h = 0; h < horizon_count; ++h) {
      EXPECT_TRUE(sheet.modes[h].procedure.empty() || sheet.modes[h].procedure != any.modes[h].procedure)
          << text_of(sector) << " " << h;
    }
    EXPECT_FALSE(words_at(sheet, Horizon::h2).empty()) << text_of(sector);
    EXPECT_FALSE(words_at(sheet, Horizon::h8).empty()) << text_of(sector);
  }
  for (const auto sector : {surgery, paediatrics, psychiatry, rehabilitation, long_term_care}) {
    EXPECT_EQ(words_at(sheet_of(sector), Horizon::h2), kit) << text_of(sector);
  }
  EXPECT_EQ(words_at(sheet_of(other, 12), Horizon::h2), kit) << "of unknown kind, with beds";
  EXPECT_EQ(words_at(sheet_of(other), Horizon::h2), "") << "of unknown kind: it has to say itself";
}

TEST(plan_library, proposes_words_from_two_hours_to_four_weeks_and_confirms_none) {
  PlanDocument plan;
  for (const auto& sector : describe(static_cast<cartography::Sector*>(nullptr)).entries) {
    ServiceSheet sheet = sheet_of(sector.value, 10);
    std::set<std::string> words;
    for (const DegradedMode& mode : sheet.modes) {
      EXPECT_FALSE(mode.procedure.empty()) << sector.text << " " << text_of(mode.horizon);
      EXPECT_TRUE(words.insert(mode.procedure).second) << sector.text << ": twice the same words";
      EXPECT_TRUE(mode.assumed);
    }
    sheet.id = std::string(sector.text);
    plan.services.push_back(std::move(sheet));
  }
  const auto findings = completeness(plan, {"2026-11-26", {}}).findings;
  const auto said = std::find_if(findings.begin(), findings.end(), [](const Finding& one) {
    return one.message.code == "plan.services_not_confirmed";
  });
  ASSERT_NE(said, findings.end());
  EXPECT_EQ(said->message.params.at(0).value, std::to_string(plan.services.size()));
}

TEST(plan_library, a_long_name_still_gives_a_plan_that_reads) {
  const PlanDocument draft = first_draft(library("en"), std::string(200, 'x'), {});
  EXPECT_TRUE(from_json<PlanDocument>(to_json(draft)).ok());
}

TEST(plan_library, an_operators_file_replaces_ours_and_a_broken_one_is_named) {
  const store::TestFolder folder;
  std::filesystem::create_directories(folder.path() + "/plan/fr");
  const std::string own = folder.path() + "/plan/fr/messages.json";
  std::ofstream(own)
      << R"({"messages": [{"id": "m", "audience": "press", "phase": "alert", "title": "À nous"}]})";
  const auto read = read_library(folder.path());
  ASSERT_TRUE(read.ok());
  ASSERT_EQ(read->at("fr").messages.size(), 1U);
  EXPECT_EQ(read->at("fr").messages[0].title, "À nous");
  EXPECT_GT(read->at("en").messages.size(), 1U);
  EXPECT_GT(read->at("fr").cards.size(), 1U);
  std::ofstream(own) << R"({"messages": [{"id": "m"}]})";
  const auto broken = read_library(folder.path());
  ASSERT_FALSE(broken.ok());
  EXPECT_EQ(broken.error().message.code, "json.missing");
  EXPECT_EQ(broken.error().where, "fr/messages.json: messages[0].audience");
  std::ofstream(own) << R"({"kits": [{"id": "k", "name": "Valise", "checked": "01/09/2026"}]})";
  const auto other_day = read_library(folder.path());
  ASSERT_FALSE(other_day.ok());
  EXPECT_EQ(other_day.error().message.code, "plan.bad_day");
  EXPECT_EQ(other_day.error().where, "fr/messages.json: checked");
}

/// What is left of a message when nothing in it has been confirmed.
std::string without_brackets(std::string text) {
  for (auto open = text.find('['); open != std::string::npos; open = text.find('[')) {
    text.erase(open, text.find(']', open) + 1 - open);
  }
  return text;
}

TEST(plan_library, a_message_states_nothing_that_a_night_has_not_made_true) {
  const std::vector<std::string> claims = {
      // care goes on, somebody has met, was told, has filed; what is put off, what is promised
      "assurée",   "soins",   "réunie",  "informées", "plainte",  "reporté", "appellerons", "violation",
      "cared for", "goes on", "has met", "been told", "omplaint", "put off", "shall call",  "breach"};
  for (const char* language : {"fr", "en"}) {
    for (const ReadyMessage& one : library(language).messages) {
      if (one.audience == Audience::press || one.audience == Audience::patients) {
        EXPECT_NE(one.text.find('['), std::string::npos) << language << " " << one.id;
        const std::string rest = without_brackets(one.text);
        for (const std::string& claim : claims) {
          EXPECT_EQ(rest.find(claim), std::string::npos) << language << " " << one.id << ": " << claim;
        }
      }
    }
  }
}

TEST(plan_library, french_words_keep_french_typography) {
  const std::string text = to_json(library("fr"));
  for (const char* wrong : {" :", " ;", " ?", " !", "« ", " »"}) {
    EXPECT_EQ(text.find(wrong), std::string::npos) << wrong;
  }
  EXPECT_EQ(text.find('\''), std::string::npos);
}

}  // namespace
}  // namespace releve::plan
