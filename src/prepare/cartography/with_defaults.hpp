// SPDX-License-Identifier: EUPL-1.2
// An element as a reader sees it: with its defaults in place of what nobody said. Its origins still tell them
// from what was given; a fact for which there is no default stays without a value. Private to this room.
#pragma once

#include "prepare/cartography/defaults.hpp"

namespace releve::cartography {

Service with_defaults(Service one, const Defaults& defaults);
Application with_defaults(Application one, const Defaults& defaults);
Component with_defaults(Component one, const Defaults& defaults);
Zone with_defaults(Zone one, const Defaults& defaults);
Dependency with_defaults(Dependency one, const Cartography& map, const Defaults& defaults);

}  // namespace releve::cartography
