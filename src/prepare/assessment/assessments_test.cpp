// SPDX-License-Identifier: EUPL-1.2
#include "prepare/assessment/assessments.hpp"

#include "foundation/api/router.hpp"
#include "foundation/store/schema.hpp"
#include "prepare/assessment/tables_for_tests.hpp"
#include "prepare/cartography/facilities_for_tests.hpp"
#include "prepare/fiction/hospital.hpp"

#include <future>

namespace releve::assessment {
namespace {

class assessments : public cartography::FacilitiesTest {
 protected:
  void SetUp() override {
    FacilitiesTest::SetUp();
    if (IsSkipped()) {
      return;
    }
    begin();
    ASSERT_TRUE(room->create(id, "CH", false).ok());
    static const std::string inventory =
        report::write_xlsx(
            cartography::template_tables(fiction::build_hospital(fiction::FacilitySize::small, 3).inventory,
                                         "fr", words))
            .value();
    committed("inventaire.xlsx", inventory);
  }

  void TearDown() override {
    jobs.reset();
    own.reset();
    FacilitiesTest::TearDown();
  }

  void begin() {
    own = std::make_unique<Assessments>(
        Assessments::Parts{*database, *files, *jobs, clock, *room, [this] { return tables; }, 2,
                           [this](const std::string& topic, const std::string& json, const std::string&) {
                             if (told) {
                               told(topic, json);
                             }
                           }});
    also_told = [this](const store::Job& job) {
      if (own) {
        own->follow(job);
      }
    };
  }

  void restart() {
    jobs.reset();
    own.reset();
    reopen();
    begin();
  }

  Assessment finished(std::uint32_t worlds = 60, std::uint64_t seed = 5) {
    const auto started = own->start(id, "crisis", worlds, seed, "RSSI");
    EXPECT_TRUE(started.ok());
    const auto job = jobs->wait(started->second.id);
    EXPECT_EQ(job.state, store::JobState::done) << job.detail;
    return own->find(id, started->first.id).value();
  }

  std::shared_ptr<const TablesInForce> tables = std::make_shared<const TablesInForce>(
      TablesInForce{repository_tables(), cartography::repository_defaults()});
  std::function<void(const std::string&, const std::string&)> told;
  std::unique_ptr<Assessments> own;
};

RELEVE_ON_BOTH_ENGINES(assessments);

template <class T>
std::string code(const Result<T>& result) {
  return result.ok() ? "" : result.error().message.code;
}

TEST_P(assessments, table_has_the_described_columns) {
  EXPECT_EQ(store::stored_columns(*database, "assessment"), store::described_columns<Assessment>());
}

TEST_P(assessments, run_to_their_stored_outcome) {
  const Assessment row = finished();
  EXPECT_EQ(row.state, AssessmentState::done);
  ASSERT_TRUE(row.headline);
  const auto outcome = own->outcome(id, row.id);
  ASSERT_TRUE(outcome.ok());
  const auto direct =
      assess(*map(), tables->defaults, tables->tables, {.seed = 5, .worlds = 60, .threads = 1}).value();
  EXPECT_EQ(*outcome, to_json(direct->outcome, true)) << "byte for byte what the direct call gives";
  EXPECT_EQ(row.input_hash, direct->outcome.input_hash);
  EXPECT_EQ(own->list(id).size(), 1U);
  EXPECT_EQ(own->latest_done(id), row.id);
}

TEST_P(assessments, the_last_one_done_is_known) {
  EXPECT_EQ(own->latest_done(id), std::nullopt);
  const Assessment first = finished(20);
  const auto running = own->start(id, "crisis", 100000, 5, "RSSI").value();
  EXPECT_EQ(own->job_of(running.first), running.second.id);
  EXPECT_EQ(own->latest_done(id), first.id) << "not the one that runs";
  ASSERT_TRUE(jobs->cancel(running.second.id).ok());
  jobs->wait(running.second.id);
  EXPECT_EQ(own->latest_done(id), first.id);
  const Assessment second = finished(20);
  EXPECT_EQ(own->latest_done(id), second.id);
}

TEST_P(assessments, upper_levels_get_the_figures_of_the_last_one_and_no_name) {
  EXPECT_TRUE(own->indicators({}).empty());
  finished(20);
  const Assessment last = finished(60);
  const auto all = own->indicators({});
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(all[0].facility, id);
  EXPECT_EQ(all[0].assessed, last.created);
  EXPECT_EQ(all[0].model_version, last.model_version);
  const auto outcome = from_json<Outcome>(own->outcome(id, last.id).value()).value();
  const Indicators& figures = all[0].figures;
  EXPECT_EQ(figures.services, static_cast<std::int64_t>(outcome.services.size()));
  EXPECT_EQ(figures.services_likely_to_stop,
            std::count_if(outcome.services.begin(), outcome.services.end(),
                          [](const auto& one) { return one.stop_probability_if_struck.value_or(0) > 0.5; }));
  EXPECT_EQ(figures.loss.p50, outcome.loss.p50);
  const auto said = cartography::confirmed(*map());
  EXPECT_EQ(std::pair(figures.facts, figures.facts_confirmed), std::pair(said.facts, said.facts_confirmed));
  EXPECT_GT(figures.facts, figures.facts_confirmed);
  EXPECT_EQ(to_json(all).find(outcome.services[0].name), std::string::npos);

  EXPECT_EQ(own->indicators({{id}}).size(), 1U);
  EXPECT_TRUE(own->indicators({{"elsewhere"}}).empty());
  EXPECT_TRUE(own->indicators(std::vector<std::string>{}).empty());
}

TEST_P(assessments, one_of_an_earlier_version_has_no_figures_for_others) {
  finished(20);
  const Status aged = database->write([&](store::Transaction& t) -> Status {
    auto headline = from_json<Headline>(t.query("select headline from assessment", {})[0].text(0)).value();
    headline.indicators.reset();
    std::string text = to_json(headline);
    const auto at = text.find(R"(,"indicators":null)");
    text.erase(at, std::string_view(R"(,"indicators":null)").size());
    t.execute("update assessment set headline = :headline", {{"headline", text}});
    return Done{};
  });
  ASSERT_TRUE(aged.ok());
  EXPECT_TRUE(own->list(id).at(0).headline) << "and reads as before";
  EXPECT_TRUE(own->indicators({}).empty());
}

TEST_P(assessments, the_api_gives_what_the_direct_call_gives) {
  const api::Router router(endpoints(*own, *room),
                           {.log = {}, .mint_incident = [] { return std::string("1"); }, .note = {}});
  const auto ask = [&](api::Method method, const std::string& path, std::string body = {}) {
    api::Request request;
    request.method = method;
    request.path = "/api/v1/facilities/" + id + "/assessments" + path;
    request.body = std::move(body);
    request.session = {.user = "owner", .language = "fr", .perimeter = api::Perimeter::everything()};
    return router.dispatch(request);
  };
  const auto started = ask(api::Method::post, "", R"({"worlds":60,"seed":"5"})");
  ASSERT_EQ(started.status, 200) << started.body;
  const Assessment row = own->list(id).at(0);
  jobs->wait(jobs->list(id, 1).at(0).id);
  const auto outcome = ask(api::Method::get, "/" + row.id + "/outcome");
  const auto direct =
      assess(*map(), tables->defaults, tables->tables, {.seed = 5, .worlds = 60, .threads = 3}).value();
  EXPECT_EQ(outcome.status, 200);
  EXPECT_EQ(outcome.body, to_json(direct->outcome));
  const auto nothing = ask(api::Method::post, "/" + row.id + "/what-if", R"({"measures":[]})");
  EXPECT_EQ(nothing.status, 200) << nothing.body;
  EXPECT_EQ(nothing.body, to_json(what_if(*direct, {}, {}, 1, {}).value()));
  EXPECT_EQ(ask(api::Method::post, "/" + row.id + "/what-if", R"({"measures":["magic"]})").status, 404);
  EXPECT_EQ(ask(api::Method::get, "/" + row.id + "/stories/3").body,
            to_json(story_of(direct->compiled, 5, 3, "world:3")));
  EXPECT_EQ(ask(api::Method::get, "/" + row.id + "/stories/60").status, 404);
  EXPECT_EQ(ask(api::Method::get, "/none").status, 404);
  EXPECT_EQ(ask(api::Method::get, "/none/outcome").status, 404);
  for (const std::string bad : {R"({"seed":"-1"})", R"({"seed":"99999999999999999999"})", R"({"seed":"abc"})",
                                R"({"worlds":0})", R"({"scenario":"magic"})"}) {
    EXPECT_EQ(ask(api::Method::post, "", bad).status, 400) << bad;
  }
  EXPECT_EQ(own->list(id).size(), 1U) << "what was refused left no row";
}

TEST_P(assessments, are_recalled_after_a_restart_unless_the_input_changed) {
  const Assessment row = finished();
  const std::string before = to_json(own->recall(id, row.id).value()->outcome);
  restart();
  const auto again = own->recall(id, row.id);
  ASSERT_TRUE(again.ok()) << code(again);
  EXPECT_EQ(to_json((*again)->outcome), before);
  ASSERT_TRUE(room->answer(id, "", "reaction_night_h", "1", "RSSI").ok());
  restart();
  const auto changed = own->recall(id, row.id);
  EXPECT_EQ(code(changed), "assessment.input_changed");
  EXPECT_TRUE(own->outcome(id, row.id).ok()) << "what was found stays readable";
}

TEST_P(assessments, a_first_answer_comes_while_the_run_goes_on) {
  std::promise<std::string> announced;
  told = [&](const std::string& topic, const std::string& json) { announced.set_value(topic + " " + json); };
  const auto running = own->start(id, "crisis", 100000, 5, "RSSI").value();
  EXPECT_EQ(announced.get_future().get(),
            "assessment {\"id\":\"" + running.first.id + "\",\"facility\":\"CH-1\",\"preliminary\":true}");
  const auto first = own->preliminary(id, running.first.id);
  ASSERT_TRUE(first.ok()) << code(first);
  const Outcome& outcome = *first;
  EXPECT_TRUE(outcome.preliminary);
  EXPECT_EQ(outcome.worlds, 96);
  EXPECT_FALSE(outcome.services.empty());
  EXPECT_FALSE(outcome.doors.empty());
  EXPECT_EQ(outcome.headline.services, static_cast<std::int64_t>(outcome.services.size()));
  EXPECT_TRUE(outcome.measures.empty() && outcome.questions.empty() && outcome.stories.empty());
  const auto direct =
      assess(*map(), tables->defaults, tables->tables, {.seed = 5, .worlds = 96, .threads = 1}).value();
  EXPECT_EQ(to_json(outcome.services), to_json(direct->outcome.services)) << "the same worlds, no guess";
  EXPECT_EQ(to_json(outcome.loss), to_json(direct->outcome.loss));
  EXPECT_EQ(code(own->outcome(id, running.first.id)), "assessment.not_done");
  ASSERT_TRUE(jobs->cancel(running.second.id).ok());
  jobs->wait(running.second.id);
  EXPECT_EQ(code(own->preliminary(id, running.first.id)), "assessment.no_preliminary");
  told = {};
  const Assessment done = finished(20);
  EXPECT_EQ(code(own->preliminary(id, done.id)), "assessment.no_preliminary");
  EXPECT_EQ(own->outcome(id, done.id)->find("\"preliminary\": true"), std::string::npos);
  EXPECT_EQ(code(own->preliminary("none", done.id)), "assessment.not_found");
}

TEST_P(assessments, a_cancelled_one_says_so) {
  const auto running = own->start(id, "crisis", 100000, 5, "RSSI").value();
  ASSERT_TRUE(jobs->cancel(running.second.id).ok());
  EXPECT_EQ(jobs->wait(running.second.id).state, store::JobState::cancelled);
  EXPECT_EQ(own->find(id, running.first.id)->state, AssessmentState::cancelled);
  EXPECT_EQ(code(own->outcome(id, running.first.id)), "assessment.not_done");
  EXPECT_EQ(code(own->recall(id, running.first.id)), "assessment.not_done");
}

TEST_P(assessments, the_end_of_the_process_interrupts_them) {
  const auto first = own->start(id, "crisis", 100000, 5, "RSSI").value().first;
  const auto second = own->start(id, "crisis", 100000, 6, "RSSI").value().first;
  const auto third = own->start(id, "crisis", 100000, 7, "RSSI").value().first;
  restart();
  for (const auto& row : {first, second, third}) {
    EXPECT_EQ(own->find(id, row.id)->state, AssessmentState::interrupted);
  }
}

TEST_P(assessments, unknown_identities_are_not_found) {
  EXPECT_EQ(code(own->start("none", "crisis", 10, 1, "x")), "facility.not_found");
  EXPECT_EQ(code(own->start(id, "magic", 10, 1, "x")), "assessment.unknown_scenario");
  EXPECT_EQ(code(own->find(id, "none")), "assessment.not_found");
  const Assessment row = finished(20);
  EXPECT_EQ(code(own->find("none", row.id)), "assessment.not_found") << "not through another facility";
}

}  // namespace
}  // namespace releve::assessment
