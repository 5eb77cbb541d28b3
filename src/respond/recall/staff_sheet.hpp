// SPDX-License-Identifier: EUPL-1.2
// A directory out of a spreadsheet with one person per line, under French or English titles. Pure.
#pragma once

#include "foundation/base/catalogue.hpp"
#include "foundation/report/workbook.hpp"
#include "intake/imported.hpp"
#include "intake/sheet.hpp"
#include "respond/recall/staff.hpp"

#include <string>
#include <vector>

namespace releve::recall {

inline constexpr std::size_t most_people = 50'000;

/// The people of the first tab that has a column for names and one for numbers or addresses; without their
/// ids. Whoever cannot be read is left out, with a finding that names the line; a number that is none is left
/// out of its person. An error finding: nothing of the file can be used.
intake::Imported<std::vector<StaffMember>> read_staff(const intake::Workbook& book, const std::string& file);

/// The spreadsheet to fill in.
report::Table staff_template(const Catalogue& catalogue, const std::string& language);

}  // namespace releve::recall
