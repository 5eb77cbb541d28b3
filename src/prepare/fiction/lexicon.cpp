// SPDX-License-Identifier: EUPL-1.2
#include "prepare/fiction/lexicon.hpp"

#include "foundation/base/embedded.hpp"
#include "foundation/describe/json.hpp"
#include "prepare/fiction/hospital_plan.hpp"
#include "prepare/fiction/place_words.hpp"

namespace releve::fiction {

std::span<const EmbeddedFile> embedded_files();

namespace {

template <class T>
T read_embedded(std::string_view path) {
  for (const EmbeddedFile& file : embedded_files()) {
    if (file.path == path) {
      auto value = from_json<T>(file.bytes);
      RELEVE_CHECK(value.ok(), value.ok() ? "" : value.error().message.code + " at " + value.error().where);
      return std::move(value).value();
    }
  }
  report_bug("embedded file", path, __FILE__, __LINE__);
}

}  // namespace

Lexicon read_lexicon() {
  return {read_embedded<People>("people.json"),         read_embedded<Care>("services.json"),
          read_embedded<Software>("applications.json"), read_embedded<Network>("zones.json"),
          read_embedded<Systems>("machines.json"),      read_embedded<Flaws>("weaknesses.json")};
}

HospitalPlan read_hospital_plan() {
  return read_embedded<HospitalPlan>("plan.json");
}

PlaceWords read_place_words() {
  return read_embedded<PlaceWords>("places.json");
}

}  // namespace releve::fiction
