// SPDX-License-Identifier: EUPL-1.2
#include "main/desk.hpp"

#include "foundation/api/openapi.hpp"
#include "foundation/base/hash.hpp"
#include "foundation/base/text.hpp"
#include "foundation/http/stream.hpp"
#include "main/cookies.hpp"
#include "main/instance_endpoints.hpp"
#include "main/page.hpp"
#include "main/provider_doors.hpp"
#include "main/public_page.hpp"
#include "respond/crisis/bulletin_page.hpp"

#include <algorithm>
#include <array>

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

}  // namespace

Desk::Desk(House& house, Health& health, const ServeCommand& command)
    : house_(house),
      health_(health),
      router_(all_endpoints(house), {.log =
                                         [](const api::Incident& incident) {
                                           log_line("incident " + std::string(incident.number) + " " +
                                                    std::string(incident.path) + ": " +
                                                    std::string(incident.what));
                                         },
                                     .mint_incident = [] { return random_hex(4); },
                                     .note = [&house](const api::Deed& deed) { house.access->note(deed); }}),
      openapi_(api::openapi(router_.endpoints(), product_version)),
      page_(page_files(), [] { return random_hex(16); }),
      security_contact_(command.security_contact),
      origin_(command.origin),
      secure_(command.origin.starts_with("https://")) {}

http::Plan Desk::plan(const http::HttpHead& head) const {
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

http::HttpReply Desk::handle(http::HttpRequest&& request) {
  const auto begin = std::chrono::steady_clock::now();
  const std::string method = request.head.method;
  const std::string route = route_of(request.head);
  http::HttpReply reply = answer(std::move(request));
  metrics_.answered(method, route, reply.status, std::chrono::steady_clock::now() - begin);
  return reply;
}

http::Load Desk::load() const {
  const http::Server* server = server_;
  return server == nullptr ? http::Load{} : server->load();
}

http::HttpReply Desk::answer(http::HttpRequest&& request) {
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

std::string Desk::route_of(const http::HttpHead& head) const {
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

api::Request Desk::request_of(const http::HttpHead& head) {
  api::Request asked;
  asked.method = method_of(head.method).value_or(api::Method::get);
  asked.path = head.path;
  asked.query = head.query;
  return asked;
}

api::Session Desk::visitor(const http::HttpHead& head, api::Session session) const {
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

std::string Desk::bearer(const http::HttpHead& head) {
  const std::string_view sent = head.header("authorization");
  constexpr std::string_view scheme = "bearer ";
  return starts_with_ignoring_case(sent, scheme) ? std::string(trim(sent.substr(scheme.size()))) : "";
}

api::Session Desk::reader(const http::HttpHead& head) const {
  const api::Session nobody = visitor(head, {});
  const std::string token = bearer(head);
  return visitor(head, token.empty() ? house_.access->who(cookie(head, session_cookie))
                                     : house_.access->tokens().who(token, nobody.peer));
}

http::HttpReply Desk::reply_of(api::Reply reply) const {
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

http::HttpReply Desk::security_text() const {
  return {.headers = {{"Content-Type", "text/plain; charset=utf-8"}},
          .body = "Contact: " + security_contact_ +
                  "\nExpires: " + to_rfc3339(house_.clock.now() + std::chrono::hours(24 * 180)) +
                  "\nPreferred-Languages: fr, en\n"};
}

http::HttpReply Desk::enter(const http::HttpHead& head) {
  const auto given = head.query.find("token");
  const std::string token = given == head.query.end() ? "" : given->second;
  const api::Session from = visitor(head, house_.access->who(cookie(head, session_cookie)));
  const bool by_room_door = room_door_ != nullptr && room_door_->is_for(token);
  if (by_room_door &&
      from.known()) {  // the same link, opened again: the same person, with what is half written
    return {.status = 303, .headers = {{"Location", "/"}}};
  }
  const auto secret = by_room_door ? room_door_->enter(from) : house_.access->entrance().enter(from, token);
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

http::HttpReply Desk::provider_door(const http::HttpHead& head) {
  try {
    const api::Session from = visitor(head, house_.access->who(cookie(head, session_cookie)));
    return main::provider_door(house_.access->identities(), head, from, secure_);
  } catch (const EnvironmentFailure& failure) {
    log_line(failure.what());
    return http::refusal(503, "api.environment");
  }
}

http::HttpReply Desk::events(const http::HttpHead& head, const api::Session& session) {
  const std::string_view last = head.header("last-event-id");
  std::vector<std::string> topics(ordinary_topics.begin(), ordinary_topics.end());
  if (const auto room = head.query.find("room"); room != head.query.end()) {
    topics.push_back("room/" + room->second);
  }
  // Rights may change, and this thread must not wait for the database: the stream then ends, and the
  // browser comes back at once and is asked again who it is.
  const auto fresh = [this, version = house_.access->version(),
                      until = session.now + std::chrono::minutes(2)] {
    return house_.access->version() == version && house_.clock.now() < until;
  };

  // What the stream pulls from and wakes by. Complete before it is pulled from for the first time.
  struct Source {
    std::unique_ptr<api::Subscription> subscription;
    std::weak_ptr<http::Stream> stream;
  };

  const auto source = std::make_shared<Source>();
  auto stream = std::make_shared<http::Stream>(
      [source, fresh, perimeter = session.perimeter]() -> std::optional<std::string> {
        if (!fresh()) {
          if (const auto ours = source->stream.lock()) {
            ours->close();
          }
          return std::nullopt;
        }
        while (const auto event = source->subscription->next()) {
          if (event->place.empty() || perimeter->has(event->right, event->place)) {
            return api::to_sse(*event);
          }
        }
        return std::nullopt;
      });
  source->stream = stream;
  // An event of this very moment wakes it from another thread.
  source->subscription = house_.events.subscribe(
      std::move(topics), last.empty() ? std::nullopt : std::optional(std::string(last)),
      [ours = std::weak_ptr(stream)] {
        if (const auto there = ours.lock()) {
          there->wake();
        }
      });
  return {.headers = {{"Content-Type", "text/event-stream"}}, .stream = std::move(stream)};
}

}  // namespace releve::main
