// SPDX-License-Identifier: EUPL-1.2
#include "foundation/http/spool.hpp"

#include "foundation/base/result.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <system_error>

namespace releve::http {

namespace {

constexpr std::string_view prefix = "upload-";

[[noreturn]] void fail(const std::string& what) {
  throw EnvironmentFailure("spool: " + what + ": " + std::generic_category().message(errno));
}

}  // namespace

SpoolFile::SpoolFile(const std::filesystem::path& folder)
    : path_((folder / (std::string(prefix) + "XXXXXX")).string()) {
  fd_ = ::mkostemp(path_.data(), O_CLOEXEC);
  if (fd_ < 0) {
    fail(path_);
  }
}

SpoolFile::~SpoolFile() {
  ::close(fd_);
  ::unlink(path_.c_str());  // not there any more when the handler moved it
}

void SpoolFile::append(std::string_view bytes) {
  while (!bytes.empty()) {
    const auto written = ::write(fd_, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) {
      continue;
    }
    if (written < 0) {
      fail(path_);
    }
    bytes.remove_prefix(static_cast<std::size_t>(written));
    size_ += static_cast<std::uint64_t>(written);
  }
}

void prepare_spool_folder(const std::filesystem::path& folder) {
  std::error_code fault;
  if (std::filesystem::create_directories(folder, fault)) {
    std::filesystem::permissions(folder, std::filesystem::perms::owner_all, fault);
  }
  for (std::filesystem::directory_iterator entry(folder, fault), end; !fault && entry != end;
       entry.increment(fault)) {
    const std::string name = entry->path().filename().string();
    if (name.starts_with(prefix) && name.size() == prefix.size() + 6) {
      std::error_code ignored;
      std::filesystem::remove(entry->path(), ignored);
    }
  }
  if (fault) {
    throw EnvironmentFailure("spool: " + folder.string() + ": " + fault.message());
  }
}

}  // namespace releve::http
