// SPDX-License-Identifier: EUPL-1.2
// "Did you mean …?": the known word closest to one that was mistyped.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace releve::cartography {

/// Levenshtein's distance, given up (limit + 1) once it passes `limit`. Bytes, not characters.
std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t limit);

/// The candidate nearest to `word`, accents and case aside; the first of equals. Nothing when more than a
/// third of the word would have to change.
std::optional<std::string> nearest(std::string_view word, std::span<const std::string> candidates);

}  // namespace releve::cartography
