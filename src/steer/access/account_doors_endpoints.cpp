// SPDX-License-Identifier: EUPL-1.2
// The further doors of an account: identities of a provider, and tokens for programs.
#include "foundation/api/bind.hpp"
#include "steer/access/access.hpp"

#include <algorithm>

namespace releve::access {

using api::Method;
using api::Nothing;
using api::Right;
using api::Session;

struct ProviderRow {
  std::string id;
  std::string label;
};

struct ProviderRows {
  std::vector<ProviderRow> items;
};

struct IdentityView {
  std::string id;
  std::string provider;
  std::string shown;
  std::string siret;
  Instant linked{};
  std::optional<Instant> last_seen;
};

struct TokenView {
  std::string id;
  std::string name;
  std::vector<Right> rights;
  std::string place;
  Instant created{};
  Instant ends{};
  std::optional<Instant> last_used;
  std::string last_peer;
  std::optional<Instant> ended;
  std::string ended_by;
};

struct AccountDoors {
  std::vector<IdentityView> identities;
  std::vector<TokenView> tokens;
};

struct LinkIdentityBody {
  std::string provider;
  std::string password;
};

struct GoOn {
  std::string address;
};

struct TokenBody {
  std::string password;
  std::string name;
  std::vector<Right> rights;
  std::string place;
  std::int64_t days = 90;
};

struct NewToken {
  std::string secret;
  AccountDoors doors;
};

struct DoorPath {
  std::string id;
};

struct PersonDoors {
  std::string id;
};

struct PersonTokenPath {
  std::string id;
  std::string token;
};

struct PersonIdentityPath {
  std::string id;
  std::string identity;
};

constexpr Rules typed_password{.max_length = 256};

constexpr auto describe(ProviderRow*) {
  return Fields{field<&ProviderRow::id>("part of /oidc/{id}/start, where a browser is sent"),
                field<&ProviderRow::label>("its name")};
}

constexpr auto describe(ProviderRows*) {
  return Fields{field<&ProviderRows::items>("in the operator's order")};
}

constexpr auto describe(IdentityView*) {
  return Fields{
      field<&IdentityView::id>("identity"),
      field<&IdentityView::provider>("name of the provider"),
      field<&IdentityView::shown>("as the provider calls this person"),
      field<&IdentityView::siret>("organisation that the provider told: a proposal, no right; empty: none"),
      field<&IdentityView::linked>("bound at"),
      field<&IdentityView::last_seen>("last signed in with it")};
}

constexpr auto describe(TokenView*) {
  return Fields{field<&TokenView::id>("identity"),
                field<&TokenView::name>("what it is for"),
                field<&TokenView::rights>("what it may do, as far as its owner may"),
                field<&TokenView::place>("where; empty: wherever its owner may"),
                field<&TokenView::created>("made at"),
                field<&TokenView::ends>("until"),
                field<&TokenView::last_used>("last used, to five minutes"),
                field<&TokenView::last_peer>("address of the client that used it"),
                field<&TokenView::ended>("no longer valid since"),
                field<&TokenView::ended_by>("by whom; 'time': it ran out")};
}

constexpr auto describe(AccountDoors*) {
  return Fields{field<&AccountDoors::identities>("newest first"),
                field<&AccountDoors::tokens>("newest first; ended ones too")};
}

constexpr auto describe(LinkIdentityBody*) {
  return Fields{
      field<&LinkIdentityBody::provider>("which", {.min_length = 1, .max_length = 30}),
      field<&LinkIdentityBody::password>("present one; empty: none was ever chosen", typed_password)};
}

constexpr auto describe(GoOn*) {
  return Fields{field<&GoOn::address>("path of this server to go on to")};
}

constexpr auto describe(TokenBody*) {
  return Fields{
      field<&TokenBody::password>("present one; empty: none was ever chosen", typed_password),
      field<&TokenBody::name>("what it is for", {.min_length = 1, .max_length = 100}),
      field<&TokenBody::rights>("what it may do", {.min_length = 1, .max_length = api::right_count}),
      field<&TokenBody::place>("where alone; empty: wherever one may oneself",
                               {.max_length = 64, .optional = true}),
      field<&TokenBody::days>("how long", {.minimum = 1, .maximum = longest_token_days, .optional = true})};
}

constexpr auto describe(NewToken*) {
  return Fields{field<&NewToken::secret>("to be sent as \"Authorization: Bearer …\"; shown this once"),
                field<&NewToken::doors>("as they are now")};
}

constexpr auto describe(DoorPath*) {
  return Fields{field<&DoorPath::id>("which")};
}

constexpr auto describe(PersonDoors*) {
  return Fields{field<&PersonDoors::id>("person")};
}

constexpr auto describe(PersonTokenPath*) {
  return Fields{field<&PersonTokenPath::id>("person"), field<&PersonTokenPath::token>("token")};
}

constexpr auto describe(PersonIdentityPath*) {
  return Fields{field<&PersonIdentityPath::id>("person"), field<&PersonIdentityPath::identity>("identity")};
}

namespace {

AccountDoors doors_of(const Identities& identities, const Tokens& tokens, const std::string& account) {
  AccountDoors doors;
  for (const LinkedIdentity& one : identities.of(account)) {
    doors.identities.push_back(
        {one.id, identities.label_of(one.provider), one.shown, one.siret, one.linked, one.last_seen});
  }
  for (const ApiToken& one : tokens.of(account)) {
    doors.tokens.push_back({one.id, one.name, one.rights, one.place, one.created, one.ends, one.last_used,
                            one.last_peer, one.ended, one.ended_by});
  }
  return doors;
}

std::vector<api::Endpoint> own_rows(const OwnAccount& own, Identities& identities, Tokens& tokens) {
  using api::on;
  const auto doors = [&](const std::string& account) { return doors_of(identities, tokens, account); };
  return {
      on(Method::get, "/account/doors", Right::signed_in, "Identities and tokens of one's own",
         [&own, doors](const Session& session, const Nothing&) -> Result<AccountDoors> {
           return doors(TRY(own.find(session)).id);
         }),
      on(Method::post, "/account/identities", Right::signed_in, "Begin to bind an identity of a provider",
         [&identities](const Session& session, const LinkIdentityBody& given) -> Result<GoOn> {
           const std::string ticket = TRY(identities.ticket(session, given.password, given.provider));
           return GoOn{"/oidc/" + given.provider + "/start?ticket=" + ticket};
         }),
      on(Method::post, "/account/identities/{id}/end", Right::signed_in, "Bind it no more",
         [&own, &identities, doors](const Session& session, const DoorPath& at) -> Result<AccountDoors> {
           const Account account = TRY(own.find(session));
           TRY(identities.end(session, account.id, at.id));
           return doors(account.id);
         }),
      on(Method::post, "/account/tokens", Right::signed_in, "Make a token for a program",
         [&tokens, doors](const Session& session, const TokenBody& given) -> Result<NewToken> {
           auto [token, secret] =
               TRY(tokens.make(session, given.password,
                               {given.name, given.rights, given.place, static_cast<int>(given.days)}));
           return NewToken{std::move(secret), doors(token.account)};
         }),
      on(Method::post, "/account/tokens/{id}/end", Right::signed_in, "End a token",
         [&own, &tokens, doors](const Session& session, const DoorPath& at) -> Result<AccountDoors> {
           const Account account = TRY(own.find(session));
           TRY(tokens.end(session, account.id, at.id));
           return doors(account.id);
         }),
  };
}

/// Whoever could take the account over sees its doors and shuts them.
std::vector<api::Endpoint> rows_of_people(const People& people, Identities& identities, Tokens& tokens) {
  using api::on;
  const auto about_people = [](api::Endpoint row) {
    return api::with_own_trail(api::listed(std::move(row)));
  };
  const auto in_hand = [&people](const Session& by, const std::string& id) -> Status {
    return people.in_hand(by, TRY(people.find(by, id)));
  };
  const auto doors = [&](const std::string& account) { return doors_of(identities, tokens, account); };
  return {
      about_people(on(Method::get, "/people/{id}/doors", Right::grant, "Identities and tokens of a person",
                      [in_hand, doors](const Session& by, const PersonDoors& at) -> Result<AccountDoors> {
                        TRY(in_hand(by, at.id));
                        return doors(at.id);
                      })),
      about_people(
          on(Method::post, "/people/{id}/tokens/{token}/end", Right::grant, "End a person's token",
             [in_hand, doors, &tokens](const Session& by, const PersonTokenPath& at) -> Result<AccountDoors> {
               TRY(in_hand(by, at.id));
               TRY(tokens.end(by, at.id, at.token));
               return doors(at.id);
             })),
      about_people(on(Method::post, "/people/{id}/identities/{identity}/end", Right::grant,
                      "Bind a person's identity no more",
                      [in_hand, doors, &identities](const Session& by,
                                                    const PersonIdentityPath& at) -> Result<AccountDoors> {
                        TRY(in_hand(by, at.id));
                        TRY(identities.end(by, at.id, at.identity));
                        return doors(at.id);
                      })),
  };
}

}  // namespace

std::vector<api::Endpoint> account_door_endpoints(const OwnAccount& own, const People& people,
                                                  Identities& identities, Tokens& tokens) {
  std::vector<api::Endpoint> rows = own_rows(own, identities, tokens);
  for (api::Endpoint& row : rows_of_people(people, identities, tokens)) {
    rows.push_back(std::move(row));
  }
  rows.push_back(api::on(Method::get, "/sign-in/providers", Right::anyone, "Who else vouches for people",
                         [&identities](const Session&, const Nothing&) -> Result<ProviderRows> {
                           ProviderRows list;
                           for (const auto& one : identities.providers()) {
                             list.items.push_back({one->settings().id, one->settings().label});
                           }
                           return list;
                         }));
  return rows;
}

}  // namespace releve::access
