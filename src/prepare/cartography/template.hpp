// SPDX-License-Identifier: EUPL-1.2
// The spreadsheet template: one tab per kind of element (Services, Applications, Components, Dependencies,
// Zones), headers in French or English out of describe(). What Relève exports it reads back unchanged.
// The words (tabs, headers, values of enumerations) come from the catalogue; readers accept both languages
// and the raw names, accents and case aside.
#pragma once

#include "foundation/base/catalogue.hpp"
#include "foundation/report/workbook.hpp"
#include "intake/imported.hpp"
#include "intake/sheet.hpp"
#include "prepare/cartography/cartography.hpp"

#include <optional>
#include <string>
#include <vector>

namespace releve::cartography {

/// The tabs of the template holding `inventory` (an empty one gives the blank template). `language` is "fr"
/// or "en".
std::vector<report::Table> template_tables(const Inventory& inventory, const std::string& language,
                                           const Catalogue& catalogue);

/// True when the workbook has at least one tab of the template with its identifier column (of a dependency:
/// its consumer and target).
bool is_template(const intake::Workbook& workbook, const Catalogue& catalogue);

/// Reads a filled template; headers of both languages, percentages ("80 %", 0.8, 80), "oui/non", "yes/no",
/// decimal commas, durations ("4 h", "2 j", "30 min"). Each bad cell is a finding naming sheet and cell, and
/// is left out; a row without an identifier or with one already used is refused.
intake::Imported<Inventory> read_template(const intake::Workbook& workbook, const std::string& file,
                                          Instant when, const Catalogue& catalogue);

// -- a spreadsheet of the hospital's own (GLPI export, BIA), mapped column by column -----------------------

/// One column of the user's sheet and where it goes: "component.host_name"; "" leaves it out.
struct ColumnChoice {
  std::string header;
  std::string field;
};

struct ColumnMapping {
  std::string sheet;    // tab name
  std::string element;  // "service", "application", "component", "dependency", "zone"
  std::vector<ColumnChoice> columns;
};

constexpr auto describe(ColumnChoice*) {
  return Fields{field<&ColumnChoice::header>("header in the user's sheet"),
                field<&ColumnChoice::field>("element.field it fills, or empty")};
}

constexpr auto describe(ColumnMapping*) {
  return Fields{field<&ColumnMapping::sheet>("tab"), field<&ColumnMapping::element>("what a row is"),
                field<&ColumnMapping::columns>("one entry per column")};
}

/// A first guess for each tab, by header words in French and English (GLPI's own headers included). A tab
/// where no column is recognised has no mapping.
std::vector<ColumnMapping> guess_mapping(const intake::Workbook& workbook, const Catalogue& catalogue);

/// The same headers give the same key, whatever the tabs are called: a remembered mapping is found again.
std::string header_key(const intake::Workbook& workbook);

/// Rows without an identifier column get one made from their name, unique in the file. In a sheet of
/// applications, a column mapped to "service.name" gives the services that need each application.
intake::Imported<Inventory> read_mapped(const intake::Workbook& workbook,
                                        const std::vector<ColumnMapping>& mapping, const std::string& file,
                                        Instant when, const Catalogue& catalogue);

}  // namespace releve::cartography
