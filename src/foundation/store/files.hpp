// SPDX-License-Identifier: EUPL-1.2
// The data folder: content as files named by their hash, and a spool for what is still being received.
//
//   DATA/lock           held by the one process that serves this folder, or by all that share it
//   DATA/files/<hash>   BLAKE2b-256 of the content, 64 hex digits; mode 0600; never half-written
//   DATA/spool/<name>/  of one process, which holds <name>/lock; what dead processes left goes at start-up
//   DATA/spool/turn     locked for a moment by the one that cleans up
//
// Processes on several machines may share the folder over a file system that has locks and an atomic rename.
// A file is on the disk before its hash is returned: a row that names it may follow. Thread-safe.
// EnvironmentFailure: disk full, no access; no part of a file is then left under its hash.
#pragma once

#include "foundation/base/result.hpp"
#include "foundation/base/time.hpp"
#include "foundation/store/lock.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace releve::store {

/// The most that get() brings into memory.
inline constexpr std::uint64_t max_file_in_memory = 512ULL << 20;

struct StoredFile {
  std::string hash;
  std::uint64_t size = 0;
  bool operator==(const StoredFile&) const = default;
};

/// Who else may use the folder at the same time.
enum class Sharing { nobody, others_that_share };

class FileStore {
 public:
  /// Makes the folder (mode 0700) when it is not there, takes its lock and a spool. Errors:
  /// "store.folder_in_use" (another process serves it), "store.bad_folder" (not a usable folder).
  static Result<std::unique_ptr<FileStore>> open(const std::string& folder,
                                                 Sharing sharing = Sharing::nobody);
  ~FileStore();
  FileStore(const FileStore&) = delete;
  FileStore& operator=(const FileStore&) = delete;

  /// Of this process alone, on the disk of the files.
  const std::string& spool() const { return spool_; }

  /// A path in the spool that no file has yet: receive there, then adopt().
  std::string new_spool_path() const;
  /// Takes a file over: hashed as a stream, moved (copied when it is on another disk, and then removed).
  /// The same content twice is one file. Errors: "store.not_a_file".
  Result<StoredFile> adopt(const std::string& path);
  /// Stores bytes and returns their hash.
  std::string put(std::string_view bytes);

  /// Where the content is; the file may be absent. Bug: not a hash.
  std::string path_of(const std::string& hash) const;
  /// Errors: "store.file_missing", "store.file_too_large". EnvironmentFailure: the content has lost its hash.
  Result<std::string> get(const std::string& hash) const;

  /// Removes a file that no row names any more, unless the same content has been stored anew since `before`:
  /// whoever stored it may be about to write its row. Has it gone?
  bool remove(const std::string& hash, Instant before);

 private:
  FileStore(std::string folder, std::string spool, Lock lock, Lock spool_lock)
      : folder_(std::move(folder)),
        spool_(std::move(spool)),
        lock_(std::move(lock)),
        spool_lock_(std::move(spool_lock)) {}

  void place(const std::string& path, const std::string& hash);

  std::string folder_;
  std::string spool_;
  Lock lock_;
  Lock spool_lock_;
};

}  // namespace releve::store
