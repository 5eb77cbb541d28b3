// SPDX-License-Identifier: EUPL-1.2
#include "intake/readers.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <system_error>

namespace releve::intake {

std::size_t MemorySource::read(std::span<char> buffer) {
  const std::size_t count = std::min(buffer.size(), rest_.size());
  std::memcpy(buffer.data(), rest_.data(), count);
  rest_.remove_prefix(count);
  return count;
}

FileSource::FileSource(const std::string& path) : descriptor_(::open(path.c_str(), O_RDONLY | O_CLOEXEC)) {
  if (descriptor_ < 0) {
    failure_ = Error{
        ErrorKind::not_found,
        message("import.cannot_open", {{"file", path}, {"reason", std::generic_category().message(errno)}}),
        path};
  }
}

FileSource::~FileSource() {
  if (descriptor_ >= 0) {
    ::close(descriptor_);
  }
}

std::size_t FileSource::read(std::span<char> buffer) {
  if (descriptor_ < 0) {
    return 0;
  }
  for (;;) {
    const ssize_t count = ::read(descriptor_, buffer.data(), buffer.size());
    if (count >= 0) {
      return static_cast<std::size_t>(count);
    }
    if (errno != EINTR) {
      failure_ = Error{ErrorKind::unavailable,
                       message("import.cannot_read", {{"reason", std::generic_category().message(errno)}}),
                       {}};
      return 0;
    }
  }
}

}  // namespace releve::intake
