// SPDX-License-Identifier: EUPL-1.2
#include "foundation/describe/catalogue.hpp"

#include "foundation/describe/json.hpp"

namespace releve {

static Result<Catalogue::Texts> read_texts(std::string_view json, const char* file) {
  auto texts = from_json<std::map<std::string, std::string>>(json);
  if (!texts) {
    Error error = std::move(texts).error();
    error.where = error.where.empty() ? file : std::string(file) + ": " + error.where;
    return error;
  }
  return Catalogue::Texts(std::make_move_iterator(texts->begin()), std::make_move_iterator(texts->end()));
}

Result<Catalogue> read_catalogue(std::string_view fr_json, std::string_view en_json) {
  Catalogue catalogue;
  catalogue.fr = TRY(read_texts(fr_json, "fr.json"));
  catalogue.en = TRY(read_texts(en_json, "en.json"));
  return catalogue;
}

}  // namespace releve
