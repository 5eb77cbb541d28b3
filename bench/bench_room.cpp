// SPDX-License-Identifier: EUPL-1.2
// Crisis rooms under load, with the real program: people in rooms, each with the room's stream open and a
// line to write now and then; how long from the first byte of a line sent until each of its room has it. The
// program and the people share this machine. SQLite in a temporary folder.
//
//   bench_room [people rooms]...     default 200 20 and 2000 200
#include "bench.hpp"
#include "foundation/base/id.hpp"
#include "foundation/base/text.hpp"
#include "foundation/http/client_for_tests.hpp"
#include "main/house.hpp"
#include "main/process_for_tests.hpp"

#include <sys/epoll.h>
#include <sys/resource.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdio>
#include <fstream>
#include <mutex>
#include <stdexcept>
#include <unordered_map>

namespace releve::bench {

namespace {

using std::chrono::steady_clock;

constexpr std::chrono::seconds length{30};
constexpr std::chrono::seconds between_two_lines{30};  // of one person
constexpr int hands = 16;                              // connections that carry the lines of all

double percentile_ms(std::vector<double> seconds, double share) {
  std::sort(seconds.begin(), seconds.end());
  return 1000 * seconds.at(static_cast<std::size_t>(share * static_cast<double>(seconds.size() - 1)));
}

/// Memory of a process that is its own, in kB.
double resident_kb(pid_t process) {
  std::ifstream status("/proc/" + std::to_string(process) + "/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("RssAnon:")) {
      return std::atof(line.c_str() + 8);
    }
  }
  throw std::runtime_error("no such process");
}

/// When each line was sent, asked from several threads.
class Sent {
 public:
  void note(const std::string& id) {
    const std::lock_guard lock(mutex_);
    at_[id] = steady_clock::now();
  }

  /// Seconds since then; negative: nobody here has sent it.
  double since(const std::string& id) const {
    const std::lock_guard lock(mutex_);
    const auto place = at_.find(id);
    return place == at_.end() ? -1
                              : std::chrono::duration<double>(steady_clock::now() - place->second).count();
  }

 private:
  mutable std::mutex mutex_;
  std::unordered_map<std::string, steady_clock::time_point> at_;
};

/// All the streams, read by one thread.
class Listeners {
 public:
  Listeners(std::uint16_t port, const std::string& cookie, const std::vector<std::string>& rooms, int people,
            const Sent& sent)
      : sent_(sent), epoll_(::epoll_create1(EPOLL_CLOEXEC)) {
    for (int i = 0; i < people; ++i) {
      auto& one = all_.emplace_back(std::make_unique<Listener>(port));
      one->client.request("GET", "/api/v1/events?room=" + rooms[static_cast<std::size_t>(i) % rooms.size()],
                          "Cookie: " + cookie + "\r\n");
      if (!one->client.receives("\r\n\r\n")) {
        throw std::runtime_error("stream " + std::to_string(i) + " was not opened");
      }
      epoll_event wanted{.events = EPOLLIN, .data = {.ptr = one.get()}};
      ::epoll_ctl(epoll_, EPOLL_CTL_ADD, one->client.descriptor(), &wanted);
    }
    thread_ = std::jthread([this](const std::stop_token& stop) { listen(stop); });
  }

  ~Listeners() {
    end();
    ::close(epoll_);
  }

  Listeners(const Listeners&) = delete;
  Listeners& operator=(const Listeners&) = delete;

  struct Heard {
    std::vector<double> seconds;  // one for each line and listener
    std::int64_t out_of_order = 0;
    std::int64_t resyncs = 0;
  };

  /// Ends the listening.
  Heard heard() {
    end();
    return std::move(heard_);
  }

  std::int64_t count() const { return count_; }

 private:
  struct Listener {
    explicit Listener(std::uint16_t port) : client(port) {}

    http::Client client;
    std::int64_t last = 0;
  };

  void end() {
    thread_.request_stop();
    if (thread_.joinable()) {
      thread_.join();
    }
  }

  void listen(const std::stop_token& stop) {
    std::array<epoll_event, 256> events{};
    while (!stop.stop_requested()) {
      const int ready = ::epoll_wait(epoll_, events.data(), static_cast<int>(events.size()), 50);
      for (int i = 0; i < ready; ++i) {
        auto& one = *static_cast<Listener*>(events[static_cast<std::size_t>(i)].data.ptr);
        one.client.receive(std::chrono::milliseconds(0));
        take(one);
      }
    }
  }

  void take(Listener& one) {
    std::string& text = one.client.received();
    std::size_t begin = 0;
    for (std::size_t end = 0; (end = text.find("\n\n", begin)) != std::string::npos; begin = end + 2) {
      hear(one, std::string_view(text).substr(begin, end - begin));
    }
    text.erase(0, begin);
  }

  void hear(Listener& one, std::string_view event) {
    heard_.resyncs += event.find("event: resync") != std::string_view::npos ? 1 : 0;
    constexpr std::string_view line = "\"line\":{\"id\":\"";
    constexpr std::string_view arrived = "\"arrived\":";
    const auto id = event.find(line);
    if (id == std::string_view::npos) {
      return;
    }
    const double seconds = sent_.since(std::string(event.substr(id + line.size(), 36)));
    if (seconds < 0) {
      return;
    }
    const auto number = std::atoll(event.data() + event.find(arrived) + arrived.size());
    heard_.out_of_order += one.last != 0 && number != one.last + 1 ? 1 : 0;
    one.last = number;
    heard_.seconds.push_back(seconds);
    ++count_;
  }

  const Sent& sent_;
  int epoll_;
  std::vector<std::unique_ptr<Listener>> all_;
  Heard heard_;
  std::atomic<std::int64_t> count_ = 0;
  std::jthread thread_;
};

/// Lines written at a steady pace, by turns in all rooms.
std::int64_t write_lines(std::uint16_t port, const std::string& cookie, const std::vector<std::string>& rooms,
                         int people, Sent& sent) {
  std::atomic<std::int64_t> next = 0;
  std::atomic<std::int64_t> acknowledged = 0;
  const auto begin = steady_clock::now();
  const auto pace = std::chrono::nanoseconds(between_two_lines) / people;
  const std::int64_t all = length / pace;
  std::vector<std::jthread> workers;
  for (int hand = 0; hand < hands; ++hand) {
    workers.emplace_back([&] {
      http::Client client(port);
      for (std::int64_t i = 0; (i = next++) < all;) {
        std::this_thread::sleep_until(begin + i * pace);
        const std::string id = mint_uuid(SystemClock().now());
        const std::string& room = rooms[static_cast<std::size_t>(i) % rooms.size()];
        sent.note(id);
        client.request(
            "POST", "/api/v1/facilities/CH/rooms/" + room + "/lines",
            "Cookie: " + cookie + "\r\nContent-Type: application/json\r\n",
            R"({"line":{"id":")" + id +
                R"(","kind":"fact","from":"Labo","to":"Cellule cyber","text":"Automates isolés, résultats sur papier, )"
                R"(un coursier toutes les trente minutes."}})");
        const auto answer = client.answer();
        if (answer.status != 200) {
          throw std::runtime_error("a line was not acknowledged: " + answer.body);
        }
        ++acknowledged;
      }
    });
  }
  workers.clear();
  return acknowledged;
}

void measure(int people, int room_count) {
  const Scratch scratch;
  const std::string data = scratch.file("data");
  std::vector<std::string> rooms;
  {
    const main::Shell shell{main::load_catalogue(), "fr", ""};
    const auto house = main::House::open(shell, {data, ""}).value();
    house->facilities->create("CH", "CH", true).value();
    const auto id = [&] { return mint_uuid(house->clock.now()); };
    for (int i = 0; i < room_count; ++i) {
      rooms.push_back(
          house->rooms->activate({.facility = "CH", .room = id(), .line = id()}, "garde", "fr").value().id);
    }
  }
  main::Served served({"--data", data, "--port", "0"}, scratch.file("out"), scratch.file("err"));
  const std::string cookie = served.enter();
  if (cookie.empty()) {
    throw std::runtime_error("the server did not start");
  }
  Sent sent;
  const double before = resident_kb(served.program.id());
  Listeners listeners(served.port, cookie, rooms, people, sent);
  const double with_streams = resident_kb(served.program.id());
  const std::int64_t lines = write_lines(served.port, cookie, rooms, people, sent);
  const std::int64_t expected = lines * (people / room_count);
  for (int i = 0; i < 100 && listeners.count() < expected; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  const auto heard = listeners.heard();
  const std::string size = std::to_string(people);
  figure("room." + size + ".lines", static_cast<double>(lines), "lines");
  figure("room." + size + ".delivery_p50_ms", percentile_ms(heard.seconds, 0.50), "ms");
  figure("room." + size + ".delivery_p99_ms", percentile_ms(heard.seconds, 0.99), "ms");
  figure("room." + size + ".kb_per_connection", (with_streams - before) / people, "kB");
  figure("room." + size + ".lines_lost",
         static_cast<double>(expected) - static_cast<double>(heard.seconds.size()), "deliveries");
  figure("room." + size + ".out_of_order", static_cast<double>(heard.out_of_order), "deliveries");
  figure("room." + size + ".resyncs", static_cast<double>(heard.resyncs), "streams");
  figure("room." + size + ".server_mb", resident_kb(served.program.id()) / 1000, "MB");
}

int run(const std::vector<std::string>& arguments) {
  rlimit limit{};
  ::getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = limit.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &limit);
  std::vector<std::pair<int, int>> sizes{{200, 20}, {2000, 200}};
  if (arguments.size() >= 2) {
    sizes.clear();
    for (std::size_t i = 0; i + 1 < arguments.size(); i += 2) {
      sizes.emplace_back(std::stoi(arguments[i]), std::stoi(arguments[i + 1]));
    }
  }
  for (const auto& [people, rooms] : sizes) {
    measure(people, rooms);
  }
  return 0;
}

}  // namespace

}  // namespace releve::bench

int main(int argc, char** argv) {
  try {
    return releve::bench::run({argv + 1, argv + argc});
  } catch (const std::exception& failure) {
    std::fprintf(stderr, "bench_room: %s\n", failure.what());
    return 1;
  }
}
