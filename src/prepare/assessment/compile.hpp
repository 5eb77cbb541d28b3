// SPDX-License-Identifier: EUPL-1.2
// From the cartography to the engine's model: directory, zones, scans, what the world knows of flaws,
// suppliers and remote access become AND/OR steps; services, applications and components become items.
// Pure. Lives here and not in the engine because the engine knows no cartography (docs/adr/0005).
#pragma once

#include "engine/model.hpp"
#include "prepare/assessment/tables.hpp"
#include "prepare/cartography/cartography.hpp"
#include "prepare/cartography/defaults.hpp"

#include <string>
#include <vector>

namespace releve::assessment {

/// Raised when anything here or in the engine changes what a seed gives.
inline constexpr const char* engine_version = "1";

struct CompileOptions {
  std::string scenario = "crisis";  // row of attack.json's ambitions
};

/// Where an engine item or fact came from, for people.
struct Compiled {
  engine::Model model;
  std::vector<Finding> findings;
  std::string model_version;  // engine version, hashes of the tables and of the defaults
};

/// What an application that is kept outside is reached by, as an element of the model.
inline std::string outside_of(const std::string& application) {
  return application + "@outside";
}

Compiled compile(const cartography::Cartography& cartography, const cartography::Defaults& defaults,
                 const Tables& tables, const CompileOptions& options);

}  // namespace releve::assessment
