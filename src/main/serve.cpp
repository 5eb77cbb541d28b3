// SPDX-License-Identifier: EUPL-1.2
// releve serve: the transport joined to the API. Until accounts exist it listens on the loopback address
// only, and its one owner comes in by a one-time link printed at start.
#include "foundation/api/openapi.hpp"
#include "foundation/api/router.hpp"
#include "foundation/base/hash.hpp"
#include "foundation/base/id.hpp"
#include "foundation/http/server.hpp"
#include "foundation/http/static_files.hpp"
#include "foundation/http/stream.hpp"
#include "main/instance_endpoints.hpp"
#include "main/page.hpp"

#include <csignal>
#include <iostream>
#include <mutex>
#include <set>
#include <span>

namespace releve::main {

namespace {

constexpr std::string_view cookie_name = "releve_session";

/// Who holds the link, and who has come in by it. Thread-safe.
class OwnerDoor {
 public:
  OwnerDoor() : token_(random_hex(16)) {}

  std::string token() const {
    const std::lock_guard lock(mutex_);
    return token_;
  }

  /// The cookie of a new session; nothing for a wrong or used link.
  std::optional<std::string> enter(std::string_view token) {
    const std::lock_guard lock(mutex_);
    if (token_.empty() || !equal_secret(token, token_)) {
      return std::nullopt;
    }
    token_.clear();
    const std::string session = random_hex(24);
    sessions_.insert(session);
    return session;
  }

  bool known(const http::HttpHead& head) const {
    const std::string_view cookies = head.header("cookie");
    const std::lock_guard lock(mutex_);
    for (std::size_t at = 0; at < cookies.size();) {
      const std::size_t end = std::min(cookies.find(';', at), cookies.size());
      std::string_view pair = cookies.substr(at, end - at);
      while (pair.starts_with(' ')) {
        pair.remove_prefix(1);
      }
      if (pair.starts_with(cookie_name) && pair.size() > cookie_name.size() &&
          pair[cookie_name.size()] == '=' &&
          sessions_.contains(std::string(pair.substr(cookie_name.size() + 1)))) {
        return true;
      }
      at = end + 1;
    }
    return false;
  }

 private:
  mutable std::mutex mutex_;
  std::string token_;
  std::set<std::string> sessions_;
};

std::optional<api::Method> method_of(std::string_view text) {
  if (text == "GET") {
    return api::Method::get;
  }
  if (text == "POST") {
    return api::Method::post;
  }
  if (text == "PUT") {
    return api::Method::put;
  }
  return text == "DELETE" ? std::optional(api::Method::del) : std::nullopt;
}

/// One server's worth of wiring.
class Desk {
 public:
  explicit Desk(House& house)
      : house_(house),
        router_(all_endpoints(house),
                {[](const api::Session&, api::Right) { return true; },  // the owner may do everything
                 [](const api::Incident& incident) {
                   log_line("incident " + std::string(incident.number) + " " + std::string(incident.path) +
                            ": " + std::string(incident.what));
                 },
                 [] { return random_hex(4); }}),
        openapi_(api::openapi(router_.endpoints(), product_version)),
        page_(page_files()) {}

  OwnerDoor door;

  http::Plan plan(const http::HttpHead& head) const {
    const auto method = method_of(head.method);
    const api::Endpoint* row = method ? router_.find(*method, head.path) : nullptr;
    if (row == nullptr) {
      return {.max_body = 1000};
    }
    if (row->takes_upload && !door.known(head)) {
      return {.refuse = http::refusal(401, "api.unauthenticated")};
    }
    return {.max_body = row->max_body, .spool = row->takes_upload};
  }

  http::HttpReply handle(http::HttpRequest&& request) {
    if (request.head.path == "/enter") {
      return enter(request.head);
    }
    if (!request.head.path.starts_with("/api/")) {
      if (auto reply = page_.reply(request.head)) {
        return std::move(*reply);
      }
      return http::refusal(404, "http.not_found");
    }
    const bool owner = door.known(request.head);
    if (request.head.path == "/api/v1/events") {
      return owner ? events(request.head) : http::refusal(401, "api.unauthenticated");
    }
    if (request.head.path == "/api/v1/openapi.json") {
      return {.headers = {{"Content-Type", "application/json"}}, .body = openapi_};
    }
    api::Request asked;
    asked.method = method_of(request.head.method).value_or(api::Method::get);
    asked.path = request.head.path;
    asked.query = request.head.query;
    asked.body = std::move(request.body);
    asked.upload_path = request.spool_path;
    if (owner) {
      const bool english = request.head.header("accept-language").starts_with("en");
      asked.session = api::Session{"owner", house_.clock.now(), english ? "en" : "fr"};
    }
    api::Reply reply = router_.dispatch(asked);
    http::HttpReply out{.status = reply.status,
                        .headers = {{"Content-Type", reply.content_type}},
                        .body = std::move(reply.body)};
    if (!reply.file_name.empty()) {
      out.headers.emplace_back("Content-Disposition", "attachment; filename=\"" + reply.file_name + "\"");
    }
    return out;
  }

 private:
  http::HttpReply enter(const http::HttpHead& head) {
    const auto token = head.query.find("token");
    const auto session = token == head.query.end() ? std::nullopt : door.enter(token->second);
    if (!session && !door.known(head)) {
      return {.status = 403,
              .headers = {{"Content-Type", "text/plain; charset=utf-8"}},
              .body = house_.shell.say(message("serve.used_link")) + "\n"};
    }
    http::HttpReply reply{.status = 303, .headers = {{"Location", "/"}}};
    if (session) {
      reply.headers.emplace_back("Set-Cookie", std::string(cookie_name) + "=" + *session +
                                                   "; Path=/; HttpOnly; SameSite=Strict; Max-Age=2592000");
    }
    return reply;
  }

  http::HttpReply events(const http::HttpHead& head) {
    const std::string_view last = head.header("last-event-id");
    // The subscription wakes the stream, and the stream holds the subscription: bound by a weak pointer.
    auto waker = std::make_shared<std::weak_ptr<http::Stream>>();
    std::shared_ptr<api::Subscription> subscription =
        house_.events.subscribe({}, last.empty() ? std::nullopt : std::optional(std::string(last)), [waker] {
          if (const auto stream = waker->lock()) {
            stream->wake();
          }
        });
    auto stream = std::make_shared<http::Stream>([subscription]() -> std::optional<std::string> {
      const auto event = subscription->next();
      return event ? std::optional(api::to_sse(*event)) : std::nullopt;
    });
    *waker = stream;
    return {.headers = {{"Content-Type", "text/event-stream"}}, .stream = std::move(stream)};
  }

  House& house_;
  api::Router router_;
  std::string openapi_;
  http::StaticFiles page_;
};

}  // namespace

int run_serve(const Shell& shell, const ServeCommand& command) {
  // Blocked before any thread starts, so that only sigwait() below sees them.
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  std::signal(SIGPIPE, SIG_IGN);

  auto house = House::open(shell, {command.folder, command.database});
  if (!house) {
    return shell.fail(house.error());
  }
  if (command.demo && (*house)->facilities->list().empty()) {
    log_line(shell.say(message("serve.loading_demo")));
    const Status loaded = load_demonstration(**house);
    if (!loaded) {
      return shell.fail(loaded.error());
    }
  }
  Desk desk(**house);
  http::ServerOptions options;
  options.address = command.address;
  options.port = command.port;
  options.spool_folder = command.folder + "/spool";
  options.log = [](std::string_view what) { log_line(std::string(what)); };
  auto server = http::Server::start(
      options, [&](const http::HttpHead& head) { return desk.plan(head); },
      [&](http::HttpRequest&& request) { return desk.handle(std::move(request)); });
  if (!server) {
    return shell.fail(server.error());
  }
  const std::string address = "http://127.0.0.1:" + std::to_string((*server)->port());
  std::cout << shell.say(message("serve.listening", {{"address", address}})) << "\n"
            << address << "/enter?token=" << desk.door.token() << "\n"
            << std::flush;
  int received = 0;
  sigwait(&signals, &received);
  log_line(shell.say(message("serve.stopping")));
  (*server)->stop();
  return 0;
}

}  // namespace releve::main
