// SPDX-License-Identifier: EUPL-1.2
// releve assess: a folder of exports in, results out. No server, no database; nothing leaves the machine.
#include "prepare/assessment/assess.hpp"

#include "foundation/base/parallel.hpp"
#include "main/commands.hpp"
#include "main/data.hpp"
#include "main/outcome_text.hpp"
#include "prepare/cartography/sources.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <mutex>

namespace releve::main {

namespace {

/// A folder of its own for unpacked files, removed at the end.
class Scratch {
 public:
  Scratch() {
    std::string name = (std::filesystem::temp_directory_path() / "releve-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) {
      throw EnvironmentFailure("cannot make a temporary folder");
    }
    path_ = name;
  }

  ~Scratch() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }

  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;

  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

// A signal handler may touch nothing else.
// NOLINTNEXTLINE(cppcoreguidelines-avoid-non-const-global-variables): it has no argument of ours
std::atomic<bool> interrupted{false};
static_assert(std::atomic<bool>::is_always_lock_free);

/// One line on a terminal, nothing elsewhere.
class ProgressBar {
 public:
  explicit ProgressBar(std::stop_source stop)
      : stop_(std::move(stop)), shown_(::isatty(STDERR_FILENO) == 1) {}

  ~ProgressBar() { clear(); }

  ProgressBar(const ProgressBar&) = delete;
  ProgressBar& operator=(const ProgressBar&) = delete;

  void show(double share) {
    if (interrupted) {
      stop_.request_stop();
    }
    const std::lock_guard lock(mutex_);
    const int percent = static_cast<int>(share * 100);
    if (!shown_ || percent <= percent_) {
      return;
    }
    percent_ = percent;
    std::cerr << "\r[" << std::string(static_cast<std::size_t>(percent) / 4, '#')
              << std::string(25 - static_cast<std::size_t>(percent) / 4, '.') << "] " << percent << " %"
              << std::flush;
  }

  void clear() const {
    if (shown_ && percent_ >= 0) {
      std::cerr << "\r" << std::string(40, ' ') << "\r" << std::flush;
    }
  }

 private:
  std::stop_source stop_;
  bool shown_;
  int percent_ = -1;
  std::mutex mutex_;
};

struct Reading {
  cartography::Cartography cartography;
  std::vector<Finding> findings;
  bool usable = true;
};

Result<Reading> read_all(const Shell& shell, const std::string& input, const cartography::Usual& usual,
                         const Scratch& scratch, bool quiet) {
  Reading reading;
  std::vector<cartography::Source> sources;
  for (const auto& [name, path] : TRY(cartography::list_exports(input, scratch.path()))) {
    if (cartography::is_documentation(name)) {
      continue;
    }
    struct stat status{};
    ::stat(path.c_str(), &status);
    const Instant when{std::chrono::milliseconds(static_cast<std::int64_t>(status.st_mtim.tv_sec) * 1000)};
    auto file = cartography::read_file(path, name, when, shell.catalogue, {});
    if (!file && file.error().message.code == "import.not_recognised") {
      reading.findings.push_back({Severity::note, file.error().message, name, 0, {}});
      continue;
    }
    if (!file) {
      return std::move(file).error();
    }
    if (!quiet) {
      std::cerr << "  " << name << " — " << shell.say(file->recognised) << "\n";
    }
    reading.findings.insert(reading.findings.end(), file->findings.begin(), file->findings.end());
    if (file->usable()) {
      sources.push_back(std::move(file->source));
    } else {
      reading.usable = false;
    }
  }
  if (sources.empty()) {
    return Error{ErrorKind::invalid, message("assess.nothing_to_read", {{"input", input}}), input};
  }
  reading.cartography = cartography::draw_hospital("", std::move(sources), {}, usual);
  return reading;
}

}  // namespace

int run_assess(const Shell& shell, const AssessCommand& command) {
  auto texts = data_texts(shell.data_folder);
  if (!texts) {
    return shell.fail(texts.error());
  }
  auto data = read_data(*texts);
  if (!data) {
    return shell.fail(data.error());
  }
  const Scratch scratch;
  auto reading = read_all(shell, command.input, data->usual, scratch, command.json);
  if (!reading) {
    return shell.fail(reading.error());
  }
  if (!reading->usable) {
    shell.print_findings(reading->findings, true);
    return 1;
  }
  std::stop_source stop;
  std::signal(SIGINT, [](int) { interrupted = true; });
  assessment::AssessOptions options;
  options.scenario = command.scenario;
  options.seed = command.seed;
  options.worlds = command.worlds;
  options.threads = command.threads == 0 ? available_threads() : command.threads;
  options.stop = stop.get_token();
  ProgressBar bar(stop);
  options.progress = [&](double share) { bar.show(share); };
  auto assessed = assessment::assess(reading->cartography, data->defaults, data->tables, options);
  bar.clear();
  if (!assessed) {
    return shell.fail(assessed.error());
  }
  assessment::Outcome outcome = (*assessed)->outcome;
  outcome.findings.insert(outcome.findings.begin(), reading->findings.begin(), reading->findings.end());
  if (command.json) {
    std::cout << to_json(outcome, true) << "\n";
  } else {
    shell.print_findings(outcome.findings, false);
    std::cout << outcome_text(shell, outcome);
  }
  return std::cout.flush() ? 0 : 1;
}

}  // namespace releve::main
