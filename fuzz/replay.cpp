// SPDX-License-Identifier: EUPL-1.2
// In place of libFuzzer where there is none: gives the target each seed of a folder, and its first half. The
// tests run it, so that what a fuzzer once found is never lost.
#include "fuzz.hpp"

#include <cstdio>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iterator>

int main(int argc, char** argv) {
  int seeds = 0;
  try {
    for (const auto& entry : std::filesystem::directory_iterator(argc > 1 ? argv[1] : "")) {
      std::ifstream stream(entry.path(), std::ios::binary);
      const std::string bytes{std::istreambuf_iterator<char>(stream), {}};
      std::printf("%s\n", entry.path().filename().c_str());
      std::fflush(stdout);
      const auto* data = reinterpret_cast<const std::uint8_t*>(bytes.data());
      LLVMFuzzerTestOneInput(data, bytes.size());
      LLVMFuzzerTestOneInput(data, bytes.size() / 2);
      ++seeds;
    }
  } catch (const std::exception& fault) {
    std::fprintf(stderr, "%s\n", fault.what());
    return 1;
  }
  return seeds > 0 ? 0 : 1;  // no seed is no test
}
