// SPDX-License-Identifier: EUPL-1.2
// releve import: the same imports as in the page, from a terminal. A file that cannot be used changes
// nothing.
#include "main/house.hpp"

#include <filesystem>
#include <iostream>

namespace releve::main {

int run_import(const Shell& shell, const ImportCommand& command) {
  auto house = House::open(shell, {command.folder, command.database});
  if (!house) {
    return shell.fail(house.error());
  }
  if (!(*house)->facilities->find(command.facility)) {
    const auto created = (*house)->facilities->create(command.facility, command.facility, false);
    if (!created) {
      return shell.fail(created.error());
    }
  }
  int code = 0;
  for (const std::string& path : command.files) {
    const auto import =
        import_now(**house, command.facility, std::filesystem::path(path).filename().string(), path);
    if (!import) {
      return shell.fail(import.error());
    }
    std::cout << import->file_name << " — "
              << (import->summary.recognised
                      ? shell.say(*import->summary.recognised)
                      : shell.say(message("ui.import_state." + std::string(text_of(import->state)))))
              << "\n";
    shell.print_findings(import->findings, false);
    if (import->summary.difference) {
      for (const auto& count : import->summary.difference->counts) {
        if (count.created + count.changed + count.gone + count.back + count.reidentified > 0) {
          std::cout << "    "
                    << shell.say(message("import.counts",
                                         {{"element", shell.say(message("element." + count.element))},
                                          {"created", std::to_string(count.created)},
                                          {"kept", std::to_string(count.kept)},
                                          {"changed", std::to_string(count.changed)},
                                          {"gone", std::to_string(count.gone)},
                                          {"back", std::to_string(count.back)},
                                          {"reidentified", std::to_string(count.reidentified)}}))
                    << "\n";
        }
      }
    }
    code = import->state == cartography::ImportState::committed ? code : 1;
  }
  return code;
}

}  // namespace releve::main
