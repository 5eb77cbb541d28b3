// SPDX-License-Identifier: EUPL-1.2
// The chains of a journal: each writing node of a room has one, and each line's hash covers the hash of the
// line before. A line changed, taken out or slipped in shows; a chain written anew shows when one of its
// heads was kept elsewhere, as every situation report on paper does.
//
// hash = SHA-256 in hex of: before, "\n", said. `said` is the line as JSON, byte by byte as it was first
// written; `before` of the first line is origin_of() its chain. Anybody can check it with sha256sum.
#pragma once

#include "foundation/base/message.hpp"
#include "foundation/base/result.hpp"
#include "foundation/describe/describe.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace releve::crisis {

/// Bytes of a line as JSON.
inline constexpr std::size_t max_said = 200'000;

/// Who writes where. One row of the table `journal_chain`, without its sums.
struct Chain {
  std::string id;    // UUIDv7
  std::string room;  // in which it was begun
  std::string node;  // of whoever writes it, for people: "serveur", "portable de crise 2"
  bool operator==(const Chain&) const = default;
};

/// One line of a chain.
struct Link {
  std::string chain;
  std::int64_t number = 0;  // 1, 2, 3
  std::string before;
  std::string said;
  std::string hash;
  bool operator==(const Link&) const = default;
};

constexpr auto describe(Chain*) {
  return Fields{field<&Chain::id>("identity", {.min_length = 1, .max_length = 64}),
                field<&Chain::room>("in which it was begun", {.min_length = 1, .max_length = 64}),
                field<&Chain::node>("who writes it", {.min_length = 1, .max_length = 200})};
}

constexpr auto describe(Link*) {
  constexpr Rules hash{.min_length = 64, .max_length = 64};
  return Fields{field<&Link::chain>("of which chain", {.min_length = 1, .max_length = 64}),
                field<&Link::number>("1, 2, 3", {.minimum = 1}),
                field<&Link::before>("hash of the line before", hash),
                field<&Link::said>("the line as JSON, as it was hashed", {.max_length = max_said}),
                field<&Link::hash>("SHA-256 of before, line feed, said", hash)};
}

/// What the first line of a chain has before it.
std::string origin_of(const Chain& chain);
std::string hash_of(std::string_view before, std::string_view said);

/// Where a chain has got to.
struct Head {
  std::int64_t number = 0;
  std::string hash;  // of its last line; of an empty chain its origin
  bool operator==(const Head&) const = default;
};

/// The next line.
Link link(const Chain& chain, const Head& head, std::string said);

/// The first thing wrong with these lines of one chain, in order, after `head`; nothing: whole. The message
/// names the line: journal.line_missing, journal.line_changed, journal.line_not_linked.
std::optional<Message> fault_in(const Chain& chain, const Head& head, std::span<const Link> links);

/// The head as people compare it: its first 16 digits in fours, "3f2a 91c0 77be 0d14".
std::string short_head(std::string_view hash);

}  // namespace releve::crisis
