// SPDX-License-Identifier: EUPL-1.2
#include "foundation/base/message.hpp"

#include "foundation/base/result.hpp"

#include <algorithm>

namespace releve {

Message message(std::string code, std::vector<Param> params) {
  return Message{std::move(code), std::move(params)};
}

void Findings::add(Finding finding) {
  if (finding.file.empty()) {
    finding.file = file_;
  }
  has_error_ = has_error_ || finding.severity == Severity::error;
  auto count = std::find_if(counts_.begin(), counts_.end(),
                            [&](const auto& entry) { return entry.first == finding.message.code; });
  if (count == counts_.end()) {
    counts_.emplace_back(finding.message.code, 0);
    count = std::prev(counts_.end());
  }
  if (++count->second <= static_cast<std::int64_t>(max_findings_per_code)) {
    list_.push_back(std::move(finding));
  }
}

void Findings::add(Severity severity, Message what, std::string place, std::int64_t line) {
  add(Finding{severity, std::move(what), file_, line, std::move(place)});
}

std::vector<Finding> Findings::take() {
  for (const auto& [code, count] : counts_) {
    const auto more = count - static_cast<std::int64_t>(max_findings_per_code);
    if (more > 0) {
      list_.push_back(Finding{Severity::note,
                              message("findings.more", {{"count", std::to_string(more)}, {"code", code}}),
                              file_,
                              0,
                              {}});
    }
  }
  counts_.clear();
  return std::move(list_);
}

void report_bug(std::string_view condition, std::string_view why, const char* file, int line) {
  throw Bug(std::string(file) + ":" + std::to_string(line) + ": " + std::string(why) + " (" +
            std::string(condition) + ")");
}

}  // namespace releve
