// SPDX-License-Identifier: EUPL-1.2
// The bytes of an upload on their way to a parser: counted, watched for cancellation, and looked at before
// they are read (a reader often has to know what it was given). Not thread-safe.
#pragma once

#include "intake/imported.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace releve::intake {

class WatchedSource final : public ByteSource {
 public:
  /// Both must outlive this source.
  WatchedSource(ByteSource& inner, const Watch& watch) : inner_(inner), watch_(watch) {}

  std::size_t read(std::span<char> buffer) override;

  /// The inner source's failure, or "import.cancelled".
  const Error* failure() const override { return cancelled_ ? &*cancelled_ : inner_.failure(); }

  /// The next bytes (fewer near the end), which the next read() gives again.
  std::string_view peek(std::size_t bytes);

  std::uint64_t bytes_read() const { return bytes_read_; }

 private:
  std::size_t read_inner(std::span<char> buffer);

  ByteSource& inner_;
  const Watch& watch_;
  std::string ahead_;  // read from inner_, not yet given
  std::uint64_t bytes_read_ = 0;
  std::uint64_t told_ = 0;
  std::optional<Error> cancelled_;
};

/// A failure as the finding that ends an import.
inline Finding fatal(const Error& error, const std::string& file) {
  return Finding{Severity::error, error.message, file, 0, error.where};
}

}  // namespace releve::intake
