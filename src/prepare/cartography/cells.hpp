// SPDX-License-Identifier: EUPL-1.2
// What people type in the cells of a spreadsheet, and what they mean by it. Pure; no locale.
#pragma once

#include "foundation/base/result.hpp"
#include "foundation/describe/describe.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace releve::cartography {

/// "12", "12,5", "1 200". Errors: cell.not_a_number, cell.out_of_range.
Result<double> read_number(std::string_view cell, const Rules& rules);
/// A share of 1: "80 %", "80", "0,8". A bare number of 1 or less is a share, above it a percentage.
Result<double> read_share(std::string_view cell, const Rules& rules);
/// Hours: "4", "4 h", "1 h 30", "2 j", "30 min", "1 semaine". Errors: cell.not_a_duration, cell.out_of_range.
Result<double> read_hours(std::string_view cell, const Rules& rules);
/// A need from 1 to 4: a number, or "faible", "moyenne", "forte", "vitale". Errors: cell.not_a_level …
Result<int> read_level(std::string_view cell, const Rules& rules);
/// oui, yes, vrai, x, 1 … or non, no, faux, 0. Error: cell.not_yes_or_no.
Result<bool> read_yes_no(std::string_view cell);
/// Items between "," or ";" or line ends, trimmed, none empty.
std::vector<std::string> read_list(std::string_view cell);
/// Error: cell.too_long, cell.too_short.
Status check_text(std::string_view cell, const Rules& rules);

/// The fewest digits that read back to the same number; never an exponent.
std::string write_number(double value);
/// "B12" for row 11, column 1 (both from 0).
std::string cell_address(std::size_t row, std::size_t column);

}  // namespace releve::cartography
