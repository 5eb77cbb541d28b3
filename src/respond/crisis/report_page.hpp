// SPDX-License-Identifier: EUPL-1.2
// An approved situation report as a page for report::pdf_of(). Pure.
#pragma once

#include "respond/crisis/rooms.hpp"

#include <string>

namespace releve::crisis {

/// `row` bears a report; `facility` is the name of the hospital. Its number, who approved it, when, and the
/// head of the journal stand in it.
std::string report_page(const LineRow& row, const Room& room, const std::string& facility,
                        const Voice& voice);

}  // namespace releve::crisis
