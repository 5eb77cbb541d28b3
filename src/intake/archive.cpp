// SPDX-License-Identifier: EUPL-1.2
#include "intake/archive.hpp"

#include "intake/readable.hpp"

#include <archive.h>
#include <archive_entry.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <vector>

namespace releve::intake {

namespace {

constexpr std::size_t block_bytes = 64 * 1024;
constexpr std::size_t tail_bytes = 66'000;  // the end record of a zip and its longest comment
constexpr std::uint64_t ratio_from = 16'000'000;
constexpr std::string_view zip_end_record{"PK\5\6", 4};

struct Signature {
  std::string_view bytes;
  std::size_t at;
  Packing packing;
};

constexpr std::array signatures{
    Signature{{"PK\3\4", 4}, 0, Packing::zip},
    Signature{{"PK\5\6", 4}, 0, Packing::zip},
    Signature{{"\x1f\x8b", 2}, 0, Packing::gzip},
    Signature{{"7z\xbc\xaf\x27\x1c", 6}, 0, Packing::other},
    Signature{{"Rar!\x1a\x07", 6}, 0, Packing::other},
    Signature{{"\xfd"
               "7zXZ",
               5},
              0,
              Packing::other},
    Signature{{"BZh", 3}, 0, Packing::other},
    Signature{{"\x28\xb5\x2f\xfd", 4}, 0, Packing::other},
    Signature{{"MSCF", 4}, 0, Packing::other},
    Signature{{"ustar", 5}, 257, Packing::other},
};

std::string last_part(std::string_view path) {
  const std::size_t slash = path.find_last_of("/\\");
  return readable(slash == std::string_view::npos ? path : path.substr(slash + 1), 120);
}

}  // namespace

Packing packing_of(std::string_view head) {
  for (const Signature& signature : signatures) {
    if (head.size() > signature.at && head.substr(signature.at).starts_with(signature.bytes)) {
      return signature.packing;
    }
  }
  return Packing::none;
}

struct Archive::State {
  ByteSource& packed;
  Packing packing;
  Limits limits;
  archive* handle = nullptr;
  std::vector<char> block = std::vector<char>(block_bytes);
  std::string tail;        // last bytes of the packed file
  std::string entry_head;  // read by next(), not yet given
  std::string entry_name;
  std::uint64_t bytes_in = 0;
  std::uint64_t bytes_out = 0;
  std::uint64_t entries = 0;
  bool input_ended = false;
  bool entry_open = false;
  std::optional<Error> failure;

  State(ByteSource& source, Packing kind, const Limits& bounds)
      : packed(source), packing(kind), limits(bounds) {}

  void fail(ErrorKind kind, Message what) {
    if (!failure) {
      failure = packed.failure() != nullptr ? *packed.failure() : Error{kind, std::move(what), {}};
    }
    entry_open = false;
  }

  /// What libarchive complains of: most often a file cut short, which is worth its own words.
  void fail_as_told() {
    if (input_ended) {
      return fail(ErrorKind::invalid, message("archive.truncated"));
    }
    const char* reason = archive_error_string(handle);
    fail(ErrorKind::invalid,
         message("archive.broken",
                 {{"entry", entry_name}, {"reason", readable(reason == nullptr ? "" : reason, 200)}}));
  }

  std::span<const char> take_block() {
    const std::size_t count = packed.read(block);
    input_ended = count == 0;
    bytes_in += count;
    tail.append(block.data(), count);
    if (tail.size() > tail_bytes) {
      tail.erase(0, tail.size() - tail_bytes);
    }
    return std::span(block).first(count);
  }

  static la_ssize_t give_block(archive* handle, void* client, const void** buffer) {
    State& state = *static_cast<State*>(client);
    const std::span<const char> bytes = state.take_block();
    *buffer = bytes.data();
    if (bytes.empty() && state.packed.failure() != nullptr) {
      archive_set_error(handle, EIO, "source");
      return -1;
    }
    return static_cast<la_ssize_t>(bytes.size());
  }

  bool within_budget(std::size_t more) {
    bytes_out += more;
    if (bytes_out > limits.max_bytes) {
      fail(ErrorKind::limit, message("archive.too_large", {{"limit", std::to_string(limits.max_bytes)}}));
    } else if (bytes_out > ratio_from &&
               bytes_out / std::max<std::uint64_t>(bytes_in, 1) > limits.max_ratio) {
      fail(ErrorKind::limit,
           message("archive.bomb", {{"entry", entry_name}, {"limit", std::to_string(limits.max_ratio)}}));
    }
    return !failure;
  }

  std::size_t unpack(std::span<char> buffer) {
    if (!entry_open || failure || buffer.empty()) {
      return 0;
    }
    const la_ssize_t count = archive_read_data(handle, buffer.data(), buffer.size());
    if (count < 0) {
      fail_as_told();
      return 0;
    }
    entry_open = count > 0;
    return within_budget(static_cast<std::size_t>(count)) ? static_cast<std::size_t>(count) : 0;
  }

  /// What the reader did not want is unpacked all the same, within the budgets: libarchive's own way of
  /// passing over it has none.
  void finish_entry() {
    std::array<char, 16 * 1024> discarded{};
    while (unpack(discarded) > 0) {
    }
    entry_head.clear();
  }

  /// A zip lists its contents at its end; a file cut there has lost nothing yet, but it was cut.
  void check_end() {
    while (!input_ended) {
      take_block();
    }
    if (packed.failure() != nullptr || (packing == Packing::zip && !has_end_record())) {
      fail(ErrorKind::invalid, message("archive.truncated"));
    }
  }

  /// The end record: 22 bytes and a comment, whose length is in the last two.
  bool has_end_record() const {
    constexpr std::size_t record = 22;
    const std::size_t at = tail.rfind(zip_end_record);
    if (at == std::string::npos || tail.size() - at < record) {
      return false;
    }
    const auto byte = [&](std::size_t i) {
      return static_cast<std::size_t>(static_cast<unsigned char>(tail[at + i]));
    };
    return tail.size() - at >= record + byte(20) + 256 * byte(21);
  }

  /// Names the entry and holds it against what may be opened.
  bool accept(archive_entry* found) {
    const char* path = archive_entry_pathname_utf8(found);
    path = path == nullptr ? archive_entry_pathname(found) : path;
    entry_name = path == nullptr ? "#" + std::to_string(entries + 1) : last_part(path);
    if (packing == Packing::gzip && archive_filter_count(handle) > 2) {
      // libarchive would open gzip in gzip by itself (the second filter is "none").
      fail(ErrorKind::invalid, message("archive.nested", {{"entry", "gzip"}}));
    } else if (packing == Packing::gzip && archive_filter_code(handle, 0) != ARCHIVE_FILTER_GZIP) {
      // A gzip cut within its header would pass for plain bytes.
      fail(ErrorKind::invalid, message("archive.truncated"));
    } else if (++entries > limits.max_archive_entries) {
      fail(ErrorKind::limit,
           message("archive.too_many_entries", {{"limit", std::to_string(limits.max_archive_entries)}}));
    } else if (archive_entry_is_encrypted(found) != 0) {
      fail(ErrorKind::invalid, message("archive.encrypted", {{"entry", entry_name}}));
    }
    return !failure;
  }

  void read_head() {
    entry_head.resize(512);
    std::size_t had = 0;
    while (had < entry_head.size()) {
      const std::size_t count = unpack(std::span(entry_head).subspan(had));
      if (count == 0) {
        break;
      }
      had += count;
    }
    entry_head.resize(had);
  }
};

Archive::Archive(ByteSource& packed, Packing packing, const Limits& limits)
    : state_(std::make_unique<State>(packed, packing, limits)) {
  archive* handle = archive_read_new();
  if (handle == nullptr) {
    throw EnvironmentFailure("libarchive: out of memory");
  }
  state_->handle = handle;
  if (packing == Packing::zip) {
    archive_read_support_format_zip_streamable(handle);
  } else {
    archive_read_support_filter_gzip(handle);
    archive_read_support_format_raw(handle);
    archive_read_support_format_empty(handle);
  }
  if (archive_read_open(handle, state_.get(), nullptr, &State::give_block, nullptr) != ARCHIVE_OK) {
    state_->fail_as_told();
  }
}

Archive::~Archive() {
  archive_read_free(state_->handle);
}

std::optional<ArchiveEntry> Archive::next() {
  State& state = *state_;
  state.finish_entry();
  while (!state.failure) {
    archive_entry* found = nullptr;
    const int told = archive_read_next_header(state.handle, &found);
    if (told == ARCHIVE_EOF) {
      state.check_end();
      return std::nullopt;
    }
    if (told < ARCHIVE_WARN) {
      state.fail_as_told();
      return std::nullopt;
    }
    if (!state.accept(found)) {
      return std::nullopt;
    }
    if (archive_entry_filetype(found) == AE_IFDIR) {
      continue;
    }
    state.entry_open = true;
    state.read_head();
    if (state.failure) {
      return std::nullopt;
    }
    return ArchiveEntry{state.entry_name,
                        archive_entry_mtime_is_set(found) != 0 ? archive_entry_mtime(found) : 0,
                        packing_of(state.entry_head) != Packing::none};
  }
  return std::nullopt;
}

std::size_t Archive::read(std::span<char> buffer) {
  State& state = *state_;
  if (!state.entry_head.empty() && !state.failure) {
    const std::size_t count = std::min(buffer.size(), state.entry_head.size());
    std::memcpy(buffer.data(), state.entry_head.data(), count);
    state.entry_head.erase(0, count);
    return count;
  }
  return state.unpack(buffer);
}

const Error* Archive::failure() const {
  return state_->failure ? &*state_->failure : nullptr;
}

}  // namespace releve::intake
