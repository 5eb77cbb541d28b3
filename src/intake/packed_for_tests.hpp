// SPDX-License-Identifier: EUPL-1.2
// Archives made in memory, for the tests of readers.
#pragma once

#include "intake/imported.hpp"

#include <archive.h>
#include <archive_entry.h>

#include <algorithm>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace releve::intake {

using NamedFiles = std::vector<std::pair<std::string, std::string>>;

namespace packing {
inline la_ssize_t append(archive*, void* into, const void* bytes, size_t count) {
  static_cast<std::string*>(into)->append(static_cast<const char*>(bytes), count);
  return static_cast<la_ssize_t>(count);
}
}  // namespace packing

/// A zip of those files; `options` as libarchive has them: "zip:compression=store",
/// "zip:encryption=traditional" (with the password "secret").
inline std::string make_zip(const NamedFiles& files, const char* options = nullptr) {
  std::string out;
  archive* writer = archive_write_new();
  archive_write_set_format_zip(writer);
  archive_write_set_passphrase(writer, "secret");
  if (options != nullptr && archive_write_set_options(writer, options) != ARCHIVE_OK) {
    throw std::runtime_error(archive_error_string(writer));
  }
  archive_write_set_bytes_in_last_block(writer, 1);
  archive_write_open(writer, &out, nullptr, &packing::append, nullptr);
  for (const auto& [name, bytes] : files) {
    archive_entry* entry = archive_entry_new();
    archive_entry_set_pathname(entry, name.c_str());
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_perm(entry, 0644);
    archive_entry_set_size(entry, static_cast<la_int64_t>(bytes.size()));
    archive_write_header(writer, entry);
    archive_write_data(writer, bytes.data(), bytes.size());
    archive_entry_free(entry);
  }
  archive_write_close(writer);
  archive_write_free(writer);
  return out;
}

inline std::string make_gzip(std::string_view bytes) {
  std::string out;
  archive* writer = archive_write_new();
  archive_write_set_format_raw(writer);
  archive_write_add_filter_gzip(writer);
  archive_write_set_bytes_in_last_block(writer, 1);
  archive_write_open(writer, &out, nullptr, &packing::append, nullptr);
  archive_entry* entry = archive_entry_new();
  archive_entry_set_pathname(entry, "data");
  archive_entry_set_filetype(entry, AE_IFREG);
  archive_write_header(writer, entry);
  archive_write_data(writer, bytes.data(), bytes.size());
  archive_entry_free(entry);
  archive_write_close(writer);
  archive_write_free(writer);
  return out;
}

/// The bytes of an .xz file on disk; empty when it cannot be read.
inline std::string unpack_xz(const std::string& path) {
  std::string out;
  archive* reader = archive_read_new();
  archive_read_support_filter_xz(reader);
  archive_read_support_format_raw(reader);
  archive_entry* entry = nullptr;
  if (archive_read_open_filename(reader, path.c_str(), 65536) == ARCHIVE_OK &&
      archive_read_next_header(reader, &entry) == ARCHIVE_OK) {
    std::string block(65536, '\0');
    for (la_ssize_t count = 1; count > 0;) {
      count = archive_read_data(reader, block.data(), block.size());
      out.append(block.data(), count > 0 ? static_cast<std::size_t>(count) : 0);
    }
  }
  archive_read_free(reader);
  return out;
}

/// Gives its bytes a few at a time: what a reader may not depend on.
class DripSource final : public ByteSource {
 public:
  DripSource(std::string_view bytes, std::size_t step) : rest_(bytes), step_(step) {}

  std::size_t read(std::span<char> buffer) override {
    const std::size_t count = rest_.copy(buffer.data(), std::min(step_, buffer.size()));
    rest_.remove_prefix(count);
    return count;
  }

 private:
  std::string_view rest_;
  std::size_t step_;
};

/// The finding of that code, or null.
template <class Value>
const Finding* find_finding(const Imported<Value>& imported, std::string_view code) {
  for (const Finding& finding : imported.findings) {
    if (finding.message.code == code) {
      return &finding;
    }
  }
  return nullptr;
}

inline std::string param(const Finding& finding, std::string_view name) {
  for (const Param& param : finding.message.params) {
    if (param.name == name) {
      return param.value;
    }
  }
  return {};
}

}  // namespace releve::intake
