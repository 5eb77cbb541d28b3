// SPDX-License-Identifier: EUPL-1.2
#include "foundation/report/zip.hpp"

#include "foundation/base/result.hpp"

#include <archive.h>
#include <archive_entry.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

namespace releve::report {
namespace {

namespace fs = std::filesystem;

std::string in_folder(const std::string& name) {
  return (fs::path(testing::TempDir()) / name).string();
}

std::string bytes_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

void write_two(const std::string& path) {
  ZipWriter zip(path);
  zip.begin_entry("a.json");
  zip.write("{}");
  zip.begin_entry("dossier/e.txt");
  for (int i = 0; i < 10'000; ++i) {
    zip.write("ligne " + std::to_string(i) + "\n");
  }
  zip.finish();
}

std::map<std::string, std::size_t> entries_of(const std::string& path) {
  std::map<std::string, std::size_t> sizes;
  archive* reader = archive_read_new();
  archive_read_support_format_zip(reader);
  EXPECT_EQ(archive_read_open_filename(reader, path.c_str(), 10'240), ARCHIVE_OK);
  archive_entry* entry = nullptr;
  while (archive_read_next_header(reader, &entry) == ARCHIVE_OK) {
    const char* name = archive_entry_pathname_utf8(entry);
    std::size_t& size = sizes[name != nullptr ? name : "?"];
    char buffer[4096];
    for (la_ssize_t n = archive_read_data(reader, buffer, sizeof buffer); n > 0;
         n = archive_read_data(reader, buffer, sizeof buffer)) {
      size += static_cast<std::size_t>(n);
    }
  }
  archive_read_free(reader);
  return sizes;
}

TEST(zip, what_is_written_reads_back) {
  const std::string path = in_folder("back.zip");
  write_two(path);
  const auto entries = entries_of(path);
  ASSERT_EQ(entries.size(), 2U);
  EXPECT_EQ(entries.at("a.json"), 2U);
  EXPECT_EQ(entries.at("dossier/e.txt"), 10'000U * 7 + 10 + 90 * 2 + 900 * 3 + 9'000 * 4);
}

TEST(zip, same_entries_same_bytes_in_every_time_zone) {
  // NOLINTBEGIN(concurrency-mt-unsafe): the test has one thread
  write_two(in_folder("one.zip"));
  const char* before = std::getenv("TZ");
  const std::string kept = before != nullptr ? before : "";
  setenv("TZ", "America/Cayenne", 1);
  tzset();
  write_two(in_folder("two.zip"));
  before != nullptr ? setenv("TZ", kept.c_str(), 1) : unsetenv("TZ");
  tzset();
  // NOLINTEND(concurrency-mt-unsafe)
  EXPECT_EQ(bytes_of(in_folder("one.zip")), bytes_of(in_folder("two.zip")));
}

TEST(zip, unfinished_archive_is_removed) {
  const std::string path = in_folder("unfinished.zip");
  {
    ZipWriter zip(path);
    zip.begin_entry("a");
    zip.write("text");
  }
  EXPECT_FALSE(fs::exists(path));
}

TEST(zip, folder_that_does_not_exist_is_an_environment_failure) {
  EXPECT_THROW(ZipWriter(in_folder("no/such/folder/a.zip")), EnvironmentFailure);
}

}  // namespace
}  // namespace releve::report
