// SPDX-License-Identifier: EUPL-1.2
// The web page compiled into the binary (web/dist).
#pragma once

#include "foundation/base/embedded.hpp"

#include <span>

namespace releve::main {

std::span<const EmbeddedFile> page_files();

}  // namespace releve::main
