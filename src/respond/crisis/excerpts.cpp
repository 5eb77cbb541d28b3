// SPDX-License-Identifier: EUPL-1.2
#include "respond/crisis/excerpts.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>

namespace releve::crisis {

namespace {

std::string percent(double share) {
  return std::to_string(static_cast<int>(std::lround(share * 100))) + " %";
}

/// What people have seen counts before what is forecast.
bool is_out(const BoardElement& element) {
  return element.seen.value_or(element.forecast) != ElementState::full || element.contested;
}

bool is_touched(const BoardElement& service) {
  return service.seen.value_or(ElementState::full) != ElementState::full || service.stops ||
         service.capacity.value_or(1) < 1 || service.capacity_seen.value_or(1) < 1 || service.transfers > 0 ||
         service.contested;
}

/// Nobody has seen it work after the forecast says that it stopped.
bool may_have_stopped(const BoardElement& service, Instant now) {
  return service.stops &&
         (*service.stops > now || service.seen.value_or(ElementState::down) == ElementState::down);
}

/// Care that is touched, what stops soonest first.
std::vector<BoardElement> touched_services(const Picture& picture) {
  std::vector<BoardElement> list;
  std::copy_if(picture.board.elements.begin(), picture.board.elements.end(), std::back_inserter(list),
               [](const BoardElement& one) { return one.layer == Layer::service && is_touched(one); });
  std::stable_sort(list.begin(), list.end(), [](const BoardElement& a, const BoardElement& b) {
    return a.stops.value_or(Instant::max()) < b.stops.value_or(Instant::max());
  });
  return list;
}

/// What is out, what was seen first: that was said by people.
std::vector<BoardElement> systems_out(const Picture& picture) {
  std::vector<BoardElement> list;
  std::copy_if(picture.board.elements.begin(), picture.board.elements.end(), std::back_inserter(list),
               [](const BoardElement& one) { return one.layer != Layer::service && is_out(one); });
  std::stable_partition(list.begin(), list.end(),
                        [](const BoardElement& one) { return one.seen.has_value(); });
  return list;
}

/// What another post says otherwise, not knowing of the line that stands, until somebody settles it.
std::string mark(const DocumentWords& words, bool contested) {
  return contested ? " " + words.word("contested") : "";
}

bool is_contested(const Picture& picture, const std::string& subject) {
  return std::any_of(picture.standing.begin(), picture.standing.end(),
                     [&](const Standing& one) { return one.subject == subject && !one.contested.empty(); });
}

/// The words of standing lines whose deed answers.
template <class Wanted>
Items lines_where(const DocumentWords& words, const Picture& picture, const Wanted& wanted) {
  Items items;
  for (const Standing& one : picture.standing) {
    if (wanted(*one.row.line.deed)) {
      items.push_back(words.moment(one.row.line.happened) + " " + one.row.line.text +
                      mark(words, !one.contested.empty()));
    }
  }
  return items;
}

/// One, or after a merge several: the first of them began the crisis.
std::vector<const Line*> openings(const Picture& picture) {
  std::vector<const Line*> found;
  for (const LineRow& row : picture.lines) {
    if (row.line.deed && row.line.deed->opening) {
      found.push_back(&row.line);
    }
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const Line* a, const Line* b) { return a->happened < b->happened; });
  return found;
}

}  // namespace

Items services_of(const DocumentWords& words, const Picture& picture) {
  Items items;
  for (const BoardElement& one : touched_services(picture)) {
    std::string text = one.name;
    if (one.seen) {
      text += ", " + words.name("state", *one.seen);
    }
    if (one.capacity_seen || one.capacity) {
      text += ", " + words.word(one.capacity_seen ? "capacity_seen" : "capacity_forecast",
                                {{"share", percent(one.capacity_seen ? *one.capacity_seen : *one.capacity)}});
    }
    if (may_have_stopped(one, picture.now)) {
      text += ", " + words.word(*one.stops <= picture.now ? "stopped_since" : "stops_at",
                                {{"moment", words.moment(*one.stops)}});
    }
    if (one.transfers > 0) {
      text += ", " + words.word("transfers", {{"count", std::to_string(one.transfers)}});
    }
    items.push_back(text + mark(words, one.contested));
  }
  return items;
}

Items systems_of(const DocumentWords& words, const Picture& picture) {
  Items items;
  for (const BoardElement& one : systems_out(picture)) {
    std::string text = one.name + ", " + words.name("state", one.seen ? *one.seen : one.forecast);
    if (!one.seen) {
      text += " " + words.word("by_dependency");
    }
    if (one.cause != Cause::unknown) {
      text += ", " + words.name("cause", one.cause);
    }
    if (one.since) {
      text += ", " + words.word("since", {{"moment", words.moment(*one.since)}});
    }
    if (one.tolerated_until) {
      text += ", " + words.word(*one.tolerated_until < picture.now ? "tolerated_over" : "tolerated_until",
                                {{"moment", words.moment(*one.tolerated_until)}});
    }
    items.push_back(text + mark(words, one.contested));
  }
  return items;
}

Items first_back(const Picture& picture) {
  Items items;
  for (const FirstBack& one : picture.board.first) {
    std::string text = one.name;
    for (std::size_t i = 0; i < one.services.size(); ++i) {
      text += (i == 0 ? " → " : ", ") + one.services[i];
    }
    items.push_back(std::move(text));
  }
  return items;
}

Items decisions(const DocumentWords& words, const Picture& picture, std::set<DecisionState> states) {
  return lines_where(words, picture, [&](const Deed& deed) {
    return deed.decision && states.contains(deed.decision->state);
  });
}

Items levels(const DocumentWords& words, const Picture& picture) {
  Items items;
  for (const Line* opening : openings(picture)) {
    items.push_back(words.moment(opening->happened) + " " + opening->text);
  }
  Items changes = lines_where(words, picture, [](const Deed& deed) { return deed.level.has_value(); });
  std::move(changes.begin(), changes.end(), std::back_inserter(items));
  return items;
}

Items open_tasks(const DocumentWords& words, const Picture& picture) {
  return lines_where(words, picture, [](const Deed& deed) {
    return deed.task && (deed.task->state == TaskState::open || deed.task->state == TaskState::doing);
  });
}

Items open_requests(const DocumentWords& words, const Picture& picture) {
  return lines_where(words, picture, [](const Deed& deed) {
    return deed.request && deed.request->state != RequestState::withdrawn &&
           deed.request->state != RequestState::arrived;
  });
}

Items people(const DocumentWords& words, const Picture& picture, std::set<PresenceState> states) {
  return lines_where(words, picture, [&](const Deed& deed) {
    return deed.presence && states.contains(deed.presence->state);
  });
}

Items moved_patients(const DocumentWords& words, const Picture& picture) {
  return lines_where(words, picture, [](const Deed& deed) {
    return deed.placement && deed.placement->state != PlacementState::here;
  });
}

Items deadlines(const DocumentWords& words, const Picture& picture) {
  Items items;
  for (const RoomClock& one : picture.clocks) {
    if (one.state == ClockState::running || one.state == ClockState::late) {
      items.push_back(one.label + " (" + one.recipient + ") : " +
                      (one.due ? words.word(one.state == ClockState::late ? "was_due" : "due",
                                            {{"moment", words.moment(*one.due)}})
                               : words.word("without_delay")) +
                      (one.confirmed ? "" : " " + words.word("to_be_confirmed")) +
                      mark(words, is_contested(picture, "notice/" + one.obligation) ||
                                      is_contested(picture, "milestone/" + one.event)));
    }
  }
  return items;
}

Items met_obligations(const DocumentWords& words, const Picture& picture) {
  return lines_where(words, picture,
                     [](const Deed& deed) { return deed.notice && deed.notice->state == NoticeState::met; });
}

Items told_to_the_public(const DocumentWords& words, const Picture& picture) {
  return lines_where(words, picture, [](const Deed& deed) {
    return deed.bulletin && deed.bulletin->state == BulletinState::published;
  });
}

Instant noticed(const Picture& picture, std::string_view document) {
  for (const RoomClock& clock : picture.clocks) {
    if (clock.document == document && clock.started) {
      return *clock.started;
    }
  }
  const auto opened = openings(picture);
  return opened.empty() ? picture.room.opened : opened.front()->happened;
}

std::string known_facts(const Picture& picture) {
  std::string text;
  for (const Line* opening : openings(picture)) {
    text += (text.empty() ? "" : " ") + opening->text;
  }
  return text;
}

Items facts(const DocumentWords& words, const Picture& picture) {
  std::vector<const Line*> found;
  std::set<std::string> corrected;
  for (const LineRow& row : picture.lines) {
    corrected.insert(row.line.corrects);
  }
  for (const LineRow& row : picture.lines) {
    if (row.line.kind == LineKind::fact && !corrected.contains(row.line.id)) {
      found.push_back(&row.line);
    }
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const Line* a, const Line* b) { return a->happened < b->happened; });
  Items items;
  for (const Line* line : found) {
    items.push_back(words.moment(line->happened) + " " + line->text);
  }
  return items;
}

}  // namespace releve::crisis
