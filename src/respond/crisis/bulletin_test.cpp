// SPDX-License-Identifier: EUPL-1.2
// What the public reads of a room: with the catalogue of the product.
#include "prepare/cartography/test_material.hpp"
#include "respond/crisis/bulletin_page.hpp"

#include <gtest/gtest.h>

namespace releve::crisis {
namespace {

constexpr Instant t0 = Instant(std::chrono::milliseconds(1'790'000'000'000));

class bulletin_page : public ::testing::Test {
 protected:
  const Catalogue catalogue = cartography::repository_words();
  const Voice voice{catalogue, "fr", "Europe/Paris"};

  /// A line in a chain; `after` hours of the beginning.
  void say(Bulletin bulletin, int after, const std::string& chain = "own") {
    LineRow row{++arrived, chain, ++numbers[chain], std::string(64, 'b'), {}};
    row.line = {.id = std::to_string(arrived),
                .happened = t0 + std::chrono::hours(after),
                .typed = t0 + std::chrono::hours(after),
                .author = chain};
    row.line.deed.emplace().bulletin = std::move(bulletin);
    standings.add(row);
  }

  /// The own chain takes in so many lines of another.
  void take_in(const std::string& chain, std::int64_t through, int after) {
    LineRow row{++arrived, "own", ++numbers["own"], std::string(64, 'b'), {}};
    row.line = {.id = std::to_string(arrived),
                .happened = t0 + std::chrono::hours(after),
                .typed = t0 + std::chrono::hours(after)};
    row.line.deed.emplace().joined = Joined{chain, chain, through, std::string(64, 'b'), through, 0};
    standings.add(row);
  }

  static Bulletin about(const std::string& id, BulletinState state = BulletinState::published) {
    return {id, 1, "Titre " + id, "Texte " + id, "", "", "Anne Roche", state};
  }

  std::string page(RoomKind kind = RoomKind::real) const {
    return write_page({"CH de <Valmont>", kind, told_to_the_public(standings)}, voice);
  }

  static std::size_t count(const std::string& text, const std::string& what) {
    std::size_t found = 0;
    for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + 1)) {
      ++found;
    }
    return found;
  }

  Standings standings;
  std::int64_t arrived = 0;
  std::map<std::string, std::int64_t> numbers;
};

TEST_F(bulletin_page, shows_the_newest_on_top_and_the_earlier_ones_below) {
  say(about("a"), 1);
  say(about("c"), 2);
  say(about("b"), 3);
  const std::string html = page();
  EXPECT_LT(html.find("<h1>Titre b</h1>"), html.find("<h3>Titre c</h3>"));
  EXPECT_LT(html.find("<h3>Titre c</h3>"), html.find("<h3>Titre a</h3>"));
  EXPECT_EQ(count(html, "<h1>"), 1U);
  EXPECT_NE(html.find("Mis à jour le"), std::string::npos);
}

TEST_F(bulletin_page, what_was_told_after_a_merge_stands_over_a_laptop_whose_clock_ran_ahead) {
  say(about("a"), 6, "laptop");
  take_in("laptop", 1, 2);
  say(about("b"), 3);
  EXPECT_NE(page().find("<h1>Titre b</h1>"), std::string::npos);
}

TEST_F(bulletin_page, a_withdrawn_one_is_gone_and_the_one_before_it_is_the_newest_again) {
  say(about("a"), 1);
  say(about("b"), 2);
  say(about("b", BulletinState::withdrawn), 3);
  EXPECT_EQ(page().find("Titre b"), std::string::npos);
  EXPECT_NE(page().find("<h1>Titre a</h1>"), std::string::npos);
  say(about("a", BulletinState::withdrawn), 4);
  EXPECT_TRUE(told_to_the_public(standings).empty());
}

TEST_F(bulletin_page, two_posts_that_both_publish_are_both_heard_and_nobody_contests) {
  say(about("a"), 1);
  say(about("b"), 1, "portable");
  EXPECT_EQ(told_to_the_public(standings).size(), 2U);
  for (const Standing& one : standings.list()) {
    EXPECT_TRUE(one.contested.empty()) << one.subject;
  }
}

TEST_F(bulletin_page, is_words_and_nothing_else) {
  Bulletin hostile = about("a");
  hostile.title = "<script>alert(1)</script>";
  hostile.text = "Urgences : <b>accueil</b>\n- à \"droite\"\n- puis 'tout droit'\n\nMerci & bonne nuit";
  hostile.title_en = "<img src=x onerror=alert(1)>";
  hostile.text_en = "Go left";
  say(hostile, 1);
  const std::string html = page();
  EXPECT_EQ(html.find("<script"), std::string::npos);
  EXPECT_EQ(html.find("<img"), std::string::npos);
  EXPECT_EQ(html.find("<b>"), std::string::npos);
  EXPECT_EQ(html.find("http://"), std::string::npos) << "asks nothing of any other machine";
  EXPECT_EQ(html.find("https://"), std::string::npos);
  EXPECT_NE(html.find("<ul><li>à &quot;droite&quot;</li><li>puis &#39;tout droit&#39;</li></ul>"),
            std::string::npos);
  EXPECT_NE(html.find("<p>Merci &amp; bonne nuit</p>"), std::string::npos);
  EXPECT_NE(html.find("<div class=\"english\" lang=\"en\">"), std::string::npos);
  EXPECT_NE(html.find("CH de &lt;Valmont&gt;"), std::string::npos);
  EXPECT_EQ(html.find("room.page."), std::string::npos);
  EXPECT_EQ(html.find("Anne Roche"), std::string::npos) << "who approved it stays in the room";
}

TEST_F(bulletin_page, an_exercise_says_so_before_anything_else) {
  say(about("a"), 1);
  EXPECT_EQ(page().find("EXERCICE"), std::string::npos);
  const std::string html = page(RoomKind::exercise);
  EXPECT_LT(html.find("EXERCICE"), html.find("CH de &lt;Valmont&gt;</p>"));
  EXPECT_NE(html.find("noindex"), std::string::npos);
}

TEST_F(bulletin_page, stays_small_however_much_was_told) {
  for (int i = 0; i < 40; ++i) {
    Bulletin long_one = about(std::to_string(i));
    long_one.text = std::string(6'000, 'a');
    say(long_one, i);
  }
  EXPECT_EQ(told_to_the_public(standings).size(), 10U);
  EXPECT_LT(page().size(), 80'000U);
}

}  // namespace
}  // namespace releve::crisis
