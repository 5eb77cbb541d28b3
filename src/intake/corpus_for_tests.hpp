// SPDX-License-Identifier: EUPL-1.2
// The seeds of the fuzzers, which the tests replay: what a fuzzer once found is never lost.
#pragma once

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace releve::intake {

struct CorpusFile {
  std::string name;
  std::string bytes;
};

/// The whole file, "" when there is none.
inline std::string file_bytes(const std::filesystem::path& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

/// One seed by its name: corpus_file("nmap", "services.xml").
inline std::string corpus_file(const std::string& reader, const std::string& name) {
  return file_bytes(std::filesystem::path(RELEVE_SOURCE_DIR) / "fuzz" / "corpus" / reader / name);
}

/// Every seed of fuzz/corpus/<reader>, by name.
inline std::vector<CorpusFile> corpus_files(const std::string& reader) {
  std::vector<CorpusFile> files;
  const std::filesystem::path folder = std::filesystem::path(RELEVE_SOURCE_DIR) / "fuzz" / "corpus" / reader;
  if (std::filesystem::is_directory(folder)) {
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
      files.push_back({entry.path().filename().string(), file_bytes(entry.path())});
    }
  }
  std::sort(files.begin(), files.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
  return files;
}

}  // namespace releve::intake
