// SPDX-License-Identifier: EUPL-1.2
// One line of the journal of a crisis (main courante). Everything that happens in a room is a line: the
// room's state is what its lines say (docs/adr/0017).
//
// A line is never changed. It is written once as JSON, that text is hashed (chain.hpp), and whoever was wrong
// writes another line that points back. New members must be optional: old lines are read by new programs.
#pragma once

#include "respond/crisis/deed.hpp"

namespace releve::crisis {

enum class LineKind { fact, information, decision, action, call };

constexpr auto describe(LineKind*) {
  return Names{name(LineKind::fact, "fact"), name(LineKind::information, "information"),
               name(LineKind::decision, "decision"), name(LineKind::action, "action"),
               name(LineKind::call, "call")};
}

struct Attachment {
  std::string name;
  std::string type;  // "image/jpeg"
  std::string hash;  // BLAKE2b-256 of the content
  std::int64_t size = 0;
  bool operator==(const Attachment&) const = default;
};

struct Line {
  std::string id;  // UUIDv7 minted by who typed it: sent twice, it counts once
  Instant happened{};
  Instant typed{};
  std::string author;
  std::string from;
  std::string to;
  LineKind kind = LineKind::information;
  std::string text;
  std::string corrects;  // the line that this one replaces; empty: none
  std::vector<Attachment> attachments;
  std::optional<std::int64_t> seen;  // last line of a chain that the author had before him; nothing: all
  std::string seen_in;               // of this chain, which another node began; empty: of the line's own
  std::optional<Deed> deed;
  bool operator==(const Line&) const = default;
};

constexpr auto describe(Attachment*) {
  return Fields{field<&Attachment::name>("file name", rules::title),
                field<&Attachment::type>("media type", {.max_length = 100, .optional = true}),
                field<&Attachment::hash>("BLAKE2b-256 of the content", {.min_length = 64, .max_length = 64}),
                field<&Attachment::size>("bytes", rules::count)};
}

constexpr auto describe(Line*) {
  return Fields{
      field<&Line::id>("UUIDv7 minted by who typed it: sent twice, it counts once", rules::key),
      field<&Line::happened>("when it happened; absent: when it is written", rules::optional),
      field<&Line::typed>("when it was typed; absent: when it is written", rules::optional),
      field<&Line::author>("who typed it; given by the server", rules::line),
      field<&Line::from>("who says it", rules::line),
      field<&Line::to>("to whom", rules::line),
      field<&Line::kind>("fact, information, decision, action or call"),
      field<&Line::text>("the words; empty: those of the deed", rules::text),
      field<&Line::corrects>("the line that this one replaces", rules::id),
      field<&Line::attachments>("files", {.max_length = 20, .optional = true}),
      field<&Line::seen>("last line of the chain `seen_in` on the author's screen; null: all", rules::count),
      field<&Line::seen_in>("a chain; empty: the one that the server writes", rules::id),
      field<&Line::deed>("what it changes in the room", rules::optional)};
}

}  // namespace releve::crisis
