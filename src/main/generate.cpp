// SPDX-License-Identifier: EUPL-1.2
#include "prepare/fiction/generate.hpp"

#include "main/commands.hpp"

#include <iostream>

namespace releve::main {

int run_generate(const Shell& shell, const GenerateCommand& command) {
  const auto size = value_of<fiction::FacilitySize>(command.size);
  RELEVE_CHECK(size.has_value(), "the command line allows only known sizes");
  const Status done = fiction::generate(*size, command.seed, command.out, shell.catalogue);
  if (!done) {
    return shell.fail(done.error());
  }
  std::cout << shell.say(message("generate.done", {{"folder", command.out}})) << "\n";
  return 0;
}

}  // namespace releve::main
