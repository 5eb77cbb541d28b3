// SPDX-License-Identifier: EUPL-1.2
// Accounts, rights and the audit trail, put together. Other rooms never ask here: a request carries its
// reader's perimeter (api::Session), which this room draws up. Thread-safe.
#pragma once

#include "foundation/api/router.hpp"
#include "foundation/store/past.hpp"
#include "steer/access/entrance.hpp"
#include "steer/access/identities.hpp"
#include "steer/access/night.hpp"
#include "steer/access/office.hpp"
#include "steer/access/own_account.hpp"
#include "steer/access/passkeys.hpp"
#include "steer/access/people.hpp"
#include "steer/access/tokens.hpp"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace releve::access {

/// What this room keeps of the past. The trail goes by whole signed days; the signature of the last one that
/// went holds what follows.
std::vector<store::Past> past();

class Access {
 public:
  struct Parts {
    store::Database& database;
    const Clock& clock;
    InstanceKey key;
    RoleTable roles;
    Exists exists;
    Below below;
    Providers providers = {};  // of identities; none: only our own doors
    std::function<void(const Message&)> warn = [](const Message&) {};  // Office::warn
    std::function<void()> changed =
        {};  // rights, accounts or sessions, here: for other processes; may be empty
  };

  explicit Access(Parts parts);

  /// See Sessions.
  api::Session who(const std::string& secret) { return sessions_.who(secret); }

  api::Session look(const std::string& secret) { return sessions_.look(secret); }

  std::uint64_t version() const { return sessions_.version(); }

  /// Another process has changed rights, accounts or sessions.
  void others_changed() { sessions_.forget(); }

  Office& office() { return office_; }

  Entrance& entrance() { return entrance_; }

  OwnAccount& own() { return own_; }

  Passkeys& passkeys() { return passkeys_; }

  People& people() { return people_; }

  Identities& identities() { return identities_; }

  Tokens& tokens() { return tokens_; }

  Night& night() { return night_; }

  Trail& trail() { return trail_; }

  /// Writes what was asked and answered into the trail: changes, reads of a cartography (once in ten minutes
  /// for each session), and what was refused.
  void note(const api::Deed& deed);
  /// Would this reader have more rights with a second factor?
  bool needs_phone(const api::Session& session) const;

  /// All rows of this room.
  std::vector<api::Endpoint> endpoints();

 private:
  Parts parts_;
  Trail trail_;
  Grants grants_;
  Sessions sessions_;
  Passwords passwords_;
  Office office_;
  Entrance entrance_;
  OwnAccount own_;
  Passkeys passkeys_;
  People people_;
  Identities identities_;
  Tokens tokens_;
  Night night_;
  Tries refusals_{200, std::chrono::seconds(60)};  // written down for one session
};

// The rows by what they are for; what they are given must outlive them.
std::vector<api::Endpoint> door_endpoints(Office& office, Entrance& entrance, OwnAccount& own,
                                          const Identities& identities);
std::vector<api::Endpoint> account_door_endpoints(const OwnAccount& own, const People& people,
                                                  Identities& identities, Tokens& tokens);
std::vector<api::Endpoint> passkey_endpoints(OwnAccount& own, Passkeys& passkeys);
std::vector<api::Endpoint> people_endpoints(Office& office, People& people);
std::vector<api::Endpoint> night_endpoints(Night& night);
std::vector<api::Endpoint> trail_endpoints(Office& office);

}  // namespace releve::access
