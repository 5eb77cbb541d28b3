// SPDX-License-Identifier: EUPL-1.2
#include "foundation/describe/json.hpp"
#include "respond/crisis/journal_file.hpp"

#include <gtest/gtest.h>

namespace releve::crisis {
namespace {

const Chain server{"0190-server", "room", "serveur"};
const Chain laptop{"0190-laptop", "room", "portable de crise 1"};

JournalFile two_chains() {
  JournalFile file;
  file.head = {1, "room", "990000001", "Exercice", RoomKind::exercise, Instant{}, {server, laptop}};
  Head at_server{0, origin_of(server)};
  Head at_laptop{0, origin_of(laptop)};
  for (int i = 1; i <= 4; ++i) {
    Line line{.id = "line" + std::to_string(i), .text = "« été » n° " + std::to_string(i)};
    const bool ours = i != 3;
    Head& head = ours ? at_server : at_laptop;
    file.links.push_back(link(ours ? server : laptop, head, to_json(line)));
    head = {file.links.back().number, file.links.back().hash};
  }
  return file;
}

std::string code(const Result<JournalFile>& read) {
  return read.ok() ? "" : read.error().message.code;
}

std::string line_named(const Result<JournalFile>& read) {
  for (const Param& param : read.error().message.params) {
    if (param.name == "line") {
      return param.value;
    }
  }
  return "";
}

std::string replaced(std::string text, const std::string& what, const std::string& by) {
  const auto place = text.find(what);
  EXPECT_NE(place, std::string::npos) << what;
  return text.replace(place, what.size(), by);
}

TEST(journal, a_hash_is_what_sha256sum_says) {
  // printf 'a\nb' | sha256sum
  EXPECT_EQ(hash_of("a", "b"), "7e18f737311b2dc3b2f269dd78396b0351f14fb66efa879f768cb23181883c78");
}

TEST(journal, what_is_written_reads_back_byte_by_byte) {
  const JournalFile file = two_chains();
  const auto read = read_journal(write_journal(file));
  ASSERT_TRUE(read.ok()) << code(read);
  EXPECT_EQ(read->links, file.links);
  EXPECT_EQ(read->head.chains, file.head.chains);
  EXPECT_EQ(write_journal(*read), write_journal(file));
}

TEST(journal, a_changed_line_is_named) {
  const auto read = read_journal(replaced(write_journal(two_chains()), "n° 2", "n° 9"));
  EXPECT_EQ(code(read), "journal.line_changed");
  EXPECT_EQ(line_named(read), "2");
}

TEST(journal, a_line_taken_out_is_named) {
  JournalFile file = two_chains();
  file.links.erase(file.links.begin() + 1);
  const auto read = read_journal(write_journal(file));
  EXPECT_EQ(code(read), "journal.line_missing");
  EXPECT_EQ(line_named(read), "2");
}

TEST(journal, a_line_slipped_in_with_its_hash_made_anew_does_not_link) {
  JournalFile file = two_chains();
  Link& second = file.links[1];
  second.said = replaced(second.said, "n° 2", "n° 9");
  second.hash = hash_of(second.before, second.said);
  const auto read = read_journal(write_journal(file));
  EXPECT_EQ(code(read), "journal.line_not_linked");
  EXPECT_EQ(line_named(read), "3") << "the third line of the server's chain no longer follows";
}

TEST(journal, a_tail_cut_off_shows_even_when_the_end_was_kept) {
  const std::string text = write_journal(two_chains());
  const auto last_link = text.rfind("{\"link\"");
  const auto end = text.rfind("{\"end\"");
  EXPECT_EQ(code(read_journal(text.substr(0, last_link))), "journal.cut_off");
  EXPECT_EQ(code(read_journal(text.substr(0, last_link) + text.substr(end))), "journal.line_missing");
}

TEST(journal, nobody_is_listed_twice) {
  JournalFile file = two_chains();
  file.head.chains.push_back(file.head.chains.front());
  file.head.chains.back().node = "Préfecture";
  EXPECT_EQ(code(read_journal(write_journal(file))), "journal.chain_twice");
}

TEST(journal, a_real_crisis_is_not_made_an_exercise) {
  Line opened{.id = "01900000-0000-7000-8000-000000000001", .text = "Ouverture"};
  opened.author = "RSSI";
  opened.deed.emplace().opening = Opening{RoomKind::real, "Crise", plan::Level::plan_blanc, 1};
  JournalFile file{{1, server.room, "CH", "Crise", RoomKind::real, {}, {server}}, {}};
  file.links.push_back(link(server, {0, origin_of(server)}, to_json(opened)));
  EXPECT_TRUE(read_journal(write_journal(file)).ok());
  file.head.kind = RoomKind::exercise;
  EXPECT_EQ(code(read_journal(write_journal(file))), "journal.other_head");
}

TEST(journal, a_chain_that_was_written_anew_differs_from_what_another_says_of_it) {
  JournalFile file = two_chains();
  const Link kept = file.links.at(2);
  Line join{.id = "join"};
  join.deed.emplace().joined = Joined{laptop.id, laptop.node, 1, kept.hash, 1};
  const Head head{file.links.back().number, file.links.back().hash};
  file.links.push_back(link(server, head, to_json(join)));
  EXPECT_TRUE(broken_joins(file).empty());

  JournalFile rewritten = file;
  rewritten.links.at(2) = link(laptop, {0, origin_of(laptop)}, to_json(Line{.id = "line3", .text = "non"}));
  ASSERT_TRUE(read_journal(write_journal(rewritten)).ok()) << "by its own hashes it holds";
  ASSERT_EQ(broken_joins(rewritten).size(), 1U);
  EXPECT_EQ(broken_joins(rewritten).front().what.code, "journal.join_differs");

  JournalFile without = file;
  without.head.chains.pop_back();
  without.links.erase(without.links.begin() + 2);
  ASSERT_TRUE(read_journal(write_journal(without)).ok());
  ASSERT_EQ(broken_joins(without).size(), 1U);
  EXPECT_EQ(broken_joins(without).front().what.code, "journal.join_missing");
}

TEST(journal, what_is_no_journal_is_said_to_be_none) {
  EXPECT_EQ(code(read_journal("")), "journal.not_one");
  EXPECT_EQ(code(read_journal("PK\x03\x04")), "journal.not_one");
  EXPECT_EQ(code(read_journal("{}\n")), "journal.not_one");
  const std::string text = write_journal(two_chains());
  EXPECT_EQ(code(read_journal(text + text)), "journal.bad_line");
  EXPECT_EQ(code(read_journal(replaced(text, "0190-laptop\",\"number\":1", "0190-nobody\",\"number\":1"))),
            "journal.unknown_chain");
}

TEST(journal, a_head_is_compared_in_fours) {
  EXPECT_EQ(short_head("3f2a91c077be0d14aaaa"), "3f2a 91c0 77be 0d14");
}

}  // namespace
}  // namespace releve::crisis
