// SPDX-License-Identifier: EUPL-1.2
// Another node's journal, taken into a room.
#include "foundation/base/id.hpp"
#include "foundation/store/described_rows.hpp"
#include "respond/crisis/rooms.hpp"
#include "respond/crisis/stored.hpp"

#include <algorithm>

namespace releve::crisis {

using store::bindings_of;
using store::insert_into;
using store::Transaction;

/// By how many minutes at least the clock that gave this time runs ahead; what lies in the past may be right.
static std::int64_t ahead_of(Instant now, Instant said) {
  const std::int64_t minutes = std::chrono::duration_cast<std::chrono::minutes>(said - now).count();
  return std::clamp<std::int64_t>(minutes, 0, static_cast<std::int64_t>(rules::count.maximum));
}

Result<Joined> Rooms::take_in(Transaction& t, const Room& room, const Chain& chain, const JournalFile& file,
                              std::vector<LineRow>& taken) const {
  const auto at_line = [&](ErrorKind kind, const char* code, const Link& link) {
    return Error{kind, message(code, {{"line", std::to_string(link.number)}, {"node", chain.node}}), {}};
  };
  StoredChain kept{chain.id, room.id, chain.room, chain.node, false, 0, origin_of(chain)};
  const auto known = chains_of(t, room.id);
  const auto ours =
      std::find_if(known.begin(), known.end(), [&](const auto& one) { return one.id == chain.id; });
  if (ours != known.end()) {
    kept = *ours;
  } else {
    if (!t.query("select 1 from journal_chain where id = :id", {{"id", chain.id}}).empty()) {
      return Error{ErrorKind::conflict, message("journal.other_room", {{"node", chain.node}}), {}};
    }
    t.execute(insert_into<StoredChain>("journal_chain"), bindings_of(kept));
  }
  const Instant now = parts_.clock.now();
  Joined joined{chain.id, chain.node, kept.number, kept.head, 0, ahead_of(now, file.head.made)};
  for (const Link& link : file.links) {
    if (link.chain != chain.id) {
      continue;
    }
    if (link.number <= kept.number) {
      const auto same = t.query("select hash from journal_line where chain = :chain and number = :number",
                                {{"chain", chain.id}, {"number", link.number}});
      if (same.empty() || same.front().text(0) != link.hash) {
        return at_line(ErrorKind::conflict, "journal.forked", link);
      }
      continue;
    }
    auto line = from_json<Line>(link.said);
    if (!line || line_called(t, line->id)) {
      return at_line(ErrorKind::invalid, line ? "journal.line_twice" : "journal.line_unreadable", link);
    }
    keep(t, room.id, link, line->id);
    joined.ahead_min = std::max(joined.ahead_min, ahead_of(now, line->typed));
    taken.push_back({last_arrival(t, room.id), link.chain, link.number, link.hash, std::move(line).value()});
    joined.through = link.number;
    joined.head = link.hash;
    ++joined.lines;
  }
  return joined;
}

Result<Merged> Rooms::merge(const Room& room, const JournalFile& file, const std::string& by,
                            const std::string& language) {
  if (file.head.facility != room.facility) {
    return Error{ErrorKind::conflict,
                 message("journal.other_facility", {{"facility", file.head.facility.substr(0, 64)}}),
                 {}};
  }
  if (file.head.kind != room.kind) {
    return Error{ErrorKind::conflict, message("journal.other_kind"), {}};
  }
  Merged merged;
  std::vector<LineRow> taken;
  const Voice speaking = voice(room.facility, language);
  const Status kept = parts_.database.write([&](Transaction& t) -> Status {
    for (const Chain& chain : file.head.chains) {
      const Joined joined = TRY(take_in(t, room, chain, file, taken));
      merged.lines += joined.lines;
      if (joined.lines > 0) {
        const Instant now = parts_.clock.now();
        Line line{.id = mint_uuid(now), .happened = now, .typed = now};
        line.author = by;
        line.deed.emplace().joined = joined;
        line.text = words_of(*line.deed, speaking);
        taken.push_back(TRY(append(t, room, std::move(line))));
      }
    }
    return Done{};
  });
  TRY(kept);
  merged.known = static_cast<std::int64_t>(file.links.size()) - merged.lines;
  for (const LineRow& row : taken) {
    parts_.written(room, row);
  }
  return merged;
}

}  // namespace releve::crisis
