// SPDX-License-Identifier: EUPL-1.2
#include "prepare/cartography/usual.hpp"

#include "foundation/base/hash.hpp"

#include <algorithm>
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

Cartography draw_hospital(std::string facility, std::vector<Source> sources, std::span<const Answer> answers,
                          const Usual& usual) {
  const auto any = [&](auto has) { return std::any_of(sources.begin(), sources.end(), has); };
  const auto described = [&](auto list) {
    return any([&](const Source& s) { return s.inventory && !((*s.inventory).*list).empty(); });
  };
  const bool machines = described(&Inventory::components) ||
                        any([](const Source& s) { return s.directory != nullptr || s.scan != nullptr; });
  std::vector<Finding> said;
  Inventory assumed;
  const auto assume = [&](const char* code, std::size_t count) {
    said.push_back({Severity::warning, message(code, {{"count", std::to_string(count)}}), {}, 0, {}});
  };
  if (machines && !described(&Inventory::services)) {
    for (const UsualService& row : usual.table.services) {
      Service service;
      service.id = row.id;
      service.name = row.name;
      service.sector = row.sector;
      assumed.services.push_back(std::move(service));
    }
    assume("cartography.services_assumed", assumed.services.size());
  }
  if (machines && !described(&Inventory::applications) && !described(&Inventory::dependencies)) {
    for (const UsualApplication& row : usual.table.applications) {
      Application application;
      application.id = row.id;
      application.name = row.name;
      application.role = row.role;
      assumed.applications.push_back(std::move(application));
    }
    assume("cartography.applications_assumed", assumed.applications.size());
  }
  if (!said.empty()) {
    Source source;
    source.file_hash = usual.hash;
    source.inventory = std::make_shared<const Inventory>(std::move(assumed));
    sources.insert(sources.begin(), std::move(source));
  }
  Cartography cartography = draw_cartography(std::move(facility), sources, answers);
  cartography.findings.insert(cartography.findings.begin(), said.begin(), said.end());
  return cartography;
}

}  // namespace releve::cartography
