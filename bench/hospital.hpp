// SPDX-License-Identifier: EUPL-1.2
// A fictional hospital, written in the real formats and read back as `releve assess` reads a folder.
#pragma once

#include "foundation/base/random.hpp"
#include "main/data.hpp"
#include "prepare/cartography/cartography.hpp"
#include "prepare/fiction/size.hpp"

namespace releve::bench {

struct Hospital {
  main::DataTables data;
  cartography::Cartography cartography;
};

/// Throws std::runtime_error when a file of it does not read.
Hospital read_back(fiction::FacilitySize size, Seed seed = 1);

}  // namespace releve::bench
