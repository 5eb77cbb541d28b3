// SPDX-License-Identifier: EUPL-1.2
// Lines are written, each at the end of this instance's own chain.
#include "foundation/base/id.hpp"
#include "foundation/base/text.hpp"
#include "foundation/store/described_rows.hpp"
#include "respond/crisis/rooms.hpp"
#include "respond/crisis/stored.hpp"

#include <algorithm>

namespace releve::crisis {

using store::bindings_of;
using store::column_list;
using store::from_row;
using store::insert_into;
using store::Transaction;

namespace {

/// A client's clock may go before ours by so much before a moment is refused as one that has not come.
constexpr std::chrono::minutes clock_tolerance{15};

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

std::int64_t milliseconds(Instant at) {
  return at.time_since_epoch().count();
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
