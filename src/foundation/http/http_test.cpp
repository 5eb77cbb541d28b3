// SPDX-License-Identifier: EUPL-1.2
// The server as a well-behaved client sees it, over real sockets.
#include "foundation/http/server_for_tests.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

namespace releve::http {
namespace {

using namespace std::chrono_literals;

TEST(http, answers_and_keeps_the_connection) {
  TestServer server;
  Client client(server.port());
  for (int i = 0; i < 3; ++i) {
    const Answer got = client.get("/a");
    EXPECT_EQ(got.status, 200);
    EXPECT_EQ(got.body, "hello /a");
  }
  EXPECT_EQ(server.handled, 3);
  EXPECT_EQ(server->load().connections, 1u);
}

TEST(http, every_reply_carries_the_security_headers) {
  TestServer server;
  Client client(server.port());
  for (const char* target : {"/a", "/refused", "/throws"}) {
    const Answer got = client.get(target);
    EXPECT_NE(got.headers.at("content-security-policy").find("frame-ancestors 'none'"), std::string::npos)
        << target;
    EXPECT_EQ(got.headers.at("x-content-type-options"), "nosniff");
    EXPECT_EQ(got.headers.at("referrer-policy"), "no-referrer");
    EXPECT_EQ(got.headers.at("cross-origin-opener-policy"), "same-origin");
    EXPECT_EQ(got.headers.at("cross-origin-resource-policy"), "same-origin");
    EXPECT_EQ(got.headers.at("cache-control"), "no-store");
  }
}

TEST(http, pipelined_requests_are_answered_in_order) {
  TestServer server;
  Client client(server.port());
  std::string all;
  for (const char* path : {"/1", "/2", "/3"}) {
    all += std::string("GET ") + path + " HTTP/1.1\r\nHost: " + client.host() + "\r\n\r\n";
  }
  all += "POST /echo HTTP/1.1\r\nHost: " + client.host() +
         "\r\nContent-Length: 3\r\n\r\nabcGET /4 HTTP/1.1\r\nHost: " + client.host() + "\r\n\r\n";
  ASSERT_TRUE(client.send(all));
  EXPECT_EQ(client.answer().body, "hello /1");
  EXPECT_EQ(client.answer().body, "hello /2");
  EXPECT_EQ(client.answer().body, "hello /3");
  EXPECT_EQ(client.answer().body, "POST /echo\nabc");
  EXPECT_EQ(client.answer().body, "hello /4");
}

TEST(http, head_is_a_get_without_the_body) {
  TestServer server;
  Client client(server.port());
  client.request("HEAD", "/a");
  const Answer got = client.answer(false);
  EXPECT_EQ(got.status, 200);
  EXPECT_EQ(got.headers.at("content-length"), "8");
  EXPECT_EQ(client.get("/b").body, "hello /b") << "no body came in between";
}

TEST(http, targets_and_queries_are_decoded) {
  TestServer server;
  Client client(server.port());
  EXPECT_EQ(client.get("/echo?q=r%C3%A9a+2&empty=&flag&x=a%26b%3Dc").body,
            "GET /echo\nempty=\nflag=\nq=réa 2\nx=a&b=c\n");
}

TEST(http, bodies_by_length_and_in_chunks) {
  TestServer server;
  Client client(server.port());
  client.request("PUT", "/echo", {}, std::string(70'000, 'x'));
  EXPECT_EQ(client.answer().body.size(), 10 + 70'000u);
  client.request("POST", "/echo", "Transfer-Encoding: chunked\r\n");
  client.send("3\r\nabc\r\n");
  client.send("A;note=1\r\n0123456789\r\n0\r\n\r\n");
  EXPECT_EQ(client.answer().body, "POST /echo\nabc0123456789");
  client.request("POST", "/echo", "Expect: 100-continue\r\nContent-Length: 2\r\n");
  ASSERT_TRUE(client.receives("100 Continue"));
  client.send("ok");
  EXPECT_EQ(client.answer().body, "POST /echo\nok");
}

TEST(http, two_hundred_at_once) {
  ServerOptions options;
  options.workers = 4;
  TestServer server(options);
  std::atomic<int> right = 0;
  {
    std::vector<std::jthread> clients;
    for (int i = 0; i < 200; ++i) {
      clients.emplace_back([&, i] {
        Client client(server.port());
        for (int turn = 0; turn < 5; ++turn) {
          const std::string path = "/" + std::to_string(i) + "/" + std::to_string(turn);
          right += client.get(path).body == "hello " + path ? 1 : 0;
        }
      });
    }
  }
  EXPECT_EQ(right, 1000);
  EXPECT_TRUE(soon([&] { return server->load().connections == 0; }));
}

TEST(http, a_full_queue_answers_503_at_once) {
  ServerOptions options;
  options.workers = 1;
  options.queue = 2;
  TestServer server(options);
  std::vector<std::unique_ptr<Client>> waiting;
  for (int i = 0; i < 3; ++i) {
    waiting.push_back(std::make_unique<Client>(server.port()));
    waiting.back()->request("GET", "/gate");
    ASSERT_TRUE(
        soon([&] { return server.at_gate == 1 && server->load().queued == static_cast<std::size_t>(i); }));
  }
  Client late(server.port());
  const Answer refused = late.get("/a");
  EXPECT_EQ(refused.status, 503);
  EXPECT_EQ(refused.headers.at("retry-after"), "1");
  EXPECT_NE(refused.body.find("http.busy"), std::string::npos);
  server.open_gate();
  for (auto& client : waiting) {
    EXPECT_EQ(client->answer().status, 200);
  }
  EXPECT_EQ(late.get("/a").status, 200) << "the refused connection lives on";
}

TEST(http, a_handler_or_plan_that_throws_is_a_500_without_its_words) {
  TestServer server;
  Client client(server.port());
  for (const char* target : {"/throws", "/plan_throws"}) {
    const Answer got = client.get(target);
    EXPECT_EQ(got.status, 500);
    EXPECT_EQ(got.body.find("has failed"), std::string::npos);
  }
  EXPECT_EQ(server.log(), "handler has failed\nplan has failed\n");
  EXPECT_EQ(client.get("/a").status, 200);
}

TEST(http, uploads_are_files_that_vanish_or_are_kept) {
  TestServer server;
  Client client(server.port());
  const std::string bytes(1'000'000, 'u');
  client.request("POST", "/upload", {}, bytes);
  EXPECT_EQ(client.answer().body, "1000000 1000000");
  EXPECT_EQ(server.spooled_files(), 0u);
  client.request("POST", "/upload", "Content-Length: 0\r\n");
  EXPECT_EQ(client.answer().body, "0 0") << "an empty upload is an empty file";
  client.request("POST", "/upload", "Transfer-Encoding: chunked\r\n");
  for (int i = 0; i < 5'000; ++i) {  // many small chunks in one packet
    ASSERT_TRUE(client.send("64\r\n" + std::string(100, 'c') + "\r\n"));
  }
  client.send("0\r\n\r\n");
  EXPECT_EQ(client.answer().body, "500000 500000");
  client.request("POST", "/upload/keep", {}, "kept");
  EXPECT_EQ(client.answer().status, 200);
  struct stat kept{};
  ASSERT_EQ(::stat((server.folder() / "kept").c_str(), &kept), 0);
  EXPECT_EQ(kept.st_mode & 0777, 0600u);
  EXPECT_EQ(kept.st_size, 4);
  EXPECT_TRUE(soon([&] { return server->load().uploads == 0; }));
}

TEST(http, many_uploads_side_by_side_arrive_whole) {
  TestServer server;
  std::atomic<int> right = 0;
  {
    std::vector<std::jthread> clients;
    for (int i = 0; i < 8; ++i) {
      clients.emplace_back([&, i] {
        Client client(server.port());
        const std::string bytes(static_cast<std::size_t>(1'000'000 + 77'777 * i), 'x');
        client.request("POST", "/upload", {}, bytes);
        right += client.answer().body.starts_with(std::to_string(bytes.size()) + " ") ? 1 : 0;
      });
    }
  }
  EXPECT_EQ(right, 8);
  EXPECT_EQ(server.spooled_files(), 0u);
}

std::size_t peak_memory_kb() {
  std::ifstream status("/proc/self/status");
  std::string word;
  while (status >> word) {
    if (word == "VmHWM:") {
      std::size_t kb = 0;
      status >> kb;
      return kb;
    }
  }
  return 0;
}

TEST(http, five_hundred_megabytes_stay_on_the_disk) {
  const std::size_t megabytes = sanitized ? 20 : 500;
  TestServer server;
  Client client(server.port());
  client.get("/a");
  std::ofstream("/proc/self/clear_refs") << "5";  // forget the peak of earlier tests
  const std::size_t before = peak_memory_kb();
  const auto start = std::chrono::steady_clock::now();
  const std::string piece(1 << 20, 'm');
  client.request("POST", "/upload", "Content-Length: " + std::to_string(megabytes << 20) + "\r\n");
  for (std::size_t i = 0; i < megabytes; ++i) {
    ASSERT_TRUE(client.send(piece));
  }
  const std::string size = std::to_string(megabytes << 20);
  EXPECT_EQ(client.answer().body, size + " " + size);
  const std::size_t more = peak_memory_kb() - before;
  RecordProperty("peak_kb", static_cast<int>(peak_memory_kb()));
  std::printf("%zu MB in %lld ms; process peak %zu kB, %zu kB more than before\n", megabytes,
              static_cast<long long>(std::chrono::duration_cast<std::chrono::milliseconds>(
                                         std::chrono::steady_clock::now() - start)
                                         .count()),
              peak_memory_kb(), more);
  if (!sanitized) {
    EXPECT_LT(peak_memory_kb(), 30'000u);
  }
}

TEST(http, what_a_dead_process_left_in_the_spool_is_removed) {
  const auto folder = std::filesystem::path(testing::TempDir()) / "old_spool";
  std::filesystem::create_directories(folder);
  std::ofstream(folder / "upload-abc123") << "left";
  std::ofstream(folder / "mine") << "stays";
  ServerOptions options;
  options.spool_folder = folder;
  const auto server = Server::start(
      options, [](const HttpHead&) { return Plan{}; }, [](HttpRequest&&) { return HttpReply{}; });
  ASSERT_TRUE(server);
  EXPECT_FALSE(std::filesystem::exists(folder / "upload-abc123"));
  EXPECT_TRUE(std::filesystem::exists(folder / "mine"));
  std::filesystem::remove_all(folder);
}

TEST(http, a_port_in_use_or_a_bad_address_is_told) {
  TestServer first;
  const auto start = [](std::string address, std::uint16_t port) {
    ServerOptions options;
    options.address = std::move(address);
    options.port = port;
    auto server = Server::start(
        options, [](const HttpHead&) { return Plan{}; }, [](HttpRequest&&) { return HttpReply{}; });
    return server ? std::string("started") : server.error().message.code;
  };
  EXPECT_EQ(start("127.0.0.1", first.port()), "http.address_in_use");
  EXPECT_EQ(start("not an address", 0), "http.bad_listen_address");
  EXPECT_EQ(start("203.0.113.7", 0), "http.bad_listen_address");
  EXPECT_EQ(start("127.0.0.1", 0), "started");
}

TEST(http, stopping_lets_running_handlers_finish_and_refuses_the_queued) {
  ServerOptions options;
  options.workers = 1;
  options.drain = 300ms;  // what the unfinished upload is waited for
  TestServer server(options);
  Client running(server.port());
  running.request("GET", "/gate");
  ASSERT_TRUE(soon([&] { return server.at_gate == 1; }));
  Client queued(server.port());
  queued.request("GET", "/a");
  ASSERT_TRUE(soon([&] { return server->load().queued == 1; }));
  Client uploading(server.port());
  uploading.request("POST", "/upload", "Content-Length: 1000000\r\n");
  uploading.send(std::string(500'000, 'x'));
  ASSERT_TRUE(soon([&] { return server->load().uploads == 1 && server.spooled_files() == 1; }));
  std::jthread stopping([&] { server->stop(); });
  EXPECT_EQ(queued.answer().status, 503);
  server.open_gate();
  const Answer last = running.answer();
  EXPECT_EQ(last.body, "hello /gate");
  EXPECT_EQ(last.headers.at("connection"), "close");
  stopping.join();
  EXPECT_TRUE(uploading.closes_within(5s));
  EXPECT_EQ(server.spooled_files(), 0u);
  EXPECT_FALSE(Client(server.port()).connected());
  server->stop();  // once more does nothing
}

TEST(http, whoever_leaves_answers_all_that_was_asked) {
  ServerOptions options;
  options.workers = 1;
  TestServer server(options);
  Client idle(server.port());
  EXPECT_EQ(idle.get("/a").status, 200);
  Client running(server.port());
  running.request("GET", "/gate");
  ASSERT_TRUE(soon([&] { return server.at_gate == 1; }));
  Client queued(server.port());
  queued.request("GET", "/a");
  ASSERT_TRUE(soon([&] { return server->load().queued == 1; }));
  std::jthread leaving([&] { server->leave(300ms, 10s); });
  std::this_thread::sleep_for(50ms);
  Client late(server.port());
  late.request("GET", "/late");
  EXPECT_TRUE(soon([&] { return !Client(server.port()).connected(); }))
      << "after the notice nobody is let in";
  server.open_gate();
  EXPECT_EQ(running.answer().body, "hello /gate");
  const Answer second = queued.answer();
  EXPECT_EQ(second.body, "hello /a") << "not refused";
  EXPECT_EQ(second.headers.at("connection"), "close");
  EXPECT_EQ(late.answer().body, "hello /late");
  leaving.join();
  EXPECT_TRUE(running.closes_within(5s));
  server->stop();
  EXPECT_TRUE(idle.closes_within(5s));
}

TEST(http, leaving_takes_no_longer_than_it_may) {
  ServerOptions options;
  options.workers = 1;
  TestServer server(options);
  Client running(server.port());
  running.request("GET", "/gate");
  ASSERT_TRUE(soon([&] { return server.at_gate == 1; }));
  const auto begin = std::chrono::steady_clock::now();
  server->leave(0ms, 400ms);
  const auto took = std::chrono::steady_clock::now() - begin;
  EXPECT_GE(took, 399ms) << "whole milliseconds are counted, so one may be missing";
  EXPECT_LT(took, 5s);
  server.open_gate();
  EXPECT_EQ(running.answer().body, "hello /gate");
}

TEST(http, any_name_may_be_answered) {
  ServerOptions options;
  options.any_host = true;
  TestServer server(options);
  Client client(server.port());
  client.send("GET /a HTTP/1.1\r\nHost: releve-1.chu.example:9420\r\n\r\n");
  EXPECT_EQ(client.answer().status, 200);
}

}  // namespace
}  // namespace releve::http
