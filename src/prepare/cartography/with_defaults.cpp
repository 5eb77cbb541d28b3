// SPDX-License-Identifier: EUPL-1.2
#include "prepare/cartography/with_defaults.hpp"

namespace releve::cartography {

namespace {

template <class V, class D>
void fill(std::optional<V>& value, const D& otherwise) {
  if (!value) {
    value = otherwise;
  }
}

}  // namespace

Service with_defaults(Service one, const Defaults& defaults) {
  const ResolvedService r = resolve(one, defaults);
  fill(one.activity_unit, r.activity_unit);
  fill(one.weight, r.weight);
  fill(one.occupancy, r.occupancy);
  fill(one.capacity_2h, r.down[0]);
  fill(one.capacity_8h, r.down[1]);
  fill(one.capacity_24h, r.down[2]);
  fill(one.capacity_72h, r.down[3]);
  fill(one.capacity_1w, r.down[4]);
  fill(one.capacity_4w, r.down[5]);
  return one;
}

Application with_defaults(Application one, const Defaults& defaults) {
  const ResolvedApplication r = resolve(one, defaults);
  fill(one.hosting, r.hosting);
  fill(one.rto_h, r.rto_h);
  fill(one.rpo_h, r.rpo_h);
  fill(one.availability, r.availability);
  fill(one.integrity, r.integrity);
  fill(one.confidentiality, r.confidentiality);
  return one;
}

Component with_defaults(Component one, const Defaults& defaults) {
  const ResolvedComponent r = resolve(one, defaults);
  fill(one.count, r.count);
  fill(one.domain_joined, r.domain_joined);
  fill(one.internet_exposed, r.internet_exposed);
  fill(one.offline_backup, r.offline_backup);
  fill(one.immutable_backup, r.immutable_backup);
  fill(one.kept_on_shutdown, r.kept_on_shutdown);
  return one;
}

Zone with_defaults(Zone one, const Defaults& defaults) {
  const ResolvedZone r = resolve(one, defaults);
  fill(one.watch, r.watch);
  fill(one.remote_access_mfa, r.remote_access_mfa);
  return one;
}

Dependency with_defaults(Dependency one, const Cartography& map, const Defaults& defaults) {
  const ResolvedDependency r = resolve(one, map, defaults);
  fill(one.needed, r.needed);
  fill(one.autonomy_h, r.autonomy_h);
  fill(one.least_state, r.least_state);
  return one;
}

}  // namespace releve::cartography
