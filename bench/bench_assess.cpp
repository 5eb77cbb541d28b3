// SPDX-License-Identifier: EUPL-1.2
// A whole assessment, with all candidate measures, on all processors: the demonstration and a university
// hospital.
//
//   bench_assess [worlds] [runs]
#include "bench.hpp"
#include "foundation/base/parallel.hpp"
#include "hospital.hpp"
#include "prepare/assessment/assess.hpp"

#include <cstdio>
#include <cstdlib>
#include <exception>
#include <stdexcept>

namespace releve::bench {

namespace {

struct Times {
  double assess = 0;         // seconds, all measures
  double attacks_per_s = 0;  // worlds of the baseline alone
};

Times measure(fiction::FacilitySize size, std::uint32_t worlds, std::size_t runs) {
  const Hospital hospital = read_back(size);
  assessment::AssessOptions options;
  options.worlds = worlds;
  options.threads = available_threads();
  std::vector<double> whole;
  std::vector<double> baseline;
  for (std::size_t run = 0; run < runs; ++run) {
    std::shared_ptr<const assessment::Assessed> assessed;
    whole.push_back(seconds_of([&] {
      assessed =
          assessment::assess(hospital.cartography, hospital.data.defaults, hospital.data.tables, options)
              .value();
    }));
    baseline.push_back(seconds_of([&] {
      engine::RunOptions alone;
      alone.worlds = worlds;
      alone.threads = options.threads;
      if (!engine::run_worlds(assessed->compiled.model, {}, alone)) {
        throw std::runtime_error("the worlds stopped");
      }
    }));
  }
  return {median(whole), worlds / median(baseline)};
}

}  // namespace

}  // namespace releve::bench

int main(int argc, char** argv) {
  using namespace releve;
  const auto number = [&](int place, unsigned long usual) {
    return argc > place ? std::strtoul(argv[place], nullptr, 10) : usual;
  };
  const auto worlds = static_cast<std::uint32_t>(number(1, 1000));
  try {
    const bench::Times demo = bench::measure(fiction::FacilitySize::medium, worlds, number(2, 3));
    bench::figure("assess.demo_s", demo.assess, "s");
    bench::figure("assess.demo_worlds_per_s", demo.attacks_per_s, "worlds/s without measures");
    const bench::Times university = bench::measure(fiction::FacilitySize::university, worlds, number(2, 3));
    bench::figure("assess.university_s", university.assess, "s");
    bench::figure("assess.university_worlds_per_s", university.attacks_per_s, "worlds/s without measures");
    return 0;
  } catch (const std::exception& fault) {
    std::fprintf(stderr, "bench_assess: %s\n", fault.what());
    return 1;
  }
}
