// SPDX-License-Identifier: EUPL-1.2
// The API as data: one row per operation. From a row come the route, the reading and checking of the
// request, the rights check before the handler runs, the OpenAPI operation and the generated tests.
// Knows no HTTP library: a request is a value, a reply is a value.
#pragma once

#include "foundation/api/perimeter.hpp"
#include "foundation/base/result.hpp"
#include "foundation/base/time.hpp"
#include "foundation/describe/json.hpp"
#include "foundation/describe/schema.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
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

/// Who asks, and when. One per request.
struct Session {
  std::string user;  // sign-in name, as it is written beside what was done; empty: nobody signed in
  Instant now{};
  std::string language;                        // "fr" or "en": for the words of files that the server writes
  std::shared_ptr<const Perimeter> perimeter;  // none: nobody signed in
  std::string account;                         // identity of the account; empty: a sealed code was used
  std::string id;                              // of the session: not its secret
  bool strong = false;                         // with a second factor
  std::string peer;                            // address of the client
  std::string agent;                           // what the client calls itself
  std::string origin;                          // address of the page that asks: "https://releve.chu.example"

  bool known() const { return perimeter != nullptr; }

  bool can(Right right, std::string_view place) const { return known() && perimeter->has(right, place); }

  /// The places of which a list may tell; nothing: all.
  std::optional<std::vector<std::string>> places(Right right) const {
    return known() ? perimeter->places(right) : std::vector<std::string>();
  }
};

struct Request {
  Method method = Method::get;
  std::string path;                          // "/api/v1/facilities/990000001", decoded, no query
  std::map<std::string, std::string> query;  // decoded; a repeated name is refused by the transport
  std::string body;                          // JSON text, or empty
  std::string upload_path;                   // where the body was spooled, for upload endpoints
  Session session;
};

struct Reply {
  int status = 200;
  std::string content_type = "application/json";
  std::string body;
  std::string file_name;  // not empty: to be saved under this name (Content-Disposition)
  std::vector<std::pair<std::string, std::string>> headers;  // "Allow" of a 405, "Retry-After" of a 503
  std::optional<std::string> session;  // the client is to keep this secret as its session; empty: forget it
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

/// A reply that begins or ends a session: the secret goes to the client beside the body.
template <class T>
struct WithSession {
  T body;
  std::string secret;  // empty: the session has ended
};

using PathValues = std::map<std::string, std::string>;

/// What a request is about, hence where its right is asked for.
enum class About {
  unsaid,    // a Bug in a router: whoever writes a row says it
  own,       // the reader's own things; a session is enough
  place,     // one place. Who may do nothing there gets the same 404 as for a place that does not exist
  listed,    // whatever is within reach: the right somewhere, and the handler gives that and no more
  instance,  // the whole instance: the right everywhere
};

constexpr auto describe(About*) {
  return Names{name(About::unsaid, "unsaid"), name(About::own, "own"), name(About::place, "place"),
               name(About::listed, "listed"), name(About::instance, "instance")};
}

struct Endpoint {
  Method method = Method::get;
  std::string path;  // "/facilities/{facility}/imports/{id}", below /api/v1
  Right right = Right::view;
  About about = About::unsaid;
  /// About::place: which one, out of the path's values; nothing: no such thing.
  std::function<std::optional<std::string>(const PathValues&)> place_of;
  bool own_trail = false;  // the handler itself writes the audit trail, with more than the router knows
  std::string summary;
  bool takes_upload = false;
  std::uint64_t max_body = 1'000'000;  // bytes; of an upload too
  /// Path values and the request in, the reply out.
  std::function<Result<Reply>(const Session&, const PathValues&, const Request&)> run;
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
/// (status 204), File, or WithSession of the first two. A path with {facility} is about that place, a right
/// that every reader has about his own things; for any other row say it with one of the functions below.
/// Members of In named in the path are filled from it; for GET and DELETE the others come from the query
/// (texts, numbers, booleans "true"/"false", enumerations, instants, optionals; a list is separated by
/// commas), for POST and PUT from the JSON body. Throws Bug when the path names what In does not have.
/// Defined in bind.hpp.
template <class Handler>
Endpoint on(Method method, std::string path, Right right, std::string summary, Handler handler);

/// The same for a handler `Result<Out>(const Session&, const In&, const Upload&)`: a POST whose body is the
/// file's bytes; members of In that are not in the path come from the query.
template <class Handler>
Endpoint on_upload(std::string path, Right right, std::string summary, std::uint64_t max_body,
                   Handler handler);

inline Endpoint listed(Endpoint row) {
  row.about = About::listed;
  return row;
}

inline Endpoint of_instance(Endpoint row) {
  row.about = About::instance;
  return row;
}

/// About the place where the thing named in the path is found.
inline Endpoint in_place(Endpoint row,
                         std::function<std::optional<std::string>(const PathValues&)> place_of) {
  row.about = About::place;
  row.place_of = std::move(place_of);
  return row;
}

inline Endpoint with_own_trail(Endpoint row) {
  row.own_trail = true;
  return row;
}

}  // namespace releve::api
