// SPDX-License-Identifier: EUPL-1.2
// Content hashes: BLAKE2b-256 in lower-case hex. Files are named by it; an outcome carries that of its input.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace releve {

/// Incremental BLAKE2b-256. Not thread-safe; one per stream.
class Hasher {
 public:
  Hasher();
  ~Hasher();
  Hasher(Hasher&&) noexcept;
  Hasher& operator=(Hasher&&) noexcept;
  void update(std::string_view bytes);
  /// 64 hex digits. The hasher may not be used afterwards.
  std::string hex();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

std::string content_hash(std::string_view bytes);
/// n random bytes from the system, in hex (for tokens).
std::string random_hex(std::size_t bytes);
/// Same length and content, in time that does not depend on the content.
bool equal_secret(std::string_view a, std::string_view b);

}  // namespace releve
