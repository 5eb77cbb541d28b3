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

TEST_P(merging, a_forked_chain_is_refused_and_nothing_is_taken_in) {
  const Room at = activated();
  const Chain laptop{fresh(), fresh(), "portable de crise"};
  const auto file_with = [&](const std::vector<std::string>& texts) {
    JournalFile file{{1, laptop.room, id, "Crise", RoomKind::real, clock.now(), {laptop}}, {}};
    Head head{0, origin_of(laptop)};
    for (const std::string& text : texts) {
      file.links.push_back(link(laptop, head, to_json(words_only(text))));
      head = {file.links.back().number, file.links.back().hash};
    }
    return file;
  };
  ASSERT_TRUE(own->merge(at, file_with({"a", "b"}), "RSSI", "fr").ok());
  const auto before = own->lines(at, 0, 100).size();
  const auto forked = own->merge(at, file_with({"a", "autre chose", "c"}), "RSSI", "fr");
  EXPECT_EQ(code(forked), "journal.forked");
  EXPECT_EQ(own->lines(at, 0, 100).size(), before);
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

}  // namespace
}  // namespace releve::crisis
