// SPDX-License-Identifier: EUPL-1.2
#include "foundation/store/files.hpp"

#include "foundation/base/hash.hpp"
#include "foundation/store/test_database.hpp"

#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <thread>

namespace releve::store {
namespace {

namespace fs = std::filesystem;

class files : public testing::Test {
 protected:
  std::string data() const { return folder_.path() + "/data"; }

  std::unique_ptr<FileStore> open() const {
    auto store = FileStore::open(data());
    EXPECT_TRUE(store.ok());
    return std::move(store).value();
  }

  std::string written(const std::string& path, std::string_view bytes) const {
    std::ofstream(path, std::ios::binary) << bytes;
    return path;
  }

  static std::size_t entries(const std::string& folder) {
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
  }

  /// What lies in a spool, its lock aside.
  static std::size_t spooled(const FileStore& store) { return entries(store.spool()) - 1; }

  static unsigned mode(const std::string& path) {
    struct stat facts{};
    EXPECT_EQ(::stat(path.c_str(), &facts), 0) << path;
    return facts.st_mode & 0777U;
  }

  const std::string& outside() const { return folder_.path(); }

 private:
  TestFolder folder_;
};

TEST_F(files, bytes_come_back) {
  const auto store = open();
  for (const std::string& bytes :
       {std::string(), std::string("abc"), std::string("a\0b\xFF", 4), std::string(3 << 20, 'z')}) {
    const std::string hash = store->put(bytes);
    EXPECT_EQ(hash, content_hash(bytes));
    EXPECT_EQ(store->put(bytes), hash);
    EXPECT_EQ(*store->get(hash), bytes);
    EXPECT_EQ(store->path_of(hash), data() + "/files/" + hash);
    EXPECT_EQ(mode(store->path_of(hash)), 0600U);
  }
  EXPECT_EQ(entries(data() + "/files"), 4U);
  EXPECT_EQ(spooled(*store), 0U);
  EXPECT_EQ(mode(data()), 0700U);
  EXPECT_EQ(mode(data() + "/files"), 0700U);
  EXPECT_EQ(mode(data() + "/spool"), 0700U);
}

TEST_F(files, adopts_a_spooled_file) {
  const auto store = open();
  const std::string bytes(1'000'003, 'q');
  for (int i = 0; i < 2; ++i) {
    const std::string path = written(store->new_spool_path(), bytes);
    fs::permissions(path, fs::perms::all);
    const auto stored = store->adopt(path);
    ASSERT_TRUE(stored.ok());
    EXPECT_EQ(*stored, (StoredFile{content_hash(bytes), bytes.size()}));
    EXPECT_FALSE(fs::exists(path));
    EXPECT_EQ(*store->get(stored->hash), bytes);
    EXPECT_EQ(mode(store->path_of(stored->hash)), 0600U);
  }
  EXPECT_EQ(entries(data() + "/files"), 1U);
}

TEST_F(files, adopts_from_another_disk) {
  const fs::path shared_memory = "/dev/shm";
  struct stat here{};
  struct stat there{};
  ASSERT_EQ(::stat(outside().c_str(), &here), 0);
  const auto store = open();
  const bool other_disk = ::stat(shared_memory.c_str(), &there) == 0 && here.st_dev != there.st_dev;
  const std::string from = (other_disk ? shared_memory.string() : outside()) + "/releve-" + random_hex(8);
  const auto stored = store->adopt(written(from, "from elsewhere"));
  ASSERT_TRUE(stored.ok());
  EXPECT_EQ(*store->get(stored->hash), "from elsewhere");
  EXPECT_EQ(mode(store->path_of(stored->hash)), 0600U);
  EXPECT_FALSE(fs::exists(from));
  EXPECT_EQ(spooled(*store), 0U);
}

TEST_F(files, refuses_what_is_no_file) {
  const auto store = open();
  ASSERT_EQ(::mkfifo((outside() + "/pipe").c_str(), 0600), 0);
  fs::create_symlink(written(outside() + "/target", "x"), outside() + "/link");
  for (const std::string& path :
       {outside() + "/absent", outside() + "/pipe", outside() + "/link", outside()}) {
    const auto stored = store->adopt(path);
    ASSERT_FALSE(stored.ok()) << path;
    EXPECT_EQ(stored.error().message.code, "store.not_a_file");
  }
  EXPECT_EQ(entries(data() + "/files"), 0U);
}

TEST_F(files, absent_and_damaged_files_are_told_apart) {
  const auto store = open();
  EXPECT_EQ(store->get(std::string(64, 'a')).error().message.code, "store.file_missing");
  const std::string hash = store->put("original");
  written(store->path_of(hash), "damaged!");
  EXPECT_THROW(static_cast<void>(store->get(hash)), EnvironmentFailure);
  EXPECT_EQ(store->put("original"), hash);
  EXPECT_EQ(*store->get(hash), "original");
  for (const std::string& name :
       {std::string(), std::string("../lock"), std::string(64, 'A'), std::string(63, 'a')}) {
    EXPECT_THROW(store->path_of(name), Bug) << name;
  }
}

TEST_F(files, start_empties_the_spool_and_keeps_the_files) {
  std::string hash;
  {
    const auto store = open();
    hash = store->put("kept");
    written(store->new_spool_path(), "half an upload");
    fs::create_directories(data() + "/spool/folder/inside");
  }
  const auto store = open();
  EXPECT_EQ(spooled(*store), 0U);
  EXPECT_EQ(entries(data() + "/spool"), 2U) << "its own, and the turn";
  EXPECT_EQ(*store->get(hash), "kept");
}

TEST_F(files, a_served_folder_is_refused_to_others) {
  auto store = open();
  const std::string upload = written(store->new_spool_path(), "being received");
  const pid_t other = fork();
  if (other == 0) {
    const auto second = FileStore::open(data());
    std::_Exit(!second.ok() && second.error().message == message("store.folder_in_use", {{"folder", data()}})
                   ? 0
                   : 1);
  }
  int status = 0;
  waitpid(other, &status, 0);
  EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0);
  EXPECT_EQ(FileStore::open(data()).error().kind, ErrorKind::conflict);  // this process too
  EXPECT_TRUE(fs::exists(upload)) << "the spool of the process that serves was not touched";
  store.reset();
  EXPECT_TRUE(FileStore::open(data()).ok());
}

TEST_F(files, a_shared_folder_is_for_those_that_share_it) {
  const auto shared = [&] { return FileStore::open(data(), Sharing::others_that_share); };
  auto first = shared().value();
  auto second = shared().value();
  EXPECT_EQ(FileStore::open(data()).error().message.code, "store.folder_in_use");
  const std::string upload = written(first->new_spool_path(), "being received");
  auto third = shared().value();
  EXPECT_TRUE(fs::exists(upload)) << "the spool of a process that lives is not touched";
  const std::string copy = written(second->new_spool_path(), "being received");
  const StoredFile one = *first->adopt(upload);
  EXPECT_EQ(*second->adopt(copy), one) << "the same file, taken over by both";
  EXPECT_EQ(*third->get(one.hash), "being received");
  EXPECT_EQ(entries(data() + "/files"), 1U);
  first.reset();
  second.reset();
  third.reset();
  auto alone = open();
  EXPECT_EQ(shared().error().message.code, "store.folder_in_use");
}

/// What a process that was killed has left in its spool goes when the next one comes, and nothing else.
TEST_F(files, the_spool_of_a_dead_process_goes) {
  const auto living = FileStore::open(data(), Sharing::others_that_share).value();
  const pid_t child = fork();
  if (child == 0) {
    auto dying = FileStore::open(data(), Sharing::others_that_share).value();
    written(dying->new_spool_path(), "half an upload");
    static_cast<void>(dying.release());
    std::_Exit(0);
  }
  int status = 0;
  waitpid(child, &status, 0);
  EXPECT_EQ(entries(data() + "/spool"), 3U);
  const auto next = FileStore::open(data(), Sharing::others_that_share).value();
  EXPECT_EQ(entries(data() + "/spool"), 3U) << "two that live, and the turn";
  EXPECT_TRUE(fs::exists(living->spool()));
}

TEST_F(files, unusable_folders_are_errors) {
  written(outside() + "/file", "x");
  for (const std::string& folder : {outside() + "/file", outside() + "/no/parent", std::string()}) {
    const auto store = FileStore::open(folder);
    ASSERT_FALSE(store.ok()) << folder;
    EXPECT_EQ(store.error().message.code, "store.bad_folder");
  }
}

TEST_F(files, a_full_disk_leaves_no_part_of_a_file) {
  const auto store = open();
  const std::string large(300'000, 'L');
  const fs::path shared_memory = "/dev/shm";
  const std::string upload = written(
      (fs::exists(shared_memory) ? shared_memory.string() : outside()) + "/releve-" + random_hex(8), large);
  std::signal(SIGXFSZ, SIG_IGN);
  rlimit before{};
  getrlimit(RLIMIT_FSIZE, &before);
  rlimit limit = before;
  limit.rlim_cur = 100'000;
  setrlimit(RLIMIT_FSIZE, &limit);
  EXPECT_THROW(store->put(large), EnvironmentFailure);
  EXPECT_EQ(entries(data() + "/files"), 0U);
  EXPECT_EQ(spooled(*store), 0U);
  if (fs::exists(shared_memory)) {
    EXPECT_THROW(static_cast<void>(store->adopt(upload)), EnvironmentFailure);
    EXPECT_TRUE(fs::exists(upload)) << "what was not adopted is still there";
    EXPECT_EQ(entries(data() + "/files"), 0U);
  }
  EXPECT_EQ(store->put("small"), content_hash("small"));
  setrlimit(RLIMIT_FSIZE, &before);
  std::signal(SIGXFSZ, SIG_DFL);
  EXPECT_EQ(store->put(large), content_hash(large));
  EXPECT_TRUE(store->adopt(upload).ok());
}

TEST_F(files, threads_put_the_same_content_at_once) {
  const auto store = open();
  const std::string bytes(500'000, 'p');
  std::vector<std::jthread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      for (int round = 0; round < 10; ++round) {
        EXPECT_EQ(*store->get(store->put(bytes)), bytes);
      }
    });
  }
  threads.clear();
  EXPECT_EQ(entries(data() + "/files"), 1U);
}

TEST_F(files, are_removed_unless_stored_anew) {
  const auto store = open();
  const std::string hash = store->put("an export");
  const Instant now = SystemClock().now();
  EXPECT_FALSE(store->remove(hash, now - std::chrono::hours(24))) << "of today";
  EXPECT_TRUE(store->get(hash).ok());
  fs::last_write_time(store->path_of(hash), fs::file_time_type::clock::now() - std::chrono::hours(48));
  store->put("an export");
  EXPECT_FALSE(store->remove(hash, now - std::chrono::hours(24))) << "stored anew";
  fs::last_write_time(store->path_of(hash), fs::file_time_type::clock::now() - std::chrono::hours(48));
  EXPECT_TRUE(store->remove(hash, now - std::chrono::hours(24)));
  EXPECT_FALSE(store->get(hash).ok());
  EXPECT_FALSE(store->remove(hash, now)) << "gone already";
}

}  // namespace
}  // namespace releve::store
