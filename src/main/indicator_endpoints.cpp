// SPDX-License-Identifier: EUPL-1.2
// What upper levels see of the facilities below them: a few figures of the last assessment, and nothing of
// the cartography. Here because it joins the registry (who is within whom) with the assessments.
#include "foundation/api/bind.hpp"
#include "main/instance_endpoints.hpp"

#include <algorithm>
#include <iterator>
#include <map>

namespace releve::main {

using api::Right;
using api::Session;

struct IndicatorsQuery {
  std::string within;
  registry::Hierarchy hierarchy = registry::Hierarchy::region;
};

struct FacilityIndicators {
  std::string facility;
  std::string name;
  bool fictional = false;
  std::optional<assessment::LatestIndicators> latest;
};

struct FacilityIndicatorRows {
  std::vector<FacilityIndicators> items;
};

constexpr auto describe(IndicatorsQuery*) {
  return Fields{field<&IndicatorsQuery::within>("only what this place holds, and itself; empty: all",
                                                {.max_length = 80, .optional = true}),
                field<&IndicatorsQuery::hierarchy>("along which hierarchy", {.optional = true})};
}

constexpr auto describe(FacilityIndicators*) {
  return Fields{field<&FacilityIndicators::facility>("identity"), field<&FacilityIndicators::name>("name"),
                field<&FacilityIndicators::fictional>("a demonstration"),
                field<&FacilityIndicators::latest>("of the last assessment done; null: none yet")};
}

constexpr auto describe(FacilityIndicatorRows*) {
  return Fields{field<&FacilityIndicatorRows::items>("by name")};
}

namespace {

using Places = std::optional<std::vector<std::string>>;  // nothing: all

/// Those of the place asked for of which this reader may know the figures. Error api.no_such_place: the
/// registry, which everybody may read, has none of that name.
Result<Places> places_asked(const House& house, const Session& session, const IndicatorsQuery& in) {
  auto allowed = session.places(Right::indicators);
  if (in.within.empty()) {
    return allowed;
  }
  if (!house.places->knows(in.within)) {
    return Error{ErrorKind::not_found, message("api.no_such_place"), "within"};
  }
  std::vector<std::string> within = house.places->within(in.within, in.hierarchy, session.now);
  std::sort(within.begin(), within.end());
  if (!allowed) {
    return Places(std::move(within));
  }
  std::vector<std::string> both;
  std::set_intersection(within.begin(), within.end(), allowed->begin(), allowed->end(),
                        std::back_inserter(both));
  return Places(std::move(both));
}

FacilityIndicatorRows rows_of(const House& house, const Places& places) {
  std::map<std::string, assessment::LatestIndicators> latest;
  for (auto& one : house.assessments->indicators(places)) {
    latest.emplace(one.facility, std::move(one));
  }
  FacilityIndicatorRows rows;
  for (const auto& facility : house.facilities->list(places)) {
    const auto found = latest.find(facility.id);
    rows.items.push_back({facility.id, facility.name, facility.fictional != 0,
                          found == latest.end() ? std::nullopt : std::optional(found->second)});
  }
  return rows;
}

}  // namespace

std::vector<api::Endpoint> indicator_endpoints(House& house) {
  return {api::listed(
      api::on(api::Method::get, "/indicators", Right::indicators, "Figures of the facilities within reach",
              [&house](const Session& session, const IndicatorsQuery& in) -> Result<FacilityIndicatorRows> {
                return rows_of(house, TRY(places_asked(house, session, in)));
              }))};
}

}  // namespace releve::main
