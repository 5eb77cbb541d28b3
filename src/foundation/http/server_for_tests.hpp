// SPDX-License-Identifier: EUPL-1.2
// For tests of this room: a server whose handler does what the path says.
#pragma once

#include "foundation/http/client_for_tests.hpp"
#include "foundation/http/server.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <utility>

namespace releve::http {

inline HttpReply text_reply(std::string text) {
  HttpReply reply;
  reply.headers.emplace_back("Content-Type", "text/plain");
  reply.body = std::move(text);
  return reply;
}

#ifdef RELEVE_SANITIZED
inline constexpr bool sanitized = true;
#else
inline constexpr bool sanitized = false;
#endif

/// Waits until it is so.
inline bool soon(const std::function<bool()>& so,
                 std::chrono::milliseconds within = std::chrono::seconds(20)) {
  const auto until = std::chrono::steady_clock::now() + within;
  while (!so()) {
    if (std::chrono::steady_clock::now() > until) {
      return false;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
  return true;
}

class TestServer {
 public:
  explicit TestServer(ServerOptions options = {}, HandleRequest handle = {}) {
    folder_ =
        std::filesystem::path(testing::TempDir()) / ("spool-" + std::to_string(::getpid()) + "-" +
                                                     std::to_string(reinterpret_cast<std::uintptr_t>(this)));
    options.spool_folder = folder_;
    if (!options.log) {
      options.log = [this](std::string_view what) {
        const std::lock_guard lock(mutex_);
        log_.append(what).append("\n");
      };
    }
    auto started = Server::start(
        std::move(options), [](const HttpHead& head) { return plan(head); },
        handle ? std::move(handle)
               : [this](HttpRequest&& request) { return this->handle(std::move(request)); });
    if (!started) {
      throw std::runtime_error(started.error().message.code);
    }
    server_ = std::move(started).value();
  }

  ~TestServer() {
    open_gate();
    server_.reset();
    std::filesystem::remove_all(folder_);
  }

  Server& operator*() { return *server_; }

  Server* operator->() { return server_.get(); }

  std::uint16_t port() const { return server_->port(); }

  const std::filesystem::path& folder() const { return folder_; }

  std::size_t spooled_files() const {
    return static_cast<std::size_t>(
        std::distance(std::filesystem::directory_iterator(folder_), std::filesystem::directory_iterator()));
  }

  std::string log() const {
    const std::lock_guard lock(mutex_);
    return log_;
  }

  /// Requests to /gate wait until it is open.
  void open_gate() { gate_ = true; }

  std::atomic<int> at_gate = 0;
  std::atomic<int> handled = 0;

 private:
  static Plan plan(const HttpHead& head) {
    if (head.path == "/refused") {
      return {.max_body = 0, .spool = false, .refuse = refusal(404, "test.refused")};
    }
    if (head.path == "/plan_throws") {
      throw std::runtime_error("plan has failed");
    }
    if (head.path.starts_with("/upload")) {
      return {.max_body = 1'000'000'000, .spool = true, .refuse = {}};
    }
    return {.max_body = 100'000, .spool = false, .refuse = {}};
  }

  HttpReply handle(HttpRequest&& request) {
    ++handled;
    const std::string& path = request.head.path;
    if (path == "/gate") {
      ++at_gate;
      while (!gate_) {
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
      }
    }
    if (path == "/throws") {
      throw std::runtime_error("handler has failed");
    }
    if (path == "/upload") {
      return text_reply(std::to_string(request.spool_size) + " " +
                        std::to_string(std::filesystem::file_size(request.spool_path)));
    }
    if (path == "/upload/keep") {
      std::filesystem::rename(request.spool_path, folder_ / "kept");
    }
    if (path == "/big") {
      return text_reply(std::string(5'000'000, 'b'));
    }
    if (path == "/echo") {
      std::string text = request.head.method + " " + request.head.path + "\n";
      for (const auto& [name, value] : request.head.query) {
        text += name + "=" + value + "\n";
      }
      return text_reply(text + request.body);
    }
    return text_reply("hello " + path);
  }

  std::filesystem::path folder_;
  std::atomic<bool> gate_ = false;
  mutable std::mutex mutex_;
  std::string log_;
  std::unique_ptr<Server> server_;
};

}  // namespace releve::http
