// SPDX-License-Identifier: EUPL-1.2
// For whoever watches over a process.
#pragma once

#include "foundation/store/database.hpp"

#include <cstdint>

namespace releve::store {

/// How many transactions of a database of open_database() have ended with an exception: nearly always because
/// disk or server failed.
std::uint64_t failures_of(const Database& database);

}  // namespace releve::store
