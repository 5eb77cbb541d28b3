// SPDX-License-Identifier: EUPL-1.2
// The paper set as the page asks for it. People's numbers are in it: whoever is called to a crisis reads it.
// Making it, and saying that it is printed, is for whoever edits the plan.
#pragma once

#include "foundation/api/endpoint.hpp"
#include "respond/pack/paper_sets.hpp"

namespace releve::pack {

std::vector<api::Endpoint> endpoints(PaperSets& sets, const cartography::Facilities& facilities);

}  // namespace releve::pack
