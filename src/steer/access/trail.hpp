// SPDX-License-Identifier: EUPL-1.2
// Who did what, who saw what: rows that are only ever added. Each carries the hash of the one before, so that
// a row changed, taken out or slipped in shows; the last row of each day is signed with a key outside the
// database, so that a chain computed anew shows too. Thread-safe.
#pragma once

#include "foundation/base/secrets.hpp"
#include "foundation/describe/json.hpp"
#include "foundation/store/database.hpp"

#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace releve::access {

/// One row of the table `trail_entry`.
struct TrailEntry {
  std::int64_t number = 0;
  Instant at{};
  std::string actor;  // sign-in name, or "code:<post>"; "instance": the program itself
  std::string peer;   // address of the client; empty: none
  std::string deed;   // "sign_in", "grant", "read" …: its words are access.deed.<deed>
  std::string place;  // facility; empty: the instance
  std::string subject;
  std::vector<Param> detail;
  std::string previous;  // hash of the entry before; empty: the first
  std::string hash;      // of this entry without this member
};

constexpr auto describe(TrailEntry*) {
  return Fields{field<&TrailEntry::number>("1, 2, 3 without a gap"),
                field<&TrailEntry::at>("when"),
                field<&TrailEntry::actor>("who"),
                field<&TrailEntry::peer>("address of the client"),
                field<&TrailEntry::deed>("what was done"),
                field<&TrailEntry::place>("facility; empty: the instance"),
                field<&TrailEntry::subject>("to whom or what"),
                field<&TrailEntry::detail>("particulars"),
                field<&TrailEntry::previous>("hash of the entry before"),
                field<&TrailEntry::hash>("of this entry")};
}

/// One row of the table `trail_digest`.
struct TrailDigest {
  std::string day;        // UTC
  std::int64_t last = 0;  // number of its last entry
  std::string hash;       // of that entry, hence of all before
  std::string public_key;
  std::string signature;
};

constexpr auto describe(TrailDigest*) {
  return Fields{field<&TrailDigest::day>("UTC"), field<&TrailDigest::last>("number of its last entry"),
                field<&TrailDigest::hash>("of that entry"), field<&TrailDigest::public_key>("Ed25519, hex"),
                field<&TrailDigest::signature>("Ed25519 over digest_text(), hex")};
}

/// What the signature of a digest is over: "releve trail <day> <last> <hash>".
std::string digest_text(const TrailDigest& digest);

/// What a look through the whole trail found.
struct TrailCheck {
  std::int64_t entries = 0;
  std::int64_t digests = 0;
  std::optional<Message> fault;  // the first one; none: whole
};

constexpr auto describe(TrailCheck*) {
  return Fields{field<&TrailCheck::entries>("rows read"),
                field<&TrailCheck::digests>("signed days that agree"),
                field<&TrailCheck::fault>("the first thing wrong; null: whole")};
}

struct TrailQuery {
  std::optional<std::vector<std::string>> places;  // only entries about these; nothing: all
  std::string place;                               // of these, only this one; empty: all
  std::string actor;                               // empty: all
  std::string deed;                                // empty: all
  std::int64_t before = 0;                         // entries with a smaller number; 0: the newest
  std::int64_t size = 200;
};

/// The kind of the past under which entries are let go of.
inline constexpr std::string_view past_trail = "audit_trail";
/// Deed of the entry that tells that something of the past was let go of; its subject is the kind.
inline constexpr std::string_view past_forgotten = "past_forgotten";

class Trail {
 public:
  Trail(store::Database& database, const Clock& clock, const InstanceKey& key)
      : database_(database), clock_(clock), key_(key) {}

  /// Adds a row in the transaction of what it tells; sets number, time and hashes. When a day has ended since
  /// the last row, signs that day.
  void append(store::Transaction& transaction, TrailEntry entry) const;
  /// The same in a transaction of its own.
  void note(TrailEntry entry) const;
  /// note(), unless the same `once` was noted within ten minutes: for reads that a page repeats.
  void note_once(const std::string& once, TrailEntry entry);

  std::vector<TrailEntry> list(const TrailQuery& query) const;  // newest first
  std::vector<TrailDigest> digests() const;                     // newest first
  /// Reads every row. A trail whose beginning was let go of begins after a signed day and tells so itself.
  /// Faults: trail.gap, trail.changed, trail.digest_differs, trail.bad_signature.
  TrailCheck check() const;

 private:
  store::Database& database_;
  const Clock& clock_;
  const InstanceKey& key_;
  std::mutex mutex_;
  std::map<std::string, Instant> noted_;
};

}  // namespace releve::access
