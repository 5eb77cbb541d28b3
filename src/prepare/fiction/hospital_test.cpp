// SPDX-License-Identifier: EUPL-1.2
#include "prepare/fiction/hospital.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

namespace releve::fiction {
namespace {

using cartography::Component;
using cartography::Dependency;
using cartography::DependencyKind;

class Hospitals : public testing::TestWithParam<FacilitySize> {
 protected:
  const FictionalHospital hospital_ = build_hospital(GetParam(), 7);
  const Proportions proportions_ = proportions_of(GetParam());
};

TEST_P(Hospitals, have_the_promised_size) {
  const auto& inventory = hospital_.inventory;
  EXPECT_EQ(inventory.services.size(), static_cast<std::size_t>(proportions_.services));
  EXPECT_EQ(inventory.applications.size(), static_cast<std::size_t>(proportions_.applications));
  EXPECT_EQ(hospital_.machines.size(), static_cast<std::size_t>(proportions_.machines));
  double beds = 0;
  for (const auto& service : inventory.services) {
    beds += service.beds.value_or(0);
  }
  EXPECT_NEAR(beds, proportions_.beds, proportions_.beds * 0.03);
  EXPECT_TRUE(hospital_.finess.starts_with("99"));
  EXPECT_EQ(hospital_.finess.size(), 9U);
}

TEST_P(Hospitals, use_each_identifier_once) {
  std::set<std::string> ids;
  const auto look = [&](const auto& list) {
    for (const auto& element : list) {
      EXPECT_FALSE(element.id.empty());
      EXPECT_FALSE(element.name.empty());
      EXPECT_TRUE(ids.insert(element.id).second) << element.id;
    }
  };
  look(hospital_.inventory.services);
  look(hospital_.inventory.applications);
  look(hospital_.inventory.components);
  look(hospital_.inventory.zones);
  std::set<std::string> needs;
  for (const Dependency& need : hospital_.inventory.dependencies) {
    EXPECT_TRUE(needs.insert(need.id).second) << need.id;
  }
}

TEST_P(Hospitals, name_only_what_exists) {
  const auto& inventory = hospital_.inventory;
  std::set<std::string> ids;
  std::set<std::string> zones;
  for (const auto& e : inventory.services) {
    ids.insert(e.id);
  }
  for (const auto& e : inventory.applications) {
    ids.insert(e.id);
  }
  for (const auto& e : inventory.components) {
    ids.insert(e.id);
  }
  for (const auto& e : inventory.zones) {
    zones.insert(e.id);
  }
  for (const Dependency& need : inventory.dependencies) {
    EXPECT_TRUE(ids.contains(need.consumer)) << need.id;
    EXPECT_TRUE(ids.contains(need.target)) << need.id;
  }
  for (const Component& component : inventory.components) {
    EXPECT_TRUE(!component.zone || zones.contains(*component.zone)) << component.id;
  }
  for (const auto& zone : inventory.zones) {
    for (const std::string& flow : zone.flows) {
      EXPECT_TRUE(zones.contains(flow.substr(0, flow.find(':')))) << zone.id << " " << flow;
    }
  }
  for (const FictionalMachine& machine : hospital_.machines) {
    EXPECT_TRUE(zones.contains(machine.zone)) << machine.name;
    EXPECT_TRUE(machine.component.empty() || ids.contains(machine.component)) << machine.name;
  }
}

TEST_P(Hospitals, leave_no_service_or_application_without_needs) {
  std::set<std::string> consumers;
  std::set<std::string> lead_to_machines;
  for (const Dependency& need : hospital_.inventory.dependencies) {
    if (need.kind == DependencyKind::needs) {
      consumers.insert(need.consumer);
    }
  }
  for (const auto& service : hospital_.inventory.services) {
    EXPECT_TRUE(consumers.contains(service.id)) << service.id;
  }
  for (const auto& application : hospital_.inventory.applications) {
    EXPECT_TRUE(consumers.contains(application.id)) << application.id;
  }
}

TEST_P(Hospitals, never_need_more_alternatives_than_there_are) {
  std::map<std::pair<std::string, std::string>, std::pair<double, double>> groups;  // needed, members
  for (const Dependency& need : hospital_.inventory.dependencies) {
    EXPECT_EQ(need.alternative.has_value(), need.needed.has_value()) << need.id;
    if (need.alternative) {
      auto& group = groups[{need.consumer, *need.alternative}];
      group.first = *need.needed;
      group.second += 1;
    }
  }
  EXPECT_FALSE(groups.empty());
  for (const auto& [key, group] : groups) {
    EXPECT_GE(group.first, 1) << key.first;
    EXPECT_LE(group.first, group.second) << key.first << " " << key.second;
  }
}

TEST_P(Hospitals, confirm_seven_services_in_thirty_one) {
  std::size_t confirmed = 0;
  for (const auto& service : hospital_.inventory.services) {
    const bool all = service.capacity_2h && service.capacity_8h && service.capacity_24h &&
                     service.capacity_72h && service.capacity_1w && service.capacity_4w;
    confirmed += all ? 1 : 0;
    if (all) {
      EXPECT_LE(*service.capacity_8h, *service.capacity_2h);
      EXPECT_LE(*service.capacity_4w, *service.capacity_1w);
    }
  }
  const double expected = proportions_.services * 7.0 / 31;
  EXPECT_NEAR(static_cast<double>(confirmed), expected, 0.75);
}

TEST_P(Hospitals, give_each_machine_its_own_name_and_address) {
  std::set<std::string> names;
  std::set<std::string> addresses;
  std::set<std::string> fqdns;
  for (const FictionalMachine& machine : hospital_.machines) {
    EXPECT_TRUE(names.insert(machine.name).second) << machine.name;
    EXPECT_TRUE(addresses.insert(machine.ip).second) << machine.ip;
    EXPECT_TRUE(machine.fqdn.empty() || fqdns.insert(machine.fqdn).second) << machine.fqdn;
    EXPECT_LE(machine.name.size(), 15U) << machine.name;
    EXPECT_EQ(machine.sid.empty(), machine.domain < 0) << machine.name;
  }
}

TEST_P(Hospitals, hold_machines_that_only_one_source_knows) {
  std::map<std::string, int> only;
  for (const FictionalMachine& machine : hospital_.machines) {
    const bool scanned = machine.in_nmap || machine.in_nessus;
    const bool directory = machine.domain >= 0;
    const bool inventory = !machine.component.empty();
    only["scan"] += scanned && !directory && !inventory ? 1 : 0;
    only["directory"] += directory && !scanned && !inventory ? 1 : 0;
    only["inventory"] += inventory && !scanned && !directory ? 1 : 0;
    only["all"] += inventory && scanned && directory ? 1 : 0;
  }
  EXPECT_GT(only["scan"], 5);
  EXPECT_GT(only["directory"], 5);
  EXPECT_GT(only["inventory"], 1);
  EXPECT_GT(only["all"], static_cast<int>(hospital_.machines.size() / 2));
}

TEST_P(Hospitals, find_weaknesses_only_where_they_can_be) {
  std::set<std::string> known;
  for (const FlawModel& flaw : hospital_.flaws.flaws) {
    known.insert(flaw.cve);
  }
  std::size_t scanned = 0;
  std::size_t critical = 0;
  for (const FictionalMachine& machine : hospital_.machines) {
    bool has_critical = false;
    for (const std::uint32_t index : machine.weaknesses) {
      ASSERT_LT(index, hospital_.flaws.weaknesses.size());
      const WeaknessModel& weakness = hospital_.flaws.weaknesses[index];
      has_critical = has_critical || weakness.severity == 4;
      for (const std::string& cve : weakness.cves) {
        EXPECT_TRUE(known.contains(cve)) << cve;
      }
      if (weakness.port != 0) {
        EXPECT_TRUE(std::any_of(machine.ports.begin(), machine.ports.end(),
                                [&](const auto& port) { return port.port == weakness.port; }))
            << machine.name << " " << weakness.title;
      }
    }
    if (machine.in_nessus) {
      ++scanned;
      critical += has_critical ? 1 : 0;
    }
  }
  EXPECT_GT(critical, 0U);
  EXPECT_LT(critical * 3, scanned) << "critical flaws are a minority";
}

INSTANTIATE_TEST_SUITE_P(sizes, Hospitals,
                         testing::Values(FacilitySize::small, FacilitySize::medium, FacilitySize::large,
                                         FacilitySize::university),
                         [](const auto& size) { return std::string(text_of(size.param)); });

TEST(hospital, seed_changes_it_and_same_seed_does_not) {
  const auto one = build_hospital(FacilitySize::small, 1);
  const auto again = build_hospital(FacilitySize::small, 1);
  const auto other = build_hospital(FacilitySize::small, 2);
  EXPECT_EQ(one.inventory.components, again.inventory.components);
  EXPECT_EQ(one.directory.facts.relations, again.directory.facts.relations);
  EXPECT_NE(one.directory.facts.domains, other.directory.facts.domains);
  EXPECT_NE(one.finess, other.finess);
}

TEST(hospital, the_demonstration_can_lose_its_backup_and_keeps_half_on_tape) {
  for (const Seed seed : {1U, 2U, 3U, 4U}) {
    const auto hospital = build_hospital(FacilitySize::medium, seed);
    double all = 0;
    double tapes = 0;
    for (const Dependency& need : hospital.inventory.dependencies) {
      all += need.kind == DependencyKind::backed_up_by && need.target == "SRV-SAUV-01" ? 1 : 0;
      tapes += need.kind == DependencyKind::backed_up_by && need.target == "BANDES-01" ? 1 : 0;
    }
    EXPECT_NEAR(tapes / all, 0.5, 0.15);
    const auto& components = hospital.inventory.components;
    const auto backup = std::find_if(components.begin(), components.end(),
                                     [](const Component& c) { return c.id == "SRV-SAUV-01"; });
    ASSERT_NE(backup, components.end());
    EXPECT_EQ(backup->domain_joined, true);
    EXPECT_EQ(backup->offline_backup, false);
  }
}

}  // namespace
}  // namespace releve::fiction
