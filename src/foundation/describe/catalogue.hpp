// SPDX-License-Identifier: EUPL-1.2
// Reads the message catalogue: two flat JSON objects, code to text.
#pragma once

#include "foundation/base/catalogue.hpp"
#include "foundation/base/result.hpp"

namespace releve {

/// Errors: those of strict JSON reading (json.hpp), with "fr.json" or "en.json" as their place.
Result<Catalogue> read_catalogue(std::string_view fr_json, std::string_view en_json);

}  // namespace releve
