// SPDX-License-Identifier: EUPL-1.2
// With the catalogue of the product: whatever a room says is said in words.
#include "prepare/assessment/hospital_for_tests.hpp"
#include "prepare/cartography/test_material.hpp"
#include "respond/crisis/documents.hpp"

#include <gtest/gtest.h>

namespace releve::crisis {
namespace {

constexpr Instant t0 = Instant(std::chrono::milliseconds(1'790'000'000'000));

std::vector<Deed> one_of_each() {
  std::vector<Deed> deeds(16);
  deeds[0].opening = Opening{RoomKind::real, "Crise", plan::Level::plan_blanc, 1};
  deeds[1].level = LevelChange{plan::Level::plan_blanc, "Réanimation touchée", "DG"};
  deeds[2].impact = Impact{"LIS", "SIL", Layer::application, ElementState::down, Cause::encrypted, 0.4, 3};
  deeds[3].task = Task{"t", "Isoler", "RSSI", t0, TaskState::doing};
  deeds[4].tick = Tick{"card", 1, "Couper", true};
  deeds[5].decision =
      Decision{"d", "Couper", "Propagation", "DG", "délégation", "labo", t0, DecisionState::taken};
  deeds[6].presence = Presence{"Léa Martin", "Cyber", "RSSI", PresenceState::coming, t0};
  deeds[7].handover = Handover{"h", "Cyber", "Léa", "Paul", true};
  deeds[8].request =
      Request{"r", RequestKind::resource, "Postes", 10, "GRADeS", RequestState::asked, "demain"};
  deeds[9].placement = Placement{"12", "Réa", "4", "CHU", PlacementState::to_move};
  deeds[10].milestone = Milestone{"discovery", "Découverte"};
  deeds[11].notice = Notice{"ars", "ARS prévenue", NoticeState::met, "Mme X", "téléphone", "12"};
  deeds[12].report = Report{1, "DG", "texte", "abc"};
  deeds[13].joined = Joined{"c", "portable", 3, "abc", 3};
  deeds[14].closing = Closing{"tester"};
  deeds[15].bulletin = Bulletin{"b", 1, "Urgences", "Allez à l’accueil.", "", "", "DG"};
  return deeds;
}

class room_words : public ::testing::TestWithParam<const char*> {
 protected:
  const Catalogue catalogue = cartography::repository_words();
  const Voice voice{catalogue, GetParam(), "Europe/Paris"};

  static void expect_words(const std::string& text) {
    EXPECT_EQ(text.find("room."), std::string::npos) << text;
    EXPECT_EQ(text.find('{'), std::string::npos) << text;
  }

  static Picture picture() {
    Picture picture;
    picture.room = {"room", "990000001", RoomKind::exercise, "Crise", t0, "garde", {}};
    picture.facility = "CH";
    picture.now = t0 + std::chrono::hours(9);
    picture.head = std::string(64, 'a');
    std::int64_t arrived = 0;
    for (Deed& deed : one_of_each()) {
      LineRow row{++arrived, "own", arrived, std::string(64, 'b'), {}};
      row.line = {.id = std::to_string(arrived),
                  .happened = t0,
                  .typed = t0 + std::chrono::minutes(9),
                  .author = "garde"};
      row.line.kind = LineKind::fact;
      row.line.text = "ligne";
      row.line.deed = deed;
      picture.lines.push_back(row);
      picture.standing.push_back({std::to_string(arrived), row, t0, {}});
    }
    picture.lines.back().line.corrects = "3";
    picture.lines.back().line.attachments = {{.name = "note.jpg"}, {.name = "plan.pdf"}};
    const BoardElement service{.id = "LAB",
                               .name = "Laboratoire",
                               .layer = Layer::service,
                               .seen = ElementState::down,
                               .since = t0,
                               .capacity = 0.4,
                               .stops = t0,
                               .transfers = 2};
    const BoardElement application{.id = "LIS",
                                   .name = "SIL",
                                   .since = t0,
                                   .cause = Cause::encrypted,
                                   .forecast = ElementState::read_only,
                                   .tolerated_h = 4,
                                   .tolerated_until = t0};
    picture.board.elements = {service, application};
    picture.board.first = {{"LIS", "SIL", 12, {"Laboratoire", "Urgences"}}, {"SRV", "SRV-1", 9, {}, true}};
    RoomClock clock;
    clock.label = "Plainte";
    clock.recipient = "Police";
    clock.state = ClockState::late;
    clock.due = t0;
    picture.clocks = {clock};
    return picture;
  }
};

TEST_P(room_words, every_deed_has_its_own) {
  std::set<std::string> different;
  for (const Deed& deed : one_of_each()) {
    const std::string text = words_of(deed, voice);
    expect_words(text);
    EXPECT_TRUE(different.insert(text).second) << text;
  }
}

TEST_P(room_words, every_document_is_composed_of_words) {
  for (const std::string_view document : documents) {
    const std::string text = compose(document, picture(), voice);
    expect_words(text);
    EXPECT_NE(text.find("aaaa aaaa aaaa aaaa"), std::string::npos)
        << "the head of the journal is on " << document;
    EXPECT_NE(text.find("Laboratoire"), std::string::npos) << document;
  }
  const std::string journal = journal_text(picture(), voice);
  expect_words(journal);
  EXPECT_NE(journal.find("note.jpg, plan.pdf"), std::string::npos);
  EXPECT_EQ(std::count(journal.begin(), journal.end(), '\n'), 25)
      << "six of the head, sixteen lines, two of the foot, a gap";
}

TEST_P(room_words, what_is_signed_says_which_hour_was_assumed_and_no_hour_that_was_put_right) {
  Picture told = picture();
  told.lines[10].line.text = "violation connue";  // a milestone
  EXPECT_NE(compose("cnil", told, voice).find("violation connue"), std::string::npos);
  LineRow wrong = told.lines[10];
  wrong.line.id = "said before";
  wrong.line.text = "violation connue bien plus tôt";
  told.lines.insert(told.lines.begin(), wrong);
  told.clocks[0].document = "cnil";
  told.clocks[0].started = t0;
  told.clocks[0].assumed = true;
  const std::string assumed = catalogue.say(GetParam(), message("room.document.assumed"));
  EXPECT_EQ(compose("cnil", told, voice).find("violation connue bien plus tôt"), std::string::npos);
  EXPECT_NE(compose("cnil", told, voice).find(voice.moment(t0) + " " + assumed), std::string::npos);
  EXPECT_NE(compose("situation", told, voice).find(assumed), std::string::npos);
  told.clocks[0].assumed = false;
  EXPECT_EQ(compose("cnil", told, voice).find(assumed), std::string::npos);
}

TEST_P(room_words, what_was_done_for_evidence_and_persons_is_in_what_is_signed) {
  Picture told = picture();
  for (const char* obligation : {"evidence", "persons"}) {
    Standing done = told.standing[11];  // a notice
    done.subject = "notice/" + std::string(obligation);
    done.row.line.deed->notice->obligation = obligation;
    done.row.line.text = "fait pour " + std::string(obligation);
    told.standing.push_back(done);
  }
  EXPECT_NE(compose("complaint", told, voice).find("fait pour evidence"), std::string::npos);
  EXPECT_NE(compose("cnil", told, voice).find("fait pour persons"), std::string::npos);
}

TEST_P(room_words, a_decision_that_was_looked_at_again_is_told_by_the_hour_at_which_it_was_taken) {
  Picture told = picture();
  Standing& decision = told.standing[5];
  decision.row.line.happened = t0 + std::chrono::hours(6);
  for (const char* document : {"situation", "cert_sante"}) {
    EXPECT_EQ(compose(document, told, voice).find(voice.moment(decision.row.line.happened)),
              std::string::npos)
        << document;
  }
}

TEST_P(room_words, moments_are_those_of_the_place) {
  const std::string text = compose("situation", picture(), voice);
  EXPECT_NE(text.find(std::string_view(GetParam()) == "fr" ? "22/09/2026" : "2026-09-22"), std::string::npos)
      << text;
}

TEST_P(room_words, a_document_tells_when_it_was_known_by_its_own_clock) {
  Picture told = picture();
  told.clocks[0].document = "cnil";
  told.clocks[0].started = told.room.opened - std::chrono::hours(30);
  EXPECT_NE(compose("cnil", told, voice), compose("cnil", picture(), voice));
  EXPECT_EQ(compose("complaint", told, voice), compose("complaint", picture(), voice));
}

TEST_P(room_words, what_is_out_is_told_with_its_cause_and_its_hour) {
  const std::string text = compose("handover", picture(), voice);
  const std::string words =
      catalogue.say(GetParam(), message("room.words.cause.encrypted")) + ", " +
      catalogue.say(GetParam(), message("room.document.since", {{"moment", voice.moment(t0)}}));
  EXPECT_NE(text.find("SIL"), std::string::npos);
  EXPECT_NE(text.find(words), std::string::npos) << text;
}

TEST_P(room_words, care_that_is_slowed_down_or_in_doubt_is_told) {
  Picture told = picture();
  told.board.elements = {
      {.id = "MED",
       .name = "Médecine",
       .layer = Layer::service,
       .seen = ElementState::full,
       .capacity_seen = 0.5,
       .capacity = 0.33,
       .stops = t0,
       .transfers = 6},
      {.id = "CON",
       .name = "Consultations",
       .layer = Layer::service,
       .seen = ElementState::full,
       .capacity_seen = 1,
       .capacity = 0.62},
      {.id = "DPI", .name = "Dossier patient", .seen = ElementState::full, .contested = true},
      {.id = "PACS", .name = "Imagerie", .seen = ElementState::full, .forecast = ElementState::read_only}};
  const auto say = [&](const char* what) { return catalogue.say(GetParam(), message(what)); };
  const std::string contested = say("room.document.contested");
  const std::string text = compose("situation", told, voice);
  EXPECT_NE(text.find("Médecine"), std::string::npos) << text;
  EXPECT_NE(text.find("50 %"), std::string::npos) << text;
  EXPECT_NE(text.find(catalogue.say(
                GetParam(), message("room.document.stopped_by_forecast", {{"moment", voice.moment(t0)}}))),
            std::string::npos)
      << "somebody sees it work" << text;
  EXPECT_EQ(text.find("33 %"), std::string::npos) << "people see what it keeps";
  EXPECT_NE(text.find("62 %"), std::string::npos) << "people see no loss, and the forecast does";
  EXPECT_NE(text.find("Dossier patient"), std::string::npos) << text;
  EXPECT_NE(text.find(contested), std::string::npos) << text;
  const auto by_forecast = [&](const char* state) {
    return catalogue.say(GetParam(), message("room.document.state_by_forecast", {{"state", say(state)}}));
  };
  EXPECT_NE(text.find("Imagerie, " + say("room.words.state.full") + ", " +
                      by_forecast("room.words.state.read_only")),
            std::string::npos)
      << text;

  told = picture();
  EXPECT_EQ(compose("handover", told, voice).find(contested), std::string::npos);
  told.clocks[0].obligation = "complaint";
  told.standing.push_back({"notice/complaint", told.standing.front().row, t0, {"another"}});
  EXPECT_NE(compose("handover", told, voice).find(contested), std::string::npos) << "a deadline that differs";

  told = picture();
  for (Standing& one : told.standing) {
    if (auto& placement = one.row.line.deed->placement) {
      placement->state = PlacementState::here;
      one.row.line.text = "Patient 17 ici";
      one.contested = {"another"};
    }
  }
  EXPECT_NE(compose("situation", told, voice).find("Patient 17 ici"), std::string::npos)
      << "another post has moved him";
}

TEST_P(room_words, what_fails_after_it_was_declared_is_told_and_what_people_stopped_has_their_hour) {
  const auto say = [&](const std::string& what, std::vector<Param> params = {}) {
    return catalogue.say(GetParam(), message("room." + what, std::move(params)));
  };
  const Instant closed = t0 + std::chrono::hours(2);
  Picture told = picture();
  told.board.elements = {{.id = "DPI",
                          .name = "Dossier patient",
                          .seen = ElementState::read_only,
                          .since = t0,
                          .forecast = ElementState::down},
                         {.id = "SAU",
                          .name = "Urgences",
                          .layer = Layer::service,
                          .seen = ElementState::down,
                          .since = closed,
                          .forecast = ElementState::down,
                          .capacity = 0.2,
                          .stops = t0}};
  const std::string text = compose("cert_sante", told, voice);
  EXPECT_NE(text.find("Dossier patient, " + say("words.state.read_only") + ", " +
                      say("document.since", {{"moment", voice.moment(t0)}}) + ", " +
                      say("document.state_by_forecast", {{"state", say("words.state.down")}})),
            std::string::npos)
      << text;
  EXPECT_NE(text.find("Urgences, " + say("words.state.down") + ", " +
                      say("document.since", {{"moment", voice.moment(closed)}}) + "\n"),
            std::string::npos)
      << text;
}

TEST_P(room_words, a_deadline_of_which_posts_differ_is_told_as_it_stands) {
  Picture told = picture();
  told.clocks[0].obligation = "complaint";
  const std::string met = catalogue.say(GetParam(), message("room.words.clock_state.met"));
  told.clocks[0].state = ClockState::met;
  told.clocks[0].met = t0;
  EXPECT_EQ(compose("handover", told, voice).find("Plainte"), std::string::npos);
  told.standing.push_back({"notice/complaint", told.standing.front().row, t0, {"another"}});
  const std::string text = compose("handover", told, voice);
  EXPECT_NE(text.find("Plainte (Police) " + catalogue.say(GetParam(), message("room.document.contested")) +
                      " : " + met + " " + voice.moment(t0)),
            std::string::npos)
      << text;

  told.clocks[0].obligation = "review/d";
  told.clocks[0].state = ClockState::late;
  told.clocks[0].met = {};
  told.standing.back().subject = "decision/d";
  EXPECT_NE(compose("handover", told, voice)
                .find("Plainte (Police) " + catalogue.say(GetParam(), message("room.document.contested"))),
            std::string::npos);
}

TEST_P(room_words, care_that_nobody_has_seen_stop_has_stopped_by_the_forecast) {
  Picture told = picture();
  told.board.elements = {{.id = "SAU",
                          .name = "Urgences",
                          .layer = Layer::service,
                          .forecast = ElementState::down,
                          .capacity = 0.2,
                          .stops = t0}};
  const auto say = [&](const char* what, Param param) {
    return catalogue.say(GetParam(), message(std::string("room.document.") + what, {std::move(param)}));
  };
  EXPECT_NE(compose("cert_sante", told, voice)
                .find("Urgences, " + say("capacity_forecast", {"share", "20 %"}) + ", " +
                      say("stopped_by_forecast", {"moment", voice.moment(t0)})),
            std::string::npos);
}

TEST_P(room_words, a_measure_that_one_post_took_is_told_outside_though_another_knew_it_pending) {
  Picture told = picture();
  const auto is_decision = [](const Standing& one) { return one.row.line.deed->decision.has_value(); };
  Standing& decision = *std::find_if(told.standing.begin(), told.standing.end(), is_decision);
  LineRow taken = decision.row;
  taken.line.id = "taken";
  taken.line.deed->decision->state = DecisionState::taken;
  told.lines.push_back(taken);
  decision.row.line.deed->decision->state = DecisionState::pending;
  decision.row.line.text = "Couper internet";
  EXPECT_EQ(compose("cnil", told, voice).find("Couper internet"), std::string::npos);
  decision.contested = {"taken"};
  EXPECT_NE(compose("cnil", told, voice).find("Couper internet"), std::string::npos);
}

TEST_P(room_words, a_successor_is_told_of_a_decision_that_only_one_post_took_back) {
  Picture told = picture();
  for (Standing& one : told.standing) {
    if (auto& decision = one.row.line.deed->decision) {
      decision->state = DecisionState::revoked;
      one.row.line.text = "Coupure levée";
    }
  }
  EXPECT_EQ(compose("handover", told, voice).find("Coupure levée"), std::string::npos);
  for (Standing& one : told.standing) {
    one.contested = {"another"};
  }
  EXPECT_NE(compose("handover", told, voice).find("Coupure levée"), std::string::npos);
  EXPECT_NE(compose("situation", told, voice).find("Coupure levée"), std::string::npos);
}

TEST_P(room_words, a_report_of_the_worst_night_can_be_approved) {
  Picture worst = picture();
  for (int i = 0; i < 3'000; ++i) {
    BoardElement element = worst.board.elements.at(static_cast<std::size_t>(i % 2));
    element.name += " " + std::to_string(i);
    element.seen = i < 2'000 ? std::nullopt : std::optional(ElementState::down);
    worst.board.elements.push_back(element);
    LineRow row = worst.standing.at(3).row;  // a task
    row.line.text = std::string(8'000, 'x');
    worst.standing.push_back({"task/" + std::to_string(i), row, t0, {}});
  }
  Deed deed;
  deed.report = Report{1, "DG", compose("situation", worst, voice), std::string(64, 'a')};
  EXPECT_TRUE(from_json<Deed>(to_json(deed)).ok()) << deed.report->text.size() << " bytes";
  EXPECT_LT(deed.report->text.find("SIL 2001"), deed.report->text.find("SIL 1,"))
      << "what was seen comes first";
  const std::string others = catalogue.say(GetParam(), message("room.document.others", {{"count", "1"}}));
  EXPECT_NE(deed.report->text.find(others.substr(0, others.find('1'))), std::string::npos);
}

INSTANTIATE_TEST_SUITE_P(languages, room_words, ::testing::Values("fr", "en"));

}  // namespace
}  // namespace releve::crisis
