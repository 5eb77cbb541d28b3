// SPDX-License-Identifier: EUPL-1.2
// Reading and judging the head of a request. Pure. Whatever is ambiguous is refused: a request that two
// programs may read differently is an attack or a fault, never a hospital at work.
#pragma once

#include "foundation/http/message.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace releve::http {

/// Why a request is refused: a status and a code of the catalogue.
struct Refusal {
  int status = 400;
  std::string_view code;
  bool operator==(const Refusal&) const = default;
};

/// Splits and decodes "/path?name=value". Refused (400): no leading '/', a bad percent sequence, bytes that
/// are no UTF-8, control characters, "." and ".." segments, a repeated query name.
std::optional<Refusal> read_target(std::string_view raw, HttpHead& head);

/// As received: names and values in order, repeated ones apart.
using RawHeaders = std::vector<std::pair<std::string, std::string>>;

/// Fills head.headers and head.length. Refused (400): a name that is no token, more or less than one Host,
/// Content-Length together with Transfer-Encoding or repeated, a transfer encoding other than "chunked".
std::optional<Refusal> read_headers(const RawHeaders& raw, bool http_1_0, HttpHead& head);

/// Who may be asked for and who may ask.
struct Neighbours {
  std::vector<std::string> hosts;    // "127.0.0.1:8080": what Host may say, lower case
  std::vector<std::string> origins;  // "https://releve.example": more than "http://" + Host, lower case
  bool any_host = false;             // whatever Host says
};

/// Refused: a Host that is not ours (421: another site's name made to point here, so that its page could
/// read ours), and requests that another site's page sends (403): by Origin and Sec-Fetch-Site for those
/// that change something, by Sec-Fetch-Site alone for the others, unless the user follows a link.
std::optional<Refusal> check_neighbours(const HttpHead& head, const Neighbours& neighbours);

}  // namespace releve::http
