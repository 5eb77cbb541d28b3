// SPDX-License-Identifier: EUPL-1.2
// Text taken from a hostile file, made fit to keep and to show.
#pragma once

#include <string>
#include <string_view>

namespace releve::intake {

/// At most `bytes` bytes (then "…"), well-formed UTF-8, control signs replaced by spaces, ill-formed
/// sequences by "?". JSON may hold both: \u0000 and half surrogate pairs are legal escapes.
std::string readable(std::string_view text, std::size_t bytes);

/// "CVE-2021-44228" in capitals when the text is such a name, else empty.
std::string cve_name(std::string_view text);

}  // namespace releve::intake
