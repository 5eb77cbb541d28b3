// SPDX-License-Identifier: EUPL-1.2
// Imports of the registry, and priority lists.
#include "foundation/api/bind.hpp"
#include "steer/registry/endpoints.hpp"

#include <algorithm>

namespace releve::registry {

using api::Method;
using api::Right;
using api::Session;

struct RegistryImportPath {
  std::string id;
};

struct RegistryUpload {
  std::string file_name;
};

/// Without the hash, which is nobody's business.
struct RegistryImportView {
  std::string id;
  std::string file_name;
  std::int64_t file_size = 0;
  std::string format;
  std::string source_day;
  RegistryImportState state = RegistryImportState::reading;
  RegistryDifference difference;
  std::vector<Finding> findings;
  Instant created{};
  std::string created_by;
  std::optional<Instant> accepted;
  std::string job;
};

struct RegistryImportViews {
  std::vector<RegistryImportView> items;
};

struct PopulationRows {
  std::vector<Population> items;
};

struct PopulationPath {
  std::string id;
};

struct PopulationView {
  Population population;
  std::vector<PlaceLine> members;
};

struct NewPopulation {
  std::string name;
  std::string kind;
  std::string source;
  std::string frozen;
  std::vector<std::string> numbers;
};

constexpr auto describe(RegistryImportPath*) {
  return Fields{field<&RegistryImportPath::id>("import")};
}

constexpr auto describe(RegistryUpload*) {
  return Fields{field<&RegistryUpload::file_name>("name of the file", {.min_length = 1, .max_length = 255})};
}

constexpr auto describe(RegistryImportView*) {
  return Fields{field<&RegistryImportView::id>("identity"),
                field<&RegistryImportView::file_name>("as the user named it"),
                field<&RegistryImportView::file_size>("bytes"),
                field<&RegistryImportView::format>("format recognised"),
                field<&RegistryImportView::source_day>("day of its data, or empty"),
                field<&RegistryImportView::state>("where it stands"),
                field<&RegistryImportView::difference>("what it changes"),
                field<&RegistryImportView::findings>("what is wrong with it"),
                field<&RegistryImportView::created>("received at"),
                field<&RegistryImportView::created_by>("by whom"),
                field<&RegistryImportView::accepted>("accepted at"),
                field<&RegistryImportView::job>("job at work on it; empty: none")};
}

constexpr auto describe(RegistryImportViews*) {
  return Fields{field<&RegistryImportViews::items>("newest first")};
}

constexpr auto describe(PopulationRows*) {
  return Fields{field<&PopulationRows::items>("newest first")};
}

constexpr auto describe(PopulationPath*) {
  return Fields{field<&PopulationPath::id>("population")};
}

constexpr auto describe(PopulationView*) {
  return Fields{field<&PopulationView::population>("the list"),
                field<&PopulationView::members>("who is in it, as called on its day")};
}

constexpr auto describe(NewPopulation*) {
  return Fields{
      field<&NewPopulation::name>("name", {.min_length = 1, .max_length = 200}),
      field<&NewPopulation::kind>("ose, regional or other", {.max_length = 20}),
      field<&NewPopulation::source>("text that says who is in it", {.min_length = 1, .max_length = 500}),
      field<&NewPopulation::frozen>("day of the list", {.min_length = 10, .max_length = 10}),
      field<&NewPopulation::numbers>("FINESS numbers", {.min_length = 1, .max_length = 20'000})};
}

namespace {

RegistryImportView view_of(const RegistryImport& import, std::string job) {
  return {import.id,         import.file_name,  import.file_size,  import.format,
          import.source_day, import.state,      import.difference, import.findings,
          import.created,    import.created_by, import.accepted,   std::move(job)};
}

}  // namespace

std::vector<api::Endpoint> import_endpoints(Registry& registry, std::uint64_t max_upload) {
  using api::on;
  const auto view = [&registry](Result<RegistryImport> import) -> Result<RegistryImportView> {
    const RegistryImport row = TRY(std::move(import));
    return view_of(row, registry.job_of(row));
  };
  std::vector<api::Endpoint> rows = {
      api::on_upload("/registry/imports", Right::steer, "Receive a file of the registry", max_upload,
                     [&registry](const Session& session, const RegistryUpload& in,
                                 const api::Upload& upload) -> Result<RegistryImportView> {
                       const auto [import, job] =
                           TRY(registry.receive(in.file_name, upload.path, session.user));
                       return view_of(import, job.id);
                     }),
      on(Method::get, "/registry/imports", Right::steer, "Imports of the registry",
         [&registry](const Session&, const api::Nothing&) -> Result<RegistryImportViews> {
           RegistryImportViews views;
           for (RegistryImport& import : registry.imports()) {
             import.difference.changes.clear();  // a list of lists would be long
             views.items.push_back(view_of(import, registry.job_of(import)));
           }
           return views;
         }),
      on(Method::get, "/registry/imports/{id}", Right::steer, "One import of the registry",
         [&registry, view](const Session&, const RegistryImportPath& in) {
           return view(registry.find_import(in.id));
         }),
      on(Method::post, "/registry/imports/{id}/accept", Right::steer, "Accept an import of the registry",
         [&registry](const Session&, const RegistryImportPath& in) -> Result<RegistryImportView> {
           const auto [import, job] = TRY(registry.accept(in.id));
           return view_of(import, job.id);
         }),
      on(Method::post, "/registry/imports/{id}/discard", Right::steer, "Drop an import of the registry",
         [&registry, view](const Session&, const RegistryImportPath& in) {
           return view(registry.discard(in.id));
         }),
      on(Method::get, "/registry/populations", Right::steer, "Priority lists",
         [&registry](const Session&, const api::Nothing&) -> Result<PopulationRows> {
           return PopulationRows{registry.populations()};
         }),
      on(Method::get, "/registry/populations/{id}", Right::steer, "One priority list",
         [&registry](const Session&, const PopulationPath& in) -> Result<PopulationView> {
           auto [population, members] = TRY(registry.population(in.id));
           return PopulationView{std::move(population), std::move(members)};
         }),
      on(Method::post, "/registry/populations", Right::steer, "Freeze a priority list",
         [&registry](const Session& session, const NewPopulation& in) {
           return registry.freeze(
               {.name = in.name, .kind = in.kind, .source = in.source, .frozen = in.frozen}, in.numbers,
               session.user);
         }),
  };
  std::transform(rows.begin(), rows.end(), rows.begin(), api::of_instance);
  return rows;
}

}  // namespace releve::registry
