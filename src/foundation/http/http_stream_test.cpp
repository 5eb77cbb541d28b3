// SPDX-License-Identifier: EUPL-1.2
// Open replies: text that comes later, silence, slow readers, and ends of all kinds.
#include "foundation/http/server_for_tests.hpp"

#include <gtest/gtest.h>

#include <deque>

namespace releve::http {
namespace {

using namespace std::chrono_literals;

/// A publisher of one queue per stream. What main does with api::Events, in small.
class Publisher {
 public:
  HttpReply open() {
    auto place = std::make_shared<Place>();
    HttpReply reply;
    reply.headers.emplace_back("Content-Type", "text/event-stream");
    reply.stream =
        std::make_shared<Stream>([place, gone = std::make_shared<Gone>(*this)] { return place->next(); });
    place->stream = reply.stream;
    const std::lock_guard lock(mutex_);
    places_.push_back(std::move(place));
    return reply;
  }

  void publish(const std::string& text) {
    for (const auto& place : places()) {
      place->add(text);
      if (const auto stream = place->stream.lock()) {
        stream->wake();
      }
    }
  }

  void end() {
    for (const auto& place : places()) {
      if (const auto stream = place->stream.lock()) {
        stream->close();
      }
    }
  }

  std::atomic<int> pulls = 0;
  std::atomic<int> gone = 0;

 private:
  struct Place {
    std::weak_ptr<Stream> stream;
    std::mutex mutex;
    std::deque<std::string> texts;

    void add(const std::string& text) {
      const std::lock_guard lock(mutex);
      texts.push_back(text);
    }

    std::optional<std::string> next() {
      const std::lock_guard lock(mutex);
      if (texts.empty()) {
        return std::nullopt;
      }
      auto text = std::move(texts.front());
      texts.pop_front();
      return text;
    }
  };

  struct Gone {
    explicit Gone(Publisher& owner) : publisher(owner) {}

    ~Gone() { ++publisher.gone; }

    Gone(const Gone&) = delete;
    Gone& operator=(const Gone&) = delete;
    Publisher& publisher;
  };

  std::vector<std::shared_ptr<Place>> places() {
    const std::lock_guard lock(mutex_);
    return places_;
  }

  std::mutex mutex_;
  std::vector<std::shared_ptr<Place>> places_;
};

struct StreamServer {
  Publisher publisher;
  TestServer server;

  explicit StreamServer(ServerOptions options = {})
      : server(std::move(options), [this](HttpRequest&& request) {
          return request.head.path == "/events" ? publisher.open() : text_reply("hello " + request.head.path);
        }) {}

  bool open(Client& client) {
    client.request("GET", "/events");
    return client.receives("\r\n\r\n") && client.received().find("200 OK") != std::string::npos;
  }
};

TEST(http_stream, text_arrives_when_it_is_published) {
  StreamServer s;
  Client client(s.server.port());
  ASSERT_TRUE(s.open(client));
  for (int i = 0; i < 20; ++i) {
    const std::string text = "data: " + std::to_string(i) + "\n\n";
    const auto start = std::chrono::steady_clock::now();
    s.publisher.publish(text);
    EXPECT_TRUE(client.receives(text));
    if (!sanitized) {
      EXPECT_LT(std::chrono::steady_clock::now() - start, 2s);
    }
  }
  const std::string large(300'000, 'l');
  s.publisher.publish("data: " + large + "\n\n");
  EXPECT_TRUE(client.receives("\n\n\r\n"));
  EXPECT_EQ(s.server->load().streams, 1u);
}

TEST(http_stream, silence_is_broken_by_a_heartbeat) {
  ServerOptions options;
  options.heartbeat = 200ms;
  StreamServer s(options);
  Client client(s.server.port());
  ASSERT_TRUE(s.open(client));
  client.received().clear();
  for (int i = 0; i < 3; ++i) {
    EXPECT_TRUE(client.receives(":\n\n"));
    client.received().erase(0, client.received().find(":\n\n") + 3);
  }
}

TEST(http_stream, streams_hold_no_worker_and_are_limited) {
  ServerOptions options;
  options.workers = 1;
  options.max_streams = 20;
  StreamServer s(options);
  std::vector<std::unique_ptr<Client>> readers;
  for (int i = 0; i < 20; ++i) {
    readers.push_back(std::make_unique<Client>(s.server.port()));
    ASSERT_TRUE(s.open(*readers.back()));
  }
  Client late(s.server.port());
  late.request("GET", "/events");
  EXPECT_EQ(late.answer().status, 503);
  EXPECT_EQ(late.get("/a").body, "hello /a");
  s.publisher.publish("data: all\n\n");
  for (auto& reader : readers) {
    EXPECT_TRUE(reader->receives("data: all\n\n"));
  }
  readers.clear();
  EXPECT_TRUE(soon([&] { return s.server->load().streams == 0; }))
      << "clients that left are noticed in silence";
  EXPECT_TRUE(soon([&] { return s.publisher.gone == 21; }));
}

TEST(http_stream, slow_reader_is_not_pulled_for_and_is_cut_in_the_end) {
  ServerOptions options;
  options.reply_stall = 2s;
  StreamServer s(options);
  Client slow(s.server.port(), 4'096);
  Client quick(s.server.port());
  ASSERT_TRUE(s.open(slow));
  ASSERT_TRUE(s.open(quick));
  std::atomic<bool> all = false;
  std::jthread reading([&] { all = quick.receives("data: last"); });
  const std::string piece = "data: " + std::string(1'000'000, 'p') + "\n\n";
  for (int i = 0; i < 20; ++i) {
    s.publisher.publish(piece);
  }
  s.publisher.publish("data: last\n\n");
  reading.join();
  EXPECT_TRUE(all);
  EXPECT_TRUE(soon([&] { return s.publisher.gone == 1; }));
  EXPECT_EQ(s.server->load().streams, 1u);
}

TEST(http_stream, publisher_may_end_it) {
  StreamServer s;
  Client client(s.server.port());
  ASSERT_TRUE(s.open(client));
  s.publisher.publish("data: bye\n\n");
  s.publisher.end();
  EXPECT_TRUE(client.receives("data: bye\n\n\r\n0\r\n\r\n"));
  client.received().clear();
  EXPECT_EQ(client.get("/a").body, "hello /a") << "the connection lives on";
}

TEST(http_stream, pull_that_throws_ends_the_stream_only) {
  TestServer server({}, [](HttpRequest&& request) {
    HttpReply reply = text_reply("ok");
    if (request.head.path == "/events") {
      reply.stream =
          std::make_shared<Stream>([]() -> std::optional<std::string> { throw std::runtime_error("pull"); });
    }
    return reply;
  });
  Client client(server.port());
  client.request("GET", "/events");
  EXPECT_TRUE(client.closes_within(10s));
  EXPECT_EQ(server.log(), "pull\n");
  EXPECT_EQ(Client(server.port()).get("/a").body, "ok");
}

TEST(http_stream, head_opens_nothing) {
  StreamServer s;
  Client client(s.server.port());
  client.request("HEAD", "/events");
  EXPECT_EQ(client.answer(false).status, 200);
  EXPECT_EQ(s.server->load().streams, 0u);
  EXPECT_TRUE(soon([&] { return s.publisher.gone == 1; }));
}

TEST(http_stream, stopping_ends_open_streams) {
  StreamServer s;
  std::vector<std::unique_ptr<Client>> readers;
  for (int i = 0; i < 50; ++i) {
    readers.push_back(std::make_unique<Client>(s.server.port()));
    ASSERT_TRUE(s.open(*readers.back()));
  }
  std::jthread publishing([&](std::stop_token stop) {
    while (!stop.stop_requested()) {
      s.publisher.publish("data: x\n\n");
      std::this_thread::sleep_for(1ms);
    }
  });
  std::this_thread::sleep_for(30ms);
  const auto start = std::chrono::steady_clock::now();
  s.server->stop();
  EXPECT_LT(std::chrono::steady_clock::now() - start, sanitized ? 20s : 4s);
  for (auto& reader : readers) {
    EXPECT_TRUE(reader->closes_within(10s));
  }
  EXPECT_EQ(s.publisher.gone, 50);
}

TEST(http_stream, many_publishers_readers_and_leavers) {
  StreamServer s;
  std::atomic<int> seen = 0;
  {
    std::vector<std::jthread> threads;
    for (int t = 0; t < 2; ++t) {
      threads.emplace_back([&](std::stop_token stop) {
        while (!stop.stop_requested()) {
          s.publisher.publish("data: x\n\n");
          std::this_thread::sleep_for(200us);
        }
      });
    }
    std::vector<std::jthread> readers;
    for (int r = 0; r < 8; ++r) {
      readers.emplace_back([&] {
        for (int turn = 0; turn < 10; ++turn) {
          Client client(s.server.port());
          if (s.open(client) && client.receives("data: x")) {
            ++seen;
          }
        }
      });
    }
    readers.clear();
  }
  EXPECT_EQ(seen, 80);
  EXPECT_TRUE(soon([&] { return s.server->load().streams == 0; }));
}

}  // namespace
}  // namespace releve::http
