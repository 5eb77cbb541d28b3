// SPDX-License-Identifier: EUPL-1.2
// Rows of a sheet as elements, each bad cell left out with a finding that names sheet and cell. Shared by
// the template and by the mapped sheets.
#pragma once

#include "intake/sheet.hpp"
#include "prepare/cartography/template_fields.hpp"

#include <set>

namespace releve::cartography {

/// Field of an element -> column of the sheet.
using Columns = std::map<std::string, std::size_t, std::less<>>;

/// The row of the titles: the first of ten that is nearly as wide as the widest of them (a title or a logo
/// above the table is narrower). Nothing for an empty sheet.
std::optional<std::size_t> header_row(const intake::Sheet& sheet);

struct RowReader {
  const Vocabulary& words;
  Findings& findings;
  std::string sheet;
  Origin origin;
  /// May put a cell into the template's words before it is read; empty: as it stands.
  std::function<std::string(std::string_view field, const std::string& cell)> translate;

  std::string place(std::size_t row, std::size_t column) const {
    return sheet + "!" + cell_address(row, column);
  }
};

/// One row; what is absent or bad keeps its initial value and has no origin.
template <class T>
T read_row(const RowReader& reader, const std::vector<std::string>& row, std::size_t row_number,
           const Columns& columns) {
  T element;
  for_each_column<T>([&](const auto& field) {
    using F = std::remove_cvref_t<decltype(field)>;
    const auto column = columns.find(F::name);
    if (column == columns.end() || column->second >= row.size() || row[column->second].empty()) {
      return;
    }
    const std::string& given = row[column->second];
    const std::string cell = reader.translate ? reader.translate(F::name, given) : given;
    if (cell.empty()) {
      return;
    }
    auto value = read_cell<typename F::Type>(cell, F::name, field.rules, reader.words);
    if (!value) {
      reader.findings.add(Severity::warning, value.error().message, reader.place(row_number, column->second));
      return;
    }
    element.*F::member = std::move(value).value();
    element.origins[std::string(F::name)] = reader.origin;
  });
  return element;
}

/// Gives a dependency without identifier its own: "consumer>target", and for the other kinds
/// "consumer>target:interface", "consumer>target:backup", so that one pair may have several.
std::string dependency_id(const Dependency& dependency);

bool is_blank(const std::vector<std::string>& row);

}  // namespace releve::cartography
