// SPDX-License-Identifier: EUPL-1.2
// What the house does by itself once a day.
#pragma once

#include <functional>
#include <thread>

namespace releve::main {

/// Does so at once and every day, until it is destroyed. A failure is logged, and tried again the next day.
std::jthread every_day(std::function<void()> work);

}  // namespace releve::main
