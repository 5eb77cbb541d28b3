// SPDX-License-Identifier: EUPL-1.2
// The directory as steps: who can become whom, who can take which machine, and what gives a whole domain.
#include "prepare/assessment/compiler.hpp"

#include <algorithm>
#include <unordered_set>

namespace releve::assessment {

using engine::NodeIndex;
using engine::NodeKind;
using engine::Protocol;
using intake::DirectoryObject;
using intake::Fact;
using intake::ObjectKind;
using intake::Relation;

namespace {

constexpr std::uint32_t nothing = 0xFFFFFFFFU;

/// How a raw relation is used. Relations that are not listed are evidence only.
enum class Use {
  becomes,       // certain and at once: memberships, control of an account or group
  becomes_host,  // account AND foothold(admin) -> host
  desktop,       // account AND foothold(remote desktop) -> host
  database,      // account AND foothold(database) -> host
  delegates,     // account AND foothold(admin) -> host, by delegation
  session,       // host -> account
  controls,      // changing the object: an account is taken over, a machine needs a foothold too
};

std::optional<Use> use_of(Relation relation) {
  switch (relation) {
    case Relation::member_of:
    case Relation::has_sid_history:
    case Relation::read_gmsa_password:
    case Relation::gp_link:
    case Relation::contains:
      return relation == Relation::contains || relation == Relation::gp_link ? Use::controls : Use::becomes;
    case Relation::admin_to:
    case Relation::can_psremote:
    case Relation::execute_dcom:
    case Relation::backup_operator:
      return Use::becomes_host;
    case Relation::can_rdp:
      return Use::desktop;
    case Relation::sql_admin:
      return Use::database;
    case Relation::allowed_to_delegate:
    case Relation::allowed_to_act:
      return Use::delegates;
    case Relation::session:
    case Relation::dump_smsa_password:
      return Use::session;
    case Relation::owns:
    case Relation::generic_all:
    case Relation::generic_write:
    case Relation::write_owner:
    case Relation::write_dacl:
    case Relation::all_extended_rights:
    case Relation::force_change_password:
    case Relation::add_member:
    case Relation::add_self:
    case Relation::read_laps_password:
    case Relation::sync_laps_password:
    case Relation::add_allowed_to_act:
    case Relation::add_key_credential_link:
    case Relation::write_account_restrictions:
    case Relation::write_gp_link:
      return Use::controls;
    default:
      return std::nullopt;
  }
}

/// What people call the right, for measures: rights of one account of one kind are closed together.
const char* right_name(Relation relation) {
  switch (relation) {
    case Relation::admin_to:
      return "admin_to";
    case Relation::can_psremote:
      return "psremote";
    case Relation::execute_dcom:
      return "dcom";
    case Relation::backup_operator:
      return "backup_operator";
    case Relation::can_rdp:
      return "rdp";
    case Relation::sql_admin:
      return "sql_admin";
    case Relation::allowed_to_delegate:
    case Relation::allowed_to_act:
      return "delegation";
    default:
      return "control";
  }
}

bool ends_with(std::string_view text, std::string_view end) {
  return text.ends_with(end);
}

/// Groups whose members own the domain: administrators, domain, enterprise and schema administrators, and
/// the domain controllers themselves.
bool is_tier0_group(const DirectoryObject& object) {
  return object.kind == ObjectKind::group &&
         (ends_with(object.id, "-512") || ends_with(object.id, "-518") || ends_with(object.id, "-519") ||
          ends_with(object.id, "-S-1-5-32-544") || ends_with(object.id, "-516") ||
          ends_with(object.id, "-S-1-5-9"));
}

NodeKind kind_of(const DirectoryObject& object) {
  return object.kind == ObjectKind::user || object.kind == ObjectKind::computer ||
                 object.kind == ObjectKind::group
             ? NodeKind::account
             : NodeKind::right;
}

void add_objects(Compiler& compiler) {
  const auto& objects = compiler.map.directory->objects;
  compiler.machine_of_object.assign(objects.size(), nothing);
  for (std::uint32_t m = 0; m < compiler.map.machines.size(); ++m) {
    if (compiler.map.machines[m].directory_object < objects.size()) {
      compiler.machine_of_object[compiler.map.machines[m].directory_object] = m;
    }
  }
  for (std::uint32_t i = 0; i < objects.size(); ++i) {
    const DirectoryObject& object = objects[i];
    const std::string& label = object.name.empty() ? object.id : object.name;
    const NodeIndex account = compiler.draft.node(kind_of(object), "account:" + object.id, label);
    compiler.account_of_object.push_back(account);
    // Acting as a machine and changing its object are two things; for others they are one.
    const bool machine = object.kind == ObjectKind::computer;
    compiler.control_of_object.push_back(
        machine ? compiler.draft.node(NodeKind::right, "object:" + object.id, label) : account);
    if (machine && compiler.machine_of_object[i] != nothing) {
      const std::uint32_t m = compiler.machine_of_object[i];
      compiler.draft.implies(compiler.host_node(m), account);
      compiler.network_move(
          {compiler.control_of_object[i]}, Protocol::admin,
          {.technique = "object_control", .head = compiler.host_node(m), .zone = compiler.zone_of(m)});
    }
  }
}

void add_domains(Compiler& compiler) {
  const auto& directory = *compiler.map.directory;
  auto& draft = compiler.draft;
  for (const auto& domain : directory.domains) {
    compiler.domain_of.push_back(static_cast<std::uint32_t>(draft.model.domains.size()));
    const NodeIndex tier0 = draft.node(NodeKind::power, "power:tier0:" + domain.sid, domain.name);
    const NodeIndex deployment = draft.node(NodeKind::power, "power:deployment:" + domain.sid, domain.name);
    draft.implies(tier0, deployment);
    draft.model.domains.push_back({domain.name, tier0, deployment});
    const NodeIndex changes = draft.node(NodeKind::right, "right:get_changes:" + domain.sid, domain.name);
    const NodeIndex all_changes =
        draft.node(NodeKind::right, "right:get_changes_all:" + domain.sid, domain.name);
    const std::uint16_t dcsync = compiler.technique("dcsync");
    draft.step({.inputs = {changes, all_changes},
                .head = tier0,
                .technique = dcsync,
                .chance = compiler.chance[dcsync],
                .zone = compiler.zones.at("")});
  }
  for (std::uint32_t i = 0; i < directory.objects.size(); ++i) {
    const DirectoryObject& object = directory.objects[i];
    if (object.domain >= directory.domains.size()) {
      continue;
    }
    const NodeIndex tier0 = draft.model.domains[object.domain].tier0;
    const std::string& sid = directory.domains[object.domain].sid;
    if (is_tier0_group(object)) {
      draft.implies(compiler.account_of_object[i], tier0);
    }
    if (object.kind == ObjectKind::domain) {
      // Who may change the domain object may give himself both replication rights.
      for (const char* right : {"get_changes", "get_changes_all"}) {
        draft.implies(compiler.account_of_object[i],
                      draft.node(NodeKind::right, std::string("right:") + right + ":" + sid, object.name));
      }
    }
    const std::uint32_t m = compiler.machine_of_object[i];
    if (m != nothing) {
      draft.model.hosts[compiler.host_of_machine[m]].domain = object.domain;
      if (object.is(Fact::is_dc)) {
        compiler.local_move(compiler.host_node(m),
                            {.technique = "directory_takeover", .head = tier0, .zone = compiler.zone_of(m)});
      } else if (object.is(Fact::unconstrained_delegation)) {
        compiler.local_move(compiler.host_node(m),
                            {.technique = "unconstrained_delegation",
                             .head = tier0,
                             .zone = compiler.zone_of(m),
                             .facts = {compiler.fact("unconstrained", object.id, object.name)}});
      }
    }
  }
}

/// Passwords that any account of the domain may ask a ticket for and crack at home.
void add_roasting(Compiler& compiler) {
  const auto& directory = *compiler.map.directory;
  std::vector<NodeIndex> anybody;
  for (const auto& domain : directory.domains) {
    anybody.push_back(compiler.draft.node(NodeKind::right, "right:authenticated:" + domain.sid, domain.name));
  }
  for (std::uint32_t i = 0; i < directory.objects.size(); ++i) {
    const DirectoryObject& object = directory.objects[i];
    if (object.domain >= anybody.size()) {
      continue;
    }
    if (object.kind == ObjectKind::group && (ends_with(object.id, "-513") || ends_with(object.id, "-515"))) {
      compiler.draft.implies(compiler.account_of_object[i], anybody[object.domain]);
    }
    if (object.kind != ObjectKind::user || !object.is(Fact::enabled) || ends_with(object.id, "-502")) {
      continue;
    }
    for (const auto& [weak, technique] :
         {std::pair(Fact::has_spn, "kerberoast"), std::pair(Fact::no_preauth, "asrep_roast")}) {
      if (object.is(weak)) {
        compiler.local_move(anybody[object.domain],
                            {.technique = technique,
                             .head = compiler.account_of_object[i],
                             .zone = compiler.zones.at(""),
                             .facts = {compiler.fact("roasting", object.id, object.name)}});
      }
    }
  }
}

struct Relations {
  Compiler& compiler;
  const intake::Directory& directory = *compiler.map.directory;
  std::int64_t newest_logon = 0;

  const char* session_age(const DirectoryObject& user) const {
    constexpr std::int64_t two_weeks = 14 * 86400;
    return user.last_logon == 0 || user.last_logon >= newest_logon - two_weeks ? "session_fresh"
                                                                               : "session_old";
  }

  engine::FactIndex fact_of(const intake::DirectoryRelation& relation) const {
    const DirectoryObject& source = directory.objects[relation.source];
    return compiler.fact(right_name(relation.relation), source.id,
                         source.name.empty() ? source.id : source.name);
  }

  void onto_host(const intake::DirectoryRelation& relation, const char* technique, Protocol protocol) const {
    const std::uint32_t m = compiler.machine_of_object[relation.target];
    if (m != nothing) {
      compiler.network_move({compiler.account_of_object[relation.source]}, protocol,
                            {.technique = technique,
                             .head = compiler.host_node(m),
                             .zone = compiler.zone_of(m),
                             .facts = {fact_of(relation)}});
    }
  }

  void add(const intake::DirectoryRelation& relation) const {
    const DirectoryObject& source = directory.objects[relation.source];
    const DirectoryObject& target = directory.objects[relation.target];
    auto& draft = compiler.draft;
    if (relation.relation == Relation::get_changes || relation.relation == Relation::get_changes_all) {
      if (target.domain < directory.domains.size()) {
        const char* right =
            relation.relation == Relation::get_changes ? "right:get_changes:" : "right:get_changes_all:";
        draft.implies(compiler.account_of_object[relation.source],
                      draft.node(NodeKind::right, right + directory.domains[target.domain].sid, target.name),
                      {compiler.fact("dcsync", source.id, source.name)});
      }
      return;
    }
    if (relation.relation == Relation::trust_same_forest ||
        relation.relation == Relation::spoof_sid_history ||
        relation.relation == Relation::abuse_tgt_delegation) {
      if (source.domain < draft.model.domains.size() && target.domain < draft.model.domains.size()) {
        draft.implies(draft.model.domains[source.domain].tier0, draft.model.domains[target.domain].tier0);
      }
      return;
    }
    const auto use = use_of(relation.relation);
    if (!use) {
      return;
    }
    switch (*use) {
      case Use::becomes:
        draft.implies(compiler.account_of_object[relation.source],
                      compiler.account_of_object[relation.target]);
        break;
      case Use::becomes_host:
        onto_host(relation, "remote_admin", Protocol::admin);
        break;
      case Use::desktop:
        onto_host(relation, "remote_desktop", Protocol::remote_desktop);
        break;
      case Use::database:
        onto_host(relation, "sql_admin", Protocol::database);
        break;
      case Use::delegates:
        onto_host(relation, "delegation", Protocol::admin);
        break;
      case Use::session: {
        const std::uint32_t m = compiler.machine_of_object[relation.source];
        if (m != nothing) {
          compiler.local_move(compiler.host_node(m),
                              {.technique = session_age(target),
                               .head = compiler.account_of_object[relation.target],
                               .zone = compiler.zone_of(m),
                               .facts = {compiler.fact("session", target.id, target.name)}});
        }
        break;
      }
      case Use::controls: {
        const bool structural =
            relation.relation == Relation::contains || relation.relation == Relation::gp_link;
        draft.implies(structural ? compiler.control_of_object[relation.source]
                                 : compiler.account_of_object[relation.source],
                      compiler.control_of_object[relation.target],
                      structural ? std::vector<engine::FactIndex>{} : std::vector{fact_of(relation)});
        break;
      }
    }
  }
};

}  // namespace

void compile_directory(Compiler& compiler) {
  const auto& directory = *compiler.map.directory;
  if (directory.objects.empty()) {
    compiler.findings.add(Severity::warning, message("compile.no_directory"));
  }
  add_objects(compiler);
  add_domains(compiler);
  add_roasting(compiler);
  Relations relations{compiler};
  for (const DirectoryObject& object : directory.objects) {
    relations.newest_logon = std::max(relations.newest_logon, object.last_logon);
  }
  for (const auto& relation : directory.relations) {
    relations.add(relation);
  }
  // Machines of the inventory that no directory described: joined to the only domain, unless said otherwise.
  if (compiler.draft.model.domains.size() == 1) {
    std::unordered_map<std::string, bool> joined;
    for (const auto& component : compiler.map.components) {
      joined[component.id] = cartography::resolve(component, compiler.defaults).domain_joined;
    }
    for (std::uint32_t m = 0; m < compiler.map.machines.size(); ++m) {
      const auto& machine = compiler.map.machines[m];
      engine::Host& host = compiler.draft.model.hosts[compiler.host_of_machine[m]];
      if (host.domain == nothing && !machine.component.empty() && joined[machine.component]) {
        host.domain = 0;
      }
    }
  }
}

}  // namespace releve::assessment
