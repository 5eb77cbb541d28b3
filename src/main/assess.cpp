// SPDX-License-Identifier: EUPL-1.2
// releve assess: a folder of exports in, results out. No server, no database; nothing leaves the machine.
#include "prepare/assessment/assess.hpp"

#include "foundation/base/parallel.hpp"
#include "main/commands.hpp"
#include "main/data.hpp"
#include "prepare/cartography/sources.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cmath>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <iomanip>
#include <iostream>
#include <mutex>
#include <sstream>

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

Result<Reading> read_all(const Shell& shell, const std::string& input, const Scratch& scratch, bool quiet) {
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
  reading.cartography = cartography::draw_cartography("", sources, {});
  return reading;
}

std::string figure(double value, int digits = 0) {
  std::ostringstream text;
  text << std::fixed << std::setprecision(digits) << value;
  return text.str();
}

/// "31 h" or "19 j": hours up to three days, then days.
std::string hours(const Shell& shell, double value) {
  return value < 72 ? figure(value, value < 10 ? 1 : 0) + " h"
                    : figure(value / 24) + (shell.language == "fr" ? " j" : " d");
}

std::string interval(const Shell& shell, const std::optional<assessment::Quantiles>& q) {
  return q ? hours(shell, q->p50) + " (" + hours(shell, q->p5) + " – " + hours(shell, q->p95) + ")" : "–";
}

/// Pads by characters, not bytes.
std::string pad(std::string text, std::size_t width) {
  std::size_t characters = 0;
  std::size_t cut = text.size();
  for (std::size_t i = 0; i < text.size(); ++i) {
    if ((static_cast<unsigned char>(text[i]) & 0xC0U) != 0x80U) {
      if (characters == width) {
        cut = i;
        break;
      }
      ++characters;
    }
  }
  text.resize(cut);
  return text + std::string(width - characters, ' ');
}

void print_table(const Shell& shell, const assessment::Outcome& outcome) {
  const auto say = [&](const char* code, std::vector<Param> params = {}) {
    return shell.say(message(code, std::move(params)));
  };
  const auto& head = outcome.headline;
  std::cout << "\n"
            << say("assess.headline_stopped", {{"median", figure(head.services_stopped.p50)},
                                               {"services", std::to_string(head.services)},
                                               {"low", figure(head.services_stopped.p5)},
                                               {"high", figure(head.services_stopped.p95)}})
            << "\n";
  if (!head.first_service.empty()) {
    std::cout << say("assess.headline_first",
                     {{"service", head.first_service}, {"hours", interval(shell, head.first_service_hours)}})
              << "\n";
  }
  if (head.record_days) {
    std::cout << say("assess.headline_record",
                     {{"days", interval(shell, assessment::Quantiles{head.record_days->p5 * 24,
                                                                     head.record_days->p50 * 24,
                                                                     head.record_days->p95 * 24})}})
              << "\n";
  }
  std::cout << say("assess.headline_trust", {{"confirmed", std::to_string(head.services_confirmed)},
                                             {"services", std::to_string(head.services)},
                                             {"worlds", std::to_string(outcome.worlds)},
                                             {"seed", outcome.seed}})
            << "\n\n";
  std::cout << pad(say("assess.column_service"), 34) << pad(say("assess.column_stops"), 10)
            << pad(say("assess.column_until"), 28) << pad(say("assess.column_down"), 28)
            << say("assess.column_loss") << "\n";
  for (const auto& service : outcome.services) {
    std::cout << pad(service.name, 33) << " " << pad(figure(service.stop_probability * 100) + " %", 10)
              << pad(interval(shell, service.hours_until_stop), 28)
              << pad((service.worlds_censored * 2 > service.worlds_stopped ? "≥ " : "") +
                         interval(shell, service.hours_down),
                     28)
              << figure(service.loss.mean) << "\n";
  }
  std::cout << "\n"
            << say("assess.loss", {{"mean", figure(outcome.loss.mean)},
                                   {"low", figure(outcome.loss.low)},
                                   {"high", figure(outcome.loss.high)},
                                   {"p50", figure(outcome.loss.p50)},
                                   {"p95", figure(outcome.loss.p95)}})
            << "\n";
  std::cout << "\n" << say("assess.measures") << "\n";
  for (std::size_t i = 0; i < outcome.measures.size() && i < 12; ++i) {
    const auto& measure = outcome.measures[i];
    std::cout << "  " << pad(measure.rank > 0 ? std::to_string(measure.rank) : "·", 4)
              << pad(shell.say(measure.title), 62) << pad(figure(measure.cost_eur) + " €", 11) << "−"
              << figure(measure.share_avoided * 100, 1) << " % (" << figure(measure.loss_avoided.low) << " – "
              << figure(measure.loss_avoided.high) << ")\n";
  }
  std::cout << "\n" << say("assess.doors") << "\n";
  for (std::size_t i = 0; i < outcome.doors.size() && i < 6; ++i) {
    std::cout << "  " << pad(outcome.doors[i].label, 60) << figure(outcome.doors[i].share * 100, 1) << " %\n";
  }
  if (!outcome.questions.empty()) {
    std::cout << "\n"
              << say("assess.question") << " " << shell.say(outcome.questions.front().message) << "\n";
  }
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
  auto reading = read_all(shell, command.input, scratch, command.json);
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
    print_table(shell, outcome);
  }
  return std::cout.flush() ? 0 : 1;
}

}  // namespace releve::main
