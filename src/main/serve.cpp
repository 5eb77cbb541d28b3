// SPDX-License-Identifier: EUPL-1.2
// releve serve: the transport joined to the API. As long as no administrator has a password, a one-time link
// for the first one is printed at start.
#include "foundation/api/openapi.hpp"
#include "foundation/api/router.hpp"
#include "foundation/base/hash.hpp"
#include "foundation/base/parallel.hpp"
#include "foundation/base/text.hpp"
#include "foundation/http/server.hpp"
#include "foundation/http/static_files.hpp"
#include "foundation/http/stream.hpp"
#include "main/cookies.hpp"
#include "main/daily.hpp"
#include "main/health.hpp"
#include "main/instance_endpoints.hpp"
#include "main/laptop.hpp"
#include "main/metrics.hpp"
#include "main/page.hpp"
#include "main/provider_doors.hpp"
#include "main/public_page.hpp"
#include "main/retention.hpp"
#include "respond/crisis/bulletin_page.hpp"
#include "respond/recall/delivery.hpp"
#include "respond/recall/sender.hpp"

#include <sys/resource.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <csignal>
#include <iostream>
#include <span>

namespace releve::main {

namespace {

constexpr std::string_view events_path = "/api/v1/events";
/// What every page is told; the lines of a room only who asks for that room.
constexpr std::array<const char*, 8> ordinary_topics{"job",  "facility", "assessment", "import",
                                                     "plan", "registry", "rooms",      "recall"};

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
  Desk(House& house, Health& health, const ServeCommand& command)
      : house_(house),
        health_(health),
        router_(all_endpoints(house),
                {.log =
                     [](const api::Incident& incident) {
                       log_line("incident " + std::string(incident.number) + " " +
                                std::string(incident.path) + ": " + std::string(incident.what));
                     },
                 .mint_incident = [] { return random_hex(4); },
                 .note = [&house](const api::Deed& deed) { house.access->note(deed); }}),
        openapi_(api::openapi(router_.endpoints(), product_version)),
        page_(page_files(), [] { return random_hex(16); }),
        security_contact_(command.security_contact),
        origin_(command.origin),
        secure_(command.origin.starts_with("https://")) {}

  http::Plan plan(const http::HttpHead& head) const {
    const auto method = method_of(head.method);
    const api::Endpoint* row = method ? router_.find(*method, head.path) : nullptr;
    if (row == nullptr) {
      return {.max_body = 1000};
    }
    if (row->takes_upload) {  // not a byte is written to disk for whoever may not
      api::Request asked = request_of(head);
      const std::string token = bearer(head);
      asked.session = visitor(head, token.empty() ? house_.access->look(cookie(head, session_cookie))
                                                  : house_.access->tokens().look(token));
      if (auto refusal = router_.refuse(asked)) {
        return {.refuse = reply_of(std::move(*refusal))};
      }
    }
    return {.max_body = row->max_body, .spool = row->takes_upload};
  }

  http::HttpReply handle(http::HttpRequest&& request) {
    const auto begin = std::chrono::steady_clock::now();
    const std::string method = request.head.method;
    const std::string route = route_of(request.head);
    http::HttpReply reply = answer(std::move(request));
    metrics_.answered(method, route, reply.status, std::chrono::steady_clock::now() - begin);
    return reply;
  }

  const Metrics& metrics() const { return metrics_; }

  /// Opens to whoever has the link of a crisis laptop.
  void open(RoomDoor& door) { room_door_ = &door; }

  /// The server that this is the desk of, once it is there.
  void stands_in(const http::Server& server) { server_ = &server; }

  http::Load load() const {
    const http::Server* server = server_;
    return server == nullptr ? http::Load{} : server->load();
  }

 private:
  http::HttpReply answer(http::HttpRequest&& request) {
    if (request.head.path == "/enter") {
      return enter(request.head);
    }
    if (is_provider_door(request.head.path)) {
      return provider_door(request.head);
    }
    if (request.head.path == "/.well-known/security.txt" && !security_contact_.empty()) {
      return security_text();
    }
    if (auto reply = health_.reply(request.head.path)) {
      return std::move(*reply);
    }
    if (auto reply = public_page(house_, request.head)) {
      return std::move(*reply);
    }
    if (asks_for_metrics_locally(request.head, !origin_.empty())) {
      return metrics_reply(metrics_, house_, load());
    }
    if (!request.head.path.starts_with("/api/")) {
      if (auto reply = page_.reply(request.head)) {
        return std::move(*reply);
      }
      return http::refusal(404, "http.not_found");
    }
    const api::Session session = reader(request.head);
    if (request.head.path == events_path) {
      return session.known() ? events(request.head, session) : http::refusal(401, "api.sign_in");
    }
    if (request.head.path == "/api/v1/openapi.json") {
      return {.headers = {{"Content-Type", "application/json"}}, .body = openapi_};
    }
    api::Request asked = request_of(request.head);
    asked.body = std::move(request.body);
    asked.upload_path = request.spool_path;
    asked.session = session;
    return reply_of(router_.dispatch(asked));
  }

  /// What a request asked for, as a label of few values: never what the client has made up.
  std::string route_of(const http::HttpHead& head) const {
    const auto method = method_of(head.method);
    const api::Endpoint* row = method ? router_.find(*method, head.path) : nullptr;
    if (row != nullptr) {
      return std::string(api::api_root) + row->path;
    }
    constexpr std::array<std::string_view, 5> own{"/enter", "/health/live", "/health/ready", "/metrics",
                                                  events_path};
    const auto known = std::find(own.begin(), own.end(), head.path);
    return known != own.end()                           ? std::string(*known)
           : head.path.starts_with("/api/")             ? "unknown"
           : head.path.starts_with(crisis::public_root) ? "bulletin"
                                                        : "page";
  }

  static api::Request request_of(const http::HttpHead& head) {
    api::Request asked;
    asked.method = method_of(head.method).value_or(api::Method::get);
    asked.path = head.path;
    asked.query = head.query;
    return asked;
  }

  /// The session with what the request itself says.
  api::Session visitor(const http::HttpHead& head, api::Session session) const {
    session.now = house_.clock.now();
    session.language = head.header("accept-language").starts_with("en") ? "en" : "fr";
    session.agent = shorten(head.header("user-agent"), 200);
    session.peer = head.peer;
    // Without a proxy the transport has already held Host against this machine's own names.
    session.origin = origin_.empty() ? "http://" + to_lower(head.header("host")) : origin_;
    if (!origin_.empty()) {  // the last address is the one that our own proxy saw
      const auto hops = split(head.header("x-forwarded-for"), ',');
      session.peer = hops.empty() || trim(hops.back()).empty() ? head.peer : shorten(trim(hops.back()), 60);
    }
    return session;
  }

  /// The token that a program sends; empty: none.
  static std::string bearer(const http::HttpHead& head) {
    const std::string_view sent = head.header("authorization");
    constexpr std::string_view scheme = "bearer ";
    return starts_with_ignoring_case(sent, scheme) ? std::string(trim(sent.substr(scheme.size()))) : "";
  }

  /// Who asks. A token counts alone: what a browser sends along of itself opens nothing beside it.
  api::Session reader(const http::HttpHead& head) const {
    const api::Session nobody = visitor(head, {});
    const std::string token = bearer(head);
    return visitor(head, token.empty() ? house_.access->who(cookie(head, session_cookie))
                                       : house_.access->tokens().who(token, nobody.peer));
  }

  http::HttpReply reply_of(api::Reply reply) const {
    http::HttpReply out{
        .status = reply.status, .headers = std::move(reply.headers), .body = std::move(reply.body)};
    out.headers.emplace_back("Content-Type", reply.content_type);
    if (!reply.file_name.empty()) {
      out.headers.emplace_back("Content-Disposition", "attachment; filename=\"" + reply.file_name + "\"");
    }
    if (reply.session) {
      out.headers.emplace_back("Set-Cookie", set_session(*reply.session, secure_));
    }
    return out;
  }

  /// RFC 9116: whom to tell of a weakness.
  http::HttpReply security_text() const {
    return {.headers = {{"Content-Type", "text/plain; charset=utf-8"}},
            .body = "Contact: " + security_contact_ +
                    "\nExpires: " + to_rfc3339(house_.clock.now() + std::chrono::hours(24 * 180)) +
                    "\nPreferred-Languages: fr, en\n"};
  }

  http::HttpReply enter(const http::HttpHead& head) {
    const auto given = head.query.find("token");
    const std::string token = given == head.query.end() ? "" : given->second;
    const api::Session from = visitor(head, house_.access->who(cookie(head, session_cookie)));
    const auto secret = room_door_ != nullptr && room_door_->is_for(token)
                            ? room_door_->enter(from)
                            : house_.access->entrance().enter(from, token);
    if (!secret && !from.known()) {
      return {.status = 403,
              .headers = {{"Content-Type", "text/plain; charset=utf-8"}},
              .body = house_.shell.say(message("serve.used_link")) + "\n"};
    }
    http::HttpReply reply{.status = 303, .headers = {{"Location", "/"}}};
    if (secret) {
      reply.headers.emplace_back("Set-Cookie", set_session(*secret, secure_));
    }
    return reply;
  }

  http::HttpReply provider_door(const http::HttpHead& head) {
    try {
      const api::Session from = visitor(head, house_.access->who(cookie(head, session_cookie)));
      return main::provider_door(house_.access->identities(), head, from, secure_);
    } catch (const EnvironmentFailure& failure) {
      log_line(failure.what());
      return http::refusal(503, "api.environment");
    }
  }

  http::HttpReply events(const http::HttpHead& head, const api::Session& session) {
    const std::string_view last = head.header("last-event-id");
    // The subscription wakes the stream, and the stream holds the subscription: bound by a weak pointer.
    auto ours = std::make_shared<std::weak_ptr<http::Stream>>();
    std::vector<std::string> topics(ordinary_topics.begin(), ordinary_topics.end());
    if (const auto room = head.query.find("room"); room != head.query.end()) {
      topics.push_back("room/" + room->second);
    }
    std::shared_ptr<api::Subscription> subscription = house_.events.subscribe(
        std::move(topics), last.empty() ? std::nullopt : std::optional(std::string(last)), [ours] {
          if (const auto stream = ours->lock()) {
            stream->wake();
          }
        });
    // Rights may change, and this thread must not wait for the database: the stream then ends, and the
    // browser comes back at once and is asked again who it is.
    const auto fresh = [this, version = house_.access->version(),
                        until = session.now + std::chrono::minutes(2)] {
      return house_.access->version() == version && house_.clock.now() < until;
    };
    auto stream = std::make_shared<http::Stream>(
        [subscription, ours, fresh, perimeter = session.perimeter]() -> std::optional<std::string> {
          if (!fresh()) {
            if (const auto stream_now = ours->lock()) {
              stream_now->close();
            }
            return std::nullopt;
          }
          while (const auto event = subscription->next()) {
            if (event->place.empty() || perimeter->has(event->right, event->place)) {
              return api::to_sse(*event);
            }
          }
          return std::nullopt;
        });
    *ours = stream;
    return {.headers = {{"Content-Type", "text/event-stream"}}, .stream = std::move(stream)};
  }

  House& house_;
  Health& health_;
  Metrics metrics_;
  std::atomic<const http::Server*> server_ = nullptr;
  api::Router router_;
  std::string openapi_;
  http::StaticFiles page_;
  RoomDoor* room_door_ = nullptr;
  const std::string security_contact_;
  const std::string origin_;  // empty: whoever asks sits at this machine
  const bool secure_;
};

/// Figures and health on an address of their own, for a network of supervisors; no server when none is asked
/// for.
Result<std::unique_ptr<http::Server>> serve_metrics(const House& house, Health& health, const Desk& desk,
                                                    const std::string& address) {
  if (address.empty()) {
    return std::unique_ptr<http::Server>();
  }
  const auto colon = address.rfind(':');
  const auto port = colon == std::string::npos ? std::nullopt : parse_int(address.substr(colon + 1));
  if (!port || !std::in_range<std::uint16_t>(*port)) {
    return Error{ErrorKind::invalid, message("http.bad_listen_address", {{"address", address}}), {}};
  }
  http::ServerOptions options;
  options.address = address.substr(0, colon);
  if (options.address.starts_with('[') && options.address.ends_with(']')) {
    options.address = options.address.substr(1, options.address.size() - 2);
  }
  options.port = static_cast<std::uint16_t>(*port);
  options.any_host = true;
  options.workers = 2;
  options.max_connections = 64;
  options.log = [](std::string_view what) { log_line(std::string(what)); };
  return http::Server::start(
      options, [](const http::HttpHead&) { return http::Plan{}; },
      [&](http::HttpRequest&& request) -> http::HttpReply {
        if (request.head.path == "/metrics") {
          return metrics_reply(desk.metrics(), house, desk.load());
        }
        return health.reply(request.head.path).value_or(http::refusal(404, "http.not_found"));
      });
}

/// As many connections as were asked for, or as this process may have files open.
unsigned open_files_allowed(unsigned wanted) {
  constexpr rlim_t others = 256;  // database, files, log
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) {
    return wanted;
  }
  limit.rlim_cur = std::min<rlim_t>(limit.rlim_max, wanted + others);
  (void)::setrlimit(RLIMIT_NOFILE, &limit);
  return static_cast<unsigned>(std::min<rlim_t>(wanted, limit.rlim_cur - std::min(limit.rlim_cur, others)));
}

/// Waits until the process is asked to end. True: politely, so that others take over.
bool wait_for_the_end(const sigset_t& signals) {
  int received = 0;
  sigwait(&signals, &received);
  return received == SIGTERM;
}

}  // namespace

int run_serve(const Shell& shell, const ServeCommand& command) {
  const bool loopback = command.address.starts_with("127.") || command.address == "::1";
  // Passwords would travel in the clear; on a laptop's own switch there is no certificate to be had.
  if (!loopback && !command.origin.starts_with("https://") && command.pack.empty()) {
    return shell.fail(
        {ErrorKind::invalid, message("serve.needs_origin", {{"address", command.address}}), "--address"});
  }
  // Blocked before any thread starts, so that only sigwait() below sees them.
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  std::signal(SIGPIPE, SIG_IGN);

  auto house = House::open(shell, {command.folder, command.database, command.key_file, command.clamd,
                                   command.providers, command.outlines, command.origin, command.steering});
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
  std::optional<RoomDoor> room_door;
  if (!command.pack.empty()) {
    const Status loaded = load_pack(**house, command.pack, command.passphrase_file);
    if (!loaded) {
      return shell.fail(loaded.error());
    }
    room_door.emplace(**house, (*house)->facilities->list().front().id);
  }
  const auto link = (*house)->access->entrance().first_link(command.link);
  Health health(**house);
  Desk desk(**house, health, command);
  if (room_door) {
    desk.open(*room_door);
  }
  http::ServerOptions options;
  options.address = command.address;
  options.port = command.port;
  options.any_host = room_door && !loopback;  // a switch has no names
  options.spool_folder = (*house)->files->spool();
  options.workers = std::max(8U, 2 * available_threads());  // some may hash passwords, the others answer
  options.max_connections = open_files_allowed(command.max_connections);
  options.max_streams = options.max_connections / 2;
  if (loopback ||
      !command.origin.empty()) {  // every client comes by the address of a proxy, or of this machine
    options.max_per_address = options.max_connections;
  }
  if (!command.origin.empty()) {
    options.origins = {command.origin};
    options.hosts = {command.origin.substr(command.origin.find("//") + 2)};
  }
  options.log = [](std::string_view what) { log_line(std::string(what)); };
  auto server = http::Server::start(
      options, [&](const http::HttpHead& head) { return desk.plan(head); },
      [&](http::HttpRequest&& request) { return desk.handle(std::move(request)); });
  if (!server) {
    return shell.fail(server.error());
  }
  desk.stands_in(**server);
  for (const std::string& facility : (*house)->rooms->in_crisis()) {
    (*house)->forecasters->expect(facility);
  }
  const std::jthread forgetting = forget_daily(**house);
  const std::jthread refreshing = every_day([&house] { (*house)->paper_sets->refresh(); });
  constexpr unsigned sending_threads = 4;
  const recall::Sender sender({*(*house)->callouts, *(*house)->channels, (*house)->clock,
                               recall::deliver_by_network(), [](const std::string& what) { log_line(what); }},
                              sending_threads);
  const auto figures = serve_metrics(**house, health, desk, command.metrics_address);
  if (!figures) {
    return shell.fail(figures.error());
  }
  const std::string address = "http://127.0.0.1:" + std::to_string((*server)->port());
  std::cout << shell.say(message("serve.listening", {{"address", address}})) << "\n";
  if (room_door) {
    const std::string host = command.address == "0.0.0.0" || command.address == "::"
                                 ? shell.say(message("pack.this_laptop"))
                                 : command.address;
    std::cout << shell.say(message("pack.room_link",
                                   {{"link", "http://" + host + ":" + std::to_string((*server)->port()) +
                                                 "/enter?token=" + room_door->token()}}))
              << "\n";
  }
  if (link) {
    std::cout << (command.origin.empty() ? address : command.origin) << "/enter?token=" << *link << "\n";
  }
  std::cout << std::flush;
  const bool polite = wait_for_the_end(signals);
  log_line(shell.say(message("serve.stopping")));
  health.leave();
  if (polite) {
    // Without a proxy nobody looks whether we are ready.
    constexpr std::chrono::seconds notice{2};
    (*server)->leave(command.origin.empty() ? std::chrono::seconds(0) : notice,
                     std::chrono::seconds(command.drain_seconds));
  }
  (*server)->stop();
  return 0;
}

}  // namespace releve::main
