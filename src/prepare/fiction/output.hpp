// SPDX-License-Identifier: EUPL-1.2
// A text file being written. Internal.
#pragma once

#include <cstdint>
#include <cstdio>
#include <string>
#include <string_view>

namespace releve::fiction {

/// Throws EnvironmentFailure; close() must be called, or the file is removed.
class OutputFile {
 public:
  explicit OutputFile(const std::string& path);
  ~OutputFile();
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;

  void write(std::string_view bytes);

  std::uint64_t bytes_written() const { return written_; }

  void close();

 private:
  std::string path_;
  std::FILE* file_ = nullptr;
  std::uint64_t written_ = 0;
};

/// Text for XML content and attributes in double quotes.
std::string xml_text(std::string_view text);
/// "Mon Nov  2 06:00:00 2026", as scanners write dates; UTC.
std::string scanner_date(std::int64_t seconds);
/// "2026-11-02"
std::string day_text(std::int64_t seconds);
/// One decimal, without locale: "9.8".
std::string one_decimal(double value);

}  // namespace releve::fiction
