// SPDX-License-Identifier: EUPL-1.2
#include "prepare/cartography/sheet_rows.hpp"

#include <algorithm>

namespace releve::cartography {

static std::size_t filled(const std::vector<std::string>& row) {
  return static_cast<std::size_t>(
      std::count_if(row.begin(), row.end(), [](const auto& cell) { return !cell.empty(); }));
}

bool is_blank(const std::vector<std::string>& row) {
  return filled(row) == 0;
}

std::optional<std::size_t> header_row(const intake::Sheet& sheet) {
  const std::size_t looked_at = std::min<std::size_t>(sheet.rows.size(), 10);
  std::size_t widest = 0;
  for (std::size_t i = 0; i < looked_at; ++i) {
    widest = std::max(widest, filled(sheet.rows[i]));
  }
  for (std::size_t i = 0; i < looked_at && widest > 0; ++i) {
    if (filled(sheet.rows[i]) * 10 >= widest * 6) {
      return i;
    }
  }
  return std::nullopt;
}

std::string dependency_id(const Dependency& dependency) {
  std::string id = dependency.consumer + ">" + dependency.target;
  if (dependency.kind == DependencyKind::interface) {
    id += ":interface";
  } else if (dependency.kind == DependencyKind::backed_up_by) {
    id += ":backup";
  }
  return id;
}

}  // namespace releve::cartography
