// SPDX-License-Identifier: EUPL-1.2
// (account, role, place, hierarchy, from, until): who may do what where. Thread-safe.
//
// Whoever gives a role must hold `grant` at every place that it reaches, and every right of the role there,
// so that nobody gives more than he has. The powers of a night (crisis, cut, declare, complain) are the
// exception: the director decides who has them, and the holder of `grant` writes it down. Nobody gives to
// himself.
#pragma once

#include "foundation/api/endpoint.hpp"
#include "foundation/store/database.hpp"
#include "steer/access/role.hpp"
#include "steer/access/rows.hpp"
#include "steer/access/trail.hpp"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace releve::access {

/// The place itself and those below it in a hierarchy at an instant. The registry answers; until it does, a
/// place stands alone.
using Below = std::function<std::shared_ptr<const api::PlaceSet>(const std::string& place,
                                                                 const std::string& hierarchy, Instant at)>;
/// Is there such a place?
using Exists = std::function<bool(const std::string& place)>;

class Grants {
 public:
  struct Parts {
    store::Database& database;
    const Clock& clock;
    const Trail& trail;
    const RoleTable& roles;
    Exists exists;
    Below below;  // none: a place stands alone
  };

  explicit Grants(Parts parts) : parts_(std::move(parts)) {}

  /// What a session of this account may do.
  std::shared_ptr<const api::Perimeter> perimeter_of(const std::string& account, bool strong) const;
  /// What the holder of an opened code may do.
  std::shared_ptr<const api::Perimeter> perimeter_of(const SealedCode& code) const;

  std::vector<Grant> of(const std::string& account) const;  // newest first, ended ones too
  /// Closes for good what has run out: it stays so should the clock go back.
  void close_ended(const std::string& account);
  /// Where a grant reaches; nothing: everywhere.
  std::optional<api::PlaceSet> reach(const Grant& grant) const;
  /// May this reader give and take this role there? Errors: access.no_such_role, api.no_such_place,
  /// access.more_than_own, access.not_to_oneself.
  Status may_give(const api::Session& by, const Grant& grant) const;
  /// May it be given, as it stands? Errors: may_give(), access.needs_end, access.ends_before_start,
  /// access.sealed_role, access.exception_outside (not below the place, or none is).
  Status check(const api::Session& by, const Grant& grant) const;
  /// Errors of check().
  Result<Grant> give(const api::Session& by, Grant grant);
  /// Errors: access.no_such_grant, may_give(), access.last_administrator.
  Status take(const api::Session& by, const std::string& account, const std::string& grant);
  /// As part of making the account's first grant or an instance's owner: no check of who gives.
  Grant record(store::Transaction& transaction, const std::string& by, Grant grant);

  /// Would the instance still have an administrator who can sign in, without this grant and without this
  /// account (each may be empty)?
  static bool administrator_remains(store::Transaction& transaction, const std::string& without_grant,
                                    const std::string& without_account);

  /// The facilities' choices. Errors: api.no_such_place; of share() also access.no_such_role when the role
  /// gains nothing by it, access.ends_before_start.
  Result<std::vector<SharedPlace>> shared(const std::string& place) const;
  Status share(const api::Session& by, SharedPlace shared);
  Status unshare(const api::Session& by, const std::string& place, const std::string& role);

 private:
  void add(api::Perimeter& perimeter, const Role& role, const std::optional<api::PlaceSet>& places,
           Instant now) const;

  Parts parts_;
};

}  // namespace releve::access
