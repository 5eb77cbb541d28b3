// SPDX-License-Identifier: EUPL-1.2
// What a file says of a place, set against what was known. Pure.
#pragma once

#include "steer/registry/changes.hpp"

#include <string_view>
#include <vector>

namespace releve::registry {

/// Whom to believe about names and places: the higher one.
int trust_in(std::string_view source);

/// What the file leaves open is as it was, and so is everything when the file is believed less.
PlaceVersion completed(PlaceVersion wanted, const PlaceVersion& old);

/// The same facts from the same source, whenever they were known.
bool same_facts(const PlaceVersion& a, const PlaceVersion& b);

/// What people would call a change.
std::vector<PlaceChange> told_changes(const PlaceVersion& old, const PlaceVersion& wanted);

}  // namespace releve::registry
