// SPDX-License-Identifier: EUPL-1.2
// What people do with their own account. Whatever weakens it asks for the password again. Thread-safe.
#pragma once

#include "steer/access/entrance.hpp"
#include "steer/access/office.hpp"

#include <string>
#include <vector>

namespace releve::access {

/// A phone to be enrolled.
struct NewPhone {
  std::string secret;   // base32, to be typed
  std::string address;  // otpauth://…
};

constexpr auto describe(NewPhone*) {
  return Fields{field<&NewPhone::secret>("base32, to be typed into the phone"),
                field<&NewPhone::address>("otpauth:// address, for a link or a QR code")};
}

struct RecoveryCodes {
  std::vector<std::string> codes;
};

constexpr auto describe(RecoveryCodes*) {
  return Fields{field<&RecoveryCodes::codes>("each opens once; shown this once")};
}

class OwnAccount {
 public:
  OwnAccount(Office& office, Entrance& entrance) : office_(office), entrance_(entrance) {}

  /// Errors of all: access.no_account (a sealed code was used), access.wrong_password.
  Result<Account> find(const api::Session& session) const;
  std::int64_t recovery_codes_left(const std::string& account) const;
  /// All other sessions end. Errors: access.weak_password, access.busy.
  Status change_password(const api::Session& session, const std::string& password, const std::string& fresh);
  /// Error access.has_phone: take the present one away first.
  Result<NewPhone> start_phone(const api::Session& session, const std::string& password);
  /// The first code that the phone shows. The session becomes a strong one: gives its new secret, and the
  /// recovery codes. Errors: access.no_phone, access.wrong_code.
  Result<api::WithSession<RecoveryCodes>> confirm_phone(const api::Session& session, const std::string& code);
  /// The session is no longer a strong one. Errors: access.no_phone.
  Status remove_phone(const api::Session& session, const std::string& password);
  Result<RecoveryCodes> renew_codes(const api::Session& session, const std::string& password);

  // For the rooms of one's own account: the phone here, passkeys.
  /// The account, its password held against what was typed when it has one; else the sign-in must be of the
  /// last minutes. Errors: access.wrong_password, access.sign_in_again.
  Result<Account> with_password(const api::Session& session, const std::string& password);
  /// The same, before a second factor is added: whoever has one must have come in with it. Error
  /// access.needs_second_factor.
  Result<Account> may_add_factor(const api::Session& session, const std::string& password);
  /// In a transaction: the account as it is now.
  Status change(const api::Session& session, const char* deed,
                const std::function<Status(store::Transaction&, Account&)>& work);

 private:
  Status just_came_in(const api::Session& session) const;

  Office& office_;
  Entrance& entrance_;
  Tries guesses_{10, std::chrono::seconds(60)};
};

}  // namespace releve::access
