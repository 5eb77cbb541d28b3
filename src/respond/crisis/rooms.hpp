// SPDX-License-Identifier: EUPL-1.2
// The crisis rooms that this instance keeps, and their journals. Thread-safe; several processes may share the
// database. A line is on the disk before it is acknowledged.
#pragma once

#include "foundation/base/secrets.hpp"
#include "foundation/store/database.hpp"
#include "foundation/store/files.hpp"
#include "foundation/store/past.hpp"
#include "respond/crisis/journal_file.hpp"
#include "respond/crisis/standing.hpp"
#include "respond/crisis/words.hpp"

#include <functional>
#include <memory>
#include <mutex>
#include <set>

namespace releve::crisis {

/// One row of the table `room`. What it says beside its identity is in its lines too.
struct Room {
  std::string id;
  std::string facility;
  RoomKind kind = RoomKind::exercise;
  std::string name;
  Instant opened{};  // when it was decided, whenever it was typed: T0
  std::string opened_by;
  std::optional<Instant> closed;
};

constexpr auto describe(Room*) {
  return Fields{field<&Room::id>("identity"),
                field<&Room::facility>("whose"),
                field<&Room::kind>("real crisis or exercise"),
                field<&Room::name>("name"),
                field<&Room::opened>("when"),
                field<&Room::opened_by>("by whom"),
                field<&Room::closed>("when; null: open")};
}

/// A room as it is opened by one person.
struct Activation {
  std::string facility;
  std::string room;  // UUIDv7 minted by who activates: sent twice, one room is opened
  std::string line;  // of its first line
  RoomKind kind = RoomKind::exercise;
  std::string name;  // empty: "Cyberattaque du 26 novembre 2026"
  plan::Level level = plan::Level::internal_mobilisation;
  std::string known;  // first known facts
  std::optional<Instant> happened;
};

struct JournalEnd {
  Chain chain;
  bool own = false;  // written by this instance
  Head head;
};

struct Merged {
  std::int64_t lines = 0;                  // taken in
  std::int64_t known = 0;                  // here already
  std::vector<Message> left_out;           // chains that could not be taken in, and why
  std::vector<std::string> missing_files;  // names of attachments that the lines name and nobody has here
};

struct StoredLine;
struct StoredChain;

/// Kind of the past: rooms that were closed.
store::Past past_rooms();

/// From now on this database writes chains of its own beside those that it wrote so far: it is a copy, and
/// what it was copied from may write on.
Status begin_chains_anew(store::Database& database);

class Rooms {
 public:
  struct Parts {
    store::Database& database;
    store::FileStore& files;
    const Clock& clock;
    InstanceKey key;
    const Catalogue& catalogue;
    std::string node;  // what this instance calls itself in a chain
    std::function<std::string(const std::string& facility)> zone;  // IANA's name
    /// Number of the plan's version in force; 0: none.
    std::function<std::int64_t(const std::string& facility)> plan_in_force;
    /// False on an instance of a region or nation: journals are health data that it does not host.
    bool keeps_journals = true;
    /// Told after each new line, from the thread that wrote it.
    std::function<void(const Room& room, const LineRow& row)> written;
  };

  explicit Rooms(Parts parts) : parts_(std::move(parts)) {}

  Voice voice(const std::string& facility, const std::string& language) const {
    return {parts_.catalogue, language, parts_.zone(facility)};
  }

  /// Open ones first, then by their opening, newest first.
  std::vector<Room> list(const std::string& facility) const;
  /// Facilities with an open room.
  std::vector<std::string> in_crisis() const;
  /// Error room.not_found.
  Result<Room> find(const std::string& facility, const std::string& room) const;

  /// How the address of the room's public page ends: nobody can guess it.
  std::string public_name(const std::string& room) const;
  /// Whose page that is; nothing: no room's. A made-up name costs no look into the database.
  std::optional<Room> behind(std::string_view public_name) const;

  /// Opens a room: its row, its chain and its first line. The same activation twice gives the same room.
  /// Errors: room.bad_id, room.id_taken, room.kept_elsewhere, room.too_long.
  Result<Room> activate(const Activation& activation, const std::string& by, const std::string& language);

  /// Writes a line. The same line twice is written once; another line under its id: room.line_differs.
  /// Errors: room.empty_line, room.two_deeds, room.from_the_future, room.no_such_line (corrects),
  /// room.no_such_file, room.bulletin_apart, room.beginning_apart (corrects), room.too_long,
  /// room.other_author (the line says that somebody else wrote it).
  Result<LineRow> write(const Room& room, Line line, const std::string& by, const std::string& language);

  /// Lines that arrived after this one, in this order, at most so many.
  std::vector<LineRow> lines(const Room& room, std::int64_t after, std::int64_t most) const;
  /// A file that lines may name; it is on the disk when this returns.
  Result<Attachment> attach(const Room& room, const std::string& path, std::string name, std::string type,
                            const std::string& by);
  /// Error room.no_such_file.
  Result<Attachment> attachment(const Room& room, const std::string& hash) const;

  /// What holds; kept in memory between calls.
  std::shared_ptr<const Standings> standings(const Room& room) const;
  std::vector<JournalEnd> ends(const Room& room) const;

  /// The whole journal, as a file that `releve verify` and merge() read.
  JournalFile journal(const Room& room) const;

  /// Takes in what another node has written, chain by chain, each whole or not at all; what is here already
  /// is passed over. A chain with a fault is left out and the room is told; when nothing else is new, that
  /// fault is the error: journal.other_room, journal.forked (another line stands under a number),
  /// journal.own_chain_longer, journal.line_twice, journal.line_unreadable. Other
  /// errors: journal.other_facility, journal.other_kind (an exercise is no crisis).
  Result<Merged> merge(const Room& room, const JournalFile& file, const std::string& by,
                       const std::string& language);

 private:
  LineRow opened(const StoredLine& stored) const;
  std::vector<StoredLine> stored(store::Transaction& t, const std::string& room, std::int64_t after,
                                 std::int64_t most) const;
  std::shared_ptr<const Standings> remembered(const std::string& room) const;
  std::shared_ptr<const Standings> folded(std::shared_ptr<const Standings> known,
                                          const std::vector<StoredLine>& fresh) const;
  std::shared_ptr<const Standings> standings(store::Transaction& t, const std::string& room) const;
  /// What this instance writes. A chain that begins beside others, of a copy, first tells in the name of
  /// `by` what it has of them: whoever writes in it knows that.
  StoredChain own_chain(store::Transaction& t, const Room& room, const Voice& speaking,
                        const std::string& by) const;
  /// A line of the server's own words.
  Line said(const std::string& by, std::string text) const;
  Line told(const Joined& joined, const Voice& speaking, const std::string& by) const;
  /// As which line of the room it arrived.
  std::int64_t keep(store::Transaction& t, const std::string& room, const Link& link,
                    const std::string& line) const;
  /// May this line close the room, or open it again?
  static bool may_close(const Line& line);
  /// As long as a closing that was written here stands, the room is closed. Reads the whole journal.
  void settle(store::Transaction& t, const Room& room) const;
  Status fits(store::Transaction& t, const Room& room, const Line& line) const;
  /// Links the line to the end of the own chain and keeps it.
  Result<LineRow> append(store::Transaction& t, const Room& room, const Voice& speaking, Line line) const;
  struct Fresh;
  struct Intake;
  /// What is new of one chain's links, or why it cannot be taken in.
  Result<std::vector<Fresh>> fresh(store::Transaction& t, const Room& room, const StoredChain& kept,
                                   const std::vector<const Link*>& links) const;
  std::vector<std::string> missing_files(store::Transaction& t, const Room& room,
                                         const std::vector<LineRow>& taken) const;
  /// Of one chain of a file; nothing is kept yet. `links`: the chain's; `called`: lines of chains before it.
  Result<Intake> intake(store::Transaction& t, const Room& room, const Chain& chain,
                        const std::vector<const Link*>& links, std::set<std::string>& called) const;
  /// Keeps the lines as they came to the node that wrote the file: a chain comes after what it took in.
  std::vector<LineRow> take_in(store::Transaction& t, const Room& room, const JournalFile& file,
                               std::vector<Intake>& intakes) const;
  /// `made`: when the file was.
  Joined joined_by(const Intake& intake, Instant made) const;

  Parts parts_;
  mutable std::mutex mutex_;
  mutable std::map<std::string, std::shared_ptr<const Standings>> memory_;
};

}  // namespace releve::crisis
