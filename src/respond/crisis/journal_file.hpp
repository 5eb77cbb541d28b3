// SPDX-License-Identifier: EUPL-1.2
// A journal as a file: what leaves one node and is read by another, by `releve verify`, and in ten years.
//
// JSON lines, UTF-8. First {"journal":{…}} with the room and its chains, then one {"link":{…}} for each line,
// then {"end":{…}} with the heads: a file without its end was cut off. Read in bounded memory: at most
// max_journal_lines lines of at most max_journal_line bytes.
#pragma once

#include "foundation/base/time.hpp"
#include "respond/crisis/chain.hpp"
#include "respond/crisis/line.hpp"

namespace releve::crisis {

inline constexpr std::size_t max_journal_lines = 200'000;
inline constexpr std::size_t max_journal_line =
    2 * max_said + 2'000;  // quoted as JSON again, no byte grows to more
inline constexpr std::uint64_t max_journal_file = 128ULL << 20;

struct JournalHead {
  std::int64_t version = 1;
  std::string room;
  std::string facility;
  std::string name;
  RoomKind kind = RoomKind::exercise;
  Instant made{};
  std::vector<Chain> chains;
};

struct JournalFile {
  JournalHead head;
  std::vector<Link> links;  // of each chain in its order; chains may be interleaved
};

constexpr auto describe(JournalHead*) {
  return Fields{field<&JournalHead::version>("1", {.minimum = 1, .maximum = 1}),
                field<&JournalHead::room>("identity of the room", {.min_length = 1, .max_length = 64}),
                field<&JournalHead::facility>("whose", {.max_length = 64}),
                field<&JournalHead::name>("of the room", {.max_length = 300}),
                field<&JournalHead::kind>("real crisis or exercise"),
                field<&JournalHead::made>("when the file was made"),
                field<&JournalHead::chains>("who wrote", {.min_length = 1, .max_length = 1'000})};
}

std::string write_journal(const JournalFile& file);

/// Reads and holds every line against its chain. Errors, with the line of the file: journal.not_one,
/// journal.cut_off, journal.bad_line, journal.unknown_chain, and those of fault_in(); limits.
Result<JournalFile> read_journal(std::string_view text);

/// A chain of which another says what it took in, and which is not that any more.
struct BrokenJoin {
  std::string chain;
  Message what;  // journal.join_differs, journal.join_missing
};

/// A chain says of each other that it took in how far that went, and its head there: what the file no longer
/// has so was written anew or left out, whatever its own hashes say. In the order of the file.
std::vector<BrokenJoin> broken_joins(const JournalFile& file);

}  // namespace releve::crisis
