// SPDX-License-Identifier: EUPL-1.2
#include "foundation/report/pdf.hpp"

#include "foundation/base/embedded.hpp"
#include "foundation/base/text.hpp"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <span>
#include <system_error>
#include <thread>
#include <vector>

namespace releve::report {

std::span<const EmbeddedFile> embedded_files();  // made by releve_embed()

namespace {

namespace fs = std::filesystem;

constexpr int no_weasyprint = 3;  // as pdf.py says it
constexpr int cannot_start = 127;
constexpr std::size_t longest_reason = 300;
constexpr std::chrono::milliseconds look_again{20};

class WorkingFolder {
 public:
  explicit WorkingFolder(const std::string& parent) : path_(parent + "/pdf-XXXXXX") {
    if (::mkdtemp(path_.data()) == nullptr) {
      throw EnvironmentFailure("cannot make a folder in " + parent + ": " +
                               std::generic_category().message(errno));
    }
  }

  ~WorkingFolder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }

  WorkingFolder(const WorkingFolder&) = delete;
  WorkingFolder& operator=(const WorkingFolder&) = delete;

  const std::string& path() const { return path_; }

  std::string file(const char* name) const { return path_ + "/" + name; }

 private:
  std::string path_;
};

std::string bytes_of(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

void write_file(const std::string& path, std::string_view bytes) {
  std::ofstream out(path, std::ios::binary);
  out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  out.close();
  if (!out) {
    throw EnvironmentFailure("cannot write " + path);
  }
}

/// All that the child needs, made before the fork: between fork and exec only what is safe after a fork of a
/// process with threads.
struct Start {
  std::vector<char*> arguments;
  std::vector<char*> environment;
  std::array<const char*, 3> files;  // its standard input, output and error
  std::array<std::pair<decltype(RLIMIT_AS), rlim_t>, 5> limits;
};

[[noreturn]] void become(const Start& start) {
  ::setsid();  // its own group: whatever it starts ends with it
  for (const auto& [what, most] : start.limits) {
    const rlimit limit{most, most};
    if (::setrlimit(what, &limit) != 0) {
      ::_exit(cannot_start);
    }
  }
  for (std::size_t i = 0; i < start.files.size(); ++i) {
    const int descriptor = ::open(start.files.at(i), i == 0 ? O_RDONLY : O_WRONLY | O_CREAT | O_TRUNC, 0600);
    if (descriptor < 0 || ::dup2(descriptor, static_cast<int>(i)) < 0) {
      ::_exit(cannot_start);
    }
  }
  ::close_range(3, ~0U, 0);  // the house's database and sockets
  sigset_t none;
  ::sigemptyset(&none);
  ::pthread_sigmask(SIG_SETMASK, &none, nullptr);
  ::execve(start.arguments.front(), start.arguments.data(), start.environment.data());
  ::_exit(cannot_start);
}

struct Ended {
  int status = 0;
  bool too_long = false;
  bool stopped = false;
};

Ended wait_for(pid_t child, std::chrono::seconds time, const std::stop_token& stop) {
  Ended ended;
  const auto until = std::chrono::steady_clock::now() + time;
  while (true) {
    const pid_t done = ::waitpid(child, &ended.status, WNOHANG);
    if (done == child) {
      return ended;
    }
    RELEVE_CHECK(done == 0 || errno == EINTR, "a child is waited for by whoever started it");
    ended.stopped = stop.stop_requested();
    ended.too_long = std::chrono::steady_clock::now() >= until;
    if (ended.stopped || ended.too_long) {
      ::kill(-child, SIGKILL);
      ::kill(child, SIGKILL);  // should it not have its own group yet
      ::waitpid(child, &ended.status, 0);
      return ended;
    }
    std::this_thread::sleep_for(look_again);
  }
}

Error fault(const char* code, std::vector<Param> params = {}, ErrorKind kind = ErrorKind::limit) {
  return {kind, message(code, std::move(params)), {}};
}

/// The last line that it wrote, or the signal that ended it.
std::string reason(int status, const std::string& said) {
  if (WIFSIGNALED(status)) {
    return "signal " + std::to_string(WTERMSIG(status));
  }
  const std::string_view text = trim(said);
  return text.empty() ? "exit " + std::to_string(WEXITSTATUS(status))
                      : shorten(text.substr(text.rfind('\n') + 1), longest_reason);
}

}  // namespace

Result<std::string> pdf_of(std::string_view html, const std::string& folder, const std::stop_token& stop,
                           const PdfLimits& limits) {
  const WorkingFolder work(folder);
  const std::string in = work.file("in.html");
  const std::string out = work.file("out.pdf");
  const std::string said = work.file("said");
  write_file(in, html);
  // -I: nothing of the user's own, no current folder, no PYTHON* variable.
  std::vector<std::string> arguments{limits.python, "-I", "-c", std::string(embedded_files().front().bytes)};
  std::vector<std::string> environment{"PATH=/usr/bin:/bin", "LANG=C.UTF-8", "HOME=" + work.path(),
                                       "TMPDIR=" + work.path()};
  Start start{{},
              {},
              {in.c_str(), out.c_str(), said.c_str()},
              {{{RLIMIT_AS, limits.memory},
                {RLIMIT_CPU, static_cast<rlim_t>(limits.processor.count())},
                {RLIMIT_FSIZE, limits.output},
                {RLIMIT_NOFILE, 256},
                {RLIMIT_CORE, 0}}}};
  for (auto& [texts, pointers] :
       {std::pair(&arguments, &start.arguments), {&environment, &start.environment}}) {
    for (std::string& text : *texts) {
      pointers->push_back(text.data());
    }
    pointers->push_back(nullptr);
  }
  const pid_t child = ::fork();
  if (child < 0) {
    throw EnvironmentFailure("cannot start a process: " + std::generic_category().message(errno));
  }
  if (child == 0) {
    become(start);
  }
  const Ended ended = wait_for(child, limits.time, stop);
  if (ended.stopped) {
    return fault("report.pdf_stopped", {}, ErrorKind::cancelled);
  }
  const bool out_of_time =
      WIFSIGNALED(ended.status) && (WTERMSIG(ended.status) == SIGXCPU || WTERMSIG(ended.status) == SIGKILL);
  if (ended.too_long || out_of_time) {
    return fault("report.pdf_too_long");
  }
  if (WIFEXITED(ended.status) &&
      (WEXITSTATUS(ended.status) == no_weasyprint || WEXITSTATUS(ended.status) == cannot_start)) {
    return fault("report.no_weasyprint");
  }
  if (!WIFEXITED(ended.status) || WEXITSTATUS(ended.status) != 0) {
    return fault("report.pdf_failed", {{"reason", reason(ended.status, bytes_of(said))}});
  }
  return bytes_of(out);
}

}  // namespace releve::report
