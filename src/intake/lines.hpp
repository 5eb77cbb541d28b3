// SPDX-License-Identifier: EUPL-1.2
// A text as lines, from a stream. Not thread-safe.
#pragma once

#include "intake/imported.hpp"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace releve::intake {

/// Lines without their end ("\n" or "\r\n"). A line longer than `longest` is given cut.
class Lines {
 public:
  Lines(ByteSource& source, std::size_t longest) : source_(source), longest_(longest) {}

  /// Valid until the next call.
  std::optional<std::string_view> next() {
    line_.clear();
    for (;;) {
      if (at_ == block_.size() && !fill()) {
        ended_ = ended_ || !line_.empty();
        return line_.empty() ? std::nullopt : std::optional(shown());
      }
      const std::size_t end = block_.find('\n', at_);
      const std::string_view part = block_.substr(at_, end == std::string_view::npos ? end : end - at_);
      line_.append(part.substr(0, longest_ - std::min(longest_, line_.size())));
      at_ = end == std::string_view::npos ? block_.size() : end + 1;
      if (end != std::string_view::npos) {
        return shown();
      }
    }
  }

  /// The last line that next() gave has no end of its own: the text may have been cut in it.
  bool ended_without_newline() const { return ended_; }

 private:
  bool fill() {
    block_ = std::string_view(buffer_.data(), source_.read(buffer_));
    at_ = 0;
    return !block_.empty();
  }

  std::string_view shown() {
    if (line_.ends_with('\r')) {
      line_.pop_back();
    }
    return line_;
  }

  ByteSource& source_;
  std::size_t longest_;
  std::string buffer_ = std::string(64 * 1024, '\0');
  std::string_view block_;
  std::size_t at_ = 0;
  std::string line_;
  bool ended_ = false;
};

}  // namespace releve::intake
