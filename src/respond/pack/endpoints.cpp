// SPDX-License-Identifier: EUPL-1.2
#include "respond/pack/endpoints.hpp"

#include "foundation/api/bind.hpp"
#include "foundation/base/day.hpp"
#include "respond/pack/views.hpp"

namespace releve::pack {

using api::Method;
using api::Right;
using api::Session;

namespace {

PaperRow row_of(const PaperSet& set) {
  return {set.id, set.number, set.language, set.size, set.made, set.made_by, set.placed};
}

/// The newest set of each language, and the one that is in place.
PaperView view(const PaperSets& sets, const std::string& facility) {
  PaperView view;
  view.in_force = sets.number_in_force(facility);
  for (const auto& language : describe(static_cast<Language*>(nullptr)).entries) {
    for (const PaperSet& one : sets.list(facility)) {
      if (one.language == language.value) {
        view.items.push_back(row_of(one));
        break;
      }
    }
  }
  const auto in_place = sets.in_place(facility);
  if (in_place) {
    view.in_place = row_of(*in_place);
    view.days_in_place = days_between(in_place->placed->day, sets.today(facility));
  }
  if (view.in_force) {
    view.reprint = reprint(in_place, *view.in_force, sets.today(facility));
  }
  view.job = sets.last_job(facility);
  return view;
}

std::string file_name(const PaperSet& set) {
  return "releve-" + set.facility + "-v" + std::to_string(set.number) + "-" + day_of(set.made) + "-" +
         std::string(text_of(set.language)) + ".pdf";
}

}  // namespace

std::vector<api::Endpoint> endpoints(PaperSets& sets, const cartography::Facilities& facilities,
                                     const StickSource& stick) {
  using api::on;
  return {
      on(Method::get, "/facilities/{facility}/plan/paper", Right::crisis,
         "The paper sets of the plan in force, and whether to print again",
         [&sets, &facilities](const Session&, const PaperQuery& in) -> Result<PaperView> {
           TRY(facilities.find(in.facility));
           return view(sets, in.facility);
         }),
      on(Method::get, "/facilities/{facility}/plan/paper/{paper}/pdf", Right::crisis, "A paper set as PDF",
         [&sets](const Session&, const OnePaper& in) -> Result<api::File> {
           const auto set = TRY(sets.find(in.facility, in.paper));
           return api::File{"application/pdf", file_name(set), TRY(sets.pdf(set))};
         }),
      on(Method::get, "/facilities/{facility}/plan/stick", Right::crisis,
         "The page for a USB stick, with the plan in force",
         [stick, &facilities](const Session&, const StickQuery& in) -> Result<api::File> {
           const auto facility = TRY(facilities.find(in.facility));
           const auto plan = TRY(stick.plans.in_force(in.facility));
           const std::string day = stick.plans.today(in.facility);
           return api::File{
               "text/html",
               "releve-" + in.facility + "-v" + std::to_string(plan.version.number) + "-" + day + ".html",
               TRY(stick_page(stick.built, plan,
                              {facility.id, facility.name, day, std::string(text_of(in.language))},
                              *stick.obligations()))};
         }),
      on(Method::post, "/facilities/{facility}/plan/paper", Right::edit,
         "Make a paper set of the plan in force",
         [&sets](const Session& session, const PaperOrder& in) -> Result<PaperView> {
           TRY(sets.make(in.facility, in.language, session.user));
           return view(sets, in.facility);
         }),
      on(Method::post, "/facilities/{facility}/plan/paper/{paper}/placed", Right::edit,
         "Say that a paper set is printed and in place",
         [&sets](const Session& session, const PlacingBody& in) -> Result<PaperView> {
           TRY(sets.place(in.facility, in.paper, {in.day, in.who, {}, {}}, session.user));
           return view(sets, in.facility);
         }),
  };
}

}  // namespace releve::pack
