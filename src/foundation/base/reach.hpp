// SPDX-License-Identifier: EUPL-1.2
// By what somebody is reached, out of what people type. Pure.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace releve {

/// Digits of an inner number; those of the emergency services have two.
inline constexpr std::size_t inner_number = 3;

/// A telephone number in digits, with a leading + where it had one ("00" counts as one, and so does the code
/// of France), without the zero in brackets behind the code of a country; empty: it is none, or one of fewer
/// digits. "612345678.0" is what spreadsheets make of one.
std::string tidy_phone(const std::string& typed, std::size_t fewest = inner_number);

/// Every number in a text that people read, as tidy_phone() gives it: "06 39 98 10 01 (perso, deux fois)" has
/// one, "01 99 00 40 01 / 06 39 98 40 01" two. Of inner numbers only one that stands alone.
std::vector<std::string> phones_in(const std::string& typed);

/// One number, as tidy_phone() gives both, with the code of its country or without.
bool same_digits(std::string_view a, std::string_view b);

/// Do these texts that people read name one number?
bool same_phone(const std::string& a, const std::string& b);

/// May a text message arrive there? `number`: as tidy_phone() gives it. A mobile of France (ARCEP's numbering
/// plan: 06, 07, overseas the code of the country and 6 or 7), or a number of another country.
bool takes_texts(std::string_view number);

/// An address that can stand in a mail's head.
bool is_mail_address(std::string_view text);

}  // namespace releve
