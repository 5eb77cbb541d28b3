// SPDX-License-Identifier: EUPL-1.2
#include "intake/xlsx_archive.hpp"

#include "foundation/base/text.hpp"

#include <archive.h>
#include <archive_entry.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <system_error>
#include <utility>

namespace releve::intake::xlsx {
namespace {

// An entry of the archive's own list is 46 bytes and a name; libarchive loads the whole list at once.
constexpr std::uint64_t list_bytes_per_entry = 256;
constexpr std::uint64_t least_list_bytes = 1'000'000;
constexpr std::uint64_t free_expansion = 16'000'000;

}  // namespace

Result<PackedBytes> PackedBytes::open(const std::string& path) {
  PackedBytes packed;
  packed.descriptor_ = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  struct stat about{};
  const bool known = packed.descriptor_ >= 0 && ::fstat(packed.descriptor_, &about) == 0;
  if (!known || !S_ISREG(about.st_mode)) {
    const std::string reason = std::generic_category().message(known ? EINVAL : errno);
    return Error{ErrorKind::not_found, message("import.cannot_open", {{"file", path}, {"reason", reason}}),
                 path};
  }
  packed.size_ = static_cast<std::uint64_t>(about.st_size);
  return packed;
}

PackedBytes PackedBytes::over(std::string_view bytes) {
  PackedBytes packed;
  packed.memory_ = bytes;
  packed.size_ = bytes.size();
  return packed;
}

PackedBytes::PackedBytes(PackedBytes&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)), memory_(other.memory_), size_(other.size_) {}

PackedBytes::~PackedBytes() {
  if (descriptor_ >= 0) {
    ::close(descriptor_);
  }
}

std::int64_t PackedBytes::read_at(std::uint64_t offset, std::span<char> buffer) const {
  if (offset >= size_) {
    return 0;
  }
  const std::size_t wanted = static_cast<std::size_t>(std::min<std::uint64_t>(buffer.size(), size_ - offset));
  if (descriptor_ < 0) {
    std::memcpy(buffer.data(), memory_.data() + offset, wanted);
    return static_cast<std::int64_t>(wanted);
  }
  for (;;) {
    const ssize_t count = ::pread(descriptor_, buffer.data(), wanted, static_cast<off_t>(offset));
    if (count >= 0 || errno != EINTR) {
      return count;
    }
  }
}

std::string PackedBytes::piece(std::uint64_t offset, std::size_t count) const {
  std::string out(count, '\0');
  std::size_t have = 0;
  while (have < count) {
    const std::int64_t got = read_at(offset + have, std::span(out).subspan(have));
    if (got <= 0) {
      break;
    }
    have += static_cast<std::size_t>(got);
  }
  out.resize(have);
  return out;
}

/// libarchive's handle and what its callbacks need; at a fixed address for its lifetime.
struct PartWalk::Reader {
  const PackedBytes& packed;
  std::uint64_t most_list_bytes = 0;
  std::uint64_t offset = 0;
  std::uint64_t served = 0;
  bool listing = true;
  bool list_too_long = false;
  std::array<char, 65536> block{};
  archive* handle = archive_read_new();
  archive_entry* entry = nullptr;

  Reader(const PackedBytes& bytes, std::uint64_t most) : packed(bytes), most_list_bytes(most) {}

  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;

  ~Reader() { archive_read_free(handle); }

  static la_ssize_t give(archive*, void* self, const void** bytes) {
    Reader& reader = *static_cast<Reader*>(self);
    if (reader.listing && reader.served > reader.most_list_bytes) {
      reader.list_too_long = true;
      return -1;
    }
    const std::int64_t count = reader.packed.read_at(reader.offset, reader.block);
    *bytes = reader.block.data();
    if (count > 0) {
      reader.offset += static_cast<std::uint64_t>(count);
      reader.served += static_cast<std::uint64_t>(count);
    }
    return static_cast<la_ssize_t>(count);
  }

  static la_int64_t seek(archive*, void* self, la_int64_t by, int from) {
    Reader& reader = *static_cast<Reader*>(self);
    const auto size = static_cast<std::int64_t>(reader.packed.size());
    const std::int64_t base = from == SEEK_SET   ? 0
                              : from == SEEK_END ? size
                                                 : static_cast<std::int64_t>(reader.offset);
    std::int64_t target = 0;
    if (__builtin_add_overflow(base, static_cast<std::int64_t>(by), &target) || target < 0 || target > size) {
      return ARCHIVE_FATAL;
    }
    reader.offset = static_cast<std::uint64_t>(target);
    return target;
  }

  bool open() {
    // The list at the end of the archive is the truth: sizes in front of the parts may be missing.
    archive_read_support_format_zip_seekable(handle);
    archive_read_set_read_callback(handle, give);
    archive_read_set_seek_callback(handle, seek);
    archive_read_set_callback_data(handle, this);
    return archive_read_open1(handle) == ARCHIVE_OK;
  }
};

PartWalk::PartWalk(const PackedBytes& packed, const Limits& limits, const Watch& watch,
                   std::uint64_t& unpacked)
    : limits_(limits),
      watch_(watch),
      unpacked_(unpacked),
      reader_(std::make_unique<Reader>(
          packed, std::max(least_list_bytes, limits.max_archive_entries * list_bytes_per_entry))) {
  if (reader_->handle == nullptr) {
    throw EnvironmentFailure("libarchive: no memory");
  }
  if (!reader_->open()) {
    fail_as_damaged();
  }
}

PartWalk::~PartWalk() = default;

void PartWalk::fail(ErrorKind kind, Message what) {
  if (!failure_) {
    failure_ = Error{kind, std::move(what), {}};
  }
}

void PartWalk::fail_as_damaged() {
  fail(ErrorKind::invalid, message("import.sheet_archive_damaged"));
}

bool PartWalk::next() {
  if (failure_) {
    return false;
  }
  const int state = archive_read_next_header(reader_->handle, &reader_->entry);
  reader_->listing = false;
  if (state == ARCHIVE_EOF) {
    return false;
  }
  if (reader_->list_too_long || ++parts_ > limits_.max_archive_entries) {
    fail(ErrorKind::limit,
         message("import.sheet_archive_entries", {{"limit", std::to_string(limits_.max_archive_entries)}}));
    return false;
  }
  if (state != ARCHIVE_OK && state != ARCHIVE_WARN) {
    fail_as_damaged();
    return false;
  }
  const char* written = archive_entry_pathname(reader_->entry);
  name_ = part_name(written == nullptr ? "" : written);
  part_bytes_ = 0;
  packed_before_part_ = reader_->served;
  return true;
}

bool PartWalk::within_bounds(std::size_t count) {
  part_bytes_ += count;
  unpacked_ += count;
  const std::uint64_t packed = reader_->served - packed_before_part_ + sizeof(reader_->block);
  if (part_bytes_ > free_expansion && part_bytes_ / limits_.max_ratio > packed) {
    fail(ErrorKind::limit, message("import.sheet_archive_ratio", {{"part", shorten(name_, 80)}}));
    return false;
  }
  if (unpacked_ > limits_.max_bytes) {
    fail(ErrorKind::limit,
         message("import.sheet_archive_bytes", {{"limit", std::to_string(limits_.max_bytes)}}));
    return false;
  }
  return true;
}

std::size_t PartWalk::read(std::span<char> buffer) {
  if (failure_) {
    return 0;
  }
  if (watch_.stop.stop_requested()) {
    fail(ErrorKind::cancelled, message("import.cancelled"));
    return 0;
  }
  if (archive_entry_is_encrypted(reader_->entry) != 0) {
    fail(ErrorKind::invalid, message("import.sheet_password"));
    return 0;
  }
  const la_ssize_t count = archive_read_data(reader_->handle, buffer.data(), buffer.size());
  if (count < 0) {
    fail_as_damaged();
    return 0;
  }
  if (!within_bounds(static_cast<std::size_t>(count))) {
    return 0;
  }
  if (tells_progress_ && watch_.progress) {
    watch_.progress(reader_->offset);
  }
  return static_cast<std::size_t>(count);
}

std::string part_name(std::string_view written) {
  std::string name = to_lower(written);
  std::replace(name.begin(), name.end(), '\\', '/');
  name.erase(0, name.find_first_not_of('/'));
  return name;
}

}  // namespace releve::intake::xlsx
