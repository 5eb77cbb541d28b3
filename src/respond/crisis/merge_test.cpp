// SPDX-License-Identifier: EUPL-1.2
#include "respond/crisis/rooms_for_tests.hpp"

namespace releve::crisis {
namespace {

class merging : public RoomsTest {};

RELEVE_ON_BOTH_ENGINES(merging);

TEST_P(merging, another_node_is_taken_in_once_and_its_later_lines_after) {
  const Room at = activated();
  const Chain laptop{fresh(), fresh(), "portable de crise"};
  Head head{0, origin_of(laptop)};
  JournalFile file{{1, laptop.room, id, "Crise", RoomKind::real, clock.now(), {laptop}}, {}};
  const auto type = [&](const std::string& text) {
    Line line = words_only(text);
    line.author = "portable";
    file.links.push_back(link(laptop, head, to_json(line)));
    head = {file.links.back().number, file.links.back().hash};
  };
  type("réseau coupé");
  type("main courante sur le portable");
  const auto first = own->merge(at, file, "RSSI", "fr");
  ASSERT_TRUE(first.ok()) << code(first);
  EXPECT_EQ(first->lines, 2);
  type("retour du réseau");
  const auto second = own->merge(at, file, "RSSI", "fr");
  ASSERT_TRUE(second.ok()) << code(second);
  EXPECT_EQ(second->lines, 1);
  EXPECT_EQ(second->known, 2);
  EXPECT_EQ(own->merge(at, file, "RSSI", "fr")->lines, 0);
  const auto lines = own->lines(at, 0, 100);
  EXPECT_EQ(lines.size(), 1 + 2 + 1 + 1 + 1U) << "opening, two, taken in, one, taken in";
  const auto whole = read_journal(write_journal(own->journal(at)));
  EXPECT_TRUE(whole.ok()) << code(whole) << ": both chains hold after the merge";
}

TEST_P(merging, the_clock_of_another_node_that_runs_ahead_is_told) {
  const Room at = activated();
  const Chain laptop{fresh(), fresh(), "portable de crise"};
  Line line = words_only("écrit sur une horloge en avance");
  line.happened = line.typed = clock.now() + std::chrono::seconds(12 * 60 + 50);
  JournalFile file{{1, laptop.room, id, "Crise", RoomKind::real, clock.now(), {laptop}}, {}};
  file.links.push_back(link(laptop, {0, origin_of(laptop)}, to_json(line)));
  ASSERT_TRUE(own->merge(at, file, "RSSI", "fr").ok());
  const LineRow told_of = own->lines(at, 0, 100).back();
  EXPECT_EQ(told_of.line.deed->joined->ahead_min, 12);
  EXPECT_NE(told_of.line.text.find("avance d’au moins 12"), std::string::npos) << told_of.line.text;
}

TEST_P(merging, a_journal_that_lies_in_another_room_is_said_to) {
  const Room first = activated();
  const Room second = activated();
  const Chain laptop{fresh(), fresh(), "portable de crise"};
  JournalFile file{{1, laptop.room, id, "Crise", RoomKind::real, clock.now(), {laptop}}, {}};
  file.links.push_back(link(laptop, {0, origin_of(laptop)}, to_json(words_only("a"))));
  ASSERT_TRUE(own->merge(first, file, "RSSI", "fr").ok());
  EXPECT_EQ(code(own->merge(second, file, "RSSI", "fr")), "journal.other_room");
  EXPECT_EQ(own->lines(second, 0, 100).size(), 1U);
}

TEST_P(merging, the_journal_of_another_hospital_or_of_an_exercise_is_not_taken_for_ours) {
  const Room at = activated();
  const Chain laptop{fresh(), fresh(), "portable de crise"};
  JournalFile file{{1, laptop.room, id, "Crise", RoomKind::real, clock.now(), {laptop}}, {}};
  file.links.push_back(link(laptop, {0, origin_of(laptop)}, to_json(words_only("a"))));
  file.head.facility = "990000009";
  EXPECT_EQ(code(own->merge(at, file, "RSSI", "fr")), "journal.other_facility");
  file.head.facility = id;
  file.head.kind = RoomKind::exercise;
  EXPECT_EQ(code(own->merge(at, file, "RSSI", "fr")), "journal.other_kind");
  EXPECT_EQ(own->lines(at, 0, 100).size(), 1U);
  file.head.kind = RoomKind::real;
  EXPECT_TRUE(own->merge(at, file, "RSSI", "fr").ok());
}

/// A journal of one other node with these lines.
class AnotherNode {
 public:
  AnotherNode(const Chain& chain, Instant made, const std::string& facility)
      : chain_(chain),
        head_{0, origin_of(chain)},
        file_{{1, chain.room, facility, "Crise", RoomKind::real, made, {chain}}, {}} {}

  AnotherNode& type(const Line& line) { return add(chain_, head_, line); }

  /// Onto the end of a chain that is in `from`.
  AnotherNode& forge(const JournalFile& from, const Line& line) {
    file_.head.chains.push_back(from.head.chains.at(0));
    file_.links.insert(file_.links.end(), from.links.begin(), from.links.end());
    Head head{from.links.back().number, from.links.back().hash};
    return add(from.head.chains.at(0), head, line);
  }

  JournalFile& file() { return file_; }

 private:
  AnotherNode& add(const Chain& chain, Head& head, const Line& line) {
    file_.links.push_back(link(chain, head, to_json(line)));
    head = {file_.links.back().number, file_.links.back().hash};
    return *this;
  }

  Chain chain_;
  Head head_;
  JournalFile file_;
};

TEST_P(merging, an_empty_chain_under_a_false_name_keeps_no_true_one_out) {
  const Room at = activated();
  const Chain laptop{fresh(), fresh(), "portable de crise"};
  AnotherNode empty({laptop.id, at.id, "serveur"}, clock.now(), id);
  ASSERT_TRUE(own->merge(at, empty.file(), "RSSI", "fr").ok());
  AnotherNode real(laptop, clock.now(), id);
  ASSERT_TRUE(own->merge(at, real.type(words_only("a")).file(), "RSSI", "fr").ok());
  const auto whole = read_journal(write_journal(own->journal(at)));
  EXPECT_TRUE(whole.ok()) << code(whole);
}

TEST_P(merging, a_line_that_does_not_follow_the_last_one_here_is_a_fork) {
  const Room at = activated();
  const Chain laptop{fresh(), fresh(), "portable de crise"};
  AnotherNode real(laptop, clock.now(), id);
  ASSERT_TRUE(own->merge(at, real.type(words_only("a")).file(), "RSSI", "fr").ok());
  AnotherNode other(laptop, clock.now(), id);
  JournalFile later = other.type(words_only("b")).type(words_only("c")).file();
  later.links.erase(later.links.begin());
  EXPECT_EQ(code(own->merge(at, later, "RSSI", "fr")), "journal.forked");
}

TEST_P(merging, a_forked_chain_is_refused_and_nothing_is_taken_in) {
  const Room at = activated();
  const Chain laptop{fresh(), fresh(), "portable de crise"};
  ASSERT_TRUE(
      own->merge(at, AnotherNode(laptop, clock.now(), id).type(words_only("a")).file(), "RSSI", "fr").ok());
  const auto before = own->lines(at, 0, 100).size();
  AnotherNode other(laptop, clock.now(), id);
  other.type(words_only("autre chose")).type(words_only("c"));
  EXPECT_EQ(code(own->merge(at, other.file(), "RSSI", "fr")), "journal.forked");
  EXPECT_EQ(own->lines(at, 0, 100).size(), before);
}

TEST_P(merging, one_bad_chain_keeps_no_other_out_and_is_told) {
  const Room at = activated();
  const Chain laptop{fresh(), fresh(), "portable de crise"};
  AnotherNode night(laptop, clock.now(), id);
  night.type(words_only("toute une nuit"));
  Line forged = words_only("décidé par un autre");
  forged.author = "Dr Directeur";
  night.forge(own->journal(at), forged);
  const auto merged = own->merge(at, night.file(), "RSSI", "fr");
  ASSERT_TRUE(merged.ok()) << code(merged);
  EXPECT_EQ(merged->lines, 1);
  ASSERT_EQ(merged->left_out.size(), 1U);
  EXPECT_EQ(merged->left_out.front().code, "journal.own_chain_longer");
  const auto lines = own->lines(at, 0, 100);
  EXPECT_NE(lines.back().line.text.find("pas été reprise"), std::string::npos) << lines.back().line.text;
  for (const LineRow& row : lines) {
    EXPECT_NE(row.line.author, "Dr Directeur") << "nobody but this instance writes its chain";
  }
  EXPECT_TRUE(write(at, words_only("la vie continue")).ok());
  EXPECT_TRUE(read_journal(write_journal(own->journal(at))).ok());
}

TEST_P(merging, no_line_from_elsewhere_ends_what_the_room_lives_by) {
  const Room at = activated();
  Deed word;
  word.bulletin = Bulletin{.id = "b", .title = "Urgences", .text = "Ouvertes", .approved_by = "Dr X"};
  const LineRow bulletin = write(at, with(word)).value();
  AnotherNode laptop({fresh(), fresh(), "portable de crise"}, clock.now(), id);
  Line correction = words_only("faux");
  correction.corrects = own->lines(at, 0, 1).front().line.id;
  laptop.type(correction);
  correction.id = fresh();
  correction.corrects = bulletin.line.id;
  laptop.type(correction);
  Deed numbered;
  numbered.report = Report{1'000'000'000, "Dr X", "texte", std::string(64, 'a')};
  laptop.type(with(numbered));
  word.bulletin->id = "c";
  word.bulletin->number = 1'000'000'000;
  laptop.type(with(word));
  ASSERT_TRUE(own->merge(at, laptop.file(), "RSSI", "fr").ok());

  const auto standings = own->standings(at);
  EXPECT_NE(standings->find("opening"), nullptr) << "every clock counts from it";
  EXPECT_NE(standings->find("bulletin/b"), nullptr);
  numbered.report = Report{0, "Dr Y", "point de situation", {}};
  const auto report = write(at, with(numbered));
  ASSERT_TRUE(report.ok()) << code(report);
  EXPECT_EQ(report->line.deed->report->number, 2);
  word.bulletin = Bulletin{.id = "d", .title = "Suite", .text = "Suite", .approved_by = "Dr X"};
  const auto next = write(at, with(word));
  ASSERT_TRUE(next.ok()) << code(next);
  EXPECT_EQ(next->line.deed->bulletin->number, 3);
}

TEST_P(merging, a_line_of_two_deeds_or_of_an_exercise_is_refused) {
  const Room at = activated();
  Deed both;
  both.closing = Closing{"rien"};
  both.level = LevelChange{};
  AnotherNode laptop({fresh(), fresh(), "portable de crise"}, clock.now(), id);
  laptop.type(with(both));
  EXPECT_EQ(code(own->merge(at, laptop.file(), "RSSI", "fr")), "journal.line_unreadable");
  Deed opening;
  opening.opening = Opening{RoomKind::exercise, "Exercice", plan::Level::plan_blanc, 3};
  AnotherNode exercise({fresh(), fresh(), "portable de crise"}, clock.now(), id);
  exercise.type(with(opening));
  EXPECT_EQ(code(own->merge(at, exercise.file(), "RSSI", "fr")), "journal.other_kind")
      << "whatever the head of the file says";
}

TEST_P(merging, what_did_not_come_with_its_lines_is_named) {
  const Room at = activated();
  AnotherNode laptop({fresh(), fresh(), "portable de crise"}, clock.now(), id);
  Line photo = words_only("la note des rançonneurs");
  photo.attachments = {{"note.jpg", "image/jpeg", std::string(64, 'b'), 12}};
  laptop.type(photo);
  const auto merged = own->merge(at, laptop.file(), "RSSI", "fr");
  ASSERT_TRUE(merged.ok()) << code(merged);
  EXPECT_EQ(merged->missing_files, std::vector<std::string>{"note.jpg"});
}

TEST_P(merging, a_closing_stands_until_every_one_written_here_is_taken_back) {
  const Room at = activated();
  Deed closing;
  closing.closing = Closing{"rien"};
  const LineRow first = write(at, with(closing)).value();
  const LineRow second = write(at, with(closing)).value();
  const auto take_back = [&](const std::string& line) {
    Line back = words_only("rouverte");
    back.corrects = line;
    ASSERT_TRUE(write(at, back).ok());
  };
  take_back(second.line.id);
  EXPECT_TRUE(own->find(id, at.id)->closed) << "the other one stands";
  take_back(first.line.id);
  EXPECT_FALSE(own->find(id, at.id)->closed);
  const LineRow third = write(at, with(closing)).value();
  take_back(first.line.id);
  EXPECT_TRUE(own->find(id, at.id)->closed) << "said again of what was long taken back";

  AnotherNode laptop({fresh(), fresh(), "portable de crise"}, clock.now(), id);
  Line back = words_only("rouverte d’ailleurs");
  back.corrects = third.line.id;
  laptop.type(back);
  ASSERT_TRUE(own->merge(at, laptop.file(), "RSSI", "fr").ok());
  EXPECT_FALSE(own->find(id, at.id)->closed) << "the screens show it open: so does the list";
}

TEST_P(merging, a_copy_writes_a_chain_of_its_own_and_takes_in_what_the_original_wrote_since) {
  const Room at = activated();
  ASSERT_TRUE(write(at, words_only("avant la sauvegarde")).ok());
  const JournalFile copied = own->journal(at);
  // What the original goes on writing, as its file will say.
  JournalFile original = copied;
  const Chain chain = copied.head.chains.at(0);
  const Head head{copied.links.back().number, copied.links.back().hash};
  original.links.push_back(link(chain, head, to_json(words_only("après la sauvegarde"))));

  ASSERT_TRUE(begin_chains_anew(*database).ok());
  ASSERT_TRUE(write(at, words_only("sur la copie")).ok());
  EXPECT_EQ(own->ends(at).size(), 2U);
  const auto merged = own->merge(at, original, "RSSI", "fr");
  ASSERT_TRUE(merged.ok()) << code(merged);
  EXPECT_EQ(merged->lines, 1);
  EXPECT_TRUE(read_journal(write_journal(own->journal(at))).ok());
}

Deed state_of_the_lab(ElementState state) {
  Deed deed;
  deed.impact = Impact{.element = "LIS", .name = "SIL", .state = state};
  return deed;
}

TEST_P(merging, what_a_node_knew_when_it_wrote_still_counts_after_two_merges) {
  const Room at = activated();
  const Chain stick{fresh(), fresh(), "clé"};
  const Chain laptop{fresh(), fresh(), "portable de crise"};
  const auto typed = [&](Deed deed, std::chrono::minutes after) {
    Line line = with(std::move(deed));
    line.happened = line.typed = clock.now() + after;
    return line;
  };
  AnotherNode first(stick, clock.now(), id);
  first.type(typed(state_of_the_lab(ElementState::down), std::chrono::minutes(10)));  // its clock is ahead
  // The laptop takes the stick in and writes on; its file names its own chain first.
  JournalFile file{{1, laptop.room, id, "Crise", RoomKind::real, clock.now(), {laptop, stick}}, {}};
  const Link& taken = first.file().links.front();
  Deed join;
  join.joined = Joined{stick.id, stick.node, 1, taken.hash, 1, 10};
  const auto told_of = link(laptop, {0, origin_of(laptop)}, to_json(typed(join, {})));
  const auto back = link(laptop, {1, told_of.hash},
                         to_json(typed(state_of_the_lab(ElementState::full), std::chrono::minutes(1))));
  file.links = {taken, told_of, back};
  const auto merged = own->merge(at, file, "RSSI", "fr");
  ASSERT_TRUE(merged.ok()) << code(merged);
  const auto standings = own->standings(at);
  EXPECT_EQ(standings->find("impact/LIS")->line.deed->impact->state, ElementState::full);
  for (const Standing& one : standings->list()) {
    EXPECT_TRUE(one.contested.empty()) << one.subject;
  }
}

TEST_P(merging, a_chain_that_is_not_what_another_took_in_is_kept_and_the_room_is_told) {
  const Room at = activated();
  const Chain stick{fresh(), fresh(), "clé"};
  const Chain laptop{fresh(), fresh(), "portable de crise"};
  const auto honest = link(stick, {0, origin_of(stick)}, to_json(words_only("décidé à 2 h")));
  Deed join;
  join.joined = Joined{stick.id, stick.node, 1, honest.hash, 1};
  JournalFile file{{1, laptop.room, id, "Crise", RoomKind::real, clock.now(), {stick, laptop}}, {}};
  file.links = {link(stick, {0, origin_of(stick)}, to_json(words_only("décidé à 4 h"))),
                link(laptop, {0, origin_of(laptop)}, to_json(with(join)))};
  const auto merged = own->merge(at, file, "RSSI", "fr");
  ASSERT_TRUE(merged.ok()) << code(merged);
  EXPECT_EQ(merged->lines, 2) << "which of them is wrong nobody can tell from here";
  const auto lines = own->lines(at, 0, 100);
  EXPECT_NE(lines.back().line.text.find("a été récrite"), std::string::npos) << lines.back().line.text;
  ASSERT_TRUE(own->merge(at, file, "RSSI", "fr").ok());
  EXPECT_EQ(own->lines(at, 0, 100).size(), lines.size()) << "told once";
}

TEST_P(merging, a_copy_knows_every_line_that_it_was_copied_with) {
  const Room at = activated();
  AnotherNode night({fresh(), fresh(), "portable de crise"}, clock.now(), id);
  Line ahead = with(state_of_the_lab(ElementState::down));
  ahead.happened = ahead.typed = clock.now() + std::chrono::hours(2);
  ASSERT_TRUE(own->merge(at, night.type(ahead).file(), "RSSI", "fr").ok());
  ASSERT_TRUE(begin_chains_anew(*database).ok());
  ASSERT_TRUE(write(at, with(state_of_the_lab(ElementState::full))).ok());
  const auto standings = own->standings(at);
  EXPECT_EQ(standings->find("impact/LIS")->line.deed->impact->state, ElementState::full);
  for (const Standing& one : standings->list()) {
    EXPECT_TRUE(one.contested.empty()) << one.subject;
  }
  const auto whole = read_journal(write_journal(own->journal(at)));
  ASSERT_TRUE(whole.ok()) << code(whole);
  EXPECT_TRUE(broken_joins(*whole).empty());
  EXPECT_EQ(own->lines(at, 0, 100).size(), 1 + 1 + 1 + 2 + 1U) << "opening, one, taken in, two told, one";
}

}  // namespace
}  // namespace releve::crisis
