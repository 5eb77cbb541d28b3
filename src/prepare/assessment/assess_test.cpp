// SPDX-License-Identifier: EUPL-1.2
#include "prepare/assessment/assess.hpp"

#include "prepare/assessment/tables_for_tests.hpp"
#include "prepare/fiction/hospital.hpp"

#include <set>

namespace releve::assessment {
namespace {

const cartography::Cartography& small_hospital() {
  static const cartography::Cartography map = [] {
    const auto fiction = fiction::build_hospital(fiction::FacilitySize::small, 3);
    return cartography::draw_cartography("CH",
                                         std::vector{cartography::inventory_source(fiction.inventory),
                                                     cartography::directory_source(fiction.directory.facts)},
                                         {});
  }();
  return map;
}

Result<std::shared_ptr<const Assessed>> run(const AssessOptions& options) {
  static const auto defaults = cartography::repository_defaults();
  static const auto tables = repository_tables();
  return assess(small_hospital(), defaults, tables, options);
}

const Assessed& baseline() {
  static const auto assessed = run({.seed = 7, .worlds = 80, .threads = 2}).value();
  return *assessed;
}

TEST(assess, any_number_of_threads_gives_the_same_bytes) {
  const std::string expected = to_json(baseline().outcome);
  for (const unsigned threads : {1U, 3U}) {
    EXPECT_EQ(to_json(run({.seed = 7, .worlds = 80, .threads = threads}).value()->outcome), expected)
        << threads;
  }
  EXPECT_NE(to_json(run({.seed = 8, .worlds = 80, .threads = 2}).value()->outcome.loss),
            to_json(baseline().outcome.loss));
}

TEST(assess, tells_what_a_reader_needs) {
  const Outcome& outcome = baseline().outcome;
  EXPECT_EQ(outcome.seed, "7");
  EXPECT_EQ(outcome.worlds, 80);
  EXPECT_EQ(outcome.services.size(), small_hospital().services.size());
  EXPECT_EQ(outcome.headline.services, static_cast<std::int64_t>(outcome.services.size()));
  EXPECT_FALSE(outcome.questions.empty());
  EXPECT_FALSE(outcome.doors.empty());
  EXPECT_FALSE(outcome.choke_points.empty());
  EXPECT_EQ(outcome.stories.size(), 2U);
  double endings = 0;
  for (const Share& one : outcome.endings) {
    endings += one.share;
  }
  EXPECT_NEAR(endings, 1, 1e-9);
  for (std::size_t i = 1; i < outcome.services.size(); ++i) {
    EXPECT_GE(outcome.services[i - 1].loss.mean, outcome.services[i].loss.mean) << "most care lost first";
  }
  for (std::size_t i = 1; i < outcome.questions.size(); ++i) {
    EXPECT_GE(outcome.questions[i - 1].swing, outcome.questions[i].swing) << "most telling first";
  }
  double sum = 0;
  for (const ServiceResult& service : outcome.services) {
    sum += service.loss.mean;
    EXPECT_EQ(service.hours_until_stop.has_value(), service.worlds_stopped >= 20) << service.id;
  }
  EXPECT_NEAR(sum, outcome.loss.mean, 1e-6 * (1 + sum)) << "the parts make the whole";
  for (std::size_t i = 1; i < outcome.loss.curve.size(); ++i) {
    EXPECT_LE(outcome.loss.curve[i].chance, outcome.loss.curve[i - 1].chance);
  }
}

TEST(assess, a_question_says_what_is_assumed_until_it_is_answered) {
  const auto defaults = cartography::repository_defaults();
  int asked = 0;
  for (const Question& question : baseline().outcome.questions) {
    if (question.field == "capacity_24h") {
      const auto service = std::find_if(small_hospital().services.begin(), small_hospital().services.end(),
                                        [&](const auto& one) { return one.id == question.element; });
      ASSERT_NE(service, small_hospital().services.end());
      EXPECT_EQ(question.assumed, to_json(cartography::resolve(*service, defaults).down[2]));
      ++asked;
    }
  }
  EXPECT_GT(asked, 0);
}

TEST(assess, the_outcome_survives_its_own_json) {
  const std::string text = to_json(baseline().outcome);
  const auto read = from_json<Outcome>(text);
  ASSERT_TRUE(read.ok()) << read.error().message.code << " " << read.error().where;
  EXPECT_EQ(to_json(*read), text);
}

TEST(assess, few_worlds_give_no_quantiles) {
  const auto assessed = run({.seed = 7, .worlds = 19, .threads = 1}).value();
  for (const ServiceResult& service : assessed->outcome.services) {
    EXPECT_FALSE(service.hours_until_stop || service.hours_down) << service.id;
  }
  EXPECT_FALSE(assessed->outcome.headline.record_days);
  EXPECT_TRUE(run({.seed = 7, .worlds = 1, .threads = 4}).ok());
}

TEST(assess, stops_when_asked) {
  std::stop_source stop;
  stop.request_stop();
  const auto before = run({.seed = 7, .worlds = 80, .threads = 2, .stop = stop.get_token()});
  ASSERT_FALSE(before.ok());
  EXPECT_EQ(before.error().kind, ErrorKind::cancelled);
  std::stop_source later;
  AssessOptions options{.seed = 7, .worlds = 100000, .threads = 2, .stop = later.get_token()};
  options.progress = [&](double share) {
    if (share > 0.06) {
      later.request_stop();
    }
  };
  const auto during = run(options);
  ASSERT_FALSE(during.ok());
  EXPECT_EQ(during.error().message.code, "assess.cancelled");
}

TEST(assess, no_measure_changes_nothing_and_an_unknown_one_is_refused) {
  const auto nothing = what_if(baseline(), {}, {}, 2, {});
  ASSERT_TRUE(nothing.ok());
  EXPECT_EQ(to_json(nothing->loss_before), to_json(nothing->loss_after));
  EXPECT_EQ(nothing->loss_avoided.mean, 0);
  EXPECT_EQ(to_json(nothing->loss_before), to_json(baseline().outcome.loss));
  const auto unknown = what_if(baseline(), {"magic"}, {}, 1, {});
  ASSERT_FALSE(unknown.ok());
  EXPECT_EQ(unknown.error().kind, ErrorKind::not_found);
  EXPECT_EQ(unknown.error().message.code, "assess.unknown_measure");
}

TEST(assess, a_measure_alone_gives_what_its_row_says) {
  const auto& measures = baseline().outcome.measures;
  ASSERT_FALSE(measures.empty());
  for (std::size_t i = 0; i < measures.size(); i += 1 + measures.size() / 4) {
    const auto alone = what_if(baseline(), {measures[i].id}, {{measures[i].id, 12, 3}}, 2, {});
    ASSERT_TRUE(alone.ok());
    EXPECT_NEAR(alone->loss_avoided.mean, measures[i].loss_avoided.mean, 1e-9) << measures[i].id;
    EXPECT_EQ(alone->cost_eur, 12) << "one's own cost";
    EXPECT_EQ(alone->effort_days, 3);
  }
}

TEST(assess, ranks_begin_at_one_and_equals_share_them) {
  const auto& measures = baseline().outcome.measures;
  std::set<std::string> ids;
  std::int64_t last = 1;
  bool ranked = measures.front().rank > 0;
  for (std::size_t i = 0; i < measures.size(); ++i) {
    EXPECT_TRUE(ids.insert(measures[i].id).second) << "twice: " << measures[i].id;
    if (ranked) {
      EXPECT_GE(measures[i].rank, last);
      EXPECT_LE(measures[i].rank, static_cast<std::int64_t>(i) + 1);
      last = measures[i].rank;
    } else {
      EXPECT_EQ(measures[i].rank, 0);
    }
  }
  const double share = static_cast<double>(baseline().outcome.headline.services_confirmed) /
                       static_cast<double>(baseline().outcome.headline.services);
  EXPECT_EQ(ranked, share >= 0.2) << "without confirmed input no order of euros";
}

TEST(assess, a_frontier_buys_less_loss_for_more_money) {
  const auto bought = frontier(baseline(), 2, {});
  ASSERT_TRUE(bought.ok());
  ASSERT_GE(bought->points.size(), 1U);
  EXPECT_EQ(bought->points[0].cost_eur, 0);
  EXPECT_LE(bought->points.size(), 13U);
  for (std::size_t i = 1; i < bought->points.size(); ++i) {
    EXPECT_LT(bought->points[i].loss, bought->points[i - 1].loss);
    EXPECT_GE(bought->points[i].cost_eur, bought->points[i - 1].cost_eur);
  }
}

TEST(assess, stories_are_in_order_and_in_words) {
  const Catalogue words = cartography::repository_words();
  for (const Story& story : baseline().outcome.stories) {
    double last = 0;
    for (const StoryEvent& event : story.events) {
      EXPECT_GE(event.hours, last);
      last = event.hours;
      EXPECT_NE(words.find("fr", event.message.code), nullptr) << event.message.code;
    }
  }
  for (std::uint32_t world = 0; world < 40; ++world) {
    for (const StoryEvent& event : story_of(baseline().compiled, 7, world, "x").events) {
      EXPECT_NE(words.find("en", event.message.code), nullptr) << event.message.code;
    }
  }
  for (const MeasureResult& measure : baseline().outcome.measures) {
    EXPECT_NE(words.find("fr", measure.title.code), nullptr) << measure.title.code;
  }
  for (const Question& question : baseline().outcome.questions) {
    EXPECT_NE(words.find("fr", question.message.code), nullptr) << question.message.code;
  }
  for (const Finding& finding : baseline().outcome.findings) {
    EXPECT_NE(words.find("fr", finding.message.code), nullptr) << finding.message.code;
  }
}

TEST(assess, a_sighting_is_told_by_the_name_of_its_zone) {
  std::set<std::string> names;
  for (const auto& zone : small_hospital().zones) {
    ASSERT_NE(zone.name, zone.id);
    names.insert(zone.name);
  }
  int told = 0;
  for (std::uint32_t world = 0; world < 80; ++world) {
    for (const StoryEvent& event : story_of(baseline().compiled, 7, world, "x").events) {
      if (event.message.code == "story.sighted") {
        EXPECT_TRUE(names.contains(event.message.params.at(0).value)) << event.message.params.at(0).value;
        ++told;
      }
    }
  }
  EXPECT_GT(told, 0);
}

TEST(assess, the_story_of_a_service_is_the_median_of_the_worlds_that_stop_it) {
  std::vector<Story> stories;
  for (std::uint32_t world = 0; world < 80; ++world) {
    stories.push_back(story_of(baseline().compiled, 7, world, "x"));
  }
  int told = 0;
  for (const ServiceResult& service : baseline().outcome.services) {
    std::vector<double> losses;
    for (const Story& story : stories) {
      if (std::any_of(story.events.begin(), story.events.end(), [&](const StoryEvent& event) {
            return event.message == message("story.service_stops", {{"service", service.name}});
          })) {
        losses.push_back(story.loss);
      }
    }
    EXPECT_EQ(static_cast<std::int64_t>(losses.size()), service.worlds_stopped) << service.id;
    ASSERT_EQ(service.typical_world.has_value(), !losses.empty()) << service.id;
    if (service.typical_world) {
      std::sort(losses.begin(), losses.end());
      EXPECT_EQ(stories.at(static_cast<std::size_t>(*service.typical_world)).loss, losses[losses.size() / 2]);
      ++told;
    }
  }
  EXPECT_GT(told, 0);
}

TEST(assess, a_service_stops_more_often_once_something_was_encrypted) {
  const Outcome& outcome = baseline().outcome;
  const auto struck = std::find_if(outcome.endings.begin(), outcome.endings.end(),
                                   [](const Share& ending) { return ending.id == "struck"; });
  ASSERT_NE(struck, outcome.endings.end());
  EXPECT_DOUBLE_EQ(struck->share, outcome.headline.strike_probability);
  for (const ServiceResult& service : outcome.services) {
    ASSERT_TRUE(service.stop_probability_if_struck) << service.id;
    EXPECT_LE(*service.stop_probability_if_struck, 1) << service.id;
    EXPECT_LE(*service.stop_probability_if_struck * struck->share, service.stop_probability + 1e-9)
        << "the worlds that were struck are some of all: " << service.id;
  }
  for (std::uint64_t seed = 1; seed <= 6; ++seed) {
    const auto one = run({.seed = seed, .worlds = 1}).value();
    EXPECT_EQ(one->outcome.services[0].stop_probability_if_struck.has_value(),
              one->outcome.headline.strike_probability > 0)
        << "no world struck, no such chance";
  }
}

TEST(assess, the_input_hash_knows_everything_that_goes_in) {
  const auto defaults = cartography::repository_defaults();
  const auto tables = repository_tables();
  const auto& map = small_hospital();
  const std::string expected = baseline().outcome.input_hash;
  EXPECT_EQ(input_hash(map, defaults, tables, "crisis"), expected);
  EXPECT_NE(input_hash(map, defaults, tables, "national_mix"), expected);
  auto other_tables = tables;
  other_tables.version = "x";
  EXPECT_NE(input_hash(map, defaults, other_tables, "crisis"), expected);
  const auto other = cartography::read_defaults(cartography::repository_file("data/sectors.json") + " ",
                                                cartography::repository_file("data/components.json"),
                                                cartography::repository_file("data/roles.json"));
  EXPECT_NE(input_hash(map, *other, tables, "crisis"), expected) << "the defaults too";
}

}  // namespace
}  // namespace releve::assessment
