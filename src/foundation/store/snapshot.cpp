// SPDX-License-Identifier: EUPL-1.2
#include "foundation/store/snapshot.hpp"

#include "foundation/store/connection.hpp"
#include "foundation/store/tables.hpp"

#include <fcntl.h>
#include <soci/sqlite3/soci-sqlite3.h>
#include <unistd.h>

#include <thread>

namespace releve::store {
namespace {

using namespace sqlite_api;

struct Close {
  void operator()(sqlite_api::sqlite3* handle) const { sqlite3_close(handle); }
};

using Handle = std::unique_ptr<sqlite_api::sqlite3, Close>;

[[noreturn]] void fail(sqlite_api::sqlite3* handle) {
  throw EnvironmentFailure(std::string("SQLite: ") + sqlite3_errmsg(handle));
}

Handle opened(const std::string& path, int flags) {
  sqlite_api::sqlite3* raw = nullptr;
  const int code = sqlite3_open_v2(path.c_str(), &raw, flags, nullptr);
  Handle handle(raw);
  if (code != SQLITE_OK) {
    fail(raw);
  }
  sqlite3_busy_timeout(raw, static_cast<int>(std::chrono::milliseconds(turn_limit).count()));
  return handle;
}

/// All pages in one step: one state of the source, whose writers are not held up by a reader of its log.
void copy_pages(const std::string& from, const std::string& to) {
  const Handle source = opened(from, SQLITE_OPEN_READWRITE);
  const Handle target = opened(to, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
  sqlite3_backup* backup = sqlite3_backup_init(target.get(), "main", source.get(), "main");
  if (backup == nullptr) {
    fail(target.get());
  }
  int code = SQLITE_BUSY;
  const auto until = std::chrono::steady_clock::now() + turn_limit;
  while ((code == SQLITE_BUSY || code == SQLITE_LOCKED) && std::chrono::steady_clock::now() < until) {
    code = sqlite3_backup_step(backup, -1);
    if (code != SQLITE_DONE) {
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
  }
  sqlite3_backup_finish(backup);
  if (code != SQLITE_DONE) {
    fail(target.get());
  }
}

/// One file: what the write-ahead log holds is in it, and the log is gone.
void close_log(const std::string& path) {
  const Handle handle = opened(path, SQLITE_OPEN_READWRITE);
  if (sqlite3_exec(handle.get(), "pragma journal_mode = delete", nullptr, nullptr, nullptr) != SQLITE_OK) {
    fail(handle.get());
  }
}

void sync(const std::string& path) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  const bool synced = file >= 0 && ::fsync(file) == 0;
  if (file >= 0) {
    ::close(file);
  }
  if (!synced) {
    throw EnvironmentFailure("cannot sync " + path);
  }
}

Status copy_rows(const std::string& url, const std::string& path, Instant now) {
  const auto from = TRY(open_database({url, 1}, now));
  const auto to = TRY(open_database({"sqlite:" + path, 1}, now));
  TRY(carry_over(*from, *to));
  return Done{};
}

}  // namespace

Status snapshot(const std::string& url, const std::string& path, Instant now) {
  const int file = ::open(path.c_str(), O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0600);
  if (file < 0) {
    throw EnvironmentFailure("cannot create " + path);
  }
  ::close(file);
  if (url.starts_with("sqlite:")) {
    copy_pages(url.substr(7), path);
  } else {
    TRY(copy_rows(url, path, now));
  }
  close_log(path);
  sync(path);
  return Done{};
}

}  // namespace releve::store
