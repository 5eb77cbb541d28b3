// SPDX-License-Identifier: EUPL-1.2
// The names of people as lists of a hospital write them: "MARTIN Léa", "Dr Léa Martin", "L. Martin". Pure.
#pragma once

#include <string>
#include <string_view>

namespace releve {

/// The same for the same words in any order: "Anne ROCHE", "Roche Anne".
std::string name_key(std::string_view name);

/// May both be one person's? Every word of the shorter name is one of the other, or its initial; titles do
/// not count. "L. Martin" and "MARTIN Léa" are one, "Thomas Revel" and "DURAND Thomas" are two.
bool same_name(std::string_view a, std::string_view b);

/// What a directory on paper is sorted by: "Dr Claire Fontanel" under Fontanel, "Yann Le Gall" under Le Gall;
/// "FONTANEL Claire" and "Astreinte informatique" as they stand.
std::string family_name_key(std::string_view name);

}  // namespace releve
