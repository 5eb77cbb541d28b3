// SPDX-License-Identifier: EUPL-1.2
#include "main/backup_folder.hpp"

#include "foundation/store/file_copy.hpp"
#include "foundation/store/tables.hpp"

#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <system_error>

namespace releve::main {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view in_the_making = ".incomplete";

bool is_hash(std::string_view text) {
  return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

bool is_table_name(std::string_view text) {
  return text.ends_with(".json") && text.size() <= 80 &&
         text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_-.") == std::string_view::npos &&
         text.find("..") == std::string_view::npos;
}

bool is_vacant(const std::string& place) {
  std::error_code fault;
  return !fs::exists(place, fault) || (fs::is_directory(place, fault) && fs::is_empty(place, fault));
}

}  // namespace

bool is_backup_path(std::string_view path) {
  constexpr std::string_view files = "files/";
  constexpr std::string_view tables = "tables/";
  return path == backup_database || path == backup_key ||
         (path.starts_with(files) && is_hash(path.substr(files.size()))) ||
         (path.starts_with(tables) && is_table_name(path.substr(tables.size())));
}

std::vector<std::string> files_named_by(store::Database& database) {
  std::vector<std::string> hashes;
  for (const store::Table& table : store::fact_tables(database)) {
    for (const store::StoredColumn& column : table.columns) {
      if (column.name != "file_hash" && !column.name.ends_with("_file")) {
        continue;
      }
      database.read([&](store::Transaction& t) {
        for (const auto& row : t.query("select distinct " + column.name + " from " + table.name + " where " +
                                       column.name + " <> ''")) {
          hashes.push_back(row.text(0));
        }
      });
    }
  }
  std::sort(hashes.begin(), hashes.end());
  hashes.erase(std::unique(hashes.begin(), hashes.end()), hashes.end());
  return hashes;
}

Result<FolderInTheMaking> FolderInTheMaking::begin(const std::string& place) {
  const fs::path given = fs::absolute(place).lexically_normal();
  std::string whole = given.string();
  while (whole.size() > 1 && whole.ends_with('/')) {
    whole.pop_back();
  }
  if (!is_vacant(whole)) {
    return Error{ErrorKind::conflict, message("backup.not_empty", {{"folder", place}}), {}};
  }
  const std::string path = whole + std::string(in_the_making);
  std::error_code fault;
  fs::remove_all(path, fault);
  if (::mkdir(path.c_str(), 0700) != 0) {
    return Error{
        ErrorKind::unavailable,
        message("store.bad_folder", {{"folder", place}, {"reason", std::generic_category().message(errno)}}),
        {}};
  }
  return FolderInTheMaking(whole, path);
}

FolderInTheMaking::FolderInTheMaking(FolderInTheMaking&& other) noexcept
    : place_(std::move(other.place_)), path_(std::exchange(other.path_, {})) {}

FolderInTheMaking::~FolderInTheMaking() {
  if (!path_.empty()) {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
}

std::string FolderInTheMaking::folder(const std::string& name) const {
  std::string within = path_ + "/" + name;
  if (::mkdir(within.c_str(), 0700) != 0 && errno != EEXIST) {
    throw EnvironmentFailure("cannot make " + within + ": " + std::generic_category().message(errno));
  }
  return within;
}

void FolderInTheMaking::finish() {
  for (const auto& entry : fs::directory_iterator(path_)) {
    if (entry.is_directory()) {
      store::sync_names(entry.path().string());
    }
  }
  store::sync_names(path_);
  // An empty folder that stands there gives way.
  if (::rename(path_.c_str(), place_.c_str()) != 0) {
    throw EnvironmentFailure("cannot move " + path_ + ": " + std::generic_category().message(errno));
  }
  path_.clear();
  store::sync_names(fs::path(place_).parent_path().string());
}

}  // namespace releve::main
