// SPDX-License-Identifier: EUPL-1.2
#include "foundation/describe/schema.hpp"

#include <cmath>

namespace releve::detail {

void write_bounds(JsonWriter& writer, const Rules& rules) {
  if (std::isfinite(rules.minimum)) {
    writer.key("minimum");
    writer.number(rules.minimum);
  }
  if (std::isfinite(rules.maximum)) {
    writer.key("maximum");
    writer.number(rules.maximum);
  }
}

}  // namespace releve::detail
