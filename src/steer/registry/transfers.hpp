// SPDX-License-Identifier: EUPL-1.2
// Which sites left which legal entity, and for whom, while a file is compared. Not thread-safe.
#pragma once

#include "steer/registry/changes.hpp"

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace releve::registry {

class Transfers {
 public:
  /// The site belongs to this entity from now on; empty: to none.
  void note(const Known::One& site, const std::string& entity);
  /// An entity all of whose sites went to one other entity has merged into it: (who was, who is).
  std::vector<std::pair<std::string, std::string>> mergers(const Known& known) const;

 private:
  struct Left {
    std::size_t sites = 0;
    std::set<std::string> heirs;
  };

  std::map<std::string, Left> left_;  // by the entity left
};

}  // namespace releve::registry
