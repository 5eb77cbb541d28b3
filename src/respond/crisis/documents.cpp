// SPDX-License-Identifier: EUPL-1.2
#include "respond/crisis/documents.hpp"

#include "foundation/base/text.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <set>

namespace releve::crisis {

namespace {

/// A text in the making: headings with lists below them.
class Paper {
 public:
  explicit Paper(const Voice& voice) : voice_(voice) {}

  std::string word(std::string_view what, std::vector<Param> params = {}) const {
    return voice_.say("room.document." + std::string(what), std::move(params));
  }

  template <NamedEnum E>
  std::string name(std::string_view kind, E value) const {
    return voice_.say("room.words." + std::string(kind) + "." + std::string(text_of(value)));
  }

  void title(const std::string& text) { text_ += text + "\n" + std::string(60, '=') + "\n"; }

  void row(const std::string& text) { text_ += text + "\n"; }

  /// From here on a section holds so many bytes of items; how many do not fit is said.
  void keep_sections_within(std::size_t most) { most_in_section_ = most; }

  /// A heading and its items; when there are none, a dash says so.
  void section(std::string_view what, const std::vector<std::string>& items) {
    text_ += "\n" + word(what) + "\n";
    std::size_t written = 0;
    for (std::size_t i = 0; i < items.size(); ++i) {
      const std::string item = "- " + shorten(items[i], most_in_section_ / 4) + "\n";
      written += item.size();
      if (written > most_in_section_) {
        text_ += word("others", {{"count", std::to_string(items.size() - i)}}) + "\n";
        break;
      }
      text_ += item;
    }
    if (items.empty()) {
      text_ += word("nothing") + "\n";
    }
  }

  /// Questions of a form: an answer, or a line to be filled in.
  void field(std::string_view what, const std::string& answer = {}) {
    text_ += word(what) + (answer.empty() ? " ………………………………………………" : " " + answer) + "\n";
  }

  std::string moment(Instant at) const { return voice_.moment(at); }

  std::string text() && { return std::move(text_); }

 private:
  const Voice& voice_;
  std::string text_;
  std::size_t most_in_section_ = std::numeric_limits<std::size_t>::max();
};

/// Thirteen sections of this size stay well under what a report may hold, however much is down.
constexpr std::size_t most_in_report_section = 6'000;

using Items = std::vector<std::string>;

std::string percent(double share) {
  return std::to_string(static_cast<int>(std::lround(share * 100))) + " %";
}

bool is_out(const BoardElement& element) {
  return (element.seen && *element.seen != ElementState::full) || element.forecast != ElementState::full;
}

bool is_touched(const BoardElement& service) {
  return (service.seen && *service.seen != ElementState::full) || service.stops ||
         service.capacity.value_or(1) < 1;
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

Items services_of(const Paper& paper, const Picture& picture) {
  Items items;
  for (const BoardElement& one : touched_services(picture)) {
    std::string text = one.name;
    if (one.seen) {
      text += ", " + paper.name("state", *one.seen);
    }
    if (one.capacity_seen || one.capacity) {
      text += ", " + paper.word(one.capacity_seen ? "capacity_seen" : "capacity_forecast",
                                {{"share", percent(one.capacity_seen ? *one.capacity_seen : *one.capacity)}});
    }
    if (one.stops) {
      text += ", " + paper.word(*one.stops <= picture.now ? "stopped_since" : "stops_at",
                                {{"moment", paper.moment(*one.stops)}});
    }
    if (one.transfers > 0) {
      text += ", " + paper.word("transfers", {{"count", std::to_string(one.transfers)}});
    }
    items.push_back(std::move(text));
  }
  return items;
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

Items systems_of(const Paper& paper, const Picture& picture) {
  Items items;
  for (const BoardElement& one : systems_out(picture)) {
    std::string text = one.name + ", " + paper.name("state", one.seen ? *one.seen : one.forecast);
    if (!one.seen) {
      text += " " + paper.word("by_dependency");
    }
    if (one.cause != Cause::unknown) {
      text += ", " + paper.name("cause", one.cause);
    }
    if (one.since) {
      text += ", " + paper.word("since", {{"moment", paper.moment(*one.since)}});
    }
    if (one.tolerated_until) {
      text += ", " + paper.word(*one.tolerated_until < picture.now ? "tolerated_over" : "tolerated_until",
                                {{"moment", paper.moment(*one.tolerated_until)}});
    }
    items.push_back(std::move(text));
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

/// The words of standing lines whose deed answers.
template <class Wanted>
Items lines_where(const Paper& paper, const Picture& picture, const Wanted& wanted) {
  Items items;
  for (const Standing& one : picture.standing) {
    if (wanted(*one.row.line.deed)) {
      items.push_back(paper.moment(one.row.line.happened) + " " + one.row.line.text);
    }
  }
  return items;
}

Items decisions(const Paper& paper, const Picture& picture, std::set<DecisionState> states) {
  return lines_where(paper, picture, [&](const Deed& deed) {
    return deed.decision && states.contains(deed.decision->state);
  });
}

/// The opening, and the last change of the level.
Items levels(const Paper& paper, const Picture& picture) {
  return lines_where(paper, picture,
                     [](const Deed& deed) { return deed.level.has_value() || deed.opening.has_value(); });
}

Items open_tasks(const Paper& paper, const Picture& picture) {
  return lines_where(paper, picture, [](const Deed& deed) {
    return deed.task && (deed.task->state == TaskState::open || deed.task->state == TaskState::doing);
  });
}

Items open_requests(const Paper& paper, const Picture& picture) {
  return lines_where(paper, picture, [](const Deed& deed) {
    return deed.request && deed.request->state != RequestState::withdrawn &&
           deed.request->state != RequestState::arrived;
  });
}

Items people(const Paper& paper, const Picture& picture, std::set<PresenceState> states) {
  return lines_where(paper, picture, [&](const Deed& deed) {
    return deed.presence && states.contains(deed.presence->state);
  });
}

Items moved_patients(const Paper& paper, const Picture& picture) {
  return lines_where(paper, picture, [](const Deed& deed) {
    return deed.placement && deed.placement->state != PlacementState::here;
  });
}

Items deadlines(const Paper& paper, const Picture& picture) {
  Items items;
  for (const RoomClock& one : picture.clocks) {
    if (one.state == ClockState::running || one.state == ClockState::late) {
      items.push_back(one.label + " (" + one.recipient + ") : " +
                      (one.due ? paper.word(one.state == ClockState::late ? "was_due" : "due",
                                            {{"moment", paper.moment(*one.due)}})
                               : paper.word("without_delay")) +
                      (one.confirmed ? "" : " " + paper.word("to_be_confirmed")));
    }
  }
  return items;
}

Items met_obligations(const Paper& paper, const Picture& picture) {
  return lines_where(paper, picture,
                     [](const Deed& deed) { return deed.notice && deed.notice->state == NoticeState::met; });
}

Items told_to_the_public(const Paper& paper, const Picture& picture) {
  return lines_where(paper, picture, [](const Deed& deed) {
    return deed.bulletin && deed.bulletin->state == BulletinState::published;
  });
}

const Line* opening_of(const Picture& picture) {
  for (const Standing& one : picture.standing) {
    if (one.row.line.deed->opening) {
      return &one.row.line;
    }
  }
  return nullptr;
}

void header(Paper& paper, std::string_view what, const Picture& picture) {
  if (picture.room.kind == RoomKind::exercise) {
    paper.row(paper.word("exercise"));
  }
  paper.title(paper.word(what, {{"facility", picture.facility}}));
  paper.row(picture.room.name + " (" + paper.name("kind", picture.room.kind) + ")");
  paper.row(paper.word("at", {{"moment", paper.moment(picture.now)}}));
  paper.row(
      paper.word("opened", {{"moment", paper.moment(picture.room.opened)}, {"by", picture.room.opened_by}}));
}

void footer(Paper& paper, const Picture& picture) {
  paper.row("");
  paper.row(paper.word(
      "head", {{"head", short_head(picture.head)}, {"lines", std::to_string(picture.lines.size())}}));
}

std::string situation(const Picture& picture, Paper paper) {
  header(paper, "situation", picture);
  paper.keep_sections_within(most_in_report_section);
  paper.section("level", levels(paper, picture));
  paper.section("services", services_of(paper, picture));
  paper.section("systems", systems_of(paper, picture));
  paper.section("first_back", first_back(picture));
  paper.section("decisions", decisions(paper, picture, {DecisionState::taken}));
  paper.section("pending", decisions(paper, picture, {DecisionState::pending}));
  paper.section("tasks", open_tasks(paper, picture));
  paper.section("requests", open_requests(paper, picture));
  paper.section("moved", moved_patients(paper, picture));
  paper.section("deadlines", deadlines(paper, picture));
  paper.section("met", met_obligations(paper, picture));
  paper.section("public", told_to_the_public(paper, picture));
  paper.section("present", people(paper, picture, {PresenceState::present}));
  footer(paper, picture);
  return std::move(paper).text();
}

/// What a successor must be able to say after five minutes.
std::string handover(const Picture& picture, Paper paper) {
  header(paper, "handover", picture);
  paper.section("level", levels(paper, picture));
  paper.section("systems", systems_of(paper, picture));
  paper.section("services", services_of(paper, picture));
  paper.section("pending", decisions(paper, picture, {DecisionState::pending}));
  paper.section("deadlines", deadlines(paper, picture));
  paper.section("present", people(paper, picture, {PresenceState::present}));
  paper.section("absent", people(paper, picture, {PresenceState::unavailable, PresenceState::left}));
  paper.section("expected", people(paper, picture, {PresenceState::called, PresenceState::coming}));
  paper.section("moved", moved_patients(paper, picture));
  paper.section("tasks", open_tasks(paper, picture));
  paper.section("requests", open_requests(paper, picture));
  footer(paper, picture);
  return std::move(paper).text();
}

/// Since when it is known what this document tells: by its own clock, else since the crisis began.
Instant noticed(const Picture& picture, std::string_view document) {
  for (const RoomClock& clock : picture.clocks) {
    if (clock.document == document && clock.started) {
      return *clock.started;
    }
  }
  const Line* opening = opening_of(picture);
  return opening == nullptr ? picture.room.opened : opening->happened;
}

std::string known_facts(const Picture& picture) {
  const Line* opening = opening_of(picture);
  return opening == nullptr ? "" : opening->text;
}

/// The facts in the order in which they happened: what a form asks under "description".
Items facts(const Paper& paper, const Picture& picture) {
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
    items.push_back(paper.moment(line->happened) + " " + line->text);
  }
  return items;
}

/// The four blocks of the incident form (order of 30 October 2017; jurisante.fr): structure and declarant,
/// description, impact on data, persons, system and structure, cause.
std::string incident_report(const Picture& picture, Paper paper) {
  header(paper, "cert_sante", picture);
  paper.row("");
  paper.field("structure", picture.facility + " (FINESS " + picture.room.facility + ")");
  paper.field("declarant");
  paper.field("telephone");
  paper.row("");
  paper.field("noticed", paper.moment(noticed(picture, "cert_sante")));
  paper.field("known", known_facts(picture));
  paper.section("facts", facts(paper, picture));
  paper.section("systems", systems_of(paper, picture));
  paper.section("services", services_of(paper, picture));
  paper.row("");
  paper.field("data_concerned");
  paper.field("patient_danger");
  paper.field("staff_concerned");
  paper.field("other_bodies");
  paper.field("cause");
  paper.section("measures", decisions(paper, picture, {DecisionState::taken}));
  footer(paper, picture);
  return std::move(paper).text();
}

/// GDPR article 33, 3: nature, persons and records concerned, contact, consequences, measures.
std::string breach_notice(const Picture& picture, Paper paper) {
  header(paper, "cnil", picture);
  paper.row("");
  paper.field("structure", picture.facility + " (FINESS " + picture.room.facility + ")");
  paper.field("dpo");
  paper.field("noticed", paper.moment(noticed(picture, "cnil")));
  paper.field("breach_nature", paper.word("unavailability"));
  paper.field("persons_concerned");
  paper.field("records_concerned");
  paper.section("facts", facts(paper, picture));
  paper.section("consequences", services_of(paper, picture));
  paper.section("measures", decisions(paper, picture, {DecisionState::taken}));
  paper.field("persons_told");
  footer(paper, picture);
  return std::move(paper).text();
}

std::string letter(std::string_view what, const Picture& picture, Paper paper) {
  header(paper, what, picture);
  paper.row("");
  paper.row(paper.word(std::string(what) + "_text",
                       {{"facility", picture.facility}, {"moment", paper.moment(noticed(picture, what))}}));
  paper.row("");
  paper.field("representative");
  paper.field("known", known_facts(picture));
  paper.section("facts", facts(paper, picture));
  paper.section("systems", systems_of(paper, picture));
  paper.section("consequences", services_of(paper, picture));
  paper.section("measures", decisions(paper, picture, {DecisionState::taken}));
  paper.field("evidence");
  paper.field("ransom");
  paper.field("signature");
  footer(paper, picture);
  return std::move(paper).text();
}

}  // namespace

std::string compose(std::string_view document, const Picture& picture, const Voice& voice) {
  Paper paper(voice);
  if (document == "situation") {
    return situation(picture, std::move(paper));
  }
  if (document == "handover") {
    return handover(picture, std::move(paper));
  }
  if (document == "cert_sante") {
    return incident_report(picture, std::move(paper));
  }
  if (document == "cnil") {
    return breach_notice(picture, std::move(paper));
  }
  RELEVE_CHECK(document == "complaint" || document == "insurer", "a text that there is");
  return letter(document, picture, std::move(paper));
}

std::string journal_text(const Picture& picture, const Voice& voice) {
  Paper paper(voice);
  header(paper, "journal", picture);
  paper.row("");
  for (const LineRow& row : picture.lines) {
    const Line& line = row.line;
    std::string text = std::to_string(row.arrived) + "  " + paper.moment(line.happened);
    if (line.typed - line.happened >= std::chrono::minutes(1)) {
      text += "  (" + paper.word("typed", {{"moment", paper.moment(line.typed)}}) + ")";
    }
    text += "  [" + paper.name("line_kind", line.kind) + "]";
    if (!line.from.empty() || !line.to.empty()) {
      text += "  " + line.from + (line.to.empty() ? "" : " → " + line.to) + " :";
    }
    text += "  " + line.text;
    if (!line.corrects.empty()) {
      const auto corrected = std::find_if(picture.lines.begin(), picture.lines.end(),
                                          [&](const LineRow& one) { return one.line.id == line.corrects; });
      text += "  (" +
              paper.word("corrects",
                         {{"line", corrected == picture.lines.end() ? line.corrects
                                                                    : std::to_string(corrected->arrived)}}) +
              ")";
    }
    paper.row(text + "  — " + line.author + "  " + short_head(row.hash).substr(0, 9));
  }
  footer(paper, picture);
  return std::move(paper).text();
}

}  // namespace releve::crisis
