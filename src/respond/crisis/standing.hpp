// SPDX-License-Identifier: EUPL-1.2
// What holds in a room: for each thing that lines speak of (a task, an element, a decision) the line that
// stands. There is no other state: a screen, a report and a clock read standing lines.
//
// Of several lines about one thing the one about the latest moment stands, whenever it was keyed in; of
// several openings, after a merge, the earliest: what is owed counts from there. A line about now comes after
// all that its writer had before him, whatever the clock of its node says: clocks are set back, too. A line
// that was corrected no longer counts, and what is said instead counts from where it stood; what
// stands_for_good() cannot be. Pure; a Standings is a value.
#pragma once

#include "foundation/describe/json.hpp"
#include "respond/crisis/line.hpp"

#include <algorithm>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace releve::crisis {

/// A line where it stands in this room.
struct LineRow {
  std::int64_t arrived = 0;  // 1, 2, 3 in this instance, over all chains
  std::string chain;
  std::int64_t number = 0;  // in its chain
  std::string hash;
  Line line;
  bool operator==(const LineRow&) const = default;
};

/// One thing and the line that stands.
struct Standing {
  std::string subject;  // "task/<id>", "impact/<element>", "tick/<card>/<gesture>" …
  LineRow row;
  Instant since{};                     // begin of what holds: of a system, when it left its full state
  std::vector<std::string> contested;  // lines that say otherwise, written without knowing of this one
  bool operator==(const Standing&) const = default;
};

constexpr auto describe(LineRow*) {
  return Fields{field<&LineRow::arrived>("1, 2, 3 in this instance"),
                field<&LineRow::chain>("which node's chain"), field<&LineRow::number>("1, 2, 3 in its chain"),
                field<&LineRow::hash>("SHA-256 over the line and the hash before it"),
                field<&LineRow::line>("the line")};
}

constexpr auto describe(Standing*) {
  return Fields{field<&Standing::subject>("what it is about"), field<&Standing::row>("the line that stands"),
                field<&Standing::since>("begin of what holds"),
                field<&Standing::contested>("lines that say otherwise, written without knowing of this one")};
}

/// What a deed is about; empty: nothing that stands (a line without a deed, a chain taken in).
std::string subject_of(const Deed& deed);

/// A line says one thing at most: exactly one member of its deed.
bool is_one_deed(const Deed& deed);

/// A crisis counts its hours from its opening, a merge is told once, a bulletin is withdrawn by its name: no
/// line corrects these, whichever node wrote it.
bool stands_for_good(const Deed& deed);

class Standings {
 public:
  /// Takes in the next line, in the order of arrival.
  void add(const LineRow& row);

  /// In the order of their subjects.
  std::vector<Standing> list() const;
  /// Of one subject; null: nothing stands.
  const LineRow* find(const std::string& subject) const;

  /// Of the subjects that begin so, the one about the latest moment first.
  std::vector<const LineRow*> newest_first(std::string_view begin) const;
  /// All that was said of one subject and not corrected, in the order of its moments.
  std::vector<const LineRow*> all(const std::string& subject) const;
  /// How many subjects that begin so were ever spoken of, corrected or not.
  std::int64_t ever(std::string_view begin) const;

  /// The level in force: what the last change says, else the highest of the openings: nobody lowers a level
  /// by opening another room.
  plan::Level level() const;

  std::int64_t through() const { return through_; }  // the last line taken in

  bool corrected(const std::string& line) const { return corrected_.contains(line); }

 private:
  /// Copies of one line share it: a Standings is copied for each line that comes.
  struct Placed {
    Instant moment{};
    std::shared_ptr<const LineRow> row;
    bool operator<(const Placed& other) const;
  };

  struct Known {
    std::set<Placed> lines;

    bool of_openings() const { return lines.begin()->row->line.deed->opening.has_value(); }

    const LineRow& top() const { return of_openings() ? *lines.begin()->row : *lines.rbegin()->row; }

    /// The first of the last lines, back as far as `holds` does.
    template <class Holds>
    std::set<Placed>::const_iterator since(const Holds& holds) const {
      return std::find_if_not(lines.rbegin(), lines.rend(),
                              [&](const Placed& one) { return holds(*one.row); })
          .base();
    }
  };

  struct Place {
    std::string subject;
    Placed placed;
  };

  struct Seen {
    Instant latest{};  // moment, up to this line
    std::string hash;
  };

  /// What the author of a line had before him: a chain as far as here, and what that tells of others.
  struct View {
    std::string_view chain;
    std::int64_t through = 0;
  };

  static View view_of(const LineRow& row);
  Instant moment_of(const LineRow& row);
  /// The last line of what this tells of; null: it is not here, or others stand under these numbers, and
  /// whoever took those in knows nothing of ours.
  const Seen* last_of(const Joined& joined) const;
  bool knows(const LineRow& later, const LineRow& earlier) const;

  std::map<std::string, Known> subjects_;
  std::set<std::string, std::less<>> ever_;
  std::set<std::string, std::less<>> for_good_;  // lines
  std::map<std::string, Place> place_by_line_;
  std::set<std::string, std::less<>> corrected_;
  std::vector<LineRow> joined_;
  std::map<std::string, std::vector<Seen>, std::less<>> seen_;  // of each chain, its lines
  std::int64_t through_ = 0;
};

}  // namespace releve::crisis
