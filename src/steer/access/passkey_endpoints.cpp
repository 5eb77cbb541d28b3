// SPDX-License-Identifier: EUPL-1.2
// Passkeys: added to one's own account, taken away, and the door that they open.
#include "foundation/api/bind.hpp"
#include "foundation/base/encoding.hpp"
#include "steer/access/access.hpp"

namespace releve::access {

using api::Method;
using api::Nothing;
using api::Right;
using api::Session;
using api::WithSession;

struct PasskeyView {
  std::string id;
  std::string name;
  Instant created{};
  std::optional<Instant> last_used;
};

struct PasskeyRows {
  std::vector<PasskeyView> items;
};

struct NewPasskeyBody {
  std::string password;
};

/// What a browser needs to make a passkey.
struct PasskeyRequest {
  Asking asking;
  std::string user;
  std::string login;
  std::string name;
  std::vector<std::string> present;
};

struct PasskeyBody {
  std::string ticket;
  std::string name;
  Registration answer;
};

struct PasskeyRemoval {
  std::string id;
  std::string password;
};

struct PasskeySignIn {
  std::string ticket;
  Assertion answer;
};

struct ComeIn {
  bool signed_in = true;
};

constexpr Rules a_ticket{.min_length = 1, .max_length = 200};
constexpr Rules a_password{.max_length = 256};

constexpr auto describe(PasskeyView*) {
  return Fields{field<&PasskeyView::id>("identity"), field<&PasskeyView::name>("what its owner calls it"),
                field<&PasskeyView::created>("since"),
                field<&PasskeyView::last_used>("last signed in with; null: not yet")};
}

constexpr auto describe(PasskeyRows*) {
  return Fields{field<&PasskeyRows::items>("newest first")};
}

constexpr auto describe(NewPasskeyBody*) {
  return Fields{field<&NewPasskeyBody::password>("present one; empty: none was ever chosen", a_password)};
}

constexpr auto describe(PasskeyRequest*) {
  return Fields{field<&PasskeyRequest::asking>("the ceremony"),
                field<&PasskeyRequest::user>("user handle, base64url"),
                field<&PasskeyRequest::login>("sign-in name"), field<&PasskeyRequest::name>("name"),
                field<&PasskeyRequest::present>("ids of the account's credentials: not to be made twice")};
}

constexpr auto describe(PasskeyBody*) {
  return Fields{field<&PasskeyBody::ticket>("of the ceremony", a_ticket),
                field<&PasskeyBody::name>("what to call it", {.min_length = 1, .max_length = 60}),
                field<&PasskeyBody::answer>("of the authenticator")};
}

constexpr auto describe(PasskeyRemoval*) {
  return Fields{field<&PasskeyRemoval::id>("passkey"),
                field<&PasskeyRemoval::password>("present one; empty: none was ever chosen", a_password)};
}

constexpr auto describe(PasskeySignIn*) {
  return Fields{field<&PasskeySignIn::ticket>("of the ceremony", a_ticket),
                field<&PasskeySignIn::answer>("of the authenticator")};
}

constexpr auto describe(ComeIn*) {
  return Fields{field<&ComeIn::signed_in>("true")};
}

namespace {

Result<PasskeyRows> rows_of(const OwnAccount& own, const Passkeys& passkeys, const Session& session) {
  PasskeyRows rows;
  for (const Passkey& one : passkeys.of(TRY(own.find(session)).id)) {
    rows.items.push_back({one.id, one.name, one.created, one.last_used});
  }
  return rows;
}

Result<PasskeyRequest> request_of(const OwnAccount& own, Passkeys& passkeys, const Session& session,
                                  const std::string& password) {
  PasskeyRequest request{.asking = TRY(passkeys.start(session, password))};
  const Account account = TRY(own.find(session));
  request.user = to_base64url(account.id);
  request.login = account.login;
  request.name = account.name;
  for (const Passkey& one : passkeys.of(account.id)) {
    request.present.push_back(one.credential);
  }
  return request;
}

}  // namespace

std::vector<api::Endpoint> passkey_endpoints(OwnAccount& own, Passkeys& passkeys) {
  using api::on;
  return {
      on(Method::post, "/sign-in/passkey/start", Right::anyone, "Ask to sign in with a passkey",
         [&passkeys](const Session& from, const Nothing&) { return passkeys.start_sign_in(from); }),
      on(Method::post, "/sign-in/passkey", Right::anyone, "Sign in with a passkey",
         [&passkeys](const Session& from, const PasskeySignIn& given) -> Result<WithSession<ComeIn>> {
           return WithSession<ComeIn>{{}, TRY(passkeys.sign_in(from, given.ticket, given.answer))};
         }),
      on(Method::get, "/account/passkeys", Right::signed_in, "One's passkeys",
         [&own, &passkeys](const Session& session, const Nothing&) {
           return rows_of(own, passkeys, session);
         }),
      on(Method::post, "/account/passkeys/start", Right::signed_in, "Begin to add a passkey",
         [&own, &passkeys](const Session& session, const NewPasskeyBody& given) {
           return request_of(own, passkeys, session, given.password);
         }),
      on(Method::post, "/account/passkeys", Right::signed_in, "Add a passkey",
         [&passkeys](const Session& session, const PasskeyBody& given) {
           return passkeys.add(session, given.ticket, given.name, given.answer);
         }),
      on(Method::post, "/account/passkeys/{id}/remove", Right::signed_in, "Take a passkey away",
         [&own, &passkeys](const Session& session, const PasskeyRemoval& given) -> Result<PasskeyRows> {
           TRY(passkeys.remove(session, given.id, given.password));
           return rows_of(own, passkeys, session);
         }),
  };
}

}  // namespace releve::access
