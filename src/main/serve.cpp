// SPDX-License-Identifier: EUPL-1.2
// releve serve: the transport joined to the API. As long as no administrator has a password, a one-time link
// for the first one is printed at start.
#include "foundation/base/hash.hpp"
#include "foundation/base/parallel.hpp"
#include "foundation/base/text.hpp"
#include "foundation/http/server.hpp"
#include "main/daily.hpp"
#include "main/desk.hpp"
#include "main/laptop.hpp"
#include "main/retention.hpp"
#include "respond/recall/delivery.hpp"
#include "respond/recall/sender.hpp"

#include <sys/resource.h>

#include <algorithm>
#include <csignal>
#include <iostream>

namespace releve::main {

namespace {

/// Figures and health on an address of their own, for a network of supervisors; no server when none is asked
/// for.
Result<std::unique_ptr<http::Server>> serve_metrics(const House& house, Health& health, const Desk& desk,
                                                    const std::string& address) {
  if (address.empty()) {
    return std::unique_ptr<http::Server>();
  }
  const auto colon = address.rfind(':');
  const auto port = colon == std::string::npos ? std::nullopt : parse_int(address.substr(colon + 1));
  if (!port || !std::in_range<std::uint16_t>(*port)) {
    return Error{ErrorKind::invalid, message("http.bad_listen_address", {{"address", address}}), {}};
  }
  http::ServerOptions options;
  options.address = address.substr(0, colon);
  if (options.address.starts_with('[') && options.address.ends_with(']')) {
    options.address = options.address.substr(1, options.address.size() - 2);
  }
  options.port = static_cast<std::uint16_t>(*port);
  options.any_host = true;
  options.workers = 2;
  options.max_connections = 64;
  options.log = [](std::string_view what) { log_line(std::string(what)); };
  return http::Server::start(
      options, [](const http::HttpHead&) { return http::Plan{}; },
      [&](http::HttpRequest&& request) -> http::HttpReply {
        if (request.head.path == "/metrics") {
          return metrics_reply(desk.metrics(), house, desk.load());
        }
        return health.reply(request.head.path).value_or(http::refusal(404, "http.not_found"));
      });
}

/// As many connections as were asked for, or as this process may have files open.
unsigned open_files_allowed(unsigned wanted) {
  constexpr rlim_t others = 256;  // database, files, log
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) {
    return wanted;
  }
  limit.rlim_cur = std::min<rlim_t>(limit.rlim_max, wanted + others);
  (void)::setrlimit(RLIMIT_NOFILE, &limit);
  return static_cast<unsigned>(std::min<rlim_t>(wanted, limit.rlim_cur - std::min(limit.rlim_cur, others)));
}

/// Waits until the process is asked to end. True: politely, so that others take over.
bool wait_for_the_end(const sigset_t& signals) {
  int received = 0;
  sigwait(&signals, &received);
  return received == SIGTERM;
}

}  // namespace

int run_serve(const Shell& shell, const ServeCommand& command) {
  const bool loopback = command.address.starts_with("127.") || command.address == "::1";
  // Passwords would travel in the clear; on a laptop's own switch there is no certificate to be had.
  if (!loopback && !command.origin.starts_with("https://") && command.pack.empty()) {
    return shell.fail(
        {ErrorKind::invalid, message("serve.needs_origin", {{"address", command.address}}), "--address"});
  }
  // Blocked before any thread starts, so that only sigwait() below sees them.
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  std::signal(SIGPIPE, SIG_IGN);

  auto house = House::open(shell, {command.folder, command.database, command.key_file, command.clamd,
                                   command.providers, command.outlines, command.origin, command.steering});
  if (!house) {
    return shell.fail(house.error());
  }
  if (command.demo && (*house)->facilities->list().empty()) {
    log_line(shell.say(message("serve.loading_demo")));
    const Status loaded = load_demonstration(**house);
    if (!loaded) {
      return shell.fail(loaded.error());
    }
  }
  std::optional<RoomDoor> room_door;
  if (!command.pack.empty()) {
    // May wait long, for a passphrase or for room on a disk, and goes on where it was killed: here a signal
    // ends all.
    pthread_sigmask(SIG_UNBLOCK, &signals, nullptr);
    const Status loaded = load_pack(**house, command.pack, command.passphrase_file);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    if (!loaded) {
      return shell.fail(loaded.error());
    }
    room_door.emplace(**house, (*house)->facilities->list().front().id);
  }
  const auto link = (*house)->access->entrance().first_link(command.link);
  Health health(**house);
  Desk desk(**house, health, command);
  if (room_door) {
    desk.open(*room_door);
  }
  http::ServerOptions options;
  options.address = command.address;
  options.port = command.port;
  options.any_host = room_door && !loopback;  // a switch has no names
  options.spool_folder = (*house)->files->spool();
  options.workers = std::max(8U, 2 * available_threads());  // some may hash passwords, the others answer
  options.max_connections = open_files_allowed(command.max_connections);
  options.max_streams = options.max_connections / 2;
  if (loopback ||
      !command.origin.empty()) {  // every client comes by the address of a proxy, or of this machine
    options.max_per_address = options.max_connections;
  }
  if (!command.origin.empty()) {
    options.origins = {command.origin};
    options.hosts = {command.origin.substr(command.origin.find("//") + 2)};
  }
  options.log = [](std::string_view what) { log_line(std::string(what)); };
  auto server = http::Server::start(
      options, [&](const http::HttpHead& head) { return desk.plan(head); },
      [&](http::HttpRequest&& request) { return desk.handle(std::move(request)); });
  if (!server) {
    return shell.fail(server.error());
  }
  desk.stands_in(**server);
  for (const std::string& facility : (*house)->rooms->in_crisis()) {
    (*house)->forecasters->expect(facility);
  }
  const std::jthread forgetting = forget_daily(**house);
  const std::jthread refreshing = every_day([&house] { (*house)->paper_sets->refresh(); });
  constexpr unsigned sending_threads = 2;
  const recall::Sender sender({*(*house)->callouts, *(*house)->channels, (*house)->clock,
                               recall::deliver_by_network(), [](const std::string& what) { log_line(what); }},
                              sending_threads);
  const auto figures = serve_metrics(**house, health, desk, command.metrics_address);
  if (!figures) {
    return shell.fail(figures.error());
  }
  const std::string address = "http://127.0.0.1:" + std::to_string((*server)->port());
  std::cout << shell.say(message("serve.listening", {{"address", address}})) << "\n";
  if (room_door) {
    const std::string host = command.address == "0.0.0.0" || command.address == "::"
                                 ? shell.say(message("pack.this_laptop"))
                                 : command.address;
    std::cout << shell.say(message("pack.room_link",
                                   {{"link", "http://" + host + ":" + std::to_string((*server)->port()) +
                                                 "/enter?token=" + room_door->token()}}))
              << "\n";
  }
  if (link) {
    std::cout << shell.say(message("serve.first_link")) << "\n"
              << (command.origin.empty() ? address : command.origin) << "/enter?token=" << *link << "\n";
  }
  std::cout << std::flush;
  const bool polite = wait_for_the_end(signals);
  log_line(shell.say(message("serve.stopping")));
  health.leave();
  if (polite) {
    // Without a proxy nobody looks whether we are ready.
    constexpr std::chrono::seconds notice{2};
    (*server)->leave(command.origin.empty() ? std::chrono::seconds(0) : notice,
                     std::chrono::seconds(command.drain_seconds));
  }
  (*server)->stop();
  return 0;
}

}  // namespace releve::main
