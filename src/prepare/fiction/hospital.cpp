// SPDX-License-Identifier: EUPL-1.2
#include "prepare/fiction/hospital.hpp"

#include "prepare/fiction/draft.hpp"

#include <algorithm>

namespace releve::fiction {

bool FictionalMachine::has(std::string_view tag) const {
  return std::find(tags.begin(), tags.end(), tag) != tags.end();
}

std::string numbered(std::size_t number, std::size_t width) {
  std::string text = std::to_string(number);
  return text.size() < width ? std::string(width - text.size(), '0') + text : text;
}

Draft::Draft(FacilitySize size, Seed seed)
    : lexicon(read_lexicon()), chance(seed), proportions(proportions_of(size)) {
  hospital.size = size;
  hospital.seed = seed;
}

std::string Draft::zone_of(const std::string& id, const std::string& site) const {
  if (proportions.sites == 1 || site.empty() || site == "A") {
    return id;
  }
  const std::string local = id + "-" + site;
  return zone_block.contains(local) ? local : id;
}

void draw_identity(Draft& draft) {
  const std::string size(text_of(draft.hospital.size));
  const Town& town = draft.chance.one_of(draft.lexicon.people.towns, "town/" + size);
  const bool university = draft.hospital.size == FacilitySize::university;
  draft.hospital.town = town.name;
  draft.hospital.name = (university ? "Centre hospitalier universitaire " : "Centre hospitalier ") + town.of;
  draft.hospital.finess = "99" + numbered(draft.chance.below("finess/" + size, 10'000'000), 7);
  const std::string root = (university ? "chu-" : "ch-") + town.domain + ".local";
  draft.hospital.domains.push_back(root);
  if (university) {
    draft.hospital.domains.push_back("labo." + root);
  }
}

FictionalHospital build_hospital(FacilitySize size, Seed seed) {
  Draft draft(size, seed);
  draw_identity(draft);
  draw_zones(draft);
  draw_services(draft);
  draw_applications(draft);
  draw_infrastructure(draft);
  draw_application_servers(draft);
  draw_devices(draft);
  draw_workstations(draft);
  draw_needs(draft);
  draw_directory(draft);
  draw_scan_view(draft);
  draft.hospital.flaws = std::move(draft.lexicon.flaws);
  return std::move(draft.hospital);
}

}  // namespace releve::fiction
