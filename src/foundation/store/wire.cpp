// SPDX-License-Identifier: EUPL-1.2
#include "foundation/store/wire.hpp"

#include "foundation/base/text.hpp"

#include <libpq-fe.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <array>
#include <deque>
#include <mutex>
#include <thread>

namespace releve::store {
namespace {

using std::chrono::steady_clock;

constexpr const char* channel = "releve";
/// A payload has less than 8,000 bytes (PostgreSQL's manual, NOTIFY); it begins with who says it.
constexpr std::size_t longest = 7'900;
constexpr std::size_t most_unsaid = 10'000;
/// Said instead of what cannot be said.
constexpr std::string_view something = "!";
constexpr std::chrono::milliseconds pause_between_tries{500};

struct Finish {
  void operator()(PGconn* connection) const { PQfinish(connection); }
};

struct Clear {
  void operator()(PGresult* result) const { PQclear(result); }
};

struct Free {
  void operator()(PGnotify* notice) const { PQfreemem(notice); }
};

}  // namespace

struct Wire::Line {
  Line(std::string address, Process own, Ears theirs)
      : url(std::move(address)),
        self(std::move(own)),
        ears(std::move(theirs)),
        bell(::eventfd(0, EFD_CLOEXEC)) {
    if (bell < 0) {
      throw EnvironmentFailure("no eventfd");
    }
  }

  ~Line() {
    thread = {};  // it waits for the bell: a number that is closed may be another's the next moment
    ::close(bell);
  }

  Line(const Line&) = delete;
  Line& operator=(const Line&) = delete;

  void ring() const {
    const std::uint64_t one = 1;
    (void)!::write(bell, &one, sizeof one);
  }

  void run(const std::stop_token& closing);
  void connect();
  bool ask(const char* sql, const std::vector<const char*>& values = {});
  void work(const std::stop_token& closing);
  void say_all();
  void hear_all();
  void wait(steady_clock::time_point until) const;

  const std::string url;
  const Process self;
  const Ears ears;
  const int bell;
  std::unique_ptr<PGconn, Finish> connection;
  bool cut_before = false;

  std::mutex mutex;
  std::deque<std::string> unsaid;
  bool dropped = false;  // something that was to be said is lost: say so first
  std::jthread thread;   // last: the first to be joined
};

/// False: the connection is of no more use.
bool Wire::Line::ask(const char* sql, const std::vector<const char*>& values) {
  const std::unique_ptr<PGresult, Clear> result(PQexecParams(
      connection.get(), sql, static_cast<int>(values.size()), nullptr, values.data(), nullptr, nullptr, 0));
  const auto status = PQresultStatus(result.get());
  return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
}

void Wire::Line::connect() {
  // A line that went dead without a word is noticed by the next heartbeat that is not acknowledged.
  const std::array<const char*, 4> words{"dbname", "connect_timeout", "tcp_user_timeout", nullptr};
  const std::array<const char*, 4> values{url.c_str(), "5", "5000", nullptr};
  connection.reset(PQconnectdbParams(words.data(), values.data(), 1));
  if (PQstatus(connection.get()) != CONNECTION_OK || !ask("set client_min_messages = warning") ||
      !ask("set statement_timeout = '5s'") || !ask((std::string("listen ") + channel).c_str())) {
    const std::string reason = connection ? PQerrorMessage(connection.get()) : "no memory";
    connection.reset();
    if (!cut_before) {
      cut_before = true;
      ears.log("the wire to the other processes: " + reason.substr(0, reason.find('\n')));
    }
    return;
  }
  cut_before = false;
  ears.missed();  // whatever was said before we listened
}

void Wire::Line::run(const std::stop_token& closing) {
  const std::stop_callback wake(closing, [this] { ring(); });
  while (!closing.stop_requested()) {
    connect();
    if (connection) {
      work(closing);
    }
    if (!connection && !closing.stop_requested()) {
      wait(steady_clock::now() + pause_between_tries);
    }
  }
}

/// Until the line is cut or the process ends.
void Wire::Line::work(const std::stop_token& closing) {
  const std::string time = std::to_string(lease.count());
  steady_clock::time_point next{};
  while (connection && !closing.stop_requested()) {
    if (steady_clock::now() >= next) {
      next = steady_clock::now() + beat;
      // Who has no row any more is not brought back by this: store::Jobs first has to know.
      if (!ask(
              "update process set alive_until = cast(extract(epoch from clock_timestamp()) * 1000 as bigint) "
              "+ cast($2 as bigint) where id = $1",
              {self.id.c_str(), time.c_str()})) {
        break;
      }
    }
    say_all();
    hear_all();
    if (PQstatus(connection.get()) != CONNECTION_OK) {
      break;
    }
    wait(next);
  }
  if (!closing.stop_requested()) {
    cut_before = true;
    ears.log("the wire to the other processes was cut");
  }
  connection.reset();
}

void Wire::Line::say_all() {
  while (connection && PQstatus(connection.get()) == CONNECTION_OK) {
    std::string text;
    {
      const std::lock_guard lock(mutex);
      if (!dropped && unsaid.empty()) {
        return;
      }
      if (std::exchange(dropped, false)) {
        text = something;
      } else {
        text = std::move(unsaid.front());
        unsaid.pop_front();
      }
    }
    const std::string payload = self.id + " " + text;
    if (!ask("select pg_notify($1, $2)", {channel, payload.c_str()})) {
      const std::lock_guard lock(mutex);
      unsaid.clear();
      dropped = true;
    }
  }
}

void Wire::Line::hear_all() {
  if (PQconsumeInput(connection.get()) != 1) {
    return;
  }
  while (const std::unique_ptr<PGnotify, Free> notice{PQnotifies(connection.get())}) {
    const std::string_view payload(notice->extra);
    const auto blank = payload.find(' ');
    if (blank == std::string_view::npos || payload.substr(0, blank) == self.id) {
      continue;
    }
    const std::string_view text = payload.substr(blank + 1);
    text == something ? ears.missed() : ears.heard(std::string(text));
  }
}

void Wire::Line::wait(steady_clock::time_point until) const {
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - steady_clock::now()).count();
  std::array<pollfd, 2> wanted{pollfd{bell, POLLIN, 0},
                               pollfd{connection ? PQsocket(connection.get()) : -1, POLLIN, 0}};
  ::poll(wanted.data(), wanted.size(), static_cast<int>(std::max<std::int64_t>(left, 0)));
  if ((wanted[0].revents & POLLIN) != 0) {
    std::uint64_t rings = 0;
    (void)!::read(bell, &rings, sizeof rings);
  }
}

Wire::Wire(std::string url, Process self, Ears ears)
    : line_(std::make_unique<Line>(std::move(url), std::move(self), std::move(ears))) {
  line_->thread = std::jthread([line = line_.get()](const std::stop_token& closing) { line->run(closing); });
}

Wire::~Wire() = default;

void Wire::say(std::string text) {
  RELEVE_CHECK(is_valid_utf8(text) && text.find('\0') == std::string::npos, "what is said is text");
  const std::lock_guard lock(line_->mutex);
  if (text.size() > longest || line_->unsaid.size() >= most_unsaid) {
    line_->unsaid.clear();  // whoever reads everything again has missed nothing
    line_->dropped = true;
  } else if (!line_->dropped) {
    line_->unsaid.push_back(std::move(text));
  }
  line_->ring();
}

}  // namespace releve::store
