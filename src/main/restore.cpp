// SPDX-License-Identifier: EUPL-1.2
// releve restore: a data folder from a backup, or nothing. Every byte is held against the manifest, every row
// against the rules of its table, the trail against its hashes, and only then the folder gets its name.
#include "foundation/store/file_copy.hpp"
#include "main/backup_folder.hpp"
#include "main/house.hpp"
#include "respond/recall/callouts.hpp"
#include "steer/access/trail.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>

namespace releve::main {

namespace fs = std::filesystem;

namespace {

Error broken(const char* code, const std::string& file) {
  return Error{ErrorKind::conflict, message(code, {{"file", file.substr(0, 120)}}), {}};
}

Result<Manifest> read_manifest(const std::string& folder) {
  std::ifstream in(folder + "/manifest.json", std::ios::binary);
  if (!in) {
    return Error{ErrorKind::not_found, message("restore.no_backup", {{"folder", folder}}), {}};
  }
  auto manifest = TRY(from_json<Manifest>(std::string(std::istreambuf_iterator<char>(in), {})));
  if (manifest.format != backup_format) {
    return broken("restore.other_format", std::to_string(manifest.format));
  }
  return manifest;
}

Status copy_all(const Manifest& manifest, const std::string& backup, const FolderInTheMaking& folder) {
  for (const char* name : {"files", "tables", "keys"}) {
    folder.folder(name);
  }
  for (const BackupFile& file : manifest.files) {
    if (!is_backup_path(file.path)) {
      return broken("restore.strange_file", file.path);
    }
    const std::string from = backup + "/" + file.path;
    if (!fs::is_regular_file(fs::symlink_status(from))) {
      return broken("restore.file_missing", file.path);
    }
    const auto copied = store::copy_file(from, folder.path() + "/" + file.path);
    if (copied.hash != file.hash || std::cmp_not_equal(copied.size, file.size)) {
      return broken("restore.file_changed", file.path);
    }
  }
  return Done{};
}

/// What has to be true of the database, whatever made it.
Status check_rows(store::Database& database, const Manifest& manifest, const std::string& files) {
  bool whole = false;
  database.read([&](store::Transaction& t) {
    whole = t.query("pragma integrity_check").at(0).text(0) == "ok" &&
            t.query("pragma foreign_key_check").empty();
  });
  if (!whole) {
    return broken("restore.database_broken", std::string(backup_database));
  }
  for (const std::string& hash : files_named_by(database)) {
    const bool known_missing =
        std::find(manifest.missing.begin(), manifest.missing.end(), hash) != manifest.missing.end();
    if (!fs::exists(fs::path(files) / hash) && !known_missing) {
      return broken("restore.file_missing", "files/" + hash);
    }
  }
  return Done{};
}

/// The trail, with the key that goes with it: the one in the backup, or the one that was given.
Result<access::TrailCheck> check_trail(store::Database& database, const HouseOptions& house) {
  if (!fs::exists(house.key())) {
    return Error{ErrorKind::invalid, message("restore.key_needed"), {}};
  }
  const SystemClock clock;
  const InstanceKey key = TRY(InstanceKey::open(house.key()));
  TRY(hold_key(database, key, clock.now()));
  const access::TrailCheck check = access::Trail(database, clock, key).check();
  if (check.fault) {
    return Error{ErrorKind::conflict, *check.fault, {}};
  }
  return check;
}

Result<access::TrailCheck> restore(const Shell& shell, const RestoreCommand& command) {
  const Manifest manifest = TRY(read_manifest(command.from));
  FolderInTheMaking folder = TRY(FolderInTheMaking::begin(command.folder));
  TRY(copy_all(manifest, command.from, folder));
  access::TrailCheck check;
  {
    const HouseOptions house{folder.path(), "", command.key_file};
    const auto database = TRY(store::open_database({house.url(), 1}, SystemClock().now()));
    TRY(check_rows(*database, manifest, folder.path() + "/files"));
    check = TRY(check_trail(*database, house));
    TRY(crisis::begin_chains_anew(*database));
    TRY(recall::call_nobody_more(*database, shell.say(message("recall.restored")), SystemClock().now()));
  }
  folder.finish();
  return check;
}

}  // namespace

int run_restore(const Shell& shell, const RestoreCommand& command) {
  const auto check = restore(shell, command);
  if (!check) {
    return shell.fail(check.error());
  }
  std::cout << shell.say(message("restore.done", {{"folder", command.folder}})) << "\n"
            << shell.say(message("trail.whole", {{"entries", std::to_string(check->entries)},
                                                 {"digests", std::to_string(check->digests)}}))
            << "\n";
  return 0;
}

}  // namespace releve::main
