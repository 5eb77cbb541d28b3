// SPDX-License-Identifier: EUPL-1.2
#include "intake/json_stream.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

namespace releve::intake {

namespace json {

namespace {
constexpr std::size_t block_bytes = 64 * 1024;
constexpr std::size_t padding = 16;  // RapidJSON may take a few characters past the end before it looks
}  // namespace

Blocks::Blocks(ByteSource& source, const Limits& limits)
    : source_(source), max_token_(limits.max_token_bytes), buffer_(block_bytes + padding, '\0') {
  begin_ = buffer_.data();
  end_ = begin_;
  next_block();
}

const char* Blocks::next_block() {
  base_ += static_cast<std::uint64_t>(end_ - begin_);
  token_too_long_ = base_ > last_event_ && base_ - last_event_ > max_token_;
  const std::size_t count = token_too_long_ ? 0 : source_.read(std::span(buffer_).first(block_bytes));
  std::fill_n(buffer_.data() + count, padding, '\0');
  ended_ = count == 0;
  end_ = begin_ + count;
  return begin_;
}

const char* Blocks::at_nul(const char* at) {
  if (at < end_ || ended_) {
    return std::min(at, end_);
  }
  return next_block();
}

std::optional<Message> Blocks::check_start() {
  const std::string_view head(begin_, static_cast<std::size_t>(end_ - begin_));
  const bool utf16 = head.starts_with("\xff\xfe") || head.starts_with("\xfe\xff") ||
                     (head.size() >= 2 && (head[0] == '\0') != (head[1] == '\0'));
  if (utf16) {
    return message("json.utf16");
  }
  if (head.starts_with("\xef\xbb\xbf")) {
    // Blanks of one byte each: offsets stay those of the file.
    std::memset(buffer_.data(), ' ', 3);
  }
  if (head.empty()) {
    return source_.failure() != nullptr ? source_.failure()->message : message("json.empty");
  }
  return std::nullopt;
}

const char* Utf8::plain_run(const char* at) {
  constexpr std::uint64_t ones = 0x0101'0101'0101'0101U;
  constexpr std::uint64_t highs = ones << 7;
  // Bit 7 of each byte that is zero, in a word without carries between bytes that matter: the first hit is
  // exact.
  const auto zeros = [](std::uint64_t word) { return (word - ones) & ~word & highs; };
  for (;;) {
    std::uint64_t word = 0;
    std::memcpy(&word, at, sizeof word);
    const std::uint64_t controls = (word - ones * 0x20) & ~word & highs;
    const std::uint64_t stops =
        (word & highs) | controls | zeros(word ^ (ones * '"')) | zeros(word ^ (ones * '\\'));
    if (stops != 0) {
      return at + std::countr_zero(stops) / 8;
    }
    at += sizeof word;
  }
}

Message fault_of(rapidjson::ParseErrorCode code, const Blocks& blocks, const Cursor& cursor,
                 std::uint64_t offset) {
  const std::vector<Param> where{{"offset", std::to_string(offset)}};
  if (blocks.source_failure() != nullptr) {
    return blocks.source_failure()->message;
  }
  if (blocks.token_too_long()) {
    return message("json.token_too_long", where);
  }
  if (code == rapidjson::kParseErrorDocumentEmpty && blocks.at_end(cursor.at)) {
    return message("json.empty");
  }
  if (blocks.at_end(cursor.at)) {
    return message("json.truncated", where);
  }
  if (cursor.Peek() == '\0') {
    return message("json.nul_byte", where);
  }
  switch (code) {
    case rapidjson::kParseErrorStringInvalidEncoding:
    case rapidjson::kParseErrorStringUnicodeSurrogateInvalid:
      return message("json.encoding", where);
    case rapidjson::kParseErrorNumberTooBig:
      return message("json.number", where);
    default:
      return message("json.unreadable", where);
  }
}

}  // namespace json

Finding json_fault(const JsonEnd& end, const std::string& file, std::string place) {
  if (place.empty() && end.offset > 0) {
    place = "@" + std::to_string(end.offset);
  }
  return Finding{Severity::error, *end.fault, file, 0, std::move(place)};
}

}  // namespace releve::intake
