// SPDX-License-Identifier: EUPL-1.2
#include "prepare/plan/library.hpp"

#include "foundation/base/embedded.hpp"
#include "foundation/base/text.hpp"
#include "foundation/describe/json.hpp"
#include "prepare/plan/parts.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <span>

namespace releve::plan {

std::span<const EmbeddedFile> embedded_files();  // made by releve_embed()

namespace {

constexpr std::uintmax_t largest_file = 4'000'000;
constexpr std::string_view any_ward = "other";

/// Ours, or the operator's own.
Result<std::string> text_of_file(const EmbeddedFile& file, const std::string& operator_folder) {
  const std::filesystem::path own = std::filesystem::path(operator_folder) / "plan" / file.path;
  std::error_code fault;
  if (operator_folder.empty() || !std::filesystem::is_regular_file(own, fault)) {
    return std::string(file.bytes);
  }
  if (std::filesystem::file_size(own, fault) > largest_file) {
    return Error{ErrorKind::limit, message("tables.too_large", {{"file", own.string()}}), own.string()};
  }
  std::ifstream in(own, std::ios::binary);
  return std::string(std::istreambuf_iterator<char>(in), {});
}

/// Each file holds some of the parts.
void join(PlanDocument& whole, PlanDocument part) {
  if (!part.frame.title.empty()) {
    whole.frame = std::move(part.frame);
  }
  for_each_field<PlanDocument>([&](const auto& field) {
    using F = std::remove_cvref_t<decltype(field)>;
    if constexpr (!std::is_same_v<typename F::Type, PlanFrame>) {
      auto& list = whole.*F::member;
      auto& more = part.*F::member;
      std::move(more.begin(), more.end(), std::back_inserter(list));
    }
  });
}

/// Whether it has patients of its own, to identify, prescribe for and hand over. What has none, or has them
/// for the time of an act, says its own gestures or nothing: a gap is seen, a wrong gesture is followed.
bool is_ward(const cartography::Service& service) {
  using enum cartography::Sector;
  switch (service.sector) {
    case emergency:
    case intensive_care:
    case neonatal:
    case surgery:
    case medicine:
    case obstetrics:
    case paediatrics:
    case dialysis:
    case chemotherapy:
    case psychiatry:
    case rehabilitation:
    case long_term_care:
      return true;
    case other:  // nobody has said what it is
      return service.beds.value_or(0) > 0;
    case theatre:
    case radiotherapy:
    case laboratory:
    case imaging:
    case pharmacy:
    case blood_bank:
    case sterilisation:
    case kitchen:
    case admissions:
    case outpatients:
    case emergency_call:
    case logistics:
    case administration:
      return false;
  }
  return false;
}

using Templates = std::map<std::string_view, const ServiceSheet*>;

/// The words of one template, where it has some, over those that the sheet has.
void lay(ServiceSheet& sheet, const Templates& templates, std::string_view id) {
  const auto place = templates.find(id);
  if (place == templates.end()) {
    return;
  }
  for (const DegradedMode& mode : place->second->modes) {
    DegradedMode& own = sheet.modes.at(static_cast<std::size_t>(mode.horizon));
    own.procedure = mode.procedure;
    own.forms = mode.forms;
    own.stocks = mode.stocks;
  }
}

}  // namespace

Result<Library> read_library(const std::string& operator_folder) {
  Library library;
  for (const EmbeddedFile& file : embedded_files()) {
    auto part = from_json<PlanDocument>(TRY(text_of_file(file, operator_folder)));
    if (!part) {
      Error error = std::move(part).error();
      error.where = std::string(file.path) + ": " + error.where;
      return error;
    }
    Status days = Done{};
    each_list(part.value(), [&](std::string_view, const auto& list) {
      for (const auto& item : list) {
        if (days.ok()) {
          days = check_days(item);
        }
      }
    });
    if (!days.ok()) {
      return Error{days.error().kind, days.error().message,
                   std::string(file.path) + ": " + days.error().where};
    }
    join(library[std::string(file.path.substr(0, file.path.find('/')))], std::move(part).value());
  }
  return library;
}

std::vector<ServiceSheet> service_sheets(const PlanDocument& library, const cartography::Cartography& map,
                                         const cartography::Defaults& defaults) {
  Templates templates;
  for (const ServiceSheet& one : library.services) {
    templates.emplace(one.id, &one);
  }
  std::map<std::string_view, std::string_view> applications;
  for (const auto& one : map.applications) {
    applications.emplace(one.id, one.name);
  }
  std::map<std::string_view, std::set<std::string>> used;  // by service
  for (const auto& one : map.dependencies) {
    if (const auto place = applications.find(one.target); place != applications.end()) {
      used[one.consumer].insert(std::string(place->second));
    }
  }
  std::vector<ServiceSheet> sheets;
  for (const auto& service : map.services) {
    ServiceSheet sheet;
    sheet.id = service.id;
    sheet.name = service.name;
    sheet.sector = text_of(service.sector);
    sheet.applications.assign(used[service.id].begin(), used[service.id].end());
    const auto capacity = cartography::resolve(service, defaults).down;
    for (std::size_t h = 0; h < horizon_count; ++h) {
      sheet.modes.push_back(
          {.horizon = static_cast<Horizon>(h), .capacity = capacity.at(h), .assumed = true});
    }
    if (is_ward(service)) {
      lay(sheet, templates, any_ward);
    }
    if (sheet.sector != any_ward) {
      lay(sheet, templates, sheet.sector);
    }
    sheets.push_back(std::move(sheet));
  }
  return sheets;
}

PlanDocument first_draft(const PlanDocument& library, const std::string& facility_name,
                         std::vector<ServiceSheet> sheets) {
  PlanDocument draft = library;
  draft.frame.title = shorten(draft.frame.title + " – " + facility_name, rules::title.max_length);
  draft.services = std::move(sheets);
  begin_revisions(draft);
  return draft;
}

}  // namespace releve::plan
