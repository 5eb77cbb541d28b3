// SPDX-License-Identifier: EUPL-1.2
// The assessments of a facility: jobs whose outcome is stored as a file with its seed, model version and
// input hash, and can be replayed. What-ifs are answered from memory; after a restart they are computed
// again from the same seed, as long as the input is the same.
#pragma once

#include "foundation/api/endpoint.hpp"
#include "foundation/store/jobs.hpp"
#include "prepare/assessment/assess.hpp"
#include "prepare/cartography/facilities.hpp"

#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <string>

namespace releve::assessment {

enum class AssessmentState { running, done, failed, cancelled, interrupted };

constexpr auto describe(AssessmentState*) {
  return Names{name(AssessmentState::running, "running"), name(AssessmentState::done, "done"),
               name(AssessmentState::failed, "failed"), name(AssessmentState::cancelled, "cancelled"),
               name(AssessmentState::interrupted, "interrupted")};
}

struct RunParameters {
  std::string scenario = "crisis";
};

constexpr auto describe(RunParameters*) {
  return Fields{field<&RunParameters::scenario>("scenario")};
}

/// One row of the table `assessment`.
struct Assessment {
  std::string id;
  std::string facility;
  RunParameters parameters;
  AssessmentState state = AssessmentState::running;
  std::string seed;
  std::int64_t worlds = 0;
  std::string model_version;
  std::string input_hash;
  std::string outcome_file;  // hash; empty until done
  std::optional<Headline> headline;
  Instant created{};
  std::string created_by;
};

constexpr auto describe(Assessment*) {
  return Fields{field<&Assessment::id>("identity"),
                field<&Assessment::facility>("whose"),
                field<&Assessment::parameters>("what was asked"),
                field<&Assessment::state>("where it stands"),
                field<&Assessment::seed>("seed"),
                field<&Assessment::worlds>("number of worlds"),
                field<&Assessment::model_version>("engine and tables"),
                field<&Assessment::input_hash>("everything that went in"),
                field<&Assessment::outcome_file>("hash of the outcome document"),
                field<&Assessment::headline>("the overview"),
                field<&Assessment::created>("asked for at"),
                field<&Assessment::created_by>("by whom")};
}

/// The last assessment of a facility that was done, as upper levels may see it.
struct LatestIndicators {
  std::string facility;
  Instant assessed{};
  std::string model_version;
  Indicators figures;
};

constexpr auto describe(LatestIndicators*) {
  return Fields{field<&LatestIndicators::facility>("whose"),
                field<&LatestIndicators::assessed>("asked for at"),
                field<&LatestIndicators::model_version>("engine and tables"),
                field<&LatestIndicators::figures>("its figures")};
}

/// The tables in force; replaced as a whole.
struct TablesInForce {
  Tables tables;
  cartography::Defaults defaults;
};

/// Assessments that a later one of the same facility stands in for.
store::Past past_assessments();

/// Thread-safe.
class Assessments {
 public:
  struct Parts {
    store::Database& database;
    store::FileStore& files;
    store::Jobs& jobs;
    const Clock& clock;
    cartography::Facilities& facilities;
    std::function<std::shared_ptr<const TablesInForce>()> tables;
    unsigned threads = 1;
    cartography::Publish publish;  // topic "assessment"
  };

  /// Assessments that nobody works on any more become interrupted.
  explicit Assessments(Parts parts);
  /// To be told of each change of a job (store::Jobs::Changed): the assessment of a job that ended without it
  /// is cancelled, failed or interrupted like its job.
  void follow(const store::Job& job);

  /// Errors: assessment.unknown_scenario, facility.not_found.
  Result<std::pair<Assessment, store::Job>> start(const std::string& facility, const std::string& scenario,
                                                  std::uint32_t worlds, std::uint64_t seed,
                                                  const std::string& by);
  std::vector<Assessment> list(const std::string& facility) const;  // newest first
  /// Identity of the last one done.
  std::optional<std::string> latest_done(const std::string& facility) const;
  /// Of those of these places that have any (nothing: of all), by facility.
  std::vector<LatestIndicators> indicators(const std::optional<std::vector<std::string>>& places) const;
  Result<Assessment> find(const std::string& facility, const std::string& id) const;
  /// The outcome document, as stored. Error assessment.not_done.
  Result<std::string> outcome(const std::string& facility, const std::string& id) const;
  /// A first answer on a few worlds, as long as the assessment runs and once it has one; gone afterwards.
  /// Error assessment.no_preliminary.
  Result<Outcome> preliminary(const std::string& facility, const std::string& id) const;
  /// In memory, or computed again. Error assessment.input_changed when the facility has changed since.
  Result<std::shared_ptr<const Assessed>> recall(const std::string& facility, const std::string& id);
  /// The job that works for this assessment now; empty: none.
  std::string job_of(const Assessment& row) const;

  unsigned threads() const { return parts_.threads; }

  std::shared_ptr<const TablesInForce> tables() const { return parts_.tables(); }

 private:
  Status run(Assessment row, store::JobContext& context);
  Status set_state(const Assessment& row);
  void show_preliminary(const Assessment& row, const Outcome& outcome);
  void remember(const std::string& id, std::shared_ptr<const Assessed> assessed);

  Parts parts_;
  std::mutex mutex_;
  std::list<std::pair<std::string, std::shared_ptr<const Assessed>>> recent_;  // newest first, a few
};

std::vector<api::Endpoint> endpoints(Assessments& assessments, cartography::Facilities& facilities);

}  // namespace releve::assessment
