// SPDX-License-Identifier: EUPL-1.2
#include "hospital.hpp"

#include "bench.hpp"
#include "prepare/cartography/sources.hpp"
#include "prepare/fiction/generate.hpp"
#include "prepare/fiction/hospital.hpp"

#include <stdexcept>

namespace releve::bench {

Hospital read_back(fiction::FacilitySize size, Seed seed) {
  const Scratch scratch;
  const Catalogue catalogue = main::load_catalogue();
  const std::string folder = scratch.file("exports");
  if (!fiction::generate(size, seed, folder, catalogue)) {
    throw std::runtime_error("the hospital cannot be written");
  }
  std::vector<cartography::Source> sources;
  const Instant when{std::chrono::seconds(fiction::files_made)};
  const auto exports = cartography::list_exports(folder, folder);
  for (const auto& [name, path] : exports.value()) {
    auto file = cartography::read_file(path, name, when, catalogue, {});
    if (file && file->usable()) {
      sources.push_back(std::move(file->source));
    } else if (file || file.error().message.code != "import.not_recognised") {
      throw std::runtime_error(name + " does not read");
    }
  }
  const auto texts = main::data_texts("");
  return {main::read_data(texts.value()).value(), cartography::draw_cartography("", sources, {})};
}

}  // namespace releve::bench
