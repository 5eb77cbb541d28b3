// SPDX-License-Identifier: EUPL-1.2
// The frame of a domain: what every forest has, then the units and groups of this hospital's IT.
#include "foundation/base/text.hpp"
#include "prepare/fiction/directory_builder.hpp"

namespace releve::fiction {

using intake::Fact;
using intake::ObjectKind;
using intake::Relation;

namespace {

std::string base_dn(const std::string& upper) {
  std::string dn;
  for (const std::string_view label : split(upper, '.')) {
    dn += (dn.empty() ? "DC=" : ",DC=") + std::string(label);
  }
  return dn;
}

class Frame {
 public:
  Frame(DirectoryBuilder& builder, DomainFrame& frame) : builder_(builder), frame_(frame) {}

  ObjectIndex builtin(const std::string& rid, const std::string& name) {
    return builder_.add(ObjectKind::group, frame_.upper + "-S-1-5-32-" + rid, name + "@" + frame_.upper,
                        frame_.domain, "CN=" + name + ",CN=BUILTIN," + frame_.base_dn, name);
  }

  ObjectIndex special(const std::string& sid, const std::string& name) {
    return builder_.add(ObjectKind::group, frame_.upper + "-" + sid, name + "@" + frame_.upper, frame_.domain,
                        "");
  }

  ObjectIndex known(std::uint32_t rid, const std::string& name) {
    const ObjectIndex group =
        builder_.add(ObjectKind::group, builder_.sid(frame_.domain, rid), name + "@" + frame_.upper,
                     frame_.domain, "CN=" + name + ",CN=USERS," + frame_.base_dn, name);
    builder_.place(frame_.users_container, group);
    return group;
  }

  ObjectIndex unit(ObjectIndex parent, const std::string& name, ObjectKind kind = ObjectKind::ou) {
    const std::string dn =
        (kind == ObjectKind::ou ? "OU=" : "CN=") + name + "," + builder_.object(parent).distinguished_name;
    const ObjectIndex index = builder_.add(kind, builder_.draft().chance.guid("unit/" + dn),
                                           name + "@" + frame_.upper, frame_.domain, dn);
    builder_.place(parent, index);
    return index;
  }

 private:
  DirectoryBuilder& builder_;
  DomainFrame& frame_;
};

void draw_known_groups(DirectoryBuilder& builder, DomainFrame& frame, Frame& draw) {
  frame.administrators = draw.builtin("544", "ADMINISTRATORS");
  frame.account_operators = draw.builtin("548", "ACCOUNT OPERATORS");
  const ObjectIndex backup_operators = draw.builtin("551", "BACKUP OPERATORS");
  const ObjectIndex users = draw.builtin("545", "USERS");
  draw.builtin("550", "PRINT OPERATORS");
  draw.builtin("555", "REMOTE DESKTOP USERS");
  frame.authenticated_users = draw.special("S-1-5-11", "AUTHENTICATED USERS");
  frame.everyone = draw.special("S-1-1-0", "EVERYONE");
  frame.domain_admins = draw.known(512, "DOMAIN ADMINS");
  frame.domain_users = draw.known(513, "DOMAIN USERS");
  frame.domain_computers = draw.known(515, "DOMAIN COMPUTERS");
  frame.domain_controllers = draw.known(516, "DOMAIN CONTROLLERS");
  frame.enterprise_admins = draw.known(519, "ENTERPRISE ADMINS");
  frame.key_admins = draw.known(526, "KEY ADMINS");
  frame.enterprise_key_admins = draw.known(527, "ENTERPRISE KEY ADMINS");
  for (const ObjectIndex group : {frame.administrators, frame.domain_admins, frame.enterprise_admins,
                                  backup_operators, frame.account_operators, frame.domain_controllers}) {
    builder.set(group, Fact::admin_count);
  }
  builder.set(frame.domain_admins, Fact::high_value);
  builder.set(frame.enterprise_admins, Fact::high_value);
  builder.set(frame.administrators, Fact::high_value);
  builder.relate(frame.domain_admins, frame.administrators, Relation::member_of);
  builder.relate(frame.enterprise_admins, frame.administrators, Relation::member_of);
  builder.relate(frame.domain_users, users, Relation::member_of);
  builder.relate(frame.authenticated_users, users, Relation::member_of);
}

}  // namespace

DomainFrame draw_frame(DirectoryBuilder& builder, std::uint32_t domain) {
  DomainFrame frame;
  frame.domain = domain;
  frame.dns = builder.draft().hospital.domains[domain];
  frame.upper = to_upper(frame.dns);
  frame.base_dn = base_dn(frame.upper);
  Frame draw(builder, frame);
  frame.root = builder.add(ObjectKind::domain, builder.draft().hospital.directory.facts.domains[domain].sid,
                           frame.upper, domain, frame.base_dn);
  builder.set(frame.root, Fact::high_value);
  frame.users_container = draw.unit(frame.root, "USERS", ObjectKind::container);
  const ObjectIndex system = draw.unit(frame.root, "SYSTEM", ObjectKind::container);
  frame.policies_container = draw.unit(system, "POLICIES", ObjectKind::container);
  const ObjectIndex configuration = draw.unit(frame.root, "CONFIGURATION", ObjectKind::container);
  frame.pki_container = draw.unit(configuration, "PUBLIC KEY SERVICES", ObjectKind::container);
  frame.controllers = draw.unit(frame.root, "DOMAIN CONTROLLERS");
  const ObjectIndex hospital = draw.unit(frame.root, "ETABLISSEMENT");
  frame.people = draw.unit(hospital, "UTILISATEURS");
  frame.workstations = draw.unit(hospital, "POSTES");
  frame.servers = draw.unit(hospital, "SERVEURS");
  frame.groups = draw.unit(frame.root, "GROUPES");
  frame.tier0 = draw.unit(frame.root, "ADMINISTRATION");
  frame.service_accounts = draw.unit(frame.root, "COMPTES-DE-SERVICE");
  frame.suppliers = draw.unit(frame.root, "PRESTATAIRES");
  frame.leavers = draw.unit(frame.root, "SORTIS");
  draw_known_groups(builder, frame, draw);
  return frame;
}

void draw_it_groups(DirectoryBuilder& builder, DomainFrame& frame) {
  frame.support = add_group(builder, frame, "GG-INFO-SUPPORT", "Assistance aux utilisateurs");
  frame.support_senior = add_group(builder, frame, "GG-INFO-SUPPORT-N2", "Assistance, niveau 2");
  frame.systems_team = add_group(builder, frame, "GG-INFO-SYSTEMES", "Administration des serveurs");
  frame.network_team = add_group(builder, frame, "GG-INFO-RESEAUX", "Réseau et téléphonie");
  frame.workstation_team = add_group(builder, frame, "GG-ADMIN-POSTES", "Administrateurs locaux des postes");
  frame.managed_service = add_group(builder, frame, "GG-PRESTA-INFOGERANCE", "Infogérance");
  frame.vpn_staff = add_group(builder, frame, "GG-VPN-AGENTS", "Accès distant des agents");
  frame.vpn_suppliers = add_group(builder, frame, "GG-VPN-FOURNISSEURS", "Accès distant des fournisseurs");
  frame.vpn_managed = add_group(builder, frame, "GG-VPN-INFOGERANCE", "Accès distant de l’infogérance");
  builder.relate(frame.support_senior, frame.support, Relation::member_of);
  builder.relate(frame.support, frame.workstation_team, Relation::member_of);
  builder.relate(frame.managed_service, frame.vpn_managed, Relation::member_of);
  // The shortcut of a holiday week, never undone: the managed service administers all servers.
  if (builder.draft().chance.happens("nested managed service/" + frame.dns, 0.8) ||
      builder.draft().hospital.size == FacilitySize::medium) {
    builder.relate(frame.managed_service, frame.systems_team, Relation::member_of);
  }
}

}  // namespace releve::fiction
