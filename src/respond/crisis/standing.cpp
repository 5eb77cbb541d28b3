// SPDX-License-Identifier: EUPL-1.2
#include "respond/crisis/standing.hpp"

#include <algorithm>
#include <tuple>

namespace releve::crisis {

namespace {

/// Of these `happened` is what is said, not when it holds from: what was said last stands, also an earlier
/// time.
bool states_a_time(const Line& line) {
  return line.deed &&
         (line.deed->milestone || (line.deed->notice && line.deed->notice->state == NoticeState::met));
}

/// What a deed says, without what the server adds: two lines agree when these are equal.
bool says_the_same(const LineRow& a, const LineRow& b) {
  return a.line.deed == b.line.deed && (!states_a_time(a.line) || a.line.happened == b.line.happened);
}

bool is_out(const LineRow& row) {
  const auto& impact = row.line.deed->impact;
  return impact && impact->state != ElementState::full;
}

/// Does what the last line tells of go on since this one? A system is out until it is full again; care, and a
/// decision, is in one state until it is in another: closed from the hour at which it was closed, taken at
/// the hour at which it was taken, whoever looks at it again.
bool goes_on(const LineRow& row, const LineRow& last) {
  if (const auto& decision = row.line.deed->decision) {
    return decision->state == last.line.deed->decision->state;
  }
  const auto& impact = row.line.deed->impact;
  if (!impact) {
    return true;
  }
  return impact->layer == Layer::service ? impact->state == last.line.deed->impact->state : is_out(row);
}

}  // namespace

std::string subject_of(const Deed& deed) {
  if (deed.opening) {
    return "opening";
  }
  if (deed.level) {
    return "level";
  }
  if (deed.impact) {
    return "impact/" + (deed.impact->element.empty() ? "named/" + deed.impact->name : deed.impact->element);
  }
  if (deed.task) {
    return "task/" + deed.task->id;
  }
  if (deed.tick) {
    return "tick/" + deed.tick->card + "/" + std::to_string(deed.tick->gesture);
  }
  if (deed.decision) {
    return "decision/" + deed.decision->id;
  }
  if (deed.presence) {
    return "presence/" + deed.presence->person;
  }
  if (deed.handover) {
    return "handover/" + deed.handover->id;
  }
  if (deed.request) {
    return "request/" + deed.request->id;
  }
  if (deed.placement) {
    return "placement/" + deed.placement->number;
  }
  if (deed.milestone) {
    return "milestone/" + deed.milestone->event;
  }
  if (deed.notice) {
    return "notice/" + deed.notice->obligation;
  }
  if (deed.report) {
    return "report/" + deed.report->head;  // two nodes may both have given a number
  }
  if (deed.bulletin) {
    return "bulletin/" + deed.bulletin->id;
  }
  return deed.closing ? "closing" : "";
}

bool is_one_deed(const Deed& deed) {
  int members = 0;
  for_each_field<Deed>([&](const auto& field) {
    members += (deed.*std::remove_cvref_t<decltype(field)>::member).has_value() ? 1 : 0;
  });
  return members == 1;
}

bool stands_for_good(const Deed& deed) {
  return deed.opening || deed.joined || deed.bulletin;
}

/// By their moment, then as they were typed, then as they arrived.
bool Standings::Placed::operator<(const Placed& other) const {
  const auto order = [](const Placed& one) {
    return std::tie(one.moment, one.row->line.typed, one.row->arrived);
  };
  return order(*this) < order(other);
}

const Standings::Seen* Standings::last_of(const Joined& joined) const {
  const auto chain = seen_.find(joined.chain);
  const auto through = static_cast<std::size_t>(std::max<std::int64_t>(joined.through, 0));
  if (chain == seen_.end() || through == 0 || through > chain->second.size()) {
    return nullptr;
  }
  const Seen& last = chain->second[through - 1];
  return last.hash == joined.head ? &last : nullptr;
}

Standings::View Standings::view_of(const LineRow& row) {
  const std::int64_t before = row.number - 1;
  if (row.line.seen_in.empty() || row.line.seen_in == row.chain) {
    return {row.chain, std::min(row.line.seen.value_or(before), before)};
  }
  return {row.line.seen_in, row.line.seen.value_or(0)};  // on the screen of a server that was restored since
}

Instant Standings::moment_of(const LineRow& row) {
  const Line& line = row.line;
  Instant moment = states_a_time(line) ? line.typed : line.happened;
  const View view = view_of(row);
  if (const auto chain = seen_.find(view.chain); moment == line.typed && chain != seen_.end()) {
    const auto known = std::min(static_cast<std::size_t>(view.through), chain->second.size());
    moment = known == 0 ? moment : std::max(moment, chain->second[known - 1].latest + Instant::duration(1));
  }
  std::vector<Seen>& own = seen_[row.chain];
  Instant latest = own.empty() ? moment : std::max(own.back().latest, moment);
  if (line.deed && line.deed->joined) {  // whoever writes on knows what was taken in here
    const Seen* last = last_of(*line.deed->joined);
    latest = last == nullptr ? latest : std::max(latest, last->latest);
  }
  own.push_back({latest, row.hash});
  return moment;
}

void Standings::add(const LineRow& row) {
  through_ = std::max(through_, row.arrived);
  const Line& line = row.line;
  Instant moment = moment_of(row);
  if (!line.corrects.empty() && !for_good_.contains(line.corrects)) {
    corrected_.insert(line.corrects);
    if (const auto place = place_by_line_.find(line.corrects); place != place_by_line_.end()) {
      const auto& [subject, placed] = place->second;
      if (line.deed && subject_of(*line.deed) == subject &&
          (states_a_time(line) || placed.row->line.happened == line.happened)) {
        moment = placed.moment;  // other words, said in the same place
      }
      const auto known = subjects_.find(subject);
      if (known != subjects_.end() && known->second.lines.erase(placed) > 0 && known->second.lines.empty()) {
        subjects_.erase(known);
      }
    }
  }
  if (!line.deed) {
    return;
  }
  const std::string subject = subject_of(*line.deed);
  ever_.insert(subject);
  if (stands_for_good(*line.deed)) {
    for_good_.insert(line.id);
    corrected_.erase(line.id);  // what came before it, from a node that did not know
  }
  if (corrected_.contains(line.id)) {
    return;
  }
  if (line.deed->joined) {
    joined_.push_back(row);
  }
  if (subject.empty()) {
    return;
  }
  const Place place{subject, {moment, std::make_shared<const LineRow>(row)}};
  if (place_by_line_.emplace(line.id, place).second) {
    subjects_[subject].lines.insert(place.placed);
  }
}

bool Standings::knows(const LineRow& later, const LineRow& earlier) const {
  const View view = view_of(later);
  if (later.chain == earlier.chain && later.line.author == earlier.line.author) {
    return earlier.number < later.number;
  }
  if (earlier.chain == view.chain) {
    return earlier.number <= view.through;
  }
  return std::any_of(joined_.begin(), joined_.end(), [&](const LineRow& join) {
    const Joined& taken = *join.line.deed->joined;
    return join.chain == view.chain && join.number <= view.through && taken.chain == earlier.chain &&
           taken.through >= earlier.number && last_of(taken) != nullptr;
  });
}

std::vector<Standing> Standings::list() const {
  std::vector<Standing> list;
  for (const auto& [subject, known] : subjects_) {
    const LineRow& top = known.top();
    const auto first = known.since([&](const LineRow& row) { return goes_on(row, top); });
    Standing standing{subject, top, (first == known.lines.end() ? top : *first->row).line.happened, {}};
    for (const auto& [moment, row] : known.lines) {
      if (!known.of_openings() && !says_the_same(*row, top) && !knows(top, *row) && !knows(*row, top)) {
        standing.contested.push_back(row->line.id);
      }
    }
    list.push_back(std::move(standing));
  }
  return list;
}

const LineRow* Standings::find(const std::string& subject) const {
  const auto place = subjects_.find(subject);
  return place == subjects_.end() ? nullptr : &place->second.top();
}

std::vector<const LineRow*> Standings::newest_first(std::string_view begin) const {
  std::vector<const Placed*> placed;
  for (auto at = subjects_.lower_bound(std::string(begin));
       at != subjects_.end() && at->first.starts_with(begin); ++at) {
    placed.push_back(&*at->second.lines.rbegin());
  }
  std::stable_sort(placed.begin(), placed.end(),
                   [](const Placed* a, const Placed* b) { return a->moment > b->moment; });
  std::vector<const LineRow*> rows;
  for (const Placed* one : placed) {
    rows.push_back(one->row.get());
  }
  return rows;
}

std::vector<const LineRow*> Standings::all(const std::string& subject) const {
  std::vector<const LineRow*> rows;
  if (const auto place = subjects_.find(subject); place != subjects_.end()) {
    for (const Placed& one : place->second.lines) {
      rows.push_back(one.row.get());
    }
  }
  return rows;
}

std::int64_t Standings::ever(std::string_view begin) const {
  std::int64_t count = 0;
  for (auto at = ever_.lower_bound(begin); at != ever_.end() && at->starts_with(begin); ++at) {
    ++count;
  }
  return count;
}

plan::Level Standings::level() const {
  const auto change = subjects_.find("level");
  const auto openings = subjects_.find("opening");
  auto level = plan::Level::internal_mobilisation;
  Instant since{};
  if (change != subjects_.end()) {
    const Placed& last = *change->second.lines.rbegin();
    level = last.row->line.deed->level->level;
    since = last.moment;
  }
  if (openings != subjects_.end()) {
    for (const auto& [moment, row] : openings->second.lines) {
      if (moment >= since) {
        level = std::max(level, row->line.deed->opening->level);
      }
    }
  }
  return level;
}

}  // namespace releve::crisis
