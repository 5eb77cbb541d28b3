// SPDX-License-Identifier: EUPL-1.2
#include "prepare/cartography/usual.hpp"

#include "foundation/base/hash.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

namespace releve::cartography {

Result<Usual> read_usual(std::string_view json) {
  constexpr const char* file = "usual.json";
  auto table = from_json<UsualTable>(json);
  if (!table) {
    Error error = std::move(table).error();
    error.where = std::string(file) + (error.where.empty() ? "" : ": " + error.where);
    return error;
  }
  std::set<std::string> ids;
  const auto check = [&](const auto& rows) -> Status {
    for (const auto& row : rows) {
      if (!ids.insert(row.id).second) {
        return Error{ErrorKind::invalid, message("defaults.row_twice", {{"file", file}, {"row", row.id}}),
                     std::string(file) + ": " + row.id};
      }
    }
    return Done{};
  };
  TRY(check(table->services));
  TRY(check(table->applications));
  Hasher hasher;
  hasher.update(json);
  return Usual{std::move(table).value(), hasher.hex()};
}

std::optional<double> Registered::beds_of(Sector sector) const {
  for (const SectorBeds& row : beds) {
    if (row.sector == sector) {
      return row.beds;
    }
  }
  return std::nullopt;
}

std::string service_of_site(const std::string& site) {
  return "SITE-" + site;
}

namespace {

/// Is it known to be absent from this hospital?
bool is_absent(const UsualService& row, const Registered& registered) {
  return (row.sector == Sector::emergency && registered.emergency == false) ||
         (row.sector == Sector::obstetrics && registered.beds_of(row.sector) == 0.0);
}

std::vector<Service> usual_services(const Usual& usual, const Registered& registered) {
  std::vector<Service> services;
  for (const UsualService& row : usual.table.services) {
    if (!is_absent(row, registered)) {
      Service service;
      service.id = row.id;
      service.name = row.name;
      service.sector = row.sector;
      services.push_back(std::move(service));
    }
  }
  return services;
}

/// The services as the files tell them, one of each id, and whether a file says how many beds it has.
std::map<std::string, Service> told_services(std::span<const Source> sources) {
  std::map<std::string, Service> told;
  for (const Source& source : sources) {
    for (const Service& service : source.inventory ? source.inventory->services : std::vector<Service>{}) {
      Service& one = told[service.id];
      one.id = service.id;
      one.name = service.name;
      one.sector = service.sector;
      one.beds = service.beds ? service.beds : one.beds;
    }
  }
  return told;
}

/// The registry's beds of a sector, shared out among its services when none of them says any.
double give_beds(std::vector<Service>& services, const Registered& registered) {
  double given = 0;
  for (const auto& [sector, beds] : registered.beds) {
    std::vector<Service*> of_sector;
    for (Service& service : services) {
      if (service.sector == sector) {
        of_sector.push_back(&service);
      }
    }
    const bool silent = std::none_of(of_sector.begin(), of_sector.end(),
                                     [](const Service* one) { return one->beds.has_value(); });
    if (silent && beds > 0) {
      for (Service* one : of_sector) {
        one->beds = beds / static_cast<double>(of_sector.size());
        given += *one->beds;
      }
    }
  }
  return given;
}

}  // namespace

Cartography draw_hospital(std::string facility, std::vector<Source> sources, std::span<const Answer> answers,
                          const Usual& usual, const Registered& registered) {
  const auto any = [&](auto has) { return std::any_of(sources.begin(), sources.end(), has); };
  const auto described = [&](auto list) {
    return any([&](const Source& s) { return s.inventory && !((*s.inventory).*list).empty(); });
  };
  const bool machines = described(&Inventory::components) ||
                        any([](const Source& s) { return s.directory != nullptr || s.scan != nullptr; });
  std::vector<Finding> said;
  Inventory assumed;
  const auto say = [&](const char* code, std::vector<Param> params) {
    said.push_back({Severity::warning, message(code, std::move(params)), {}, 0, {}});
  };
  if (described(&Inventory::services)) {
    for (auto& [id, service] : told_services(sources)) {
      assumed.services.push_back(std::move(service));
    }
  } else if (machines) {
    assumed.services = usual_services(usual, registered);
    say("cartography.services_assumed", {{"count", std::to_string(assumed.services.size())}});
  }
  const double beds = give_beds(assumed.services, registered);
  if (beds > 0) {
    say("cartography.beds_registered",
        {{"beds", std::to_string(std::llround(beds))}, {"source", registered.source}});
  }
  if (described(&Inventory::services) && beds == 0) {
    assumed.services.clear();  // the files say it all
  }
  for (const RegisteredSite& site : registered.sites) {
    Service service;
    service.id = service_of_site(site.id);
    service.name = site.name;
    service.sector = site.sector;
    assumed.services.push_back(std::move(service));
  }
  if (machines && !described(&Inventory::applications) && !described(&Inventory::dependencies)) {
    for (const UsualApplication& row : usual.table.applications) {
      Application application;
      application.id = row.id;
      application.name = row.name;
      application.role = row.role;
      assumed.applications.push_back(std::move(application));
    }
    say("cartography.applications_assumed", {{"count", std::to_string(assumed.applications.size())}});
  }
  if (!assumed.services.empty() || !assumed.applications.empty()) {
    Source source;
    source.file_hash = content_hash(usual.hash + to_json(registered));
    source.inventory = std::make_shared<const Inventory>(std::move(assumed));
    sources.insert(sources.begin(), std::move(source));
  }
  Cartography cartography = draw_cartography(std::move(facility), sources, answers);
  cartography.findings.insert(cartography.findings.begin(), said.begin(), said.end());
  return cartography;
}

}  // namespace releve::cartography
