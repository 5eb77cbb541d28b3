// SPDX-License-Identifier: EUPL-1.2
// Machines that go by another name than before: a machine's id is the best name that any file gives it
// (SID, else FQDN, else host name, else IP), so a file that knows a better one changes it.
#pragma once

#include "prepare/cartography/cartography.hpp"

#include <vector>

namespace releve::cartography {

/// What two names of one machine have in common.
enum class SameBy { fqdn, host_name, component, ip };

constexpr auto describe(SameBy*) {
  return Names{name(SameBy::fqdn, "fqdn"), name(SameBy::host_name, "host_name"),
               name(SameBy::component, "component"), name(SameBy::ip, "ip")};
}

struct Reidentified {
  const Machine* was = nullptr;  // of the list before
  const Machine* is =
      nullptr;  // of the list after: under a new id, or one known before that it turned out to be
  SameBy by = SameBy::host_name;
};

/// Both lists sorted by id; what is given points into them. A key that several machines share decides
/// nothing, and two computers of the directory are never one machine. Machines that stood in for a component
/// are replaced, one for one, by those that turn up for it.
std::vector<Reidentified> reidentified_machines(const std::vector<Machine>& before,
                                                const std::vector<Machine>& after);

}  // namespace releve::cartography
