// SPDX-License-Identifier: EUPL-1.2
// The schema, forward only: files NNNN_name.sql numbered from 0001 without a gap, each applied once, in its
// own write transaction, and noted with its checksum in the table schema_version.
//
// A file may begin with comment lines for its reader; a statement ends with ";" at the end of a line. Three
// words differ by engine:
//   {int64}   a whole number. SQLite: "any" with a check, since its "integer" would take the text '12'
//   {real}    a double
//   {strict}  after the closing parenthesis of each table: SQLite then checks kinds, PostgreSQL always does
#pragma once

#include "foundation/base/embedded.hpp"
#include "foundation/store/database.hpp"

#include <span>

namespace releve::store {

/// The files of migrations/, in order.
std::span<const EmbeddedFile> embedded_files();

/// The statements of a file, as this engine takes them. Bug: an unknown {word}.
std::vector<std::string> migration_statements(std::string_view file, std::string_view engine);

/// Applies what is missing; several processes may do so at once. Errors: "store.newer_schema",
/// "store.migration_changed"; nothing of a failed migration is kept.
Status migrate(Database& database, std::span<const EmbeddedFile> files, Instant now);

/// Has the base exactly the embedded files? Not when a newer process has moved it on.
bool is_current(Database& database);

}  // namespace releve::store
