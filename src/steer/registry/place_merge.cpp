// SPDX-License-Identifier: EUPL-1.2
#include "steer/registry/place_merge.hpp"

namespace releve::registry {

int trust_in(std::string_view source) {
  return source == "finess" ? 2 : source == "sae" ? 1 : 0;
}

PlaceVersion completed(PlaceVersion wanted, const PlaceVersion& old) {
  if (trust_in(wanted.source) < trust_in(old.source)) {
    PlaceVersion kept = old;
    kept.from_day = wanted.from_day;
    return kept;
  }
  // `closed` is not among them: a source that is believed and does not say closed says open.
  for (auto member :
       {&PlaceVersion::name, &PlaceVersion::long_name, &PlaceVersion::category, &PlaceVersion::category_name,
        &PlaceVersion::sector, &PlaceVersion::department, &PlaceVersion::insee, &PlaceVersion::postcode,
        &PlaceVersion::town, &PlaceVersion::siret, &PlaceVersion::opened}) {
    if ((wanted.*member).empty()) {
      wanted.*member = old.*member;
    }
  }
  return wanted;
}

bool same_facts(const PlaceVersion& a, const PlaceVersion& b) {
  PlaceVersion other = b;
  other.from_day = a.from_day;
  other.to_day = a.to_day;
  return a == other;
}

std::vector<PlaceChange> told_changes(const PlaceVersion& old, const PlaceVersion& wanted) {
  std::vector<PlaceChange> list;
  const auto tell = [&](bool changed, ChangeKind kind, std::string before, std::string after) {
    if (changed) {
      list.push_back({kind, wanted.place, wanted.name, std::move(before), std::move(after)});
    }
  };
  tell(old.closed.empty() && !wanted.closed.empty(), ChangeKind::closed, "", wanted.closed);
  tell(!old.closed.empty() && wanted.closed.empty(), ChangeKind::reopened, old.closed, "");
  tell(old.name != wanted.name && !old.name.empty(), ChangeKind::renamed, old.name, wanted.name);
  tell(old.department != wanted.department || old.insee != wanted.insee || old.town != wanted.town,
       ChangeKind::moved, old.department + " " + old.town, wanted.department + " " + wanted.town);
  tell(old.category != wanted.category && !old.category.empty(), ChangeKind::recategorised, old.category,
       wanted.category);
  return list;
}

}  // namespace releve::registry
