// SPDX-License-Identifier: EUPL-1.2
// releve verify-audit: the trail held against its hashes and signatures, without the server.
#include "main/house.hpp"
#include "steer/access/trail.hpp"

#include <iostream>

namespace releve::main {

int run_verify_audit(const Shell& shell, const VerifyAuditCommand& command) {
  const SystemClock clock;
  const HouseOptions house{command.folder, command.database, command.key_file};
  auto database = store::open_database({house.url()}, clock.now());
  if (!database) {
    return shell.fail(database.error());
  }
  const auto key = InstanceKey::open(house.key());
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
