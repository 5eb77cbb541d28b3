// SPDX-License-Identifier: EUPL-1.2
#include "prepare/cartography/nearest.hpp"

#include "foundation/base/text.hpp"

#include <algorithm>
#include <numeric>
#include <vector>

namespace releve::cartography {

std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t limit) {
  if (a.size() > b.size()) {
    std::swap(a, b);
  }
  if (b.size() - a.size() > limit) {
    return limit + 1;
  }
  std::vector<std::size_t> row(a.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= b.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    std::size_t best = i;
    for (std::size_t j = 1; j <= a.size(); ++j) {
      const std::size_t change = diagonal + (a[j - 1] == b[i - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, change});
      best = std::min(best, row[j]);
    }
    if (best > limit) {
      return limit + 1;
    }
  }
  return std::min(row[a.size()], limit + 1);
}

std::optional<std::string> nearest(std::string_view word, std::span<const std::string> candidates) {
  const std::string wanted = fold(word.substr(0, 200));
  std::size_t limit = std::max<std::size_t>(1, wanted.size() / 3);
  std::optional<std::string> found;
  for (const std::string& candidate : candidates) {
    const std::size_t distance = edit_distance(wanted, fold(candidate), limit);
    if (distance <= limit && !wanted.empty()) {
      found = candidate;
      if (distance == 0) {
        return found;
      }
      limit = distance - 1;
    }
  }
  return found;
}

}  // namespace releve::cartography
