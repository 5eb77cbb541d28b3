// SPDX-License-Identifier: EUPL-1.2
// Passkeys of people: a device that shows who one is by a finger, a face or a PIN. One such sign-in is as
// strong as password and phone together, and asks for no name: nobody learns who has an account. Thread-safe.
//
// A ceremony begins with a ticket, of which nothing is written: it carries its own time and seal. The
// challenge that the authenticator signs is derived from it, so that whoever has caught the signature alone
// has nothing; and a ticket that has opened is written down, so that it opens once whatever the clock says.
#pragma once

#include "steer/access/authenticator.hpp"
#include "steer/access/own_account.hpp"

#include <optional>
#include <string>
#include <vector>

namespace releve::access {

inline constexpr std::chrono::minutes ticket_lasts{5};
inline constexpr std::size_t most_passkeys = 10;  // of one account

/// One row of the table `passkey`.
struct Passkey {
  std::string id;
  std::string account;
  std::string credential;
  std::int64_t algorithm = 0;
  std::string public_key;
  std::int64_t counter = 0;
  std::string name;
  Instant created{};
  std::optional<Instant> last_used;
};

constexpr auto describe(Passkey*) {
  return Fields{field<&Passkey::id>("identity"),
                field<&Passkey::account>("whose"),
                field<&Passkey::credential>("id that the authenticator chose"),
                field<&Passkey::algorithm>("COSE"),
                field<&Passkey::public_key>("of the credential"),
                field<&Passkey::counter>("signatures so far; 0: not counted"),
                field<&Passkey::name>("what its owner calls it"),
                field<&Passkey::created>("since"),
                field<&Passkey::last_used>("last signed in with")};
}

/// What a browser needs to ask its authenticator.
struct Asking {
  std::string ticket;     // kept by the page, and sent with the answer
  std::string challenge;  // base64url
  std::string host;       // "rp.id"
};

constexpr auto describe(Asking*) {
  return Fields{field<&Asking::ticket>("to be sent with the answer; once, within five minutes"),
                field<&Asking::challenge>("base64url"),
                field<&Asking::host>("what the passkey is for: rp.id")};
}

class Passkeys {
 public:
  Passkeys(Office& office, Entrance& entrance, OwnAccount& own)
      : office_(office), entrance_(entrance), own_(own) {}

  std::vector<Passkey> of(const std::string& account) const;  // newest first

  /// Errors: those of OwnAccount, access.no_passkey_here, access.needs_second_factor (the account has one,
  /// and this session came in without), access.too_many_passkeys.
  Result<Asking> start(const api::Session& session, const std::string& password);
  /// The session becomes a strong one and gets a new secret; all other sessions of the account end. Gives
  /// recovery codes when the account had none. Errors: access.wrong_passkey, access.used_ticket,
  /// access.has_passkey.
  Result<api::WithSession<RecoveryCodes>> add(const api::Session& session, const std::string& ticket,
                                              const std::string& name, const Registration& given);
  /// Errors: those of OwnAccount, access.no_such_passkey.
  Status remove(const api::Session& session, const std::string& id, const std::string& password);

  /// For whoever asks: it tells of nobody. Error access.no_passkey_here.
  Result<Asking> start_sign_in(const api::Session& from) const;
  /// Gives the secret of a new, strong session. Errors (unauthenticated): access.wrong_passkey,
  /// access.used_ticket; (unavailable): access.too_many_tries.
  Result<std::string> sign_in(const api::Session& from, const std::string& ticket, const Assertion& given);

 private:
  Asking asking(const api::Session& session, const Site& site, std::string_view purpose) const;
  /// The ceremony that a ticket belongs to. Errors: access.no_passkey_here, access.used_ticket (too old, of
  /// another purpose or session, or none of ours).
  Result<Ceremony> ceremony(const api::Session& session, const std::string& ticket,
                            std::string_view purpose) const;
  std::string seal_of(const api::Session& session, std::string_view purpose, std::string_view body) const;
  std::string challenge_of(const std::string& ticket) const;
  /// In the transaction of what it opens. Error access.used_ticket.
  Status use(store::Transaction& transaction, const std::string& ticket) const;

  Office& office_;
  Entrance& entrance_;
  OwnAccount& own_;
  Tries by_address_{30, std::chrono::seconds(10)};
};

}  // namespace releve::access
