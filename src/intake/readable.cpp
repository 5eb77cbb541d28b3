// SPDX-License-Identifier: EUPL-1.2
#include "intake/readable.hpp"

#include "foundation/base/text.hpp"

#include <algorithm>

namespace releve::intake {

std::string readable(std::string_view text, std::size_t bytes) {
  std::string out = shorten(text, bytes);
  const auto is_control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; };
  std::replace_if(out.begin(), out.end(), is_control, ' ');
  if (!is_valid_utf8(out)) {
    // Rare, and then the accents are worth less than a text that every program accepts.
    std::replace_if(
        out.begin(), out.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; }, '?');
  }
  return out;
}

std::string cve_name(std::string_view text) {
  const std::string name = to_upper(trim(text));
  const auto all_digits = [](std::string_view part) {
    return std::all_of(part.begin(), part.end(), [](char c) { return c >= '0' && c <= '9'; });
  };
  const std::string_view view = name;
  const bool shaped = view.size() >= 13 && view.size() <= 28 && view.starts_with("CVE-") && view[8] == '-';
  return shaped && all_digits(view.substr(4, 4)) && all_digits(view.substr(9)) ? name : std::string();
}

}  // namespace releve::intake
