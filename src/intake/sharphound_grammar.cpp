// SPDX-License-Identifier: EUPL-1.2
#include "intake/sharphound_grammar.hpp"

#include <algorithm>
#include <array>

namespace releve::intake::sharphound {

namespace {

using enum Place;
using R = Relation;
using enum Direction;

// Sorted by place (checked below); within a place the most frequent first.
constexpr Field fields[] = {
    {.in = root, .key = "data", .into = record},
    {.in = root, .key = "meta", .into = meta},
    {.in = root, .key = "users", .into = record, .kind = ObjectKind::user},
    {.in = root, .key = "computers", .into = record, .kind = ObjectKind::computer},
    {.in = root, .key = "groups", .into = record, .kind = ObjectKind::group},
    {.in = root, .key = "domains", .into = record, .kind = ObjectKind::domain},
    {.in = root, .key = "ous", .into = record, .kind = ObjectKind::ou},
    {.in = root, .key = "gpos", .into = record, .kind = ObjectKind::gpo},
    {.in = root, .key = "graph", .slot = Slot::open_graph},
    {.in = root, .key = "nodes", .slot = Slot::open_graph},
    {.in = root, .key = "edges", .slot = Slot::open_graph},

    {.in = meta, .key = "type", .slot = Slot::meta_type},
    {.in = meta, .key = "count", .slot = Slot::meta_count},
    {.in = meta, .key = "version", .slot = Slot::meta_version},

    {.in = record, .key = "Aces", .into = ace},
    {.in = record, .key = "Properties", .into = properties},
    {.in = record, .key = "ObjectIdentifier", .slot = Slot::record_id},
    {.in = record, .key = "IsDeleted", .slot = Slot::record_deleted},
    {.in = record, .key = "ContainedBy", .into = principal, .slot = Slot::relation, .relation = R::contains},
    {.in = record, .key = "PrimaryGroupSID", .slot = Slot::relation, .relation = R::member_of, .direction = outward},
    {.in = record, .key = "Members", .into = principal, .slot = Slot::relation, .relation = R::member_of},
    {.in = record, .key = "HasSIDHistory", .into = principal, .slot = Slot::relation,
     .relation = R::has_sid_history, .direction = outward},
    {.in = record, .key = "AllowedToDelegate", .into = principal, .slot = Slot::relation,
     .relation = R::allowed_to_delegate, .direction = outward},
    {.in = record, .key = "AllowedToAct", .into = principal, .slot = Slot::relation, .relation = R::allowed_to_act},
    {.in = record, .key = "DumpSMSAPassword", .into = principal, .slot = Slot::relation,
     .relation = R::dump_smsa_password, .direction = outward},
    {.in = record, .key = "Sessions", .into = session},
    {.in = record, .key = "PrivilegedSessions", .into = session},
    {.in = record, .key = "RegistrySessions", .into = session},
    {.in = record, .key = "LocalGroups", .into = local_group},
    {.in = record, .key = "UserRights", .into = local_group},
    {.in = record, .key = "LocalAdmins", .into = principal, .slot = Slot::relation, .relation = R::admin_to},
    {.in = record, .key = "RemoteDesktopUsers", .into = principal, .slot = Slot::relation, .relation = R::can_rdp},
    {.in = record, .key = "DcomUsers", .into = principal, .slot = Slot::relation, .relation = R::execute_dcom},
    {.in = record, .key = "PSRemoteUsers", .into = principal, .slot = Slot::relation, .relation = R::can_psremote},
    {.in = record, .key = "SPNTargets", .into = spn_target},
    {.in = record, .key = "IsDC", .slot = Slot::record_dc},
    {.in = record, .key = "DomainSID", .slot = Slot::record_domain},
    {.in = record, .key = "ChildObjects", .into = principal, .slot = Slot::relation,
     .relation = R::contains, .direction = outward},
    {.in = record, .key = "Users", .into = principal, .slot = Slot::relation,
     .relation = R::contains, .direction = outward},
    {.in = record, .key = "ChildOus", .into = principal, .slot = Slot::relation,
     .relation = R::contains, .direction = outward},
    {.in = record, .key = "Computers", .into = principal, .slot = Slot::affected_child,
     .relation = R::contains, .direction = outward},
    {.in = record, .key = "Links", .into = principal, .slot = Slot::relation, .relation = R::gp_link},
    {.in = record, .key = "Trusts", .into = trust},
    {.in = record, .key = "GPOChanges", .into = gpo_changes},
    {.in = record, .key = "EnabledCertTemplates", .into = principal, .slot = Slot::relation,
     .relation = R::published_to},
    {.in = record, .key = "HostingComputer", .slot = Slot::relation, .relation = R::hosts_ca},
    {.in = record, .key = "CARegistryData", .into = ca_registry},
    {.in = record, .key = "HttpEnrollmentEndpoints", .slot = Slot::unmodelled},
    {.in = record, .key = "SmbInfo", .slot = Slot::unmodelled},
    {.in = record, .key = "NTLMRegistryData", .slot = Slot::unmodelled},
    {.in = record, .key = "IsWebClientRunning", .slot = Slot::unmodelled},
    {.in = record, .key = "DCRegistryData", .slot = Slot::unmodelled},
    {.in = record, .key = "UserSID", .slot = Slot::user},          // records of type "sessions"
    {.in = record, .key = "ComputerSID", .slot = Slot::computer},
    {.in = record, .key = "kind", .slot = Slot::azure_kind},

    {.in = properties, .key = "name", .slot = Slot::name},
    {.in = properties, .key = "domainsid", .slot = Slot::record_domain},
    {.in = properties, .key = "domain", .slot = Slot::domain_name},
    {.in = properties, .key = "distinguishedname", .slot = Slot::distinguished_name},
    {.in = properties, .key = "objectid", .slot = Slot::record_id},
    {.in = properties, .key = "enabled", .slot = Slot::fact, .fact = Fact::enabled},
    {.in = properties, .key = "hasspn", .slot = Slot::fact, .fact = Fact::has_spn},
    {.in = properties, .key = "dontreqpreauth", .slot = Slot::fact, .fact = Fact::no_preauth},
    {.in = properties, .key = "unconstraineddelegation", .slot = Slot::fact, .fact = Fact::unconstrained_delegation},
    {.in = properties, .key = "haslaps", .slot = Slot::laps},
    {.in = properties, .key = "admincount", .slot = Slot::fact, .fact = Fact::admin_count},
    {.in = properties, .key = "highvalue", .slot = Slot::fact, .fact = Fact::high_value},
    {.in = properties, .key = "sensitive", .slot = Slot::fact, .fact = Fact::sensitive},
    {.in = properties, .key = "isdc", .slot = Slot::fact, .fact = Fact::is_dc},
    {.in = properties, .key = "operatingsystem", .slot = Slot::operating_system},
    {.in = properties, .key = "lastlogontimestamp", .slot = Slot::logon},
    {.in = properties, .key = "lastlogon", .slot = Slot::logon},
    {.in = properties, .key = "enrolleesuppliessubject", .slot = Slot::fact, .fact = Fact::enrollee_supplies_subject},
    {.in = properties, .key = "authenticationenabled", .slot = Slot::fact, .fact = Fact::client_authentication},
    {.in = properties, .key = "requiresmanagerapproval", .slot = Slot::fact, .fact = Fact::requires_manager_approval},
    {.in = properties, .key = "schemaversion", .slot = Slot::schema_version},
    {.in = properties, .key = "authorizedsignatures", .slot = Slot::signatures},
    {.in = properties, .key = "certthumbprint", .slot = Slot::thumbprint},
    {.in = properties, .key = "certthumbprints", .into = properties, .slot = Slot::nt_auth_thumbprint},

    {.in = principal, .key = "ObjectIdentifier", .slot = Slot::id},
    {.in = principal, .key = "MemberId", .slot = Slot::id},  // v3
    {.in = principal, .key = "GUID", .slot = Slot::id},      // links
    {.in = principal, .key = "Results", .into = principal},
    {.in = principal, .key = "Collected", .slot = Slot::collected},

    {.in = ace, .key = "PrincipalSID", .slot = Slot::id},
    {.in = ace, .key = "RightName", .slot = Slot::right},
    {.in = ace, .key = "IsInherited", .slot = Slot::inherited},
    {.in = ace, .key = "PrincipalType", .slot = Slot::principal_type},
    {.in = ace, .key = "AceType", .slot = Slot::ace_type},  // v3

    {.in = session, .key = "UserSID", .slot = Slot::user},
    {.in = session, .key = "ComputerSID", .slot = Slot::computer},
    {.in = session, .key = "UserId", .slot = Slot::user},  // v3
    {.in = session, .key = "ComputerId", .slot = Slot::computer},
    {.in = session, .key = "Results", .into = session},
    {.in = session, .key = "Collected", .slot = Slot::collected},

    {.in = local_group, .key = "ObjectIdentifier", .slot = Slot::group_id},
    {.in = local_group, .key = "Privilege", .slot = Slot::privilege},
    {.in = local_group, .key = "Results", .into = principal, .slot = Slot::relation, .relation = R::admin_to},
    {.in = local_group, .key = "Collected", .slot = Slot::collected},

    {.in = spn_target, .key = "ComputerSID", .slot = Slot::id},
    {.in = spn_target, .key = "Service", .slot = Slot::service},

    {.in = trust, .key = "TargetDomainSid", .slot = Slot::id},
    {.in = trust, .key = "TargetDomainName", .slot = Slot::trust_name},
    {.in = trust, .key = "TrustDirection", .slot = Slot::trust_direction},
    {.in = trust, .key = "TrustType", .slot = Slot::trust_kind},
    {.in = trust, .key = "SidFilteringEnabled", .slot = Slot::trust_filtered},
    {.in = trust, .key = "TGTDelegationEnabled", .slot = Slot::trust_tgt},

    {.in = gpo_changes, .key = "LocalAdmins", .into = principal, .slot = Slot::gpo_member, .relation = R::admin_to},
    {.in = gpo_changes, .key = "RemoteDesktopUsers", .into = principal, .slot = Slot::gpo_member,
     .relation = R::can_rdp},
    {.in = gpo_changes, .key = "DcomUsers", .into = principal, .slot = Slot::gpo_member,
     .relation = R::execute_dcom},
    {.in = gpo_changes, .key = "PSRemoteUsers", .into = principal, .slot = Slot::gpo_member,
     .relation = R::can_psremote},
    {.in = gpo_changes, .key = "AffectedComputers", .into = principal, .slot = Slot::affected},

    {.in = ca_registry, .key = "CASecurity", .into = ca_security},
    {.in = ca_registry, .key = "EnrollmentAgentRestrictions", .slot = Slot::unmodelled},
    {.in = ca_security, .key = "Data", .into = ace, .slot = Slot::ca_ace},
    {.in = ca_security, .key = "Collected", .slot = Slot::collected},
};

constexpr std::size_t places = static_cast<std::size_t>(ca_security) + 1;
struct Range {
  const Field* begin = nullptr;
  const Field* end = nullptr;
};

constexpr std::array<Range, places> index_fields() {
  std::array<Range, places> ranges{};
  for (const Field& field : fields) {
    Range& range = ranges[static_cast<std::size_t>(field.in)];
    range.begin = range.begin == nullptr ? &field : range.begin;
    range.end = &field + 1;
  }
  return ranges;
}
constexpr std::array<Range, places> ranges = index_fields();
static_assert(std::is_sorted(std::begin(fields), std::end(fields),
                             [](const Field& a, const Field& b) { return a.in < b.in; }));

constexpr char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

bool same(std::string_view a, std::string_view b) {
  return a.size() == b.size() && (a == b || std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) {
                                    return lower(x) == lower(y);
                                  }));
}

constexpr RecordType record_types[] = {
    {"users", ObjectKind::user, true},
    {"computers", ObjectKind::computer, true},
    {"groups", ObjectKind::group, true},
    {"domains", ObjectKind::domain, true},
    {"ous", ObjectKind::ou, true},
    {"gpos", ObjectKind::gpo, true},
    {"containers", ObjectKind::container, true},
    {"certtemplates", ObjectKind::cert_template, true},
    {"enterprisecas", ObjectKind::enterprise_ca, true},
    {"rootcas", ObjectKind::root_ca, false},
    {"aiacas", ObjectKind::aia_ca, false},
    {"ntauthstores", ObjectKind::nt_auth_store, false},
    {"issuancepolicies", ObjectKind::issuance_policy, false},
    {"sessions", ObjectKind::unknown, true},
};

constexpr Right rights[] = {
    {"GenericAll", R::generic_all},
    {"GenericWrite", R::generic_write},
    {"WriteDacl", R::write_dacl},
    {"WriteOwner", R::write_owner},
    {"Owns", R::owns},
    {"Owner", R::owns},  // v3
    {"OwnsRaw", R::owns},
    {"WriteOwnerRaw", R::write_owner},
    {"AllExtendedRights", R::all_extended_rights},
    {"ForceChangePassword", R::force_change_password},
    {"AddKeyCredentialLink", R::add_key_credential_link},
    {"AddMember", R::add_member},
    {"AddMembers", R::add_member},
    {"AddSelf", R::add_self},
    {"GetChanges", R::get_changes},
    {"GetChangesAll", R::get_changes_all},
    {"GetChangesInFilteredSet", R::get_changes_filtered},
    {"ReadLAPSPassword", R::read_laps_password},
    {"ReadGMSAPassword", R::read_gmsa_password},
    {"AddAllowedToAct", R::add_allowed_to_act},
    {"WriteSPN", R::write_spn},
    {"SyncLAPSPassword", R::sync_laps_password},
    {"WriteAccountRestrictions", R::write_account_restrictions},
    {"WriteGPLink", R::write_gp_link},
    {"Enroll", R::enroll},
    {"ManageCA", R::manage_ca},
    {"ManageCertificates", R::manage_certificates},
    {"WritePKINameFlag", R::write_pki_name_flag},
    {"WritePKIEnrollmentFlag", R::write_pki_enrollment_flag},
    {"ExtendedRight", R::all_extended_rights, true},
    {"WriteProperty", std::nullopt, true},
};

struct Named {
  std::string_view name;
  Relation relation;
};
// Version 3.
constexpr Named ace_types[] = {
    {"All", R::all_extended_rights},
    {"User-Force-Change-Password", R::force_change_password},
    {"AllowedToAct", R::add_allowed_to_act},
};
// Last number of the SID of a local group.
constexpr Named local_groups[] = {
    {"544", R::admin_to}, {"555", R::can_rdp},         {"562", R::execute_dcom},
    {"580", R::can_psremote}, {"551", R::backup_operator},
};
constexpr Named privileges[] = {
    {"SeRemoteInteractiveLogonRight", R::remote_interactive_logon_right},
    {"SeBackupPrivilege", R::backup_operator},
    {"SeRestorePrivilege", R::backup_operator},
};
constexpr Named services[] = {{"SQLAdmin", R::sql_admin}};

template <std::size_t N>
std::optional<Relation> find_named(const Named (&table)[N], std::string_view name) {
  for (const Named& row : table) {
    if (same(row.name, name)) {
      return row.relation;
    }
  }
  return std::nullopt;
}

}  // namespace

const Field* find_field(Place in, std::string_view key) {
  const Range& range = ranges[static_cast<std::size_t>(in)];
  const Field* found = std::find_if(range.begin, range.end, [&](const Field& field) { return same(field.key, key); });
  return found == range.end ? nullptr : found;
}

const RecordType* find_record_type(std::string_view name) {
  const auto* found = std::find_if(std::begin(record_types), std::end(record_types),
                                   [&](const RecordType& type) { return same(type.name, name); });
  return found == std::end(record_types) ? nullptr : found;
}

const Right* find_right(std::string_view name) {
  const auto* found = std::find_if(std::begin(rights), std::end(rights),
                                   [&](const Right& right) { return same(right.name, name); });
  return found == std::end(rights) ? nullptr : found;
}

std::optional<Relation> find_ace_type(std::string_view name) {
  if (const std::optional<Relation> relation = find_named(ace_types, name)) {
    return relation;
  }
  const Right* right = find_right(name);
  return right == nullptr ? std::nullopt : right->relation;
}

std::optional<Relation> find_local_group(std::string_view sid) {
  return find_named(local_groups, sid.substr(sid.rfind('-') + 1));
}
std::optional<Relation> find_privilege(std::string_view name) { return find_named(privileges, name); }
std::optional<Relation> find_service(std::string_view name) { return find_named(services, name); }

std::optional<TrustWay> find_trust_way(std::string_view text) {
  constexpr std::array ways{TrustWay{}, TrustWay{true, false}, TrustWay{false, true}, TrustWay{true, true}};
  constexpr std::array<std::string_view, 8> names{"0", "1",       "2",        "3",
                                                  "Disabled", "Inbound", "Outbound", "Bidirectional"};
  const auto* found = std::find_if(names.begin(), names.end(), [&](std::string_view name) { return same(name, text); });
  return found == names.end() ? std::nullopt : std::optional(ways[static_cast<std::size_t>(found - names.begin()) % 4]);
}

std::optional<TrustKind> find_trust_kind(std::string_view text) {
  constexpr std::array<std::string_view, 5> inside{"ParentChild", "TreeRoot", "CrossLink", "0", "1"};
  constexpr std::array<std::string_view, 6> across{"Forest", "External", "Unknown", "2", "3", "4"};
  const auto is = [&](std::string_view name) { return same(name, text); };
  if (std::any_of(inside.begin(), inside.end(), is)) {
    return TrustKind::same_forest;
  }
  return std::any_of(across.begin(), across.end(), is) ? std::optional(TrustKind::cross_forest) : std::nullopt;
}

}  // namespace releve::intake::sharphound
