// SPDX-License-Identifier: EUPL-1.2
// The paper sets that this instance has made: from the plan in force, as jobs, kept sealed. Thread-safe.
#pragma once

#include "foundation/base/secrets.hpp"
#include "foundation/store/files.hpp"
#include "foundation/store/jobs.hpp"
#include "foundation/store/past.hpp"
#include "prepare/cartography/facilities.hpp"
#include "respond/pack/paper.hpp"
#include "respond/pack/paper_set.hpp"

namespace releve::pack {

/// Sets that a later one of their facility and language had followed by then; never the last one in place.
store::Past past_paper_sets();

/// A plan as PDF, now: for a job, and for the command line. `folder` is for temporary files. Errors: those of
/// report::pdf_of().
Result<std::string> pdf_of(const plan::OpenPlan& plan, const PaperSettings& settings,
                           const Catalogue& catalogue, const std::string& folder,
                           const std::stop_token& stop = {});

class PaperSets {
 public:
  struct Parts {
    store::Database& database;
    store::FileStore& files;
    store::Jobs& jobs;
    const Clock& clock;
    InstanceKey key;
    const plan::Plans& plans;
    const cartography::Facilities& facilities;
    const Catalogue& catalogue;
    std::string origin;
    std::vector<Letters> letters;
  };

  explicit PaperSets(Parts parts) : parts_(std::move(parts)) {}

  /// Makes a set of the plan in force; one that is being made already is that job. Errors:
  /// plan.none_in_force.
  Result<store::Job> make(const std::string& facility, Language language, const std::string& by);
  /// Makes again what has been made before and is of another version than the one in force, or too old.
  void refresh();

  /// Newest first.
  std::vector<PaperSet> list(const std::string& facility) const;
  /// Error pack.no_such_set.
  Result<PaperSet> find(const std::string& facility, const std::string& id) const;
  /// The set put in place last.
  std::optional<PaperSet> in_place(const std::string& facility) const;
  /// The last job that made a set here.
  std::optional<store::Job> last_job(const std::string& facility) const;
  /// Errors: pack.no_such_set, store.file_missing.
  Result<std::string> pdf(const PaperSet& set) const;
  /// Errors: pack.no_such_set, plan.bad_day.
  Status place(const std::string& facility, const std::string& id, Placing placing, const std::string& by);
  /// Keeps a PDF as a set.
  Result<PaperSet> keep(const std::string& facility, std::int64_t number, Language language,
                        const std::string& pdf, const std::string& by);

  std::string today(const std::string& facility) const { return parts_.plans.today(facility); }

  /// In force at this facility; nothing: none.
  std::optional<std::int64_t> number_in_force(const std::string& facility) const;

 private:
  Status work(const std::string& facility, Language language, const std::string& by,
              store::JobContext& context);

  Parts parts_;
};

}  // namespace releve::pack
