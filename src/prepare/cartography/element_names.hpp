// SPDX-License-Identifier: EUPL-1.2
// What people call the elements that dependencies link. Private to this room.
#pragma once

#include "prepare/cartography/cartography.hpp"

#include <string>
#include <string_view>
#include <unordered_map>

namespace releve::cartography {

/// Refers to the cartography: may not outlive it, nor see its lists change.
class ElementNames {
 public:
  explicit ElementNames(const Cartography& cartography) {
    const auto add = [&](const auto& list) {
      for (const auto& element : list) {
        if (!element.name.empty()) {
          names_.emplace(element.id, element.name);
        }
      }
    };
    add(cartography.services);
    add(cartography.applications);
    add(cartography.components);
  }

  /// The id itself where nobody gave a name.
  std::string of(std::string_view id) const {
    const auto found = names_.find(id);
    return std::string(found == names_.end() ? id : found->second);
  }

  std::string of(const Dependency& dependency) const {
    return of(dependency.consumer) + " → " + of(dependency.target);
  }

 private:
  std::unordered_map<std::string_view, std::string_view> names_;
};

}  // namespace releve::cartography
