// SPDX-License-Identifier: EUPL-1.2
// A fictional registry of a whole country, in the real formats: names that no place has, and numbers in the
// range 99xxxxxxx, which is never assigned. For the demonstration, the tests and the benchmark.
//
// Pure: a function of its arguments. Thread-safe.
#pragma once

#include "foundation/base/random.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace releve::fiction {

struct FictionalCountry {
  struct Department {
    std::string code;    // INSEE's
    std::string region;  // INSEE's
  };

  std::vector<Department> departments;
  std::uint32_t sites = 103'000;
  std::uint32_t entities = 50'000;  // at most as many as sites
  std::uint32_t ghts = 135;
  /// The same country some months later: some sites renamed, moved, closed, opened, or under another number.
  bool later = false;
  /// A site that must be in it: the hospital of the demonstration. Empty: none.
  std::string own_number;
  std::string own_name;
};

/// The bytes of three files: a FINESS extract (entities and sites), who is in which GHT, SAE's table of beds.
struct NationalFiles {
  std::string finess;
  std::string ghts;
  std::string beds;
};

NationalFiles national_files(const FictionalCountry& country, Seed seed);

}  // namespace releve::fiction
