// SPDX-License-Identifier: EUPL-1.2
// The parts of a plan, walked without naming each: what an edit, a difference and a count do alike for all.
#pragma once

#include "foundation/base/day.hpp"
#include "foundation/describe/json.hpp"
#include "prepare/plan/document.hpp"

#include <concepts>
#include <unordered_map>

namespace releve::plan {

/// An item of one of the lists of a plan.
template <class T>
concept Item = Described<T> && requires(T item) {
  { item.id } -> std::same_as<std::string&>;
  { item.revision } -> std::same_as<Revision&>;
};

/// visit(name of the part, its list) for each list of a document, const or not.
template <class Document, class Visit>
void each_list(Document& document, Visit&& visit) {
  for_each_field<PlanDocument>([&](const auto& field) {
    using F = std::remove_cvref_t<decltype(field)>;
    if constexpr (!std::is_same_v<typename F::Type, PlanFrame>) {
      visit(F::name, document.*F::member);
    }
  });
}

/// The days of an item, by the names that days have in a plan. Error plan.bad_day.
template <class T>
Status check_days(const T& item) {
  Status good = Done{};
  for_each_field<T>([&](const auto& field) {
    using F = std::remove_cvref_t<decltype(field)>;
    if constexpr (F::name == "starts" || F::name == "ends" || F::name == "checked" ||
                  F::name == "last_held" || F::name == "next" || F::name == "next_review") {
      if (const std::string& day = item.*F::member; !day.empty() && !is_day(day)) {
        good = Error{ErrorKind::invalid, message("plan.bad_day", {{"day", day}}), std::string(F::name)};
      }
    }
  });
  return good;
}

/// As whoever opens it first sees it: what was changed in another draft says nothing of changes in this one.
inline void begin_revisions(PlanDocument& document) {
  document.frame.revision = 1;
  each_list(document, [](std::string_view, auto& list) {
    for (auto& item : list) {
      item.revision = 1;
    }
  });
}

/// What a reader would call it.
template <Item T>
std::string_view title_of(const T& item) {
  if constexpr (requires { item.name; }) {
    return item.name;
  } else if constexpr (requires { item.title; }) {
    return item.title;
  } else if constexpr (requires { item.text; }) {
    return item.text;
  } else if constexpr (requires { item.act; }) {
    return text_of(item.act);
  } else {
    return item.caller;
  }
}

/// What readers call the items that others name by their ids.
using Titles = std::unordered_map<std::string, std::string>;

/// A value in plain words, for people to compare: its texts, numbers and names, " · " between them.
template <class T>
std::string plain(const T& value, const Titles& titles = {}) {
  std::string words;
  const auto add = [&](const std::string& more) {
    if (!more.empty()) {
      words.append(words.empty() ? "" : " · ").append(more);
    }
  };
  if constexpr (releve::detail::IsOptional<T>::value) {
    return value ? plain(*value, titles) : "";
  } else if constexpr (std::is_same_v<T, std::string>) {
    const auto titled = titles.find(value);
    return titled == titles.end() ? value : titled->second;
  } else if constexpr (NamedEnum<T>) {
    return std::string(text_of(value));
  } else if constexpr (releve::detail::IsVector<T>::value) {
    for (const auto& one : value) {
      add(plain(one, titles));
    }
  } else if constexpr (Described<T>) {
    for_each_field<T>([&](const auto& field) {
      using F = std::remove_cvref_t<decltype(field)>;
      if constexpr (F::name != "id" && F::name != "revision") {
        add(plain(value.*F::member, titles));
      }
    });
  } else {
    return to_json(value);
  }
  return words;
}

}  // namespace releve::plan
