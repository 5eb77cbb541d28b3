// SPDX-License-Identifier: EUPL-1.2
// What a room keeps of the past, and how it lets go of it. Each room lists its kinds; how long each is kept
// is the operator's to say (data/retention.json).
#pragma once

#include "foundation/store/database.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace releve::store {

struct Past {
  std::string kind;                     // "ended_jobs"
  std::vector<std::string> statements;  // in order, :before in them; the rows of the first are counted
};

/// Lets go of what was over before this moment; how many rows that was. Safe to run twice, and by several
/// processes at once.
std::int64_t forget(Transaction& transaction, const Past& past, Instant before);

/// Jobs that have ended.
Past past_jobs();

}  // namespace releve::store
