// SPDX-License-Identifier: EUPL-1.2
#include "steer/access/trail.hpp"

#include "foundation/base/day.hpp"
#include "foundation/base/hash.hpp"
#include "foundation/base/text.hpp"
#include "foundation/store/among.hpp"
#include "foundation/store/described_rows.hpp"

namespace releve::access {

using store::from_row;
using store::Row;
using store::Transaction;

namespace {

constexpr std::size_t most_remembered = 10'000;

std::string hash_of(TrailEntry entry) {
  entry.hash.clear();
  return content_hash(to_json(entry));
}

std::string all_of(std::string_view rest) {
  return "select " + store::column_list<TrailEntry>() + " from trail_entry " + std::string(rest);
}

std::string bounded(std::string text) {
  constexpr std::size_t longest = 400;
  if (text.size() > longest) {
    text.resize(longest);
    while (!is_valid_utf8(text)) {
      text.pop_back();
    }
  }
  return text;
}

/// A look through the whole trail, entry by entry.
class Reading {
 public:
  Reading(Transaction& transaction, const InstanceKey& key) : t_(transaction), key_(key) {}

  TrailCheck check() {
    read_digests();
    const bool begins_later = skip_what_was_let_go();
    constexpr std::int64_t step = 1000;
    std::vector<Row> rows;
    do {
      rows = t_.query(all_of("where number > :after order by number limit :step"),
                      {{"after", last_}, {"step", step}});
      for (const Row& row : rows) {
        take(from_row<TrailEntry>(row));
      }
    } while (!rows.empty());
    if (begins_later && !told_of_letting_go_) {
      fault("trail.gap", "1");
    }
    if (found_.digests != static_cast<std::int64_t>(digests_.size())) {
      fault("trail.digest_differs", std::to_string(found_.digests));
    }
    return std::move(found_);
  }

 private:
  void fault(const char* code, const std::string& where) {
    if (!found_.fault) {
      found_.fault = message(code, {{"where", where}});
    }
  }

  void read_digests() {
    for (const Row& row : t_.query("select " + store::column_list<TrailDigest>() + " from trail_digest")) {
      const auto digest = from_row<TrailDigest>(row);
      digests_.emplace(digest.last, digest);
      if (digest.public_key != key_.public_key() ||
          !verify_signature(digest.public_key, digest_text(digest), digest.signature)) {
        fault("trail.bad_signature", digest.day);
      }
    }
  }

  /// Where days were let go of, the signature of the last of them stands for all.
  bool skip_what_was_let_go() {
    const Row first = t_.query("select min(number) from trail_entry").at(0);
    for (const auto& [number, digest] : digests_) {
      if (!first.is_null(0) && number < first.integer(0)) {
        last_ = number;
        previous_ = digest.hash;
        ++found_.digests;
      }
    }
    return last_ > 0;
  }

  void take(const TrailEntry& entry) {
    const std::string number = std::to_string(last_ + 1);
    ++found_.entries;
    if (entry.number != ++last_) {
      fault("trail.gap", number);
      last_ = entry.number;
    }
    if (entry.previous != previous_ || entry.hash != hash_of(entry)) {
      fault("trail.changed", number);
    }
    previous_ = entry.hash;
    told_of_letting_go_ =
        told_of_letting_go_ || (entry.deed == past_forgotten && entry.subject == past_trail);
    const auto digest = digests_.find(entry.number);
    if (digest != digests_.end() && digest->second.hash == entry.hash) {
      ++found_.digests;
    }
  }

  Transaction& t_;
  const InstanceKey& key_;
  TrailCheck found_;
  std::map<std::int64_t, TrailDigest> digests_;  // by the number of their last entry
  std::int64_t last_ = 0;                        // number of the entry before
  std::string previous_;                         // its hash
  bool told_of_letting_go_ = false;
};

}  // namespace

std::string digest_text(const TrailDigest& digest) {
  return "releve trail " + digest.day + " " + std::to_string(digest.last) + " " + digest.hash;
}

void Trail::append(Transaction& transaction, TrailEntry entry) const {
  entry.number = 1;
  entry.at = clock_.now();
  entry.previous.clear();
  entry.subject = bounded(std::move(entry.subject));
  const auto last =
      transaction.query("select number, at, hash from trail_entry order by number desc limit 1");
  if (!last.empty()) {
    entry.number = last[0].integer(0) + 1;
    entry.previous = last[0].text(2);
    TrailDigest ended{day_of(Instant(Instant::duration(last[0].integer(1)))), last[0].integer(0),
                      entry.previous, key_.public_key(), ""};
    // Should the clock go back over midnight, the day that was signed first stays.
    if (ended.day != day_of(entry.at)) {
      ended.signature = key_.sign(digest_text(ended));
      transaction.execute(store::insert_into<TrailDigest>("trail_digest") + " on conflict (day) do nothing",
                          store::bindings_of(ended));
    }
  }
  entry.hash = hash_of(entry);
  transaction.execute(store::insert_into<TrailEntry>("trail_entry"), store::bindings_of(entry));
}

void Trail::note(TrailEntry entry) const {
  const Status noted = database_.write([&](Transaction& t) -> Status {
    append(t, entry);
    return Done{};
  });
  RELEVE_CHECK(noted.ok(), "the trail takes what is noted");
}

void Trail::note_once(const std::string& once, TrailEntry entry) {
  const Instant now = clock_.now();
  {
    const std::lock_guard lock(mutex_);
    const auto known = noted_.find(once);
    if (known != noted_.end() && now >= known->second && now - known->second < std::chrono::minutes(10)) {
      return;
    }
  }
  note(std::move(entry));
  const std::lock_guard lock(mutex_);
  if (noted_.size() >= most_remembered) {
    noted_.clear();  // at worst a read is noted twice
  }
  noted_[once] = now;
}

std::vector<TrailEntry> Trail::list(const TrailQuery& query) const {
  std::vector<TrailEntry> entries;
  database_.read([&](Transaction& t) {
    for (const Row& row : t.query(
             all_of("where " + store::among("place", "places") +
                    " and (:place = '' or place = :place) and (:actor = '' or actor = :actor) and "
                    "(:deed = '' or deed = :deed) and (:before = 0 or number < :before) order by number desc "
                    "limit :size"),
             {{"places", store::one_text(query.places)},
              {"place", query.place},
              {"actor", query.actor},
              {"deed", query.deed},
              {"before", query.before},
              {"size", query.size}})) {
      entries.push_back(from_row<TrailEntry>(row));
    }
  });
  return entries;
}

std::vector<TrailDigest> Trail::digests() const {
  std::vector<TrailDigest> list;
  database_.read([&](Transaction& t) {
    for (const Row& row : t.query("select " + store::column_list<TrailDigest>() +
                                  " from trail_digest order by last desc, day desc")) {
      list.push_back(from_row<TrailDigest>(row));
    }
  });
  return list;
}

TrailCheck Trail::check() const {
  TrailCheck found;
  database_.read([&](Transaction& t) { found = Reading(t, key_).check(); });
  return found;
}

}  // namespace releve::access
