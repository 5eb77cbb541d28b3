// SPDX-License-Identifier: EUPL-1.2
// One call to another machine, bounded: https alone (http to this machine itself), no redirect followed, five
// seconds, 256 kB. Blocks: never call it on a thread that serves everybody. Thread-safe.
#pragma once

#include "foundation/base/result.hpp"

#include <functional>
#include <string>
#include <string_view>

namespace releve::oidc {

struct Call {
  std::string url;
  std::string form;      // application/x-www-form-urlencoded, by POST; empty: a GET
  std::string user;      // of HTTP Basic; empty: none
  std::string password;  // of HTTP Basic
  std::string bearer;    // token; empty: none
};

struct Answer {
  int status = 0;
  std::string content_type;  // lower case, without parameters
  std::string body;
};

/// Error oidc.down: unreachable, too slow, too long, or an address that is not allowed.
using Fetch = std::function<Result<Answer>(const Call&)>;

/// By libcurl. `ca_file`: certificates to trust instead of the system's; empty: the system's.
Fetch fetch_by_network(std::string ca_file);

/// May be called: https, or http on this machine itself. No user, no fragment, no blank.
bool is_safe_url(std::string_view url);
bool is_loopback_url(std::string_view url);

Error provider_down(std::string why);

}  // namespace releve::oidc
