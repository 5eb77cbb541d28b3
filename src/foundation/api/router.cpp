// SPDX-License-Identifier: EUPL-1.2
#include "foundation/api/router.hpp"

#include "foundation/base/text.hpp"

#include <algorithm>
#include <new>
#include <set>

namespace releve::api {

namespace {

bool is_placeholder(std::string_view segment) {
  return !segment.empty() && segment.front() == '{';
}

std::vector<std::string_view> segments_below_root(std::string_view path) {
  if (!path.starts_with(api_root) || path.size() <= api_root.size() || path[api_root.size()] != '/') {
    return {};
  }
  return split(path.substr(api_root.size() + 1), '/');
}

bool answers(const std::vector<std::string>& pattern, const std::vector<std::string_view>& path) {
  return std::equal(
      pattern.begin(), pattern.end(), path.begin(), path.end(),
      [](const auto& want, auto have) { return is_placeholder(want) ? !have.empty() : want == have; });
}

void check_pattern(const Endpoint& endpoint, const std::vector<std::string_view>& segments) {
  RELEVE_CHECK(endpoint.path.starts_with('/'), "a path of the API starts with '/': " + endpoint.path);
  RELEVE_CHECK(segments.size() < 64, "at most 63 segments: " + endpoint.path);
  RELEVE_CHECK(endpoint.run && endpoint.document, "a row has a handler: " + endpoint.path);
  RELEVE_CHECK(endpoint.about != About::unsaid, "a row says what it is about: " + endpoint.path);
  std::set<std::string_view> names;
  for (const auto segment : segments) {
    RELEVE_CHECK(!segment.empty(), "no empty segment: " + endpoint.path);
    RELEVE_CHECK(!is_placeholder(segment) || (segment.size() > 2 && segment.back() == '}'),
                 "a placeholder is a whole segment: " + endpoint.path);
    RELEVE_CHECK(!is_placeholder(segment) || names.insert(segment).second,
                 "a placeholder twice: " + endpoint.path);
  }
}

}  // namespace

int status_of(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::invalid:
      return 400;
    case ErrorKind::unauthenticated:
      return 401;
    case ErrorKind::forbidden:
      return 403;
    case ErrorKind::not_found:
      return 404;
    case ErrorKind::conflict:
    case ErrorKind::cancelled:
      return 409;
    case ErrorKind::limit:
      return 413;
    case ErrorKind::unavailable:
      return 503;
  }
  return 500;
}

Reply error_reply(const Error& error, std::string incident) {
  Reply reply;
  reply.status = status_of(error.kind);
  reply.body = to_json(ErrorReply{error.kind, error.message, error.where, std::move(incident)});
  return reply;
}

Router::Router(std::vector<Endpoint> endpoints, Hooks hooks)
    : endpoints_(std::move(endpoints)), hooks_(std::move(hooks)) {
  RELEVE_CHECK(hooks_.mint_incident, "a router mints incident numbers");
  std::set<std::string> taken;
  for (std::size_t i = 0; i < endpoints_.size(); ++i) {
    const auto segments = split(std::string_view(endpoints_[i].path).substr(1), '/');
    check_pattern(endpoints_[i], segments);
    Route route{i, {segments.begin(), segments.end()}, 0};
    std::string shape(text_of(endpoints_[i].method));
    for (std::size_t s = 0; s < segments.size(); ++s) {
      const bool literal = !is_placeholder(segments[s]);
      route.literals |= literal ? std::uint64_t{1} << (63 - s) : 0;
      shape += literal ? "/" + std::string(segments[s]) : "/{}";
    }
    RELEVE_CHECK(taken.insert(shape).second, "two rows answer " + shape);
    routes_.push_back(std::move(route));
  }
}

Router::Match Router::match(Method method, std::string_view path) const {
  Match best;
  const auto segments = segments_below_root(path);
  if (segments.empty()) {
    return best;
  }
  std::set<std::string> methods;
  for (const Route& route : routes_) {
    if (!answers(route.segments, segments)) {
      continue;
    }
    const Method has = endpoints_[route.endpoint].method;
    methods.insert(to_upper(text_of(has)));
    if (has == method && (best.route == nullptr || route.literals > best.route->literals)) {
      best.route = &route;
    }
  }
  for (const auto& name : methods) {
    best.allow += (best.allow.empty() ? "" : ", ") + name;
  }
  return best;
}

const Endpoint* Router::find(Method method, std::string_view path) const {
  const Match found = match(method, path);
  return found.route == nullptr ? nullptr : &endpoints_[found.route->endpoint];
}

Router::Admission Router::admit(const Request& request) const {
  Admission admission;
  const auto refuse = [&](ErrorKind kind, Message why) {
    admission.refusal = error_reply({kind, std::move(why), {}});
  };
  const Match found = match(request.method, request.path);
  if (found.route == nullptr && found.allow.empty()) {
    refuse(ErrorKind::not_found, message("api.no_such_path"));
    return admission;
  }
  if (found.route == nullptr) {
    refuse(ErrorKind::invalid, message("api.method_not_allowed", {{"allowed", found.allow}}));
    admission.refusal->status = 405;
    admission.refusal->headers.emplace_back("Allow", found.allow);
    return admission;
  }
  const Endpoint& endpoint = endpoints_[found.route->endpoint];
  admission.endpoint = &endpoint;
  const auto segments = segments_below_root(request.path);
  for (std::size_t i = 0; i < segments.size(); ++i) {
    const std::string& pattern = found.route->segments[i];
    if (is_placeholder(pattern)) {
      admission.values.emplace(pattern.substr(1, pattern.size() - 2), segments[i]);
    }
  }
  if (endpoint.right == Right::anyone) {
    return admission;
  }
  if (!request.session.known()) {
    refuse(ErrorKind::unauthenticated, message("api.sign_in"));
    return admission;
  }
  const Perimeter& perimeter = *request.session.perimeter;
  bool allowed = false;
  if (endpoint.about == About::place) {
    const auto place = endpoint.place_of(admission.values);
    if (!place || !perimeter.knows(*place)) {
      admission.place = place.value_or("");
      refuse(ErrorKind::not_found, message("api.no_such_place"));
      return admission;
    }
    admission.place = *place;
    allowed = perimeter.has(endpoint.right, *place);
  } else {
    allowed = endpoint.about == About::instance ? perimeter.everywhere(endpoint.right)
                                                : perimeter.somewhere(endpoint.right);
  }
  if (!allowed) {
    refuse(ErrorKind::forbidden,
           message("api.right_missing", {{"right", std::string(text_of(endpoint.right))}}));
  }
  return admission;
}

std::optional<Reply> Router::refuse(const Request& request) const {
  return admit(request).refusal;
}

Reply Router::answer(const Request& request) const {
  Admission admission = admit(request);
  const bool refused = admission.refusal.has_value();
  Reply reply;
  if (refused) {
    reply = std::move(*admission.refusal);
  } else {
    auto result = admission.endpoint->run(request.session, admission.values, request);
    reply = result ? std::move(result).value() : error_reply(result.error());
  }
  if (hooks_.note && admission.endpoint != nullptr && request.session.known()) {
    hooks_.note(
        {request.session, *admission.endpoint, admission.values, admission.place, reply.status, refused});
  }
  return reply;
}

Reply Router::fail(const Request& request, ErrorKind kind, std::string_view code,
                   std::string_view what) const {
  const std::string number = hooks_.mint_incident();
  if (hooks_.log) {
    hooks_.log({code, number, what, request.method, request.path});
  }
  return error_reply({kind, message(std::string(code)), {}}, number);
}

Reply Router::dispatch(const Request& request) const noexcept {
  try {
    try {
      return answer(request);
    } catch (const EnvironmentFailure& failure) {
      return fail(request, ErrorKind::unavailable, "api.environment", failure.what());
    } catch (const std::bad_alloc& failure) {
      return fail(request, ErrorKind::unavailable, "api.environment", failure.what());
    } catch (const std::exception& failure) {
      Reply reply = fail(request, ErrorKind::unavailable, "api.internal", failure.what());
      reply.status = 500;
      return reply;
    }
  } catch (...) {  // not even an error could be told: no memory left, or the log itself failed
    Reply reply;
    reply.status = 500;
    return reply;
  }
}

}  // namespace releve::api
