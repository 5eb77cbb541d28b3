// SPDX-License-Identifier: EUPL-1.2
#include "respond/crisis/rooms.hpp"

#include "foundation/base/id.hpp"
#include "foundation/base/text.hpp"
#include "foundation/store/described_rows.hpp"
#include "respond/crisis/stored.hpp"

#include <algorithm>
#include <limits>

namespace releve::crisis {

using store::bindings_of;
using store::column_list;
using store::from_row;
using store::insert_into;
using store::Transaction;

namespace {

/// A client's clock may go before ours by so much before a moment is refused as one that has not come.
constexpr std::chrono::minutes clock_tolerance{15};
constexpr std::int64_t all = std::numeric_limits<std::int64_t>::max();

/// Words of the server's own stand before what people wrote: the end of that is then in the deed alone.
std::string fitting(const std::string& text) {
  return shorten(text, rules::text.max_length);
}

Error invalid(const char* code, std::string where = {}) {
  return {ErrorKind::invalid, message(code), std::move(where)};
}

/// Was this draft written as this line? What the server gives is left out.
bool is_written_as(const Line& draft, const Line& written) {
  std::optional<Deed> deed = draft.deed;
  if (deed && written.deed && deed->report && written.deed->report) {
    deed->report->number = written.deed->report->number;
    deed->report->head = written.deed->report->head;
  }
  if (deed && written.deed && deed->bulletin && written.deed->bulletin) {
    deed->bulletin->number = written.deed->bulletin->number;
  }
  return draft.kind == written.kind && draft.from == written.from && draft.to == written.to &&
         draft.corrects == written.corrects && draft.attachments == written.attachments &&
         (draft.text.empty() || draft.text == written.text) && deed == written.deed;
}

std::string context_of(const std::string& chain, std::int64_t number) {
  return "journal:" + chain + ":" + std::to_string(number);
}

std::int64_t milliseconds(Instant at) {
  return at.time_since_epoch().count();
}

std::vector<Room> rooms_where(Transaction& t, std::string_view condition,
                              const std::vector<store::Binding>& bindings) {
  std::vector<Room> list;
  for (const auto& row :
       t.query("select " + column_list<Room>() + " from room where " + std::string(condition) +
                   " order by closed is not null, opened desc, id desc",
               bindings)) {
    list.push_back(from_row<Room>(row));
  }
  return list;
}

/// What the server adds to a deed before it is written. It counts what there has been, on any node and
/// corrected or not: a number that went out is never given again, and no number from elsewhere is taken at
/// its word.
void number(Deed& deed, const Standings& standings, const std::string& head) {
  if (deed.report) {
    deed.report->number = standings.ever("report/") + 1;
    deed.report->head = head;
  }
  if (deed.bulletin) {
    const LineRow* known = standings.find(subject_of(deed));
    deed.bulletin->number =
        known != nullptr ? known->line.deed->bulletin->number : standings.ever("bulletin/") + 1;
  }
}

}  // namespace

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

// -- reading -------------------------------------------------------------------------------------------

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

// -- writing -------------------------------------------------------------------------------------------

Line Rooms::said(const std::string& by, std::string text) const {
  const Instant now = parts_.clock.now();
  Line line{.id = mint_uuid(now), .happened = now, .typed = now};
  line.kind = LineKind::information;
  line.author = by;
  line.text = std::move(text);
  return line;
}

Line Rooms::told(const Joined& joined, const Voice& speaking, const std::string& by) const {
  Deed deed;
  deed.joined = joined;
  Line line = said(by, words_of(deed, speaking));
  line.deed = std::move(deed);
  return line;
}

StoredChain Rooms::own_chain(Transaction& t, const Room& room, const Voice& speaking,
                             const std::string& by) const {
  const auto known = chains_of(t, room.id);
  if (!known.empty() && known.front().own) {
    return known.front();
  }
  StoredChain chain{mint_uuid(parts_.clock.now()), room.id, room.id, parts_.node, true, 0, {}};
  chain.head = origin_of(chain_of(chain));
  t.execute(insert_into<StoredChain>("journal_chain"), bindings_of(chain));
  for (const StoredChain& one : known) {
    if (one.number > 0) {
      const Line line = told({one.id, one.node, one.number, one.head, one.number}, speaking, by);
      const Link next = link(chain_of(chain), head_of(chain), to_json(line));
      keep(t, room.id, next, line.id);
      chain.number = next.number;
      chain.head = next.hash;
    }
  }
  return chain;
}

std::int64_t Rooms::keep(Transaction& t, const std::string& room, const Link& link,
                         const std::string& line) const {
  const StoredLine row{
      line,        room,        last_arrival(t, room) + 1,
      link.chain,  link.number, parts_.key.seal(link.said, context_of(link.chain, link.number)),
      link.before, link.hash};
  t.execute(insert_into<StoredLine>("journal_line"), bindings_of(row));
  t.execute("update journal_chain set number = :number, head = :head where id = :id",
            {{"number", link.number}, {"head", link.hash}, {"id", link.chain}});
  return row.arrived;
}

bool Rooms::may_close(const Line& line) {
  return !line.corrects.empty() || (line.deed && line.deed->closing);
}

void Rooms::settle(Transaction& t, const Room& room) const {
  const auto known = chains_of(t, room.id);
  const auto now = standings(t, room.id);
  const auto closings = now->all("closing");
  const bool closed = std::any_of(closings.begin(), closings.end(), [&](const LineRow* row) {
    return std::any_of(known.begin(), known.end(), [&](const StoredChain& chain) {
      return chain.id == row->chain && chain.begun_in == room.id;  // another node closes its own room
    });
  });
  if (!closed) {
    t.execute("update room set closed = cast(null as bigint) where id = :id", {{"id", room.id}});
    return;
  }
  // By this clock: what is said of the past lets nothing be forgotten sooner.
  t.execute("update room set closed = coalesce(closed, :now) where id = :id",
            {{"now", milliseconds(parts_.clock.now())}, {"id", room.id}});
}

Status Rooms::fits(Transaction& t, const Room& room, const Line& line) const {
  if (!line.corrects.empty()) {
    const auto corrected = line_called(t, line.corrects);
    if (!corrected || corrected->room != room.id) {
      return invalid("room.no_such_line", "corrects");
    }
    const auto& deed = opened(*corrected).line.deed;
    if (deed && stands_for_good(*deed)) {
      return invalid(deed->bulletin ? "room.bulletin_apart" : "room.beginning_apart", "corrects");
    }
  }
  for (const Attachment& one : line.attachments) {
    if (t.query("select 1 from journal_attachment where room = :room and file_hash = :hash",
                {{"room", room.id}, {"hash", one.hash}})
            .empty()) {
      return invalid("room.no_such_file", "attachments");
    }
  }
  return Done{};
}

Result<LineRow> Rooms::append(Transaction& t, const Room& room, const Voice& speaking, Line line) const {
  TRY(fits(t, room, line));
  const std::string said = to_json(line);
  TRY(from_json<Line>(said));  // what is in a journal stays in it: it must read back
  if (said.size() > max_said) {
    return Error{ErrorKind::limit, message("room.too_long"), "line"};
  }
  const StoredChain chain = own_chain(t, room, speaking, line.author);
  const Link next = link(chain_of(chain), head_of(chain), said);
  const std::int64_t arrived = keep(t, room.id, next, line.id);
  if (may_close(line)) {
    settle(t, room);
  }
  return LineRow{arrived, next.chain, next.number, next.hash, std::move(line)};
}

Result<Room> Rooms::activate(const Activation& activation, const std::string& by,
                             const std::string& language) {
  const Instant now = parts_.clock.now();
  const Voice speaking = voice(activation.facility, language);
  if (!parts_.keeps_journals) {
    return Error{ErrorKind::conflict, message("room.kept_elsewhere"), {}};
  }
  if (!is_uuid(activation.room) || !is_uuid(activation.line)) {
    return invalid("room.bad_id", is_uuid(activation.room) ? "line" : "room");
  }
  const Instant decided = std::min(activation.happened.value_or(now), now);
  Room room{activation.room, activation.facility, activation.kind, activation.name, decided, by, {}};
  if (room.name.empty()) {
    room.name = speaking.say("room.default_name", {{"day", speaking.moment(decided).substr(0, 10)}});
  }
  Line line{.id = activation.line, .happened = decided, .typed = now};
  line.author = by;
  line.deed.emplace().opening =
      Opening{room.kind, room.name, activation.level, parts_.plan_in_force(room.facility)};
  line.text =
      fitting(words_of(*line.deed, speaking) + (activation.known.empty() ? "" : " " + activation.known));
  std::optional<LineRow> written;
  const Status kept = parts_.database.write([&](Transaction& t) -> Status {
    const auto known = rooms_where(t, "id = :id", {{"id", room.id}});
    if (!known.empty() && known.front().facility == room.facility) {
      room = known.front();
      return Done{};
    }
    if (!known.empty() || line_called(t, line.id)) {
      return Error{ErrorKind::conflict, message("room.id_taken"), {}};
    }
    t.execute(insert_into<Room>("room"), bindings_of(room));
    written = TRY(append(t, room, speaking, line));
    return Done{};
  });
  TRY(kept);
  if (written) {
    parts_.written(room, *written);
  }
  return room;
}

Result<LineRow> Rooms::write(const Room& room, Line line, const std::string& by,
                             const std::string& language) {
  const Instant now = parts_.clock.now();
  if (!is_uuid(line.id)) {
    return invalid("room.bad_id", "line.id");
  }
  if (line.deed && (!is_one_deed(*line.deed) || line.deed->opening || line.deed->joined)) {
    return invalid("room.two_deeds", "line.deed");
  }
  const Line draft = line;
  const Instant none{};
  line.typed = line.typed == none ? now : std::min(line.typed, now);
  line.happened = line.happened == none ? line.typed : line.happened;
  if (line.happened > now + clock_tolerance) {
    return invalid("room.from_the_future", "line.happened");
  }
  line.happened = std::min(line.happened, now);
  line.author = by;
  const Voice speaking = voice(room.facility, language);
  std::optional<LineRow> result;
  bool fresh = false;
  const Status kept = parts_.database.write([&](Transaction& t) -> Status {
    if (const auto known = line_called(t, line.id)) {
      if (known->room != room.id) {
        return Error{ErrorKind::conflict, message("room.line_differs"), "line.id"};
      }
      result = opened(*known);
      if (!is_written_as(draft, result->line)) {
        return Error{ErrorKind::conflict, message("room.line_differs"), "line.id"};
      }
      return Done{};
    }
    if (!draft.author.empty() && draft.author != by) {
      return Error{ErrorKind::conflict, message("room.other_author", {{"author", draft.author}}),
                   "line.author"};
    }
    if (line.deed && (line.deed->report || line.deed->bulletin)) {
      const std::string head = own_chain(t, room, speaking, by).head;
      number(*line.deed, *standings(t, room.id), head);
    }
    if (line.text.empty() && line.deed) {
      line.text = fitting(words_of(*line.deed, speaking));
    }
    if (line.text.empty() && line.attachments.empty() && line.corrects.empty()) {
      return invalid("room.empty_line", "line.text");
    }
    result = TRY(append(t, room, speaking, std::move(line)));
    fresh = true;
    return Done{};
  });
  TRY(kept);
  if (fresh) {
    parts_.written(room, *result);
  }
  return std::move(*result);
}

Result<Attachment> Rooms::attach(const Room& room, const std::string& path, std::string name,
                                 std::string type, const std::string& by) {
  const store::StoredFile file = TRY(parts_.files.adopt(path));
  const Instant now = parts_.clock.now();
  const StoredAttachment row{
      mint_uuid(now), room.id, file.hash, name, type, static_cast<std::int64_t>(file.size), now, by};
  TRY(parts_.database.write([&](Transaction& t) -> Status {
    t.execute(insert_into<StoredAttachment>("journal_attachment"), bindings_of(row));
    return Done{};
  }));
  return Attachment{std::move(name), std::move(type), file.hash, row.size};
}

Result<Attachment> Rooms::attachment(const Room& room, const std::string& hash) const {
  std::optional<Attachment> found;
  parts_.database.read([&](Transaction& t) {
    for (const auto& row : t.query("select " + column_list<StoredAttachment>() +
                                       " from journal_attachment where room = :room and file_hash = :hash",
                                   {{"room", room.id}, {"hash", hash}})) {
      const auto one = from_row<StoredAttachment>(row);
      found = Attachment{one.name, one.type, one.file_hash, one.size};
    }
  });
  if (!found) {
    return Error{ErrorKind::not_found, message("room.no_such_file"), {}};
  }
  return std::move(*found);
}

}  // namespace releve::crisis
