// SPDX-License-Identifier: EUPL-1.2
// An outcome as people read it on a terminal: plain text, figures in the manner of the language.
#pragma once

#include "main/commands.hpp"
#include "prepare/assessment/results.hpp"

#include <string>

namespace releve::main {

std::string outcome_text(const Shell& shell, const assessment::Outcome& outcome);

}  // namespace releve::main
