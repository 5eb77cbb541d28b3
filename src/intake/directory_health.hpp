// SPDX-License-Identifier: EUPL-1.2
// What a PingCastle health check says. It gives modifiers of chances, not relations.
#pragma once

#include "foundation/base/time.hpp"

#include <optional>
#include <string>
#include <vector>

namespace releve::intake {

struct HealthRule {
  std::string id;  // "P-AdminNum"
  int points = 0;
  std::string category;  // "PrivilegedAccounts"
  std::string rationale;
  bool operator==(const HealthRule&) const = default;
};

struct DirectoryHealth {
  std::string engine_version;
  std::string domain;  // FQDN, upper case
  std::string domain_sid;
  std::optional<Instant> generated;
  int global_score = 0;
  std::vector<HealthRule> rules;
};

}  // namespace releve::intake
