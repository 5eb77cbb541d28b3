// SPDX-License-Identifier: EUPL-1.2
#include "foundation/store/described_rows.hpp"
#include "foundation/store/schema.hpp"
#include "respond/crisis/rooms_for_tests.hpp"
#include "respond/crisis/stored.hpp"

#include <thread>

namespace releve::crisis {
namespace {

class rooms : public RoomsTest {};

RELEVE_ON_BOTH_ENGINES(rooms);

TEST_P(rooms, tables_have_the_described_columns) {
  EXPECT_EQ(store::stored_columns(*database, "room"), store::described_columns<Room>());
  EXPECT_EQ(store::stored_columns(*database, "journal_chain"), store::described_columns<StoredChain>());
  EXPECT_EQ(store::stored_columns(*database, "journal_line"), store::described_columns<StoredLine>());
  EXPECT_EQ(store::stored_columns(*database, "journal_attachment"),
            store::described_columns<StoredAttachment>());
}

TEST_P(rooms, activation_opens_a_room_once) {
  const Activation activation{
      .facility = id, .room = fresh(), .line = fresh(), .kind = RoomKind::real, .known = "Écrans noirs"};
  const auto opened = own->activate(activation, "garde", "fr");
  ASSERT_TRUE(opened.ok());
  EXPECT_TRUE(own->activate(activation, "garde", "fr").ok()) << "sent twice by a bad network";
  EXPECT_EQ(own->list(id).size(), 1U);
  const auto lines = own->lines(*opened, 0, 10);
  ASSERT_EQ(lines.size(), 1U);
  EXPECT_EQ(lines[0].line.author, "garde");
  EXPECT_EQ(lines[0].line.deed->opening->plan, 3);
  EXPECT_TRUE(lines[0].line.text.ends_with("Écrans noirs"));
  EXPECT_EQ(told.size(), 1U);
  EXPECT_EQ(code(own->find("other", opened->id)), "room.not_found");
}

TEST_P(rooms, a_room_counts_from_the_hour_at_which_it_was_decided) {
  const Instant decided = clock.now() - std::chrono::hours(2);
  const auto opened =
      own->activate({.facility = id, .room = fresh(), .line = fresh(), .happened = decided}, "garde", "fr");
  ASSERT_TRUE(opened.ok());
  EXPECT_EQ(opened->opened, decided);
  EXPECT_EQ(own->find(id, opened->id)->opened, decided);
}

TEST_P(rooms, an_instance_of_a_region_opens_none) {
  keeps_journals = false;
  open_rooms();
  const auto refused = own->activate({.facility = id, .room = fresh(), .line = fresh()}, "garde", "fr");
  EXPECT_EQ(code(refused), "room.kept_elsewhere");
  EXPECT_TRUE(own->list(id).empty());
}

TEST_P(rooms, a_line_sent_twice_is_written_once_and_other_words_under_its_name_are_refused) {
  const Room at = activated();
  const Line line = words_only("LIS arrêté");
  const auto first = write(at, line);
  const auto second = write(at, line);
  ASSERT_TRUE(first.ok());
  EXPECT_EQ(first.value(), second.value());
  Line other = line;
  other.text = "LIS en marche";
  EXPECT_EQ(code(write(at, other)), "room.line_differs");
  EXPECT_EQ(code(write(activated(), line)), "room.line_differs") << "nor in another room";
  EXPECT_EQ(own->lines(at, 0, 10).size(), 2U);
}

TEST_P(rooms, lines_form_a_chain_that_holds) {
  const Room at = activated();
  for (int i = 0; i < 20; ++i) {
    ASSERT_TRUE(write(at, words_only("ligne " + std::to_string(i))).ok());
  }
  const JournalFile journal = own->journal(at);
  EXPECT_EQ(journal.links.size(), 21U);
  EXPECT_EQ(fault_in(journal.head.chains.at(0), {}, journal.links), std::nullopt);
  const auto read = read_journal(write_journal(journal));
  EXPECT_TRUE(read.ok()) << code(read);
  EXPECT_EQ(own->ends(at).at(0).head.hash, journal.links.back().hash);
}

TEST_P(rooms, the_text_of_a_line_is_not_read_in_the_database) {
  const Room at = activated();
  ASSERT_TRUE(write(at, words_only("rançon de 2 millions")).ok());
  database->read([&](store::Transaction& t) {
    for (const auto& row : t.query("select said from journal_line")) {
      EXPECT_EQ(row.text(0).find("ran"), std::string::npos);
    }
  });
}

TEST_P(rooms, a_deed_without_words_is_told_in_words) {
  const Room at = activated();
  Deed deed;
  deed.impact =
      Impact{.element = "LIS", .name = "SIL", .state = ElementState::down, .cause = Cause::encrypted};
  const auto written = write(at, with(deed));
  ASSERT_TRUE(written.ok());
  EXPECT_NE(written->line.text.find("SIL"), std::string::npos);
  EXPECT_NE(own->standings(at)->find("impact/LIS"), nullptr);
}

TEST_P(rooms, what_cannot_be_written_is_refused_with_the_reason) {
  const Room at = activated();
  EXPECT_EQ(code(write(at, words_only(""))), "room.empty_line");
  EXPECT_EQ(code(write(at, Line{.id = "7", .text = "x"})), "room.bad_id");
  Deed two;
  two.level = LevelChange{};
  two.closing = Closing{};
  EXPECT_EQ(code(write(at, with(two))), "room.two_deeds");
  Deed opening;
  opening.opening = Opening{};
  EXPECT_EQ(code(write(at, with(opening))), "room.two_deeds") << "a room opens by its activation alone";
  Line late = words_only("demain");
  late.happened = clock.now() + std::chrono::hours(3);
  EXPECT_EQ(code(write(at, late)), "room.from_the_future");
  Line correcting = words_only("non");
  correcting.corrects = fresh();
  EXPECT_EQ(code(write(at, correcting)), "room.no_such_line");
  Line file = words_only("photo");
  file.attachments = {{"note.jpg", "image/jpeg", std::string(64, 'a'), 3}};
  EXPECT_EQ(code(write(at, file)), "room.no_such_file");
  EXPECT_EQ(own->lines(at, 0, 10).size(), 1U);
}

TEST_P(rooms, a_clock_a_little_ahead_loses_no_line) {
  const Room at = activated();
  Line line = words_only("posté d’un téléphone qui avance");
  line.happened = clock.now() + std::chrono::minutes(4);
  line.typed = line.happened;
  const auto written = write(at, line);
  ASSERT_TRUE(written.ok());
  EXPECT_LE(written->line.happened, clock.now());
}

TEST_P(rooms, a_room_closes_and_a_closing_taken_back_opens_it_again) {
  const Room at = activated();
  Deed closing;
  closing.closing = Closing{"Tester le rappel chaque mois"};
  const auto closed = write(at, with(closing));
  ASSERT_TRUE(closed.ok());
  EXPECT_TRUE(own->find(id, at.id)->closed.has_value());
  EXPECT_TRUE(write(at, words_only("feuille retrouvée")).ok()) << "paper is keyed in afterwards";
  Line back = words_only("Fermée trop tôt");
  back.corrects = closed->line.id;
  ASSERT_TRUE(write(at, back).ok());
  EXPECT_FALSE(own->find(id, at.id)->closed.has_value());
}

TEST_P(rooms, a_room_is_closed_when_it_was_said_whatever_hour_was_said) {
  const Room at = activated();
  Deed closing;
  closing.closing = Closing{};
  Line line = with(closing);
  line.happened = clock.now() - std::chrono::hours(24 * 365 * 10);
  const Instant before = clock.now();
  const auto closed = write(at, line);
  ASSERT_TRUE(closed.ok());
  EXPECT_GE(own->find(id, at.id)->closed, before) << "or retention would let go of it tonight";
  Line again = with(closing);
  again.corrects = closed->line.id;
  ASSERT_TRUE(write(at, again).ok());
  EXPECT_TRUE(own->find(id, at.id)->closed.has_value()) << "other words, and closed all the same";
}

TEST_P(rooms, what_is_written_reads_back_however_long_or_strange) {
  const Activation activation{
      .facility = id, .room = fresh(), .line = fresh(), .known = std::string(8'000, 'x')};
  const auto at = own->activate(activation, "garde", "fr");
  ASSERT_TRUE(at.ok()) << code(at);
  Deed deed;
  deed.closing = Closing{std::string(8'000, 'y')};
  ASSERT_TRUE(write(*at, with(deed)).ok());
  EXPECT_EQ(own->lines(*at, 0, 10).size(), 2U);
  EXPECT_EQ(own->lines(*at, 0, 10).at(1).line.deed->closing->lessons.size(), 8'000U);
  Deed task;
  task.task = Task{.id = "t", .title = "Plus tard", .due = Instant(std::chrono::hours(24 * 366 * 9'000))};
  EXPECT_FALSE(write(*at, with(task)).ok()) << "a year that no reader knows";
  Deed report;
  report.report = Report{.approved_by = "Mme Roche", .text = std::string(40'000, '\x01')};
  EXPECT_EQ(code(write(*at, with(report))), "room.too_long");
  EXPECT_EQ(own->standings(*at)->list().size(), 2U);
}

TEST_P(rooms, a_line_goes_under_the_name_of_who_typed_it_or_not_at_all) {
  const Room at = activated();
  Line line = words_only("Tapée par un autre sur ce poste");
  line.author = "karim";
  EXPECT_EQ(code(write(at, line)), "room.other_author");
  ASSERT_TRUE(own->write(at, line, "karim", "fr").ok());
  EXPECT_TRUE(write(at, line).ok()) << "it is here already, in his name";
  EXPECT_EQ(own->lines(at, 0, 10).at(1).line.author, "karim");
}

TEST_P(rooms, the_beginning_of_a_room_is_not_corrected) {
  const Room at = activated();
  Line line = words_only("Jamais ouverte");
  line.corrects = own->lines(at, 0, 10).at(0).line.id;
  EXPECT_EQ(code(write(at, line)), "room.beginning_apart");
}

TEST_P(rooms, situation_reports_are_numbered_and_carry_the_head_of_the_journal) {
  const Room at = activated();
  for (std::int64_t number = 1; number <= 3; ++number) {
    const std::string head = own->ends(at).at(0).head.hash;
    Deed deed;
    deed.report = Report{.approved_by = "Mme Roche", .text = "Point de situation"};
    const Line line = with(deed);
    const auto written = write(at, line);
    ASSERT_TRUE(written.ok());
    EXPECT_EQ(written->line.deed->report->number, number);
    EXPECT_EQ(written->line.deed->report->head, head);
    EXPECT_EQ(write(at, line).value(), written.value()) << "sent twice, numbered once";
  }
}

TEST_P(rooms, bulletins_are_numbered_and_a_withdrawn_one_keeps_its_number) {
  const Room at = activated();
  const auto about = [&](const std::string& subject, BulletinState state = BulletinState::published) {
    Deed deed;
    deed.bulletin = Bulletin{subject, 0, "Titre", "Texte", "", "", "Anne Roche", state};
    return with(deed);
  };
  EXPECT_EQ(write(at, about("a"))->line.deed->bulletin->number, 1);
  const Line second = about("b");
  const auto written = write(at, second);
  EXPECT_EQ(written->line.deed->bulletin->number, 2);
  EXPECT_EQ(write(at, second).value(), written.value()) << "sent twice, numbered once";
  EXPECT_EQ(write(at, about("a", BulletinState::withdrawn))->line.deed->bulletin->number, 1);
  EXPECT_EQ(write(at, about("c"))->line.deed->bulletin->number, 3);
  Line other = second;
  other.deed->bulletin->text = "autre chose";
  EXPECT_EQ(code(write(at, other)), "room.line_differs");
}

TEST_P(rooms, the_public_page_of_a_room_has_a_name_that_nobody_can_make_up) {
  const Room at = activated();
  const std::string name = own->public_name(at.id);
  ASSERT_TRUE(own->behind(name));
  EXPECT_EQ(own->behind(name)->id, at.id);
  std::string wrong = name;
  wrong.back() = wrong.back() == 'a' ? 'b' : 'a';
  EXPECT_FALSE(own->behind(wrong));
  EXPECT_FALSE(own->behind(at.id));
  EXPECT_FALSE(own->behind(""));
  EXPECT_FALSE(own->behind(std::string(56, '-')));
  EXPECT_FALSE(own->behind(own->public_name(fresh()))) << "a good tag of a room that is not here";
}

TEST_P(rooms, many_writers_at_once_lose_nothing_and_keep_one_chain) {
  const Room at = activated();
  std::vector<std::thread> writers;
  for (int w = 0; w < 4; ++w) {
    writers.emplace_back([&, w] {
      for (int i = 0; i < 10; ++i) {
        EXPECT_TRUE(own->write(at, words_only("ligne"), "poste " + std::to_string(w), "fr").ok());
      }
    });
  }
  for (std::thread& one : writers) {
    one.join();
  }
  const JournalFile journal = own->journal(at);
  EXPECT_EQ(journal.links.size(), 41U);
  EXPECT_EQ(fault_in(journal.head.chains.at(0), {}, journal.links), std::nullopt);
}

TEST_P(rooms, what_was_published_is_not_corrected_as_a_line) {
  const Room at = activated();
  Deed deed;
  deed.bulletin =
      Bulletin{.id = fresh(), .title = "Urgences", .text = "Venez si besoin.", .approved_by = "Anne Roche"};
  const auto published = own->write(at, with(deed), "Anne Roche", "fr");
  ASSERT_TRUE(published.ok());
  Line mend = words_only("un mot de trop");
  mend.corrects = published->line.id;
  EXPECT_EQ(code(own->write(at, mend, "garde", "fr")), "room.bulletin_apart");
}

TEST_P(rooms, files_of_lines_are_kept_with_the_room_and_named_by_it) {
  const Room at = activated();
  const std::string path = files->new_spool_path();
  std::ofstream(path) << "photo";
  const auto attached = own->attach(at, path, "note.jpg", "image/jpeg", "garde");
  ASSERT_TRUE(attached.ok());
  Line line = words_only("Note de rançon");
  line.attachments = {attached.value()};
  EXPECT_TRUE(write(at, line).ok());
  EXPECT_EQ(own->attachment(at, attached->hash)->name, "note.jpg");
  EXPECT_EQ(code(own->attachment(activated(), attached->hash)), "room.no_such_file");
}

TEST_P(rooms, a_restart_reads_the_same_room) {
  const Room at = activated();
  ASSERT_TRUE(write(at, words_only("avant l’arrêt")).ok());
  const auto before = own->lines(at, 0, 100);
  own.reset();
  reopen();
  open_rooms();
  EXPECT_EQ(own->lines(at, 0, 100), before);
  EXPECT_EQ(own->standings(at)->through(), 2);
}

TEST_P(rooms, closed_rooms_can_be_let_go_of_and_open_ones_not) {
  const Room over = activated();
  const Room open = activated();
  Deed closing;
  closing.closing = Closing{};
  EXPECT_EQ(own->in_crisis(), std::vector<std::string>{id});
  ASSERT_TRUE(write(over, with(closing)).ok());
  ASSERT_TRUE(database
                  ->write([&](store::Transaction& t) -> Status {
                    EXPECT_GT(store::forget(t, past_rooms(), clock.now() + std::chrono::hours(1)), 0);
                    return Done{};
                  })
                  .ok());
  EXPECT_EQ(code(own->find(id, over.id)), "room.not_found");
  EXPECT_EQ(own->lines(open, 0, 10).size(), 1U);
}

}  // namespace
}  // namespace releve::crisis
