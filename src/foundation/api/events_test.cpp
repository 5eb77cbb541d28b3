// SPDX-License-Identifier: EUPL-1.2
#include "foundation/api/events.hpp"

#include "foundation/base/result.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

namespace releve::api {
namespace {

using namespace std::chrono_literals;

std::vector<std::string> topics_of(Subscription& reader) {
  std::vector<std::string> topics;
  while (const auto event = reader.next()) {
    topics.push_back(event->topic);
  }
  return topics;
}

TEST(events, reader_gets_the_topics_it_asked_for_in_order) {
  Events events("r1");
  auto jobs = events.subscribe({"jobs/990000001", "imports/"});
  auto all = events.subscribe({});
  events.publish("jobs/990000001", R"({"n":1})");
  events.publish("jobs/990000002", "{}");
  events.publish("imports/7", "{}");
  EXPECT_EQ(jobs->next(), (Event{"r1-1", "jobs/990000001", R"({"n":1})", ""}));
  EXPECT_EQ(topics_of(*jobs), (std::vector<std::string>{"imports/7"}));
  EXPECT_EQ(topics_of(*all).size(), 3u);
}

TEST(events, reader_that_comes_back_gets_what_it_missed) {
  Events events("r1");
  for (int i = 0; i < 5; ++i) {
    events.publish(i % 2 == 0 ? "a" : "b", std::to_string(i));
  }
  auto back = events.subscribe({"a"}, "r1-2");
  EXPECT_EQ(back->next(), (Event{"r1-3", "a", "2", ""}));
  EXPECT_EQ(back->next(), (Event{"r1-5", "a", "4", ""}));
  EXPECT_EQ(back->next(), std::nullopt);
  EXPECT_EQ(topics_of(*events.subscribe({}, "r1-5")), std::vector<std::string>{});
}

TEST(events, resync_when_what_was_missed_is_not_known) {
  Events events("r2");
  for (std::size_t i = 0; i < Events::kept + 10; ++i) {
    events.publish("a", "{}");
  }
  for (const char* last : {"r1-3", "r2-9", "r2-99999", "r2--1", "", "r2-x"}) {
    auto reader = events.subscribe({"nothing/"}, last);
    EXPECT_EQ(topics_of(*reader), (std::vector<std::string>{"resync"})) << last;
  }
  EXPECT_EQ(topics_of(*events.subscribe({"nothing/"}, "r2-10")).size(), 0u) << "exactly what is kept";
}

TEST(events, a_resync_is_for_every_reader_and_for_those_that_come_back) {
  Events events("r1");
  auto jobs = events.subscribe({"jobs/"});
  auto all = events.subscribe({});
  events.publish("jobs/1", "{}");
  events.resync();
  events.publish("jobs/2", "{}");
  const std::vector<std::string> told{"jobs/1", std::string(resync_topic), "jobs/2"};
  EXPECT_EQ(topics_of(*jobs), told);
  EXPECT_EQ(topics_of(*all), told);
  EXPECT_EQ(topics_of(*events.subscribe({"imports/"}, "r1-1")), (std::vector<std::string>{"resync"}));
}

TEST(events, slow_reader_gets_one_resync_and_then_what_follows) {
  Events events("r");
  auto slow = events.subscribe({});
  for (std::size_t i = 0; i < Events::pending + 3; ++i) {
    events.publish("a", "{}");
  }
  const auto first = slow->next();
  ASSERT_TRUE(first);
  EXPECT_EQ(first->topic, "resync");
  EXPECT_EQ(first->id, "r-257");
  EXPECT_EQ(topics_of(*slow), (std::vector<std::string>{"a", "a"}));
}

TEST(events, ready_may_end_its_own_subscription) {
  Events events("r");
  std::unique_ptr<Subscription> reader;
  reader = events.subscribe({}, {}, [&] { reader.reset(); });
  events.publish("a", "{}");
  EXPECT_EQ(events.subscribers(), 0u);
}

TEST(events, subscription_outlives_the_events) {
  std::unique_ptr<Subscription> reader;
  {
    Events events("r");
    reader = events.subscribe({});
    events.publish("a", "{}");
  }
  EXPECT_TRUE(reader->next());
}

TEST(events, server_sent_form_keeps_every_line) {
  EXPECT_EQ(to_sse({"r-1", "jobs/1", "{\n  \"n\": 1\n}"}),
            "id: r-1\nevent: jobs/1\ndata: {\ndata:   \"n\": 1\ndata: }\n\n");
  Events events("r");
  EXPECT_THROW(events.publish("a\nevent: b", "{}"), Bug);
}

TEST(events, many_threads_publish_and_read) {
  Events events("r");
  std::atomic<int> told = 0;
  auto reader = events.subscribe({"t/"}, {}, [&] { ++told; });
  std::atomic<int> read = 0;
  std::jthread reading([&](const std::stop_token& stop) {
    while (!stop.stop_requested() || reader->next()) {
      if (reader->wait(1ms)) {
        ++read;
      }
    }
  });
  {
    std::vector<std::jthread> publishers;
    publishers.reserve(4);
    for (int t = 0; t < 4; ++t) {
      publishers.emplace_back([&, t] {
        for (int i = 0; i < 200; ++i) {
          events.publish("t/" + std::to_string(t), "{}");
          auto passing = events.subscribe({}, "r-1");
        }
      });
    }
  }
  reading.request_stop();
  reading.join();
  EXPECT_EQ(told, 800);
  EXPECT_GT(read, 0);
  EXPECT_EQ(events.subscribers(), 1u);
}

}  // namespace
}  // namespace releve::api
