// SPDX-License-Identifier: EUPL-1.2
#include "prepare/fiction/chance.hpp"

namespace releve::fiction {

std::string Chance::hex(std::string_view name, std::uint32_t words) const {
  static constexpr char digits[] = "0123456789ABCDEF";
  const NameKey key = name_key(name);
  std::string text;
  text.reserve(std::size_t{words} * 8);
  for (std::uint32_t i = 0; i < words; ++i) {
    const std::uint32_t value = draw(seed_, key, 0, i);
    for (int shift = 28; shift >= 0; shift -= 4) {
      text += digits[(value >> shift) & 15U];
    }
  }
  return text;
}

std::string Chance::guid(std::string_view name) const {
  std::string text = hex(name, 4);
  for (const std::size_t at : {20U, 16U, 12U, 8U}) {
    text.insert(at, "-");
  }
  return text;
}

}  // namespace releve::fiction
