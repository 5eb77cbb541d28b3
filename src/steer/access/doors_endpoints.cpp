// SPDX-License-Identifier: EUPL-1.2
// Coming in, going out, and one's own account.
#include "foundation/api/bind.hpp"
#include "steer/access/access.hpp"

namespace releve::access {

using api::Method;
using api::Nothing;
using api::Right;
using api::Session;
using api::WithSession;

struct SealedCodeBody {
  std::string code;
};

struct LinkBody {
  std::string token;
};

struct AcceptBody {
  std::string token;
  std::string password;
};

struct Invited {
  std::string login;
  std::string name;
};

struct SignedIn {
  bool signed_in = true;
  std::string go_on;
};

struct PasswordBody {
  std::string password;
};

struct NewPasswordBody {
  std::string password;
  std::string fresh;
};

struct PhoneCode {
  std::string code;
};

struct OwnSession {
  std::string id;
  bool present = false;
  Instant created{};
  Instant last_seen{};
  Instant ends{};
  std::string peer;
  std::string agent;
};

struct SessionPath {
  std::string id;
};

struct AccountView {
  std::string login;
  std::string name;
  bool has_password = false;
  bool has_phone = false;
  std::int64_t recovery_codes = 0;
  std::vector<OwnSession> sessions;
  std::vector<Grant> grants;
};

constexpr Rules one_password{.max_length = 256};
constexpr Rules one_token{.min_length = 1, .max_length = 200};

constexpr auto describe(SealedCodeBody*) {
  return Fields{field<&SealedCodeBody::code>("sixteen letters of the printed sheet",
                                             {.min_length = 1, .max_length = 60})};
}

constexpr auto describe(LinkBody*) {
  return Fields{field<&LinkBody::token>("of the link", one_token)};
}

constexpr auto describe(AcceptBody*) {
  return Fields{field<&AcceptBody::token>("of the link", one_token),
                field<&AcceptBody::password>("chosen", one_password)};
}

constexpr auto describe(Invited*) {
  return Fields{field<&Invited::login>("sign-in name"), field<&Invited::name>("name")};
}

constexpr auto describe(SignedIn*) {
  return Fields{
      field<&SignedIn::signed_in>("false: out"),
      field<&SignedIn::go_on>("address to go on to, to be signed out of the provider too; else empty")};
}

constexpr auto describe(PasswordBody*) {
  return Fields{field<&PasswordBody::password>("present one; empty: none was ever chosen", one_password)};
}

constexpr auto describe(NewPasswordBody*) {
  return Fields{field<&NewPasswordBody::password>("present one; empty: none was ever chosen", one_password),
                field<&NewPasswordBody::fresh>("new one", one_password)};
}

constexpr auto describe(PhoneCode*) {
  return Fields{field<&PhoneCode::code>("six digits", {.min_length = 6, .max_length = 6})};
}

constexpr auto describe(OwnSession*) {
  return Fields{field<&OwnSession::id>("identity"),
                field<&OwnSession::present>("the one that asks"),
                field<&OwnSession::created>("since"),
                field<&OwnSession::last_seen>("last used, to five minutes"),
                field<&OwnSession::ends>("at the latest"),
                field<&OwnSession::peer>("address of the client"),
                field<&OwnSession::agent>("what the client calls itself")};
}

constexpr auto describe(SessionPath*) {
  return Fields{field<&SessionPath::id>("session")};
}

constexpr auto describe(AccountView*) {
  return Fields{field<&AccountView::login>("sign-in name"),
                field<&AccountView::name>("name"),
                field<&AccountView::has_password>("a password was chosen"),
                field<&AccountView::has_phone>("a second factor is set up"),
                field<&AccountView::recovery_codes>("recovery codes left"),
                field<&AccountView::sessions>("newest first"),
                field<&AccountView::grants>("roles held, newest first; ended ones too")};
}

namespace {

Result<AccountView> account_view(Office& office, const OwnAccount& own, const Session& session) {
  const Account account = TRY(own.find(session));
  const auto phone = phone_of(office, account);
  AccountView view{account.login,
                   account.name,
                   !account.password.empty(),
                   phone && phone->confirmed,
                   own.recovery_codes_left(account.id),
                   {},
                   office.grants.of(account.id)};
  for (const SessionRow& row : office.sessions.of(account.id)) {
    view.sessions.push_back(
        {row.id, row.id == session.id, row.created, row.last_seen, row.ends, row.peer, row.agent});
  }
  return view;
}

WithSession<SignedIn> in(std::string secret) {
  return {{true, {}}, std::move(secret)};
}

}  // namespace

std::vector<api::Endpoint> door_endpoints(Office& office, Entrance& entrance, OwnAccount& own,
                                          const Identities& identities) {
  using api::on;
  const auto view = [&office, &own](const Session& session) { return account_view(office, own, session); };
  return {
      on(Method::post, "/sign-in", Right::anyone, "Sign in",
         [&entrance](const Session& from, const SignIn& given) -> Result<WithSession<SignedIn>> {
           return in(TRY(entrance.sign_in(from, given)));
         }),
      on(Method::post, "/sign-in/code", Right::anyone, "Open a printed code",
         [&entrance](const Session& from, const SealedCodeBody& given) -> Result<WithSession<SignedIn>> {
           return in(TRY(entrance.open_code(from, given.code)));
         }),
      on(Method::post, "/invitations/look", Right::anyone, "Whom a link invites",
         [&entrance](const Session&, const LinkBody& given) -> Result<Invited> {
           const Account account = TRY(entrance.look_at_link(given.token));
           return Invited{account.login, account.name};
         }),
      on(Method::post, "/invitations/accept", Right::anyone, "Choose a password by a link, and come in",
         [&entrance](const Session& from, const AcceptBody& given) -> Result<WithSession<SignedIn>> {
           return in(TRY(entrance.accept(from, given.token, given.password)));
         }),
      on(Method::post, "/sign-out", Right::signed_in, "Sign out",
         [&office, &identities](const Session& session, const Nothing&) -> Result<WithSession<SignedIn>> {
           std::string go_on = identities.way_out_for_good(session);
           (void)office.sessions.end("", session.id);
           return WithSession<SignedIn>{{false, std::move(go_on)}, ""};
         }),
      on(Method::get, "/account", Right::signed_in, "One's own account",
         [view](const Session& session, const Nothing&) { return view(session); }),
      on(Method::post, "/account/password", Right::signed_in, "Change one's password",
         [&own, view](const Session& session, const NewPasswordBody& given) -> Result<AccountView> {
           TRY(own.change_password(session, given.password, given.fresh));
           return view(session);
         }),
      on(Method::post, "/account/phone", Right::signed_in, "Begin to set up a second factor",
         [&own](const Session& session, const PasswordBody& given) {
           return own.start_phone(session, given.password);
         }),
      on(Method::post, "/account/phone/confirm", Right::signed_in, "The first code of the phone",
         [&own](const Session& session, const PhoneCode& given) {
           return own.confirm_phone(session, given.code);
         }),
      on(Method::post, "/account/phone/remove", Right::signed_in, "Give up the second factor",
         [&own, view](const Session& session, const PasswordBody& given) -> Result<AccountView> {
           TRY(own.remove_phone(session, given.password));
           return view(session);
         }),
      on(Method::post, "/account/recovery-codes", Right::signed_in, "New recovery codes",
         [&own](const Session& session, const PasswordBody& given) {
           return own.renew_codes(session, given.password);
         }),
      on(Method::post, "/account/sessions/{id}/end", Right::signed_in, "End one of one's sessions",
         [&office, &own, view](const Session& session, const SessionPath& given) -> Result<AccountView> {
           const Account account = TRY(own.find(session));
           TRY(office.sessions.end(account.id, given.id));
           return view(session);
         }),
  };
}

}  // namespace releve::access
