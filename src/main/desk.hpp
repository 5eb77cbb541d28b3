// SPDX-License-Identifier: EUPL-1.2
// One server's worth of wiring: what a request that the transport has read is answered with, and by whom. The
// API, the page, health and figures, and the doors that lead in without a session.
#pragma once

#include "foundation/api/router.hpp"
#include "foundation/http/server.hpp"
#include "foundation/http/static_files.hpp"
#include "main/commands.hpp"
#include "main/health.hpp"
#include "main/house.hpp"
#include "main/laptop.hpp"
#include "main/metrics.hpp"

#include <atomic>
#include <string>

namespace releve::main {

/// Thread-safe once it is open.
class Desk {
 public:
  Desk(House& house, Health& health, const ServeCommand& command);

  http::Plan plan(const http::HttpHead& head) const;

  http::HttpReply handle(http::HttpRequest&& request);

  const Metrics& metrics() const { return metrics_; }

  /// Opens to whoever has the link of a crisis laptop.
  void open(RoomDoor& door) { room_door_ = &door; }

  /// The server that this is the desk of, once it is there.
  void stands_in(const http::Server& server) { server_ = &server; }

  http::Load load() const;

 private:
  http::HttpReply answer(http::HttpRequest&& request);

  /// What a request asked for, as a label of few values: never what the client has made up.
  std::string route_of(const http::HttpHead& head) const;

  static api::Request request_of(const http::HttpHead& head);

  /// The session with what the request itself says.
  api::Session visitor(const http::HttpHead& head, api::Session session) const;

  /// The token that a program sends; empty: none.
  static std::string bearer(const http::HttpHead& head);

  /// Who asks. A token counts alone: what a browser sends along of itself opens nothing beside it.
  api::Session reader(const http::HttpHead& head) const;

  http::HttpReply reply_of(api::Reply reply) const;

  /// RFC 9116: whom to tell of a weakness.
  http::HttpReply security_text() const;

  http::HttpReply enter(const http::HttpHead& head);

  http::HttpReply provider_door(const http::HttpHead& head);

  http::HttpReply events(const http::HttpHead& head, const api::Session& session);

  House& house_;
  Health& health_;
  Metrics metrics_;
  std::atomic<const http::Server*> server_ = nullptr;
  api::Router router_;
  std::string openapi_;
  http::StaticFiles page_;
  RoomDoor* room_door_ = nullptr;
  const std::string security_contact_;
  const std::string origin_;  // empty: whoever asks sits at this machine
  const bool secure_;
};

}  // namespace releve::main
