// SPDX-License-Identifier: EUPL-1.2
// Zip and gzip, read as a stream over libarchive: nothing is written to disk, a name in the archive is only
// ever shown, never used as a path, and every budget of Limits is held while unpacking.
#pragma once

#include "intake/imported.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace releve::intake {

enum class Packing { none, zip, gzip, other };

/// How a file is packed, by its first bytes (512 suffice). `other` is a packing that no reader here opens.
Packing packing_of(std::string_view head);

struct ArchiveEntry {
  std::string name;           // readable and short; the last part of the path in the archive
  std::int64_t modified = 0;  // seconds since 1970; 0 unknown
  bool packed = false;        // itself an archive: not opened
};

/// The entries of a zip one after the other, or the only "entry" of a gzip. As a ByteSource it gives the
/// bytes of the current entry. After a failure (codes "archive.*") next() gives nothing and read() 0:
/// encrypted entries, a file cut short (also in the list of contents at its end), a damaged one, and one
/// that breaks a budget. Not thread-safe.
class Archive final : public ByteSource {
 public:
  /// `packed` must outlive the archive. `packing` is zip or gzip.
  Archive(ByteSource& packed, Packing packing, const Limits& limits);
  ~Archive() override;
  Archive(const Archive&) = delete;
  Archive& operator=(const Archive&) = delete;

  /// The next file (folders are passed over), once what is left of the current one has been unpacked.
  std::optional<ArchiveEntry> next();
  std::size_t read(std::span<char> buffer) override;
  const Error* failure() const override;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace releve::intake
