// SPDX-License-Identifier: EUPL-1.2
#include "foundation/store/lock.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <system_error>

namespace releve::store {

Lock::Lock(const std::string& path, int how)
    : file_(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600)) {
  if (file_ >= 0 && ::flock(file_, how) != 0) {
    const int reason = errno;
    ::close(std::exchange(file_, -1));
    errno = reason;
  }
}

Lock::~Lock() {
  if (file_ >= 0) {
    ::close(file_);
  }
}

Lock Lock::try_take(const std::string& path, Kind kind) {
  return Lock(path, LOCK_NB | (kind == Kind::alone ? LOCK_EX : LOCK_SH));
}

Lock Lock::take(const std::string& path) {
  return Lock(path, LOCK_EX);
}

Result<Lock> lock_database(const std::string& url) {
  constexpr std::string_view sqlite = "sqlite:";
  if (!url.starts_with(sqlite)) {
    return Lock();
  }
  // One file, by whatever way it is reached.
  std::error_code fault;
  const std::string given = url.substr(sqlite.size());
  const std::string path = std::filesystem::weakly_canonical(given, fault).string();
  Lock lock = Lock::try_take((fault ? given : path) + ".lock");
  const int reason = errno;
  if (!lock.held() && reason == EWOULDBLOCK) {
    return Error{ErrorKind::conflict, message("store.database_in_use", {{"place", url}}), {}};
  }
  if (!lock.held()) {
    return Error{
        ErrorKind::unavailable,
        message("store.cannot_open", {{"place", url}, {"reason", std::generic_category().message(reason)}}),
        {}};
  }
  return lock;
}

}  // namespace releve::store
