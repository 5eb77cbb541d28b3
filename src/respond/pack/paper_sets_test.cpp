// SPDX-License-Identifier: EUPL-1.2
#include "respond/pack/paper_sets.hpp"

#include "foundation/api/router.hpp"
#include "foundation/base/day.hpp"
#include "foundation/store/schema.hpp"
#include "prepare/cartography/facilities_for_tests.hpp"
#include "respond/pack/endpoints.hpp"

#include <filesystem>
#include <set>

namespace releve::pack {
namespace {

using api::Right;

/// Test time, moved on by whole days.
class Calendar final : public Clock {
 public:
  Instant now() const override { return store::test_now + days + std::chrono::milliseconds(++ticks_); }

  std::string today() const { return day_of(now()); }

  std::chrono::days days{0};

 private:
  mutable std::atomic<int> ticks_{0};
};

class paper_sets : public cartography::FacilityTest {
 protected:
  paper_sets() : FacilityTest("CH d’essai") {}

  void begin() override {
    const InstanceKey key(std::array<unsigned char, 32>{7});
    plans = std::make_unique<plan::Plans>(plan::Plans::Parts{
        *database, calendar, key, [](const auto&) { return "Europe/Paris"; }, [](const std::string&) {}});
    sets = std::make_unique<PaperSets>(
        PaperSets::Parts{*database, *files, *jobs, calendar, key, *plans, *room, words, "", {}});
  }

  void TearDown() override {
    jobs.reset();
    sets.reset();
    plans.reset();
    FacilityTest::TearDown();
  }

  void adopt() {
    plan::PlanDocument document;
    document.frame.title = "Plan";
    document.contacts.push_back({.id = "lea", .revision = 1, .name = "Léa", .phone = "06 39 98 00 00"});
    ASSERT_TRUE(plans->begin(id, document, "RSSI").ok());
    for (const auto& body : describe(static_cast<plan::Body*>(nullptr)).entries) {
      ASSERT_TRUE(
          plans->hear(id, {.body = body.value, .day = calendar.today(), .reference = "PV"}, "DG").ok());
    }
    const std::string today = calendar.today();
    ASSERT_TRUE(
        plans->adopt(id, {"DG", today, "D 1", today, {}, {}}, plans->draft(id)->version.revision, "DG").ok());
  }

  PaperSet kept(std::int64_t number = 1, Language language = Language::fr) {
    return sets->keep(id, number, language, "%PDF of " + std::to_string(number), "RSSI").value();
  }

  api::Reply ask(api::Method method, const std::string& path, const std::string& body,
                 std::initializer_list<Right> rights) {
    const api::Router router(endpoints(*sets, *room, {*plans, "", {}}),
                             {.log = {}, .mint_incident = [] { return std::string("1"); }, .note = {}});
    api::Request request;
    request.method = method;
    request.path = "/api/v1/facilities/" + id + "/plan/paper" + path;
    request.body = body;
    request.session = {.user = "anne", .now = calendar.now(), .language = "fr"};
    const auto perimeter = std::make_shared<api::Perimeter>();
    for (const Right one : rights) {
      perimeter->add_everywhere(one);
    }
    request.session.perimeter = perimeter;
    return router.dispatch(request);
  }

  static bool can_print() { return std::filesystem::exists("/usr/bin/weasyprint"); }

  Calendar calendar;
  std::unique_ptr<plan::Plans> plans;
  std::unique_ptr<PaperSets> sets;
};

TEST_P(paper_sets, the_table_is_the_described_one) {
  EXPECT_EQ(store::stored_columns(*database, "paper_set"), store::described_columns<PaperSet>());
}

TEST_P(paper_sets, is_kept_sealed_and_read_back) {
  const PaperSet set = kept();
  EXPECT_EQ(files->get(set.pdf_file)->find("%PDF"), std::string::npos) << "people's numbers lie open";
  EXPECT_EQ(sets->pdf(set).value(), "%PDF of 1");
  EXPECT_EQ(sets->find(id, set.id).value(), set);
  EXPECT_EQ(sets->find(id, "none").error().message.code, "pack.no_such_set");
}

TEST_P(paper_sets, one_is_made_of_the_plan_in_force) {
  EXPECT_EQ(sets->make(id, Language::fr, "RSSI").error().message.code, "plan.none_in_force");
  EXPECT_EQ(sets->make("none", Language::fr, "RSSI").error().message.code, "facility.not_found");
  if (!can_print()) {
    GTEST_SKIP() << "no WeasyPrint: apt-get install weasyprint";
  }
  adopt();
  const auto job = sets->make(id, Language::en, "RSSI");
  ASSERT_TRUE(job.ok());
  const auto again = sets->make(id, Language::en, "DSI");
  EXPECT_TRUE(!again.ok() || again->id == job->id) << "one at a time";
  EXPECT_EQ(jobs->wait(job->id).state, store::JobState::done) << jobs->find(job->id)->detail;
  const auto list = sets->list(id);
  ASSERT_EQ(list.size(), 1U);
  EXPECT_EQ(list[0].number, 1);
  EXPECT_EQ(list[0].language, Language::en);
  EXPECT_EQ(list[0].made_by, "RSSI");
  EXPECT_EQ(sets->pdf(list[0])->substr(0, 5), "%PDF-");
}

TEST_P(paper_sets, the_schedule_makes_again_what_is_old_or_of_another_version) {
  if (!can_print()) {
    GTEST_SKIP() << "no WeasyPrint: apt-get install weasyprint";
  }
  const auto refreshed = [&] {
    const auto before = sets->list(id).size();
    sets->refresh();
    if (const auto job = sets->last_job(id)) {
      EXPECT_EQ(jobs->wait(job->id).state, store::JobState::done);
    }
    return sets->list(id).size() - before;
  };
  adopt();
  EXPECT_EQ(refreshed(), 0U) << "nobody has ever wanted one";
  kept();
  EXPECT_EQ(refreshed(), 0U) << "it is fresh";
  calendar.days = std::chrono::days(days_in_place - 1);
  EXPECT_EQ(refreshed(), 0U);
  calendar.days = std::chrono::days(days_in_place);
  EXPECT_EQ(refreshed(), 1U);
  EXPECT_EQ(sets->list(id).at(0).made_by, "schedule");
  EXPECT_EQ(refreshed(), 0U);
  adopt();
  EXPECT_EQ(refreshed(), 1U) << "version 2 is in force";
  EXPECT_EQ(sets->list(id).at(0).number, 2);
}

TEST_P(paper_sets, says_how_old_the_printed_one_is) {
  const std::string today = calendar.today();
  PaperSet set;
  EXPECT_EQ(reprint({}, 1, today), Reprint::none_in_place);
  set.number = 1;
  EXPECT_EQ(reprint(set, 1, today), Reprint::none_in_place);
  set.placed = Placing{.day = today, .who = "Anne", .written_by = {}, .written = {}};
  EXPECT_EQ(reprint(set, 1, today), Reprint::no);
  EXPECT_EQ(reprint(set, 2, today), Reprint::newer_plan);
  EXPECT_EQ(reprint(set, 1, days_after(today, days_in_place)), Reprint::no);
  EXPECT_EQ(reprint(set, 1, days_after(today, days_in_place + 1)), Reprint::too_old);
}

TEST_P(paper_sets, is_put_in_place_on_a_day_that_has_been) {
  const PaperSet first = kept();
  const PaperSet second = kept();
  const auto place = [&](const std::string& set, const std::string& day) {
    return sets->place(id, set, {.day = day, .who = "Anne", .written_by = {}, .written = {}}, "DSI");
  };
  EXPECT_EQ(place("none", "2020-01-01").error().message.code, "pack.no_such_set");
  EXPECT_EQ(place(first.id, "2020-02-30").error().message.code, "plan.bad_day");
  EXPECT_EQ(place(first.id, days_after(calendar.today(), 2)).error().message.code, "plan.bad_day");
  EXPECT_FALSE(sets->in_place(id));
  ASSERT_TRUE(place(second.id, calendar.today()).ok());
  ASSERT_TRUE(place(first.id, calendar.today()).ok());
  ASSERT_TRUE(sets->in_place(id));
  EXPECT_EQ(sets->in_place(id)->id, first.id) << "what was said last";
  EXPECT_EQ(sets->in_place(id)->placed->written_by, "DSI");
}

TEST_P(paper_sets, goes_when_a_newer_one_has_been_there_long_enough_but_not_the_one_in_place) {
  const PaperSet old = kept();
  const PaperSet placed = kept();
  ASSERT_TRUE(sets->place(id, placed.id, {calendar.today(), "Anne", {}, {}}, "DSI").ok());
  const PaperSet newest = kept();
  const PaperSet english = kept(1, Language::en);
  const auto left = [&](Instant before) {
    EXPECT_TRUE(database
                    ->write([&](store::Transaction& t) -> Status {
                      store::forget(t, past_paper_sets(), before);
                      return Done{};
                    })
                    .ok());
    std::set<std::string> ids;
    for (const PaperSet& one : sets->list(id)) {
      ids.insert(one.id);
    }
    return ids;
  };
  EXPECT_EQ(left(store::test_now).size(), 4U);
  EXPECT_EQ(left(calendar.now()), (std::set<std::string>{placed.id, newest.id, english.id}));
}

TEST_P(paper_sets, is_read_by_whoever_is_called_and_made_by_whoever_edits) {
  adopt();
  const PaperSet set = kept();
  const std::string pdf = "/" + set.id + "/pdf";
  const std::string placed = "/" + set.id + "/placed";
  const std::string placing = R"({"day":")" + calendar.today() + R"(","who":"Anne"})";
  for (const Right other : {Right::view, Right::edit, Right::run}) {
    EXPECT_EQ(ask(api::Method::get, "", "", {other}).status, 403);
    EXPECT_EQ(ask(api::Method::get, pdf, "", {other}).status, 403);
  }
  for (const Right other : {Right::view, Right::crisis}) {
    EXPECT_EQ(ask(api::Method::post, "", R"({"language":"fr"})", {other}).status, 403);
    EXPECT_EQ(ask(api::Method::post, placed, placing, {other}).status, 403);
  }
  const auto before = ask(api::Method::get, "", "", {Right::crisis});
  EXPECT_EQ(before.status, 200) << before.body;
  EXPECT_NE(before.body.find(R"("reprint":"none_in_place")"), std::string::npos) << before.body;
  const auto file = ask(api::Method::get, pdf, "", {Right::crisis});
  EXPECT_EQ(file.body, "%PDF of 1");
  EXPECT_EQ(file.content_type, "application/pdf");
  EXPECT_EQ(file.file_name, "releve-" + id + "-v1-" + calendar.today() + "-fr.pdf");
  EXPECT_EQ(ask(api::Method::get, "/none/pdf", "", {Right::crisis}).status, 404);
  const auto after = ask(api::Method::post, placed, placing, {Right::edit});
  EXPECT_EQ(after.status, 200) << after.body;
  EXPECT_NE(after.body.find(R"("days_in_place":0,"reprint":"no")"), std::string::npos) << after.body;
}

RELEVE_ON_BOTH_ENGINES(paper_sets);

}  // namespace
}  // namespace releve::pack
