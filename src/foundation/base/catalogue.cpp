// SPDX-License-Identifier: EUPL-1.2
#include "foundation/base/catalogue.hpp"

#include <algorithm>

namespace releve {

const std::string* Catalogue::find(std::string_view language, std::string_view code) const {
  const Texts& texts = language == "en" ? en : fr;
  const auto entry = texts.find(code);
  return entry == texts.end() ? nullptr : &entry->second;
}

static std::string fill(std::string_view text, const std::vector<Param>& params) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const std::size_t open = text.find('{');
    const std::size_t close = open == std::string_view::npos ? open : text.find('}', open);
    if (close == std::string_view::npos) {
      break;
    }
    const std::string_view name = text.substr(open + 1, close - open - 1);
    const auto param =
        std::find_if(params.begin(), params.end(), [&](const Param& p) { return p.name == name; });
    out += text.substr(0, open);
    out += param == params.end() ? text.substr(open, close - open + 1) : std::string_view(param->value);
    text.remove_prefix(close + 1);
  }
  return out += text;
}

std::string Catalogue::say(std::string_view language, const Message& what) const {
  const std::string* text = find(language, what.code);
  if (text == nullptr) {
    text = find(language == "en" ? "fr" : "en", what.code);
  }
  return text == nullptr ? what.code : fill(*text, what.params);
}

std::string Catalogue::say(std::string_view language, std::string_view code) const {
  return say(language, message(std::string(code)));
}

}  // namespace releve
