// SPDX-License-Identifier: EUPL-1.2
// The door of a provider of identities (Pro Santé Connect, ProConnect, any other that speaks OpenID Connect).
//
// Who somebody is, the provider says; what he may do, only we. An identity opens the account that it is bound
// to, and is bound in two ways: its owner does it from his own account, or comes in by it instead of by the
// link of an invitation, with a verified login that is the one he was invited with. Nobody else gets an
// account or a right, whatever a provider tells of him. Thread-safe; start() and finish() wait for the
// provider.
#pragma once

#include "foundation/oidc/provider.hpp"
#include "steer/access/entrance.hpp"
#include "steer/access/office.hpp"
#include "steer/access/own_account.hpp"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace releve::access {

using Providers = std::vector<std::shared_ptr<oidc::Provider>>;

/// One row of the table `identity`.
struct LinkedIdentity {
  std::string id;
  std::string account;
  std::string provider;
  std::string subject;  // tag of issuer and subject: often a professional's number, and only ever compared
  std::string shown;    // sealed: the name or login that the provider told when it was bound
  std::string siret;    // a proposal of a facility, for whoever gives roles
  Instant linked{};
  std::string linked_by;  // "invitation": by a first sign-in
  std::optional<Instant> last_seen;
};

constexpr auto describe(LinkedIdentity*) {
  return Fields{field<&LinkedIdentity::id>("identity"),
                field<&LinkedIdentity::account>("whose"),
                field<&LinkedIdentity::provider>("by which provider"),
                field<&LinkedIdentity::subject>("tag of who it is there"),
                field<&LinkedIdentity::shown>("sealed: as the provider calls this person"),
                field<&LinkedIdentity::siret>("organisation that the provider told"),
                field<&LinkedIdentity::linked>("bound at"),
                field<&LinkedIdentity::linked_by>("by whom"),
                field<&LinkedIdentity::last_seen>("last signed in with it")};
}

/// What a browser takes along to a provider and brings back, sealed: nothing of a way out is kept here.
struct KeptWay;

class Identities {
 public:
  Identities(Office& office, Entrance& entrance, OwnAccount& own, Providers providers)
      : office_(office), entrance_(entrance), own_(own), providers_(std::move(providers)) {}

  const Providers& providers() const { return providers_; }

  std::string label_of(const std::string& provider) const;

  /// How a browser goes there: `address` to be sent to, `kept` to be brought back by the same browser.
  struct WayOut {
    std::string address;
    std::string kept;
  };

  /// `from` says how the browser reaches us. `next`: where it goes afterwards. `ticket`: of ticket(), when an
  /// account binds an identity; empty: a sign-in. Errors: access.no_such_provider, access.provider_down,
  /// access.provider_refused, access.stale_sign_in.
  Result<WayOut> start(const api::Session& from, const std::string& provider, const std::string& next,
                       const std::string& ticket);

  struct WayBack {
    std::string secret;  // of the new session; empty: an identity was bound, and the session is as it was
    std::string next;    // path within our own page
  };

  /// Errors: those of start(); access.sign_in_cancelled, access.unknown_identity, access.identity_taken,
  /// access.too_many_tries. `where` is the page to tell it on; empty: the one to sign in.
  Result<WayBack> finish(const api::Session& from, const std::string& provider, const std::string& kept,
                         const std::map<std::string, std::string>& query);

  /// One's own. The ticket shows start() that the password was asked. Errors of OwnAccount::with_password(),
  /// access.no_such_provider, access.needs_second_factor: whoever has one must have come in with it.
  Result<std::string> ticket(const api::Session& session, const std::string& password,
                             const std::string& provider);
  std::vector<LinkedIdentity> of(const std::string& account) const;  // newest first; `shown` in clear
  /// Errors: access.no_such_identity; access.last_door: it would leave an account without password shut.
  Status end(const api::Session& by, const std::string& account, const std::string& id);

  /// Where to go on to when this session ends, so that it ends at the provider too; empty: nowhere.
  std::string way_out_for_good(const api::Session& session) const;

 private:
  oidc::Provider* find(const std::string& provider) const;
  Result<WayBack> open(const api::Session& from, const oidc::Provider& there, const KeptWay& kept,
                       const oidc::Identity& who) const;
  /// Gives the secret of a new session; empty: nobody's identity.
  std::string come_in(store::Transaction& transaction, const api::Session& from, const oidc::Provider& there,
                      const KeptWay& kept, const oidc::Identity& who) const;
  Status bind(store::Transaction& transaction, const oidc::Provider& there, const KeptWay& kept,
              const oidc::Identity& who) const;
  void add(store::Transaction& transaction, const oidc::Provider& there, const oidc::Identity& who,
           const Account& account, const std::string& by) const;
  /// The first time that this state comes back?
  bool first_use(const std::string& state) const;
  /// Writes a refusal into the trail; gives it.
  Error noted(const api::Session& from, const std::string& provider, Error error, const std::string& why,
              const oidc::Identity& who = {});

  Office& office_;
  Entrance& entrance_;
  OwnAccount& own_;
  const Providers providers_;
  Tries by_address_{30, std::chrono::seconds(10)};
};

}  // namespace releve::access
