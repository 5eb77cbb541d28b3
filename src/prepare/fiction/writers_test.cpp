// SPDX-License-Identifier: EUPL-1.2
// What is written is read back by Relève's own readers, without a warning and without a difference.
#include "prepare/fiction/writers.hpp"

#include "foundation/base/text.hpp"
#include "intake/readers.hpp"
#include "prepare/fiction/folder_for_tests.hpp"
#include "prepare/fiction/sharphound_records.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

namespace releve::fiction {
namespace {

/// Notes are allowed: a real collection too holds what the model does not use.
template <class Value>
void expect_no_warning(const intake::Imported<Value>& imported) {
  EXPECT_TRUE(imported.usable());
  for (const Finding& finding : imported.findings) {
    EXPECT_EQ(finding.severity, Severity::note)
        << finding.message.code << " " << finding.file << " " << finding.place;
  }
}

using Told = std::tuple<std::string, std::string, intake::Relation, bool>;

std::vector<Told> relations_of(const intake::Directory& directory) {
  std::vector<Told> list;
  for (const auto& relation : directory.relations) {
    list.emplace_back(directory.objects[relation.source].id, directory.objects[relation.target].id,
                      relation.relation, relation.inherited);
  }
  std::sort(list.begin(), list.end());
  return list;
}

class WrittenDirectory : public testing::TestWithParam<FacilitySize> {};

TEST_P(WrittenDirectory, is_read_back_the_same) {
  const TestFolder folder;
  const auto hospital = build_hospital(GetParam(), 4);
  write_sharphound(hospital, folder / "sharphound.zip");
  intake::FileSource source(folder / "sharphound.zip");
  const auto imported = intake::read_sharphound(source, "sharphound.zip", {}, {});
  expect_no_warning(imported);
  const auto& written = hospital.directory.facts;
  const auto& read = imported.value;
  EXPECT_EQ(read.format_version, 6);
  EXPECT_EQ(read.collected, written.collected);
  ASSERT_EQ(read.objects.size(), written.objects.size());
  std::map<std::string, const intake::DirectoryObject*> by_id;
  for (const auto& object : read.objects) {
    by_id[object.id] = &object;
  }
  for (const auto& object : written.objects) {
    ASSERT_TRUE(by_id.contains(object.id)) << object.id;
    const auto& back = *by_id[object.id];
    EXPECT_EQ(back.name, object.name);
    EXPECT_EQ(back.kind, object.kind) << object.name;
    EXPECT_EQ(back.facts, object.facts) << object.name << " " << back.facts << " " << object.facts;
    EXPECT_EQ(back.operating_system, object.operating_system);
    EXPECT_EQ(back.last_logon, object.last_logon) << object.name;
  }
  const auto before = relations_of(written);
  const auto after = relations_of(read);
  std::vector<Told> lost;
  std::vector<Told> invented;
  std::set_difference(before.begin(), before.end(), after.begin(), after.end(), std::back_inserter(lost));
  std::set_difference(after.begin(), after.end(), before.begin(), before.end(), std::back_inserter(invented));
  EXPECT_TRUE(lost.empty()) << lost.size() << " lost, first " << std::get<0>(lost.front()) << " > "
                            << std::get<1>(lost.front()) << " "
                            << static_cast<int>(std::get<2>(lost.front()));
  EXPECT_TRUE(invented.empty()) << invented.size() << " invented, first " << std::get<0>(invented.front())
                                << " > " << std::get<1>(invented.front()) << " "
                                << static_cast<int>(std::get<2>(invented.front()));
}

INSTANTIATE_TEST_SUITE_P(sizes, WrittenDirectory,
                         testing::Values(FacilitySize::small, FacilitySize::medium, FacilitySize::university),
                         [](const auto& size) { return std::string(text_of(size.param)); });

TEST(writers, each_record_is_json_with_its_own_id) {
  const auto hospital = build_hospital(FacilitySize::small, 4);
  const Records records(hospital);
  for (std::uint32_t i = 0; i < hospital.directory.facts.objects.size(); ++i) {
    const auto document = JsonDocument::parse(records.record(i));
    ASSERT_TRUE(document.ok()) << hospital.directory.facts.objects[i].name;
    const auto id = document->root().find("ObjectIdentifier");
    ASSERT_TRUE(id.has_value());
    EXPECT_EQ(id->text(), hospital.directory.facts.objects[i].id);
  }
}

TEST(writers, nmap_is_read_back) {
  const TestFolder folder;
  const auto hospital = build_hospital(FacilitySize::medium, 4);
  write_nmap(hospital, folder / "nmap.xml");
  intake::FileSource source(folder / "nmap.xml");
  const auto imported = intake::read_nmap(source, "nmap.xml", {}, {});
  expect_no_warning(imported);
  std::map<std::string, const FictionalMachine*> expected;
  for (const FictionalMachine& machine : hospital.machines) {
    if (machine.in_nmap) {
      expected[machine.ip] = &machine;
    }
  }
  ASSERT_EQ(imported.value.hosts.size(), expected.size());
  for (const auto& host : imported.value.hosts) {
    ASSERT_TRUE(expected.contains(host.ip)) << host.ip;
    const FictionalMachine& machine = *expected[host.ip];
    EXPECT_EQ(host.fqdn, machine.fqdn);
    EXPECT_EQ(to_upper(host.mac), machine.mac);
    EXPECT_EQ(host.operating_system, machine.system);
    EXPECT_EQ(host.ports, machine.ports) << machine.name;
  }
  EXPECT_GT(imported.value.hosts_down, 100U);
}

TEST(writers, nessus_is_read_back) {
  const TestFolder folder;
  const auto hospital = build_hospital(FacilitySize::medium, 4);
  write_nessus(hospital, folder / "nessus.nessus");
  intake::FileSource source(folder / "nessus.nessus");
  const auto imported = intake::read_nessus(source, "nessus.nessus", {}, {});
  expect_no_warning(imported);
  std::map<std::string, const FictionalMachine*> expected;
  for (const FictionalMachine& machine : hospital.machines) {
    if (machine.in_nessus) {
      expected[machine.ip] = &machine;
    }
  }
  ASSERT_EQ(imported.value.hosts.size(), expected.size());
  for (const auto& host : imported.value.hosts) {
    ASSERT_TRUE(expected.contains(host.ip)) << host.ip;
    const FictionalMachine& machine = *expected[host.ip];
    EXPECT_EQ(host.fqdn, machine.fqdn);
    EXPECT_EQ(host.credentialed, machine.credentialed) << machine.name;
    std::multiset<std::string> found;
    for (const auto& weakness : host.weaknesses) {
      found.insert(weakness.id);
    }
    std::multiset<std::string> wanted;
    for (const std::uint32_t index : machine.weaknesses) {
      const WeaknessModel& weakness = hospital.flaws.weaknesses[index];
      if (weakness.severity >= 2 || !weakness.cves.empty()) {
        wanted.insert("nessus:" + std::to_string(weakness.plugin));
      }
    }
    EXPECT_EQ(found, wanted) << machine.name;
  }
}

TEST(writers, exploitation_lists_hold_every_cve_of_the_scan) {
  const TestFolder folder;
  const auto hospital = build_hospital(FacilitySize::medium, 4);
  write_kev(hospital, folder / "kev.json");
  write_epss(hospital, folder / "epss.csv");
  intake::FileSource kev_file(folder / "kev.json");
  const auto kev = intake::read_kev(kev_file, "kev.json", {}, {});
  expect_no_warning(kev);
  intake::FileSource epss_file(folder / "epss.csv");
  const auto epss = intake::read_epss(epss_file, "epss.csv", {}, {});
  expect_no_warning(epss);
  std::set<std::string> scored;
  for (const auto& score : epss.value.entries) {
    scored.insert(score.cve);
    EXPECT_GT(score.probability, 0.0F);
    EXPECT_LT(score.probability, 1.0F);
  }
  for (const FictionalMachine& machine : hospital.machines) {
    for (const std::uint32_t index : machine.weaknesses) {
      for (const std::string& cve : hospital.flaws.weaknesses[index].cves) {
        EXPECT_TRUE(!machine.in_nessus || scored.contains(cve)) << cve;
      }
    }
  }
  EXPECT_GT(kev.value.entries.size(), 10U);
  EXPECT_TRUE(std::any_of(kev.value.entries.begin(), kev.value.entries.end(),
                          [](const auto& e) { return e.ransomware; }));
}

TEST(writers, stretched_files_reach_their_size_and_stay_readable) {
  const TestFolder folder;
  const auto hospital = build_hospital(FacilitySize::small, 4);
  const std::uint64_t wanted = 6'000'000;
  write_sharphound(hospital, folder / "large.zip", {wanted});
  write_nessus(hospital, folder / "large.nessus", {wanted});
  for (const char* name : {"large.zip", "large.nessus"}) {
    const auto size = std::filesystem::file_size(folder / name);
    EXPECT_GE(size, wanted) << name;
    EXPECT_LE(size, wanted + 1'000'000) << name;
  }
  intake::FileSource zip(folder / "large.zip");
  const auto directory = intake::read_sharphound(zip, "large.zip", {}, {});
  expect_no_warning(directory);
  EXPECT_GT(directory.value.objects.size(), hospital.directory.facts.objects.size() + 3'000);
  intake::FileSource nessus(folder / "large.nessus");
  const auto scan = intake::read_nessus(nessus, "large.nessus", {}, {});
  expect_no_warning(scan);
  const auto own = std::ranges::count_if(hospital.machines, [](const auto& m) { return m.in_nessus; });
  EXPECT_GT(scan.value.hosts.size(), static_cast<std::size_t>(own) + 40);
}

TEST(writers, full_or_missing_disk_is_an_environment_failure) {
  const auto hospital = build_hospital(FacilitySize::small, 4);
  EXPECT_THROW(write_nmap(hospital, "/no/such/folder/nmap.xml"), EnvironmentFailure);
  EXPECT_THROW(write_sharphound(hospital, "/no/such/folder/a.zip"), EnvironmentFailure);
}

}  // namespace
}  // namespace releve::fiction
