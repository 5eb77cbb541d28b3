// SPDX-License-Identifier: EUPL-1.2
#include "respond/crisis/documents.hpp"

#include "foundation/base/text.hpp"
#include "respond/crisis/excerpts.hpp"

#include <algorithm>
#include <limits>

namespace releve::crisis {

namespace {

/// A text in the making: headings with lists below them.
class Paper : public DocumentWords {
 public:
  using DocumentWords::DocumentWords;

  void title(const std::string& text) { text_ += text + "\n" + std::string(60, '=') + "\n"; }

  void row(const std::string& text) { text_ += text + "\n"; }

  /// From here on a section holds so many bytes of items; how many do not fit is said.
  void keep_sections_within(std::size_t most) { most_in_section_ = most; }

  /// A heading and its items; when there are none, a dash says so.
  void section(std::string_view what, const Items& items) {
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

  std::string text() && { return std::move(text_); }

 private:
  std::string text_;
  std::size_t most_in_section_ = std::numeric_limits<std::size_t>::max();
};

/// Thirteen sections of this size stay well under what a report may hold, however much is down.
constexpr std::size_t most_in_report_section = 6'000;

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
  paper.section("first_back", first_back(paper, picture));
  paper.section("decisions", decisions_taken(paper, picture));
  paper.section("pending", decisions_open(paper, picture));
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
  paper.section("pending", decisions_open(paper, picture));
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

/// The four blocks of the incident form (order of 30 October 2017; jurisante.fr): structure and declarant,
/// description, impact on data, persons, system and structure, cause.
std::string incident_report(const Picture& picture, Paper paper) {
  header(paper, "cert_sante", picture);
  paper.row("");
  paper.field("structure", picture.facility + " (FINESS " + picture.room.facility + ")");
  paper.field("declarant");
  paper.field("telephone");
  paper.row("");
  paper.field("noticed", noticed(paper, picture, "cert_sante"));
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
  paper.section("measures", decisions_taken(paper, picture));
  footer(paper, picture);
  return std::move(paper).text();
}

/// GDPR article 33, 3: nature, persons and records concerned, contact, consequences, measures.
std::string breach_notice(const Picture& picture, Paper paper) {
  header(paper, "cnil", picture);
  paper.row("");
  paper.field("structure", picture.facility + " (FINESS " + picture.room.facility + ")");
  paper.field("dpo");
  paper.field("noticed", noticed(paper, picture, "cnil"));
  paper.field("breach_nature", paper.word("unavailability"));
  paper.field("persons_concerned");
  paper.field("records_concerned");
  paper.section("facts", facts(paper, picture));
  paper.section("consequences", services_of(paper, picture));
  paper.section("measures", decisions_taken(paper, picture));
  paper.field("persons_told", done_of(paper, picture, "persons"));
  footer(paper, picture);
  return std::move(paper).text();
}

std::string letter(std::string_view what, const Picture& picture, Paper paper) {
  header(paper, what, picture);
  paper.row("");
  paper.row(paper.word(std::string(what) + "_text",
                       {{"facility", picture.facility}, {"moment", noticed(paper, picture, what)}}));
  paper.row("");
  paper.field("representative");
  paper.field("known", known_facts(picture));
  paper.section("facts", facts(paper, picture));
  paper.section("systems", systems_of(paper, picture));
  paper.section("consequences", services_of(paper, picture));
  paper.section("measures", decisions_taken(paper, picture));
  paper.field("evidence", done_of(paper, picture, "evidence"));
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
    if (!line.attachments.empty()) {
      std::string names;
      for (const Attachment& one : line.attachments) {
        names += (names.empty() ? "" : ", ") + one.name;
      }
      text += "  (" + paper.word("attached", {{"names", names}}) + ")";
    }
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
