// SPDX-License-Identifier: EUPL-1.2
// The zip file around an XLSX workbook, walked part by part as often as needed. Private to the XLSX reader.
#pragma once

#include "intake/imported.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace releve::intake::xlsx {

/// Bytes that can be read from any place: a file on disk or a memory block.
class PackedBytes {
 public:
  /// Error "import.cannot_open".
  static Result<PackedBytes> open(const std::string& path);
  /// The bytes must outlive the value.
  static PackedBytes over(std::string_view bytes);
  PackedBytes(PackedBytes&& other) noexcept;
  PackedBytes(const PackedBytes&) = delete;
  PackedBytes& operator=(const PackedBytes&) = delete;
  PackedBytes& operator=(PackedBytes&&) = delete;
  ~PackedBytes();

  std::uint64_t size() const { return size_; }

  /// How many bytes were put in the buffer; 0 at the end; -1 when the disk fails.
  std::int64_t read_at(std::uint64_t offset, std::span<char> buffer) const;
  /// At most `count` bytes from `offset`.
  std::string piece(std::uint64_t offset, std::size_t count) const;

 private:
  PackedBytes() = default;
  int descriptor_ = -1;
  std::string_view memory_;
  std::uint64_t size_ = 0;
};

/// One walk over the parts. As a ByteSource it gives the bytes of the part it stands on.
///
/// Refuses with a failure(): a cut or damaged archive, more parts, bytes or expansion than Limits allows,
/// parts under a password. `unpacked` counts the bytes given over several walks.
class PartWalk final : public ByteSource {
 public:
  PartWalk(const PackedBytes& packed, const Limits& limits, const Watch& watch, std::uint64_t& unpacked);
  ~PartWalk() override;
  PartWalk(const PartWalk&) = delete;
  PartWalk& operator=(const PartWalk&) = delete;

  /// Goes to the next part; false at the end or on failure.
  bool next();

  /// In lower case, with "/" and without one in front: "xl/worksheets/sheet1.xml".
  const std::string& name() const { return name_; }

  std::size_t read(std::span<char> buffer) override;

  const Error* failure() const override { return failure_ ? &*failure_ : nullptr; }

  /// Progress is told during this walk only when it is asked for.
  void tell_progress() { tells_progress_ = true; }

 private:
  struct Reader;
  void fail(ErrorKind kind, Message what);
  void fail_as_damaged();
  bool within_bounds(std::size_t count);

  const Limits& limits_;
  const Watch& watch_;
  std::uint64_t& unpacked_;
  std::unique_ptr<Reader> reader_;
  std::string name_;
  std::uint32_t parts_ = 0;
  std::uint64_t part_bytes_ = 0;  // unpacked of this part
  std::uint64_t packed_before_part_ = 0;
  bool tells_progress_ = false;
  std::optional<Error> failure_;
};

/// Lower case, "/" as separator, none in front.
std::string part_name(std::string_view written);

}  // namespace releve::intake::xlsx
