// SPDX-License-Identifier: EUPL-1.2
// The registry's rows: read as what is known, and changed in one transaction.
#pragma once

#include "foundation/store/database.hpp"
#include "steer/registry/changes.hpp"

#include <string>

namespace releve::registry {

/// The open rows of all places. Reads page by page, so that memory holds them once.
Known load_known(store::Transaction& t);

/// Ends and begins rows as of `day`, keeps place_within and the words for the search, raises the version.
/// A row that began and ends on the same day was never seen by a later day, and goes.
void apply(store::Transaction& t, const Changes& changes, const std::string& day, Instant now);

/// The nation and the regions, which stand before any import. Changes nothing when they are there.
void lay_foundations(store::Transaction& t, const Territories& territories, Instant now);

/// Raised by every change: what was computed from one version is right for as long as it stands.
std::int64_t registry_version(store::Transaction& t);

}  // namespace releve::registry
