// SPDX-License-Identifier: EUPL-1.2
// Hands bindings to a SOCI statement, for both engines. Inside this room only.
#pragma once

#include "foundation/store/database.hpp"

#include <soci/soci.h>

#include <deque>
#include <string>
#include <vector>

namespace releve::store {

/// What SOCI reads through pointers while the statement runs: must outlive it, as must the bindings.
class BoundValues {
 public:
  void bind(soci::statement& statement, const std::vector<Binding>& bindings) {
    for (const Binding& binding : bindings) {
      Slot& slot = slots_.emplace_back();
      const std::string name(binding.name);
      if (const auto* integer = std::get_if<std::int64_t>(&binding.value)) {
        slot.integer = *integer;  // SOCI has no exchange for `long`, which int64_t is here
        statement.exchange(soci::use(slot.integer, slot.state, name));
      } else if (const auto* real = std::get_if<double>(&binding.value)) {
        statement.exchange(soci::use(*real, slot.state, name));
      } else if (const auto* text = std::get_if<std::string>(&binding.value)) {
        statement.exchange(soci::use(*text, slot.state, name));
      } else {
        slot.state = soci::i_null;
        statement.exchange(soci::use(slot.nothing, slot.state, name));
      }
    }
  }

 private:
  struct Slot {
    soci::indicator state = soci::i_ok;
    long long integer = 0;
    std::string nothing;
  };

  std::deque<Slot> slots_;  // addresses stay
};

}  // namespace releve::store
