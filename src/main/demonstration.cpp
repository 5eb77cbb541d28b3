// SPDX-License-Identifier: EUPL-1.2
// The fictional hospital, in a fictional country, as `releve demo` finds it.
#include "foundation/base/day.hpp"
#include "main/house.hpp"
#include "prepare/fiction/generate.hpp"
#include "prepare/fiction/hospital.hpp"
#include "prepare/fiction/hospital_plan.hpp"
#include "prepare/fiction/national.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <system_error>

namespace releve::main {

namespace fs = std::filesystem;

namespace {

/// Reads and accepts a file of the registry.
Status accept_places(House& house, const std::string& name, const std::string& bytes) {
  const std::string path = house.files->new_spool_path();
  std::ofstream(path, std::ios::binary) << bytes;
  const auto [import, reading] = TRY(house.places->receive(name, path, "owner"));
  house.jobs->wait(reading.id);
  const auto [accepting, job] = TRY(house.places->accept(import.id));
  const store::Job done = house.jobs->wait(job.id);
  RELEVE_CHECK(done.state == store::JobState::done, "the demonstration's registry is accepted: " + name);
  return Done{};
}

/// A small fictional country around the hospital.
Status load_country(House& house, const std::string& number, const std::string& name, Seed seed) {
  fiction::FictionalCountry country;
  for (const auto& department : registry::territories().departments) {
    if (!department.region.empty()) {
      country.departments.push_back({department.code, department.region});
    }
  }
  country.sites = 3'000;
  country.entities = 1'500;
  country.own_number = number;
  country.own_name = name;
  const fiction::NationalFiles files = fiction::national_files(country, seed);
  TRY(accept_places(house, "finess.csv", files.finess));
  TRY(accept_places(house, "ght.csv", files.ghts));
  return accept_places(house, "sae-mco.csv", files.beds);
}

/// From the starting library to a plan in force, as the hospital would have made it.
Status load_plan(House& house, const cartography::Facility& facility) {
  const plan::PlanDocument& library = house.plan_library.at("fr");
  const fiction::HospitalPlan made = fiction::hospital_plan(day_of(house.clock.now()));
  auto sheets =
      plan::service_sheets(library, *TRY(house.facilities->draw(facility.id)), *house.tables.defaults());
  const auto draft = TRY(house.plans->begin(
      facility.id,
      fiction::written_over(plan::first_draft(library, facility.name, std::move(sheets)), made.plan),
      "owner"));
  for (const plan::Opinion& one : made.opinions) {
    TRY(house.plans->hear(facility.id, one, "owner"));
  }
  const auto& [director, day, reference, in_force] = made.decision;
  TRY(house.plans->adopt(facility.id, {director, day, reference, in_force, {}, {}}, draft.version.revision,
                         "owner"));
  return Done{};
}

}  // namespace

Status load_demonstration(House& house) {
  constexpr Seed seed = 1;
  const auto hospital = fiction::build_hospital(fiction::FacilitySize::medium, seed);
  std::string folder = (fs::temp_directory_path() / "releve-demo-XXXXXX").string();
  if (::mkdtemp(folder.data()) == nullptr) {
    throw EnvironmentFailure("cannot make a temporary folder");
  }

  struct Cleaner {
    std::string folder;

    ~Cleaner() {
      std::error_code ignored;
      fs::remove_all(folder, ignored);
    }
  } const cleaner{folder};

  TRY(fiction::generate(fiction::FacilitySize::medium, seed, folder, house.shell.catalogue));
  const auto facility = TRY(house.facilities->create(hospital.finess, hospital.name, true));
  for (const char* name :
       {"inventaire.xlsx", "sharphound.zip", "nmap.xml", "nessus.nessus", "kev.json", "epss.csv"}) {
    const auto import = TRY(import_now(house, facility.id, name, folder + "/" + name));
    RELEVE_CHECK(import.state == cartography::ImportState::committed,
                 std::string("the demonstration's file reads: ") + name);
  }
  TRY(load_plan(house, facility));
  TRY(load_country(house, hospital.finess, hospital.name, seed));
  const auto [row, job] = TRY(house.assessments->start(facility.id, "crisis", 1000, seed, "owner"));
  (void)row;
  (void)job;
  return Done{};
}

}  // namespace releve::main
