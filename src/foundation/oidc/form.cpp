// SPDX-License-Identifier: EUPL-1.2
#include "foundation/oidc/form.hpp"

namespace releve::oidc {

std::string percent_encoded(std::string_view text) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string encoded;
  for (const char letter : text) {
    const auto byte = static_cast<unsigned char>(letter);
    const bool plain = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
                       (byte >= '0' && byte <= '9') ||
                       std::string_view("-._~").find(letter) != std::string_view::npos;
    if (plain) {
      encoded += letter;
    } else {
      encoded.append({'%', digits[byte >> 4U], digits[byte & 15U]});
    }
  }
  return encoded;
}

std::string form_of(const std::vector<std::pair<std::string, std::string>>& values) {
  std::string form;
  for (const auto& [name, value] : values) {
    form.append(form.empty() ? "" : "&")
        .append(percent_encoded(name))
        .append("=")
        .append(percent_encoded(value));
  }
  return form;
}

}  // namespace releve::oidc
