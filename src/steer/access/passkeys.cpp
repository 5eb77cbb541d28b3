// SPDX-License-Identifier: EUPL-1.2
#include "steer/access/passkeys.hpp"

#include "foundation/base/encoding.hpp"
#include "foundation/base/hash.hpp"
#include "foundation/base/id.hpp"
#include "foundation/base/text.hpp"
#include "foundation/store/described_rows.hpp"

namespace releve::access {

using store::Transaction;
using store::detail::to_value;

namespace {

constexpr std::string_view to_register = "register";
constexpr std::string_view to_enter = "enter";
constexpr std::chrono::minutes clocks_differ{1};  // of two processes over one database
constexpr std::chrono::hours used_tickets_kept{
    24};  // longer than they last: a clock that goes back opens nothing

std::vector<Passkey> passkeys_where(Transaction& t, std::string_view condition, const std::string& value) {
  std::vector<Passkey> list;
  for (const auto& row : t.query("select " + store::column_list<Passkey>() + " from passkey where " +
                                     std::string(condition) + " = :value order by created desc, id desc",
                                 {{"value", value}})) {
    list.push_back(store::from_row<Passkey>(row));
  }
  return list;
}

Error used_ticket() {
  return refused(ErrorKind::unauthenticated, "access.used_ticket");
}

/// The counter of an authenticator that counts goes up; one that stands still or goes back was copied.
bool copied(std::int64_t known, std::int64_t given) {
  return (known != 0 || given != 0) && given <= known;
}

}  // namespace

std::string Passkeys::seal_of(const api::Session& session, std::string_view purpose,
                              std::string_view body) const {
  std::string text("passkey ");
  // Whoever comes in has no session to bind to: there it is the page that holds the ticket.
  text.append(purpose).append(" ").append(purpose == to_register ? session.id : "").append(" ").append(body);
  return office_.key.tag(text);
}

std::string Passkeys::challenge_of(const std::string& ticket) const {
  return to_base64url(office_.key.tag("passkey challenge " + ticket));
}

Asking Passkeys::asking(const api::Session& session, const Site& site, std::string_view purpose) const {
  const std::string body =
      std::to_string(office_.clock.now().time_since_epoch().count()) + "." + random_hex(16);
  const std::string ticket = body + "." + seal_of(session, purpose, body);
  return {ticket, challenge_of(ticket), site.host};
}

Result<Ceremony> Passkeys::ceremony(const api::Session& session, const std::string& ticket,
                                    std::string_view purpose) const {
  const auto site = passkey_site(session.origin);
  if (!site) {
    return refused(ErrorKind::conflict, "access.no_passkey_here");
  }
  const auto end = ticket.rfind('.');
  const std::string body = ticket.substr(0, end);
  const auto begun = parse_int(std::string_view(body).substr(0, body.find('.')));
  if (end == std::string::npos || !begun ||
      !equal_secret(ticket.substr(end + 1), seal_of(session, purpose, body))) {
    return used_ticket();
  }
  const auto age = office_.clock.now() - Instant(Instant::duration(*begun));
  if (age > ticket_lasts || age < -clocks_differ) {
    return used_ticket();
  }
  return Ceremony{*site, challenge_of(ticket)};
}

Status Passkeys::use(Transaction& t, const std::string& ticket) const {
  const Instant now = office_.clock.now();
  t.execute("delete from used_ticket where used < :then", {{"then", to_value(now - used_tickets_kept)}});
  const std::string tag = office_.key.tag("passkey ticket " + ticket);
  if (t.execute(
          "insert into used_ticket (ticket, used) values (:ticket, :now) on conflict (ticket) do nothing",
          {{"ticket", tag}, {"now", to_value(now)}}) != 1) {
    return used_ticket();
  }
  return Done{};
}

std::vector<Passkey> Passkeys::of(const std::string& account) const {
  std::vector<Passkey> list;
  office_.database.read([&](Transaction& t) { list = passkeys_where(t, "account", account); });
  return list;
}

Result<Asking> Passkeys::start(const api::Session& session, const std::string& password) {
  const Account account = TRY(own_.may_add_factor(session, password));
  const auto site = passkey_site(session.origin);
  if (!site) {
    return refused(ErrorKind::conflict, "access.no_passkey_here");
  }
  if (of(account.id).size() >= most_passkeys) {
    return refused(ErrorKind::conflict, "access.too_many_passkeys");
  }
  return asking(session, *site, to_register);
}

Result<api::WithSession<RecoveryCodes>> Passkeys::add(const api::Session& session, const std::string& ticket,
                                                      const std::string& name, const Registration& given) {
  TRY(own_.find(session));
  const Ceremony asked = TRY(ceremony(session, ticket, to_register));
  const Credential credential = TRY(read_registration(asked, given));
  RecoveryCodes codes;
  std::string secret;
  const Status added = own_.change(session, "passkey_added", [&](Transaction& t, Account& account) -> Status {
    TRY(use(t, ticket));
    if (!passkeys_where(t, "credential", credential.id).empty()) {
      return refused(ErrorKind::conflict, "access.has_passkey");
    }
    if (!has_second_factor(office_, t, account)) {
      codes.codes = renew_recovery_codes(office_, t, account.id);
    }
    const Instant now = office_.clock.now();
    t.execute(store::insert_into<Passkey>("passkey"),
              store::bindings_of(Passkey{mint_uuid(now), account.id, credential.id, credential.algorithm,
                                         credential.public_key, credential.counter, std::string(trim(name)),
                                         now, std::nullopt}));
    office_.sessions.end_all(t, account.id, "", "");
    secret = entrance_.begin(t, session, account, true);
    return Done{};
  });
  TRY(added);
  return api::WithSession<RecoveryCodes>{std::move(codes), std::move(secret)};
}

Status Passkeys::remove(const api::Session& session, const std::string& id, const std::string& password) {
  TRY(own_.with_password(session, password));
  return own_.change(session, "passkey_removed", [&](Transaction& t, Account& account) -> Status {
    if (t.execute("delete from passkey where id = :id and account = :account",
                  {{"id", id}, {"account", account.id}}) != 1) {
      return refused(ErrorKind::not_found, "access.no_such_passkey");
    }
    weaken_without_second_factor(office_, t, account);
    return Done{};
  });
}

Result<Asking> Passkeys::start_sign_in(const api::Session& from) const {
  const auto site = passkey_site(from.origin);
  if (!site) {
    return refused(ErrorKind::conflict, "access.no_passkey_here");
  }
  return asking(from, *site, to_enter);
}

Result<std::string> Passkeys::sign_in(const api::Session& from, const std::string& ticket,
                                      const Assertion& given) {
  const Instant now = office_.clock.now();
  TRY(by_address_.may_try(from.peer, now));
  const Ceremony asked = TRY(ceremony(from, ticket, to_enter));
  std::string secret;
  std::string login;
  std::optional<Error> wrong;
  const Status done = office_.database.write([&](Transaction& t) -> Status {
    const auto known = passkeys_where(t, "credential", given.credential);
    auto account = known.empty() ? std::nullopt : account_by_id(t, known[0].account);
    if (!account || !account->active || from_base64url(given.user) != account->id) {
      wrong = refused(ErrorKind::unauthenticated, "access.wrong_passkey", "credential");
      return Done{};
    }
    const Passkey& passkey = known[0];
    login = account->login;
    const auto counter = check_assertion(
        asked, {passkey.credential, passkey.algorithm, passkey.public_key, passkey.counter}, given);
    if (!counter) {
      wrong = counter.error();
      return Done{};
    }
    TRY(use(t, ticket));
    if (copied(passkey.counter, *counter)) {
      wrong = refused(ErrorKind::unauthenticated, "access.wrong_passkey", "counter");
      office_.trail.append(t, {.actor = account->login,
                               .peer = from.peer,
                               .deed = "passkey_copied",
                               .subject = account->login,
                               .detail = {{"passkey", passkey.name}}});
      return Done{};
    }
    t.execute("update passkey set counter = :counter, last_used = :now where id = :id",
              {{"counter", *counter}, {"now", to_value(now)}, {"id", passkey.id}});
    secret = entrance_.begin(t, from, std::move(*account), true);
    return Done{};
  });
  TRY(done);
  if (wrong) {
    if (wrong->where == "counter") {
      office_.warn(message("access.passkey_copied", {{"login", login}, {"from", from.peer}}));
    }
    by_address_.failed(from.peer, now);
    office_.trail.note_once("wrong passkey " + from.peer, {.peer = from.peer, .deed = "sign_in_refused"});
    return std::move(*wrong);
  }
  office_.sessions.changed();
  return secret;
}

}  // namespace releve::access
