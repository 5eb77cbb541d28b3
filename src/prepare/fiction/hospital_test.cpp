// SPDX-License-Identifier: EUPL-1.2
#include "prepare/fiction/hospital.hpp"

#include <gtest/gtest.h>

#include <iostream>
#include <set>

namespace releve::fiction {
namespace {

TEST(hospital, print) {
  for (const FacilitySize size : {FacilitySize::small, FacilitySize::medium, FacilitySize::large, FacilitySize::university}) {
    const auto h = build_hospital(size, 1);
    std::size_t joined = 0;
    std::map<int, int> roles;
    for (const auto& m : h.machines) { joined += m.domain >= 0; roles[int(m.role)]++; }
    std::map<int,int> kinds; for (const auto& o : h.directory.facts.objects) kinds[int(o.kind)]++;
    std::cout << h.name << " " << h.finess << " machines " << h.machines.size() << " joined " << joined << " deps "
              << h.inventory.dependencies.size() << " comps " << h.inventory.components.size() << " objects "
              << h.directory.facts.objects.size() << " relations " << h.directory.facts.relations.size() << "\n";
    for (auto& [k, n] : roles) std::cout << " role" << k << "=" << n;
    for (auto& [k, n] : kinds) std::cout << " kind" << k << "=" << n;
    std::cout << "\n";
  }
}

}  // namespace
}  // namespace releve::fiction
