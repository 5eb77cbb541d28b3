// SPDX-License-Identifier: EUPL-1.2
#include "foundation/describe/json.hpp"

// A failed RapidJSON assertion is a bug of ours, never a crash of the server.
#define RAPIDJSON_ASSERT(x) RELEVE_CHECK(x, "RapidJSON")
#define RAPIDJSON_HAS_STDSTRING 0
#include "foundation/base/text.hpp"

#include <rapidjson/document.h>
#include <rapidjson/error/en.h>
#include <rapidjson/memorystream.h>
#include <rapidjson/prettywriter.h>
#include <rapidjson/reader.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <set>

namespace releve {

namespace {
constexpr std::size_t max_json_bytes = 16'000'000;
constexpr int max_json_depth = 64;
using Plain = rapidjson::Writer<rapidjson::StringBuffer>;
using Pretty = rapidjson::PrettyWriter<rapidjson::StringBuffer>;
}  // namespace

struct JsonWriter::State {
  rapidjson::StringBuffer buffer;
  Plain plain{buffer};
  Pretty pretty{buffer};
  bool indented = false;

  template <class Call>
  void with(Call call) {
    indented ? call(pretty) : call(plain);
  }
};

JsonWriter::JsonWriter(bool indented) : state_(std::make_unique<State>()) {
  state_->indented = indented;
  state_->pretty.SetIndent(' ', 2);
}

JsonWriter::~JsonWriter() = default;

void JsonWriter::begin_object() {
  state_->with([](auto& w) { w.StartObject(); });
}

void JsonWriter::end_object() {
  state_->with([](auto& w) { w.EndObject(); });
}

void JsonWriter::begin_array() {
  state_->with([](auto& w) { w.StartArray(); });
}

void JsonWriter::end_array() {
  state_->with([](auto& w) { w.EndArray(); });
}

void JsonWriter::null() {
  state_->with([](auto& w) { w.Null(); });
}

void JsonWriter::boolean(bool value) {
  state_->with([=](auto& w) { w.Bool(value); });
}

void JsonWriter::integer(std::int64_t value) {
  state_->with([=](auto& w) { w.Int64(value); });
}

void JsonWriter::unsigned_integer(std::uint64_t value) {
  state_->with([=](auto& w) { w.Uint64(value); });
}

void JsonWriter::key(std::string_view name) {
  state_->with([=](auto& w) { w.Key(name.data(), static_cast<rapidjson::SizeType>(name.size())); });
}

void JsonWriter::text(std::string_view value) {
  const std::string repaired = is_valid_utf8(value) ? std::string() : from_windows_1252(value);
  const std::string_view shown = repaired.empty() ? value : std::string_view(repaired);
  state_->with([=](auto& w) { w.String(shown.data(), static_cast<rapidjson::SizeType>(shown.size())); });
}

void JsonWriter::number(double value) {
  RELEVE_CHECK(std::isfinite(value), "only finite numbers are written");
  // std::to_chars: shortest digits that read back exactly, the same on every machine.
  std::array<char, 40> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
  raw(std::string_view(digits.data(), static_cast<std::size_t>(end - digits.data())));
}

void JsonWriter::raw(std::string_view json) {
  state_->with([=](auto& w) { w.RawValue(json.data(), json.size(), rapidjson::kNumberType); });
}

std::string JsonWriter::take() {
  return {state_->buffer.GetString(), state_->buffer.GetSize()};
}

static const rapidjson::Value& as_value(const void* value) {
  return *static_cast<const rapidjson::Value*>(value);
}

JsonValue::Kind JsonValue::kind() const {
  switch (as_value(value_).GetType()) {
    case rapidjson::kNullType:
      return Kind::null;
    case rapidjson::kFalseType:
    case rapidjson::kTrueType:
      return Kind::boolean;
    case rapidjson::kObjectType:
      return Kind::object;
    case rapidjson::kArrayType:
      return Kind::array;
    case rapidjson::kStringType:
      return Kind::text;
    case rapidjson::kNumberType:
      return Kind::number;
  }
  return Kind::null;
}

bool JsonValue::boolean() const {
  return as_value(value_).GetBool();
}

std::optional<std::int64_t> JsonValue::integer() const {
  const auto& value = as_value(value_);
  if (value.IsInt64()) {
    return value.GetInt64();
  }
  // 3.0 is a whole number too; beyond 2^53 a double cannot say which one was meant.
  if (value.IsDouble() && std::trunc(value.GetDouble()) == value.GetDouble() &&
      std::fabs(value.GetDouble()) <= 9007199254740992.0) {
    return static_cast<std::int64_t>(value.GetDouble());
  }
  return std::nullopt;
}

double JsonValue::number() const {
  return as_value(value_).GetDouble();
}

std::string_view JsonValue::text() const {
  return {as_value(value_).GetString(), as_value(value_).GetStringLength()};
}

std::size_t JsonValue::size() const {
  const auto& value = as_value(value_);
  return value.IsArray() ? value.Size() : value.MemberCount();
}

JsonValue JsonValue::item(std::size_t index) const {
  return JsonValue(&as_value(value_)[static_cast<rapidjson::SizeType>(index)]);
}

std::string_view JsonValue::member_name(std::size_t index) const {
  const auto member = as_value(value_).MemberBegin() + static_cast<std::ptrdiff_t>(index);
  return {member->name.GetString(), member->name.GetStringLength()};
}

JsonValue JsonValue::member(std::size_t index) const {
  return JsonValue(&(as_value(value_).MemberBegin() + static_cast<std::ptrdiff_t>(index))->value);
}

std::optional<JsonValue> JsonValue::find(std::string_view name) const {
  for (std::size_t i = 0; i < size(); ++i) {
    if (member_name(i) == name) {
      return member(i);
    }
  }
  return std::nullopt;
}

struct JsonDocument::State {
  rapidjson::Document document;
};

JsonDocument::JsonDocument() : state_(std::make_unique<State>()) {}

JsonDocument::JsonDocument(JsonDocument&&) noexcept = default;
JsonDocument& JsonDocument::operator=(JsonDocument&&) noexcept = default;
JsonDocument::~JsonDocument() = default;

JsonValue JsonDocument::root() const {
  return JsonValue(&state_->document);
}

static std::optional<Error> check_names(const rapidjson::Value& object) {
  std::set<std::string_view> names;
  for (const auto& member : object.GetObject()) {
    const std::string_view name(member.name.GetString(), member.name.GetStringLength());
    if (!names.insert(name).second) {
      return detail::json_error("json.duplicate_member", std::string(name.substr(0, 80)));
    }
  }
  return std::nullopt;
}

/// Depth and duplicate members, without recursion: the text is hostile.
static std::optional<Error> check_shape(const rapidjson::Value& root) {
  std::vector<std::pair<const rapidjson::Value*, int>> open{{&root, 1}};
  const auto add = [&](const rapidjson::Value& value, int depth) {
    if (value.IsArray() || value.IsObject()) {
      open.emplace_back(&value, depth);
    }
  };
  while (!open.empty()) {
    const auto [value, depth] = open.back();
    open.pop_back();
    if (depth > max_json_depth) {
      return detail::json_error("json.too_deep", "", {{"depth", std::to_string(max_json_depth)}});
    }
    if (value->IsArray()) {
      for (const auto& item : value->GetArray()) {
        add(item, depth + 1);
      }
    } else if (value->IsObject()) {
      if (auto fault = check_names(*value)) {
        return fault;
      }
      for (const auto& member : value->GetObject()) {
        add(member.value, depth + 1);
      }
    }
  }
  return std::nullopt;
}

/// Is a number of JSON's grammar, too large or too small for a double, nearer to 0 than 1 is? By the power of
/// ten of its first digit that is not 0.
static bool below_one(std::string_view digits) {
  const std::size_t exponent_at = std::min(digits.find_first_of("eE"), digits.size());
  const std::string_view mantissa = digits.substr(0, exponent_at);
  const std::size_t point = std::min(mantissa.find('.'), mantissa.size());
  const std::size_t first = mantissa.find_first_of("123456789");
  if (first == std::string_view::npos) {
    return true;
  }
  std::string_view written = digits.substr(std::min(exponent_at + 1, digits.size()));
  written.remove_prefix(written.starts_with('+') ? 1 : 0);
  std::int64_t exponent = 0;
  if (std::from_chars(written.data(), written.data() + written.size(), exponent).ec ==
      std::errc::result_out_of_range) {
    return written.starts_with('-');
  }
  return exponent + static_cast<std::int64_t>(point) - static_cast<std::int64_t>(first) <
         (first < point ? 1 : 0);
}

namespace {

/// Builds the document out of the parser's events. Numbers come as text and are read by std::from_chars,
/// exactly and the same on every machine: RapidJSON's own exact conversion counts the leading zeros of 0
/// (undefined) on numbers such as 0e72. Stops the parser at a number too big for a double, and at the second
/// half of a surrogate pair alone, which RapidJSON lets through as bytes that are no UTF-8.
struct ExactNumbers {
  rapidjson::Document& document;
  rapidjson::ParseErrorCode stopped_for = rapidjson::kParseErrorNumberTooBig;

  bool RawNumber(const char* text, rapidjson::SizeType length, bool) {
    const char* end = text + length;
    std::int64_t whole = 0;
    if (const auto read = std::from_chars(text, end, whole); read.ec == std::errc() && read.ptr == end) {
      return document.Int64(whole);
    }
    std::uint64_t large = 0;
    if (const auto read = std::from_chars(text, end, large); read.ec == std::errc() && read.ptr == end) {
      return document.Uint64(large);
    }
    double value = 0;
    if (std::from_chars(text, end, value).ec == std::errc::result_out_of_range) {
      return below_one({text, length}) && document.Double(*text == '-' ? -0.0 : 0.0);
    }
    return document.Double(value);
  }

  // Never called: all numbers come as text.
  bool Int(int value) { return document.Int(value); }

  bool Uint(unsigned value) { return document.Uint(value); }

  bool Int64(std::int64_t value) { return document.Int64(value); }

  bool Uint64(std::uint64_t value) { return document.Uint64(value); }

  bool Double(double value) { return document.Double(value); }

  bool Null() { return document.Null(); }

  bool Bool(bool value) { return document.Bool(value); }

  bool is_whole(const char* text, rapidjson::SizeType length) {
    const bool whole = is_valid_utf8({text, length});
    stopped_for = whole ? stopped_for : rapidjson::kParseErrorStringUnicodeSurrogateInvalid;
    return whole;
  }

  bool String(const char* text, rapidjson::SizeType length, bool copy) {
    return is_whole(text, length) && document.String(text, length, copy);
  }

  bool Key(const char* text, rapidjson::SizeType length, bool copy) {
    return is_whole(text, length) && document.Key(text, length, copy);
  }

  bool StartObject() { return document.StartObject(); }

  bool EndObject(rapidjson::SizeType members) { return document.EndObject(members); }

  bool StartArray() { return document.StartArray(); }

  bool EndArray(rapidjson::SizeType items) { return document.EndArray(items); }
};

}  // namespace

Result<JsonDocument> JsonDocument::parse(std::string_view text) {
  if (text.size() > max_json_bytes) {
    return Error{ErrorKind::limit, message("json.too_large", {{"megabytes", "16"}}), {}};
  }
  if (text.starts_with("\xEF\xBB\xBF")) {
    text.remove_prefix(3);
  }
  JsonDocument parsed;
  // Iterative: the recursive parser's stack ends on a few MB of "[".
  constexpr unsigned flags = rapidjson::kParseIterativeFlag | rapidjson::kParseValidateEncodingFlag |
                             rapidjson::kParseNumbersAsStringsFlag;
  rapidjson::MemoryStream stream(text.data(), text.size());
  rapidjson::EncodedInputStream<rapidjson::UTF8<>, rapidjson::MemoryStream> input(stream);
  rapidjson::Reader reader;
  rapidjson::ParseResult result;
  rapidjson::ParseErrorCode stopped_for{};
  const auto events = [&](rapidjson::Document& document) {
    ExactNumbers handler{document};
    result = reader.Parse<flags>(input, handler);
    stopped_for = handler.stopped_for;
    return !result.IsError();
  };
  parsed.state_->document.Populate(events);
  if (result.IsError()) {
    const auto code = result.Code() == rapidjson::kParseErrorTermination ? stopped_for : result.Code();
    return detail::json_error(
        "json.syntax", "",
        {{"offset", std::to_string(result.Offset())}, {"reason", rapidjson::GetParseError_En(code)}});
  }
  if (auto fault = check_shape(parsed.state_->document)) {
    return std::move(*fault);
  }
  return parsed;
}

namespace detail {

Error json_error(std::string code, const std::string& path, std::vector<Param> params) {
  params.push_back({"place", path});
  return Error{ErrorKind::invalid, message(std::move(code), std::move(params)), path};
}

static std::string short_number(double value) {
  std::array<char, 40> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
  return {digits.data(), end};
}

Status check_number(double value, const Rules& rules, const std::string& path) {
  if (value < rules.minimum) {
    return json_error("json.too_small", path, {{"minimum", short_number(rules.minimum)}});
  }
  if (value > rules.maximum) {
    return json_error("json.too_big", path, {{"maximum", short_number(rules.maximum)}});
  }
  return Done{};
}

std::size_t characters_of(std::string_view utf8) {
  return static_cast<std::size_t>(std::count_if(
      utf8.begin(), utf8.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

Status check_length(std::size_t length, const Rules& rules, const std::string& path) {
  if (length < rules.min_length) {
    return json_error("json.too_short", path, {{"minimum", std::to_string(rules.min_length)}});
  }
  if (length > rules.max_length) {
    return json_error("json.too_long", path, {{"maximum", std::to_string(rules.max_length)}});
  }
  return Done{};
}

}  // namespace detail

}  // namespace releve
