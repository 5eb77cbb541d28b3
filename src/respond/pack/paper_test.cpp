// SPDX-License-Identifier: EUPL-1.2
// The paper set of the demonstration's hospital: all that a night needs, and nothing that helps an attacker.
#include "respond/pack/paper_for_tests.hpp"
#include "respond/pack/stick.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <regex>
#include <set>

namespace releve::pack {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

/// Whatever stands between blanks and signs, in texts and attributes.
std::set<std::string, std::less<>> words_of(std::string_view html) {
  constexpr std::string_view between = " \n<>\"',;()=/#";
  std::set<std::string, std::less<>> words;
  for (std::size_t at = 0; at < html.size();) {
    const std::size_t end = std::min(html.find_first_of(between, at), html.size());
    std::string_view word = html.substr(at, end - at);
    while (word.ends_with('.')) {
      word.remove_suffix(1);
    }
    words.emplace(word);
    at = end + 1;
  }
  return words;
}

TEST(paper, holds_every_part_in_the_order_of_a_night) {
  const std::string html = made();
  std::size_t last = 0;
  for (const char* part : {"decisions", "directory", "calls", "cards", "services", "forms", "messages",
                           "stores", "trainings", "journal", "locations"}) {
    const auto place = html.find("id=\"" + std::string(part) + "\"");
    ASSERT_NE(place, std::string::npos) << part;
    EXPECT_GT(place, last) << part;
    EXPECT_THAT(html, HasSubstr("href=\"#" + std::string(part) + "\"")) << "in the contents";
    last = place;
  }
  const plan::PlanDocument& plan = plan_in_force().document;
  for (const plan::CrisisContact& one : plan.contacts) {
    EXPECT_THAT(html, HasSubstr(std::regex_replace(one.phone, std::regex(" "), "\u00a0"))) << one.id;
  }
  for (const plan::ActionCard& one : plan.cards) {
    for (const std::string& line : one.lines) {
      EXPECT_THAT(html, HasSubstr(line));
    }
  }
  ASSERT_EQ(plan.services.size(), 31U);
  for (const plan::ServiceSheet& one : plan.services) {
    EXPECT_THAT(html, HasSubstr(one.name));
  }
  for (const plan::PaperForm& one : plan.forms) {
    EXPECT_THAT(html, HasSubstr(one.name));
  }
  for (const plan::ReadyMessage& one : plan.messages) {
    EXPECT_THAT(html, HasSubstr(one.text));
  }
}

void expect_no_attack_map(const std::string& html) {
  const auto words = words_of(html);
  ASSERT_TRUE(words.contains("Fontanel")) << "it finds what is there";
  for (const fiction::FictionalMachine& one : hospital().machines) {
    for (const std::string& mark : {one.name, one.fqdn, one.ip, one.mac, one.sid}) {
      EXPECT_TRUE(mark.empty() || !words.contains(mark)) << mark;
    }
  }
  std::size_t accounts = 0;
  for (const fiction::ObjectDetails& one : hospital().directory.details) {
    // Every domain has this one, and it is a word of the language: "Administrateur de garde".
    if (!one.account.empty() && one.account != "Administrateur") {
      EXPECT_FALSE(words.contains(one.account)) << one.account;
      EXPECT_TRUE(one.email.empty() || !words.contains(one.email)) << one.email;
      ++accounts;
    }
  }
  EXPECT_GT(accounts, 500U);
  EXPECT_GT(hospital().machines.size(), 500U);
  for (const std::string& domain : hospital().domains) {
    EXPECT_THAT(html, Not(HasSubstr(domain)));
  }
  EXPECT_THAT(html, Not(HasSubstr("CVE-")));
}

TEST(paper, never_carries_the_attack_map) {
  expect_no_attack_map(made("fr", "https://releve.example"));
}

constexpr std::string_view built_page =
    R"(<html><script type="application/json" id="pack">null</script><script type="module">null</script></html>)";

std::string made_stick(const plan::OpenPlan& plan) {
  const auto obligations = crisis::read_obligations(cartography::repository_file("data/obligations.json"));
  return stick_page(built_page, plan, {hospital().finess, hospital().name, day, "fr"}, obligations.value())
      .value();
}

TEST(stick, carries_the_plan_and_the_clocks_and_never_the_attack_map) {
  const std::string page = made_stick(plan_in_force());
  for (const plan::CrisisContact& one : plan_in_force().document.contacts) {
    EXPECT_THAT(page, HasSubstr(one.phone)) << one.id;
  }
  EXPECT_THAT(page, HasSubstr("\"cert_sante\""));
  EXPECT_THAT(page, HasSubstr("<script type=\"module\">null</script></html>")) << "the rest as it was built";
  expect_no_attack_map(page);
}

TEST(stick, no_text_of_a_plan_ends_the_element_that_it_stands_in) {
  plan::OpenPlan plan = plan_in_force();
  plan.document.frame.note = "</script><script>alert(1)</script><!--";
  const std::string page = made_stick(plan);
  const std::size_t begin = page.find("id=\"pack\">");
  const std::string json = page.substr(begin + 10, page.find("</script>", begin) - begin - 10);
  EXPECT_THAT(json, Not(HasSubstr("<")));
  EXPECT_THAT(json, testing::EndsWith("}"));
  EXPECT_THAT(json, HasSubstr("alert(1)"));
}

TEST(stick, says_so_when_the_program_was_built_without_its_pages) {
  const auto page = stick_page("", plan_in_force(), {}, {});
  ASSERT_FALSE(page.ok());
  EXPECT_EQ(page.error().message.code, "pack.stick_not_built");
}

TEST(paper, says_it_all_in_both_languages_and_never_exercise) {
  for (const char* language : {"fr", "en"}) {
    const std::string text = text_of_page(made(language, "https://releve.example"));
    EXPECT_THAT(text, Not(HasSubstr("pack."))) << "a code without words";
    EXPECT_THAT(text, Not(testing::ContainsRegex("(^|[^a-z])ui[.][a-z]")));  // "avec lui." is no code
    EXPECT_THAT(text, Not(HasSubstr("{"))) << "a place that was not filled in";
    EXPECT_THAT(text, Not(HasSubstr("EXERCI")));
  }
  EXPECT_THAT(made("fr"), HasSubstr("Adoptée"));
  EXPECT_THAT(made("fr"), HasSubstr("26/11/2026"));
  EXPECT_THAT(made("en"), HasSubstr("2026-11-26"));
}

TEST(paper, names_the_running_instance_only_when_it_has_an_address) {
  EXPECT_THAT(made(), Not(HasSubstr("<img")));
  const std::string html = made("fr", "https://releve.example");
  EXPECT_THAT(html, HasSubstr("https://releve.example/facilities/" + hospital().finess + "/plan-in-force<"));
  EXPECT_THAT(html, HasSubstr("/plan-in-force#cards/duty_alert<"));
  std::size_t codes = 0;
  for (auto place = html.find("<img"); place != std::string::npos; place = html.find("<img", place + 1)) {
    ++codes;
  }
  EXPECT_EQ(codes, 1 + plan_in_force().document.cards.size()) << "the cover and each card";
}

TEST(paper, a_heading_begins_with_a_capital) {
  EXPECT_THAT(made(), AllOf(HasSubstr("<h2>Équipes</h2>"), HasSubstr(">Autorité</td>")));
  EXPECT_THAT(made("en"), HasSubstr("<h2>Press</h2>"));
}

TEST(paper, an_item_with_a_strange_name_stays_a_text) {
  plan::OpenPlan plan = plan_in_force();
  plan.document.cards.at(0).id = "é <b>\"";
  plan.document.cards.at(0).title = "<script>alert(1)</script>";
  plan.document.services.at(0).lead = "gone";
  plan.document.services.at(0).modes.at(0).forms = {"gone"};
  const std::string html = made("fr", "https://releve.example", plan);
  EXPECT_THAT(html, Not(HasSubstr("<script")));
  EXPECT_THAT(html, HasSubstr("#cards/%C3%A9%20%3Cb%3E%22<"));
}

TEST(paper, what_a_service_has_not_confirmed_says_so_once_or_line_by_line) {
  plan::OpenPlan plan = plan_in_force();
  auto& services = plan.document.services;
  services.resize(1);
  auto& modes = services[0].modes;
  modes.resize(3);
  const auto said = [&] {
    const std::string html = made("fr", "", plan);
    const std::string words = "Proposition que le service";
    std::size_t times = 0;
    for (auto at = html.find(words); at != std::string::npos; at = html.find(words, at + 1)) {
      ++times;
    }
    return times;
  };
  for (auto& mode : modes) {
    mode.procedure = "Écrire";
    mode.assumed = true;
  }
  EXPECT_EQ(said(), 1U);
  modes[0].assumed = false;
  EXPECT_EQ(said(), 2U);
  modes[1].assumed = modes[2].assumed = false;
  EXPECT_EQ(said(), 0U);
}

/// What is no text to read: identities, and what refers to them.
bool is_reference(std::string_view field) {
  constexpr std::array<std::string_view, 13> references{"id",       "role",   "cell",   "contact", "holder",
                                                        "deputies", "caller", "called", "keeper",  "lead",
                                                        "sector",   "forms",  "stocks"};
  return std::find(references.begin(), references.end(), field) != references.end();
}

/// Another mark in each text of it.
template <class T>
void mark(T& value, const std::string& place, std::vector<std::string>& marks) {
  if constexpr (std::is_same_v<T, std::string>) {
    value = "mark" + std::to_string(marks.size()) + "." + place;
    marks.push_back(value);
  } else if constexpr (std::is_same_v<T, std::vector<std::string>>) {
    value.assign(2, "");
    for (std::string& one : value) {
      mark(one, place, marks);
    }
  } else if constexpr (detail::IsVector<T>::value) {
    for (std::size_t i = 0; i < value.size(); ++i) {
      mark(value[i], place + std::to_string(i), marks);
    }
  } else if constexpr (Described<T>) {
    for_each_field<T>([&](const auto& field) {
      using F = std::remove_cvref_t<decltype(field)>;
      using Member = std::remove_cvref_t<decltype(value.*F::member)>;
      constexpr bool refers =
          std::is_same_v<Member, std::string> || std::is_same_v<Member, std::vector<std::string>>;
      if (!refers || !is_reference(F::name)) {
        mark(value.*F::member, place + "." + std::string(F::name), marks);
      }
    });
  }
}

TEST(paper, prints_every_text_of_a_plan) {
  plan::OpenPlan open;
  plan::PlanDocument& plan = open.document;
  plan.contacts = {{.id = "a"}, {.id = "b", .group = plan::ContactGroup::authority}};
  plan.criteria.resize(1);
  plan.delegations = {{.id = "d", .contact = "a"}};
  plan.cells = {{.id = "c"}};
  plan.roles = {{.id = "r", .cell = "c", .holder = "a"}};
  plan.calls = {{.id = "t", .caller = "a", .called = {"b"}}};
  plan.cards.resize(1);
  plan.services.resize(1);
  plan.services[0].modes.resize(1);
  plan.forms.resize(1);
  plan.messages.resize(1);
  plan.kits.resize(1);
  plan.stocks.resize(1);
  plan.trainings.resize(1);
  std::vector<std::string> marks;
  mark(plan, "plan", marks);
  EXPECT_GT(marks.size(), 60U);
  const std::string html = made("fr", "", open);
  for (const std::string& one : marks) {
    EXPECT_THAT(html, HasSubstr(one));
  }
}

TEST(paper, a_delegation_says_since_when_it_holds) {
  plan::OpenPlan open;
  open.document.delegations = {{.id = "d", .starts = "2027-06-01", .ends = "2027-12-31"}};
  EXPECT_THAT(made("fr", "", open),
              AllOf(HasSubstr("pas encore, à partir du 01/06/2027"), HasSubstr("31/12/2027")));
  open.document.delegations[0].starts = day;
  EXPECT_THAT(made("fr", "", open), AllOf(HasSubstr(">26/11/2026\n"), Not(HasSubstr("pas encore"))));
}

TEST(paper, people_are_looked_for_under_their_family_name) {
  plan::OpenPlan open;
  for (const char* name : {"ZIDANE Anne", "Administrateur de garde", "ABADIE Zoé", "M. Paul Durand"}) {
    open.document.contacts.push_back(
        {.id = name, .name = name, .phone = "01 99 00 11 22 puis le poste 4512"});
  }
  const std::string html = made("fr", "", open);
  std::size_t at = html.find("Par nom");
  for (const char* name : {"ABADIE Zoé", "Administrateur de garde", "M. Paul Durand", "ZIDANE Anne"}) {
    at = html.find(name, at);
    ASSERT_NE(at, std::string::npos) << name;
  }
  EXPECT_THAT(html, HasSubstr("01\u00a099\u00a000\u00a011\u00a022 puis le poste 4512"));
}

TEST(paper, an_empty_plan_still_gives_paper_to_write_on) {
  plan::OpenPlan empty;
  empty.document.frame.title = "Plan";
  const std::string html = made("fr", "", empty);
  EXPECT_THAT(html, HasSubstr("Main courante"));
  EXPECT_THAT(html, HasSubstr("Rien n’est écrit"));
}

TEST(paper, a_form_of_several_entries_has_a_table_of_them) {
  plan::OpenPlan plan;
  plan.version.number = 3;
  plan.document.forms = {
      {.id = "f", .name = "Prescription", .fields = {"Patient"}, .columns = {"Médicament", "Administré"}}};
  const std::string html = made("fr", "", plan);
  EXPECT_NE(html.find(">Médicament</th>"), std::string::npos);
  EXPECT_NE(html.find(">Administré</th>"), std::string::npos);
}

TEST(paper, whoever_may_no_more_stands_after_whoever_may) {
  plan::OpenPlan plan;
  plan.version.number = 3;
  plan.document.contacts = {{.id = "old", .name = "Anne Ancienne"}, {.id = "new", .name = "Noé Nouveau"}};
  plan.document.delegations = {
      {.id = "1", .act = plan::Act::complain, .contact = "old", .starts = "2024-01-01", .ends = "2025-01-01"},
      {.id = "2", .act = plan::Act::complain, .contact = "new", .starts = "2024-01-01", .ends = ""}};
  const std::string html = made("fr", "", plan);
  EXPECT_LT(html.find("Noé Nouveau"), html.find("Anne Ancienne"));
  EXPECT_NE(html.find("▲ échue le 01/01/2025"), std::string::npos);
}

TEST(paper, no_number_is_parted_at_the_end_of_a_line) {
  plan::OpenPlan plan;
  plan.version.number = 3;
  plan.document.contacts = {{.id = "k", .name = "Katia", .phone = "06 39 98 10 06 (garde)"}};
  plan.document.kits = {{.id = "kit", .name = "Kit", .place = "Salle", .keeper = "k"}};
  const std::string html = made("fr", "", plan);
  EXPECT_NE(html.find("06\u00a039\u00a098\u00a010\u00a006 (garde). Vérifié"), std::string::npos);
  EXPECT_EQ(html.find("06 39"), std::string::npos);
}

}  // namespace
}  // namespace releve::pack
