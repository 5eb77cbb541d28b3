// SPDX-License-Identifier: EUPL-1.2
#include "main/page.hpp"

namespace releve::page {
std::span<const EmbeddedFile> embedded_files();  // made by releve_embed()
}

namespace releve::stick {
std::span<const EmbeddedFile> embedded_files();  // made by releve_embed()
}

namespace releve::main {

std::span<const EmbeddedFile> page_files() {
  return page::embedded_files();
}

std::vector<pack::Letters> paper_letters() {
  // Vite adds a hash to the name that @fontsource gives the file.
  constexpr std::string_view family = "assets/atkinson-hyperlegible-next-latin-";
  std::vector<pack::Letters> letters;
  for (const EmbeddedFile& file : page_files()) {
    for (const int weight : {400, 700}) {
      if (file.path.starts_with(std::string(family) + std::to_string(weight) + "-normal") &&
          file.path.ends_with(".woff2")) {
        letters.push_back({file.bytes, weight});
      }
    }
  }
  return letters;
}

std::string_view stick_template() {
  const auto files = stick::embedded_files();
  return files.empty() ? std::string_view{} : files.front().bytes;
}

}  // namespace releve::main
