// SPDX-License-Identifier: EUPL-1.2
// Two `releve serve` on one PostgreSQL behind a real proxy, under a load of writes with streams open: one is
// killed, then, in another test, each is restarted in its turn.
#include "foundation/http/client_for_tests.hpp"
#include "foundation/store/test_database.hpp"
#include "main/process_for_tests.hpp"

#include <atomic>
#include <filesystem>
#include <iostream>
#include <mutex>
#include <optional>

namespace releve::main {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr const char* proxy_binary = "/usr/sbin/haproxy";  // Debian's

/// Somebody who answers one question after the other and remembers what was acknowledged.
class Writer {
 public:
  Writer(std::uint16_t port, const std::string& cookie, const std::string& name)
      : headers_("Cookie: " + cookie + "\r\nContent-Type: application/json\r\n"),
        name_(name),
        thread_([this, port](const std::stop_token& stop) { write(stop, port); }) {}

  void stop() {
    thread_.request_stop();
    thread_.join();
  }

  const std::vector<std::string>& acknowledged() const { return acknowledged_; }

  int failed() const { return failed_; }

 private:
  void write(const std::stop_token& stop, std::uint16_t port) {
    auto client = std::make_unique<http::Client>(port);
    for (int n = 0; !stop.stop_requested();) {
      const std::string field = name_ + "-" + std::to_string(n);
      client->request("POST", "/api/v1/facilities/CH/answers", headers_,
                      R"({"element":"","field":")" + field + R"(","value":")" + std::to_string(n) + "\"}");
      const http::Answer answer = client->answer();
      if (answer.status == 200) {
        acknowledged_.push_back(field);
        ++n;
      } else {
        ++failed_;
        last_failure_ = answer.body;
        std::this_thread::sleep_for(milliseconds(20));
      }
      const auto connection = answer.headers.find("connection");
      if (answer.status != 200 || (connection != answer.headers.end() && connection->second == "close")) {
        client = std::make_unique<http::Client>(port);
      }
    }
  }

  std::string headers_;
  std::string name_;
  std::vector<std::string> acknowledged_;
  int failed_ = 0;
  std::string last_failure_;
  std::jthread thread_;  // last
};

/// A page's stream of live events, which comes back when it is cut, as a browser does.
class Reader {
 public:
  Reader(std::uint16_t port, const std::string& cookie)
      : thread_([this, port, cookie](const std::stop_token& stop) {
          while (!stop.stop_requested()) {
            read(stop, port, cookie);
            std::this_thread::sleep_for(milliseconds(20));
          }
        }) {}

  int events() const { return events_; }

  int resyncs() const { return resyncs_; }

  /// From the cut of a stream to the resync on the next one; nothing: it was not cut.
  std::optional<milliseconds> away() {
    const std::lock_guard lock(mutex_);
    return away_;
  }

 private:
  void read(const std::stop_token& stop, std::uint16_t port, const std::string& cookie) {
    http::Client client(port);
    client.request("GET", "/api/v1/events",
                   "Cookie: " + cookie + "\r\n" + (last_.empty() ? "" : "Last-Event-ID: " + last_ + "\r\n"));
    bool whole = false;  // a stream that its server has ended, over a connection that the proxy keeps
    while (!stop.stop_requested() && !client.ended() && !whole) {
      client.receive(milliseconds(20));
      std::string& text = client.received();
      for (auto end = text.find('\n'); end != std::string::npos; end = text.find('\n')) {
        const std::string line(trim(text.substr(0, end)));
        text.erase(0, end + 1);
        whole = whole || line == "0";  // the last chunk
        take(line);
      }
    }
    const std::lock_guard lock(mutex_);
    cut_ = cut_ ? cut_ : std::optional(steady_clock::now());
  }

  void take(const std::string& line) {
    if (line.starts_with("id: ")) {
      last_ = line.substr(4);
      ++events_;
    }
    if (line != "event: resync") {
      return;
    }
    ++resyncs_;
    const std::lock_guard lock(mutex_);
    if (cut_) {
      away_ = std::max(away_.value_or(milliseconds(0)),
                       std::chrono::duration_cast<milliseconds>(steady_clock::now() - *cut_));
      cut_.reset();
    }
  }

  std::string last_;
  std::atomic<int> events_ = 0;
  std::atomic<int> resyncs_ = 0;
  std::mutex mutex_;
  std::optional<steady_clock::time_point> cut_;
  std::optional<milliseconds> away_;
  std::jthread thread_;  // last
};

class fleet : public store::DatabaseTest {
 protected:
  void SetUp() override {
    if (!std::filesystem::exists(proxy_binary)) {
      GTEST_SKIP() << "no haproxy (Debian: apt-get install haproxy)";
    }
    DatabaseTest::SetUp();
    if (IsSkipped()) {
      return;
    }
    for (std::uint16_t& port : ports_) {
      port = free_port();
    }
    proxy_port_ = free_port();
    servers_.resize(ports_.size());
    start(0);
    cookie_ = servers_[0]->enter();
    ASSERT_FALSE(cookie_.empty());
    start(1);
    start_proxy();
    http::Client client(proxy_port_);
    client.request("POST", "/api/v1/facilities",
                   "Cookie: " + cookie_ + "\r\nContent-Type: application/json\r\n",
                   R"({"id":"CH","name":"CH","fictional":true})");
    const auto made = client.answer();
    ASSERT_EQ(made.status, 200) << made.body;
  }

  void TearDown() override {
    readers_.clear();
    writers_.clear();
    proxy_.reset();
    servers_.clear();
    DatabaseTest::TearDown();
  }

  void start(std::size_t number) {
    const std::string name = folder_.path() + "/server" + std::to_string(number);
    servers_[number] = std::make_unique<Served>(
        std::vector<std::string>{"--data", folder_.path() + "/data", "--database", url(), "--port",
                                 std::to_string(ports_[number]), "--origin", origin()},
        name + ".out", name + ".err");
    ASSERT_EQ(servers_[number]->port, ports_[number]) << bytes_of(name + ".err");
  }

  std::string origin() const { return "http://127.0.0.1:" + std::to_string(proxy_port_); }

  /// As docs/guide/operate.md has it, with a shorter look at who is ready.
  void start_proxy() {
    const std::string path = folder_.path() + "/haproxy.cfg";
    std::ofstream file(path);
    file << "defaults\n  mode http\n  timeout connect 1s\n  timeout client 1h\n  timeout server 1h\n  "
            "retries 3\n"
            "  option redispatch\n"
            "frontend page\n  bind 127.0.0.1:"
         << proxy_port_
         << "\n  default_backend releve\n"
            "backend releve\n  balance roundrobin\n  option httpchk\n"
            "  http-check send meth GET uri /health/ready ver HTTP/1.1 hdr Host 127.0.0.1:"
         << proxy_port_ << "\n  default-server check inter 200ms fall 1 rise 1\n";
    for (std::size_t i = 0; i < ports_.size(); ++i) {
      file << "  server s" << i << " 127.0.0.1:" << ports_[i] << "\n";
    }
    file.close();
    proxy_ = std::make_unique<Child>(std::vector<std::string>{proxy_binary, "-db", "-f", path},
                                     folder_.path() + "/proxy.out", folder_.path() + "/proxy.err");
    ASSERT_TRUE(within(milliseconds(10'000), [&] { return ready(proxy_port_); }))
        << bytes_of(folder_.path() + "/proxy.err");
  }

  bool ready(std::uint16_t port) const {
    http::Client client(port);
    client.send("GET /health/ready HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(proxy_port_) + "\r\n\r\n");
    return client.answer().status == 200;
  }

  void start_load() {
    for (int i = 0; i < 3; ++i) {
      writers_.push_back(std::make_unique<Writer>(proxy_port_, cookie_, "w" + std::to_string(i)));
    }
    for (int i = 0; i < 4; ++i) {
      readers_.push_back(std::make_unique<Reader>(proxy_port_, cookie_));
    }
    ASSERT_TRUE(within(milliseconds(20'000), [&] {
      return std::all_of(readers_.begin(), readers_.end(),
                         [](const auto& one) { return one->events() >= 5; });
    })) << "events reach the streams of both processes";
  }

  /// Stops the writers; how many writes were acknowledged, how many of them are not there, how many failed.
  struct Outcome {
    std::size_t acknowledged = 0;
    std::size_t lost = 0;
    int failed = 0;
  };

  Outcome stop_load() {
    Outcome outcome;
    std::vector<std::string> kept;
    for (const auto& writer : writers_) {
      writer->stop();
    }
    open(1)->read([&](store::Transaction& t) {
      for (const auto& row : t.query("select field from answer where facility = 'CH'")) {
        kept.push_back(row.text(0));
      }
    });
    std::sort(kept.begin(), kept.end());
    for (const auto& writer : writers_) {
      outcome.failed += writer->failed();
      outcome.acknowledged += writer->acknowledged().size();
      for (const std::string& field : writer->acknowledged()) {
        outcome.lost += std::binary_search(kept.begin(), kept.end(), field) ? 0U : 1U;
      }
    }
    return outcome;
  }

  store::TestFolder folder_;
  std::array<std::uint16_t, 2> ports_{};
  std::uint16_t proxy_port_ = 0;
  std::string cookie_;
  std::vector<std::unique_ptr<Served>> servers_;
  std::unique_ptr<Child> proxy_;
  std::vector<std::unique_ptr<Writer>> writers_;
  std::vector<std::unique_ptr<Reader>> readers_;
};

INSTANTIATE_TEST_SUITE_P(engines, fleet, testing::Values("postgresql"));

TEST_P(fleet, one_is_killed_under_load_and_no_acknowledged_write_is_lost) {
  start_load();
  std::this_thread::sleep_for(milliseconds(2'000));
  EXPECT_EQ(servers_[0]->program.kill_now(), -SIGKILL);
  // Those that were on the dead one come back at once; the others are told when its lease has ended.
  EXPECT_TRUE(within(milliseconds(20'000), [&] {
    return std::all_of(readers_.begin(), readers_.end(), [](const auto& one) { return one->resyncs() >= 1; });
  })) << "every stream has been told to read everything again";
  const Outcome outcome = stop_load();
  milliseconds away{0};
  std::size_t cut = 0;
  for (const auto& reader : readers_) {
    const auto time = reader->away();
    cut += time ? 1U : 0U;
    away = std::max(away, time.value_or(milliseconds(0)));
  }
  std::cout << "figure fleet.acknowledged " << outcome.acknowledged << "\n"
            << "figure fleet.lost " << outcome.lost << "\n"
            << "figure fleet.failed_requests " << outcome.failed << "\n"
            << "figure fleet.streams_cut " << cut << "\n"
            << "figure fleet.reconnect_ms " << away.count() << "\n";
  EXPECT_GE(outcome.acknowledged, 20U);
  EXPECT_EQ(outcome.lost, 0U);
  EXPECT_GE(cut, 1U) << "some streams were on the one that died";
  EXPECT_LE(outcome.failed, 20) << "what was in flight, and what came before the proxy knew";
}

TEST_P(fleet, both_come_up_when_started_at_once_on_an_empty_database) {
  const std::string empty = base_name() + "_empty";
  as_administrator("create database " + empty + " template template0 encoding 'UTF8'");
  std::string address = url();
  address.replace(address.find(base_name()), base_name().size(), empty);
  {
    std::array<std::unique_ptr<Served>, 3> together;
    std::vector<std::jthread> starters;
    for (std::size_t i = 0; i < together.size(); ++i) {
      starters.emplace_back([&, i] {
        const std::string name = folder_.path() + "/together" + std::to_string(i);
        together[i] =
            std::make_unique<Served>(std::vector<std::string>{"--data", folder_.path() + "/together",
                                                              "--database", address, "--port", "0"},
                                     name + ".out", name + ".err");
      });
    }
    starters.clear();
    for (const auto& one : together) {
      EXPECT_NE(one->port, 0);
      http::Client client(one->port);
      EXPECT_EQ(client.get("/health/ready").status, 200);
    }
  }
  as_administrator("drop database " + empty + " with (force)");
}

TEST_P(fleet, a_rolling_restart_loses_no_request) {
  start_load();
  for (std::size_t number = 0; number < servers_.size(); ++number) {
    std::this_thread::sleep_for(milliseconds(500));
    servers_[number]->program.ask_to_end();
    EXPECT_TRUE(within(milliseconds(5'000), [&] { return !ready(ports_[number]); }))
        << "it says that it leaves";
    EXPECT_EQ(servers_[number]->program.wait(), 0);
    start(number);
    EXPECT_TRUE(within(milliseconds(10'000), [&] { return ready(ports_[number]); }));
    std::this_thread::sleep_for(milliseconds(1'000));  // the proxy looks again
  }
  const Outcome outcome = stop_load();
  std::cout << "figure fleet.rolling_acknowledged " << outcome.acknowledged << "\n"
            << "figure fleet.rolling_lost " << outcome.lost << "\n"
            << "figure fleet.rolling_failed_requests " << outcome.failed << "\n";
  EXPECT_GE(outcome.acknowledged, 20U);
  EXPECT_EQ(outcome.lost, 0U);
  EXPECT_EQ(outcome.failed, 0);
}

}  // namespace
}  // namespace releve::main
