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

/// So many contradictions are told of a file; `releve verify` tells all.
constexpr std::size_t most_doubts = 20;

static Error at_line(ErrorKind kind, const char* code, const Link& link, const std::string& node) {
  return {kind, message(code, {{"line", std::to_string(link.number)}, {"node", node}}), {}};
}

/// A line of a file that is new here.
struct Rooms::Fresh {
  const Link* link = nullptr;
  Line line;
};

/// What a file has of one chain and is not here.
struct Rooms::Intake {
  StoredChain chain;  // as it stands here
  bool is_new = false;
  std::vector<Fresh> lines;
};

Result<std::vector<Rooms::Fresh>> Rooms::fresh(Transaction& t, const Room& room, const StoredChain& kept,
                                               const std::vector<const Link*>& links) const {
  std::vector<Fresh> list;
  std::set<std::string> called;
  for (const Link* one : links) {
    const Link& link = *one;
    if (link.number <= kept.number) {
      const auto same = t.query("select hash from journal_line where chain = :chain and number = :number",
                                {{"chain", kept.id}, {"number", link.number}});
      if (same.empty() || same.front().text(0) != link.hash) {
        return at_line(ErrorKind::conflict, "journal.forked", link, kept.node);
      }
      continue;
    }
    if (link.number == kept.number + 1 && link.before != kept.head) {
      return at_line(ErrorKind::conflict, "journal.forked", link, kept.node);
    }
    if (kept.own) {  // what this instance has not written is not written in its name
      return at_line(ErrorKind::conflict, "journal.own_chain_longer", link, kept.node);
    }
    auto line = from_json<Line>(link.said);
    if (!line || (line->deed && !is_one_deed(*line->deed))) {
      return at_line(ErrorKind::invalid, "journal.line_unreadable", link, kept.node);
    }
    if (line_called(t, line->id) || !called.insert(line->id).second) {
      return at_line(ErrorKind::invalid, "journal.line_twice", link, kept.node);
    }
    if (line->deed && line->deed->opening && line->deed->opening->kind != room.kind) {
      return at_line(ErrorKind::conflict, "journal.other_kind", link, kept.node);
    }
    list.push_back({&link, std::move(line).value()});
  }
  return list;
}

Result<Rooms::Intake> Rooms::intake(Transaction& t, const Room& room, const Chain& chain,
                                    const std::vector<const Link*>& links,
                                    std::set<std::string>& called) const {
  Intake intake{{chain.id, room.id, chain.room, chain.node, false, 0, origin_of(chain)}, true, {}};
  for (const StoredChain& one : chains_of(t, room.id)) {
    if (one.id == chain.id) {
      intake.chain = one;
      intake.is_new = false;
    }
  }
  if (intake.is_new && !t.query("select 1 from journal_chain where id = :id", {{"id", chain.id}}).empty()) {
    return Error{ErrorKind::conflict, message("journal.other_room", {{"node", chain.node}}), {}};
  }
  intake.lines = TRY(fresh(t, room, intake.chain, links));
  for (const Fresh& one : intake.lines) {
    if (called.contains(one.line.id)) {
      return at_line(ErrorKind::invalid, "journal.line_twice", *one.link, chain.node);
    }
  }
  for (const Fresh& one : intake.lines) {
    called.insert(one.line.id);
  }
  return intake;
}

std::vector<LineRow> Rooms::take_in(Transaction& t, const Room& room, const JournalFile& file,
                                    std::vector<Intake>& intakes) const {
  std::map<const Link*, Line*> fresh;
  for (Intake& intake : intakes) {
    if (intake.is_new && !intake.lines.empty()) {  // nothing yet proves the name of an empty one
      t.execute(insert_into<StoredChain>("journal_chain"), bindings_of(intake.chain));
    }
    for (Fresh& one : intake.lines) {
      fresh[one.link] = &one.line;
    }
  }
  std::vector<LineRow> rows;
  for (const Link& link : file.links) {
    if (const auto one = fresh.find(&link); one != fresh.end()) {
      const std::int64_t arrived = keep(t, room.id, link, one->second->id);
      rows.push_back({arrived, link.chain, link.number, link.hash, *one->second});
    }
  }
  return rows;
}

Joined Rooms::joined_by(const Intake& intake, Instant made) const {
  const Instant now = parts_.clock.now();
  const Link& last = *intake.lines.back().link;
  Joined joined{last.chain,
                intake.chain.node,
                last.number,
                last.hash,
                static_cast<std::int64_t>(intake.lines.size()),
                ahead_of(now, made)};
  for (const Fresh& one : intake.lines) {
    joined.ahead_min = std::max(joined.ahead_min, ahead_of(now, one.line.typed));
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
  const std::vector<BrokenJoin> broken = broken_joins(file);
  Merged merged;
  std::vector<LineRow> taken;
  const Voice speaking = voice(room.facility, language);
  const auto write_down = [&](Transaction& t, Line line) -> Status {
    taken.push_back(TRY(append(t, room, speaking, std::move(line))));
    return Done{};
  };
  const Status kept = parts_.database.write([&](Transaction& t) -> Status {
    std::vector<Error> faults;
    std::vector<Chain> chains = file.head.chains;
    const std::string own = own_chain(t, room, speaking, by).id;
    std::stable_partition(chains.begin(), chains.end(), [&](const Chain& one) { return one.id == own; });
    std::set<std::string> called;
    std::vector<Intake> intakes;
    for (const Chain& chain : chains) {
      auto one = intake(t, room, chain, links[chain.id], called);
      if (!one) {
        faults.push_back(one.error());
        continue;
      }
      const auto lines = static_cast<std::int64_t>(one->lines.size());
      merged.lines += lines;
      merged.known += static_cast<std::int64_t>(links[chain.id].size()) - lines;
      intakes.push_back(std::move(*one));
    }
    taken = take_in(t, room, file, intakes);
    for (const Intake& one : intakes) {
      if (!one.lines.empty()) {
        TRY(write_down(t, told(joined_by(one, file.head.made), speaking, by)));
      }
    }
    if (!faults.empty() && merged.lines == 0) {
      return faults.front();
    }
    if (std::any_of(taken.begin(), taken.end(), [](const LineRow& row) { return may_close(row.line); })) {
      settle(t, room);
    }
    for (const Error& fault : faults) {  // one bad chain keeps no other out, nor is it passed over in silence
      merged.left_out.push_back(fault.message);
      TRY(write_down(t,
                     said(by, speaking.say("room.chain_left_out", {{"why", speaking.say(fault.message)}}))));
    }
    // Who of the two is wrong nobody can tell from here: both are kept, and the room is told, once.
    const std::size_t doubts = merged.lines == 0 ? 0 : std::min(broken.size(), most_doubts);
    for (std::size_t i = 0; i < doubts; ++i) {
      TRY(write_down(t, said(by, speaking.say(broken[i].what))));
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
