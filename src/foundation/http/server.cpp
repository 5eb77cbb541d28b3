// SPDX-License-Identifier: EUPL-1.2
#include "foundation/http/server.hpp"

#include "foundation/base/parallel.hpp"
#include "foundation/base/text.hpp"
#include "foundation/http/exchange.hpp"

#include <arpa/inet.h>
#include <netdb.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <system_error>

namespace releve::http {

namespace {

// libmicrohttpd's memory for one connection: the request's head, our headers of the reply and a read buffer.
std::size_t connection_memory(const ServerOptions& options) {
  return options.max_head * 2 + std::size_t{32} * 1024;
}

std::string address_text(const sockaddr* address, socklen_t size) {
  std::array<char, NI_MAXHOST> text{};
  const int fault = ::getnameinfo(address, size, text.data(), text.size(), nullptr, 0, NI_NUMERICHOST);
  return fault == 0 ? std::string(text.data()) : std::string();
}

void on_connection(void* context, MHD_Connection* mhd, void** place,
                   MHD_ConnectionNotificationCode code) noexcept {
  auto& core = *static_cast<Server::Core*>(context);
  if (code == MHD_CONNECTION_NOTIFY_CLOSED) {
    const std::unique_ptr<Connection> connection(static_cast<Connection*>(*place));
    *place = nullptr;
    if (connection) {
      core.watchdog.remove(*connection);
    }
    return;
  }
  try {
    auto connection = std::make_unique<Connection>();
    connection->socket = MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd;
    const auto* address = MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_CLIENT_ADDRESS)->client_addr;
    const socklen_t size = address->sa_family == AF_INET6 ? sizeof(sockaddr_in6) : sizeof(sockaddr_in);
    connection->peer = address_text(address, size);
    connection->due_in(core.options.head_time);
    core.watchdog.add(*connection);
    *place = connection.release();
  } catch (const std::exception& fault) {
    core.log(fault.what());  // the first request then finds no connection and is dropped
  }
}

// The request line is complete: the head of a later request now has its own deadline.
void* on_target(void* context, const char* target, MHD_Connection* mhd) noexcept {
  auto& core = *static_cast<Server::Core*>(context);
  auto* connection = static_cast<Connection*>(
      MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_SOCKET_CONTEXT)->socket_context);
  if (connection == nullptr) {
    return nullptr;
  }
  try {
    connection->deadline =
        std::min<std::int64_t>(connection->deadline, steady_ms() + core.options.head_time.count());
    return new Exchange(core, *connection, mhd, target);
  } catch (const std::exception& fault) {
    core.log(fault.what());
    return nullptr;
  }
}

MHD_Result on_request(void* context, MHD_Connection*, const char*, const char* method, const char* version,
                      const char* data, std::size_t* size, void** place) noexcept {
  auto* exchange = static_cast<Exchange*>(*place);
  if (exchange == nullptr) {
    return MHD_NO;
  }
  try {
    return exchange->step(method, version, data, size);
  } catch (const std::exception& fault) {
    static_cast<Server::Core*>(context)->log(fault.what());
    return MHD_NO;
  }
}

void on_completed(void* context, MHD_Connection* mhd, void** place,
                  MHD_RequestTerminationCode code) noexcept {
  auto& core = *static_cast<Server::Core*>(context);
  auto* connection = static_cast<Connection*>(
      MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_SOCKET_CONTEXT)->socket_context);
  const std::unique_ptr<Exchange> exchange(static_cast<Exchange*>(*place));
  *place = nullptr;
  if (connection == nullptr) {
    return;
  }
  connection->due_in(core.options.idle_time);
  connection->expects_bytes = true;
  // TERMINATED_WITH_ERROR: also heads that libmicrohttpd itself has refused, with more of them unread.
  const bool unread = (exchange && exchange->cut_short()) || code == MHD_REQUEST_TERMINATED_WITH_ERROR;
  if (unread && !core.stopping) {
    core.watchdog.linger(connection->socket);
  }
}

struct Listener {
  int socket = -1;
  bool v6 = false;
  std::uint16_t port = 0;
};

Result<Listener> listen_at(const ServerOptions& options) {
  addrinfo wanted{};
  wanted.ai_flags = AI_NUMERICHOST | AI_PASSIVE;
  wanted.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  if (::getaddrinfo(options.address.c_str(), std::to_string(options.port).c_str(), &wanted, &found) != 0) {
    return Error{ErrorKind::invalid, message("http.bad_listen_address", {{"address", options.address}}), {}};
  }
  const std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> owner(found, &::freeaddrinfo);
  const int fd = ::socket(found->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  const int on = 1;
  if (fd < 0) {
    throw EnvironmentFailure(std::string("socket: ") + std::generic_category().message(errno));
  }
  (void)::setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  if (::bind(fd, found->ai_addr, found->ai_addrlen) != 0 || ::listen(fd, SOMAXCONN) != 0) {
    const int why = errno;
    ::close(fd);
    if (why == EADDRINUSE || why == EADDRNOTAVAIL || why == EACCES) {
      const char* code = why == EADDRINUSE ? "http.address_in_use" : "http.bad_listen_address";
      return Error{ErrorKind::conflict,
                   message(code, {{"address", options.address}, {"port", std::to_string(options.port)}}),
                   {}};
    }
    throw EnvironmentFailure("listen at " + options.address + ": " + std::generic_category().message(why));
  }
  sockaddr_storage bound{};
  socklen_t size = sizeof bound;
  (void)::getsockname(fd, reinterpret_cast<sockaddr*>(&bound), &size);
  const bool v6 = found->ai_family == AF_INET6;
  const auto port = v6 ? reinterpret_cast<const sockaddr_in6*>(&bound)->sin6_port
                       : reinterpret_cast<const sockaddr_in*>(&bound)->sin_port;
  return Listener{fd, v6, ntohs(port)};
}

Neighbours neighbours_of(const ServerOptions& options, std::uint16_t port) {
  Neighbours neighbours;
  for (const char* name : {"127.0.0.1", "localhost", "[::1]"}) {
    neighbours.hosts.push_back(std::string(name) + ":" + std::to_string(port));
    if (port == 80) {
      neighbours.hosts.emplace_back(name);
    }
  }
  for (const auto& host : options.hosts) {
    neighbours.hosts.push_back(to_lower(host));
  }
  neighbours.any_host = options.any_host;
  for (const auto& origin : options.origins) {
    neighbours.origins.push_back(to_lower(origin));
  }
  return neighbours;
}

MHD_Daemon* start_daemon(Server::Core& core, const Listener& listener) {
  const unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME |
                         (listener.v6 ? static_cast<unsigned>(MHD_USE_IPv6) : 0U);
  return MHD_start_daemon(flags, 0, nullptr, nullptr, &on_request, &core,                       //
                          MHD_OPTION_LISTEN_SOCKET, listener.socket,                            //
                          MHD_OPTION_CONNECTION_LIMIT, core.options.max_connections,            //
                          MHD_OPTION_PER_IP_CONNECTION_LIMIT, core.options.max_per_address,     //
                          MHD_OPTION_CONNECTION_MEMORY_LIMIT, connection_memory(core.options),  //
                          MHD_OPTION_CONNECTION_TIMEOUT, 0U,                                    //
                          MHD_OPTION_NOTIFY_CONNECTION, &on_connection, &core,                  //
                          MHD_OPTION_NOTIFY_COMPLETED, &on_completed, &core,                    //
                          MHD_OPTION_URI_LOG_CALLBACK, &on_target, &core,                       //
                          MHD_OPTION_END);
}

}  // namespace

Server::Core::Core(ServerOptions chosen, PlanRequest plan_, HandleRequest handle_)
    : options(std::move(chosen)),
      plan(std::move(plan_)),
      handle(std::move(handle_)),
      workers(options.workers > 0 ? options.workers : std::max(4U, 2 * available_threads()), options.queue),
      spooler(1, options.max_uploads + options.max_connections),  // never full: one job for each connection
      watchdog(options.linger, [this] { tend_streams(); }) {}

Server::Core::~Core() {
  stop();
}

void Server::Core::log(std::string_view what) const {
  if (options.log) {
    try {
      options.log(what);
    } catch (const std::exception&) {
      // A log that fails must not take the server with it.
    }
  }
}

std::size_t Server::Core::open_streams() const {
  const std::lock_guard lock(streams_mutex);
  return streams.size();
}

void Server::Core::tend_streams() {
  const std::int64_t now = steady_ms();
  const bool look = now >= next_look;
  next_look = look ? now + 1000 : next_look;
  const std::lock_guard lock(streams_mutex);
  for (OpenStream* open : streams) {
    if (look && has_left(open->connection.socket)) {  // not heard while it is suspended
      open->stream->close();
    } else if (open->next_beat <= now) {
      open->next_beat = now + options.heartbeat.count();
      open->beat = true;
      open->stream->wake();
    }
  }
}

void Server::Core::stop() {
  if (daemon == nullptr) {
    return;
  }
  // Order matters: libmicrohttpd aborts the process when it is stopped with a suspended connection. Once
  // `stopping` is set and the pools are shut nothing suspends any more; what was suspended is resumed by
  // its job or by the end of its stream.
  shut_door();
  leaving = true;
  stopping = true;
  workers.stop();
  spooler.stop();
  end_streams();
  const std::int64_t until = steady_ms() + options.drain.count();
  while (exchanges > 0 && steady_ms() < until) {
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  MHD_stop_daemon(daemon);
  daemon = nullptr;
}

void Server::Core::end_streams() {
  const std::lock_guard lock(streams_mutex);
  for (OpenStream* open : streams) {
    open->stream->close();
  }
}

/// Whoever has knocked before is still let in: a connection that the kernel has taken and that nobody serves
/// would be a lost request.
void Server::Core::shut_door() {
  if (std::exchange(door_is_shut, true)) {
    return;
  }
  const int listener = MHD_quiesce_daemon(daemon);
  if (listener < 0) {
    return;
  }
  while (true) {
    sockaddr_storage address{};
    socklen_t size = sizeof address;
    const int guest =
        ::accept4(listener, reinterpret_cast<sockaddr*>(&address), &size, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (guest < 0) {
      break;
    }
    // On a failure libmicrohttpd closes the socket itself.
    (void)MHD_add_connection(daemon, guest, reinterpret_cast<sockaddr*>(&address), size);
  }
  ::close(listener);
}

void Server::Core::leave(std::chrono::milliseconds notice, std::chrono::milliseconds at_most) {
  if (daemon == nullptr) {
    return;
  }
  // The last guests are given this time to say what they want.
  constexpr std::int64_t last_words = 100;
  const std::int64_t begin = steady_ms();
  leaving = true;
  end_streams();
  std::this_thread::sleep_for(notice);
  shut_door();
  const std::int64_t shut = steady_ms();
  while ((exchanges > 0 && steady_ms() < begin + at_most.count()) || steady_ms() < shut + last_words) {
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
}

Server::Server(std::unique_ptr<Core> core) : core_(std::move(core)) {}

Server::~Server() = default;

Result<std::unique_ptr<Server>> Server::start(ServerOptions options, PlanRequest plan, HandleRequest handle) {
  RELEVE_CHECK(plan && handle, "a server needs to know what to do");
  if (!options.spool_folder.empty()) {
    prepare_spool_folder(options.spool_folder);
  }
  const Listener listener = TRY(listen_at(options));
  auto core = std::make_unique<Core>(std::move(options), std::move(plan), std::move(handle));
  core->port = listener.port;
  core->neighbours = neighbours_of(core->options, listener.port);
  core->daemon = start_daemon(*core, listener);
  if (core->daemon == nullptr) {
    ::close(listener.socket);
    throw EnvironmentFailure("the HTTP listener could not be started");
  }
  return std::unique_ptr<Server>(new Server(std::move(core)));
}

std::uint16_t Server::port() const {
  return core_->port;
}

Load Server::load() const {
  Load load;
  load.connections = core_->watchdog.connections();
  load.exchanges = core_->exchanges;
  load.queued = core_->workers.queued();
  load.uploads = core_->uploads;
  load.bodies = core_->bodies;
  load.streams = core_->open_streams();
  return load;
}

void Server::leave(std::chrono::milliseconds notice, std::chrono::milliseconds at_most) {
  core_->leave(notice, at_most);
}

void Server::stop() {
  core_->stop();
}

}  // namespace releve::http
