// SPDX-License-Identifier: EUPL-1.2
#include "main/provider_doors.hpp"

#include "main/cookies.hpp"

namespace releve::main {

namespace {

http::HttpReply redirect(std::string where) {
  return {.status = 303, .headers = {{"Location", std::move(where)}}};
}

/// Back on a page of ours, which says it in the reader's words.
http::HttpReply refusal_page(const std::string& page, const Error& error) {
  return redirect(page + "?refused=" + error.message.code);
}

std::string value(const http::HttpHead& head, const char* name) {
  const auto found = head.query.find(name);
  return found == head.query.end() ? std::string() : found->second;
}

}  // namespace

bool is_provider_door(std::string_view path) {
  return path.starts_with("/oidc/");
}

http::HttpReply provider_door(access::Identities& identities, const http::HttpHead& head,
                              const api::Session& from, bool secure) {
  const auto parts = split(head.path, '/');  // "", "oidc", provider, what
  if (parts.size() != 4 || head.method != "GET") {
    return http::refusal(404, "http.not_found");
  }
  const std::string provider(parts[2]);
  if (parts[3] == "start") {
    const std::string ticket = value(head, "ticket");
    const auto out = identities.start(from, provider, value(head, "next"), ticket);
    if (!out) {
      return refusal_page(ticket.empty() ? "/sign-in" : "/account", out.error());
    }
    http::HttpReply reply = redirect(out->address);
    reply.headers.emplace_back("Set-Cookie", set_way(out->kept, secure));
    return reply;
  }
  if (parts[3] != "callback") {
    return http::refusal(404, "http.not_found");
  }
  const auto back = identities.finish(from, provider, cookie(head, way_cookie), head.query);
  http::HttpReply reply =
      back ? redirect(back->next)
           : refusal_page(back.error().where.empty() ? "/sign-in" : back.error().where, back.error());
  reply.headers.emplace_back("Set-Cookie", set_way("", secure));
  if (back && !back->secret.empty()) {
    reply.headers.emplace_back("Set-Cookie", set_session(back->secret, secure));
  }
  return reply;
}

}  // namespace releve::main
