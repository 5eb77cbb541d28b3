// SPDX-License-Identifier: EUPL-1.2
// Words for fictional towns and sites (data/fiction/places.json).
#pragma once

#include "foundation/describe/describe.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace releve::fiction {

struct PlaceKind {
  std::string category;  // FINESS
  std::string words;
  std::string name;  // before the town's
  std::int64_t weight = 1;
  std::int64_t beds = 0;  // about so many; 0: none told
  bool is_public = false;
};

struct PlaceWords {
  std::vector<std::string> town_starts;
  std::vector<std::string> town_ends;
  std::vector<PlaceKind> kinds;
};

constexpr auto describe(PlaceKind*) {
  return Fields{
      field<&PlaceKind::category>("FINESS category"), field<&PlaceKind::words>("its words"),
      field<&PlaceKind::name>("before the town's"),   field<&PlaceKind::weight>("how common it is"),
      field<&PlaceKind::beds>("about so many"),       field<&PlaceKind::is_public>("may be in a GHT")};
}

constexpr auto describe(PlaceWords*) {
  return Fields{field<&PlaceWords::town_starts>("beginnings of towns"),
                field<&PlaceWords::town_ends>("and their ends"), field<&PlaceWords::kinds>("kinds of sites")};
}

PlaceWords read_place_words();

}  // namespace releve::fiction
