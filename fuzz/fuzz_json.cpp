// SPDX-License-Identifier: EUPL-1.2
// The reader of requests, mappings and data tables: what it accepts it writes and accepts again, unchanged.
#include "foundation/describe/json.hpp"
#include "fuzz.hpp"

namespace {

using releve::JsonValue;
using releve::JsonWriter;

void write(JsonWriter& out, const JsonValue& value) {
  switch (value.kind()) {
    case JsonValue::Kind::null:
      return out.null();
    case JsonValue::Kind::boolean:
      return out.boolean(value.boolean());
    case JsonValue::Kind::number:
      if (const auto whole = value.integer()) {
        return out.integer(*whole);
      }
      return out.number(value.number());
    case JsonValue::Kind::text:
      return out.text(value.text());
    case JsonValue::Kind::array:
      out.begin_array();
      for (std::size_t i = 0; i < value.size(); ++i) {
        write(out, value.item(i));
      }
      return out.end_array();
    case JsonValue::Kind::object:
      out.begin_object();
      for (std::size_t i = 0; i < value.size(); ++i) {
        out.key(value.member_name(i));
        write(out, value.member(i));
      }
      return out.end_object();
  }
}

std::string written(const releve::JsonDocument& document) {
  JsonWriter out;
  write(out, document.root());
  return out.take();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto first = releve::JsonDocument::parse(releve::fuzz::text_of(data, size));
  if (first) {
    const std::string text = written(*first);
    const auto second = releve::JsonDocument::parse(text);
    RELEVE_CHECK(second.ok() && written(*second) == text, "a value survives writing and reading");
  }
  return 0;
}
