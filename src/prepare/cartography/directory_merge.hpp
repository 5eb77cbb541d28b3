// SPDX-License-Identifier: EUPL-1.2
// Several directory collections as one directory: of each domain, its newest collection.
#pragma once

#include "prepare/cartography/cartography.hpp"

#include <memory>
#include <span>
#include <vector>

namespace releve::cartography {

struct MergedDirectory {
  std::shared_ptr<const intake::Directory> directory;  // never null
  std::vector<std::uint32_t> source_of;                // by object: index into the sources
};

/// Each domain is taken whole from the newest collection that describes objects of it. A relation between
/// domains comes from the collection that owns the domain in whose record it is written. A single
/// collection is shared, not copied.
MergedDirectory merge_directories(std::span<const Source> sources);

}  // namespace releve::cartography
