// SPDX-License-Identifier: EUPL-1.2
// A database as one file, of one moment, while others go on writing.
#pragma once

#include "foundation/store/database.hpp"

#include <string>

namespace releve::store {

/// Writes all facts of the database at `url` to a new SQLite file (0600, synced, without a write-ahead log
/// beside it). Over SQLite by its online backup, which copies pages; over PostgreSQL row by row, from one
/// snapshot (see carry_over()). Errors: those of open_database() and carry_over(). EnvironmentFailure: disk,
/// server.
Status snapshot(const std::string& url, const std::string& path, Instant now);

}  // namespace releve::store
