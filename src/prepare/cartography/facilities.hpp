// SPDX-License-Identifier: EUPL-1.2
// The facilities that this instance keeps, their imports and their answers. The cartography itself is not
// stored: it is drawn from the imported files and the answers (docs/adr/0004) and kept in memory.
#pragma once

#include "foundation/base/catalogue.hpp"
#include "foundation/store/files.hpp"
#include "foundation/store/jobs.hpp"
#include "foundation/store/past.hpp"
#include "prepare/cartography/confirmed.hpp"
#include "prepare/cartography/defaults.hpp"
#include "prepare/cartography/difference.hpp"
#include "prepare/cartography/sources.hpp"
#include "prepare/cartography/usual.hpp"

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace releve::cartography {

enum class ImportState { reading, ready, refused, committed, undone, discarded };

constexpr auto describe(ImportState*) {
  return Names{name(ImportState::reading, "reading"), name(ImportState::ready, "ready"),
               name(ImportState::refused, "refused"), name(ImportState::committed, "committed"),
               name(ImportState::undone, "undone"),   name(ImportState::discarded, "discarded")};
}

/// What reading a file gave, kept with its row.
struct ImportSummary {
  std::optional<Message> recognised;
  std::optional<Difference> difference;
  std::vector<std::string> columns;
  std::string mapping_key;
};

constexpr auto describe(ImportSummary*) {
  return Fields{field<&ImportSummary::recognised>("what the file is"),
                field<&ImportSummary::difference>("what it would change, or changed"),
                field<&ImportSummary::columns>("headers of a spreadsheet that is not the template"),
                field<&ImportSummary::mapping_key>("under which its mapping is remembered")};
}

/// One row of the table `import`.
struct Import {
  std::string id;
  std::string facility;
  std::string file_name;
  std::string file_hash;
  std::int64_t file_size = 0;
  std::string format;
  std::vector<ColumnMapping> mapping;
  ImportState state = ImportState::reading;
  ImportSummary summary;
  std::vector<Finding> findings;
  Instant created{};
  std::string created_by;
  std::optional<Instant> committed;
  std::optional<std::int64_t> position;  // order in which imports count
};

constexpr auto describe(Import*) {
  return Fields{field<&Import::id>("identity"),
                field<&Import::facility>("whose"),
                field<&Import::file_name>("as the user named it"),
                field<&Import::file_hash>("hash of its content"),
                field<&Import::file_size>("bytes"),
                field<&Import::format>("format recognised, or empty"),
                field<&Import::mapping>("columns of a spreadsheet"),
                field<&Import::state>("where it stands"),
                field<&Import::summary>("what reading it gave"),
                field<&Import::findings>("what is wrong with it"),
                field<&Import::created>("received at"),
                field<&Import::created_by>("by whom"),
                field<&Import::committed>("accepted at"),
                field<&Import::position>("order in which imports count")};
}

/// One row of the table `facility`.
struct Facility {
  std::string id;
  std::string name;
  std::int64_t fictional = 0;
  std::string settings = "{}";
  std::int64_t version = 0;
  Instant created{};
  std::int64_t services = 0;  // in the cartography of version `counted`
  std::int64_t counted = 0;
};

constexpr auto describe(Facility*) {
  return Fields{field<&Facility::id>("identity", {.min_length = 1, .max_length = 64}),
                field<&Facility::name>("name", {.min_length = 1, .max_length = 200}),
                field<&Facility::fictional>("1: a demonstration", {.minimum = 0, .maximum = 1}),
                field<&Facility::settings>("JSON"),
                field<&Facility::version>("raised by each import, undo and answer"),
                field<&Facility::created>("since"),
                field<&Facility::services>("care services of the counted version"),
                field<&Facility::counted>("version whose services were counted; 0: none")};
}

/// Facility::settings.
struct FacilitySettings {
  std::vector<std::string> sites;
};

constexpr auto describe(FacilitySettings*) {
  return Fields{
      field<&FacilitySettings::sites>("places of the registry that share its system", {.optional = true})};
}

/// One row of the table `answer`.
struct AnswerRow {
  std::string facility;
  std::string element;
  std::string field;
  std::string value;  // JSON
  Instant answered{};
  std::string answered_by;
};

constexpr auto describe(AnswerRow*) {
  return Fields{releve::field<&AnswerRow::facility>("whose"),
                releve::field<&AnswerRow::element>("element; empty: the facility"),
                releve::field<&AnswerRow::field>("its field"),
                releve::field<&AnswerRow::value>("JSON"),
                releve::field<&AnswerRow::answered>("when"),
                releve::field<&AnswerRow::answered_by>("by whom")};
}

/// Told to the page when something changed: topic ("facility", "import"), JSON, and the facility that it is
/// about, for whoever asks which reader may know.
using Publish =
    std::function<void(const std::string& topic, const std::string& json, const std::string& facility)>;

/// Imports that do not count: refused, taken back, or never accepted.
store::Past past_imports();

/// Thread-safe. Outlives the jobs that it starts.
class Facilities {
 public:
  struct Parts {
    store::Database& database;
    store::FileStore& files;
    store::Jobs& jobs;
    const Clock& clock;
    const Catalogue& catalogue;
    Publish publish;
    /// The table in force of what a hospital usually has; none: nothing is assumed.
    std::function<std::shared_ptr<const Usual>()> usual;
    /// What the registry says of a facility and of these sites; sites that it does not know are left out.
    /// None: nothing.
    std::function<Registered(const std::string& facility, const std::vector<std::string>& sites)> registered;
  };

  explicit Facilities(Parts parts) : parts_(std::move(parts)) {}

  /// By name; `only` these (nothing: all).
  std::vector<Facility> list(const std::optional<std::vector<std::string>>& only = {}) const;
  Result<Facility> find(const std::string& id) const;
  /// An empty id is minted. Errors: facility.exists, facility.bad_id, facility.bad_name.
  Result<Facility> create(const std::string& id, const std::string& name, bool fictional);
  /// Its cartography and version stay as they are. `seen`: the name that the editor saw; nothing: any.
  /// Errors: facility.bad_name, edit.changed_meanwhile.
  Result<Facility> rename(const std::string& id, const std::string& name,
                          const std::optional<std::string>& seen = {});
  /// The places of the registry that share its system (an EHPAD, say): each is a service of its cartography
  /// from now on. `seen`: those that the editor saw; nothing: any. Errors: facility.unknown_site,
  /// facility.too_many_sites, edit.changed_meanwhile.
  Status share_system(const std::string& id, std::vector<std::string> sites,
                      const std::optional<std::vector<std::string>>& seen = {});
  /// What the registry says of it and of these sites today.
  Result<Registered> registered(const std::string& id) const;
  /// How many care services its present version has. Kept with the row, so that a list of facilities reads
  /// no file again.
  Result<std::int64_t> count_services(const Facility& facility);

  /// The cartography of the facility's present version; drawn once and kept. Imported files are read again
  /// after a restart; one that no longer reads is left out with a finding.
  Result<std::shared_ptr<const Cartography>> draw(const std::string& facility);

  /// Takes a spooled file over and reads it in a job; the import is `ready` or `refused` afterwards, and the
  /// facility unchanged. Gives the import and its job.
  Result<std::pair<Import, store::Job>> receive(const std::string& facility, const std::string& file_name,
                                                const std::string& path, const std::string& by);
  /// Reads it again with these columns, and remembers them.
  Result<std::pair<Import, store::Job>> map_columns(const std::string& facility, const std::string& id,
                                                    std::vector<ColumnMapping> mapping);
  Result<Import> find_import(const std::string& facility, const std::string& id) const;
  std::vector<Import> imports(const std::string& facility) const;  // newest first
  /// The job that reads this import now; empty: none.
  std::string job_of(const Import& import) const;
  /// One short transaction: the import counts from now on. Error import.not_ready.
  Result<Import> commit(const std::string& facility, const std::string& id);
  /// Takes back the last import that counts. Error import.not_last.
  Result<Import> undo(const std::string& facility, const std::string& id);
  /// Drops an import that does not count; one that is being read too. Error import.not_ready.
  Result<Import> discard(const std::string& facility, const std::string& id);

  std::vector<AnswerRow> answers(const std::string& facility) const;
  /// `seen`: when the answer was given that the editor saw (empty: he saw none); nothing: it replaces any.
  /// Errors: answer.bad_value, edit.changed_meanwhile.
  Status answer(const std::string& facility, const std::string& element, const std::string& field,
                const std::string& json, const std::string& by, const std::optional<std::string>& seen = {});
  Status remove_answer(const std::string& facility, const std::string& element, const std::string& field);

  /// Imports that nobody reads any more, since the process that did is gone, are read again: by one of those
  /// that are there. Called at start-up and whenever a process is gone.
  void resume();
  /// To be told of each change of a job (store::Jobs::Changed): an import whose job was cancelled is
  /// discarded, one whose job failed is refused, one whose job was interrupted waits for resume().
  void follow(const store::Job& job);

 private:
  struct Counting {
    std::vector<Import> imports;  // oldest first
    std::vector<Answer> answers;
    std::int64_t version = 0;
  };

  struct Drawn {
    std::int64_t version = 0;
    std::string assumed;  // hash of what was assumed: usual table and registry
    std::shared_ptr<const Cartography> map;
  };

  Result<Counting> counting(const std::string& facility) const;
  Result<Source> source_of(const Import& import);
  Source keep(const Import& import, Source source);
  std::vector<Source> sources_of(const Counting& counting, std::vector<Finding>& lost);
  /// What the files and answers say, and perhaps one file more; nothing assumed.
  Cartography draw_with(const std::string& facility, const Counting& counting, const Source* extra);
  std::function<Status(store::JobContext&)> reading_of(const Import& import,
                                                       std::optional<std::vector<ColumnMapping>> mapping);
  Status read_now(Import import, std::optional<std::vector<ColumnMapping>> mapping,
                  store::JobContext& context);
  std::vector<std::string> ever_known(const std::string& facility, const Counting& counting);
  void save(const Import& import);
  std::optional<std::vector<ColumnMapping>> remembered(const std::string& facility,
                                                       const std::string& key) const;
  void publish_facility(const std::string& facility);

  Parts parts_;
  std::mutex mutex_;
  std::map<std::string, Source> sources_;  // by import and mapping
  std::map<std::string, Drawn> drawn_;     // by facility
};

}  // namespace releve::cartography
