// SPDX-License-Identifier: EUPL-1.2
// The real program as a process, for tests.
#pragma once

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
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

/// `releve` with these arguments; its standard output and errors go to files.
class Program {
 public:
  Program(std::vector<std::string> arguments, const std::string& out, const std::string& err = "/dev/null") {
    arguments.insert(arguments.begin(), RELEVE_BINARY);
    std::vector<char*> raw;
    for (std::string& argument : arguments) {
      raw.push_back(argument.data());
    }
    raw.push_back(nullptr);
    const int to = ::open(out.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    const int errors = ::open(err.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    child_ = ::fork();
    if (child_ == 0) {
      ::dup2(to, STDOUT_FILENO);
      ::dup2(errors, STDERR_FILENO);
      ::execv(raw[0], raw.data());
      ::_exit(126);
    }
    ::close(to);
    ::close(errors);
  }

  ~Program() {
    if (child_ > 0) {
      kill_now();
    }
  }

  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;

  /// Exit code, or the signal as a negative number.
  int wait() {
    int status = 0;
    ::waitpid(child_, &status, 0);
    child_ = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
  }

  int kill_now() {
    ::kill(child_, SIGKILL);
    return wait();
  }

 private:
  pid_t child_ = -1;
};

}  // namespace releve::main
