// SPDX-License-Identifier: EUPL-1.2
// How large a fictional hospital is. Figures follow French public hospitals: a local one, a general one
// (the demonstration), a large one and a university one of three sites.
#pragma once

#include "foundation/describe/describe.hpp"

namespace releve::fiction {

enum class FacilitySize { small, medium, large, university };

constexpr auto describe(FacilitySize*) {
  return Names{name(FacilitySize::small, "small"), name(FacilitySize::medium, "medium"),
               name(FacilitySize::large, "large"), name(FacilitySize::university, "university")};
}

struct Proportions {
  int beds = 0;
  int services = 0;
  int applications = 0;
  int machines = 0;  // in every file together
  int users = 0;     // directory accounts of people and services
  int sites = 1;
  double scale = 1;  // servers and devices, relative to a medium hospital
};

constexpr Proportions proportions_of(FacilitySize size) {
  switch (size) {
    case FacilitySize::small:
      return {120, 12, 40, 500, 900, 1, 0.45};
    case FacilitySize::medium:
      return {450, 31, 120, 2'500, 4'000, 1, 1};
    case FacilitySize::large:
      return {1'100, 45, 220, 6'000, 9'000, 1, 1.8};
    case FacilitySize::university:
      return {2'800, 70, 400, 8'800, 11'400, 3, 3};
  }
  return {};
}

}  // namespace releve::fiction
