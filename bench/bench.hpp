// SPDX-License-Identifier: EUPL-1.2
// What the benchmarks share: clocks, medians, the line that says a result.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace releve::bench {

/// A folder of its own, removed at the end.
class Scratch {
 public:
  Scratch();
  ~Scratch();
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;

  std::string file(std::string_view name) const { return path_ + "/" + std::string(name); }

 private:
  std::string path_;
};

/// Wall time.
double seconds_of(const std::function<void()>& work);
/// Processor time of this process, which a busy machine bends far less; for work of one thread.
double processor_seconds_of(const std::function<void()>& work);
double median(std::vector<double> values);
/// Most memory this process has held so far, in MB of 10^6 bytes.
double peak_mb();
/// "figure spread.ratio_boost 3.1 times"
void figure(std::string_view name, double value, std::string_view unit);

/// Runs `work` in a process of its own, so that its memory is its own too; it gives back a few numbers, and
/// the peak comes last. Throws std::runtime_error when the child fails. Only for a process with one thread.
std::vector<double> in_child(const std::function<std::vector<double>()>& work);

}  // namespace releve::bench
