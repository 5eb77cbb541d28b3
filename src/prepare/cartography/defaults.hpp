// SPDX-License-Identifier: EUPL-1.2
// What stands in for a fact that the hospital has not given: defaults by sector, role and kind, out of
// data/sectors.json, data/roles.json and data/components.json. Each row says its source and how sure it is.
#pragma once

#include "prepare/cartography/cartography.hpp"

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace releve::cartography {

/// How sure a row of data is: published as it stands, computed from published figures, or an expert's word.
enum class Confidence { verified, derived, expert };

/// Capacity at 2 h, 8 h, 24 h, 72 h, 1 week, 4 weeks (model.md, section 4): 0..1, never rising.
using Curve = std::array<double, 6>;

struct SectorDefaults {
  Sector sector = Sector::other;
  double weight = 1;     // of an hour, relative to a medicine ward
  double occupancy = 0;  // share of beds in use
  std::string activity_unit;
  std::vector<double> down;        // capacity when the needed application is down
  std::vector<double> read_only;   // … is read-only
  std::vector<double> not_linked;  // … is up but not linked to the others
  double transfer_after_h = 0;     // capacity under occupancy for so long: transfers are proposed
  double cannot_discharge = 0;     // share of patients who cannot go home; 0: nobody to transfer
  std::string source;
  Confidence confidence = Confidence::expert;
};

/// A sector that needs a role when the hospital has said nothing.
struct RoleNeed {
  Sector sector = Sector::other;
  LeastState least_state = LeastState::full;
  double autonomy_h = 0;
};

struct RoleDefaults {
  ApplicationRole role = ApplicationRole::other;
  double rto_h = 0;
  double rpo_h = 0;
  int availability = 1;
  int integrity = 1;
  int confidentiality = 1;
  Hosting hosting = Hosting::on_site;
  std::vector<RoleNeed> needed_by;
  std::string source;
  Confidence confidence = Confidence::expert;
};

struct ComponentDefaults {
  ComponentKind kind = ComponentKind::other;
  bool domain_joined = false;
  bool internet_exposed = false;
  bool offline_backup = false;
  bool immutable_backup = false;
  bool kept_on_shutdown = false;
  std::string source;
  Confidence confidence = Confidence::expert;
};

struct ZoneDefaults {
  Watch watch = Watch::none;
  bool remote_access_mfa = false;
  std::string source;
  Confidence confidence = Confidence::expert;
};

struct DependencyDefaults {
  double needed = 1;
  double autonomy_h = 0;
  LeastState least_state = LeastState::full;
  std::string source;
  Confidence confidence = Confidence::expert;
};

// One struct per file of data/.
struct SectorTable {
  std::string version;
  std::vector<SectorDefaults> sectors;
};

struct RoleTable {
  std::string version;
  std::vector<RoleDefaults> roles;
};

struct ComponentTable {
  std::string version;
  ZoneDefaults zone;
  DependencyDefaults dependency;
  std::vector<ComponentDefaults> components;
};

/// All rows, one for every value of each enumeration, in its order.
struct Defaults {
  SectorTable sectors;
  RoleTable roles;
  ComponentTable components;
  std::string version;  // BLAKE2b-256 over the three texts, first 12 digits

  const SectorDefaults& of(Sector sector) const { return sectors.sectors[static_cast<std::size_t>(sector)]; }

  const RoleDefaults& of(ApplicationRole role) const { return roles.roles[static_cast<std::size_t>(role)]; }

  const ComponentDefaults& of(ComponentKind kind) const {
    return components.components[static_cast<std::size_t>(kind)];
  }

  /// How a sector needs a role by default; null when it does not.
  const RoleNeed* need(Sector sector, ApplicationRole role) const;
};

/// Strict. Errors: those of json.hpp, and defaults.row_missing, defaults.row_twice, defaults.bad_curve;
/// `where` names the file and the row.
Result<Defaults> read_defaults(std::string_view sectors_json, std::string_view components_json,
                               std::string_view roles_json);

// -- elements with every value present; `defaults` names the fields that the hospital has not given
// -----------

struct ResolvedService {
  std::string id;
  std::string name;
  Sector sector = Sector::other;
  double beds = 0;            // 0 when nobody said
  double daily_activity = 0;  // 0 when nobody said
  std::string activity_unit;
  double weight = 1;
  double occupancy = 0;
  Curve down{};
  Curve read_only{};
  Curve not_linked{};
  double transfer_after_h = 0;
  double cannot_discharge = 0;
  std::vector<std::string> defaults;
};

struct ResolvedApplication {
  std::string id;
  std::string name;
  ApplicationRole role = ApplicationRole::other;
  std::string vendor;
  Hosting hosting = Hosting::on_site;
  double rto_h = 0;
  double rpo_h = 0;
  int availability = 1;
  int integrity = 1;
  int confidentiality = 1;
  std::vector<std::string> defaults;
};

struct ResolvedComponent {
  std::string id;
  std::string name;
  ComponentKind kind = ComponentKind::other;
  double count = 1;
  std::string zone;
  std::string supplier_access;
  bool domain_joined = false;
  bool internet_exposed = false;
  bool offline_backup = false;
  bool immutable_backup = false;
  bool kept_on_shutdown = false;
  std::vector<std::string> defaults;
};

struct ResolvedDependency {
  std::string id;
  std::string consumer;
  std::string target;
  DependencyKind kind = DependencyKind::needs;
  std::string alternative;
  double needed = 1;
  double autonomy_h = 0;
  LeastState least_state = LeastState::full;
  std::vector<std::string> defaults;
};

struct ResolvedZone {
  std::string id;
  std::string name;
  Watch watch = Watch::none;
  bool remote_access_mfa = false;
  std::string remote_access_group;
  std::vector<std::string> defaults;
};

/// Points that the hospital gave are kept, the others come from the sector and are bent to agree with them:
/// the curve never rises, and reading access is never worse than none.
ResolvedService resolve(const Service& service, const Defaults& defaults);
ResolvedApplication resolve(const Application& application, const Defaults& defaults);
ResolvedComponent resolve(const Component& component, const Defaults& defaults);
/// A service's need of an application has the defaults of its sector and of the application's role.
ResolvedDependency resolve(const Dependency& dependency, const Cartography& cartography,
                           const Defaults& defaults);
ResolvedZone resolve(const Zone& zone, const Defaults& defaults);

/// Where a service has no dependency at all, adds the needs that its sector has by default of the
/// applications there are, without origins: "default, not confirmed". An application that rests on no
/// component is a finding. Keeps the dependencies sorted by id.
void assume_dependencies(Cartography& cartography, const Defaults& defaults);

// -- descriptions
// ---------------------------------------------------------------------------------------------

constexpr auto describe(Confidence*) {
  return Names{name(Confidence::verified, "verified"), name(Confidence::derived, "derived"),
               name(Confidence::expert, "expert")};
}

constexpr auto describe(SectorDefaults*) {
  constexpr Rules share{.minimum = 0, .maximum = 1};
  constexpr Rules six{.min_length = 6, .max_length = 6};
  return Fields{
      field<&SectorDefaults::sector>("kind of care"),
      field<&SectorDefaults::weight>("weight of one hour, 1 = a medicine ward",
                                     {.minimum = 0, .maximum = 1000}),
      field<&SectorDefaults::occupancy>("share of beds in use", share),
      field<&SectorDefaults::activity_unit>("natural unit of the activity",
                                            {.min_length = 1, .max_length = 40}),
      field<&SectorDefaults::down>("capacity at 2 h, 8 h, 24 h, 72 h, 1 week, 4 weeks when a need is down",
                                   six),
      field<&SectorDefaults::read_only>("the same when it can only be read", six),
      field<&SectorDefaults::not_linked>("the same when it is not linked to the others", six),
      field<&SectorDefaults::transfer_after_h>("hours under occupancy before transfers are proposed",
                                               {.minimum = 0, .maximum = 8760}),
      field<&SectorDefaults::cannot_discharge>("share of patients who cannot go home", share),
      field<&SectorDefaults::source>("where the figures come from", {.min_length = 1, .max_length = 1000}),
      field<&SectorDefaults::confidence>("how sure they are")};
}

constexpr auto describe(RoleNeed*) {
  return Fields{field<&RoleNeed::sector>("who needs the role"),
                field<&RoleNeed::least_state>("least state that is enough"),
                field<&RoleNeed::autonomy_h>("hours it lasts without", {.minimum = 0, .maximum = 8760})};
}

constexpr auto describe(RoleDefaults*) {
  constexpr Rules hours{.minimum = 0, .maximum = 8760};
  constexpr Rules need{.minimum = 1, .maximum = 4};
  return Fields{
      field<&RoleDefaults::role>("what an application is for"),
      field<&RoleDefaults::rto_h>("longest tolerable outage, hours", hours),
      field<&RoleDefaults::rpo_h>("tolerable data loss, hours", hours),
      field<&RoleDefaults::availability>("need, 1 to 4", need),
      field<&RoleDefaults::integrity>("need, 1 to 4", need),
      field<&RoleDefaults::confidentiality>("need, 1 to 4", need),
      field<&RoleDefaults::hosting>("where it usually runs"),
      field<&RoleDefaults::needed_by>("sectors that need it by default"),
      field<&RoleDefaults::source>("where the figures come from", {.min_length = 1, .max_length = 1000}),
      field<&RoleDefaults::confidence>("how sure they are")};
}

constexpr auto describe(ComponentDefaults*) {
  return Fields{
      field<&ComponentDefaults::kind>("kind of machine or service"),
      field<&ComponentDefaults::domain_joined>("member of the Windows domain"),
      field<&ComponentDefaults::internet_exposed>("reachable from the internet"),
      field<&ComponentDefaults::offline_backup>("keeps a copy that no account can reach"),
      field<&ComponentDefaults::immutable_backup>("keeps a copy that nobody can change"),
      field<&ComponentDefaults::kept_on_shutdown>("stays on when the network is cut on purpose"),
      field<&ComponentDefaults::source>("where this comes from", {.min_length = 1, .max_length = 1000}),
      field<&ComponentDefaults::confidence>("how sure it is")};
}

constexpr auto describe(ZoneDefaults*) {
  return Fields{field<&ZoneDefaults::watch>("how it is watched"),
                field<&ZoneDefaults::remote_access_mfa>("remote access asks a second factor"),
                field<&ZoneDefaults::source>("where this comes from", {.min_length = 1, .max_length = 1000}),
                field<&ZoneDefaults::confidence>("how sure it is")};
}

constexpr auto describe(DependencyDefaults*) {
  return Fields{
      field<&DependencyDefaults::needed>("how many of the alternatives", {.minimum = 1, .maximum = 1000}),
      field<&DependencyDefaults::autonomy_h>("hours without it", {.minimum = 0, .maximum = 8760}),
      field<&DependencyDefaults::least_state>("least state that is enough"),
      field<&DependencyDefaults::source>("where this comes from", {.min_length = 1, .max_length = 1000}),
      field<&DependencyDefaults::confidence>("how sure it is")};
}

constexpr auto describe(SectorTable*) {
  return Fields{field<&SectorTable::version>("date of the table"),
                field<&SectorTable::sectors>("one row per sector")};
}

constexpr auto describe(RoleTable*) {
  return Fields{field<&RoleTable::version>("date of the table"),
                field<&RoleTable::roles>("one row per role")};
}

constexpr auto describe(ComponentTable*) {
  return Fields{field<&ComponentTable::version>("date of the table"),
                field<&ComponentTable::zone>("of a zone"),
                field<&ComponentTable::dependency>("of a dependency"),
                field<&ComponentTable::components>("one row per kind")};
}

}  // namespace releve::cartography
