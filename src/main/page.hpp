// SPDX-License-Identifier: EUPL-1.2
// The web page compiled into the binary (web/dist).
#pragma once

#include "foundation/base/embedded.hpp"
#include "respond/pack/paper.hpp"

#include <span>

namespace releve::main {

std::span<const EmbeddedFile> page_files();

/// The letters of the page, for paper; none when the binary has no page.
std::vector<pack::Letters> paper_letters();

/// The page for a USB stick without its plan; empty when the binary has no page.
std::string_view stick_template();

}  // namespace releve::main
