// SPDX-License-Identifier: EUPL-1.2
#include "prepare/cartography/confirmed.hpp"

#include <algorithm>
#include <initializer_list>
#include <unordered_map>

namespace releve::cartography {

namespace {

constexpr std::initializer_list<const char*> capacities{"capacity_2h",  "capacity_8h", "capacity_24h",
                                                        "capacity_72h", "capacity_1w", "capacity_4w"};

bool capacities_given(const Service& service) {
  return std::all_of(capacities.begin(), capacities.end(),
                     [&](const char* field) { return service.origins.contains(field); });
}

struct Needs {
  std::int64_t given = 0;
  std::int64_t assumed = 0;
};

void count(Confirmed& sum, const Origins& origins, std::initializer_list<const char*> fields) {
  for (const char* field : fields) {
    ++sum.facts;
    sum.facts_confirmed += origins.contains(field) ? 1 : 0;
  }
}

}  // namespace

bool is_confirmed(const Service& service, const Cartography& cartography) {
  bool any = false;
  for (const Dependency& d : cartography.dependencies) {
    if (d.consumer == service.id && d.kind == DependencyKind::needs) {
      if (d.origins.empty()) {
        return false;
      }
      any = true;
    }
  }
  return any && capacities_given(service);
}

Confirmed confirmed(const Cartography& cartography) {
  Confirmed sum;
  std::unordered_map<std::string_view, Needs> needs;
  for (const Dependency& d : cartography.dependencies) {
    if (d.kind == DependencyKind::needs) {
      ++(d.origins.empty() ? needs[d.consumer].assumed : needs[d.consumer].given);
    }
    count(sum, d.origins, {"target", "autonomy_h", "least_state"});
  }
  for (const Service& service : cartography.services) {
    ++sum.services;
    const Needs& own = needs[service.id];
    sum.services_confirmed += own.given > 0 && own.assumed == 0 && capacities_given(service) ? 1 : 0;
    count(sum, service.origins, {"sector", "weight", "occupancy"});
    count(sum, service.origins, capacities);
  }
  for (const Application& application : cartography.applications) {
    count(sum, application.origins, {"role", "hosting", "rto_h", "rpo_h"});
  }
  for (const Component& component : cartography.components) {
    count(sum, component.origins, {"kind", "domain_joined", "internet_exposed", "kept_on_shutdown"});
    if (component.kind == ComponentKind::backup) {
      count(sum, component.origins, {"offline_backup", "immutable_backup"});
    }
  }
  for (const Zone& zone : cartography.zones) {
    count(sum, zone.origins, {"watch", "remote_access_mfa"});
  }
  for (const char* field : facility_fields) {
    ++sum.facts;
    sum.facts_confirmed += cartography.answers.contains(field) ? 1 : 0;
  }
  return sum;
}

}  // namespace releve::cartography
