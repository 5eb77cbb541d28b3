// SPDX-License-Identifier: EUPL-1.2
#include "foundation/store/files.hpp"

#include "foundation/base/hash.hpp"
#include "foundation/store/file_copy.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <system_error>
#include <vector>

namespace releve::store {
namespace {

constexpr std::size_t piece = 1 << 18;

[[noreturn]] void fail(const std::string& doing, const std::string& path, int reason = errno) {
  throw EnvironmentFailure(doing + " " + path + ": " + std::generic_category().message(reason));
}

class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}

  ~Descriptor() {
    if (number_ >= 0) {
      ::close(number_);
    }
  }

  Descriptor(Descriptor&& other) noexcept : number_(other.release()) {}

  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;

  int get() const { return number_; }

  bool ok() const { return number_ >= 0; }

  int release() { return std::exchange(number_, -1); }

 private:
  int number_;
};

/// Removes a file that did not become what it was made for.
struct RemoveUnlessKept {
  const std::string& path;
  bool kept = false;

  ~RemoveUnlessKept() {
    if (!kept) {
      ::unlink(path.c_str());
    }
  }
};

void sync(const Descriptor& file, const std::string& path) {
  if (::fsync(file.get()) != 0) {
    fail("cannot sync", path);
  }
}

void sync_folder(const std::string& path) {
  const Descriptor folder(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!folder.ok()) {
    fail("cannot open folder", path);
  }
  sync(folder, path);
}

/// 0 at the end of the file.
std::size_t read_piece(const Descriptor& file, std::vector<char>& buffer, const std::string& path) {
  while (true) {
    const ssize_t size = ::read(file.get(), buffer.data(), buffer.size());
    if (size >= 0) {
      return static_cast<std::size_t>(size);
    }
    if (errno != EINTR) {
      fail("cannot read", path);
    }
  }
}

void write_all(const Descriptor& file, std::string_view bytes, const std::string& path) {
  while (!bytes.empty()) {
    const ssize_t size = ::write(file.get(), bytes.data(), bytes.size());
    if (size < 0 && errno != EINTR) {
      fail("cannot write", path);
    }
    bytes.remove_prefix(size < 0 ? 0 : static_cast<std::size_t>(size));
  }
}

Descriptor create(const std::string& path) {
  Descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
  if (!file.ok()) {
    fail("cannot create", path);
  }
  return file;
}

/// Hashes what is left of a file, and copies it when there is somewhere to copy to.
StoredFile drain(const Descriptor& from, const std::string& path, const Descriptor* to = nullptr) {
  StoredFile stored;
  Hasher hasher;
  std::vector<char> buffer(piece);
  while (const std::size_t size = read_piece(from, buffer, path)) {
    const std::string_view bytes(buffer.data(), size);
    hasher.update(bytes);
    stored.size += size;
    if (to) {
      write_all(*to, bytes, path);
    }
  }
  stored.hash = hasher.hex();
  return stored;
}

/// A folder of ours, for its owner alone.
bool make_private(const std::string& path) {
  return (::mkdir(path.c_str(), 0700) == 0 || errno == EEXIST) && ::chmod(path.c_str(), 0700) == 0;
}

/// Removes the spools of processes that are dead, and whatever else lies about. Only in one's turn: a spool
/// that is being made has no lock yet.
void remove_dead_spools(const std::string& folder, const std::string& turn) {
  std::error_code fault;
  for (const auto& entry : std::filesystem::directory_iterator(folder, fault)) {
    std::error_code ignored;
    const std::string path = entry.path().string();
    if (path != turn && (!entry.is_directory(ignored) || Lock::try_take(path + "/lock").held())) {
      std::filesystem::remove_all(path, ignored);
    }
  }
}

}  // namespace

Result<std::unique_ptr<FileStore>> FileStore::open(const std::string& folder, Sharing sharing) {
  const auto refuse = [&](int reason) {
    return Error{ErrorKind::unavailable,
                 message("store.bad_folder",
                         {{"folder", folder}, {"reason", std::generic_category().message(reason)}}),
                 {}};
  };
  // A folder that was there may hold other things of its owner: its mode is then theirs to choose.
  const bool made = ::mkdir(folder.c_str(), 0700) == 0;
  if (!made && errno != EEXIST) {
    return refuse(errno);
  }
  Lock lock =
      Lock::try_take(folder + "/lock", sharing == Sharing::nobody ? Lock::Kind::alone : Lock::Kind::shared);
  if (!lock.held() && errno == EWOULDBLOCK) {
    return Error{ErrorKind::conflict, message("store.folder_in_use", {{"folder", folder}}), {}};
  }
  if (!lock.held() || !make_private(folder + "/files") || !make_private(folder + "/spool")) {
    return refuse(errno);
  }
  const std::string turn_path = folder + "/spool/turn";
  const Lock turn = Lock::take(turn_path);
  if (!turn.held()) {
    return refuse(errno);
  }
  remove_dead_spools(folder + "/spool", turn_path);
  const std::string spool = folder + "/spool/" + random_hex(8);
  if (!make_private(spool)) {
    return refuse(errno);
  }
  Lock spool_lock = Lock::try_take(spool + "/lock");
  if (!spool_lock.held()) {
    return refuse(errno);
  }
  sync_folder(folder);
  if (made) {
    sync_folder(std::filesystem::absolute(folder + "/..").string());
  }
  return std::unique_ptr<FileStore>(new FileStore(folder, spool, std::move(lock), std::move(spool_lock)));
}

FileStore::~FileStore() {
  std::error_code ignored;
  std::filesystem::remove_all(spool_, ignored);
}

std::string FileStore::new_spool_path() const {
  return spool_ + "/" + random_hex(16);
}

/// Gives a synced file its lasting name. One that is there has the same content, or was damaged.
void FileStore::place(const std::string& path, const std::string& hash) {
  if (::rename(path.c_str(), path_of(hash).c_str()) != 0) {
    fail("cannot move", path);
  }
  sync_folder(folder_ + "/files");
}

Result<StoredFile> FileStore::adopt(const std::string& path) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
  struct stat facts{};
  if (!file.ok() || ::fstat(file.get(), &facts) != 0 || !S_ISREG(facts.st_mode)) {
    return Error{ErrorKind::invalid,
                 message("store.not_a_file", {{"file", std::filesystem::path(path).filename().string()}}),
                 {}};
  }
  struct stat files{};
  if (::stat((folder_ + "/files").c_str(), &files) != 0) {
    fail("cannot find", folder_ + "/files");
  }
  if (facts.st_dev == files.st_dev) {
    StoredFile stored = drain(file, path);
    if (::fchmod(file.get(), 0600) != 0) {
      fail("cannot keep private", path);
    }
    sync(file, path);
    place(path, stored.hash);
    return stored;
  }
  const std::string copy_path = new_spool_path();
  const Descriptor copy = create(copy_path);
  RemoveUnlessKept cleaner{copy_path};
  StoredFile stored = drain(file, path, &copy);
  sync(copy, copy_path);
  place(copy_path, stored.hash);
  cleaner.kept = true;
  ::unlink(path.c_str());
  return stored;
}

std::string FileStore::put(std::string_view bytes) {
  const std::string path = new_spool_path();
  const Descriptor file = create(path);
  RemoveUnlessKept cleaner{path};
  write_all(file, bytes, path);
  sync(file, path);
  std::string hash = content_hash(bytes);
  place(path, hash);
  cleaner.kept = true;
  return hash;
}

std::string FileStore::path_of(const std::string& hash) const {
  const bool is_hash = hash.size() == 64 && hash.find_first_not_of("0123456789abcdef") == std::string::npos;
  RELEVE_CHECK(is_hash, "not the hash of a file");
  return folder_ + "/files/" + hash;
}

Result<std::string> FileStore::get(const std::string& hash) const {
  const std::string path = path_of(hash);
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
  struct stat facts{};
  if (!file.ok() && errno != ENOENT) {
    fail("cannot open", path);
  }
  if (!file.ok() || ::fstat(file.get(), &facts) != 0) {
    return Error{ErrorKind::not_found, message("store.file_missing", {{"file", hash}}), {}};
  }
  if (static_cast<std::uint64_t>(facts.st_size) > max_file_in_memory) {
    return Error{ErrorKind::limit, message("store.file_too_large", {{"file", hash}}), {}};
  }
  std::string bytes;
  bytes.reserve(static_cast<std::size_t>(facts.st_size));
  std::vector<char> buffer(std::clamp<std::size_t>(static_cast<std::size_t>(facts.st_size), 1, piece));
  while (const std::size_t size = read_piece(file, buffer, path)) {
    bytes.append(buffer.data(), size);
  }
  if (content_hash(bytes) != hash) {
    throw EnvironmentFailure("damaged file: " + path);
  }
  return bytes;
}

StoredFile copy_file(const std::string& from, const std::string& to) {
  const Descriptor source(::open(from.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
  if (!source.ok()) {
    fail("cannot open", from);
  }
  const Descriptor target = create(to);
  RemoveUnlessKept cleaner{to};
  StoredFile copied = drain(source, from, &target);
  sync(target, to);
  cleaner.kept = true;
  return copied;
}

StoredFile measure_file(const std::string& path) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
  if (!file.ok()) {
    fail("cannot open", path);
  }
  return drain(file, path);
}

void write_file(const std::string& path, std::string_view bytes) {
  const Descriptor file = create(path);
  RemoveUnlessKept cleaner{path};
  write_all(file, bytes, path);
  sync(file, path);
  cleaner.kept = true;
}

void sync_names(const std::string& folder) {
  sync_folder(folder);
}

bool FileStore::remove(const std::string& hash, Instant before) {
  const auto stored_since = [&](const std::string& path) {
    struct stat facts{};
    return ::stat(path.c_str(), &facts) != 0 ||
           std::chrono::seconds(facts.st_mtim.tv_sec) >= before.time_since_epoch();
  };
  const std::string path = path_of(hash);
  // It may be stored anew between the look and the removal: out of the way first, then looked at again.
  const std::string aside = new_spool_path();
  if (stored_since(path) || ::rename(path.c_str(), aside.c_str()) != 0) {
    return false;
  }
  if (stored_since(aside)) {
    ::rename(aside.c_str(), path.c_str());
    return false;
  }
  ::unlink(aside.c_str());
  return true;
}

}  // namespace releve::store
