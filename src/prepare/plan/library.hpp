// SPDX-License-Identifier: EUPL-1.2
// The starting library: a plan in our own words, in French and in English, from which a hospital's first
// draft is made together with its cartography. data/plan/<language>/*.json; a file of the same name in an
// operator's folder replaces ours. Its sheets are templates: their ids are sectors, "other" stands for
// any ward.
#pragma once

#include "prepare/cartography/cartography.hpp"
#include "prepare/cartography/defaults.hpp"
#include "prepare/plan/document.hpp"

#include <map>

namespace releve::plan {

using Library = std::map<std::string, PlanDocument>;  // by language: "fr", "en"

/// Errors: those of the JSON reader, with the file's name; tables.too_large.
Result<Library> read_library(const std::string& operator_folder);

/// What the cartography knows of each of its care services, as sheets to be confirmed.
std::vector<ServiceSheet> service_sheets(const PlanDocument& library, const cartography::Cartography& map,
                                         const cartography::Defaults& defaults);

/// A first draft for this facility.
PlanDocument first_draft(const PlanDocument& library, const std::string& facility_name,
                         std::vector<ServiceSheet> sheets);

}  // namespace releve::plan
