// SPDX-License-Identifier: EUPL-1.2
#include "prepare/fiction/hospital.hpp"
#include "prepare/fiction/sharphound_records.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

namespace releve::fiction {
namespace {

using intake::Fact;
using intake::ObjectKind;
using intake::Relation;

std::uint32_t find(const FictionalHospital& hospital, const std::string& name) {
  const auto& objects = hospital.directory.facts.objects;
  for (std::uint32_t i = 0; i < objects.size(); ++i) {
    if (objects[i].name == name || objects[i].name.starts_with(name + "@")) {
      return i;
    }
  }
  ADD_FAILURE() << name;
  return 0;
}

bool related(const FictionalHospital& hospital, std::uint32_t source, std::uint32_t target,
             Relation relation) {
  const auto& relations = hospital.directory.facts.relations;
  return std::any_of(relations.begin(), relations.end(), [&](const auto& r) {
    return r.source == source && r.target == target && r.relation == relation;
  });
}

TEST(directory, university_has_twenty_thousand_objects_and_a_quarter_million_relations) {
  for (const Seed seed : {1U, 20U}) {
    const auto hospital = build_hospital(FacilitySize::university, seed);
    EXPECT_NEAR(static_cast<double>(hospital.directory.facts.objects.size()), 20'000, 1'000);
    EXPECT_NEAR(static_cast<double>(hospital.directory.facts.relations.size()), 250'000, 12'500);
    EXPECT_EQ(hospital.directory.facts.domains.size(), 2U);
  }
}

TEST(directory, accounts_are_as_many_as_promised) {
  for (const FacilitySize size : {FacilitySize::small, FacilitySize::medium, FacilitySize::large}) {
    const auto hospital = build_hospital(size, 5);
    const auto& objects = hospital.directory.facts.objects;
    const auto users = std::count_if(objects.begin(), objects.end(),
                                     [](const auto& o) { return o.kind == ObjectKind::user; });
    EXPECT_EQ(users, proportions_of(size).users);
  }
}

TEST(directory, ids_and_names_are_unique_and_every_object_is_held_somewhere) {
  const auto hospital = build_hospital(FacilitySize::university, 3);
  const auto& facts = hospital.directory.facts;
  ASSERT_EQ(facts.objects.size(), hospital.directory.details.size());
  std::set<std::string> ids;
  std::set<std::string> accounts;
  std::set<std::uint32_t> held;
  for (const auto& relation : facts.relations) {
    ASSERT_LT(relation.source, facts.objects.size());
    ASSERT_LT(relation.target, facts.objects.size());
    EXPECT_NE(relation.source, relation.target);
    if (relation.relation == Relation::contains) {
      EXPECT_TRUE(held.insert(relation.target).second) << facts.objects[relation.target].name;
    }
  }
  EXPECT_TRUE(std::is_sorted(facts.relations.begin(), facts.relations.end()));
  for (std::uint32_t i = 0; i < facts.objects.size(); ++i) {
    const auto& object = facts.objects[i];
    EXPECT_TRUE(ids.insert(object.id).second) << object.id;
    if (object.kind == ObjectKind::user || object.kind == ObjectKind::computer) {
      EXPECT_TRUE(accounts.insert(object.name).second) << object.name;
      EXPECT_TRUE(held.contains(i)) << object.name;
      EXPECT_FALSE(hospital.directory.details[i].account.empty());
    }
  }
}

TEST(directory, machines_and_computers_agree) {
  const auto hospital = build_hospital(FacilitySize::medium, 3);
  std::map<std::string, const intake::DirectoryObject*> by_id;
  for (const auto& object : hospital.directory.facts.objects) {
    by_id[object.id] = &object;
  }
  std::size_t computers = 0;
  for (const FictionalMachine& machine : hospital.machines) {
    if (machine.domain >= 0) {
      const auto found = by_id.find(machine.sid);
      ASSERT_NE(found, by_id.end()) << machine.name;
      EXPECT_TRUE(found->second->name.starts_with(machine.name + ".")) << machine.name;
      EXPECT_EQ(found->second->operating_system, machine.system);
      ++computers;
    }
  }
  EXPECT_GT(computers, 2'000U);
}

TEST(directory, the_demonstration_has_the_paths_of_real_cases) {
  const auto hospital = build_hospital(FacilitySize::medium, 1);
  const std::uint32_t admins = find(hospital, "DOMAIN ADMINS");
  const std::uint32_t backup = find(hospital, "SVC-SAUVEGARDE");
  EXPECT_TRUE(related(hospital, backup, admins, Relation::member_of));
  EXPECT_TRUE(hospital.directory.facts.objects[backup].is(Fact::has_spn));
  // An administrator's session on an ordinary workstation.
  const auto& facts = hospital.directory.facts;
  bool careless = false;
  std::size_t support_administers = 0;
  const std::uint32_t workstation_team = find(hospital, "GG-ADMIN-POSTES");
  for (const auto& relation : facts.relations) {
    careless = careless || (relation.relation == Relation::session &&
                            facts.objects[relation.source].name.starts_with("PC-") &&
                            related(hospital, relation.target, admins, Relation::member_of));
    support_administers +=
        relation.relation == Relation::admin_to && relation.source == workstation_team ? 1 : 0;
  }
  EXPECT_TRUE(careless);
  EXPECT_GT(support_administers, 1'900U);
  EXPECT_TRUE(related(hospital, find(hospital, "GG-INFO-SUPPORT"), workstation_team, Relation::member_of));
  EXPECT_TRUE(related(hospital, find(hospital, "GG-PRESTA-INFOGERANCE"), find(hospital, "GG-INFO-SYSTEMES"),
                      Relation::member_of));
  EXPECT_TRUE(
      related(hospital, find(hospital, "DOMAIN USERS"), find(hospital, "POSTE-SOINS"), Relation::enroll));
}

TEST(directory, every_relation_has_a_place_in_the_files) {
  const std::set<Relation> in_their_own_field{Relation::member_of,
                                              Relation::session,
                                              Relation::admin_to,
                                              Relation::can_rdp,
                                              Relation::allowed_to_delegate,
                                              Relation::has_sid_history,
                                              Relation::sql_admin,
                                              Relation::contains,
                                              Relation::gp_link,
                                              Relation::trust_same_forest,
                                              Relation::published_to,
                                              Relation::hosts_ca};
  const auto hospital = build_hospital(FacilitySize::university, 2);
  for (const auto& relation : hospital.directory.facts.relations) {
    EXPECT_TRUE(in_their_own_field.contains(relation.relation) || !right_name(relation.relation).empty())
        << static_cast<int>(relation.relation);
  }
}

}  // namespace
}  // namespace releve::fiction
