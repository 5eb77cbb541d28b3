// SPDX-License-Identifier: EUPL-1.2
// A zip archive written as it comes: entries of any size in bounded memory. The same entries give the same
// bytes: no date (1980-01-01 everywhere) and no owner is written.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace releve::report {

/// Not thread-safe. Throws EnvironmentFailure when the disk refuses; the unfinished file is then removed.
class ZipWriter {
 public:
  /// Creates or replaces the file.
  explicit ZipWriter(const std::string& path);
  ~ZipWriter();
  ZipWriter(const ZipWriter&) = delete;
  ZipWriter& operator=(const ZipWriter&) = delete;

  /// Starts an entry; ends the one before. Names are printable ASCII with forward slashes
  /// (libarchive writes others only under a UTF-8 locale).
  void begin_entry(const std::string& name);
  void write(std::string_view bytes);
  /// Bytes on disk so far: what is still being packed is not counted.
  std::uint64_t bytes_written() const;
  /// Ends the archive. Without it the destructor removes the file.
  void finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace releve::report
