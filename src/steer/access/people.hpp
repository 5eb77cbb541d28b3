// SPDX-License-Identifier: EUPL-1.2
// The people that a reader may see and invite: whoever holds a role at a place where the reader holds
// `grant`, and whom he invited himself. Thread-safe.
#pragma once

#include "steer/access/entrance.hpp"
#include "steer/access/office.hpp"

#include <string>
#include <utility>
#include <vector>

namespace releve::access {

struct Person {
  std::string id;
  std::string login;
  std::string name;
  std::string contact;
  bool active = true;
  bool has_password = false;
  bool has_phone = false;
  std::optional<Instant> last_seen;
  std::vector<Grant> grants;  // of those, what the reader may see
};

constexpr auto describe(Person*) {
  return Fields{field<&Person::id>("identity"),
                field<&Person::login>("sign-in name"),
                field<&Person::name>("name"),
                field<&Person::contact>("how to reach the person"),
                field<&Person::active>("may sign in"),
                field<&Person::has_password>("the invitation was accepted"),
                field<&Person::has_phone>("a second factor is set up"),
                field<&Person::last_seen>("last signed in"),
                field<&Person::grants>("what the person may do, as far as the reader may see; newest first")};
}

class People {
 public:
  People(Office& office, Entrance& entrance) : office_(office), entrance_(entrance) {}

  std::vector<Person> list(const api::Session& by) const;  // by name
  /// Error access.no_such_person: none, or out of sight.
  Result<Person> find(const api::Session& by, const std::string& id) const;
  /// A new account with its first grant; gives it and the secret of its link. Errors: Grants::give(),
  /// access.bad_login, access.login_taken.
  Result<std::pair<Person, std::string>> invite(const api::Session& by, const std::string& login,
                                                const std::string& name, const std::string& contact,
                                                Grant first);
  /// A new link, by which a new password is chosen. Error access.out_of_hand.
  Result<std::string> renew_link(const api::Session& by, const std::string& id);
  /// Nobody signs in with it any more; its sessions end. Errors: access.out_of_hand,
  /// access.last_administrator.
  Status close(const api::Session& by, const std::string& id);
  /// Whoever takes an account over has its rights: so all of them must be his to give. Error
  /// access.out_of_hand.
  Status in_hand(const api::Session& by, const Person& person) const;

 private:
  bool sees(const api::Session& by, const Grant& grant) const;
  Person person_of(const api::Session& by, const Account& account, std::vector<Grant> grants) const;

  Office& office_;
  Entrance& entrance_;
};

}  // namespace releve::access
