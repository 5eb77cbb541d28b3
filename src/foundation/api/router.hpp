// SPDX-License-Identifier: EUPL-1.2
// From a request to a reply, by the rows of the API. This is the first of the three places that catch
// EnvironmentFailure, and where a bug ends: one request dies, with a number, and not the server.
//
// The order of the checks is part of the contract: path (404), method (405), session (401), right (403, or
// 404 about a place where the reader may do nothing), then parameters and body (400), then the handler.
// Whoever has no right learns nothing about the rest.
#pragma once

#include "foundation/api/endpoint.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace releve::api {

/// Every path of the API starts with it.
inline constexpr std::string_view api_root = "/api/v1";

/// What was asked and answered, for the audit trail.
struct Deed {
  const Session& session;
  const Endpoint& endpoint;
  const PathValues& values;
  std::string place;  // empty: not about one place
  int status = 0;     // of the reply; 403 and 404 when the right was missing
  bool refused = false;
};

/// What went wrong on our side. `what` is for the log only: it never reaches a client.
struct Incident {
  std::string_view code;    // "api.environment" or "api.internal"
  std::string_view number;  // the one that the client was given
  std::string_view what;
  Method method;
  std::string_view path;
};

struct Hooks {
  std::function<void(const Incident&)> log;    // from any thread; may be empty
  std::function<std::string()> mint_incident;  // a fresh number, short enough to be read over the phone
  /// Called before the reply goes out, for every request of a known reader; may be empty. When it throws, the
  /// client is not told of a success: nothing is done or seen without its trail.
  std::function<void(const Deed&)> note;
};

/// HTTP status of an error: the only table of them.
int status_of(ErrorKind kind);

/// The JSON reply for an error.
Reply error_reply(const Error& error, std::string incident = {});

/// Immutable after construction; dispatch() may be called from any number of threads.
class Router {
 public:
  /// Throws Bug when two rows answer the same method and path, or a path is malformed.
  Router(std::vector<Endpoint> endpoints, Hooks hooks);

  /// Never throws.
  Reply dispatch(const Request& request) const noexcept;

  /// Why the request is refused before its body is read: path, method, session and right. Nothing: go on.
  std::optional<Reply> refuse(const Request& request) const;

  /// The row that would answer, or nullptr; the transport asks before it reads a body. Valid as long as
  /// the router. `path` is decoded, with the root.
  const Endpoint* find(Method method, std::string_view path) const;

  const std::vector<Endpoint>& endpoints() const { return endpoints_; }

 private:
  struct Route {
    std::size_t endpoint = 0;
    std::vector<std::string> segments;  // "{name}" for a placeholder
    std::uint64_t literals = 0;         // bit i from the left: segment i is literal; larger is more specific
  };

  struct Match {
    const Route* route = nullptr;
    std::string allow;  // methods of all rows with that path
  };

  /// A request that has been let in, or the reply that refuses it.
  struct Admission {
    const Endpoint* endpoint = nullptr;
    PathValues values;
    std::string place;
    std::optional<Reply> refusal;
  };

  Match match(Method method, std::string_view path) const;
  Admission admit(const Request& request) const;
  Reply answer(const Request& request) const;
  Reply fail(const Request& request, ErrorKind kind, std::string_view code, std::string_view what) const;

  std::vector<Endpoint> endpoints_;
  std::vector<Route> routes_;
  Hooks hooks_;
};

}  // namespace releve::api
