// SPDX-License-Identifier: EUPL-1.2
// Chances of the generator: each is drawn from (seed, name), so that one more machine leaves all others as
// they were, and the same seed gives the same hospital everywhere.
#pragma once

#include "foundation/base/random.hpp"
#include "foundation/base/result.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace releve::fiction {

class Chance {
 public:
  explicit Chance(Seed seed) : seed_(seed) {}

  std::uint32_t word(std::string_view name, std::uint32_t purpose = 0) const {
    return draw(seed_, name_key(name), 0, purpose);
  }

  /// 0 <= result < n.
  std::uint32_t below(std::string_view name, std::uint32_t n, std::uint32_t purpose = 0) const {
    RELEVE_CHECK(n > 0, "nothing to choose from");
    return static_cast<std::uint32_t>((std::uint64_t{word(name, purpose)} * n) >> 32);
  }

  std::uint32_t between(std::string_view name, std::uint32_t low, std::uint32_t high) const {
    return low + below(name, high - low + 1);
  }

  bool happens(std::string_view name, double probability, std::uint32_t purpose = 0) const {
    return static_cast<double>(word(name, purpose)) < probability * 4294967296.0;
  }

  template <class T>
  const T& one_of(const std::vector<T>& list, std::string_view name, std::uint32_t purpose = 0) const {
    return list[below(name, static_cast<std::uint32_t>(list.size()), purpose)];
  }

  /// "9F3C…": 8 hex digits per word, upper case.
  std::string hex(std::string_view name, std::uint32_t words) const;
  /// An identifier in GUID form, upper case.
  std::string guid(std::string_view name) const;

 private:
  Seed seed_;
};

}  // namespace releve::fiction
