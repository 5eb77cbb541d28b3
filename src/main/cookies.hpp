// SPDX-License-Identifier: EUPL-1.2
// The two cookies: the session, and what a browser takes along to a provider of identities.
#pragma once

#include "foundation/base/text.hpp"
#include "foundation/http/message.hpp"
#include "steer/access/sessions.hpp"

#include <string>
#include <string_view>

namespace releve::main {

inline constexpr std::string_view session_cookie = "releve_session";
inline constexpr std::string_view way_cookie = "releve_way";

/// Its value; empty: none.
inline std::string cookie(const http::HttpHead& head, std::string_view name) {
  for (std::string_view pair : split(head.header("cookie"), ';')) {
    pair = trim(pair);
    if (pair.starts_with(name) && pair.substr(name.size()).starts_with('=')) {
      return std::string(pair.substr(name.size() + 1));
    }
  }
  return {};
}

/// Never sent along from another site's page. An empty secret: forget it.
inline std::string set_session(const std::string& secret, bool secure) {
  return std::string(session_cookie) + "=" + secret + "; Path=/; HttpOnly; SameSite=Strict; Max-Age=" +
         std::to_string(secret.empty() ? 0 : std::chrono::seconds(access::session_lasts).count()) +
         (secure ? "; Secure" : "");
}

/// One comes back from the provider's site, where a strict cookie would stay away: hence Lax, for ten
/// minutes, for these addresses alone. Empty: forget it.
inline std::string set_way(const std::string& kept, bool secure) {
  return std::string(way_cookie) + "=" + kept +
         "; Path=/oidc/; HttpOnly; SameSite=Lax; Max-Age=" + (kept.empty() ? "0" : "600") +
         (secure ? "; Secure" : "");
}

}  // namespace releve::main
