// SPDX-License-Identifier: EUPL-1.2
#include "intake/sharphound_grammar.hpp"

#include <algorithm>
#include <array>

namespace releve::intake::sharphound {

namespace {

using enum Place;
using R = Relation;
using enum Direction;

constexpr Field value(Place in, std::string_view key, Slot slot) {
  return {.in = in, .key = key, .slot = slot};
}

constexpr Field inside(Place in, std::string_view key, Place into, Slot slot = Slot::none) {
  return {.in = in, .key = key, .into = into, .slot = slot};
}

/// A scalar that names one object.
constexpr Field one(Place in, std::string_view key, Relation relation, Direction direction) {
  return {.in = in, .key = key, .slot = Slot::relation, .relation = relation, .direction = direction};
}

/// Objects named by id, in one of the three shapes.
constexpr Field people(Place in, std::string_view key, Relation relation, Direction direction,
                       Slot slot = Slot::relation) {
  return {
      .in = in, .key = key, .into = principal, .slot = slot, .relation = relation, .direction = direction};
}

constexpr Field fact(std::string_view key, Fact fact, Place in = properties) {
  return {.in = in, .key = key, .slot = Slot::fact, .fact = fact};
}

constexpr Field version_3(std::string_view key, ObjectKind kind) {
  return {.in = root, .key = key, .into = record, .kind = kind};
}

// Sorted by place (checked below); within a place the most frequent first.
constexpr Field fields[] = {
    inside(root, "data", record),
    inside(root, "meta", meta),
    version_3("users", ObjectKind::user),
    version_3("computers", ObjectKind::computer),
    version_3("groups", ObjectKind::group),
    version_3("domains", ObjectKind::domain),
    version_3("ous", ObjectKind::ou),
    version_3("gpos", ObjectKind::gpo),
    value(root, "graph", Slot::open_graph),
    value(root, "nodes", Slot::open_graph),
    value(root, "edges", Slot::open_graph),

    value(meta, "type", Slot::meta_type),
    value(meta, "count", Slot::meta_count),
    value(meta, "version", Slot::meta_version),

    inside(record, "Aces", ace),
    inside(record, "Properties", properties),
    value(record, "ObjectIdentifier", Slot::record_id),
    value(record, "IsDeleted", Slot::record_deleted),
    people(record, "ContainedBy", R::contains, inward),
    one(record, "PrimaryGroupSID", R::member_of, outward),
    people(record, "Members", R::member_of, inward),
    people(record, "HasSIDHistory", R::has_sid_history, outward),
    people(record, "AllowedToDelegate", R::allowed_to_delegate, outward),
    people(record, "AllowedToAct", R::allowed_to_act, inward),
    people(record, "DumpSMSAPassword", R::dump_smsa_password, outward),
    inside(record, "Sessions", session),
    inside(record, "PrivilegedSessions", session),
    inside(record, "RegistrySessions", session),
    inside(record, "LocalGroups", local_group),
    inside(record, "UserRights", local_group),
    people(record, "LocalAdmins", R::admin_to, inward),
    people(record, "RemoteDesktopUsers", R::can_rdp, inward),
    people(record, "DcomUsers", R::execute_dcom, inward),
    people(record, "PSRemoteUsers", R::can_psremote, inward),
    inside(record, "SPNTargets", spn_target),
    value(record, "IsDC", Slot::record_dc),
    fact("UnconstrainedDelegation", Fact::unconstrained_delegation, record),
    value(record, "DomainSID", Slot::record_domain),
    people(record, "ChildObjects", R::contains, outward),
    people(record, "Users", R::contains, outward),
    people(record, "ChildOus", R::contains, outward),
    people(record, "Computers", R::contains, outward, Slot::affected_child),
    people(record, "Links", R::gp_link, inward),
    inside(record, "Trusts", trust),
    inside(record, "GPOChanges", gpo_changes),
    people(record, "EnabledCertTemplates", R::published_to, inward),
    one(record, "HostingComputer", R::hosts_ca, inward),
    inside(record, "CARegistryData", ca_registry),
    value(record, "HttpEnrollmentEndpoints", Slot::unmodelled),
    value(record, "SmbInfo", Slot::unmodelled),
    value(record, "NTLMRegistryData", Slot::unmodelled),
    value(record, "IsWebClientRunning", Slot::unmodelled),
    value(record, "DCRegistryData", Slot::unmodelled),
    value(record, "UserSID", Slot::user),  // records of type "sessions"
    value(record, "ComputerSID", Slot::computer),
    value(record, "kind", Slot::azure_kind),

    value(properties, "name", Slot::name),
    value(properties, "domainsid", Slot::record_domain),
    value(properties, "domain", Slot::domain_name),
    value(properties, "distinguishedname", Slot::distinguished_name),
    value(properties, "objectid", Slot::record_id),
    fact("enabled", Fact::enabled),
    fact("hasspn", Fact::has_spn),
    fact("dontreqpreauth", Fact::no_preauth),
    fact("unconstraineddelegation", Fact::unconstrained_delegation),
    value(properties, "haslaps", Slot::laps),
    fact("admincount", Fact::admin_count),
    fact("highvalue", Fact::high_value),
    fact("sensitive", Fact::sensitive),
    fact("isdc", Fact::is_dc),
    value(properties, "operatingsystem", Slot::operating_system),
    value(properties, "lastlogontimestamp", Slot::logon),
    value(properties, "lastlogon", Slot::logon),
    fact("enrolleesuppliessubject", Fact::enrollee_supplies_subject),
    fact("authenticationenabled", Fact::client_authentication),
    fact("requiresmanagerapproval", Fact::requires_manager_approval),
    value(properties, "schemaversion", Slot::schema_version),
    value(properties, "authorizedsignatures", Slot::signatures),
    value(properties, "certthumbprint", Slot::thumbprint),
    inside(properties, "certthumbprints", properties, Slot::nt_auth_thumbprint),

    value(principal, "ObjectIdentifier", Slot::id),
    value(principal, "MemberId", Slot::id),  // v3
    value(principal, "GUID", Slot::id),      // links
    inside(principal, "Results", principal),
    value(principal, "Collected", Slot::collected),

    value(ace, "PrincipalSID", Slot::id),
    value(ace, "RightName", Slot::right),
    value(ace, "IsInherited", Slot::inherited),
    value(ace, "PrincipalType", Slot::principal_type),
    value(ace, "AceType", Slot::ace_type),  // v3

    value(session, "UserSID", Slot::user),
    value(session, "ComputerSID", Slot::computer),
    value(session, "UserId", Slot::user),  // v3
    value(session, "ComputerId", Slot::computer),
    inside(session, "Results", session),
    value(session, "Collected", Slot::collected),

    value(local_group, "ObjectIdentifier", Slot::group_id),
    value(local_group, "Privilege", Slot::privilege),
    people(local_group, "Results", R::admin_to, inward),
    value(local_group, "Collected", Slot::collected),

    value(spn_target, "ComputerSID", Slot::id),
    value(spn_target, "Service", Slot::service),

    value(trust, "TargetDomainSid", Slot::id),
    value(trust, "TargetDomainName", Slot::trust_name),
    value(trust, "TrustDirection", Slot::trust_direction),
    value(trust, "TrustType", Slot::trust_kind),
    value(trust, "SidFilteringEnabled", Slot::trust_filtered),
    value(trust, "TGTDelegationEnabled", Slot::trust_tgt),

    people(gpo_changes, "LocalAdmins", R::admin_to, inward, Slot::gpo_member),
    people(gpo_changes, "RemoteDesktopUsers", R::can_rdp, inward, Slot::gpo_member),
    people(gpo_changes, "DcomUsers", R::execute_dcom, inward, Slot::gpo_member),
    people(gpo_changes, "PSRemoteUsers", R::can_psremote, inward, Slot::gpo_member),
    inside(gpo_changes, "AffectedComputers", principal, Slot::affected),

    inside(ca_registry, "CASecurity", ca_security),
    value(ca_registry, "EnrollmentAgentRestrictions", Slot::unmodelled),
    inside(ca_security, "Data", ace, Slot::ca_ace),
    value(ca_security, "Collected", Slot::collected),
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

constexpr char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

bool same(std::string_view a, std::string_view b) {
  return a.size() == b.size() && (a == b || std::equal(a.begin(), a.end(), b.begin(),
                                                       [](char x, char y) { return lower(x) == lower(y); }));
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
    {"544", R::admin_to},     {"555", R::can_rdp},         {"562", R::execute_dcom},
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
  const Field* found =
      std::find_if(range.begin, range.end, [&](const Field& field) { return same(field.key, key); });
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

std::optional<Relation> find_privilege(std::string_view name) {
  return find_named(privileges, name);
}

std::optional<Relation> find_service(std::string_view name) {
  return find_named(services, name);
}

std::optional<TrustWay> find_trust_way(std::string_view text) {
  constexpr std::array ways{TrustWay{}, TrustWay{true, false}, TrustWay{false, true}, TrustWay{true, true}};
  constexpr std::array<std::string_view, 8> names{"0",        "1",       "2",        "3",
                                                  "Disabled", "Inbound", "Outbound", "Bidirectional"};
  const auto* found =
      std::find_if(names.begin(), names.end(), [&](std::string_view name) { return same(name, text); });
  return found == names.end() ? std::nullopt
                              : std::optional(ways[static_cast<std::size_t>(found - names.begin()) % 4]);
}

std::optional<TrustKind> find_trust_kind(std::string_view text) {
  constexpr std::array<std::string_view, 5> inside{"ParentChild", "TreeRoot", "CrossLink", "0", "1"};
  constexpr std::array<std::string_view, 6> across{"Forest", "External", "Unknown", "2", "3", "4"};
  const auto is = [&](std::string_view name) { return same(name, text); };
  if (std::any_of(inside.begin(), inside.end(), is)) {
    return TrustKind::same_forest;
  }
  return std::any_of(across.begin(), across.end(), is) ? std::optional(TrustKind::cross_forest)
                                                       : std::nullopt;
}

}  // namespace releve::intake::sharphound
