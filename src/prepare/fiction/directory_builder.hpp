// SPDX-License-Identifier: EUPL-1.2
// Builds intake::Directory: one domain at a time, identifiers as a real forest gives them. Internal.
#pragma once

#include "prepare/fiction/draft.hpp"

#include <map>
#include <string>
#include <vector>

namespace releve::fiction {

using ObjectIndex = std::uint32_t;

/// What one domain is made of once its frame stands.
struct DomainFrame {
  std::uint32_t domain = 0;
  std::string dns;      // "ch-valmaree.local"
  std::string upper;    // "CH-VALMAREE.LOCAL"
  std::string base_dn;  // "DC=CH-VALMAREE,DC=LOCAL"
  ObjectIndex root = 0;
  // Well-known groups.
  ObjectIndex administrators = 0, domain_admins = 0, enterprise_admins = 0, domain_users = 0,
              domain_computers = 0, domain_controllers = 0, key_admins = 0, enterprise_key_admins = 0,
              account_operators = 0, authenticated_users = 0, everyone = 0;
  // Organisational units.
  ObjectIndex people = 0, workstations = 0, servers = 0, groups = 0, tier0 = 0, service_accounts = 0,
              leavers = 0, suppliers = 0, controllers = 0, users_container = 0, pki_container = 0,
              policies_container = 0;
  // Groups of the hospital.
  ObjectIndex support = 0, support_senior = 0, systems_team = 0, network_team = 0, workstation_team = 0,
              managed_service = 0, vpn_staff = 0, vpn_suppliers = 0, vpn_managed = 0;
  std::vector<ObjectIndex> admins;  // accounts in Domain Admins
  std::vector<ObjectIndex> support_agents;
  std::map<std::string, ObjectIndex> place_group;  // by service or department code
  std::map<std::string, std::vector<ObjectIndex>> people_of;
  std::map<std::string, ObjectIndex> accounts;   // by login
  std::map<std::string, ObjectIndex> computers;  // by machine name
};

/// Adds objects and relations. Objects have unique ids; relations join objects that exist.
class DirectoryBuilder {
 public:
  explicit DirectoryBuilder(Draft& draft) : draft_(draft) {}

  std::uint32_t add_domain(const std::string& dns);
  /// "S-1-5-21-…-rid" of the domain; the next free one when rid is 0.
  std::string sid(std::uint32_t domain, std::uint32_t rid = 0);

  ObjectIndex add(intake::ObjectKind kind, std::string id, const std::string& name, std::uint32_t domain,
                  std::string distinguished_name, std::string account = {});
  void relate(ObjectIndex source, ObjectIndex target, intake::Relation relation, bool inherited = false);

  /// Puts an object in an OU, container or domain.
  void place(ObjectIndex parent, ObjectIndex child) { relate(parent, child, intake::Relation::contains); }

  intake::DirectoryObject& object(ObjectIndex index) { return directory().facts.objects[index]; }

  ObjectDetails& details(ObjectIndex index) { return directory().details[index]; }

  void set(ObjectIndex index, intake::Fact fact) { object(index).facts |= static_cast<std::uint32_t>(fact); }

  Draft& draft() { return draft_; }

  /// Sorts relations, drops those said twice.
  void finish();

 private:
  FictionalDirectory& directory() { return draft_.hospital.directory; }

  Draft& draft_;
  std::vector<std::uint32_t> next_rid_;
  std::map<std::string, ObjectIndex> by_id_;
};

// The parts of one domain.
DomainFrame draw_frame(DirectoryBuilder& builder, std::uint32_t domain);
void draw_it_groups(DirectoryBuilder& builder, DomainFrame& frame);
void draw_people(DirectoryBuilder& builder, DomainFrame& frame, std::size_t accounts);
void draw_administrators(DirectoryBuilder& builder, DomainFrame& frame);
void draw_service_accounts(DirectoryBuilder& builder, DomainFrame& frame);
void draw_shares(DirectoryBuilder& builder, DomainFrame& frame);
void draw_computers(DirectoryBuilder& builder, DomainFrame& frame);
void draw_application_groups(DirectoryBuilder& builder, DomainFrame& frame);
void draw_sessions(DirectoryBuilder& builder, DomainFrame& frame);
void draw_policies(DirectoryBuilder& builder, DomainFrame& frame);
void draw_certificates(DirectoryBuilder& builder, DomainFrame& frame);
void draw_rights(DirectoryBuilder& builder, const DomainFrame& frame);
/// Exceptions that make paths: what attackers find and auditors report.
void draw_mistakes(DirectoryBuilder& builder, DomainFrame& frame);

/// A group of the hospital in OU=GROUPES.
ObjectIndex add_group(DirectoryBuilder& builder, const DomainFrame& frame, const std::string& name,
                      const std::string& description = {});
/// A person or service account in an OU.
ObjectIndex add_account(DirectoryBuilder& builder, DomainFrame& frame, const std::string& login,
                        ObjectIndex unit, const std::string& display_name, const std::string& title);

}  // namespace releve::fiction
