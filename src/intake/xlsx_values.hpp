// SPDX-License-Identifier: EUPL-1.2
// The values of XLSX cells as text: numbers, dates, escapes. Pure. Private to the XLSX reader.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace releve::intake::xlsx {

/// What a number format makes of a number.
enum class Shown : std::uint8_t { number, date, date_time, time, duration };

/// By the number of a built-in format (ECMA-376 part 1, 18.8.30).
Shown shown_by_format(std::uint32_t number);
/// By the code of a format: "dd/mm/yyyy hh:mm", "[h]:mm". Quoted words, colours and conditions do not count.
Shown shown_by_format(std::string_view code);

/// The number as a person wrote it: 15 significant digits (what Excel shows), then as short as can be.
/// Whole numbers keep all their digits; what is no number is given back as it is.
std::string plain_number(std::string_view written);

/// Days since the epoch of the workbook as yyyy-mm-dd, yyyy-mm-ddThh:mm, hh:mm or a duration h:mm (with
/// :ss where seconds matter). Nothing when no such day exists (below 0, the day 0, after 9999).
std::optional<std::string> as_date(double serial, Shown shown, bool from_1904);

/// "_x000D_" and the like as the character they stand for (ECMA-376 part 1, 22.9.2.19).
std::string without_escapes(std::string_view text);

/// Zero-based row and column of "C7".
std::optional<std::pair<std::size_t, std::size_t>> parse_address(std::string_view address);

}  // namespace releve::intake::xlsx
