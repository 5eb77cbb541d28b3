// SPDX-License-Identifier: EUPL-1.2
// What a directory collection (SharpHound / BloodHound CE, v3 to v6) says: objects and relations, compact
// enough for millions of relations. Raw facts only: what an attacker can make of them is compiled later.
#pragma once

#include "foundation/base/time.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace releve::intake {

enum class ObjectKind : std::uint8_t {
  unknown,
  user,
  computer,
  group,
  domain,
  ou,
  gpo,
  container,
  cert_template,
  enterprise_ca,
  root_ca,
  aia_ca,
  nt_auth_store,
  issuance_policy
};

/// Facts about an object that are yes or no. `known_*` tell "no" from "not collected".
enum class Fact : std::uint32_t {
  enabled = 1U << 0,
  has_spn = 1U << 1,     // Kerberoastable
  no_preauth = 1U << 2,  // AS-REP roastable
  unconstrained_delegation = 1U << 3,
  has_laps = 1U << 4,
  known_laps = 1U << 5,
  admin_count = 1U << 6,
  high_value = 1U << 7,
  sensitive = 1U << 8,  // cannot be delegated
  is_dc = 1U << 9,
  // certificate templates
  enrollee_supplies_subject = 1U << 10,
  client_authentication = 1U << 11,
  requires_manager_approval = 1U << 12,
  signatures_required = 1U << 13,  // authorised signatures > 0 (schema version > 1)
  // enterprise CA
  trusted_for_authentication = 1U << 14,
  described = 1U << 15,  // the object has its own record (not only mentioned by others)
};

/// A raw relation. The direction is that in which control flows.
enum class Relation : std::uint8_t {
  member_of,  // account -> group
  session,    // computer -> user
  admin_to,   // account -> computer (local group 544, v4 LocalAdmins, GPOChanges)
  can_rdp,
  can_psremote,
  execute_dcom,
  backup_operator,                 // account -> computer (local groups, user rights)
  remote_interactive_logon_right,  // account -> computer
  allowed_to_delegate,
  allowed_to_act,  // account -> computer
  has_sid_history,
  dump_smsa_password,
  sql_admin,
  contains,           // domain/OU/container -> child
  gp_link,            // GPO -> OU/domain
  trust_same_forest,  // domain -> domain: control of the first gives control of the second
  trust_cross_forest,
  spoof_sid_history,
  abuse_tgt_delegation,
  published_to,  // certificate template -> enterprise CA
  hosts_ca,      // computer -> enterprise CA
  // access control entries, principal -> object
  owns,
  generic_all,
  generic_write,
  write_owner,
  write_dacl,
  all_extended_rights,
  force_change_password,
  add_member,
  add_self,
  get_changes,
  get_changes_all,
  get_changes_filtered,
  read_laps_password,
  read_gmsa_password,
  add_allowed_to_act,
  write_spn,
  add_key_credential_link,
  sync_laps_password,
  write_account_restrictions,
  write_gp_link,
  enroll,
  manage_ca,
  manage_certificates,
  write_pki_name_flag,
  write_pki_enrollment_flag,
};

struct DirectoryObject {
  std::string id;    // SID or GUID, upper case
  std::string name;  // "ALICE@CHSA.LOCAL"
  ObjectKind kind = ObjectKind::unknown;
  std::uint32_t facts = 0;       // bits of Fact
  std::uint32_t domain = 0;      // index into Directory::domains; one with an empty SID stands for "unknown"
  std::string operating_system;  // computers
  std::string distinguished_name;  // where the collector gave one
  std::int64_t last_logon = 0;     // seconds since 1970; 0 unknown

  bool is(Fact fact) const { return (facts & static_cast<std::uint32_t>(fact)) != 0; }

  bool operator==(const DirectoryObject&) const = default;
};

struct DirectoryRelation {
  std::uint32_t source = 0;  // index into Directory::objects
  std::uint32_t target = 0;
  Relation relation = Relation::member_of;
  bool inherited = false;
  auto operator<=>(const DirectoryRelation&) const = default;
};

struct DirectoryDomain {
  std::string sid;
  std::string name;  // "CHSA.LOCAL"
  bool operator==(const DirectoryDomain&) const = default;
};

struct Directory {
  std::vector<DirectoryDomain> domains;
  std::vector<DirectoryObject> objects;
  std::vector<DirectoryRelation> relations;     // sorted, unique (the inherited and the explicit one are two)
  int format_version = 0;                       // highest meta.version seen
  std::optional<Instant> collected;             // newest date in the collection or the archive
  std::vector<std::string> kinds_not_modelled;  // "ADCSESC8 inputs", "ntauthstores" …, reported once each
};

}  // namespace releve::intake
