// SPDX-License-Identifier: EUPL-1.2
// The doors: password and phone, a one-time link, a printed code. Each gives the secret of a new session. A
// wrong name costs the same work and gives the same answer as a wrong password. Thread-safe.
#pragma once

#include "foundation/base/tries.hpp"
#include "steer/access/office.hpp"

#include <optional>
#include <string>

namespace releve::access {

struct SignIn {
  std::string login;
  std::string password;
  std::string code;  // of the phone, or a recovery code; empty: not yet asked for
};

constexpr auto describe(SignIn*) {
  return Fields{
      field<&SignIn::login>("sign-in name", {.min_length = 1, .max_length = 200}),
      field<&SignIn::password>("password", {.min_length = 1, .max_length = 256}),
      field<&SignIn::code>("of the phone, or a recovery code", {.max_length = 40, .optional = true})};
}

inline constexpr std::chrono::hours link_lasts{72};

class Entrance {
 public:
  explicit Entrance(Office& office) : office_(office) {}

  /// Errors (unauthenticated): access.wrong_sign_in, access.code_needed (the password is right),
  /// access.wrong_code; (unavailable): access.too_many_tries, access.busy.
  Result<std::string> sign_in(const api::Session& from, const SignIn& given);
  /// A printed code. Opened once, and told loudly. Errors: access.wrong_code, access.too_many_tries.
  Result<std::string> open_code(const api::Session& from, const std::string& typed);

  /// A link for the first administrator, as long as none has a password: whoever reads the program's terminal
  /// owns the machine. `even_so`: although one has. Nothing: none is needed.
  std::optional<std::string> first_link(bool even_so);
  /// A link for an account, in the transaction that says why. The former ones end.
  std::string make_link(store::Transaction& transaction, const std::string& account, const std::string& by,
                        bool strong) const;
  /// The account that a link is for. Error access.used_link.
  Result<Account> look_at_link(const std::string& secret) const;
  /// Comes in by a link that is as strong as a second factor. Error access.used_link.
  Result<std::string> enter(const api::Session& from, const std::string& secret);
  /// Chooses the first or a new password by a link, and comes in. A phone that was confirmed stays needed:
  /// then the session is not a strong one. Errors: access.used_link, access.weak_password, access.busy.
  Result<std::string> accept(const api::Session& from, const std::string& secret,
                             const std::string& password);

  /// A new session in the place of `from`; in the transaction that has looked. `provider`: of identities, by
  /// which one came in; empty: by a door of our own.
  std::string begin(store::Transaction& transaction, const api::Session& from, Account account, bool strong,
                    const std::string& provider = {}) const;

 private:
  struct Opened {
    Account account;
    bool strong = false;
  };

  Result<Opened> take_link(store::Transaction& transaction, const std::string& secret,
                           bool only_strong) const;
  /// Is the second factor right? Uses it up.
  Status use_code(store::Transaction& transaction, Account& account, const std::string& typed) const;

  Office& office_;
  Tries by_address_{30, std::chrono::seconds(10)};
  Tries by_name_{10, std::chrono::seconds(60)};   // of one name from one address
  Tries by_code_{10, std::chrono::seconds(300)};  // of one account, once the password was right
};

}  // namespace releve::access
