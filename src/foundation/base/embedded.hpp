// SPDX-License-Identifier: EUPL-1.2
// Files compiled into the binary (see releve_embed() in cmake/releve.cmake).
#pragma once

#include <span>
#include <string_view>

namespace releve {

struct EmbeddedFile {
  std::string_view path;   // relative, with forward slashes
  std::string_view bytes;  // for the life of the process
};

}  // namespace releve
