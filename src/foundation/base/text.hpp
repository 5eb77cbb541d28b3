// SPDX-License-Identifier: EUPL-1.2
// Text, without locale: parsing of numbers, UTF-8, case folding of host names.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace releve {

std::string_view trim(std::string_view text);
/// ASCII only: enough for host names, SIDs and codes.
std::string to_lower(std::string_view text);
std::string to_upper(std::string_view text);
bool starts_with_ignoring_case(std::string_view text, std::string_view prefix);
std::vector<std::string_view> split(std::string_view text, char separator);
/// The whole text is one decimal integer.
std::optional<std::int64_t> parse_int(std::string_view text);
/// The whole text is one number; "." or "," as decimal sign (French spreadsheets). No inf, no nan.
std::optional<double> parse_number(std::string_view text);
bool is_valid_utf8(std::string_view bytes);
/// Windows-1252 to UTF-8; the five undefined bytes become U+FFFD.
std::string from_windows_1252(std::string_view bytes);
/// For search and matching of labels: lower case, Latin accents removed, runs of other signs as one space.
std::string fold(std::string_view text);
/// At most `bytes` bytes, cut at a character boundary, with "…" when something was cut.
std::string shorten(std::string_view text, std::size_t bytes);

}  // namespace releve
