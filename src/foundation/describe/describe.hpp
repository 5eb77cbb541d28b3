// SPDX-License-Identifier: EUPL-1.2
// Each fact is declared once. Next to a plain struct stands one table:
//
//   struct Ward { std::string id; std::string name; std::optional<double> beds; };
//   constexpr auto describe(Ward*) { return Fields{
//     field<&Ward::id>("identity", {.max_length = 64}),
//     field<&Ward::name>("name used in the hospital", {.min_length = 1, .max_length = 200}),
//     field<&Ward::beds>("staffed beds", {.minimum = 0})}; }
//
// From it come the strict JSON reader and writer (json.hpp), the JSON Schema and OpenAPI component
// (schema.hpp) and the columns of a table (columns.hpp). A forgotten member does not compile.
// Enumerations have a table of names:
//
//   constexpr auto describe(Layer*) { return Names{name(Layer::care, "care"), name(Layer::it, "it")}; }
//
// Why not Boost.Describe, PFR or a generator: docs/adr/0002.
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace releve {

/// Limits that a value must keep. Numbers are in the unit that the field's meaning states.
struct Rules {
  std::size_t min_length = 0;  // of a text, in characters, or of a list
  std::size_t max_length = 100'000;
  double minimum = -std::numeric_limits<double>::infinity();
  double maximum = std::numeric_limits<double>::infinity();
  bool optional = false;  // may be absent: the member keeps its initial value
};

namespace detail {

template <class T>
struct MemberOf;

template <class Owner, class T>
struct MemberOf<T Owner::*> {
  using owner = Owner;
  using type = T;
};

/// "name" out of "... [with auto Member = &releve::Ward::name]" (g++) or "[Member = &...]" (clang).
template <auto Member>
constexpr std::string_view member_name() {
  std::string_view text = __PRETTY_FUNCTION__;
  text = text.substr(text.find("Member = ") + 9);
  text = text.substr(0, text.find_first_of("];,"));
  text = text.substr(text.rfind(':') + 1);
  return text.substr(0, text.find(')'));
}

template <class T>
constexpr std::string_view type_name() {
  std::string_view text = __PRETTY_FUNCTION__;
  text = text.substr(text.find("T = ") + 4);
  text = text.substr(0, text.find_first_of("];,"));
  return text.substr(text.rfind(':') == std::string_view::npos ? 0 : text.rfind(':') + 1);
}

// Converts to every type: counts how many values an aggregate takes.
struct Anything {
  template <class T>
  operator T() const noexcept;  // never defined: used in unevaluated places only
};

template <class T, class... Values>
constexpr std::size_t arity() {
  if constexpr (requires { T{Values{}..., Anything{}}; }) {
    return arity<T, Values..., Anything>();
  } else {
    return sizeof...(Values);
  }
}

}  // namespace detail

template <auto Member>
struct Field {
  using Owner = typename detail::MemberOf<decltype(Member)>::owner;
  using Type = typename detail::MemberOf<decltype(Member)>::type;
  static constexpr auto member = Member;
  static constexpr std::string_view name = detail::member_name<Member>();
  std::string_view meaning;
  Rules rules = {};
};

template <auto Member>
constexpr Field<Member> field(std::string_view meaning, Rules rules = {}) {
  return {meaning, rules};
}

// An aggregate that inherits its fields: far cheaper to compile than std::tuple (measured: docs/adr/0002).
template <class... F>
struct Fields : F... {
  static constexpr std::size_t count = sizeof...(F);

  template <class Visit>
  constexpr void each(Visit&& visit) const {
    (visit(static_cast<const F&>(*this)), ...);
  }
};
template <class... F>
Fields(F...) -> Fields<F...>;

template <class E>
struct EnumName {
  E value;
  std::string_view text;
};

template <class E>
constexpr EnumName<E> name(E value, std::string_view text) {
  return {value, text};
}

template <class E, std::size_t N>
struct Names {
  std::array<EnumName<E>, N> entries;

  template <class... Rest>
  constexpr Names(EnumName<E> first, Rest... rest) : entries{first, rest...} {}
};
template <class E, class... Rest>
Names(EnumName<E>, Rest...) -> Names<E, 1 + sizeof...(Rest)>;

template <class T>
concept Described = std::is_class_v<T> && requires { describe(static_cast<T*>(nullptr)).count; };

template <class E>
concept NamedEnum = std::is_enum_v<E> && requires { describe(static_cast<E*>(nullptr)).entries; };

/// Visits the fields of T in their declared order: visit(const Field<...>&).
template <Described T, class Visit>
constexpr void for_each_field(Visit&& visit) {
  constexpr auto fields = describe(static_cast<T*>(nullptr));
  static_assert(fields.count == detail::arity<T>(), "describe() must name every member of the struct, once");
  fields.each(visit);
}

template <Described T>
constexpr bool has_field(std::string_view name) {
  bool found = false;
  for_each_field<T>(
      [&](const auto& field) { found = found || std::remove_cvref_t<decltype(field)>::name == name; });
  return found;
}

/// The struct's own name, without namespace: the name of its schema.
template <class T>
constexpr std::string_view name_of_type() {
  return detail::type_name<T>();
}

template <NamedEnum E>
constexpr std::string_view text_of(E value) {
  for (const auto& entry : describe(static_cast<E*>(nullptr)).entries) {
    if (entry.value == value) {
      return entry.text;
    }
  }
  return "?";
}

template <NamedEnum E>
constexpr std::optional<E> value_of(std::string_view text) {
  for (const auto& entry : describe(static_cast<E*>(nullptr)).entries) {
    if (entry.text == text) {
      return entry.value;
    }
  }
  return std::nullopt;
}

}  // namespace releve
