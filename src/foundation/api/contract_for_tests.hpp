// SPDX-License-Identifier: EUPL-1.2
// For tests of every room that has rows: what must be refused, tried on each row. Nothing to keep up to
// date: the cases come from the rows themselves.
//
//   for (const auto& c : api::contract_cases(my_endpoints())) EXPECT_EQ(c.got, c.expected) << c.name;
#pragma once

#include "foundation/api/bind.hpp"
#include "foundation/api/router.hpp"

#include <memory>
#include <string>
#include <vector>

namespace releve::api {

struct ContractCase {
  std::string name;  // "POST /facilities/{facility}/imports: no session"
  int expected = 0;
  int got = 0;
};

namespace detail {

/// Asks about a thing "1" of a place "1": a name, and a number where one is wanted.
inline Request contract_request(const Endpoint& endpoint, bool signed_in) {
  Request request;
  request.method = endpoint.method;
  request.path = api_root;
  for (const auto segment : split(std::string_view(endpoint.path).substr(1), '/')) {
    request.path += "/" + (segment.starts_with('{') ? std::string("1") : std::string(segment));
  }
  if (signed_in) {
    request.session = Session{.user = "tester", .language = "fr", .perimeter = Perimeter::everything()};
  }
  return request;
}

}  // namespace detail

/// Without a session 401, without the right 403, or 404 about one place (all before anything of the row
/// runs), and 400 for an unknown query name, a body where none belongs, a body that is no JSON or has an
/// unknown member.
inline std::vector<ContractCase> contract_cases(const std::vector<Endpoint>& rows) {
  auto ran = std::make_shared<bool>(false);
  std::vector<Endpoint> endpoints = rows;
  for (auto& endpoint : endpoints) {
    if (endpoint.about == About::place) {  // no row here knows a thing of the name that is tried
      endpoint.place_of = [](const PathValues&) { return std::optional<std::string>("x"); };
    }
    endpoint.run = [ran, run = endpoint.run](const auto& session, const auto& values, const auto& request) {
      *ran = true;
      return run(session, values, request);
    };
  }
  const auto mint = [] { return std::string("0"); };
  const Router router(endpoints, {.log = {}, .mint_incident = mint, .note = {}});
  std::vector<ContractCase> cases;
  for (const auto& endpoint : endpoints) {
    const std::string name = to_upper(text_of(endpoint.method)) + " " + endpoint.path + ": ";
    const auto refused_unread = [&](const char* why, bool signed_in, int expected) {
      *ran = false;
      Request request = detail::contract_request(endpoint, signed_in);
      request.session.perimeter = signed_in ? std::make_shared<const Perimeter>() : nullptr;
      const int got = router.dispatch(request).status;
      cases.push_back({name + why, expected, *ran ? 0 : got});
    };
    const auto malformed = [&](const char* why, auto&& spoil) {
      Request request = detail::contract_request(endpoint, true);
      spoil(request);
      cases.push_back({name + why, 400, router.dispatch(request).status});
    };
    if (endpoint.right != Right::anyone) {
      refused_unread("no session", false, 401);
    }
    if (endpoint.about != About::own) {
      refused_unread("no right", true, endpoint.about == About::place ? 404 : 403);
    }
    malformed("unknown query name", [](Request& request) { request.query["no_such_name"] = "1"; });
    if (endpoint.takes_upload || endpoint.method == Method::get || endpoint.method == Method::del) {
      malformed("JSON body", [](Request& request) { request.body = "{}"; });
    } else {
      malformed("body cut short", [](Request& request) { request.body = "{"; });
      malformed("body is no object", [](Request& request) { request.body = "[]"; });
      malformed("unknown member", [](Request& request) { request.body = R"({"no_such_member":1})"; });
    }
  }
  return cases;
}

inline std::vector<ContractCase> contract_cases(const Router& router) {
  return contract_cases(router.endpoints());
}

}  // namespace releve::api
