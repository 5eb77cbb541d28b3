// SPDX-License-Identifier: EUPL-1.2
#include "intake/watched_source.hpp"

#include <algorithm>
#include <cstring>

namespace releve::intake {

namespace {
constexpr std::uint64_t telling_step = 1'000'000;  // bytes between two calls of progress()
}

std::size_t WatchedSource::read(std::span<char> buffer) {
  if (!ahead_.empty()) {
    const std::size_t count = std::min(buffer.size(), ahead_.size());
    std::memcpy(buffer.data(), ahead_.data(), count);
    ahead_.erase(0, count);
    return count;
  }
  return read_inner(buffer);
}

std::string_view WatchedSource::peek(std::size_t bytes) {
  while (ahead_.size() < bytes) {
    const std::size_t had = ahead_.size();
    ahead_.resize(bytes);
    const std::size_t count = read_inner(std::span(ahead_).subspan(had));
    ahead_.resize(had + count);
    if (count == 0) {
      break;
    }
  }
  return std::string_view(ahead_).substr(0, bytes);
}

std::size_t WatchedSource::read_inner(std::span<char> buffer) {
  if (watch_.stop.stop_requested()) {
    cancelled_ = Error{ErrorKind::cancelled, message("import.cancelled"), {}};
    return 0;
  }
  const std::size_t count = buffer.empty() ? 0 : inner_.read(buffer);
  bytes_read_ += count;
  if (watch_.progress && (bytes_read_ - told_ >= telling_step || count == 0)) {
    told_ = bytes_read_;
    watch_.progress(bytes_read_);
  }
  return count;
}

}  // namespace releve::intake
