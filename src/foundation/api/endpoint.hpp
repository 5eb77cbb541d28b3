// SPDX-License-Identifier: EUPL-1.2
// The API as data: one row per operation. From a row come the route, the reading and checking of the
// request, the rights check before the handler runs, the OpenAPI operation and the generated tests.
// Knows no HTTP library: a request is a value, a reply is a value.
#pragma once

#include "foundation/base/result.hpp"
#include "foundation/base/time.hpp"
#include "foundation/describe/json.hpp"
#include "foundation/describe/schema.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace releve::api {

enum class Method { get, post, put, del };

constexpr auto describe(Method*) {
  return Names{name(Method::get, "get"), name(Method::post, "post"), name(Method::put, "put"),
               name(Method::del, "delete")};
}

/// What a reader must be allowed to do. Until accounts exist there is one owner, who may do everything;
/// every row names its right all the same.
enum class Right {
  anyone,  // no session needed: sign-in, health
  view,    // read the facility's cartography, results and imports
  edit,    // change them
  run,     // start and cancel computations
  steer,   // settings of the instance and its data tables
};

constexpr auto describe(Right*) {
  return Names{name(Right::anyone, "anyone"), name(Right::view, "view"), name(Right::edit, "edit"),
               name(Right::run, "run"), name(Right::steer, "steer")};
}

/// Who asks, and when. One per request.
struct Session {
  std::string user;  // "owner"
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
  std::vector<std::pair<std::string, std::string>> headers;  // "Allow" of a 405, "Retry-After" of a 503
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
  std::function<Result<Reply>(const Session&, const std::map<std::string, std::string>& path, const Request&)>
      run;
  /// Writes the OpenAPI operation object; adds components.
  std::function<void(JsonWriter&, Schemas&, const Endpoint&)> document;
};

/// An empty In or Out.
struct Nothing {
  bool operator==(const Nothing&) const = default;
};

constexpr auto describe(Nothing*) {
  return Fields{};
}

/// The error as every client sees it.
struct ErrorReply {
  ErrorKind kind = ErrorKind::invalid;
  Message message;
  std::string where;
  std::string incident;  // not empty: our fault, quote this number
};

constexpr auto describe(ErrorReply*) {
  return Fields{
      field<&ErrorReply::kind>("class of the error"),
      field<&ErrorReply::message>("what happened, in the words of the catalogue"),
      field<&ErrorReply::where>("member, parameter, file or line; empty when the message says it all"),
      field<&ErrorReply::incident>("not empty: the server's fault, with this number in its log")};
}

/// Builds a row from a handler `Result<Out>(const Session&, const In&)`; Out is a described struct, Nothing
/// (status 204) or File. Members of In named in the path are filled from it; for GET and DELETE the others
/// come from the query (texts, numbers, booleans "true"/"false", enumerations, instants, optionals; a list
/// is separated by commas), for POST and PUT from the JSON body. Throws Bug when the path names what In
/// does not have. Defined in bind.hpp.
template <class Handler>
Endpoint on(Method method, std::string path, Right right, std::string summary, Handler handler);

/// The same for a handler `Result<Out>(const Session&, const In&, const Upload&)`: a POST whose body is the
/// file's bytes; members of In that are not in the path come from the query.
template <class Handler>
Endpoint on_upload(std::string path, Right right, std::string summary, std::uint64_t max_body,
                   Handler handler);

}  // namespace releve::api
