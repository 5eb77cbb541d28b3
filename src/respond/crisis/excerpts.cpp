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

bool is_out(const BoardElement& element) {
  return (element.seen && *element.seen != ElementState::full) || element.forecast != ElementState::full ||
         element.contested;
}

bool is_touched(const BoardElement& service) {
  return service.seen.value_or(ElementState::full) != ElementState::full || service.stops ||
         service.capacity.value_or(1) < 1 || service.capacity_seen.value_or(1) < 1 || service.transfers > 0 ||
         service.contested;
}

/// What is seen stands beside what is forecast: neither hides the other, nor is taken for it. What people
/// have stopped is told with the hour that they gave, whatever was forecast.
std::string_view word_of_stop(const BoardElement& service, Instant now) {
  if (!service.stops || service.seen == ElementState::down) {
    return {};
  }
  return *service.stops > now ? "stops_at" : "stopped_by_forecast";
}

/// Feels the loss of something in another way than people see.
bool is_otherwise_by_forecast(const BoardElement& system) {
  return system.seen && *system.seen != ElementState::down && system.forecast != ElementState::full &&
         system.forecast != *system.seen;
}

/// When care ended, or will: as people said, else by the forecast.
Instant end_of(const BoardElement& service) {
  return (service.seen == ElementState::down ? service.since : service.stops).value_or(Instant::max());
}

/// Care that is touched, what stops soonest first.
std::vector<BoardElement> touched_services(const Picture& picture) {
  std::vector<BoardElement> list;
  std::copy_if(picture.board.elements.begin(), picture.board.elements.end(), std::back_inserter(list),
               [](const BoardElement& one) { return one.layer == Layer::service && is_touched(one); });
  std::stable_sort(list.begin(), list.end(),
                   [](const BoardElement& a, const BoardElement& b) { return end_of(a) < end_of(b); });
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

/// What settles a clock: whoever says that it was done; of a review, whoever decides anew.
std::string subject_of(const RoomClock& clock) {
  constexpr std::string_view review = "review/";
  return clock.obligation.starts_with(review) ? "decision/" + clock.obligation.substr(review.size())
                                              : "notice/" + clock.obligation;
}

using Ids = std::vector<std::string>;

/// The words of standing lines of one kind whose deed answers: (what it says, which lines say otherwise).
template <class What, class Wanted>
Items lines_where(const DocumentWords& words, const Picture& picture, std::optional<What> Deed::* kind,
                  const Wanted& wanted) {
  Items items;
  for (const Standing& one : picture.standing) {
    const std::optional<What>& what = (*one.row.line.deed).*kind;
    if (what && wanted(*what, one.contested)) {
      const Instant when = one.row.line.deed->decision ? one.since : one.row.line.happened;
      items.push_back(words.moment(when) + mark(words, !one.contested.empty()) + " " + one.row.line.text);
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
    const bool stopped = one.seen == ElementState::down;
    if (one.seen) {
      text += ", " + words.name("state", *one.seen);
    }
    if (one.since) {
      text += ", " + words.word("since", {{"moment", words.moment(*one.since)}});
    }
    if (one.capacity_seen) {
      text += ", " + words.word("capacity_seen", {{"share", percent(*one.capacity_seen)}});
    }
    if (one.capacity && !stopped && (!one.capacity_seen || (*one.capacity_seen >= 1 && *one.capacity < 1))) {
      text += ", " + words.word("capacity_forecast", {{"share", percent(*one.capacity)}});
    }
    if (const std::string_view stop = word_of_stop(one, picture.now); !stop.empty()) {
      text += ", " + words.word(stop, {{"moment", words.moment(*one.stops)}});
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
    if (is_otherwise_by_forecast(one)) {
      text += ", " + words.word("state_by_forecast", {{"state", words.name("state", one.forecast)}});
    }
    if (one.tolerated_until) {
      text += ", " + words.word(*one.tolerated_until < picture.now ? "tolerated_over" : "tolerated_until",
                                {{"moment", words.moment(*one.tolerated_until)}});
    }
    items.push_back(text + mark(words, one.contested));
  }
  return items;
}

Items first_back(const DocumentWords& words, const Picture& picture) {
  Items items;
  for (const FirstBack& one : picture.board.first) {
    std::string text = one.name;
    if (one.with_others) {
      text += ", " + words.word("with_others");
    }
    for (std::size_t i = 0; i < one.services.size(); ++i) {
      text += (i == 0 ? " → " : ", ") + one.services[i];
    }
    items.push_back(std::move(text));
  }
  return items;
}

Items decisions_taken(const DocumentWords& words, const Picture& picture) {
  const auto is_taken = [](const Decision& decision) { return decision.state == DecisionState::taken; };
  return lines_where(words, picture, &Deed::decision, [&](const Decision& decision, const Ids& contested) {
    return is_taken(decision) ||
           std::any_of(picture.lines.begin(), picture.lines.end(), [&](const LineRow& row) {
             return std::find(contested.begin(), contested.end(), row.line.id) != contested.end() &&
                    is_taken(*row.line.deed->decision);
           });
  });
}

Items decisions_open(const DocumentWords& words, const Picture& picture) {
  return lines_where(words, picture, &Deed::decision, [](const Decision& decision, const Ids& contested) {
    return !contested.empty() || decision.state == DecisionState::pending;
  });
}

Items levels(const DocumentWords& words, const Picture& picture) {
  Items items;
  for (const Line* opening : openings(picture)) {
    items.push_back(words.moment(opening->happened) + " " + opening->text);
  }
  Items changes =
      lines_where(words, picture, &Deed::level, [](const LevelChange&, const Ids&) { return true; });
  std::move(changes.begin(), changes.end(), std::back_inserter(items));
  return items;
}

Items open_tasks(const DocumentWords& words, const Picture& picture) {
  return lines_where(words, picture, &Deed::task, [](const Task& task, const Ids& contested) {
    return !contested.empty() || task.state == TaskState::open || task.state == TaskState::doing;
  });
}

Items open_requests(const DocumentWords& words, const Picture& picture) {
  return lines_where(words, picture, &Deed::request, [](const Request& request, const Ids& contested) {
    return !contested.empty() ||
           (request.state != RequestState::withdrawn && request.state != RequestState::arrived);
  });
}

Items people(const DocumentWords& words, const Picture& picture, std::set<PresenceState> states) {
  return lines_where(words, picture, &Deed::presence,
                     [&](const Presence& presence, const Ids&) { return states.contains(presence.state); });
}

Items moved_patients(const DocumentWords& words, const Picture& picture) {
  return lines_where(words, picture, &Deed::placement, [](const Placement& placement, const Ids& contested) {
    return !contested.empty() || placement.state != PlacementState::here;
  });
}

Items deadlines(const DocumentWords& words, const Picture& picture) {
  Items items;
  for (const RoomClock& one : picture.clocks) {
    const bool runs = one.state == ClockState::running || one.state == ClockState::late;
    const bool in_doubt = is_contested(picture, subject_of(one));
    if (runs || in_doubt) {
      std::string text = one.label + (one.recipient.empty() ? "" : " (" + one.recipient + ")") +
                         mark(words, in_doubt || is_contested(picture, "milestone/" + one.event)) + " : ";
      if (!runs) {
        text += words.name("clock_state", one.state) + (one.met ? " " + words.moment(*one.met) : "");
      } else if (!one.due) {
        text += words.word("without_delay");
      } else {
        text += words.word(one.state == ClockState::late ? "was_due" : "due",
                           {{"moment", words.moment(*one.due)}});
      }
      items.push_back(text + (runs && one.assumed ? " " + words.word("assumed") : "") +
                      (one.confirmed ? "" : " " + words.word("to_be_confirmed")));
    }
  }
  return items;
}

Items met_obligations(const DocumentWords& words, const Picture& picture) {
  return lines_where(words, picture, &Deed::notice,
                     [](const Notice& notice, const Ids&) { return notice.state == NoticeState::met; });
}

Items told_to_the_public(const DocumentWords& words, const Picture& picture) {
  return lines_where(words, picture, &Deed::bulletin, [](const Bulletin& bulletin, const Ids& contested) {
    return !contested.empty() || bulletin.state == BulletinState::published;
  });
}

std::string noticed(const DocumentWords& words, const Picture& picture, std::string_view document) {
  for (const RoomClock& clock : picture.clocks) {
    if (clock.document == document && clock.started) {
      return words.moment(*clock.started) + (clock.assumed ? " " + words.word("assumed") : "") +
             mark(words, is_contested(picture, "milestone/" + clock.event));
    }
  }
  const auto opened = openings(picture);
  return words.moment(opened.empty() ? picture.room.opened : opened.front()->happened) + " " +
         words.word("assumed");
}

std::string done_of(const DocumentWords& words, const Picture& picture, std::string_view obligation) {
  for (const Standing& one : picture.standing) {
    const auto& notice = one.row.line.deed->notice;
    if (notice && notice->obligation == obligation && notice->state == NoticeState::met) {
      return words.moment(one.row.line.happened) + mark(words, !one.contested.empty()) + " " +
             one.row.line.text;
    }
  }
  return {};
}

std::string known_facts(const Picture& picture) {
  std::string text;
  for (const Line* opening : openings(picture)) {
    text += (text.empty() ? "" : " ") + opening->text;
  }
  return text;
}

/// Was it said later that something was known since another hour? What posts differ on stands twice.
static bool was_put_right(const Picture& picture, const Line& line) {
  if (!line.deed || !line.deed->milestone) {
    return false;
  }
  return std::none_of(picture.standing.begin(), picture.standing.end(), [&](const Standing& one) {
    return one.row.line.id == line.id ||
           std::find(one.contested.begin(), one.contested.end(), line.id) != one.contested.end();
  });
}

Items facts(const DocumentWords& words, const Picture& picture) {
  std::vector<const Line*> found;
  std::set<std::string> corrected;
  for (const LineRow& row : picture.lines) {
    corrected.insert(row.line.corrects);
  }
  for (const LineRow& row : picture.lines) {
    if (row.line.kind == LineKind::fact && !corrected.contains(row.line.id) &&
        !was_put_right(picture, row.line)) {
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
