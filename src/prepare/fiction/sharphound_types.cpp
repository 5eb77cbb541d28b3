// SPDX-License-Identifier: EUPL-1.2
// The part of a record that depends on the type of the object.
#include "prepare/fiction/sharphound_records.hpp"

#include <array>

namespace releve::fiction {

using intake::Fact;
using intake::ObjectKind;
using intake::Relation;

namespace {

void put(JsonWriter& json, std::string_view key, std::string_view value) {
  json.key(key);
  json.text(value);
}

void put_flag(JsonWriter& json, std::string_view key, bool value) {
  json.key(key);
  json.boolean(value);
}

void empty_list(JsonWriter& json, std::string_view key) {
  json.key(key);
  json.begin_array();
  json.end_array();
}

void end_collected(JsonWriter& json) {
  put_flag(json, "Collected", true);
  json.key("FailureReason");
  json.null();
  json.end_object();
}

void no_policy_changes(JsonWriter& json) {
  json.key("GPOChanges");
  json.begin_object();
  for (const char* key :
       {"LocalAdmins", "RemoteDesktopUsers", "DcomUsers", "PSRemoteUsers", "AffectedComputers"}) {
    empty_list(json, key);
  }
  json.end_object();
}

}  // namespace

void Records::typed(JsonWriter& json, std::uint32_t object) const {
  switch (directory_.objects[object].kind) {
    case ObjectKind::user:
      account_members(json, object);
      break;
    case ObjectKind::computer:
      account_members(json, object);
      computer_members(json, object);
      break;
    case ObjectKind::group:
      typed_list(json, "Members", object, Relation::member_of, true);
      break;
    case ObjectKind::container:
      typed_list(json, "ChildObjects", object, Relation::contains, false);
      break;
    case ObjectKind::domain:
      trusts(json, object);
      [[fallthrough]];
    case ObjectKind::ou:
      no_policy_changes(json);
      links(json, object);
      typed_list(json, "ChildObjects", object, Relation::contains, false);
      break;
    case ObjectKind::enterprise_ca:
      authority_members(json, object);
      break;
    case ObjectKind::root_ca:
    case ObjectKind::nt_auth_store:
      put(json, "DomainSID", domain_sid_of(object));
      break;
    default:
      break;
  }
}

void Records::account_members(JsonWriter& json, std::uint32_t object) const {
  json.key("PrimaryGroupSID");
  bool found = false;
  for (std::uint32_t i = first_source_[object]; i < first_source_[object + 1] && !found; ++i) {
    if (is_primary(directory_.relations[i])) {
      json.text(directory_.objects[directory_.relations[i].target].id);
      found = true;
    }
  }
  if (!found) {
    json.null();
  }
  typed_list(json, "AllowedToDelegate", object, Relation::allowed_to_delegate, false);
  typed_list(json, "HasSIDHistory", object, Relation::has_sid_history, false);
  if (directory_.objects[object].kind != ObjectKind::user) {
    return;
  }
  json.key("SPNTargets");
  json.begin_array();
  for (std::uint32_t i = first_source_[object]; i < first_source_[object + 1]; ++i) {
    if (directory_.relations[i].relation == Relation::sql_admin) {
      json.begin_object();
      put(json, "ComputerSID", directory_.objects[directory_.relations[i].target].id);
      json.key("Port");
      json.integer(1433);
      put(json, "Service", "SQLAdmin");
      json.end_object();
    }
  }
  json.end_array();
}

void Records::computer_members(JsonWriter& json, std::uint32_t object) const {
  const intake::DirectoryObject& entry = directory_.objects[object];
  typed_list(json, "AllowedToAct", object, Relation::allowed_to_act, true);
  typed_list(json, "DumpSMSAPassword", object, Relation::dump_smsa_password, false);
  sessions(json, object, false);
  sessions(json, object, true);
  json.key("RegistrySessions");
  json.begin_object();
  empty_list(json, "Results");
  end_collected(json);
  local_groups(json, object);
  empty_list(json, "UserRights");
  json.key("Status");
  json.null();
  put_flag(json, "IsDC", entry.is(Fact::is_dc));
  put(json, "DomainSID", domain_sid_of(object));
}

void Records::sessions(JsonWriter& json, std::uint32_t object, bool privileged) const {
  json.key(privileged ? "PrivilegedSessions" : "Sessions");
  json.begin_object();
  json.key("Results");
  json.begin_array();
  for (std::uint32_t i = first_source_[object]; i < first_source_[object + 1]; ++i) {
    const auto& relation = directory_.relations[i];
    if (relation.relation == Relation::session &&
        directory_.objects[relation.target].is(Fact::admin_count) == privileged) {
      json.begin_object();
      put(json, "UserSID", directory_.objects[relation.target].id);
      put(json, "ComputerSID", directory_.objects[object].id);
      json.end_object();
    }
  }
  json.end_array();
  end_collected(json);
}

void Records::local_groups(JsonWriter& json, std::uint32_t object) const {
  struct Row {
    Relation relation;
    const char* rid;
    const char* name;
  };

  static constexpr std::array<Row, 4> rows{{{Relation::admin_to, "-544", "ADMINISTRATORS"},
                                            {Relation::can_rdp, "-555", "REMOTE DESKTOP USERS"},
                                            {Relation::execute_dcom, "-562", "DISTRIBUTED COM USERS"},
                                            {Relation::can_psremote, "-580", "REMOTE MANAGEMENT USERS"}}};
  const intake::DirectoryObject& entry = directory_.objects[object];
  json.key("LocalGroups");
  json.begin_array();
  for (const Row& row : rows) {
    bool any = false;
    for (const std::uint32_t i : as_target(object)) {
      any = any || directory_.relations[i].relation == row.relation;
    }
    if (!any) {
      continue;
    }
    json.begin_object();
    put(json, "ObjectIdentifier", entry.id + row.rid);
    put(json, "Name", std::string(row.name) + "@" + entry.name);
    typed_list(json, "Results", object, row.relation, true);
    empty_list(json, "LocalNames");
    end_collected(json);
  }
  json.end_array();
}

void Records::links(JsonWriter& json, std::uint32_t object) const {
  json.key("Links");
  json.begin_array();
  for (const std::uint32_t i : as_target(object)) {
    if (directory_.relations[i].relation == Relation::gp_link) {
      json.begin_object();
      put_flag(json, "IsEnforced", false);
      put(json, "GUID", directory_.objects[directory_.relations[i].source].id);
      json.end_object();
    }
  }
  json.end_array();
}

void Records::trusts(JsonWriter& json, std::uint32_t object) const {
  json.key("Trusts");
  json.begin_array();
  for (std::uint32_t i = first_source_[object]; i < first_source_[object + 1]; ++i) {
    const auto& relation = directory_.relations[i];
    if (relation.relation == Relation::trust_same_forest) {
      json.begin_object();
      put(json, "TargetDomainSid", directory_.objects[relation.target].id);
      put(json, "TargetDomainName", directory_.objects[relation.target].name);
      put_flag(json, "IsTransitive", true);
      put_flag(json, "SidFilteringEnabled", false);
      put(json, "TrustDirection", "Bidirectional");
      put(json, "TrustType", "ParentChild");
      json.end_object();
    }
  }
  json.end_array();
}

void Records::authority_members(JsonWriter& json, std::uint32_t object) const {
  json.key("HostingComputer");
  bool hosted = false;
  for (const std::uint32_t i : as_target(object)) {
    if (directory_.relations[i].relation == Relation::hosts_ca && !hosted) {
      json.text(directory_.objects[directory_.relations[i].source].id);
      hosted = true;
    }
  }
  if (!hosted) {
    json.null();
  }
  json.key("CARegistryData");
  json.begin_object();
  json.key("CASecurity");
  json.begin_object();
  rights(json, object, "Data");
  end_collected(json);
  json.key("EnrollmentAgentRestrictions");
  json.begin_object();
  empty_list(json, "Restrictions");
  end_collected(json);
  json.key("IsUserSpecifiesSanEnabled");
  json.begin_object();
  put_flag(json, "Value", false);
  end_collected(json);
  json.end_object();
  typed_list(json, "EnabledCertTemplates", object, Relation::published_to, true);
}

}  // namespace releve::fiction
