// SPDX-License-Identifier: EUPL-1.2
// Accounts, rights and the audit trail, put together. Other rooms never ask here: a request carries its
// reader's perimeter (api::Session), which this room draws up. Thread-safe.
#pragma once

#include "foundation/api/router.hpp"
#include "steer/access/entrance.hpp"
#include "steer/access/night.hpp"
#include "steer/access/office.hpp"
#include "steer/access/own_account.hpp"
#include "steer/access/people.hpp"

#include <memory>
#include <string>
#include <vector>

namespace releve::access {

class Access {
 public:
  struct Parts {
    store::Database& database;
    const Clock& clock;
    InstanceKey key;
    RoleTable roles;
    Exists exists;
    Below below;
    std::function<void()> changed;  // rights, accounts or sessions, here: for other processes; may be empty
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

  People& people() { return people_; }

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
  People people_;
  Night night_;
  Tries refusals_{200, std::chrono::seconds(60)};  // written down for one session
};

// The rows by what they are for; what they are given must outlive them.
std::vector<api::Endpoint> door_endpoints(Office& office, Entrance& entrance, OwnAccount& own);
std::vector<api::Endpoint> people_endpoints(Office& office, People& people);
std::vector<api::Endpoint> night_endpoints(Night& night);
std::vector<api::Endpoint> trail_endpoints(Office& office);

}  // namespace releve::access
