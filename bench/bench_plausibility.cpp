// SPDX-License-Identifier: EUPL-1.2
// Simulated attacks on fictional hospitals of every size, in the terms of published cases
// (docs/guide/plausibility.md).
//
//   bench_plausibility [worlds of the demonstration]
#include "bench.hpp"
#include "plausibility.hpp"

#include <cstdio>
#include <cstdlib>
#include <exception>

namespace releve::bench {

static void report(fiction::FacilitySize size, Seed seed, std::uint32_t worlds) {
  Hospital hospital = read_back(size, seed);
  cartography::assume_dependencies(hospital.cartography, hospital.data.defaults);
  for (const char* scenario : {"crisis", "national_mix"}) {
    for (const Figure& one : plausibility_of(hospital, scenario, worlds)) {
      figure("plausibility." + std::string(text_of(size)) + std::to_string(seed) + "." + scenario + "." +
                 one.name,
             one.value, one.unit);
    }
  }
}

}  // namespace releve::bench

int main(int argc, char** argv) {
  using namespace releve;
  using fiction::FacilitySize;
  const auto worlds = static_cast<std::uint32_t>(argc > 1 ? std::strtoul(argv[1], nullptr, 10) : 2000);
  try {
    bench::report(FacilitySize::medium, 1, worlds);
    bench::report(FacilitySize::medium, 2, worlds / 4);
    bench::report(FacilitySize::small, 1, worlds / 4);
    bench::report(FacilitySize::large, 1, worlds / 8);
    bench::report(FacilitySize::university, 1, worlds / 8);
    return 0;
  } catch (const std::exception& fault) {
    std::fprintf(stderr, "bench_plausibility: %s\n", fault.what());
    return 1;
  }
}
