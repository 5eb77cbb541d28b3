// SPDX-License-Identifier: EUPL-1.2
// Rights on objects: those that every directory grants, then the exceptions that make an attack possible.
#include "foundation/base/text.hpp"
#include "prepare/fiction/directory_builder.hpp"

namespace releve::fiction {

using intake::Fact;
using intake::ObjectKind;
using intake::Relation;

namespace {

void common_rights(DirectoryBuilder& builder, const DomainFrame& frame, ObjectIndex object) {
  builder.relate(frame.domain_admins, object, Relation::owns);
  builder.relate(frame.enterprise_admins, object, Relation::generic_all, true);
  builder.relate(frame.administrators, object, Relation::write_dacl, true);
  builder.relate(frame.administrators, object, Relation::write_owner, true);
}

void user_rights(DirectoryBuilder& builder, const DomainFrame& frame, ObjectIndex user) {
  builder.relate(frame.domain_admins, user, Relation::generic_all);
  // Protected accounts escape the rights of operators (AdminSDHolder).
  if (builder.object(user).is(Fact::admin_count)) {
    builder.relate(frame.key_admins, user, Relation::add_key_credential_link, true);
    builder.relate(frame.enterprise_key_admins, user, Relation::add_key_credential_link, true);
  } else {
    builder.relate(frame.account_operators, user, Relation::generic_all);
    builder.relate(frame.support, user, Relation::force_change_password, true);
  }
}

void computer_rights(DirectoryBuilder& builder, const DomainFrame& frame, ObjectIndex computer) {
  builder.relate(frame.domain_admins, computer, Relation::generic_all);
  if (!builder.object(computer).is(Fact::is_dc)) {
    builder.relate(frame.account_operators, computer, Relation::generic_all);
  }
  if (builder.object(computer).is(Fact::has_laps)) {
    builder.relate(frame.support_senior, computer, Relation::read_laps_password, true);
  }
}

void domain_rights(DirectoryBuilder& builder, const DomainFrame& frame) {
  for (const ObjectIndex group : {frame.administrators, frame.domain_admins, frame.enterprise_admins}) {
    builder.relate(group, frame.root, Relation::get_changes);
    builder.relate(group, frame.root, Relation::get_changes_all);
  }
  builder.relate(frame.domain_controllers, frame.root, Relation::get_changes);
  builder.relate(frame.domain_controllers, frame.root, Relation::get_changes_all);
  const ObjectIndex synchronisation = frame.accounts.at("svc-synchro");
  builder.relate(synchronisation, frame.root, Relation::get_changes);
  builder.relate(synchronisation, frame.root, Relation::get_changes_all);
}

}  // namespace

void draw_rights(DirectoryBuilder& builder, const DomainFrame& frame) {
  const auto count = static_cast<ObjectIndex>(builder.draft().hospital.directory.facts.objects.size());
  for (ObjectIndex i = 0; i < count; ++i) {
    const intake::DirectoryObject& object = builder.object(i);
    if (object.domain != frame.domain || i == frame.authenticated_users || i == frame.everyone) {
      continue;
    }
    common_rights(builder, frame, i);
    if (object.kind == ObjectKind::user) {
      user_rights(builder, frame, i);
    } else if (object.kind == ObjectKind::computer) {
      computer_rights(builder, frame, i);
    } else if (object.kind == ObjectKind::group) {
      builder.relate(frame.administrators, i, Relation::generic_write, true);
      builder.relate(frame.account_operators, i, Relation::generic_all);
    }
  }
  domain_rights(builder, frame);
}

void draw_mistakes(DirectoryBuilder& builder, DomainFrame& frame) {
  const Draft& draft = builder.draft();
  const Chance& chance = draft.chance;
  // Domain administrators who open their session on an ordinary workstation.
  const auto careless = static_cast<std::uint32_t>(2 + 2 * draft.proportions.scale);
  std::vector<ObjectIndex> workstations;
  for (const auto& [name, computer] : frame.computers) {
    if (name.starts_with("PC-") && !name.starts_with("PC-OLD-")) {
      workstations.push_back(computer);
    }
  }
  for (std::uint32_t i = 0; i < careless && !workstations.empty(); ++i) {
    builder.relate(chance.one_of(workstations, "careless/" + frame.dns, i),
                   chance.one_of(frame.admins, "careless admin/" + frame.dns, i), Relation::session);
  }
  // The messaging server's group may rewrite the rights of the domain: left by an old installation.
  const ObjectIndex messaging = add_group(builder, frame, "EXCHANGE WINDOWS PERMISSIONS");
  if (frame.computers.contains("SRV-MAIL-01")) {
    builder.relate(frame.computers.at("SRV-MAIL-01"), messaging, Relation::member_of);
    builder.relate(messaging, frame.root, Relation::write_dacl);
  }
  // One ward shares the local administrator's rights on its machines among all its staff.
  std::vector<std::string> wards;
  for (const ServiceModel* service : draft.services) {
    if (frame.place_group.contains(service->code)) {
      wards.push_back(service->code);
    }
  }
  const std::string& open_ward = chance.one_of(wards, "open ward/" + frame.dns);
  for (const FictionalMachine& machine : draft.hospital.machines) {
    const auto computer = frame.computers.find(machine.name);
    if (machine.role == MachineRole::workstation && machine.place == open_ward &&
        computer != frame.computers.end()) {
      builder.relate(frame.place_group.at(open_ward), computer->second, Relation::admin_to);
    }
  }
  if (frame.computers.contains("SRV-DPI-01") && frame.computers.contains("SRV-RDS-01")) {
    builder.relate(frame.computers.at("SRV-RDS-01"), frame.computers.at("SRV-DPI-01"),
                   Relation::allowed_to_delegate);
  }
  const auto old = frame.accounts.find("sys-02");
  if (old != frame.accounts.end() && chance.happens("identity history/" + frame.dns, 0.5)) {
    builder.relate(old->second, frame.admins.back(), Relation::has_sid_history);
  }
  const ObjectIndex team = frame.place_group.at("DSI");
  builder.relate(team, frame.support, Relation::add_member);
}

void draw_certificates(DirectoryBuilder& builder, DomainFrame& frame) {
  const Draft& draft = builder.draft();
  const auto pki = [&](ObjectKind kind, const std::string& name, const std::string& folder) {
    const std::string dn =
        "CN=" + name + ",CN=" + folder + "," + builder.object(frame.pki_container).distinguished_name;
    const ObjectIndex index =
        builder.add(kind, draft.chance.guid("pki/" + dn), name + "@" + frame.upper, frame.domain, dn);
    builder.place(frame.pki_container, index);
    return index;
  };
  const std::string authority =
      to_upper(draft.hospital.domains[0].substr(0, draft.hospital.domains[0].find('.'))) + "-CA";
  pki(ObjectKind::root_ca, authority, "CERTIFICATION AUTHORITIES");
  pki(ObjectKind::aia_ca, authority, "AIA");
  pki(ObjectKind::nt_auth_store, "NTAUTHCERTIFICATES", "PUBLIC KEY SERVICES");
  const ObjectIndex ca = pki(ObjectKind::enterprise_ca, authority, "ENROLLMENT SERVICES");
  builder.set(ca, Fact::trusted_for_authentication);
  builder.relate(frame.computers.at("SRV-PKI-01"), ca, Relation::hosts_ca);
  builder.relate(frame.authenticated_users, ca, Relation::enroll);
  builder.relate(frame.systems_team, ca, Relation::manage_ca);
  builder.relate(frame.domain_admins, ca, Relation::manage_certificates);

  struct Row {
    const char* name;
    bool subject, client, approval;
    ObjectIndex enrolls;
  };

  const std::vector<Row> rows{
      {"USER", false, true, false, frame.domain_users},
      {"MACHINE", false, true, false, frame.domain_computers},
      {"DOMAINCONTROLLER", false, true, false, frame.domain_controllers},
      {"WEBSERVER", true, false, false, frame.domain_admins},
      {"POSTE-SOINS", true, true, false, frame.domain_users},  // ESC1: anyone, for anybody
      {"SIGNATURE-MEDECINS", false, true, true, frame.domain_users},
      {"EAI-TLS", true, false, false, frame.systems_team},
      {"VPN-AGENTS", false, true, false, frame.vpn_staff}};
  for (const Row& row : rows) {
    const ObjectIndex entry = pki(ObjectKind::cert_template, row.name, "CERTIFICATE TEMPLATES");
    if (row.subject) {
      builder.set(entry, Fact::enrollee_supplies_subject);
    }
    if (row.client) {
      builder.set(entry, Fact::client_authentication);
    }
    if (row.approval) {
      builder.set(entry, Fact::requires_manager_approval);
    }
    builder.relate(row.enrolls, entry, Relation::enroll);
    builder.relate(entry, ca, Relation::published_to);
  }
}

}  // namespace releve::fiction
