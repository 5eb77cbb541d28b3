// SPDX-License-Identifier: EUPL-1.2
#include "foundation/report/zip.hpp"

#include "foundation/base/result.hpp"

#include <archive.h>
#include <archive_entry.h>

#include <algorithm>
#include <cstdio>

namespace releve::report {

struct ZipWriter::State {
  std::string path;
  std::FILE* file = nullptr;
  archive* writer = nullptr;
  std::uint64_t written = 0;
  bool finished = false;

  ~State() {
    if (writer != nullptr) {
      archive_write_free(writer);
    }
    if (file != nullptr) {
      std::fclose(file);
    }
    if (!finished) {
      std::remove(path.c_str());
    }
  }

  void check(long result) {
    if (result < ARCHIVE_OK) {
      const char* why = archive_error_string(writer);
      throw EnvironmentFailure("zip " + path + ": " + (why != nullptr ? why : "failed"));
    }
  }

  static la_ssize_t store(archive*, void* self, const void* bytes, std::size_t length) {
    auto* state = static_cast<State*>(self);
    if (std::fwrite(bytes, 1, length, state->file) != length) {
      return -1;
    }
    state->written += length;
    return static_cast<la_ssize_t>(length);
  }
};

ZipWriter::ZipWriter(const std::string& path) : state_(std::make_unique<State>()) {
  state_->path = path;
  state_->file = std::fopen(path.c_str(), "wb");
  if (state_->file == nullptr) {
    state_->finished = true;  // nothing of ours to remove
    throw EnvironmentFailure("cannot write " + path);
  }
  state_->writer = archive_write_new();
  if (state_->writer == nullptr) {
    throw EnvironmentFailure("zip: out of memory");
  }
  state_->check(archive_write_set_format_zip(state_->writer));
  state_->check(archive_write_set_bytes_per_block(state_->writer, 64 * 1024));
  state_->check(archive_write_set_bytes_in_last_block(state_->writer, 1));
  state_->check(archive_write_open(state_->writer, state_.get(), nullptr, &State::store, nullptr));
}

ZipWriter::~ZipWriter() = default;

void ZipWriter::begin_entry(const std::string& name) {
  RELEVE_CHECK(std::all_of(name.begin(), name.end(), [](char c) { return c > ' ' && c < 0x7F; }), name);
  const std::unique_ptr<archive_entry, void (*)(archive_entry*)> entry(archive_entry_new(),
                                                                       archive_entry_free);
  archive_entry_set_pathname(entry.get(), name.c_str());
  archive_entry_set_filetype(entry.get(), AE_IFREG);
  archive_entry_set_perm(entry.get(), 0644);
  state_->check(archive_write_header(state_->writer, entry.get()));
}

void ZipWriter::write(std::string_view bytes) {
  while (!bytes.empty()) {
    const la_ssize_t taken = archive_write_data(state_->writer, bytes.data(), bytes.size());
    state_->check(static_cast<long>(taken));
    if (taken == 0) {
      throw EnvironmentFailure("zip " + state_->path + ": no entry is open");
    }
    bytes.remove_prefix(static_cast<std::size_t>(taken));
  }
}

std::uint64_t ZipWriter::bytes_written() const {
  return state_->written;
}

void ZipWriter::finish() {
  state_->check(archive_write_close(state_->writer));
  const bool stored = std::fclose(state_->file) == 0;
  state_->file = nullptr;
  if (!stored) {
    throw EnvironmentFailure("cannot write " + state_->path);
  }
  state_->finished = true;
}

}  // namespace releve::report
