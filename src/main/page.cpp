// SPDX-License-Identifier: EUPL-1.2
#include "main/page.hpp"

namespace releve::page {
std::span<const EmbeddedFile> embedded_files();  // made by releve_embed()
}

namespace releve::main {

std::span<const EmbeddedFile> page_files() {
  return page::embedded_files();
}

}  // namespace releve::main
