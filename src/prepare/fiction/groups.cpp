// SPDX-License-Identifier: EUPL-1.2
// Groups of applications and shares, nested as in real directories; group policies.
#include "prepare/fiction/directory_builder.hpp"

namespace releve::fiction {

using intake::ObjectKind;
using intake::Relation;

namespace {

/// Services and applications that need this application, so that rights follow the work.
std::vector<std::string> places_using(const Draft& draft, const std::string& application) {
  std::vector<std::string> places;
  for (const auto& need : draft.hospital.inventory.dependencies) {
    if (need.target == application && need.kind == cartography::DependencyKind::needs) {
      places.push_back(need.consumer);
    }
  }
  return places;
}

void draw_application_group(DirectoryBuilder& builder, DomainFrame& frame, const ApplicationModel& model) {
  const Chance& chance = builder.draft().chance;
  const ObjectIndex users = add_group(builder, frame, "GG-APP-" + model.code + "-UTIL", model.name);
  for (const std::string& place : places_using(builder.draft(), model.code)) {
    const auto group = frame.place_group.find(place);
    if (group != frame.place_group.end()) {
      builder.relate(group->second, users, Relation::member_of);
    }
  }
  // Rights given one by one over the years.
  const std::string key = "single rights/" + model.code;
  const std::uint32_t most = builder.draft().at_least(FacilitySize::university) ? 95 : 60;
  const std::uint32_t singles = chance.between(key, 5, most);
  for (std::uint32_t i = 0; i < singles; ++i) {
    const auto& place = chance.one_of(builder.draft().services, key + "/place", i);
    const auto people = frame.people_of.find(place->code);
    if (people != frame.people_of.end() && !people->second.empty()) {
      builder.relate(chance.one_of(people->second, key + "/person", i), users, Relation::member_of);
    }
  }
  if (model.supplier_access || model.servers > 1) {
    const ObjectIndex admins =
        add_group(builder, frame, "GG-APP-" + model.code + "-ADMIN", "Administration de " + model.name);
    builder.relate(frame.systems_team, admins, Relation::member_of);
    for (const FictionalMachine& machine : builder.draft().hospital.machines) {
      const auto computer = frame.computers.find(machine.name);
      if (machine.place == model.code && computer != frame.computers.end()) {
        builder.relate(admins, computer->second, Relation::admin_to);
      }
    }
  }
}

ObjectIndex add_policy(DirectoryBuilder& builder, const DomainFrame& frame, const std::string& name,
                       ObjectIndex target) {
  const std::string guid = builder.draft().chance.guid("policy/" + name + frame.upper);
  const ObjectIndex policy = builder.add(ObjectKind::gpo, guid, name + "@" + frame.upper, frame.domain,
                                         "CN={" + guid + "},CN=POLICIES,CN=SYSTEM," + frame.base_dn);
  builder.place(frame.policies_container, policy);
  builder.relate(policy, target, Relation::gp_link);
  return policy;
}

}  // namespace

void draw_shares(DirectoryBuilder& builder, DomainFrame& frame) {
  for (const auto& [place, group] : frame.place_group) {
    const ObjectIndex write =
        add_group(builder, frame, "DL-PARTAGE-" + place + "-RW", "Écriture sur le partage " + place);
    const ObjectIndex read =
        add_group(builder, frame, "DL-PARTAGE-" + place + "-RO", "Lecture du partage " + place);
    builder.relate(group, write, Relation::member_of);
    builder.relate(write, read, Relation::member_of);
    const auto& chance = builder.draft().chance;
    for (std::uint32_t i = 0; i < 12; ++i) {
      const ServiceModel* other = chance.one_of(builder.draft().services, "share reader/" + place, i);
      const auto people = frame.people_of.find(other->code);
      if (people != frame.people_of.end() && !people->second.empty()) {
        builder.relate(chance.one_of(people->second, "share person/" + place, i), read, Relation::member_of);
      }
    }
  }
}

void draw_application_groups(DirectoryBuilder& builder, DomainFrame& frame) {
  for (const auto& [code, model] : builder.draft().applications) {
    if (frame.domain == 0 || model.role == cartography::ApplicationRole::laboratory) {
      draw_application_group(builder, frame, model);
    }
  }
}

void draw_policies(DirectoryBuilder& builder, DomainFrame& frame) {
  add_policy(builder, frame, "DEFAULT DOMAIN POLICY", frame.root);
  add_policy(builder, frame, "DEFAULT DOMAIN CONTROLLERS POLICY", frame.controllers);
  add_policy(builder, frame, "GPO-POSTES-SECURITE", frame.workstations);
  add_policy(builder, frame, "GPO-SERVEURS-SECURITE", frame.servers);
  add_policy(builder, frame, "GPO-UTILISATEURS", frame.people);
  // Anyone of the help desk may change what every workstation runs.
  const ObjectIndex printers = add_policy(builder, frame, "GPO-IMPRIMANTES", frame.workstations);
  if (builder.draft().hospital.size == FacilitySize::medium ||
      builder.draft().chance.happens("open policy", 0.5)) {
    builder.relate(frame.support, printers, Relation::generic_write);
  }
  for (const auto& [place, group] : frame.place_group) {
    if (builder.draft().chance.happens("own policy/" + place, 0.35)) {
      const ObjectIndex policy = add_policy(builder, frame, "GPO-" + place, frame.workstations);
      builder.relate(frame.support_senior, policy, Relation::write_dacl);
    }
  }
}

}  // namespace releve::fiction
