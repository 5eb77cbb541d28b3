// SPDX-License-Identifier: EUPL-1.2
// The processes that serve one database together, as rows of the table "process". Over SQLite there is one: a
// lock on a file proves it, and whoever else has a row is dead. Over PostgreSQL each says once a second that
// it is alive (wire.hpp); one that has been silent for a lease, by the database's clock, is gone. After a
// restart of the database everybody has a lease's time to come back.
#pragma once

#include "foundation/base/hash.hpp"
#include "foundation/store/database.hpp"

#include <chrono>
#include <string>
#include <vector>

namespace releve::store {

/// How long a process may be silent.
inline constexpr std::chrono::milliseconds lease{6'000};
/// How often it says that it is alive, and looks around.
inline constexpr std::chrono::milliseconds beat{1'000};

struct Process {
  std::string id = random_hex(8);  // of this start
  bool alone = true;               // no other process may serve this database
};

/// As part of a write: from now on this process is there, for a lease at least.
void appear(Transaction& transaction, const Process& self);
void leave(Transaction& transaction, const Process& self);
/// Takes the rows of the dead away.
void remove_dead(Transaction& transaction, const Process& self);

/// Who has a row; reading only.
struct Present {
  std::vector<std::string> ids;  // in their order
  bool some_dead = false;        // remove_dead() has something to do
};

Present present(Transaction& transaction, const Process& self);

}  // namespace releve::store
