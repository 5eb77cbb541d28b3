// SPDX-License-Identifier: EUPL-1.2
#include "prepare/fiction/sharphound_records.hpp"

#include "foundation/base/text.hpp"
#include "prepare/fiction/chance.hpp"

#include <algorithm>

namespace releve::fiction {

using intake::Fact;
using intake::ObjectKind;
using intake::Relation;

std::string_view right_name(Relation relation) {
  switch (relation) {
    case Relation::owns:
      return "Owns";
    case Relation::generic_all:
      return "GenericAll";
    case Relation::generic_write:
      return "GenericWrite";
    case Relation::write_owner:
      return "WriteOwner";
    case Relation::write_dacl:
      return "WriteDacl";
    case Relation::all_extended_rights:
      return "AllExtendedRights";
    case Relation::force_change_password:
      return "ForceChangePassword";
    case Relation::add_member:
      return "AddMember";
    case Relation::get_changes:
      return "GetChanges";
    case Relation::get_changes_all:
      return "GetChangesAll";
    case Relation::read_laps_password:
      return "ReadLAPSPassword";
    case Relation::add_key_credential_link:
      return "AddKeyCredentialLink";
    case Relation::enroll:
      return "Enroll";
    case Relation::manage_ca:
      return "ManageCA";
    case Relation::manage_certificates:
      return "ManageCertificates";
    default:
      return "";
  }
}

std::string_view type_name(ObjectKind kind) {
  switch (kind) {
    case ObjectKind::user:
      return "User";
    case ObjectKind::computer:
      return "Computer";
    case ObjectKind::group:
      return "Group";
    case ObjectKind::domain:
      return "Domain";
    case ObjectKind::ou:
      return "OU";
    case ObjectKind::gpo:
      return "GPO";
    case ObjectKind::container:
      return "Container";
    case ObjectKind::cert_template:
      return "CertTemplate";
    case ObjectKind::enterprise_ca:
      return "EnterpriseCA";
    case ObjectKind::root_ca:
      return "RootCA";
    case ObjectKind::aia_ca:
      return "AIACA";
    case ObjectKind::nt_auth_store:
      return "NTAuthStore";
    default:
      return "Base";
  }
}

namespace {

void put(JsonWriter& json, std::string_view key, std::string_view value) {
  json.key(key);
  json.text(value);
}

void put_flag(JsonWriter& json, std::string_view key, bool value) {
  json.key(key);
  json.boolean(value);
}

void put_number(JsonWriter& json, std::string_view key, std::int64_t value) {
  json.key(key);
  json.integer(value);
}

void put_or_null(JsonWriter& json, std::string_view key, std::string_view value) {
  json.key(key);
  value.empty() ? json.null() : json.text(value);
}

void put_texts(JsonWriter& json, std::string_view key, const std::vector<std::string>& values) {
  json.key(key);
  json.begin_array();
  for (const std::string& value : values) {
    json.text(value);
  }
  json.end_array();
}

}  // namespace

Records::Records(const FictionalHospital& hospital)
    : hospital_(hospital), directory_(hospital.directory.facts) {
  const auto& relations = directory_.relations;
  by_target_.resize(relations.size());
  for (std::uint32_t i = 0; i < relations.size(); ++i) {
    by_target_[i] = i;
  }
  std::stable_sort(by_target_.begin(), by_target_.end(), [&](std::uint32_t a, std::uint32_t b) {
    return relations[a].target < relations[b].target;
  });
  first_source_.assign(directory_.objects.size() + 1, 0);
  first_target_.assign(directory_.objects.size() + 1, 0);
  for (const auto& relation : relations) {
    ++first_source_[relation.source + 1];
    ++first_target_[relation.target + 1];
  }
  for (std::size_t i = 1; i < first_source_.size(); ++i) {
    first_source_[i] += first_source_[i - 1];
    first_target_[i] += first_target_[i - 1];
  }
}

std::span<const std::uint32_t> Records::as_target(std::uint32_t object) const {
  return std::span(by_target_)
      .subspan(first_target_[object], first_target_[object + 1] - first_target_[object]);
}

std::string Records::domain_sid_of(std::uint32_t object) const {
  return directory_.domains[directory_.objects[object].domain].sid;
}

bool Records::is_primary(const intake::DirectoryRelation& relation) const {
  if (relation.relation != Relation::member_of ||
      directory_.objects[relation.source].kind == ObjectKind::group) {
    return false;
  }
  const std::string& group = directory_.objects[relation.target].id;
  const std::string sid = domain_sid_of(relation.source);
  return group == sid + "-513" || group == sid + "-515" || group == sid + "-516";
}

std::string Records::thumbprint(std::uint32_t object) const {
  return Chance(hospital_.seed).hex("thumbprint/" + directory_.objects[object].name, 5);
}

std::string Records::record(std::uint32_t object) const {
  const intake::DirectoryObject& entry = directory_.objects[object];
  JsonWriter json;
  json.begin_object();
  properties(json, object);
  typed(json, object);
  rights(json, object, "Aces");
  put(json, "ObjectIdentifier", entry.id);
  put_flag(json, "IsDeleted", false);
  put_flag(json, "IsACLProtected", entry.is(Fact::admin_count));
  json.key("ContainedBy");
  const auto told = as_target(object);
  const auto parent = std::find_if(told.begin(), told.end(), [&](std::uint32_t i) {
    return directory_.relations[i].relation == Relation::contains;
  });
  if (parent == told.end()) {
    json.null();
  } else {
    const auto& holder = directory_.objects[directory_.relations[*parent].source];
    json.begin_object();
    put(json, "ObjectIdentifier", holder.id);
    put(json, "ObjectType", type_name(holder.kind));
    json.end_object();
  }
  json.end_object();
  return json.take();
}

void Records::properties(JsonWriter& json, std::uint32_t object) const {
  const intake::DirectoryObject& entry = directory_.objects[object];
  const ObjectDetails& details = hospital_.directory.details[object];
  json.key("Properties");
  json.begin_object();
  put(json, "domain", directory_.domains[entry.domain].name);
  put(json, "name", entry.name);
  put_or_null(json, "distinguishedname", entry.distinguished_name);
  put(json, "domainsid", domain_sid_of(object));
  put_flag(json, "isaclprotected", entry.is(Fact::admin_count));
  put_or_null(json, "description", details.description);
  put_number(json, "whencreated", details.created);
  if (!details.account.empty()) {
    put(json, "samaccountname", details.account);
  }
  if (entry.is(Fact::admin_count) || entry.kind == ObjectKind::user) {
    put_flag(json, "admincount", entry.is(Fact::admin_count));
  }
  if (entry.is(Fact::high_value)) {
    put_flag(json, "highvalue", true);
  }
  account_properties(json, object);
  template_properties(json, object);
  authority_properties(json, object);
  json.end_object();
}

void Records::account_properties(JsonWriter& json, std::uint32_t object) const {
  const intake::DirectoryObject& entry = directory_.objects[object];
  const ObjectDetails& details = hospital_.directory.details[object];
  if (entry.kind == ObjectKind::domain) {
    put(json, "functionallevel", "2016");
    put_flag(json, "collected", true);
  }
  if (entry.kind == ObjectKind::ou) {
    put_flag(json, "blocksinheritance", false);
  }
  if (entry.kind == ObjectKind::gpo) {
    put(json, "gpcpath",
        "\\\\" + directory_.domains[entry.domain].name + "\\SYSVOL\\POLICIES\\{" + entry.id + "}");
  }
  if (entry.kind != ObjectKind::user && entry.kind != ObjectKind::computer) {
    return;
  }
  put_flag(json, "enabled", entry.is(Fact::enabled));
  put_flag(json, "unconstraineddelegation", entry.is(Fact::unconstrained_delegation));
  put_flag(json, "trustedtoauth", false);
  put_number(json, "lastlogon", entry.last_logon);
  put_number(json, "lastlogontimestamp", entry.last_logon);
  put_number(json, "pwdlastset", details.password_set);
  std::vector<std::string> names;
  if (entry.kind == ObjectKind::computer) {
    names.push_back("HOST/" + to_lower(entry.name));
    put_flag(json, "haslaps", entry.is(Fact::has_laps));
    put_flag(json, "isdc", entry.is(Fact::is_dc));
    put_or_null(json, "operatingsystem", entry.operating_system);
  } else {
    if (entry.is(Fact::has_spn)) {
      names.push_back(details.account + "/" + to_lower(directory_.domains[entry.domain].name));
    }
    put_flag(json, "hasspn", entry.is(Fact::has_spn));
    put_flag(json, "dontreqpreauth", entry.is(Fact::no_preauth));
    put_flag(json, "sensitive", entry.is(Fact::sensitive));
    put_flag(json, "passwordnotreqd", false);
    put_flag(json, "pwdneverexpires", details.title == "Compte de service");
    put_or_null(json, "displayname", details.display_name);
    put_or_null(json, "email", details.email);
    put_or_null(json, "title", details.title);
  }
  put_texts(json, "serviceprincipalnames", names);
  put_texts(json, "sidhistory", {});
}

void Records::template_properties(JsonWriter& json, std::uint32_t object) const {
  const intake::DirectoryObject& entry = directory_.objects[object];
  if (entry.kind != ObjectKind::cert_template) {
    return;
  }
  const std::vector<std::string> uses{entry.is(Fact::client_authentication) ? "1.3.6.1.5.5.7.3.2"
                                                                            : "1.3.6.1.5.5.7.3.1"};
  put_number(json, "schemaversion", 2);
  put(json, "displayname", entry.name.substr(0, entry.name.find('@')));
  put(json, "validityperiod", "1 year");
  put(json, "renewalperiod", "6 weeks");
  put_flag(json, "requiresmanagerapproval", entry.is(Fact::requires_manager_approval));
  put_flag(json, "nosecurityextension", false);
  put_flag(json, "enrolleesuppliessubject", entry.is(Fact::enrollee_supplies_subject));
  put_flag(json, "subjectaltrequireupn", !entry.is(Fact::enrollee_supplies_subject));
  put_texts(json, "ekus", uses);
  put_texts(json, "effectiveekus", uses);
  put_texts(json, "certificateapplicationpolicy", uses);
  put_number(json, "authorizedsignatures", 0);
  put_texts(json, "applicationpolicies", {});
  put_texts(json, "issuancepolicies", {});
  put_flag(json, "authenticationenabled", entry.is(Fact::client_authentication));
}

void Records::authority_properties(JsonWriter& json, std::uint32_t object) const {
  const intake::DirectoryObject& entry = directory_.objects[object];
  if (entry.kind == ObjectKind::nt_auth_store) {
    std::vector<std::string> trusted;
    for (std::uint32_t i = 0; i < directory_.objects.size(); ++i) {
      if (directory_.objects[i].is(Fact::trusted_for_authentication)) {
        trusted.push_back(thumbprint(i));
      }
    }
    put_texts(json, "certthumbprints", trusted);
  }
  if (entry.kind == ObjectKind::enterprise_ca) {
    put(json, "flags", "SUPPORTS_NT_AUTHENTICATION, CA_SERVERTYPE_ADVANCED");
    put(json, "caname", entry.name.substr(0, entry.name.find('@')));
    put_flag(json, "casecuritycollected", true);
  }
  if (entry.kind == ObjectKind::enterprise_ca || entry.kind == ObjectKind::root_ca ||
      entry.kind == ObjectKind::aia_ca) {
    put(json, "certthumbprint", thumbprint(object));
    put(json, "certname", thumbprint(object));
    put_texts(json, "certchain", {thumbprint(object)});
    put_flag(json, "hasbasicconstraints", false);
    put_number(json, "basicconstraintpathlength", 0);
  }
}

void Records::rights(JsonWriter& json, std::uint32_t object, std::string_view key) const {
  json.key(key);
  json.begin_array();
  for (const std::uint32_t i : as_target(object)) {
    const auto& relation = directory_.relations[i];
    const std::string_view name = right_name(relation.relation);
    if (name.empty()) {
      continue;
    }
    const auto& principal = directory_.objects[relation.source];
    json.begin_object();
    put(json, "PrincipalSID", principal.id);
    put(json, "PrincipalType", type_name(principal.kind));
    put(json, "RightName", name);
    put_flag(json, "IsInherited", relation.inherited);
    put(json, "InheritanceHash", "");
    json.end_object();
  }
  json.end_array();
}

void Records::typed_list(JsonWriter& json, std::string_view key, std::uint32_t object, Relation relation,
                         bool sources) const {
  json.key(key);
  json.begin_array();
  const auto add = [&](const intake::DirectoryRelation& told, std::uint32_t other) {
    if (told.relation == relation && !is_primary(told)) {
      json.begin_object();
      put(json, "ObjectIdentifier", directory_.objects[other].id);
      put(json, "ObjectType", type_name(directory_.objects[other].kind));
      json.end_object();
    }
  };
  if (sources) {
    for (const std::uint32_t i : as_target(object)) {
      add(directory_.relations[i], directory_.relations[i].source);
    }
  } else {
    for (std::uint32_t i = first_source_[object]; i < first_source_[object + 1]; ++i) {
      add(directory_.relations[i], directory_.relations[i].target);
    }
  }
  json.end_array();
}

}  // namespace releve::fiction
