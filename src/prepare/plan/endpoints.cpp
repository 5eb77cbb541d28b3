// SPDX-License-Identifier: EUPL-1.2
#include "prepare/plan/endpoints.hpp"

#include "foundation/api/bind.hpp"
#include "prepare/plan/views.hpp"

namespace releve::plan {

using api::Method;
using api::Right;
using api::Session;

namespace {

constexpr std::uint64_t largest_edit = 200'000;  // bytes: one item

PlanVersionRow row_of(const PlanVersion& version, VersionState state) {
  return {version.number,    state,           version.revision,   version.opinions,
          version.adoption,  version.created, version.created_by, version.changed,
          version.changed_by};
}

void withhold(PlanDocument& document) {
  for (CrisisContact& one : document.contacts) {
    one.phone.clear();
    one.other_phone.clear();
    one.mail.clear();
  }
}

/// The handlers' common ground.
class Desk {
 public:
  explicit Desk(EndpointParts parts) : parts_(std::move(parts)) {}

  Plans& plans() const { return parts_.plans; }

  Result<PlanVersionRows> versions(const std::string& facility) const {
    TRY(parts_.facilities.find(facility));
    PlanVersionRows rows;
    const auto list = plans().versions(facility);
    const auto states = states_of(list, plans().today(facility));
    for (std::size_t i = 0; i < list.size(); ++i) {
      rows.items.push_back(row_of(list[i], states[i]));
    }
    return rows;
  }

  Result<PlanView> view(const Session& session, OpenPlan plan) const {
    const std::string& facility = plan.version.facility;
    PlanView view;
    // The words and their revision are of one reading; only what has become of them since is asked anew.
    view.version = row_of(plan.version, VersionState::draft);
    for (const PlanVersionRow& one : TRY(versions(facility)).items) {
      if (one.number == plan.version.number) {
        view.version.state = one.state;
      }
    }
    if (!plan.version.adoption) {
      view.to_hear = bodies_to_hear(plan, plans().adopted_before(facility, plan.version.number));
    }
    Surroundings around{plans().today(facility), {}};
    for (const auto& one : TRY(parts_.facilities.draw(facility))->services) {
      around.services.push_back({one.id, one.name});
    }
    Completeness looked = completeness(plan.document, around);
    view.parts = std::move(looked.parts);
    view.findings = std::move(looked.findings);
    view.withheld = !may_call(session, facility);
    if (view.withheld) {
      withhold(plan.document);
    }
    view.document = std::move(plan.document);
    return view;
  }

  Result<PlanView> begin(const Session& session, const std::string& facility) const {
    const auto known = TRY(parts_.facilities.find(facility));
    auto found = TRY(sheets(session, facility));
    const PlanDocument first = first_draft(library_for(session), known.name, std::move(found));
    return view(session, TRY(plans().begin(facility, first, session.user)));
  }

  Result<std::vector<ServiceSheet>> sheets(const Session& session, const std::string& facility) const {
    return service_sheets(library_for(session), *TRY(parts_.facilities.draw(facility)), *parts_.defaults());
  }

  Result<PlanDifference> difference_of(const Session& session, const DifferenceQuery& in) const {
    OpenPlan after = TRY(plans().version(in.facility, in.number));
    OpenPlan before;
    if (in.from != 0) {
      before = TRY(plans().version(in.facility, in.from));
    } else if (auto adopted = plans().adopted_before(in.facility, in.number)) {
      before = std::move(*adopted);
    }
    if (!may_call(session, in.facility)) {
      withhold(before.document);
      withhold(after.document);
    }
    return PlanDifference{before.version.number, in.number, difference(before.document, after.document)};
  }

 private:
  static bool may_call(const Session& session, const std::string& facility) {
    return session.can(Right::edit, facility) || session.can(Right::crisis, facility);
  }

  const PlanDocument& library_for(const Session& session) const {
    return parts_.library.at(session.language == "en" ? "en" : "fr");
  }

  EndpointParts parts_;
};

std::vector<api::Endpoint> reading(const std::shared_ptr<const Desk>& desk) {
  using api::on;
  return {
      on(Method::get, "/facilities/{facility}/plan", Right::view, "Versions of the digital white plan",
         [desk](const Session&, const FacilityOnly& in) -> Result<PlanVersionRows> {
           return desk->versions(in.facility);
         }),
      on(Method::get, "/facilities/{facility}/plan/in-force", Right::crisis, "The plan in force",
         [desk](const Session& session, const FacilityOnly& in) -> Result<PlanView> {
           return desk->view(session, TRY(desk->plans().in_force(in.facility)));
         }),
      on(Method::get, "/facilities/{facility}/plan/versions/{number}", Right::view,
         "One version, with what it lacks",
         [desk](const Session& session, const VersionPath& in) -> Result<PlanView> {
           return desk->view(session, TRY(desk->plans().version(in.facility, in.number)));
         }),
      on(Method::get, "/facilities/{facility}/plan/versions/{number}/difference", Right::view,
         "What a version changes",
         [desk](const Session& session, const DifferenceQuery& in) {
           return desk->difference_of(session, in);
         }),
  };
}

std::vector<api::Endpoint> writing(const std::shared_ptr<const Desk>& desk) {
  using api::on;
  std::vector<api::Endpoint> rows = {
      on(Method::post, "/facilities/{facility}/plan/draft", Right::edit,
         "Begin a draft: from the version adopted last, or from the library and the cartography",
         [desk](const Session& session, const FacilityOnly& in) {
           return desk->begin(session, in.facility);
         }),
      on(Method::post, "/facilities/{facility}/plan/draft/items", Right::edit, "Put one item of the draft",
         [desk](const Session& session, const PlanEdit& in) -> Result<PlanView> {
           return desk->view(session, TRY(desk->plans().put(in, session.user)));
         }),
      on(Method::post, "/facilities/{facility}/plan/draft/items/remove", Right::edit,
         "Take one item out of the draft",
         [desk](const Session& session, const PlanRemoval& in) -> Result<PlanView> {
           return desk->view(session, TRY(desk->plans().remove(in, session.user)));
         }),
      on(Method::post, "/facilities/{facility}/plan/draft/items/move", Right::edit,
         "Give one item of the draft another place in its part",
         [desk](const Session& session, const PlanMove& in) -> Result<PlanView> {
           return desk->view(session, TRY(desk->plans().move(in, session.user)));
         }),
      on(Method::post, "/facilities/{facility}/plan/draft/services", Right::edit,
         "Add the care services that the cartography has and the draft not",
         [desk](const Session& session, const FacilityOnly& in) -> Result<PlanView> {
           const auto sheets = TRY(desk->sheets(session, in.facility));
           return desk->view(session, TRY(desk->plans().add_services(in.facility, sheets, session.user)));
         }),
      on(Method::post, "/facilities/{facility}/plan/draft/opinions", Right::adopt, "Record a body's opinion",
         [desk](const Session& session, const OpinionBody& in) -> Result<PlanView> {
           return desk->view(session, TRY(desk->plans().hear(in.facility, in.opinion, session.user)));
         }),
      on(Method::post, "/facilities/{facility}/plan/draft/adopt", Right::adopt,
         "Record the director's decision: the draft becomes a version that never changes",
         [desk](const Session& session, const AdoptionBody& in) -> Result<PlanView> {
           const Adoption adoption{in.director, in.day, in.reference, in.in_force, {}, {}};
           return desk->view(session, TRY(desk->plans().adopt(in.facility, adoption, in.seen, session.user)));
         }),
      on(Method::post, "/facilities/{facility}/plan/draft/discard", Right::edit, "Drop the draft",
         [desk](const Session& session, const DiscardBody& in) -> Result<PlanVersionRows> {
           TRY(desk->plans().discard(in.facility, in.seen, session.can(Right::adopt, in.facility)));
           return desk->versions(in.facility);
         }),
  };
  for (api::Endpoint& row : rows) {
    row.max_body = largest_edit;
  }
  return rows;
}

}  // namespace

std::vector<api::Endpoint> endpoints(EndpointParts parts) {
  const auto desk = std::make_shared<const Desk>(std::move(parts));
  std::vector<api::Endpoint> rows = reading(desk);
  auto more = writing(desk);
  std::move(more.begin(), more.end(), std::back_inserter(rows));
  return rows;
}

}  // namespace releve::plan
