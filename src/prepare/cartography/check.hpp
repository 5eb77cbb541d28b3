// SPDX-License-Identifier: EUPL-1.2
// What does not hold together in what the hospital gave.
#pragma once

#include "prepare/cartography/cartography.hpp"

#include <span>
#include <string>
#include <vector>

namespace releve::cartography {

/// Looks over the elements and mends what would mislead the engine: a dependency with an end that does not
/// exist, or on itself, is left out; a component's unknown zone is cleared. Every case is a finding, with
/// "did you mean" where one id is close. Lists must be sorted by id.
void check_elements(Cartography& cartography, Findings& findings);

/// One path through each knot of needs that leads back to its start: the shortest from the knot's first id.
/// Sorted. Linear in the dependencies (Tarjan's strongly connected components).
std::vector<Cycle> find_cycles(std::span<const Dependency> dependencies);

}  // namespace releve::cartography
