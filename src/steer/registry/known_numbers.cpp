// SPDX-License-Identifier: EUPL-1.2
#include "steer/registry/known_numbers.hpp"

namespace releve::registry {

KnownNumbers::KnownNumbers(const Known& known, Changes& changes, std::string day)
    : known_(known), changes_(changes), day_(std::move(day)) {
  for (const auto& [key, place] : known.numbers) {
    by_place_[place].push_back(key);
  }
}

std::string KnownNumbers::place_of(const std::string& scheme, const std::string& number) const {
  if (number.empty()) {
    return {};
  }
  const auto fresh = fresh_.find({scheme, number});
  if (fresh != fresh_.end()) {
    return fresh->second;
  }
  const auto found = known_.numbers.find({scheme, number});
  return found == known_.numbers.end() ? std::string() : found->second;
}

void KnownNumbers::give(const std::string& scheme, const std::string& number, const std::string& place) {
  const std::string owner = place_of(scheme, number);
  if (number.empty() || owner == place) {
    return;
  }
  if (!owner.empty()) {
    changes_.lost_numbers.push_back({scheme, number, owner, {}, day_});
  }
  fresh_[{scheme, number}] = place;
  changes_.numbers.push_back({scheme, number, place, day_});
}

std::vector<std::string> KnownNumbers::replace_by(const std::string& scheme, const std::string& place,
                                                  const std::string& number) {
  std::vector<std::string> replaced;
  const auto found = by_place_.find(place);
  if (found == by_place_.end()) {
    return replaced;
  }
  for (const auto& [of_scheme, old] : found->second) {
    if (of_scheme == scheme && old != number) {
      changes_.lost_numbers.push_back({scheme, old, place, {}, day_});
      replaced.push_back(old);
    }
  }
  return replaced;
}

}  // namespace releve::registry
