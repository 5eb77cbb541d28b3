// SPDX-License-Identifier: EUPL-1.2
#include "prepare/fiction/national.hpp"

#include "intake/registry.hpp"

#include <gtest/gtest.h>

#include <set>

namespace releve::fiction {
namespace {

const std::vector<FictionalCountry::Department> departments{
    {"01", "84"}, {"21", "27"}, {"2A", "94"}, {"974", "04"}};

intake::RegistryExtract read(const std::string& bytes) {
  intake::MemorySource source(bytes);
  auto read = intake::read_registry(intake::recognise_registry(std::string_view(bytes).substr(0, 1000)),
                                    source, "f", {}, {});
  EXPECT_TRUE(read.findings.empty()) << read.findings.at(0).message.code;
  return std::move(read.value);
}

TEST(national, files_read_back_without_a_finding) {
  const NationalFiles files = national_files({.departments = departments,
                                              .sites = 900,
                                              .entities = 400,
                                              .ghts = 6,
                                              .own_number = "991234567",
                                              .own_name = "CH"},
                                             1);
  const auto finess = read(files.finess);
  EXPECT_TRUE(finess.complete);
  EXPECT_EQ(finess.entities.size(), 400U);
  ASSERT_EQ(finess.sites.size(), 900U);
  EXPECT_EQ(finess.sites[0].number, "991234567");
  std::set<std::string> entities;
  std::set<std::string> places;
  for (const auto& site : finess.sites) {
    EXPECT_TRUE(site.number.starts_with("99"));
    entities.insert(site.entity);
    places.insert(site.department);
  }
  EXPECT_EQ(entities.size(), 400U);
  EXPECT_EQ(places, (std::set<std::string>{"01", "21", "2A", "974"}));
  EXPECT_EQ(read(files.ghts).groups.size(), 6U);
  EXPECT_GT(read(files.beds).capacities.size(), 10U);
}

TEST(national, is_a_function_of_its_seed) {
  const FictionalCountry country{.departments = departments, .sites = 200, .entities = 100, .ghts = 4};
  EXPECT_EQ(national_files(country, 1).finess, national_files(country, 1).finess);
  EXPECT_NE(national_files(country, 1).finess, national_files(country, 2).finess);
  FictionalCountry later = country;
  later.later = true;
  EXPECT_NE(national_files(country, 1).finess, national_files(later, 1).finess);
}

}  // namespace
}  // namespace releve::fiction
