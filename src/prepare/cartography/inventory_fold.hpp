// SPDX-License-Identifier: EUPL-1.2
// Many inventories and answers as one inventory.
#pragma once

#include "prepare/cartography/cartography.hpp"

#include <span>

namespace releve::cartography {

/// Later inventories replace, field by field, what they give of an element; what they leave empty and
/// whom they do not name stays. Each list comes sorted by id.
Inventory fold_inventories(std::span<const Source> sources);

/// Answers, oldest first, override any import; "null" takes the answer back to the default. Facility-wide
/// ones go to `facility_wide`. One that names nothing, or whose value does not fit, is a finding.
void apply_answers(Inventory& inventory, std::span<const Answer> answers,
                   std::map<std::string, std::string>& facility_wide, Findings& findings);

}  // namespace releve::cartography
