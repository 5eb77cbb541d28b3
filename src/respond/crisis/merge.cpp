// SPDX-License-Identifier: EUPL-1.2
// Another node's journal, taken into a room.
#include "foundation/base/id.hpp"
#include "foundation/store/described_rows.hpp"
#include "respond/crisis/rooms.hpp"
#include "respond/crisis/stored.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace releve::crisis {

using store::bindings_of;
using store::insert_into;
using store::Transaction;

/// By how many minutes at least the clock that gave this time runs ahead; what lies in the past may be right.
static std::int64_t ahead_of(Instant now, Instant said) {
  const std::int64_t minutes = std::chrono::duration_cast<std::chrono::minutes>(said - now).count();
  return std::clamp<std::int64_t>(minutes, 0, static_cast<std::int64_t>(rules::count.maximum));
}

/// A line of a file that is new here.
struct Rooms::Fresh {
  const Link* link = nullptr;
  Line line;
};

Result<std::vector<Rooms::Fresh>> Rooms::fresh(Transaction& t, const Room& room, const StoredChain& kept,
                                               const std::vector<const Link*>& links) const {
  const auto at_line = [&](ErrorKind kind, const char* code, const Link& link) {
    return Error{kind, message(code, {{"line", std::to_string(link.number)}, {"node", kept.node}}), {}};
  };
  std::vector<Fresh> list;
  std::set<std::string> called;
  for (const Link* one : links) {
    const Link& link = *one;
    if (link.number <= kept.number) {
      const auto same = t.query("select hash from journal_line where chain = :chain and number = :number",
                                {{"chain", kept.id}, {"number", link.number}});
      if (same.empty() || same.front().text(0) != link.hash) {
        return at_line(ErrorKind::conflict, "journal.forked", link);
      }
      continue;
    }
    if (kept.own) {  // what this instance has not written is not written in its name
      return at_line(ErrorKind::conflict, "journal.own_chain_longer", link);
    }
    auto line = from_json<Line>(link.said);
    if (!line || (line->deed && !is_one_deed(*line->deed))) {
      return at_line(ErrorKind::invalid, "journal.line_unreadable", link);
    }
    if (line_called(t, line->id) || !called.insert(line->id).second) {
      return at_line(ErrorKind::invalid, "journal.line_twice", link);
    }
    if (line->deed && line->deed->opening && line->deed->opening->kind != room.kind) {
      return at_line(ErrorKind::conflict, "journal.other_kind", link);
    }
    list.push_back({&link, std::move(line).value()});
  }
  return list;
}

Result<Joined> Rooms::take_in(Transaction& t, const Room& room, const Chain& chain,
                              const std::vector<const Link*>& links, Instant made,
                              std::vector<LineRow>& taken) const {
  StoredChain kept{chain.id, room.id, chain.room, chain.node, false, 0, origin_of(chain)};
  const auto known = chains_of(t, room.id);
  const auto ours =
      std::find_if(known.begin(), known.end(), [&](const auto& one) { return one.id == chain.id; });
  const bool is_new = ours == known.end();
  if (!is_new) {
    kept = *ours;
  } else if (!t.query("select 1 from journal_chain where id = :id", {{"id", chain.id}}).empty()) {
    return Error{ErrorKind::conflict, message("journal.other_room", {{"node", chain.node}}), {}};
  }
  std::vector<Fresh> list = TRY(fresh(t, room, kept, links));
  if (is_new) {
    t.execute(insert_into<StoredChain>("journal_chain"), bindings_of(kept));
  }
  const Instant now = parts_.clock.now();
  Joined joined{chain.id, chain.node, kept.number, kept.head, 0, ahead_of(now, made)};
  for (auto& [link, line] : list) {
    keep(t, room.id, *link, line.id);
    joined.ahead_min = std::max(joined.ahead_min, ahead_of(now, line.typed));
    taken.push_back({last_arrival(t, room.id), link->chain, link->number, link->hash, std::move(line)});
    joined.through = link->number;
    joined.head = link->hash;
    ++joined.lines;
  }
  return joined;
}

/// Files that these lines name and that did not come with them.
std::vector<std::string> Rooms::missing_files(Transaction& t, const Room& room,
                                              const std::vector<LineRow>& taken) const {
  std::set<std::string> here;
  for (const auto& row :
       t.query("select file_hash from journal_attachment where room = :room", {{"room", room.id}})) {
    here.insert(row.text(0));
  }
  std::vector<std::string> names;
  for (const LineRow& row : taken) {
    for (const Attachment& one : row.line.attachments) {
      if (here.insert(one.hash).second) {
        names.push_back(one.name);
      }
    }
  }
  return names;
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
  std::map<std::string, std::vector<const Link*>> links;  // by chain
  for (const Link& one : file.links) {
    links[one.chain].push_back(&one);
  }
  Merged merged;
  std::vector<LineRow> taken;
  const Voice speaking = voice(room.facility, language);
  const auto tell = [&](Transaction& t, std::string text, std::optional<Deed> deed) -> Status {
    const Instant now = parts_.clock.now();
    Line line{.id = mint_uuid(now), .happened = now, .typed = now};
    line.kind = LineKind::information;
    line.author = by;
    line.deed = std::move(deed);
    line.text = std::move(text);
    taken.push_back(TRY(append(t, room, std::move(line))));
    return Done{};
  };
  const Status kept = parts_.database.write([&](Transaction& t) -> Status {
    std::vector<Error> faults;
    std::vector<Chain> chains = file.head.chains;
    const std::string own = own_chain(t, room.id).id;  // first: what is told of the others makes it longer
    std::stable_partition(chains.begin(), chains.end(), [&](const Chain& one) { return one.id == own; });
    for (const Chain& chain : chains) {
      const auto joined = take_in(t, room, chain, links[chain.id], file.head.made, taken);
      if (!joined) {
        faults.push_back(joined.error());
        continue;
      }
      merged.lines += joined->lines;
      merged.known += static_cast<std::int64_t>(links[chain.id].size()) - joined->lines;
      if (joined->lines > 0) {
        Deed deed;
        deed.joined = *joined;
        TRY(tell(t, words_of(deed, speaking), deed));
      }
    }
    if (!faults.empty() && merged.lines == 0) {
      return faults.front();
    }
    if (std::any_of(taken.begin(), taken.end(), [](const LineRow& row) { return may_close(row.line); })) {
      settle(t, room);
    }
    for (const Error& fault :
         faults) {  // one bad chain keeps no other out, and is not passed over in silence
      merged.left_out.push_back(fault.message);
      TRY(tell(t, speaking.say("room.chain_left_out", {{"why", speaking.say(fault.message)}}), {}));
    }
    merged.missing_files = missing_files(t, room, taken);
    return Done{};
  });
  TRY(kept);
  for (const LineRow& row : taken) {
    parts_.written(room, row);
  }
  return merged;
}

}  // namespace releve::crisis
