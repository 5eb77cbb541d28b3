// SPDX-License-Identifier: EUPL-1.2
// The five elements of a sheet, generically: which tab each has, the words of its columns and of its
// enumerations in both languages, and a cell's text to and from a member. Everything comes out of
// describe(): a new member of an element has a column at once.
#pragma once

#include "foundation/base/catalogue.hpp"
#include "foundation/base/text.hpp"
#include "prepare/cartography/cartography.hpp"
#include "prepare/cartography/cells.hpp"

#include <functional>
#include <map>
#include <string>
#include <vector>

namespace releve::cartography {

/// What a kind of element is called in codes, and where an inventory keeps it.
template <class T>
struct ElementOf;

template <>
struct ElementOf<Service> {
  static constexpr std::string_view word = "service", tab = "services";
  static constexpr auto list = &Inventory::services;
};

template <>
struct ElementOf<Application> {
  static constexpr std::string_view word = "application", tab = "applications";
  static constexpr auto list = &Inventory::applications;
};

template <>
struct ElementOf<Component> {
  static constexpr std::string_view word = "component", tab = "components";
  static constexpr auto list = &Inventory::components;
};

template <>
struct ElementOf<Dependency> {
  static constexpr std::string_view word = "dependency", tab = "dependencies";
  static constexpr auto list = &Inventory::dependencies;
};

template <>
struct ElementOf<Zone> {
  static constexpr std::string_view word = "zone", tab = "zones";
  static constexpr auto list = &Inventory::zones;
};

/// visit.template operator()<Service>() and so on, in the order of the tabs.
template <class Visit>
void for_each_element(Visit&& visit) {
  visit.template operator()<Service>();
  visit.template operator()<Application>();
  visit.template operator()<Component>();
  visit.template operator()<Dependency>();
  visit.template operator()<Zone>();
}

/// The fields that have a column: all but `origins`.
template <class T, class Visit>
void for_each_column(Visit&& visit) {
  for_each_field<T>([&](const auto& field) {
    if constexpr (!std::is_same_v<typename std::remove_cvref_t<decltype(field)>::Type, Origins>) {
      visit(field);
    }
  });
}

/// "ApplicationRole" -> "application_role".
std::string snake_case(std::string_view type_name);

/// Code of an enumeration's value in the catalogue: "value.sector.emergency".
template <NamedEnum E>
std::string value_code(E value) {
  return "value." + snake_case(name_of_type<E>()) + "." + std::string(text_of(value));
}

/// The words that a reader accepts, folded: both languages of the catalogue and the raw names.
struct Vocabulary {
  struct Word {
    std::string raw;    // field name, or text of an enumeration's value
    std::string shown;  // as the catalogue writes it
  };

  using Words = std::map<std::string, Word, std::less<>>;
  Words tabs;                                        // folded tab name -> element word
  std::map<std::string, Words, std::less<>> fields;  // by element word: folded title -> field
  std::map<std::string, Words, std::less<>> values;  // by snake_case type: folded word -> value
};

Vocabulary vocabulary(const Catalogue& catalogue);

/// Errors: cell.unknown_value, cell.unknown_value_near (with the nearest word).
Result<std::string> read_word(std::string_view cell, const Vocabulary::Words& words);

template <class V>
struct Plain {
  using type = V;
};

template <class V>
struct Plain<std::optional<V>> {
  using type = V;
};

constexpr bool is_share(const Rules& rules) {
  return rules.minimum == 0 && rules.maximum == 1;
}

/// One cell as a value of a field. The cell is not empty.
template <class V>
Result<V> read_cell(std::string_view cell, std::string_view field, const Rules& rules,
                    const Vocabulary& words) {
  if constexpr (!std::is_same_v<typename Plain<V>::type, V>) {
    return V(TRY(read_cell<typename Plain<V>::type>(cell, field, rules, words)));
  } else if constexpr (std::is_same_v<V, bool>) {
    return read_yes_no(cell);
  } else if constexpr (std::is_same_v<V, int>) {
    return read_level(cell, rules);
  } else if constexpr (std::is_same_v<V, double>) {
    return is_share(rules)         ? read_share(cell, rules)
           : field.ends_with("_h") ? read_hours(cell, rules)
                                   : read_number(cell, rules);
  } else if constexpr (NamedEnum<V>) {
    const std::string raw = TRY(read_word(cell, words.values.at(snake_case(name_of_type<V>()))));
    return *value_of<V>(raw);
  } else if constexpr (std::is_same_v<V, std::string>) {
    TRY(check_text(cell, rules));
    return std::string(cell);
  } else {
    return read_list(cell);
  }
}

/// The cell that read_cell() reads back to the same value; empty for an absent one.
template <class V>
std::string write_cell(const V& value, const Catalogue& catalogue, std::string_view language) {
  if constexpr (!std::is_same_v<typename Plain<V>::type, V>) {
    return value ? write_cell(*value, catalogue, language) : std::string();
  } else if constexpr (std::is_same_v<V, bool>) {
    return catalogue.say(language, value ? "value.yes" : "value.no");
  } else if constexpr (std::is_same_v<V, int>) {
    return std::to_string(value);
  } else if constexpr (std::is_same_v<V, double>) {
    return write_number(value);
  } else if constexpr (NamedEnum<V>) {
    return catalogue.say(language, value_code(value));
  } else if constexpr (std::is_same_v<V, std::string>) {
    return value;
  } else {
    std::string text;
    for (const std::string& item : value) {
      text += (text.empty() ? "" : ", ") + item;
    }
    return text;
  }
}

}  // namespace releve::cartography
