// SPDX-License-Identifier: EUPL-1.2
// Private to this room: one request and its reply, between libmicrohttpd and the workers.
//
// Thread discipline: members belong to the event thread, except while the connection is suspended; then
// they belong to the one job that works for it. Suspending and resuming hand them over (both take a lock
// inside libmicrohttpd), so no member needs a lock of its own.
#pragma once

#include "foundation/http/head.hpp"
#include "foundation/http/server.hpp"
#include "foundation/http/spool.hpp"
#include "foundation/http/watchdog.hpp"
#include "foundation/http/workers.hpp"

#include <microhttpd.h>

#include <atomic>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>

namespace releve::http {

/// An open stream as the event thread serves it.
struct OpenStream {
  Server::Core& core;
  Connection& connection;
  MHD_Connection* mhd;
  std::shared_ptr<Stream> stream;
  std::string text;  // pulled and not yet taken by the socket, from `sent` on
  std::size_t sent = 0;
  std::atomic<std::int64_t> next_beat = 0;
  std::atomic<bool> beat = false;
};

/// What all exchanges share.
struct Server::Core {
  Core(ServerOptions chosen, PlanRequest plan_, HandleRequest handle_);
  ~Core();

  void log(std::string_view what) const;
  std::size_t open_streams() const;
  /// Heartbeats, and clients of silent streams that have gone.
  void tend_streams();
  void leave(std::chrono::milliseconds notice, std::chrono::milliseconds at_most);
  void shut_door();
  void end_streams();
  void stop();

  ServerOptions options;
  PlanRequest plan;
  HandleRequest handle;
  Neighbours neighbours;
  std::uint16_t port = 0;
  MHD_Daemon* daemon = nullptr;

  bool door_is_shut = false;
  std::atomic<bool> leaving = false;   // no connection lives on, no stream begins
  std::atomic<bool> stopping = false;  // nothing new is handled
  std::atomic<std::size_t> exchanges = 0;
  std::atomic<std::size_t> uploads = 0;
  std::atomic<std::size_t> bodies = 0;  // bytes in memory

  mutable std::mutex streams_mutex;
  std::unordered_set<OpenStream*> streams;
  std::int64_t next_look = 0;  // for clients that have gone; the watchdog's

  Workers workers;
  Workers spooler;  // one thread
  Watchdog watchdog;
};

class Exchange {
 public:
  /// `target` is as received and stays where it is until the request ends.
  Exchange(Server::Core& core, Connection& connection, MHD_Connection* mhd, const char* target);
  ~Exchange();
  Exchange(const Exchange&) = delete;
  Exchange& operator=(const Exchange&) = delete;

  /// One call of libmicrohttpd: the head, a piece of the body, or (size 0) the end of it.
  MHD_Result step(const char* method, const char* version, const char* data, std::size_t* size);

  /// Answered while the client was still sending.
  bool cut_short() const { return cut_short_; }

 private:
  std::optional<HttpReply> read_head(const char* method, const char* version);
  std::optional<HttpReply> ask_plan();
  MHD_Result begin(const char* method, const char* version);
  MHD_Result receive(const char* data, std::size_t* size);
  MHD_Result finish();
  MHD_Result spool(std::string_view more);
  bool flush();  // false: stopping. After true the members belong to write_spool()
  void write_spool(bool run);
  void run_handler(bool run);
  MHD_Result send();
  MHD_Response* make_response();
  MHD_Response* make_stream_response();
  MHD_Result refuse_now(int status, std::string_view code);
  void note_progress(std::size_t bytes);

  Server::Core& core_;
  Connection& connection_;
  MHD_Connection* mhd_;
  std::string target_;
  const char* target_end_;
  HttpRequest request_;
  Plan plan_;
  std::optional<HttpReply> reply_;
  std::uint64_t received_ = 0;
  std::uint64_t since_progress_ = 0;  // bytes
  std::size_t held_ = 0;              // bytes counted in core_.bodies
  std::unique_ptr<SpoolFile> file_;
  std::string unwritten_;
  bool begun_ = false;
  bool head_only_ = false;
  bool malformed_ = false;
  bool cut_short_ = false;
  bool counts_as_upload_ = false;
  bool spool_ended_ = false;
  bool spool_failed_ = false;
};

}  // namespace releve::http
