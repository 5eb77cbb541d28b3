// SPDX-License-Identifier: EUPL-1.2
// The seeds of a fuzz target, so that the tests replay them too. For tests only.
#pragma once

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

namespace releve::intake {

using CorpusFile = std::pair<std::string, std::string>;  // name, bytes

/// Name and bytes of every file of fuzz/corpus/<name>, in the order of their names.
inline std::vector<std::pair<std::string, std::string>> corpus_files(std::string name) {
  std::vector<std::pair<std::string, std::string>> files;
  const std::filesystem::path folder = std::filesystem::path(RELEVE_SOURCE_DIR) / "fuzz" / "corpus" / name;
  if (!std::filesystem::is_directory(folder)) {
    return files;
  }
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.is_regular_file()) {
      std::ifstream stream(entry.path(), std::ios::binary);
      files.emplace_back(entry.path().filename().string(), std::string(std::istreambuf_iterator<char>(stream),
                                                                       std::istreambuf_iterator<char>()));
    }
  }
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace releve::intake
