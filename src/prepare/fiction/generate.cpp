// SPDX-License-Identifier: EUPL-1.2
#include "prepare/fiction/generate.hpp"

#include "prepare/fiction/writers.hpp"

#include <filesystem>

namespace releve::fiction {

namespace fs = std::filesystem;

namespace {

Error refusal(const std::string& code, const std::string& folder) {
  return {ErrorKind::invalid, message(code, {{"folder", folder}}), folder};
}

Status prepare_folder(const std::string& folder) {
  std::error_code fault;
  const fs::file_status status = fs::status(folder, fault);
  if (status.type() == fs::file_type::not_found) {
    fs::create_directory(folder, fault);
    if (fault) {
      return refusal("generate.cannot_make_folder", folder);
    }
    return Done{};
  }
  if (status.type() != fs::file_type::directory) {
    return refusal("generate.not_a_folder", folder);
  }
  const bool empty = fs::is_empty(folder, fault);
  if (fault || !empty) {
    return refusal("generate.folder_not_empty", folder);
  }
  return Done{};
}

}  // namespace

Status generate(FacilitySize size, Seed seed, const std::string& folder, const Catalogue& catalogue) {
  TRY(prepare_folder(folder));
  const FictionalHospital hospital = build_hospital(size, seed);
  const auto in = [&](const char* name) { return (fs::path(folder) / name).string(); };
  write_readme(hospital, in("LISEZMOI.txt"));  // first: a folder cut short still says what it is
  write_sharphound(hospital, in("sharphound.zip"));
  write_nmap(hospital, in("nmap.xml"));
  write_nessus(hospital, in("nessus.nessus"));
  write_kev(hospital, in("kev.json"));
  write_epss(hospital, in("epss.csv"));
  return write_sheet(hospital, in("inventaire.xlsx"), catalogue);
}

}  // namespace releve::fiction
