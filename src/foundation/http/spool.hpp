// SPDX-License-Identifier: EUPL-1.2
// The body of an upload, as a file that vanishes unless somebody moves it away.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace releve::http {

/// Owns one file "upload-XXXXXX" (0600) in the folder. Not thread-safe.
class SpoolFile {
 public:
  /// Throws EnvironmentFailure.
  explicit SpoolFile(const std::filesystem::path& folder);
  ~SpoolFile();
  SpoolFile(const SpoolFile&) = delete;
  SpoolFile& operator=(const SpoolFile&) = delete;

  /// Throws EnvironmentFailure (disk full).
  void append(std::string_view bytes);

  const std::string& path() const { return path_; }

  std::uint64_t size() const { return size_; }

 private:
  std::string path_;
  int fd_ = -1;
  std::uint64_t size_ = 0;
};

/// Makes the folder (0700) and removes what a dead process left there. The folder belongs to one server.
/// Throws EnvironmentFailure.
void prepare_spool_folder(const std::filesystem::path& folder);

}  // namespace releve::http
