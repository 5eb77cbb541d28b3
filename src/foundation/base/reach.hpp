// SPDX-License-Identifier: EUPL-1.2
// By what somebody is reached, out of what people type. Pure.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace releve {

/// Digits of an inner number; those of the emergency services have two.
inline constexpr std::size_t inner_number = 3;

/// A telephone number in digits, with a leading + where it had one ("00" counts as one, and so does the code
/// of France), without the zero in brackets behind the code of a country; empty: it is none, or one of fewer
/// digits.
std::string tidy_phone(const std::string& typed, std::size_t fewest = inner_number);

/// An address that can stand in a mail's head.
bool is_mail_address(std::string_view text);

}  // namespace releve
