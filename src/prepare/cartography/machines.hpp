// SPDX-License-Identifier: EUPL-1.2
// The machines of a hospital: matched over all files, claimed by components, placed in zones.
#pragma once

#include "prepare/cartography/cartography.hpp"

#include <span>
#include <vector>

namespace releve::cartography {

/// At most this many machines are made for components that no file shows one by one.
inline constexpr std::size_t max_made_machines = 20'000;

/// The machines, sorted by id. Needs components, zones and directory of `cartography`; what is doubtful
/// (a machine claimed twice, one in two zones) goes to `findings`.
///
/// Of several scans of one format that saw a machine, the newest says its ports and weaknesses. A component
/// that no file shows gets `count` machines of its own, "<component id>#1" …; one bought as a service, none.
std::vector<Machine> draw_machines(const Cartography& cartography, std::span<const Source> sources,
                                   std::span<const std::uint32_t> source_of_object, Findings& findings);

/// The kind that an operating system, a name and a component suggest.
MachineKind machine_kind(const Machine& machine, const Component* component, bool is_domain_controller);

/// "PC-LABO-*" against "PC-LABO-07": `*` any run, `?` one sign; case aside.
bool matches_pattern(std::string_view pattern, std::string_view name);

}  // namespace releve::cartography
