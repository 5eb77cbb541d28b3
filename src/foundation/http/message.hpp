// SPDX-License-Identifier: EUPL-1.2
// What comes in and what goes out, as values. No HTTP library shows here or above.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace releve::http {

class Stream;

/// A request whose body has not been read yet.
struct HttpHead {
  std::string method;  // GET, POST, PUT or DELETE; a HEAD shows as GET and its reply loses the body
  std::string path;    // decoded, valid UTF-8, starts with '/', no NUL, no "." or ".." segment
  std::map<std::string, std::string> query;    // decoded; a repeated name was refused
  std::map<std::string, std::string> headers;  // names in lower case; repeated ones joined with ", "
  std::string peer;                            // address of the client, without port
  std::optional<std::uint64_t> length;         // of the body, when the client has announced it

  /// The value, or "" (name in lower case).
  std::string_view header(const std::string& name) const;
};

struct HttpRequest {
  HttpHead head;
  std::string body;              // empty when spooled
  std::string spool_path;        // not empty: the body is this file (0600). Deleted when the handler has
                                 // returned, unless the handler has moved it away
  std::uint64_t spool_size = 0;  // bytes
};

struct HttpReply {
  int status = 200;
  std::vector<std::pair<std::string, std::string>> headers;  // Content-Type and what is particular to it
  std::string body;
  std::string_view lasting;        // sent instead of body when not empty: bytes that outlive the server
  std::shared_ptr<Stream> stream;  // sent instead of body: an open text/event-stream
};

/// What to do with a request, said as soon as its head is known.
struct Plan {
  std::uint64_t max_body = 0;       // bytes; a longer body gets 413
  bool spool = false;               // write the body to a file
  std::optional<HttpReply> refuse;  // answer this and do not read the body
};

/// An error in the shape that every client of the product reads: {kind, message: {code, params}, where,
/// incident}. `code` is a constant of ours: it is not escaped.
HttpReply refusal(int status, std::string_view code);

}  // namespace releve::http
