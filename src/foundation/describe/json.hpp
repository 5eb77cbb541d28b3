// SPDX-License-Identifier: EUPL-1.2
// Described values to JSON and back. Writing keeps the declared order of members and gives the same bytes
// for the same value. Reading is strict: unknown members, wrong types and broken rules are refused with
// the path of the fault ("services[3].beds"); text is at most 16 MB, nesting at most 64, UTF-8 checked.
// All functions are pure and thread-safe.
#pragma once

#include "foundation/base/result.hpp"
#include "foundation/base/time.hpp"
#include "foundation/describe/describe.hpp"

#include <memory>

namespace releve {

// Message, Param and Finding live in base and are described here, where JSON is known.
constexpr auto describe(Param*) {
  return Fields{field<&Param::name>("placeholder"), field<&Param::value>("its text")};
}

constexpr auto describe(Message*) {
  return Fields{field<&Message::code>("entry of the catalogue"),
                field<&Message::params>("values for its placeholders", {.optional = true})};
}

constexpr auto describe(Severity*) {
  return Names{name(Severity::note, "note"), name(Severity::warning, "warning"),
               name(Severity::error, "error")};
}

constexpr auto describe(Finding*) {
  return Fields{field<&Finding::severity>("note, warning or error"),
                field<&Finding::message>("what is wrong; code + '.mend' says what to do"),
                field<&Finding::file>("file as the user named it", {.optional = true}),
                field<&Finding::line>("1-based line, 0 when lines mean nothing", {.optional = true}),
                field<&Finding::place>("sheet and cell, JSON path or element", {.optional = true})};
}

constexpr auto describe(ErrorKind*) {
  return Names{name(ErrorKind::invalid, "invalid"),
               name(ErrorKind::not_found, "not_found"),
               name(ErrorKind::conflict, "conflict"),
               name(ErrorKind::forbidden, "forbidden"),
               name(ErrorKind::unauthenticated, "unauthenticated"),
               name(ErrorKind::limit, "limit"),
               name(ErrorKind::cancelled, "cancelled"),
               name(ErrorKind::unavailable, "unavailable")};
}

/// Writes JSON text. Doubles are written with the fewest digits that read back to the same value; a
/// double that is not finite is a Bug.
class JsonWriter {
 public:
  explicit JsonWriter(bool indented = false);
  ~JsonWriter();
  JsonWriter(const JsonWriter&) = delete;
  JsonWriter& operator=(const JsonWriter&) = delete;

  void begin_object();
  void end_object();
  void begin_array();
  void end_array();
  void key(std::string_view name);
  void null();
  void boolean(bool value);
  void integer(std::int64_t value);
  void unsigned_integer(std::uint64_t value);
  void number(double value);
  void text(std::string_view value);
  /// Already serialised JSON.
  void raw(std::string_view json);
  std::string take();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// A parsed JSON value, read-only. A view into a JsonDocument, which must outlive it.
class JsonValue {
 public:
  enum class Kind { null, boolean, number, text, array, object };
  Kind kind() const;
  bool boolean() const;
  std::optional<std::int64_t> integer() const;  // when it is a whole number of 64 bits
  double number() const;
  std::string_view text() const;
  std::size_t size() const;                 // of an array or object
  JsonValue item(std::size_t index) const;  // of an array
  std::string_view member_name(std::size_t index) const;
  JsonValue member(std::size_t index) const;
  std::optional<JsonValue> find(std::string_view name) const;

 private:
  friend class JsonDocument;

  explicit JsonValue(const void* value) : value_(value) {}

  const void* value_;
};

class JsonDocument {
 public:
  /// Errors: json.too_large, json.syntax (with the byte offset), json.too_deep, json.duplicate_member.
  static Result<JsonDocument> parse(std::string_view text);
  JsonDocument(JsonDocument&&) noexcept;
  JsonDocument& operator=(JsonDocument&&) noexcept;
  ~JsonDocument();
  JsonValue root() const;

 private:
  JsonDocument();
  struct State;
  std::unique_ptr<State> state_;
};

namespace detail {

Error json_error(std::string code, const std::string& path, std::vector<Param> params = {});
Status check_number(double value, const Rules& rules, const std::string& path);
/// As JSON Schema counts them, and a field of the page: a letter with an accent is one.
std::size_t characters_of(std::string_view utf8);

Status check_length(std::size_t length, const Rules& rules, const std::string& path);

template <class T>
struct IsVector : std::false_type {};

template <class T>
struct IsVector<std::vector<T>> : std::true_type {};

template <class T>
struct IsOptional : std::false_type {};

template <class T>
struct IsOptional<std::optional<T>> : std::true_type {};

template <class T>
struct IsMap : std::false_type {};

template <class T>
struct IsMap<std::map<std::string, T>> : std::true_type {};

template <class T>
Result<T> read_value(JsonValue json, const Rules& rules, const std::string& path);

template <Described T>
Result<T> read_object(JsonValue json, const std::string& path) {
  if (json.kind() != JsonValue::Kind::object) {
    return json_error("json.not_an_object", path);
  }
  T value{};
  std::optional<Error> fault;
  std::size_t known = 0;
  for_each_field<T>([&](const auto& field) {
    using F = std::remove_cvref_t<decltype(field)>;
    if (fault) {
      return;
    }
    const std::string place = path.empty() ? std::string(F::name) : path + "." + std::string(F::name);
    const auto member = json.find(F::name);
    if (!member) {
      if (!field.rules.optional && !IsOptional<typename F::Type>::value) {
        fault = json_error("json.missing", place);
      }
      return;
    }
    ++known;
    auto result = read_value<typename F::Type>(*member, field.rules, place);
    if (!result) {
      fault = std::move(result).error();
      return;
    }
    value.*F::member = std::move(result).value();
  });
  if (fault) {
    return std::move(*fault);
  }
  if (known != json.size()) {
    for (std::size_t i = 0; i < json.size(); ++i) {
      if (!has_field<T>(json.member_name(i))) {
        return json_error("json.unknown_member", path,
                          {{"member", std::string(json.member_name(i).substr(0, 80))}});
      }
    }
  }
  return value;
}

template <class T>
// One branch per kind of type, of which the compiler keeps one.
// NOLINTNEXTLINE(readability-function-cognitive-complexity)
Result<T> read_value(JsonValue json, const Rules& rules, const std::string& path) {
  using Kind = JsonValue::Kind;
  if constexpr (IsOptional<T>::value) {
    if (json.kind() == Kind::null) {
      return T{};
    }
    return T(TRY(read_value<typename T::value_type>(json, rules, path)));
  } else if constexpr (std::is_same_v<T, bool>) {
    if (json.kind() != Kind::boolean) {
      return json_error("json.not_a_boolean", path);
    }
    return json.boolean();
  } else if constexpr (std::is_integral_v<T>) {
    const auto number = json.integer();
    if (!number || !std::in_range<T>(*number)) {
      return json_error("json.not_a_whole_number", path);
    }
    TRY(check_number(static_cast<double>(*number), rules, path));
    return static_cast<T>(*number);
  } else if constexpr (std::is_floating_point_v<T>) {
    if (json.kind() != Kind::number) {
      return json_error("json.not_a_number", path);
    }
    TRY(check_number(json.number(), rules, path));
    return static_cast<T>(json.number());
  } else if constexpr (std::is_same_v<T, std::string>) {
    if (json.kind() != Kind::text) {
      return json_error("json.not_a_text", path);
    }
    if (json.text().find('\0') != std::string_view::npos) {
      return json_error("json.nul", path);
    }
    TRY(check_length(characters_of(json.text()), rules, path));
    return std::string(json.text());
  } else if constexpr (std::is_same_v<T, Instant>) {
    auto instant = parse_rfc3339(json.kind() == Kind::text ? json.text() : std::string_view());
    if (!instant) {
      return json_error("json.not_an_instant", path);
    }
    return std::move(instant).value();
  } else if constexpr (NamedEnum<T>) {
    const auto value = json.kind() == Kind::text ? value_of<T>(json.text()) : std::nullopt;
    if (!value) {
      std::string allowed;
      for (const auto& entry : describe(static_cast<T*>(nullptr)).entries) {
        allowed += (allowed.empty() ? "" : ", ") + std::string(entry.text);
      }
      return json_error("json.not_one_of", path, {{"allowed", allowed}});
    }
    return *value;
  } else if constexpr (IsVector<T>::value) {
    if (json.kind() != Kind::array) {
      return json_error("json.not_a_list", path);
    }
    TRY(check_length(json.size(), rules, path));
    T list;
    list.reserve(json.size());
    for (std::size_t i = 0; i < json.size(); ++i) {
      list.push_back(TRY(
          read_value<typename T::value_type>(json.item(i), Rules{}, path + "[" + std::to_string(i) + "]")));
    }
    return list;
  } else if constexpr (IsMap<T>::value) {
    if (json.kind() != Kind::object) {
      return json_error("json.not_an_object", path);
    }
    TRY(check_length(json.size(), rules, path));
    T map;
    for (std::size_t i = 0; i < json.size(); ++i) {
      const std::string member(json.member_name(i));
      map.emplace(member, TRY(read_value<typename T::mapped_type>(
                              json.member(i), Rules{}, path.empty() ? member : path + "." + member)));
    }
    return map;
  } else {
    return read_object<T>(json, path);
  }
}

template <class T>
void write_value(JsonWriter& writer, const T& value) {
  if constexpr (IsOptional<T>::value) {
    value ? write_value(writer, *value) : writer.null();
  } else if constexpr (std::is_same_v<T, bool>) {
    writer.boolean(value);
  } else if constexpr (std::is_integral_v<T> && std::is_signed_v<T>) {
    writer.integer(value);
  } else if constexpr (std::is_integral_v<T>) {
    writer.unsigned_integer(value);
  } else if constexpr (std::is_floating_point_v<T>) {
    writer.number(static_cast<double>(value));
  } else if constexpr (std::is_convertible_v<const T&, std::string_view>) {
    writer.text(value);
  } else if constexpr (std::is_same_v<T, Instant>) {
    writer.text(to_rfc3339(value));
  } else if constexpr (NamedEnum<T>) {
    writer.text(text_of(value));
  } else if constexpr (IsVector<T>::value) {
    writer.begin_array();
    for (const auto& item : value) {
      write_value(writer, item);
    }
    writer.end_array();
  } else if constexpr (IsMap<T>::value) {
    writer.begin_object();
    for (const auto& [name, item] : value) {
      writer.key(name);
      write_value(writer, item);
    }
    writer.end_object();
  } else {
    writer.begin_object();
    for_each_field<T>([&](const auto& field) {
      using F = std::remove_cvref_t<decltype(field)>;
      writer.key(F::name);
      write_value(writer, value.*F::member);
    });
    writer.end_object();
  }
}

}  // namespace detail

template <class T>
std::string to_json(const T& value, bool indented = false) {
  JsonWriter writer(indented);
  detail::write_value(writer, value);
  return writer.take();
}

/// Strict reading of a whole document.
template <class T>
Result<T> from_json(std::string_view text) {
  const JsonDocument document = TRY(JsonDocument::parse(text));
  return detail::read_value<T>(document.root(), Rules{}, "");
}

}  // namespace releve
