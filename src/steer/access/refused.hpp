// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "foundation/base/result.hpp"

#include <string>
#include <utility>

namespace releve::access {

/// An error of this room: all the particulars are in its code's words.
inline Error refused(ErrorKind kind, const char* code, std::string where = {}) {
  return Error{kind, message(code), std::move(where)};
}

}  // namespace releve::access
