// SPDX-License-Identifier: EUPL-1.2
// The listener. Transport only: it knows no capability and no API; what a request means is said by two
// functions.
//
//   plan    once the head of a request is known, before its body is read; on the event thread, so it must
//           not block: how long the body may be, whether it goes to a file, or a refusal;
//   handle  the whole request in, the reply out; on one of our workers, where it may take its time.
//
// One thread moves bytes (libmicrohttpd, epoll). A connection whose request is being handled is suspended.
// When the queue of the workers is full the client gets 503 at once. Spooled bodies are written by a thread
// of their own, so that a slow disk delays one upload and nobody else.
//
// Refused before plan() is asked: malformed heads (400), foreign Host values (421), requests sent by another
// site's page (403), methods other than GET, HEAD, POST, PUT and DELETE (405), long heads (431, or 414 for
// the first line alone).
// Every reply carries the security headers; "Cache-Control: no-store" unless the reply says otherwise.
// Plain HTTP/1.1 on purpose: TLS belongs to the proxy in front, and an isolated switch has none.
#pragma once

#include "foundation/base/result.hpp"
#include "foundation/http/message.hpp"
#include "foundation/http/stream.hpp"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace releve::http {

struct ServerOptions {
  std::string address = "127.0.0.1";   // IPv4 or IPv6
  std::uint16_t port = 0;              // 0: any free one, see Server::port()
  std::filesystem::path spool_folder;  // of this server alone; needed for plans that spool
  /// Further Host values, as the browser sends them ("releve.chu.example:8080"). 127.0.0.1, localhost and
  /// [::1] with our port are always accepted.
  std::vector<std::string> hosts;
  bool any_host = false;  // answers to any name: for what holds nothing of anybody
  /// Further origins ("https://releve.chu.example", behind a proxy). "http://" + Host is always accepted.
  std::vector<std::string> origins;

  unsigned workers = 0;     // 0: two per processor, at least 4
  std::size_t queue = 256;  // requests that wait for a worker
  unsigned max_connections = 1024;
  unsigned max_per_address = 256;  // connections
  std::size_t max_streams = 256;
  std::size_t max_uploads = 32;                    // spooled at the same time
  std::size_t max_head = 16 * 1024;                // bytes of request line and headers
  std::size_t max_bodies = std::size_t{64} << 20;  // bytes of all bodies held in memory together

  std::chrono::milliseconds head_time{10'000};    // for a whole head, counted from its first line or connect
  std::chrono::milliseconds body_stall{30'000};   // time in which a body must bring another 16 kB, or end
  std::chrono::milliseconds idle_time{75'000};    // between requests of one connection
  std::chrono::milliseconds reply_stall{30'000};  // for a client to take a reply, plus its size at:
  std::int64_t slowest_reply = 10'000;            // bytes per second
  std::chrono::milliseconds heartbeat{15'000};    // of a silent stream
  std::chrono::milliseconds linger{2'000};        // for a refused client to read why
  std::chrono::milliseconds drain{2'000};         // for the last replies when stopping

  /// What went wrong on our side, for the log; from any thread. May be empty.
  std::function<void(std::string_view what)> log;
};

using PlanRequest = std::function<Plan(const HttpHead&)>;
using HandleRequest = std::function<HttpReply(HttpRequest&&)>;

/// What the server is doing now.
struct Load {
  std::size_t connections = 0;
  std::size_t exchanges = 0;  // requests begun and not yet answered, and open streams
  std::size_t queued = 0;     // of these, waiting for a worker
  std::size_t streams = 0;
  std::size_t uploads = 0;
  std::size_t bodies = 0;  // bytes of bodies in memory
};

class Server {
 public:
  /// Listens at once. Errors: http.address_in_use, http.bad_listen_address. Throws EnvironmentFailure.
  static Result<std::unique_ptr<Server>> start(ServerOptions options, PlanRequest plan, HandleRequest handle);
  /// stop().
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  std::uint16_t port() const;
  Load load() const;
  /// The polite part of an end, so that no request is lost that another process could answer. Replies say
  /// "Connection: close", streams end; the door stays open for `notice`, in which a proxy sees that we are
  /// leaving; then it shuts, and those inside are served, until nobody is left or `at_most` has passed since
  /// the beginning. stop() comes next. Not from a handler.
  void leave(std::chrono::milliseconds notice, std::chrono::milliseconds at_most);
  /// Refuses what is queued (503), waits for handlers that run, ends the streams, lets the last replies go
  /// (at most `drain`), closes everything. Idempotent; not from a handler.
  void stop();

  struct Core;

 private:
  explicit Server(std::unique_ptr<Core> core);
  std::unique_ptr<Core> core_;
};

}  // namespace releve::http
