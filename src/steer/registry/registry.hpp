// SPDX-License-Identifier: EUPL-1.2
// The registry of places: what the pages and the other rooms ask of it, and its imports.
//
// An import is received, read and compared in a job, looked at by a person, then accepted in a second job:
// one transaction, that ends rows and begins others as of the day of acceptance.
#pragma once

#include "foundation/store/files.hpp"
#include "foundation/store/jobs.hpp"
#include "foundation/store/past.hpp"
#include "steer/registry/changes.hpp"
#include "steer/registry/summary.hpp"

#include <functional>
#include <future>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace releve::registry {

enum class RegistryImportState { reading, ready, refused, accepting, accepted, discarded };

constexpr auto describe(RegistryImportState*) {
  return Names{
      name(RegistryImportState::reading, "reading"),   name(RegistryImportState::ready, "ready"),
      name(RegistryImportState::refused, "refused"),   name(RegistryImportState::accepting, "accepting"),
      name(RegistryImportState::accepted, "accepted"), name(RegistryImportState::discarded, "discarded")};
}

/// One row of the table `registry_import`.
struct RegistryImport {
  std::string id;
  std::string file_name;
  std::string file_hash;
  std::int64_t file_size = 0;
  std::string format;
  std::string source_day;
  RegistryImportState state = RegistryImportState::reading;
  RegistryDifference difference;
  std::vector<Finding> findings;
  Instant created{};
  std::string created_by;
  std::optional<Instant> accepted;
};

constexpr auto describe(RegistryImport*) {
  return Fields{field<&RegistryImport::id>("identity"),
                field<&RegistryImport::file_name>("as the user named it"),
                field<&RegistryImport::file_hash>("hash of its content"),
                field<&RegistryImport::file_size>("bytes"),
                field<&RegistryImport::format>("format recognised, or empty"),
                field<&RegistryImport::source_day>("day of its data, or empty"),
                field<&RegistryImport::state>("where it stands"),
                field<&RegistryImport::difference>("what it would change, or changed"),
                field<&RegistryImport::findings>("what is wrong with it"),
                field<&RegistryImport::created>("received at"),
                field<&RegistryImport::created_by>("by whom"),
                field<&RegistryImport::accepted>("accepted at")};
}

/// Files of the registry that were never accepted.
store::Past past_registry_imports();

/// A line of a list of places.
struct PlaceLine {
  std::string id;
  PlaceKind kind = PlaceKind::site;
  std::string name;
  std::string number;  // FINESS, as of today
  std::string town;
  std::string department;
  std::string category;
  std::string category_name;
  std::string closed;
  bool operator==(const PlaceLine&) const = default;
};

constexpr auto describe(PlaceLine*) {
  return Fields{field<&PlaceLine::id>("identity"),
                field<&PlaceLine::kind>("what it is"),
                field<&PlaceLine::name>("name"),
                field<&PlaceLine::number>("FINESS number, or empty"),
                field<&PlaceLine::town>("town"),
                field<&PlaceLine::department>("INSEE's code"),
                field<&PlaceLine::category>("FINESS category"),
                field<&PlaceLine::category_name>("its words"),
                field<&PlaceLine::closed>("day of closure; empty: open")};
}

struct PlaceQuestion {
  std::string words;  // beginnings of words of the name, the town or the number
  std::string within;
  Hierarchy hierarchy = Hierarchy::region;
  std::optional<PlaceKind> kind;
  bool health_only = false;
  bool with_closed = false;
  std::int64_t page = 0;
  std::int64_t size = 50;
};

struct PlacePage {
  std::vector<PlaceLine> items;
  bool more = false;
};

constexpr auto describe(PlacePage*) {
  return Fields{field<&PlacePage::items>("in order of name"),
                field<&PlacePage::more>("there are others after these")};
}

struct Ancestor {
  Hierarchy hierarchy = Hierarchy::region;
  PlaceLine place;
  std::string role;
};

constexpr auto describe(Ancestor*) {
  return Fields{field<&Ancestor::hierarchy>("hierarchy"), field<&Ancestor::place>("who"),
                field<&Ancestor::role>("what the place is there")};
}

/// One place with all that is known of it.
struct PlaceView {
  PlaceLine line;
  PlaceVersion facts;
  std::vector<PlaceNumber> numbers;   // past ones too
  std::vector<Ancestor> ancestors;    // whom it belongs to today
  std::vector<PlaceVersion> history;  // past versions, newest first
  std::vector<Succession> successions;
  std::vector<CapacityRow> capacities;  // newest year first
};

constexpr auto describe(PlaceView*) {
  return Fields{field<&PlaceView::line>("as in a list"),
                field<&PlaceView::facts>("what is known"),
                field<&PlaceView::numbers>("numbers, past ones too"),
                field<&PlaceView::ancestors>("whom it belongs to"),
                field<&PlaceView::history>("what was known before, newest first"),
                field<&PlaceView::successions>("what it became, or what became it"),
                field<&PlaceView::capacities>("figures, newest year first")};
}

/// A dated, sourced list of places, frozen when it is made: the denominator of a coverage.
struct Population {
  std::string id;
  std::string name;
  std::string kind;  // "ose", "regional", "other"
  std::string source;
  std::string frozen;  // day
  Instant created{};
  std::string created_by;
};

constexpr auto describe(Population*) {
  return Fields{field<&Population::id>("identity"),
                field<&Population::name>("name"),
                field<&Population::kind>("ose, regional or other"),
                field<&Population::source>("text that says who is in it"),
                field<&Population::frozen>("day of the list"),
                field<&Population::created>("made at"),
                field<&Population::created_by>("by whom")};
}

/// Told to the page when something changed: topic and JSON.
using Publish = std::function<void(const std::string& topic, const std::string& json)>;

/// Thread-safe. Outlives the jobs that it starts.
class Registry {
 public:
  struct Parts {
    store::Database& database;
    store::FileStore& files;
    store::Jobs& jobs;
    const Clock& clock;
    Publish publish;
  };

  explicit Registry(Parts parts);

  // Places (places.cpp). Error of each that names one: place.not_found.
  Result<PlaceView> place(const std::string& id) const;
  PlacePage find(const PlaceQuestion& question) const;
  bool knows(const std::string& id) const;
  /// The ids of a place and of all places within it at an instant; of an unknown place, its own.
  std::vector<std::string> within(const std::string& id, Hierarchy hierarchy, Instant at) const;
  /// PlaceCounts of a node and of each of its children, as of a day; kept in memory for the registry's
  /// version.
  Result<PlaceSummary> summary(const std::string& id, Hierarchy hierarchy, const std::string& day);
  /// A GRADeS or supplier, by hand. Errors: place.bad_name, place.bad_kind, place.not_found (the region).
  Result<PlaceView> add(PlaceKind kind, const std::string& name, const std::string& region);

  // Populations (populations.cpp).
  std::vector<Population> populations() const;
  Result<std::pair<Population, std::vector<PlaceLine>>> population(const std::string& id) const;
  /// Errors: population.classified (the status "OIV" is never kept), population.bad_name,
  /// population.unknown_numbers, population.bad_day.
  Result<Population> freeze(Population wanted, const std::vector<std::string>& numbers,
                            const std::string& by);

  // Imports (imports.cpp).
  Result<std::pair<RegistryImport, store::Job>> receive(const std::string& file_name, const std::string& path,
                                                        const std::string& by);
  Result<RegistryImport> find_import(const std::string& id) const;
  std::vector<RegistryImport> imports() const;  // newest first
  std::string job_of(const RegistryImport& import) const;
  /// Starts the job that applies it. Error import.not_ready.
  Result<std::pair<RegistryImport, store::Job>> accept(const std::string& id);
  /// Error import.not_ready.
  Result<RegistryImport> discard(const std::string& id);
  /// To be told of each change of a job (store::Jobs::Changed).
  void follow(const store::Job& job);
  /// Imports that were being read or accepted by a process that is gone begin again, in one of those that are
  /// there. Called at start-up and whenever a process is gone.
  void resume();

 private:
  using Summary = std::shared_ptr<const PlaceSummary>;

  Status read_now(RegistryImport import, store::JobContext& context);
  Status accept_now(RegistryImport import, store::JobContext& context);
  Result<intake::RegistryExtract> extract_of(RegistryImport& import, store::JobContext& context) const;
  void save(const RegistryImport& import, RegistryImportState from);
  void tell(const std::string& id) const;
  /// The pages that everybody opens are ready before anybody asks: the nation's and its regions'.
  void prepare_summaries();

  std::string today() const { return day_of(parts_.clock.now()); }

  Parts parts_;
  std::mutex mutex_;
  std::int64_t summaries_version_ = -1;
  std::map<std::string, std::shared_future<Summary>> summaries_;  // by place, hierarchy and day
};

}  // namespace releve::registry
