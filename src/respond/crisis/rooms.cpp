// SPDX-License-Identifier: EUPL-1.2
#include "respond/crisis/rooms.hpp"

#include "foundation/store/described_rows.hpp"
#include "respond/crisis/stored.hpp"

#include <limits>

namespace releve::crisis {

using store::column_list;
using store::from_row;
using store::Transaction;

constexpr std::int64_t all = std::numeric_limits<std::int64_t>::max();

store::Past past_rooms() {
  const std::string over = "(select id from room where closed < :before)";
  return {"closed_rooms",
          {"delete from journal_line where room in " + over,
           "delete from journal_attachment where room in " + over,
           "delete from journal_chain where room in " + over, "delete from room where closed < :before"}};
}

Status begin_chains_anew(store::Database& database) {
  return database.write([](Transaction& t) -> Status {
    t.execute("update journal_chain set own = 0");
    return Done{};
  });
}

std::vector<Room> Rooms::list(const std::string& facility) const {
  std::vector<Room> list;
  parts_.database.read(
      [&](Transaction& t) { list = rooms_where(t, "facility = :facility", {{"facility", facility}}); });
  return list;
}

std::vector<std::string> Rooms::in_crisis() const {
  std::vector<std::string> facilities;
  parts_.database.read([&](Transaction& t) {
    for (const auto& row : t.query("select distinct facility from room where closed is null")) {
      facilities.push_back(row.text(0));
    }
  });
  return facilities;
}

Result<Room> Rooms::find(const std::string& facility, const std::string& room) const {
  std::vector<Room> found;
  parts_.database.read([&](Transaction& t) {
    found = rooms_where(t, "id = :id and facility = :facility", {{"id", room}, {"facility", facility}});
  });
  if (found.empty()) {
    return Error{ErrorKind::not_found, message("room.not_found"), {}};
  }
  return std::move(found.front());
}

LineRow Rooms::opened(const StoredLine& stored) const {
  const auto said = parts_.key.unseal(stored.said, context_of(stored.chain, stored.number));
  RELEVE_CHECK(said, "a line was sealed with the key of this instance");
  auto line = from_json<Line>(*said);
  RELEVE_CHECK(line.ok(), "a stored line reads back");
  return {stored.arrived, stored.chain, stored.number, stored.hash, std::move(line).value()};
}

std::vector<StoredLine> Rooms::stored(Transaction& t, const std::string& room, std::int64_t after,
                                      std::int64_t most) const {
  std::vector<StoredLine> list;
  for (const auto& row :
       t.query("select " + column_list<StoredLine>() +
                   " from journal_line where room = :room and arrived > :after order by arrived limit :most",
               {{"room", room}, {"after", after}, {"most", most}})) {
    list.push_back(from_row<StoredLine>(row));
  }
  return list;
}

std::vector<LineRow> Rooms::lines(const Room& room, std::int64_t after, std::int64_t most) const {
  std::vector<StoredLine> found;
  parts_.database.read([&](Transaction& t) { found = stored(t, room.id, after, most); });
  std::vector<LineRow> list;
  for (const StoredLine& one : found) {
    list.push_back(opened(one));
  }
  return list;
}

std::shared_ptr<const Standings> Rooms::remembered(const std::string& room) const {
  const std::lock_guard lock(mutex_);
  const auto place = memory_.find(room);
  return place == memory_.end() ? std::make_shared<const Standings>() : place->second;
}

std::shared_ptr<const Standings> Rooms::folded(std::shared_ptr<const Standings> known,
                                               const std::vector<StoredLine>& fresh) const {
  if (fresh.empty()) {
    return known;
  }
  auto next = std::make_shared<Standings>(*known);
  for (const StoredLine& one : fresh) {
    next->add(opened(one));
  }
  return next;
}

std::shared_ptr<const Standings> Rooms::standings(Transaction& t, const std::string& room) const {
  const auto known = remembered(room);
  return folded(known, stored(t, room, known->through(), all));
}

std::shared_ptr<const Standings> Rooms::standings(const Room& room) const {
  const auto known = remembered(room.id);
  std::vector<StoredLine> fresh;
  parts_.database.read([&](Transaction& t) { fresh = stored(t, room.id, known->through(), all); });
  const auto next = folded(known, fresh);  // the database waits for none of this
  const std::lock_guard lock(mutex_);      // what a write saw is not kept: it may yet be undone
  auto& kept = memory_[room.id];
  if (!kept || kept->through() < next->through()) {
    kept = next;
  }
  return next;
}

std::vector<JournalEnd> Rooms::ends(const Room& room) const {
  std::vector<JournalEnd> list;
  parts_.database.read([&](Transaction& t) {
    for (const StoredChain& one : chains_of(t, room.id)) {
      list.push_back({chain_of(one), one.own, head_of(one)});
    }
  });
  return list;
}

JournalFile Rooms::journal(const Room& room) const {
  JournalFile file;
  file.head = {1, room.id, room.facility, room.name, room.kind, parts_.clock.now(), {}};
  std::vector<StoredLine> found;
  parts_.database.read([&](Transaction& t) {
    for (const StoredChain& one : chains_of(t, room.id)) {
      file.head.chains.push_back(chain_of(one));
    }
    found = stored(t, room.id, 0, all);
  });
  for (const StoredLine& one : found) {
    auto said = parts_.key.unseal(one.said, context_of(one.chain, one.number));
    RELEVE_CHECK(said, "a line was sealed with the key of this instance");
    file.links.push_back({one.chain, one.number, one.previous, std::move(*said), one.hash});
  }
  return file;
}

}  // namespace releve::crisis
