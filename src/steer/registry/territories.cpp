// SPDX-License-Identifier: EUPL-1.2
#include "steer/registry/territories.hpp"

#include "foundation/base/embedded.hpp"
#include "foundation/describe/json.hpp"

#include <algorithm>
#include <span>

namespace releve::registry {

std::span<const EmbeddedFile> embedded_files();  // made by releve_embed()

const std::string& Territories::region_of(std::string_view department) const {
  static const std::string none;
  const auto found = std::find_if(departments.begin(), departments.end(),
                                  [&](const Department& one) { return one.code == department; });
  return found == departments.end() ? none : found->region;
}

std::string Territories::zone_of(std::string_view finess) const {
  std::string department(finess.substr(0, 2));
  if (department == "97" && finess.size() > 3) {  // 970100001 lies in 971
    department += finess[2] == '0' ? finess[3] : finess[2];
  } else if (department == "98") {  // numbers given before Mayotte was 976
    department = "976";
  }
  const auto found = std::find_if(departments.begin(), departments.end(),
                                  [&](const Department& one) { return one.code == department; });
  return found == departments.end() ? Department{}.zone : found->zone;
}

bool Territories::is_health(std::string_view category) const {
  return std::find(health.begin(), health.end(), category) != health.end();
}

const Territories& territories() {
  static const Territories table = [] {
    auto read = from_json<Territories>(embedded_files().front().bytes);
    RELEVE_CHECK(read.ok(), "the embedded table of territories reads");
    return std::move(read).value();
  }();
  return table;
}

}  // namespace releve::registry
