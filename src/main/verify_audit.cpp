// SPDX-License-Identifier: EUPL-1.2
// releve verify-audit: the trail held against its hashes and signatures, without the server.
#include "foundation/store/database.hpp"
#include "main/commands.hpp"
#include "steer/access/trail.hpp"

#include <iostream>

namespace releve::main {

int run_verify_audit(const Shell& shell, const VerifyAuditCommand& command) {
  const SystemClock clock;
  const std::string url =
      command.database.empty() ? "sqlite:" + command.folder + "/releve.db" : command.database;
  const std::string key_file =
      command.key_file.empty() ? command.folder + "/keys/instance.key" : command.key_file;
  auto database = store::open_database({url}, clock.now());
  if (!database) {
    return shell.fail(database.error());
  }
  const auto key = InstanceKey::open(key_file);
  if (!key) {
    return shell.fail(key.error());
  }
  const access::TrailCheck check = access::Trail(**database, clock, *key).check();
  if (check.fault) {
    return shell.fail({ErrorKind::conflict, *check.fault, {}});
  }
  std::cout << shell.say(message("trail.whole", {{"entries", std::to_string(check.entries)},
                                                 {"digests", std::to_string(check.digests)}}))
            << "\n";
  return 0;
}

}  // namespace releve::main
