// SPDX-License-Identifier: EUPL-1.2
// How values travel in addresses and forms.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace releve::oidc {

/// RFC 3986: everything but letters, digits, "-", ".", "_" and "~" as %XX.
std::string percent_encoded(std::string_view text);
/// "a=1&b=%20", for a query or a form.
std::string form_of(const std::vector<std::pair<std::string, std::string>>& values);

}  // namespace releve::oidc
