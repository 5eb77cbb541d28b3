// SPDX-License-Identifier: EUPL-1.2
// A file that says by its lock that somebody is at work. The lock ends with its process, however that ends.
#pragma once

#include "foundation/base/result.hpp"

#include <string>
#include <utility>

namespace releve::store {

class Lock {
 public:
  enum class Kind { alone, shared };

  Lock() = default;
  /// Takes it at once or not at all; the file is made when it is not there. Not held(): errno says why,
  /// EWOULDBLOCK when another holds it.
  static Lock try_take(const std::string& path, Kind kind = Kind::alone);
  /// Waits for it.
  static Lock take(const std::string& path);
  ~Lock();

  Lock(Lock&& other) noexcept : file_(std::exchange(other.file_, -1)) {}

  Lock& operator=(Lock&& other) noexcept {
    std::swap(file_, other.file_);
    return *this;
  }

  bool held() const { return file_ >= 0; }

 private:
  Lock(const std::string& path, int how);
  int file_ = -1;
};

/// Who writes to a SQLite file as if alone (serve, import, move) holds its lock, "<file>.lock"; PostgreSQL
/// needs none: not held. Errors: "store.database_in_use", "store.cannot_open".
Result<Lock> lock_database(const std::string& url);

}  // namespace releve::store
