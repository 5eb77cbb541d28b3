// SPDX-License-Identifier: EUPL-1.2
#include "prepare/cartography/template_fields.hpp"

#include "prepare/cartography/nearest.hpp"

namespace releve::cartography {

std::string snake_case(std::string_view type_name) {
  std::string out;
  for (const char c : type_name) {
    if (c >= 'A' && c <= 'Z') {
      out += out.empty() ? "" : "_";
      out += static_cast<char>(c - 'A' + 'a');
    } else {
      out += c;
    }
  }
  return out;
}

static void add_words(Vocabulary::Words& words, const Catalogue& catalogue, const std::string& code,
                      std::string_view raw) {
  for (const char* language : {"fr", "en"}) {
    if (const std::string* text = catalogue.find(language, code)) {
      words.emplace(fold(*text), Vocabulary::Word{std::string(raw), *text});
    }
  }
  words.emplace(fold(raw), Vocabulary::Word{std::string(raw), std::string(raw)});
}

template <class E>
static void add_values(Vocabulary& words, const Catalogue& catalogue) {
  auto& list = words.values[snake_case(name_of_type<E>())];
  for (const auto& entry : describe(static_cast<E*>(nullptr)).entries) {
    add_words(list, catalogue, value_code(entry.value), entry.text);
  }
}

Vocabulary vocabulary(const Catalogue& catalogue) {
  Vocabulary words;
  for_each_element([&]<class T>() {
    const std::string element(ElementOf<T>::word);
    add_words(words.tabs, catalogue, "sheet." + std::string(ElementOf<T>::tab), element);
    words.tabs.emplace(std::string(ElementOf<T>::tab),
                       Vocabulary::Word{element, std::string(ElementOf<T>::tab)});
    for_each_column<T>([&](const auto& field) {
      using F = std::remove_cvref_t<decltype(field)>;
      add_words(words.fields[element], catalogue, "field." + element + "." + std::string(F::name), F::name);
      using V = typename Plain<typename F::Type>::type;
      if constexpr (NamedEnum<V>) {
        add_values<V>(words, catalogue);
      }
    });
  });
  return words;
}

Result<std::string> read_word(std::string_view cell, const Vocabulary::Words& words) {
  if (const auto found = words.find(fold(cell)); found != words.end()) {
    return found->second.raw;
  }
  std::vector<std::string> shown;
  for (const auto& [folded, word] : words) {
    shown.push_back(word.shown);
  }
  const std::string value = shorten(cell, 80);
  if (const auto near = nearest(cell, shown)) {
    return Error{
        ErrorKind::invalid, message("cell.unknown_value_near", {{"value", value}, {"nearest", *near}}), {}};
  }
  return Error{ErrorKind::invalid, message("cell.unknown_value", {{"value", value}}), {}};
}

}  // namespace releve::cartography
