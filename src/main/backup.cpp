// SPDX-License-Identifier: EUPL-1.2
// releve backup: the database, then the files; while the server runs. A file is on the disk before a row
// names it and is never changed, so the files that are there after the snapshot are those of the snapshot,
// and more.
#include "foundation/store/file_copy.hpp"
#include "foundation/store/snapshot.hpp"
#include "main/backup_folder.hpp"
#include "main/instance_endpoints.hpp"

#include <algorithm>
#include <filesystem>
#include <iostream>

namespace releve::main {

namespace fs = std::filesystem;

namespace {

/// Puts one thing after the other into the folder and writes down what it was.
class Backup {
 public:
  Backup(const HouseOptions& house, FolderInTheMaking folder) : house_(house), folder_(std::move(folder)) {}

  Result<Manifest> run(bool with_key) {
    const Instant now = SystemClock().now();
    const std::string url = house_.url();
    const std::string database = folder_.path() + "/" + std::string(backup_database);
    manifest_.product = product_version;
    manifest_.made = now;
    manifest_.engine = url.starts_with("sqlite:") ? "sqlite" : "postgresql";
    TRY(store::snapshot(url, database, now));
    take_all("files");
    take_all("tables");
    if (with_key) {
      folder_.folder("keys");
      take(house_.key(), std::string(backup_key));
    }
    TRY(look_for_missing(database, now));
    const auto measured = store::measure_file(database);
    manifest_.files.push_back(
        {std::string(backup_database), static_cast<std::int64_t>(measured.size), measured.hash});
    store::write_file(folder_.path() + "/manifest.json", to_json(manifest_, true) + "\n");
    folder_.finish();
    return manifest_;
  }

 private:
  /// What a backup knows no place for (a lock, a draft) stays where it is.
  void take_all(const std::string& name) {
    folder_.folder(name);
    std::error_code fault;
    for (const auto& entry : fs::directory_iterator(house_.folder + "/" + name, fault)) {
      const std::string path = name + "/" + entry.path().filename().string();
      if (entry.is_regular_file() && is_backup_path(path)) {
        take(entry.path().string(), path);
      }
    }
  }

  /// A file that has lost its hash is no better than none.
  void take(const std::string& from, const std::string& path) {
    const std::string to = folder_.path() + "/" + path;
    const auto copied = store::copy_file(from, to);
    if (path.starts_with("files/") && !path.ends_with(copied.hash)) {
      fs::remove(to);
      return;
    }
    manifest_.files.push_back({path, static_cast<std::int64_t>(copied.size), copied.hash});
  }

  Status look_for_missing(const std::string& database, Instant now) {
    const auto opened = TRY(store::open_database({"sqlite:" + database, 1}, now));
    for (const std::string& hash : files_named_by(*opened)) {
      if (!fs::exists(folder_.path() + "/files/" + hash)) {
        manifest_.missing.push_back(hash);
      }
    }
    return Done{};
  }

  const HouseOptions& house_;
  FolderInTheMaking folder_;
  Manifest manifest_;
};

}  // namespace

int run_backup(const Shell& shell, const BackupCommand& command) {
  const HouseOptions house{command.folder, command.database, command.key_file};
  if (house.database.empty() && !fs::exists(house.folder + "/releve.db")) {
    return shell.fail(
        {ErrorKind::not_found, message("backup.nothing_there", {{"folder", house.folder}}), {}});
  }
  auto folder = FolderInTheMaking::begin(command.to);
  if (!folder) {
    return shell.fail(folder.error());
  }
  const auto manifest = Backup(house, std::move(folder).value()).run(command.with_key);
  if (!manifest) {
    return shell.fail(manifest.error());
  }
  const std::string files = std::to_string(manifest->files.size());
  std::cout << shell.say(message("backup.made", {{"folder", command.to}, {"files", files}})) << "\n";
  if (manifest->missing.empty()) {
    return 0;
  }
  // Made all the same: what is left is worth keeping, and whoever reads this has to look.
  for (const std::string& hash : manifest->missing) {
    std::cerr << "  " << hash << "\n";
  }
  const std::string count = std::to_string(manifest->missing.size());
  return shell.fail({ErrorKind::conflict, message("backup.files_missing", {{"count", count}}), {}});
}

}  // namespace releve::main
