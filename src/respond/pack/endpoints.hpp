// SPDX-License-Identifier: EUPL-1.2
// The paper set, and the page for a USB stick, as the page asks for them. People's numbers are in it: whoever
// is called to a crisis reads it. Making it, and saying that it is printed, is for whoever edits the plan.
#pragma once

#include "foundation/api/endpoint.hpp"
#include "respond/pack/paper_sets.hpp"
#include "respond/pack/stick.hpp"

namespace releve::pack {

std::vector<api::Endpoint> endpoints(PaperSets& sets, const cartography::Facilities& facilities,
                                     const StickSource& stick);

}  // namespace releve::pack
