// SPDX-License-Identifier: EUPL-1.2
#include "steer/registry/transfers.hpp"

#include <unordered_map>

namespace releve::registry {

void Transfers::note(const Known::One& site, const std::string& entity) {
  for (const Membership& one : site.memberships) {
    if (one.hierarchy == Hierarchy::legal && one.parent != entity) {
      Left& left = left_[one.parent];
      ++left.sites;
      if (!entity.empty()) {
        left.heirs.insert(entity);
      }
    }
  }
}

std::vector<std::pair<std::string, std::string>> Transfers::mergers(const Known& known) const {
  std::vector<std::pair<std::string, std::string>> list;
  if (left_.empty()) {
    return list;
  }
  std::unordered_map<std::string, std::size_t> sites;
  for (const auto& [id, one] : known.places) {
    for (const Membership& membership : one.memberships) {
      sites[membership.parent] += membership.hierarchy == Hierarchy::legal ? 1U : 0U;
    }
  }
  for (const auto& [entity, left] : left_) {
    if (left.heirs.size() == 1 && left.sites == sites[entity]) {
      list.emplace_back(entity, *left.heirs.begin());
    }
  }
  return list;
}

}  // namespace releve::registry
