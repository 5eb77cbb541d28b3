// SPDX-License-Identifier: EUPL-1.2
#include "prepare/cartography/defaults.hpp"

#include "foundation/base/hash.hpp"

#include <algorithm>

namespace releve::cartography {

namespace {

Error table_error(const char* code, std::string_view file, std::string_view row) {
  return Error{ErrorKind::invalid, message(code, {{"file", std::string(file)}, {"row", std::string(row)}}),
               std::string(file) + ": " + std::string(row)};
}

template <class Table>
Result<Table> read_table(std::string_view json, const char* file) {
  auto table = from_json<Table>(json);
  if (!table) {
    Error error = std::move(table).error();
    error.where = std::string(file) + ": " + error.where;
    return error;
  }
  return table;
}

/// One row for every value of the enumeration, then in its order, so that a value is an index.
template <class Row, class E>
Status arrange(std::vector<Row>& rows, E Row::* key, const char* file) {
  constexpr auto names = describe(static_cast<E*>(nullptr));
  std::sort(rows.begin(), rows.end(), [&](const Row& a, const Row& b) { return a.*key < b.*key; });
  for (std::size_t i = 0; i + 1 < rows.size(); ++i) {
    if (rows[i].*key == rows[i + 1].*key) {
      return table_error("defaults.row_twice", file, text_of(rows[i].*key));
    }
  }
  for (const auto& entry : names.entries) {
    if (std::none_of(rows.begin(), rows.end(), [&](const Row& row) { return row.*key == entry.value; })) {
      return table_error("defaults.row_missing", file, entry.text);
    }
  }
  for (std::size_t i = 0; i < rows.size(); ++i) {
    RELEVE_CHECK(static_cast<std::size_t>(rows[i].*key) == i, "values of the enumeration count from 0");
  }
  return Done{};
}

Status check_curves(const SectorDefaults& row) {
  for (const auto* curve : {&row.down, &row.read_only, &row.not_linked}) {
    const bool rises = std::adjacent_find(curve->begin(), curve->end(), std::less<>()) != curve->end();
    const bool within = std::all_of(curve->begin(), curve->end(), [](double v) { return v >= 0 && v <= 1; });
    if (rises || !within) {
      return table_error("defaults.bad_curve", "sectors.json", text_of(row.sector));
    }
  }
  return Done{};
}

/// The value given, or the default with a note of the field.
template <class T>
T pick(const std::optional<T>& given, const T& otherwise, const char* field,
       std::vector<std::string>& defaults) {
  if (!given) {
    defaults.emplace_back(field);
  }
  return given.value_or(otherwise);
}

using GivenCurve = std::array<std::optional<double>, 6>;

/// A curve that keeps the given points and never rises. A missing point lies between its given neighbours;
/// a given point that rises above an earlier one counts as that one (and is a finding of the drawing).
Curve bend(const GivenCurve& given, const std::vector<double>& otherwise) {
  Curve curve;
  double after = 0;
  for (std::size_t i = curve.size(); i-- > 0;) {
    after = given[i] ? *given[i] : after;
    curve[i] = given[i] ? *given[i] : std::max(otherwise[i], after);
  }
  for (std::size_t i = 1; i < curve.size(); ++i) {
    curve[i] = std::min(curve[i], curve[i - 1]);
  }
  return curve;
}

Curve at_least(const std::vector<double>& otherwise, const Curve& floor) {
  Curve curve;
  for (std::size_t i = 0; i < curve.size(); ++i) {
    curve[i] = std::max(otherwise[i], floor[i]);
  }
  return curve;
}

template <class T>
const T* find_by_id(const std::vector<T>& sorted, const std::string& id) {
  const auto at = std::lower_bound(sorted.begin(), sorted.end(), id,
                                   [](const T& e, const std::string& key) { return e.id < key; });
  return at != sorted.end() && at->id == id ? &*at : nullptr;
}

}  // namespace

const RoleNeed* Defaults::need(Sector sector, ApplicationRole role) const {
  const auto& needs = of(role).needed_by;
  const auto at =
      std::find_if(needs.begin(), needs.end(), [&](const RoleNeed& n) { return n.sector == sector; });
  return at == needs.end() ? nullptr : &*at;
}

Result<Defaults> read_defaults(std::string_view sectors_json, std::string_view components_json,
                               std::string_view roles_json) {
  Defaults defaults;
  defaults.sectors = TRY(read_table<SectorTable>(sectors_json, "sectors.json"));
  defaults.components = TRY(read_table<ComponentTable>(components_json, "components.json"));
  defaults.roles = TRY(read_table<RoleTable>(roles_json, "roles.json"));
  TRY(arrange(defaults.sectors.sectors, &SectorDefaults::sector, "sectors.json"));
  TRY(arrange(defaults.components.components, &ComponentDefaults::kind, "components.json"));
  TRY(arrange(defaults.roles.roles, &RoleDefaults::role, "roles.json"));
  for (const SectorDefaults& row : defaults.sectors.sectors) {
    TRY(check_curves(row));
  }
  Hasher hasher;
  for (const std::string_view text : {sectors_json, components_json, roles_json}) {
    hasher.update(std::to_string(text.size()) + ":");
    hasher.update(text);
  }
  defaults.version = hasher.hex().substr(0, 12);
  return defaults;
}

ResolvedService resolve(const Service& service, const Defaults& defaults) {
  const SectorDefaults& sector = defaults.of(service.sector);
  ResolvedService r;
  r.id = service.id;
  r.name = service.name;
  r.sector = service.sector;
  if (!service.origins.contains("sector")) {
    r.defaults.emplace_back("sector");
  }
  r.beds = pick(service.beds, 0.0, "beds", r.defaults);
  r.daily_activity = pick(service.daily_activity, 0.0, "daily_activity", r.defaults);
  r.activity_unit = pick(service.activity_unit, sector.activity_unit, "activity_unit", r.defaults);
  r.weight = pick(service.weight, sector.weight, "weight", r.defaults);
  r.occupancy = pick(service.occupancy, sector.occupancy, "occupancy", r.defaults);
  static constexpr const char* points[] = {"capacity_2h",  "capacity_8h", "capacity_24h",
                                           "capacity_72h", "capacity_1w", "capacity_4w"};
  const GivenCurve given{service.capacity_2h,  service.capacity_8h, service.capacity_24h,
                         service.capacity_72h, service.capacity_1w, service.capacity_4w};
  for (std::size_t i = 0; i < given.size(); ++i) {
    if (!given[i]) {
      r.defaults.emplace_back(points[i]);
    }
  }
  r.down = bend(given, sector.down);
  r.read_only = at_least(sector.read_only, r.down);
  r.not_linked = at_least(sector.not_linked, r.read_only);
  r.transfer_after_h = sector.transfer_after_h;
  r.cannot_discharge = sector.cannot_discharge;
  return r;
}

ResolvedApplication resolve(const Application& application, const Defaults& defaults) {
  const RoleDefaults& role = defaults.of(application.role);
  ResolvedApplication r;
  r.id = application.id;
  r.name = application.name;
  r.role = application.role;
  if (!application.origins.contains("role")) {
    r.defaults.emplace_back("role");
  }
  r.vendor = application.vendor.value_or("");
  r.hosting = pick(application.hosting, role.hosting, "hosting", r.defaults);
  r.rto_h = pick(application.rto_h, role.rto_h, "rto_h", r.defaults);
  r.rpo_h = pick(application.rpo_h, role.rpo_h, "rpo_h", r.defaults);
  r.availability = pick(application.availability, role.availability, "availability", r.defaults);
  r.integrity = pick(application.integrity, role.integrity, "integrity", r.defaults);
  r.confidentiality = pick(application.confidentiality, role.confidentiality, "confidentiality", r.defaults);
  return r;
}

ResolvedComponent resolve(const Component& component, const Defaults& defaults) {
  const ComponentDefaults& kind = defaults.of(component.kind);
  ResolvedComponent r;
  r.id = component.id;
  r.name = component.name;
  r.kind = component.kind;
  if (!component.origins.contains("kind")) {
    r.defaults.emplace_back("kind");
  }
  r.count = pick(component.count, 1.0, "count", r.defaults);
  r.zone = pick(component.zone, std::string(), "zone", r.defaults);
  r.supplier_access = pick(component.supplier_access, std::string(), "supplier_access", r.defaults);
  r.domain_joined = pick(component.domain_joined, kind.domain_joined, "domain_joined", r.defaults);
  r.internet_exposed =
      pick(component.internet_exposed, kind.internet_exposed, "internet_exposed", r.defaults);
  r.offline_backup = pick(component.offline_backup, kind.offline_backup, "offline_backup", r.defaults);
  r.immutable_backup =
      pick(component.immutable_backup, kind.immutable_backup, "immutable_backup", r.defaults);
  r.kept_on_shutdown =
      pick(component.kept_on_shutdown, kind.kept_on_shutdown, "kept_on_shutdown", r.defaults);
  return r;
}

ResolvedDependency resolve(const Dependency& dependency, const Cartography& cartography,
                           const Defaults& defaults) {
  const Service* consumer = find_by_id(cartography.services, dependency.consumer);
  const Application* target = find_by_id(cartography.applications, dependency.target);
  const RoleNeed* need =
      consumer != nullptr && target != nullptr ? defaults.need(consumer->sector, target->role) : nullptr;
  const DependencyDefaults& otherwise = defaults.components.dependency;
  ResolvedDependency r;
  r.id = dependency.id;
  r.consumer = dependency.consumer;
  r.target = dependency.target;
  r.kind = dependency.kind;
  r.alternative = dependency.alternative.value_or("");
  r.needed = pick(dependency.needed, otherwise.needed, "needed", r.defaults);
  r.autonomy_h = pick(dependency.autonomy_h, need != nullptr ? need->autonomy_h : otherwise.autonomy_h,
                      "autonomy_h", r.defaults);
  r.least_state = pick(dependency.least_state, need != nullptr ? need->least_state : otherwise.least_state,
                       "least_state", r.defaults);
  return r;
}

ResolvedZone resolve(const Zone& zone, const Defaults& defaults) {
  ResolvedZone r;
  r.id = zone.id;
  r.name = zone.name;
  r.watch = pick(zone.watch, defaults.components.zone.watch, "watch", r.defaults);
  r.remote_access_mfa = pick(zone.remote_access_mfa, defaults.components.zone.remote_access_mfa,
                             "remote_access_mfa", r.defaults);
  r.remote_access_group = zone.remote_access_group.value_or("");
  return r;
}

}  // namespace releve::cartography
