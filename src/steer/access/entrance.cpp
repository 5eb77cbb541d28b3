// SPDX-License-Identifier: EUPL-1.2
#include "steer/access/entrance.hpp"

#include "foundation/base/hash.hpp"
#include "foundation/base/id.hpp"
#include "foundation/base/text.hpp"
#include "foundation/store/described_rows.hpp"
#include "steer/access/totp.hpp"

namespace releve::access {

using store::Transaction;
using store::detail::to_value;

namespace {

constexpr const char* owner_login = "owner";

std::optional<Invitation> link_of(Transaction& t, const std::string& tag, Instant now) {
  const auto rows =
      t.query("select " + store::column_list<Invitation>() + " from invitation where secret = :secret",
              {{"secret", tag}});
  if (rows.empty()) {
    return std::nullopt;
  }
  auto link = store::from_row<Invitation>(rows[0]);
  return now < link.ends ? std::optional(std::move(link)) : std::nullopt;
}

}  // namespace

Result<std::string> Entrance::sign_in(const api::Session& from, const SignIn& given) {
  const Instant now = office_.clock.now();
  const std::string name = from.peer + " " + folded_login(given.login);
  TRY(by_address_.may_try(from.peer, now));
  TRY(by_name_.may_try(name, now));
  std::optional<Account> found;
  office_.database.read([&](Transaction& t) { found = account_by_login(t, given.login); });
  const bool usable = found && found->active;
  // The same work whether or not there is such a name.
  if (!TRY(office_.passwords.verify(usable ? found->password : "", given.password))) {
    by_address_.failed(from.peer, now);
    by_name_.failed(name, now);
    office_.trail.note_once(
        "wrong sign-in " + name,
        {.actor = usable ? found->login : "", .peer = from.peer, .deed = "sign_in_refused"});
    return refused(ErrorKind::unauthenticated, "access.wrong_sign_in");
  }
  TRY(by_code_.may_try(found->id, now));
  std::string secret;
  std::optional<Error> wrong;
  TRY(office_.database.write([&](Transaction& t) -> Status {
    Account account = account_by_id(t, found->id).value_or(*found);
    if (!account.active || account.password != found->password) {  // changed in the meantime
      wrong = refused(ErrorKind::unauthenticated, "access.wrong_sign_in");
      return Done{};
    }
    const bool strong = has_second_factor(office_, t, account);
    if (strong) {
      const Status right = use_code(t, account, given.code);
      if (!right) {
        wrong = right.error();
        return Done{};
      }
    }
    secret = begin(t, from, std::move(account), strong);
    return Done{};
  }));
  if (wrong) {
    if (!given.code.empty()) {
      by_code_.failed(found->id, now);
      office_.trail.note_once("wrong code " + name,
                              {.actor = found->login, .peer = from.peer, .deed = "sign_in_refused"});
    }
    return std::move(*wrong);
  }
  by_name_.succeeded(name);
  by_code_.succeeded(found->id);
  office_.sessions.changed();
  return secret;
}

Status Entrance::use_code(Transaction& t, Account& account, const std::string& typed) const {
  if (typed.empty()) {
    return refused(ErrorKind::unauthenticated, "access.code_needed", "code");
  }
  const auto phone = phone_of(office_, account);
  const auto step = phone && phone->confirmed
                        ? totp_step(phone->secret, typed, office_.clock.now(), account.totp_step)
                        : std::nullopt;
  if (step) {
    account.totp_step = *step;
    return Done{};
  }
  const std::string letters = read_letters(typed);
  if (letters.size() == 10 &&
      t.execute("delete from recovery_code where account = :account and secret = :secret",
                {{"account", account.id}, {"secret", office_.key.tag("recovery:" + letters)}}) == 1) {
    office_.trail.append(t, {.actor = account.login, .deed = "recovery_code_used", .subject = account.login});
    return Done{};
  }
  return refused(ErrorKind::unauthenticated, "access.wrong_code", "code");
}

std::string Entrance::begin(Transaction& t, const api::Session& from, Account account, bool strong,
                            const std::string& provider) const {
  std::vector<Param> detail{{"strong", strong ? "true" : "false"}};
  if (!provider.empty()) {
    detail.push_back({"provider", provider});
  }
  t.execute("delete from access_session where id = :id", {{"id", from.id}});
  account.last_seen = office_.clock.now();
  save(t, account);
  office_.trail.append(t, {.actor = account.login,
                           .peer = from.peer,
                           .deed = "sign_in",
                           .subject = account.login,
                           .detail = std::move(detail)});
  return office_.sessions.begin(
      t, {.account = account.id, .strong = strong, .peer = from.peer, .agent = from.agent});
}

Result<std::string> Entrance::open_code(const api::Session& from, const std::string& typed) {
  const Instant now = office_.clock.now();
  TRY(by_address_.may_try(from.peer, now));
  const std::string letters = read_letters(typed);
  std::string secret;
  Message opened;
  TRY(office_.database.write([&](Transaction& t) -> Status {
    const auto rows =
        t.query("select " + store::column_list<SealedCode>() + " from sealed_code where secret = :secret",
                {{"secret", office_.key.tag("sealed:" + letters)}});
    if (rows.empty()) {
      return Done{};
    }
    auto code = store::from_row<SealedCode>(rows[0]);
    if (code.used || code.revoked || now >= code.ends) {
      office_.trail.append(t, {.actor = "code:" + code.post,
                               .peer = from.peer,
                               .deed = "code_refused",
                               .place = code.place,
                               .subject = code.post});
      return Done{};
    }
    t.execute("update sealed_code set used = :now, used_from = :peer where id = :id",
              {{"now", to_value(now)}, {"peer", from.peer}, {"id", code.id}});
    t.execute("delete from access_session where id = :id", {{"id", from.id}});
    office_.trail.append(t, {.actor = "code:" + code.post,
                             .peer = from.peer,
                             .deed = "code_opened",
                             .place = code.place,
                             .subject = code.post,
                             .detail = {{"role", code.role}, {"printed_by", code.created_by}}});
    secret =
        office_.sessions.begin(t, {.code = code.id, .strong = true, .peer = from.peer, .agent = from.agent});
    opened = message("access.code_opened", {{"post", code.post}, {"role", code.role}, {"from", from.peer}});
    return Done{};
  }));
  if (secret.empty()) {
    by_address_.failed(from.peer, now);
    return refused(ErrorKind::unauthenticated, "access.wrong_sealed_code", "code");
  }
  office_.warn(opened);
  office_.sessions.changed();
  return secret;
}

std::optional<std::string> Entrance::first_link(bool even_so) {
  std::optional<std::string> secret;
  const Status made = office_.database.write([&](Transaction& t) -> Status {
    const auto able = t.query(
        "select a.id, a.password from account a join access_grant g on g.account = a.id where a.active = 1 "
        "and "
        "g.role = :role and g.place = '' and g.ended is null and g.ends is null order by a.created, a.id",
        {{"role", std::string(administrator_role)}});
    std::string account;
    for (const auto& row : able) {
      if (!row.text(1).empty() && !even_so) {
        return Done{};
      }
      account = account.empty() ? row.text(0) : account;
    }
    if (account.empty()) {
      const Instant now = office_.clock.now();
      auto owner = account_by_login(t, owner_login);
      if (!owner) {
        owner = Account{.id = mint_uuid(now),
                        .login = owner_login,
                        .name = owner_login,
                        .created = now,
                        .created_by = "instance"};
      }
      owner->active = true;
      save(t, *owner);
      office_.grants.record(t, "instance",
                            {.account = owner->id, .role = std::string(administrator_role), .starts = now});
      account = owner->id;
    }
    secret = make_link(t, account, "instance", true);
    return Done{};
  });
  RELEVE_CHECK(made.ok(), "the first administrator is made");
  return secret;
}

std::string Entrance::make_link(Transaction& t, const std::string& account, const std::string& by,
                                bool strong) const {
  const std::string secret = random_hex(24);
  const Instant now = office_.clock.now();
  t.execute("delete from invitation where account = :account", {{"account", account}});
  t.execute(
      store::insert_into<Invitation>("invitation"),
      store::bindings_of(Invitation{office_.key.tag(secret), account, strong, now, by, now + link_lasts}));
  return secret;
}

Result<Account> Entrance::look_at_link(const std::string& secret) const {
  std::optional<Account> account;
  office_.database.read([&](Transaction& t) {
    if (const auto link = link_of(t, office_.key.tag(secret), office_.clock.now())) {
      account = account_by_id(t, link->account);
    }
  });
  if (!account || !account->active) {
    return refused(ErrorKind::not_found, "access.used_link");
  }
  return std::move(*account);
}

Result<Entrance::Opened> Entrance::take_link(Transaction& t, const std::string& secret,
                                             bool only_strong) const {
  const std::string tag = office_.key.tag(secret);
  const auto link = link_of(t, tag, office_.clock.now());
  auto account = link ? account_by_id(t, link->account) : std::nullopt;
  if (!account || !account->active || (only_strong && !link->strong)) {
    return refused(ErrorKind::not_found, "access.used_link");
  }
  t.execute("delete from invitation where secret = :secret", {{"secret", tag}});
  return Opened{std::move(*account), link->strong};
}

Result<std::string> Entrance::enter(const api::Session& from, const std::string& secret) {
  std::string session;
  const Status come_in = office_.database.write([&](Transaction& t) -> Status {
    session = begin(t, from, TRY(take_link(t, secret, true)).account, true);
    return Done{};
  });
  TRY(come_in);
  office_.sessions.changed();
  return session;
}

Result<std::string> Entrance::accept(const api::Session& from, const std::string& secret,
                                     const std::string& password) {
  const Account invited = TRY(look_at_link(secret));
  TRY(check_password(password, invited.login));
  const std::string hash = TRY(office_.passwords.hash(password));
  std::string session;
  const Status come_in = office_.database.write([&](Transaction& t) -> Status {
    Opened opened = TRY(take_link(t, secret, false));
    opened.account.password = hash;
    office_.sessions.end_all(t, opened.account.id, "", "");
    office_.trail.append(t, {.actor = opened.account.login,
                             .peer = from.peer,
                             .deed = "password_chosen",
                             .subject = opened.account.login});
    session = begin(t, from, std::move(opened.account), opened.strong);
    return Done{};
  });
  TRY(come_in);
  office_.sessions.changed();
  return session;
}

}  // namespace releve::access
