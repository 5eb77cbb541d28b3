// SPDX-License-Identifier: EUPL-1.2
// A file that was sent stays in the spool, where nothing reads it, until clamd has looked at it.
#pragma once

#include "foundation/base/result.hpp"

#include <string>

namespace releve::main {

/// Stateless; thread-safe.
class Quarantine {
 public:
  /// `socket`: path of clamd's local socket; empty: nothing is looked at.
  explicit Quarantine(std::string socket) : socket_(std::move(socket)) {}

  /// Asks clamd about an open file (FILDES: no copy, no limit of a stream, and clamd needs no right to read
  /// our folder). At most two minutes. Errors: upload.infected; upload.not_scanned (clamd is silent or cannot
  /// tell: the file is not taken, since whoever set a scanner wants it asked).
  Status look(const std::string& file) const;

 private:
  std::string socket_;
};

}  // namespace releve::main
