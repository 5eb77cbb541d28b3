// SPDX-License-Identifier: EUPL-1.2
// The API as data: one row per operation. From a row come the route, the reading and checking of the
// request, the rights check before the handler runs, the OpenAPI operation and the generated tests.
// Knows no HTTP library: a request is a value, a reply is a value.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "foundation/base/result.hpp"
#include "foundation/base/time.hpp"
#include "foundation/describe/json.hpp"
#include "foundation/describe/schema.hpp"

namespace releve::api {

enum class Method { get, post, put, del };

/// What a reader must be allowed to do. Until accounts exist there is one owner, who may do everything;
/// every row names its right all the same.
enum class Right {
  anyone,  // no session needed: sign-in, health
  view,    // read the facility's cartography, results and imports
  edit,    // change them
  run,     // start and cancel computations
  steer,   // settings of the instance and its data tables
};

/// Who asks, and when. One per request.
struct Session {
  std::string user;      // "owner"
  Instant now{};
  std::string language;  // "fr" or "en": for the words of files that the server writes
};

struct Request {
  Method method = Method::get;
  std::string path;                          // "/api/v1/facilities/990000001", decoded, no query
  std::map<std::string, std::string> query;  // decoded; a repeated name is refused by the transport
  std::string body;                          // JSON text, or empty
  std::string upload_path;                   // where the body was spooled, for upload endpoints
  std::optional<Session> session;            // none: not signed in
};

struct Reply {
  int status = 200;
  std::string content_type = "application/json";
  std::string body;
  std::string file_name;  // not empty: to be saved under this name (Content-Disposition)
};

/// A reply that is a file and not JSON.
struct File {
  std::string content_type;
  std::string file_name;
  std::string bytes;
};

/// A body received as a file. The handler may move it away; what is left is deleted by the transport.
struct Upload {
  std::string path;
  std::uint64_t size = 0;
};

struct Endpoint {
  Method method = Method::get;
  std::string path;  // "/facilities/{facility}/imports/{id}", below /api/v1
  Right right = Right::view;
  std::string summary;
  bool takes_upload = false;
  std::uint64_t max_body = 1'000'000;  // bytes; of an upload too
  /// Path values and the request in, the reply out.
  std::function<Result<Reply>(const Session&, const std::map<std::string, std::string>& path, const Request&)> run;
  /// Writes the OpenAPI operation object; adds components.
  std::function<void(JsonWriter&, Schemas&, const Endpoint&)> document;
};

/// Builds a row from a handler `Result<Out>(const Session&, const In&)`; Out is a described struct or
/// File. Members of In named in the path are filled from it; for GET and DELETE the others come from the query
/// (texts, numbers, booleans, enumerations, optionals), for POST and PUT from the JSON body.
template <class Handler>
Endpoint on(Method method, std::string path, Right right, std::string summary, Handler handler);

/// The same for a handler `Result<Out>(const Session&, const In&, const Upload&)`: the body is the file's
/// bytes, members of In that are not in the path come from the query.
template <class Handler>
Endpoint on_upload(std::string path, Right right, std::string summary, std::uint64_t max_body, Handler handler);

/// An empty In or Out.
struct Nothing {
  bool operator==(const Nothing&) const = default;
};

/// The error as every client sees it.
struct ErrorReply {
  ErrorKind kind = ErrorKind::invalid;
  Message message;
  std::string where;
  std::string incident;  // not empty: our fault, quote this number
};

}  // namespace releve::api
