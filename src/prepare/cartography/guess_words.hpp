// SPDX-License-Identifier: EUPL-1.2
// The words that hospitals use in their own sheets: headers of GLPI exports and of impact analyses (BIA),
// and what a free text says of a kind of machine, a kind of care or a kind of application. A guess only:
// people see it and may change it.
#pragma once

#include "prepare/cartography/elements.hpp"

#include <optional>
#include <string_view>

namespace releve::cartography {

/// A header that says that a row is an `element` (by `weight`), and which field the column fills: of that
/// element, or "service.name" for the services that use an application; "" for a telling column that is left
/// out.
struct HeaderWord {
  std::string_view element;
  std::string_view header;  // folded
  std::string_view field;
  int weight = 1;
};

/// The word for a folded header: the same header, else (weight 2 and more) one that it begins with:
/// "dmia heures" is "dmia".
const HeaderWord* find_header_word(std::string_view element, std::string_view folded_header);

/// True for headers that GLPI's computer exports have and few other sheets.
bool is_inventory_tool_header(std::string_view folded_header);

std::optional<ComponentKind> guess_component_kind(std::string_view text);
std::optional<Sector> guess_sector(std::string_view text);
std::optional<ApplicationRole> guess_role(std::string_view text);

}  // namespace releve::cartography
