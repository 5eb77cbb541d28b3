// SPDX-License-Identifier: EUPL-1.2
// Applications: the main ones by name, then lesser functions, then one per service, up to the number that
// such a hospital has.
#include "prepare/fiction/draft.hpp"

namespace releve::fiction {
namespace {

ApplicationModel lesser_application(const Draft& draft, std::string code, std::string name) {
  ApplicationModel model;
  const std::string key = "application/" + code;
  model.vendor = draft.chance.one_of(draft.lexicon.software.vendors, key + "/vendor");
  const std::uint32_t place = draft.chance.below(key + "/hosting", 100);
  model.hosting = place < 70   ? cartography::Hosting::on_site
                  : place < 85 ? cartography::Hosting::hosted
                               : cartography::Hosting::saas;
  // Two lesser applications in three share a server with others.
  model.servers = draft.chance.happens(key + "/own server", 0.34) ? 1 : 0;
  model.zone = "Z-SRV";
  model.system = draft.chance.happens(key + "/linux", 0.2)        ? "linux"
                 : draft.chance.happens(key + "/old system", 0.1) ? "windows_old"
                                                                  : "windows";
  model.linked = draft.chance.happens(key + "/linked", 0.2);
  model.database = draft.chance.happens(key + "/database", 0.6);
  model.rto = 24.0 * draft.chance.between(key + "/rto", 1, 14);
  model.rpo = 24;
  model.availability = static_cast<int>(draft.chance.between(key + "/availability", 1, 2));
  model.integrity = static_cast<int>(draft.chance.between(key + "/integrity", 1, 3));
  model.confidentiality = static_cast<int>(draft.chance.between(key + "/confidentiality", 1, 3));
  model.code = std::move(code);
  model.name = std::move(name);
  return model;
}

std::string for_service(std::string pattern, const std::string& service) {
  const std::string mark = "{service}";
  return pattern.replace(pattern.find(mark), mark.size(), service);
}

cartography::Application to_element(const Draft& draft, const ApplicationModel& model) {
  const std::string key = "application facts/" + model.code;
  cartography::Application element;
  element.id = model.code;
  element.name = model.name;
  element.role = model.role;
  if (draft.chance.happens(key, 0.8, 0)) {
    element.vendor = model.vendor;
  }
  if (draft.chance.happens(key, 0.85, 1)) {
    element.hosting = model.hosting;
  }
  if (draft.chance.happens(key, 0.55, 2)) {
    element.rto_h = model.rto;
  }
  if (draft.chance.happens(key, 0.4, 3)) {
    element.rpo_h = model.rpo;
  }
  if (draft.chance.happens(key, 0.45, 4)) {
    element.availability = model.availability;
    element.integrity = model.integrity;
    element.confidentiality = model.confidentiality;
  }
  return element;
}

}  // namespace

void draw_applications(Draft& draft) {
  const auto wanted = static_cast<std::size_t>(draft.proportions.applications);
  std::vector<ApplicationModel> models;
  for (const ApplicationModel& model : draft.lexicon.software.applications) {
    if (model.from <= draft.hospital.size) {
      models.push_back(model);
    }
  }
  const auto& functions = draft.lexicon.software.functions;
  for (std::size_t i = 0; i < functions.size() && models.size() < wanted; ++i) {
    models.push_back(lesser_application(draft, "APP-" + numbered(i + 1, 3), functions[i]));
  }
  for (std::size_t p = 0; p < draft.lexicon.software.patterns.size(); ++p) {
    for (std::size_t s = 0; s < draft.services.size() && models.size() < wanted; ++s) {
      const ServiceModel& service = *draft.services[s];
      models.push_back(lesser_application(draft, "SPE-" + service.code + "-" + std::to_string(p + 1),
                                          for_service(draft.lexicon.software.patterns[p], service.name)));
    }
  }
  RELEVE_CHECK(models.size() == wanted, "applications.json");
  for (ApplicationModel& model : models) {
    draft.hospital.inventory.applications.push_back(to_element(draft, model));
    draft.applications.emplace(model.code, std::move(model));
  }
}

}  // namespace releve::fiction
