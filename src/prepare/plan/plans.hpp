// SPDX-License-Identifier: EUPL-1.2
// The digital white plans that this instance keeps: at most one draft per facility, and the versions that its
// director adopted, which never change. Thread-safe.
#pragma once

#include "foundation/base/secrets.hpp"
#include "foundation/store/past.hpp"
#include "prepare/plan/contact_sheet.hpp"
#include "prepare/plan/edit.hpp"
#include "prepare/plan/version.hpp"

#include <functional>

namespace releve::plan {

/// A version and what it says. `version.document` is empty: `document` is it, unsealed.
struct OpenPlan {
  PlanVersion version;
  PlanDocument document;
};

/// What a version is on this day. In force is the last adopted one whose first day has come.
enum class VersionState { draft, adopted, in_force, past };

constexpr auto describe(VersionState*) {
  return Names{name(VersionState::draft, "draft"), name(VersionState::adopted, "adopted"),
               name(VersionState::in_force, "in_force"), name(VersionState::past, "past")};
}

/// Of each of a facility's versions, newest first.
std::vector<VersionState> states_of(const std::vector<PlanVersion>& versions, const std::string& today);

/// The bodies to be heard before this draft can be adopted, as far as they were not. When it differs from the
/// version before in its directory and inventories alone, that version's opinions stand.
std::vector<Body> bodies_to_hear(const OpenPlan& draft, const std::optional<OpenPlan>& before);

/// Adopted versions that a later one had followed by then, in force; never the last one, nor a draft.
/// `engine` of the database.
store::Past past_plans(std::string_view engine);

class Plans {
 public:
  struct Parts {
    store::Database& database;
    const Clock& clock;
    InstanceKey key;
    std::function<std::string(const std::string& facility)> zone;  // IANA's name of its time
    std::function<void(const std::string& facility)> changed;      // told after each change
  };

  explicit Plans(Parts parts) : parts_(std::move(parts)) {}

  /// Newest first, without their documents.
  std::vector<PlanVersion> versions(const std::string& facility) const;
  /// Errors: plan.no_such_version; plan.no_draft; plan.none_in_force.
  Result<OpenPlan> version(const std::string& facility, std::int64_t number) const;
  Result<OpenPlan> draft(const std::string& facility) const;
  Result<OpenPlan> in_force(const std::string& facility) const;
  /// The day that the facility has now: by it a plan is in force, a delegation holds, a number is old.
  std::string today(const std::string& facility) const;
  /// The last version that was adopted before this one.
  std::optional<OpenPlan> adopted_before(const std::string& facility, std::int64_t number) const;

  /// Begins a draft: a copy of the last adopted version; when there is none, `first`. Error
  /// plan.draft_exists.
  Result<OpenPlan> begin(const std::string& facility, const PlanDocument& first, const std::string& by);
  /// The facility is the edit's. Errors: those of put(), remove() and move(), plan.no_draft.
  Result<OpenPlan> put(const PlanEdit& edit, const std::string& by);
  Result<OpenPlan> remove(const PlanRemoval& removal, const std::string& by);
  Result<OpenPlan> move(const PlanMove& move, const std::string& by);
  /// Adds those sheets whose services have none yet.
  Result<OpenPlan> add_services(const std::string& facility, const std::vector<ServiceSheet>& sheets,
                                const std::string& by);
  /// Takes these people into the draft's directory as it was seen. Errors: plan.draft_moved,
  /// plan.too_many_contacts, plan.no_draft.
  Result<OpenPlan> take_contacts(const std::string& facility, const std::vector<ListedContact>& listed,
                                 std::int64_t seen, const std::string& by);
  /// Replaces that body's former opinion. Errors: plan.bad_day, plan.no_draft.
  Result<OpenPlan> hear(const std::string& facility, Opinion opinion, const std::string& by);
  /// Adopts the draft as it was seen. Errors: plan.bad_day, plan.opinion_missing, plan.draft_moved,
  /// plan.no_draft.
  Result<OpenPlan> adopt(const std::string& facility, Adoption adoption, std::int64_t seen,
                         const std::string& by);
  /// Keeps a version that another instance adopted, under its number. Error plan.version_exists.
  Status take_in(const std::string& facility, std::int64_t number, const PlanDocument& document,
                 const Adoption& adoption, const std::string& by);
  /// Drops the draft as it was seen; one on which opinions are recorded only with `also_heard`. Errors:
  /// plan.draft_moved, plan.no_draft, plan.heard_already.
  Status discard(const std::string& facility, std::int64_t seen, bool also_heard);

 private:
  using Work = std::function<Status(OpenPlan& draft, store::Transaction& transaction)>;
  /// The draft, worked on in one transaction and kept with its next revision.
  Result<OpenPlan> change(const std::string& facility, const std::string& by, const Work& work);
  std::vector<PlanVersion> rows(store::Transaction& t, const std::string& facility) const;
  OpenPlan unsealed(PlanVersion row) const;
  /// Refuses a document that would not read back.
  Result<std::string> sealed(const OpenPlan& plan) const;
  std::optional<OpenPlan> adopted_below(store::Transaction& t, const std::string& facility,
                                        std::int64_t number) const;

  Parts parts_;
};

}  // namespace releve::plan
