// SPDX-License-Identifier: EUPL-1.2
#include "main/data.hpp"

#include "foundation/base/embedded.hpp"
#include "foundation/describe/catalogue.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <span>

namespace releve::main {

std::span<const EmbeddedFile> embedded_files();  // made by releve_embed()

std::string_view embedded_text(std::string_view path) {
  for (const EmbeddedFile& file : embedded_files()) {
    if (file.path == path) {
      return file.bytes;
    }
  }
  RELEVE_CHECK(false, "embedded file " + std::string(path));
  return {};
}

Result<std::map<std::string, std::string>> data_texts(const std::string& folder) {
  std::map<std::string, std::string> texts;
  for (const EmbeddedFile& file : embedded_files()) {
    if (!file.path.starts_with("data/")) {
      continue;
    }
    const std::string name(file.path.substr(5));
    texts[name] = std::string(file.bytes);
    const std::filesystem::path own = std::filesystem::path(folder) / name;
    std::error_code fault;
    if (!folder.empty() && std::filesystem::is_regular_file(own, fault)) {
      if (std::filesystem::file_size(own, fault) > 4'000'000) {
        return Error{ErrorKind::limit, message("tables.too_large", {{"file", own.string()}}), own.string()};
      }
      std::ifstream in(own, std::ios::binary);
      texts[name] = std::string(std::istreambuf_iterator<char>(in), {});
    }
  }
  return texts;
}

Catalogue load_catalogue() {
  auto catalogue = read_catalogue(embedded_text("i18n/fr.json"), embedded_text("i18n/en.json"));
  RELEVE_CHECK(catalogue.ok(), "the embedded catalogue reads");
  return std::move(catalogue).value();
}

Result<DataTables> read_data(const std::map<std::string, std::string>& texts) {
  DataTables data;
  data.tables = TRY(assessment::read_tables(texts));
  data.defaults = TRY(cartography::read_defaults(texts.at("sectors.json"), texts.at("components.json"),
                                                 texts.at("roles.json")));
  data.usual = TRY(cartography::read_usual(texts.at("usual.json")));
  data.obligations = TRY(crisis::read_obligations(texts.at("obligations.json")));
  data.retention = TRY(read_retention(texts.at("retention.json")));
  return data;
}

}  // namespace releve::main
