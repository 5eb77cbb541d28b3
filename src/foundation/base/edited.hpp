// SPDX-License-Identifier: EUPL-1.2
// Two people edit the same thing.
#pragma once

#include "foundation/base/result.hpp"

#include <string>
#include <utility>

namespace releve {

/// Somebody else changed it since it was read: a conflict that carries both versions, for a person to choose.
inline Error changed_meanwhile(std::string theirs, std::string yours) {
  return {ErrorKind::conflict,
          message("edit.changed_meanwhile", {{"theirs", std::move(theirs)}, {"yours", std::move(yours)}}),
          {}};
}

}  // namespace releve
