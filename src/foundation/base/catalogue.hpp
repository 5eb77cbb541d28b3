// SPDX-License-Identifier: EUPL-1.2
// The words of the product: texts by code, in French and English, and their {placeholders} filled in.
//
// A value, not a service: whoever says something to people is handed one. Read from i18n/{fr,en}.json by
// read_catalogue() (describe/catalogue.hpp). May be read from any thread.
#pragma once

#include "foundation/base/message.hpp"

#include <map>
#include <string>
#include <string_view>

namespace releve {

struct Catalogue {
  using Texts = std::map<std::string, std::string, std::less<>>;
  Texts fr;
  Texts en;

  /// The text of a code in "fr" or "en" (any other language reads as "fr"); nothing when it has none.
  const std::string* find(std::string_view language, std::string_view code) const;
  /// The text with its placeholders filled in; the other language's when this one has none, else the code
  /// itself. A placeholder without a parameter stays as it is written.
  std::string say(std::string_view language, const Message& what) const;
  std::string say(std::string_view language, std::string_view code) const;
};

}  // namespace releve
