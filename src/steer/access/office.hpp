// SPDX-License-Identifier: EUPL-1.2
// What the doors of this room share, and the reading of accounts.
#pragma once

#include "steer/access/grants.hpp"
#include "steer/access/passwords.hpp"
#include "steer/access/refused.hpp"
#include "steer/access/sessions.hpp"
#include "steer/access/trail.hpp"

#include <functional>
#include <optional>
#include <string>

namespace releve::access {

struct Office {
  store::Database& database;
  const Clock& clock;
  const InstanceKey& key;
  const RoleTable& roles;
  Trail& trail;
  Grants& grants;
  Sessions& sessions;
  Passwords& passwords;
  std::function<void(const Message&)> warn;  // of what somebody should hear of now, not read one day
};

std::optional<Account> account_by_id(store::Transaction& transaction, const std::string& id);
std::optional<Account> account_by_login(store::Transaction& transaction, const std::string& login);
void save(store::Transaction& transaction, const Account& account);
/// As a sign-in name is kept: trimmed, lower case.
std::string folded_login(std::string_view login);

/// The phone's secret of an account, and whether a first code has shown that the phone has it.
struct Phone {
  std::string secret;
  bool confirmed = false;
};

std::optional<Phone> phone_of(const Office& office, const Account& account);
std::string sealed_phone(const Office& office, const Account& account, const Phone& phone);

std::string contact_of(const Office& office, const Account& account);
std::string sealed_contact(const Office& office, const Account& account, const std::string& contact);

/// A phone that was confirmed, or a passkey: whoever has one needs it at each sign-in.
bool has_second_factor(const Office& office, store::Transaction& transaction, const Account& account);
/// After one was taken away: with the last, the recovery codes go and no session of the account is strong.
void weaken_without_second_factor(const Office& office, store::Transaction& transaction,
                                  const Account& account);

/// Ten fresh codes in the place of the former ones.
std::vector<std::string> renew_recovery_codes(const Office& office, store::Transaction& transaction,
                                              const std::string& account);

}  // namespace releve::access
