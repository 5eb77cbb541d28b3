// SPDX-License-Identifier: EUPL-1.2
// The paper set of a facility: its plan in force as pages to print before the night in which no screen works.
// Parts stand in the order in which somebody needs them. Nothing of how an attacker would move is in it: it
// is made from the plan alone, which knows no machine, account or weakness.
#pragma once

#include "foundation/base/catalogue.hpp"
#include "prepare/plan/plans.hpp"

#include <string>
#include <vector>

namespace releve::pack {

/// The page's own letters (0 and O, 1 and l apart), as WOFF2.
struct Letters {
  std::string_view bytes;
  int weight = 400;
};

struct PaperSettings {
  std::string facility;     // its id
  std::string name;         // and its name
  std::string day;          // on which it is made
  std::string language;     // "fr" or "en"
  std::string origin = {};  // "https://releve.chu.example": where the running instance is; empty: no QR codes
  std::vector<Letters> letters = {};  // none: those of the system
};

/// One HTML page for report::pdf_of(), everything in it. Pure, thread-safe.
std::string paper(const plan::OpenPlan& plan, const PaperSettings& settings, const Catalogue& catalogue);

}  // namespace releve::pack
