// SPDX-License-Identifier: EUPL-1.2
// JSON as a stream of events, over RapidJSON's SAX reader, fed block by block from a ByteSource.
//
// Bounded: nesting by Limits::max_depth; the bytes since the last event by Limits::max_token_bytes (RapidJSON
// keeps a string whole in memory before it tells of it). Strict: well-formed UTF-8, no comments, no commas
// too many; a UTF-8 byte order mark is passed over. Never throws on content.
#pragma once

#include "intake/imported.hpp"
#include "intake/watched_source.hpp"

#include <rapidjson/reader.h>

#include <array>
#include <cstdint>
#include <cstring>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace releve::intake {

enum class JsonKind : std::uint8_t { null, boolean, whole, real, text };

/// One scalar. `text` is valid during the call only, and may hold NUL or half a surrogate pair (see
/// readable()).
struct JsonScalar {
  JsonKind kind = JsonKind::null;
  bool flag = false;
  std::int64_t whole = 0;
  double real = 0;
  std::string_view text = {};
};

/// How the reading of one JSON text ended.
struct JsonEnd {
  /// Why it could not be read to its end: json.empty, json.utf16, json.truncated, json.unreadable,
  /// json.encoding, json.nul_byte, json.number, json.too_deep, json.token_too_long, or what the source says.
  /// Nothing: all was read.
  std::optional<Message> fault;
  bool stopped = false;      // the listener wanted no more
  std::uint64_t offset = 0;  // of the fault or of what follows the text, in bytes from the start
  bool trailing = false;     // something other than blanks follows the text; it was not read
};

namespace json {

/// The blocks of a text. Each ends with a NUL that is not part of it: one comparison per character then tells
/// both the end of a block and the end of the text.
class Blocks {
 public:
  Blocks(ByteSource& source, const Limits& limits);

  const char* start() const { return begin_; }

  /// Called on a NUL: where reading goes on, which is the same place at the end or on a true NUL.
  const char* at_nul(const char* at);

  std::uint64_t offset(const char* at) const { return base_ + static_cast<std::uint64_t>(at - begin_); }

  /// Tokens are measured from the end of the block of the last event: at most one block too short.
  void mark_event() { last_event_ = base_ + static_cast<std::uint64_t>(end_ - begin_); }

  bool at_end(const char* at) const { return ended_ && at >= end_; }

  bool token_too_long() const { return token_too_long_; }

  /// Before the first character: a fault by the first bytes, if any (json.empty, json.utf16).
  std::optional<Message> check_start();

  const Error* source_failure() const { return source_.failure(); }

 private:
  const char* next_block();

  ByteSource& source_;
  std::uint64_t max_token_;
  std::vector<char> buffer_;
  const char* begin_ = nullptr;
  const char* end_ = nullptr;
  std::uint64_t base_ = 0;
  std::uint64_t last_event_ = 0;
  bool ended_ = false;
  bool token_too_long_ = false;
};

/// RapidJSON's idea of an input stream. Two words, so that it may be copied into registers while a token is
/// read (see StreamTraits below).
struct Cursor {
  using Ch = char;
  const char* at;
  Blocks* blocks;

  char Peek() const { return *at; }

  char Take() {
    const char taken = *at;
    if (*++at == '\0') [[unlikely]] {
      at = blocks->at_nul(at);
    }
    return taken;
  }

  std::size_t Tell() const { return blocks->offset(at); }

  // Needed to compile, for parsing in place only.
  char* PutBegin() { return nullptr; }

  void Put(char) {}

  void Flush() {}

  std::size_t PutEnd(char*) { return 0; }
};

/// RapidJSON's UTF-8, with two differences. It is asked to check one character at a time: here it takes the
/// whole run of plain signs that the block holds, which more than doubles the speed. And a low surrogate
/// without its high one (\uDC00), which RapidJSON lets pass into ill-formed UTF-8, becomes U+FFFD.
struct Utf8 : rapidjson::UTF8<char> {
  template <class Output>
  static void Encode(Output& out, unsigned code) {
    rapidjson::UTF8<char>::Encode(out, code >= 0xDC00 && code <= 0xDFFF ? 0xFFFDU : code);
  }

  template <class Output>
  static bool Validate(Cursor& in, Output& out) {
    if constexpr (requires { out.Push(rapidjson::SizeType{1}); }) {
      const char* const end = plain_run(in.at);
      const auto length = static_cast<std::size_t>(end - in.at);
      if (length > 0) {
        std::memcpy(out.Push(static_cast<rapidjson::SizeType>(length)), in.at, length);
        in.at = *end == '\0' ? in.blocks->at_nul(end) : end;
        return true;
      }
    }
    return rapidjson::UTF8<char>::Validate(in, out);
  }

  /// The end of the ASCII signs that need no care: neither quote, backslash nor control. Stops at the block's
  /// end, whose padding is NUL.
  static const char* plain_run(const char* at);
};

/// From RapidJSON's events to the listener's.
template <class Listener>
struct Events {
  Listener& listener;
  Blocks& blocks;
  std::uint32_t max_depth = 0;
  std::uint32_t depth = 0;
  bool too_deep = false;

  bool scalar(const JsonScalar& value) {
    blocks.mark_event();
    return listener.scalar(value);
  }

  bool whole(std::int64_t value) {
    return scalar({.kind = JsonKind::whole, .whole = value, .real = static_cast<double>(value)});
  }

  bool enter() {
    blocks.mark_event();
    too_deep = ++depth > max_depth;
    return !too_deep;
  }

  bool leave() {
    blocks.mark_event();
    --depth;
    return true;
  }

  bool Null() { return scalar({}); }

  bool Bool(bool value) { return scalar({.kind = JsonKind::boolean, .flag = value}); }

  bool Int(int value) { return whole(value); }

  bool Uint(unsigned value) { return whole(value); }

  bool Int64(std::int64_t value) { return whole(value); }

  bool Uint64(std::uint64_t value) {
    return value <= static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())
               ? whole(static_cast<std::int64_t>(value))
               : Double(static_cast<double>(value));
  }

  bool Double(double value) { return scalar({.kind = JsonKind::real, .real = value}); }

  bool RawNumber(const char*, rapidjson::SizeType, bool) { return false; }

  bool String(const char* text, rapidjson::SizeType length, bool) {
    return scalar({.kind = JsonKind::text, .text = std::string_view(text, length)});
  }

  bool Key(const char* text, rapidjson::SizeType length, bool) {
    blocks.mark_event();
    return listener.key(std::string_view(text, length));
  }

  bool StartObject() { return enter() && listener.start(false); }

  bool StartArray() { return enter() && listener.start(true); }

  bool EndObject(rapidjson::SizeType) { return leave() && listener.end(false); }

  bool EndArray(rapidjson::SizeType) { return leave() && listener.end(true); }
};

/// The fault that RapidJSON's error stands for.
Message fault_of(rapidjson::ParseErrorCode code, const Blocks& blocks, const Cursor& cursor,
                 std::uint64_t offset);

}  // namespace json

}  // namespace releve::intake

namespace rapidjson {
template <>
struct StreamTraits<releve::intake::json::Cursor> {
  enum { copyOptimization = 1 };
};
}  // namespace rapidjson

namespace releve::intake {

/// Reads one JSON text. Listener has: bool key(std::string_view), bool scalar(const JsonScalar&),
/// bool start(bool array), bool end(bool array); false stops the reading.
template <class Listener>
JsonEnd read_json(ByteSource& source, const Limits& limits, Listener& listener) {
  json::Blocks blocks(source, limits);
  JsonEnd end;
  end.fault = blocks.check_start();
  if (end.fault) {
    return end;
  }
  // Iterative: nesting costs heap, not stack. Encoding is checked here and nowhere else. Not full precision:
  // RapidJSON 1.1 then counts the zero bits of zero on "0e72", and no reader here needs a double's last bit.
  constexpr unsigned flags = rapidjson::kParseIterativeFlag | rapidjson::kParseValidateEncodingFlag |
                             rapidjson::kParseStopWhenDoneFlag;
  json::Cursor cursor{blocks.start(), &blocks};
  json::Events<Listener> events{listener, blocks, limits.max_depth};
  rapidjson::GenericReader<json::Utf8, json::Utf8> reader;
  const rapidjson::ParseResult result = reader.Parse<flags>(cursor, events);
  if (!result.IsError()) {
    rapidjson::SkipWhitespace(cursor);
    end.offset = cursor.Tell();
    end.trailing = !blocks.at_end(cursor.at);
    return end;
  }
  end.offset = result.Offset();
  if (events.too_deep) {
    end.fault = message("json.too_deep", {{"depth", std::to_string(limits.max_depth)}});
  } else if (result.Code() == rapidjson::kParseErrorTermination) {
    end.stopped = true;
  } else {
    end.fault = json::fault_of(result.Code(), blocks, cursor, end.offset);
  }
  return end;
}

/// The finding for a fault: `place` is the JSON path where the listener was, when it knows.
Finding json_fault(const JsonEnd& end, const std::string& file, std::string place);

/// Reads a file that is one JSON document and adds what is wrong with it. Besides what a listener has, Reader
/// has place(), and finish(), called when the document was read without a fault.
template <class Reader>
void read_json_file(ByteSource& source, const std::string& file, const Limits& limits, const Watch& watch,
                    Reader& reader, Findings& findings) {
  WatchedSource watched(source, watch);
  const JsonEnd end = read_json(watched, limits, reader);
  if (end.fault) {
    findings.add(json_fault(end, file, reader.place()));
    return;
  }
  reader.finish();
  if (end.trailing && !findings.has_error()) {
    findings.add(Severity::warning, message("json.trailing", {{"offset", std::to_string(end.offset)}}));
  }
}

}  // namespace releve::intake
