// SPDX-License-Identifier: EUPL-1.2
// The real program as a process, for tests.
#pragma once

#include "foundation/base/result.hpp"
#include "foundation/http/client_for_tests.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

namespace releve::main {

inline std::string bytes_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

/// A port of loopback that nobody has now.
inline std::uint16_t free_port() {
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  if (socket < 0 || ::bind(socket, reinterpret_cast<sockaddr*>(&address), size) != 0 ||
      ::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size) != 0) {
    throw EnvironmentFailure("no port on this machine");
  }
  ::close(socket);
  return ntohs(address.sin_port);
}

/// Waits until it is so.
template <class Condition>
bool within(std::chrono::milliseconds time, const Condition& condition) {
  const auto until = std::chrono::steady_clock::now() + time;
  while (!condition() && std::chrono::steady_clock::now() < until) {
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  return condition();
}

/// A program with its arguments; its standard output and errors go to files.
class Child {
 public:
  explicit Child(std::vector<std::string> command, const std::string& out = "/dev/null",
                 const std::string& err = "/dev/null") {
    std::vector<char*> raw;
    for (std::string& word : command) {
      raw.push_back(word.data());
    }
    raw.push_back(nullptr);
    const int to = ::open(out.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    const int errors = ::open(err.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    child_ = ::fork();
    if (child_ == 0) {
      if (to < 0 || errors < 0) {
        ::_exit(126);
      }
      ::dup2(to, STDOUT_FILENO);
      ::dup2(errors, STDERR_FILENO);
      ::execv(raw[0], raw.data());
      ::_exit(126);
    }
    ::close(to);
    ::close(errors);
  }

  ~Child() {
    if (child_ > 0) {
      kill_now();
    }
  }

  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  /// Exit code, or the signal as a negative number.
  int wait() {
    int status = 0;
    ::waitpid(child_, &status, 0);
    child_ = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
  }

  pid_t id() const { return child_; }

  int kill_now() {
    ::kill(child_, SIGKILL);
    return wait();
  }

  /// As a supervisor does; wait() for the end.
  void ask_to_end() const { ::kill(child_, SIGTERM); }

 private:
  pid_t child_ = -1;
};

/// `releve` with these arguments.
class Program : public Child {
 public:
  explicit Program(std::vector<std::string> arguments, const std::string& out = "/dev/null",
                   const std::string& err = "/dev/null")
      : Child(command(std::move(arguments)), out, err) {}

 private:
  static std::vector<std::string> command(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), RELEVE_BINARY);
    return arguments;
  }
};

/// `releve serve` that has told its address.
struct Served {
  Program program;
  std::uint16_t port = 0;
  std::string token;  // target of the one-time link

  Served(std::vector<std::string> arguments, const std::string& out, const std::string& err = "/dev/null")
      : program(with_serve(std::move(arguments)), out, err) {
    constexpr std::string_view address = "http://127.0.0.1:";
    for (int i = 0; i < 1500 && token.empty(); ++i) {
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
      const std::string text = bytes_of(out);
      const auto at = text.find("/enter?token=");
      if (at != std::string::npos && text.find('\n', at) != std::string::npos) {
        token = text.substr(at, text.find('\n', at) - at);
        port = static_cast<std::uint16_t>(std::atoi(text.c_str() + text.find(address) + address.size()));
      }
    }
  }

  /// Uses the link: the session's cookie.
  std::string enter() const {
    http::Client client(port);
    const auto answer = client.get(token);
    const auto set = answer.headers.find("set-cookie");
    return set == answer.headers.end() ? "" : set->second.substr(0, set->second.find(';'));
  }

 private:
  static std::vector<std::string> with_serve(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "serve");
    return arguments;
  }
};

}  // namespace releve::main
