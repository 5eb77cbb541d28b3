// SPDX-License-Identifier: EUPL-1.2
#include "respond/crisis/chain.hpp"

#include "foundation/base/encoding.hpp"

namespace releve::crisis {

static std::string sha256_hex(std::string_view bytes) {
  static constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  for (const char byte : sha256(bytes)) {
    const auto value = static_cast<unsigned char>(byte);
    text += digits[value >> 4];
    text += digits[value & 15];
  }
  return text;
}

std::string hash_of(std::string_view before, std::string_view said) {
  std::string bytes(before);
  bytes += '\n';
  bytes += said;
  return sha256_hex(bytes);
}

std::string origin_of(const Chain& chain) {
  return hash_of("releve journal 1", chain.id + "\n" + chain.room + "\n" + chain.node);
}

Link link(const Chain& chain, const Head& head, std::string said) {
  std::string hash = hash_of(head.hash, said);
  return {chain.id, head.number + 1, head.hash, std::move(said), std::move(hash)};
}

std::optional<Message> fault_in(const Chain& chain, const Head& head, std::span<const Link> links) {
  std::int64_t number = head.number;
  std::string before = head.number == 0 ? origin_of(chain) : head.hash;
  for (const Link& one : links) {
    const auto at_line = [&](const char* code, std::int64_t line) {
      return message(code, {{"line", std::to_string(line)}, {"node", chain.node}});
    };
    if (one.number != ++number) {
      return at_line("journal.line_missing", number);
    }
    if (one.before != before) {
      return at_line("journal.line_not_linked", number);
    }
    if (one.hash != hash_of(before, one.said)) {
      return at_line("journal.line_changed", number);
    }
    before = one.hash;
  }
  return std::nullopt;
}

std::string short_head(std::string_view hash) {
  std::string text;
  for (std::size_t i = 0; i < hash.size() && i < 16; ++i) {
    text += i > 0 && i % 4 == 0 ? " " : "";
    text += hash[i];
  }
  return text;
}

}  // namespace releve::crisis
