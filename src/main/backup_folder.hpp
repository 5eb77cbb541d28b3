// SPDX-License-Identifier: EUPL-1.2
// What a backup is made of:
//
//   BACKUP/manifest.json     every other file with its size and hash; written last
//   BACKUP/releve.db         all facts, as one SQLite file, whatever the engine they came from
//   BACKUP/files/<hash>      imports and outcomes
//   BACKUP/tables/<name>     data tables changed on this instance
//   BACKUP/keys/instance.key only when asked for: with it the backup opens what is sealed
#pragma once

#include "foundation/describe/describe.hpp"
#include "foundation/store/database.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace releve::main {

inline constexpr std::int64_t backup_format = 1;
inline constexpr std::string_view backup_database = "releve.db";
inline constexpr std::string_view backup_key = "keys/instance.key";

struct BackupFile {
  std::string path;  // within the backup
  std::int64_t size = 0;
  std::string hash;
  bool operator==(const BackupFile&) const = default;
};

constexpr auto describe(BackupFile*) {
  return Fields{field<&BackupFile::path>("within the backup"), field<&BackupFile::size>("bytes"),
                field<&BackupFile::hash>("BLAKE2b-256")};
}

struct Manifest {
  std::int64_t format = backup_format;
  std::string product;  // version that made it
  Instant made{};
  std::string engine;  // that the facts came from
  std::vector<BackupFile> files;
  std::vector<std::string> missing;  // named by the database, and not in the data folder any more
};

constexpr auto describe(Manifest*) {
  return Fields{field<&Manifest::format>("1"),
                field<&Manifest::product>("version that made it"),
                field<&Manifest::made>("when"),
                field<&Manifest::engine>("sqlite or postgresql"),
                field<&Manifest::files>("all files but this one"),
                field<&Manifest::missing>("files that the database names and the data folder had lost")};
}

/// May a file of a backup lie there? Whoever made a manifest does not choose where we write.
bool is_backup_path(std::string_view path);

/// The hashes of all files that the rows name: columns "file_hash" and those whose names end in "_file".
std::vector<std::string> files_named_by(store::Database& database);

/// A folder that becomes what it is to be when it is complete: until then it is beside its place, under a
/// name that says so. One that a death has left is taken away first.
class FolderInTheMaking {
 public:
  /// Errors: "backup.not_empty" (the place is taken), "store.bad_folder".
  static Result<FolderInTheMaking> begin(const std::string& place);
  ~FolderInTheMaking();
  FolderInTheMaking(FolderInTheMaking&& other) noexcept;
  FolderInTheMaking& operator=(FolderInTheMaking&&) = delete;

  const std::string& path() const { return path_; }

  /// A folder within; made when it is not there (0700).
  std::string folder(const std::string& name) const;
  /// It is complete: under its place from now on, after a power cut too.
  void finish();

 private:
  FolderInTheMaking(std::string place, std::string path) : place_(std::move(place)), path_(std::move(path)) {}

  std::string place_;
  std::string path_;
};

}  // namespace releve::main
