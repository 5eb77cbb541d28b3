// SPDX-License-Identifier: EUPL-1.2
// Whole files, copied so that a power cut right after finds them whole.
#pragma once

#include "foundation/store/files.hpp"

#include <string>

namespace releve::store {

/// Copies a file to where there is none (0600, synced) and gives the hash and size of what it read. Throws
/// EnvironmentFailure; nothing is then left.
StoredFile copy_file(const std::string& from, const std::string& to);

/// Hash and size of a file as it is.
StoredFile measure_file(const std::string& path);

/// Writes bytes to where no file is (0600, synced).
void write_file(const std::string& path, std::string_view bytes);

/// Makes the names in a folder last.
void sync_names(const std::string& folder);

}  // namespace releve::store
