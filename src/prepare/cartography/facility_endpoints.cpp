// SPDX-License-Identifier: EUPL-1.2
// A facility as the page reads it, and what people answered.
#include "foundation/api/bind.hpp"
#include "prepare/cartography/endpoints.hpp"

namespace releve::cartography {

using api::Method;
using api::Right;
using api::Session;

struct FacilityCount {
  std::string element;
  std::int64_t count = 0;
  std::int64_t confirmed = 0;
};

struct FacilityView {
  std::string id;
  std::string name;
  bool fictional = false;
  std::int64_t version = 0;
  Instant created{};
  std::vector<FacilityCount> counts;
  Confirmed confirmed;
  std::string place;
  std::vector<RegisteredSite> sites;
  std::vector<Finding> findings;
  std::optional<Instant> last_import;
  std::optional<std::string> latest_assessment;
};

struct FacilityRow {
  std::string id;
  std::string name;
  bool fictional = false;
  std::int64_t version = 0;
  Instant created{};
  std::int64_t services = 0;
  bool open = false;
};

struct FacilityRows {
  std::vector<FacilityRow> items;
};

struct NewFacility {
  std::string id;
  std::string name;
  bool fictional = false;
};

struct RenameBody {
  std::string facility;
  std::string name;
  std::optional<std::string> seen;
};

struct SitesBody {
  std::string facility;
  std::vector<std::string> sites;
  std::optional<std::vector<std::string>> seen;
};

struct AnswerBody {
  std::string facility;
  std::string element;
  std::string field;
  std::string value;
  std::optional<std::string> seen;
};

struct AnswerPath {
  std::string facility;
  std::string element;
  std::string field;
};

struct AnswerViews {
  std::vector<AnswerRow> items;
};

constexpr auto describe(FacilityCount*) {
  return Fields{field<&FacilityCount::element>("kind of element"), field<&FacilityCount::count>("how many"),
                field<&FacilityCount::confirmed>("with at least one given fact")};
}

constexpr auto describe(FacilityView*) {
  return Fields{field<&FacilityView::id>("identity"),
                field<&FacilityView::name>("name"),
                field<&FacilityView::fictional>("a demonstration"),
                field<&FacilityView::version>("of its cartography"),
                field<&FacilityView::created>("since"),
                field<&FacilityView::counts>("elements by kind"),
                field<&FacilityView::confirmed>("how much the hospital has said"),
                field<&FacilityView::place>("its id in the registry; empty: not known there"),
                field<&FacilityView::sites>("places of the registry that share its system"),
                field<&FacilityView::findings>("what to look at"),
                field<&FacilityView::last_import>("date of the last import that counts"),
                field<&FacilityView::latest_assessment>("last one done")};
}

constexpr auto describe(FacilityRow*) {
  return Fields{field<&FacilityRow::id>("identity"),
                field<&FacilityRow::name>("name"),
                field<&FacilityRow::fictional>("a demonstration"),
                field<&FacilityRow::version>("of its cartography"),
                field<&FacilityRow::created>("since"),
                field<&FacilityRow::services>("care services"),
                field<&FacilityRow::open>("the reader may look into it")};
}

constexpr auto describe(FacilityRows*) {
  return Fields{field<&FacilityRows::items>("by name")};
}

constexpr auto describe(NewFacility*) {
  return Fields{field<&NewFacility::id>("identity: letters, digits, - and _; minted when absent",
                                        {.max_length = 64, .optional = true}),
                field<&NewFacility::name>("name", {.min_length = 1, .max_length = 200}),
                field<&NewFacility::fictional>("a demonstration", {.optional = true})};
}

constexpr auto describe(RenameBody*) {
  return Fields{field<&RenameBody::facility>("facility"),
                field<&RenameBody::name>("name", {.min_length = 1, .max_length = 200}),
                field<&RenameBody::seen>("the name on the screen: 409 when it is another by now; absent: any",
                                         {.max_length = 200, .optional = true})};
}

constexpr auto describe(SitesBody*) {
  return Fields{field<&SitesBody::facility>("facility"),
                field<&SitesBody::sites>("all places of the registry that share its system"),
                field<&SitesBody::seen>("those on the screen: 409 when they are others by now; absent: any",
                                        {.optional = true})};
}

constexpr auto describe(AnswerBody*) {
  return Fields{
      field<&AnswerBody::facility>("facility"),
      field<&AnswerBody::element>("element; empty: the facility", {.max_length = 140}),
      field<&AnswerBody::field>("its field", {.min_length = 1, .max_length = 64}),
      field<&AnswerBody::value>("JSON", {.min_length = 1, .max_length = 4000}),
      field<&AnswerBody::seen>("when the answer on the screen was given, empty: there was none; 409 "
                               "when it is another by now; absent: any",
                               {.max_length = 40, .optional = true})};
}

constexpr auto describe(AnswerPath*) {
  return Fields{field<&AnswerPath::facility>("facility"),
                field<&AnswerPath::element>("element; empty: the facility"),
                field<&AnswerPath::field>("its field")};
}

constexpr auto describe(AnswerViews*) {
  return Fields{field<&AnswerViews::items>("newest first")};
}

namespace {

template <class T>
FacilityCount count_of(const char* element, const std::vector<T>& list) {
  std::int64_t confirmed = 0;
  for (const T& one : list) {
    confirmed += one.origins.empty() ? 0 : 1;
  }
  return {element, static_cast<std::int64_t>(list.size()), confirmed};
}

Result<FacilityView> facility_view(Facilities& facilities, const LatestAssessment& latest_assessment,
                                   const std::string& id) {
  const Facility row = TRY(facilities.find(id));
  const auto map = TRY(facilities.draw(id));
  FacilityView view;
  view.id = row.id;
  view.name = row.name;
  view.fictional = row.fictional != 0;
  view.version = row.version;
  view.created = row.created;
  view.confirmed = confirmed(*map);
  Registered known = TRY(facilities.registered(id));
  view.place = std::move(known.place);
  view.sites = std::move(known.sites);
  view.findings = map->findings;
  view.latest_assessment = latest_assessment(id);
  view.counts = {count_of("service", map->services), count_of("application", map->applications),
                 count_of("component", map->components), count_of("dependency", map->dependencies),
                 count_of("zone", map->zones)};
  const auto machines = static_cast<std::int64_t>(map->machines.size());
  const auto accounts = static_cast<std::int64_t>(map->directory->objects.size());
  view.counts.push_back({"machine", machines, machines});
  view.counts.push_back({"account", accounts, accounts});
  for (const Import& import : facilities.imports(id)) {
    if (import.state == ImportState::committed) {
      view.last_import =
          view.last_import ? std::max(*view.last_import, *import.committed) : *import.committed;
    }
  }
  return view;
}

}  // namespace

std::vector<api::Endpoint> facility_endpoints(Facilities& facilities, LatestAssessment latest_assessment) {
  using api::on;
  const auto view = [&facilities, latest_assessment = std::move(latest_assessment)](const std::string& id) {
    return facility_view(facilities, latest_assessment, id);
  };
  return {
      api::listed(on(Method::get, "/facilities", Right::indicators, "Facilities",
                     [&facilities](const Session& session, const api::Nothing&) -> Result<FacilityRows> {
                       FacilityRows rows;
                       for (const Facility& one : facilities.list(session.places(Right::indicators))) {
                         rows.items.push_back({one.id, one.name, one.fictional != 0, one.version, one.created,
                                               TRY(facilities.count_services(one)),
                                               session.can(Right::view, one.id)});
                       }
                       return rows;
                     })),
      api::of_instance(on(Method::post, "/facilities", Right::edit, "Add a facility",
                          [&facilities, view](const Session&, const NewFacility& in) -> Result<FacilityView> {
                            const Facility made = TRY(facilities.create(in.id, in.name, in.fictional));
                            return view(made.id);
                          })),
      on(Method::get, "/facilities/{facility}", Right::view, "One facility",
         [view](const Session&, const FacilityPath& in) { return view(in.facility); }),
      on(Method::post, "/facilities/{facility}/rename", Right::edit, "Rename a facility",
         [&facilities, view](const Session&, const RenameBody& in) -> Result<FacilityView> {
           TRY(facilities.rename(in.facility, in.name, in.seen));
           return view(in.facility);
         }),
      on(Method::post, "/facilities/{facility}/sites", Right::edit, "Say which sites share its system",
         [&facilities, view](const Session&, const SitesBody& in) -> Result<FacilityView> {
           TRY(facilities.share_system(in.facility, in.sites, in.seen));
           return view(in.facility);
         }),
      on(Method::get, "/facilities/{facility}/answers", Right::view, "Answers",
         [&facilities](const Session&, const FacilityPath& in) -> Result<AnswerViews> {
           TRY(facilities.find(in.facility));
           return AnswerViews{facilities.answers(in.facility)};
         }),
      on(Method::post, "/facilities/{facility}/answers", Right::edit, "Answer a question or override a fact",
         [&facilities, view](const Session& session, const AnswerBody& in) -> Result<FacilityView> {
           TRY(facilities.answer(in.facility, in.element, in.field, in.value, session.user, in.seen));
           return view(in.facility);
         }),
      on(Method::post, "/facilities/{facility}/answers/remove", Right::edit, "Take an answer back",
         [&facilities, view](const Session&, const AnswerPath& in) -> Result<FacilityView> {
           TRY(facilities.remove_answer(in.facility, in.element, in.field));
           return view(in.facility);
         }),
  };
}

}  // namespace releve::cartography
