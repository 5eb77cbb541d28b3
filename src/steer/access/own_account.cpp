// SPDX-License-Identifier: EUPL-1.2
#include "steer/access/own_account.hpp"

#include "foundation/store/described_rows.hpp"
#include "steer/access/totp.hpp"

namespace releve::access {

using store::Transaction;

Result<Account> OwnAccount::find(const api::Session& session) const {
  std::optional<Account> account;
  office_.database.read([&](Transaction& t) { account = account_by_id(t, session.account); });
  if (!account) {
    return refused(ErrorKind::forbidden, "access.no_account");
  }
  return std::move(*account);
}

std::int64_t OwnAccount::recovery_codes_left(const std::string& account) const {
  std::int64_t left = 0;
  office_.database.read([&](Transaction& t) {
    left = t.query("select count(*) from recovery_code where account = :account", {{"account", account}})[0]
               .integer(0);
  });
  return left;
}

/// Without a password to ask for: whoever can come in again by a provider or a passkey has done so just now.
/// Whoever came by a link, and has no other door yet, is let be.
Status OwnAccount::just_came_in(const api::Session& session) const {
  constexpr std::chrono::minutes just_now{15};
  bool again = false;
  office_.database.read([&](Transaction& t) {
    again =
        !t.query(
              "select 1 from access_session s where s.id = :session and s.created < :then and (exists "
              "(select 1 from identity where account = s.account) or exists (select 1 from passkey where "
              "account = s.account))",
              {{"session", session.id}, {"then", store::detail::to_value(office_.clock.now() - just_now)}})
             .empty();
  });
  return again ? Status(refused(ErrorKind::forbidden, "access.sign_in_again")) : Status(Done{});
}

Result<Account> OwnAccount::with_password(const api::Session& session, const std::string& password) {
  Account account = TRY(find(session));
  if (account.password.empty()) {
    TRY(just_came_in(session));
    return account;
  }
  const Instant now = office_.clock.now();
  TRY(guesses_.may_try(account.id, now));
  if (!TRY(office_.passwords.verify(account.password, password))) {
    guesses_.failed(account.id, now);
    return refused(ErrorKind::forbidden, "access.wrong_password", "password");
  }
  return account;
}

Result<Account> OwnAccount::may_add_factor(const api::Session& session, const std::string& password) {
  Account account = TRY(with_password(session, password));
  bool without = false;
  office_.database.read(
      [&](Transaction& t) { without = !session.strong && has_second_factor(office_, t, account); });
  if (without) {
    return refused(ErrorKind::forbidden, "access.needs_second_factor");
  }
  return account;
}

Status OwnAccount::change(const api::Session& session, const char* deed,
                          const std::function<Status(Transaction&, Account&)>& work) {
  const Status done = office_.database.write([&](Transaction& t) -> Status {
    auto account = account_by_id(t, session.account);
    if (!account) {
      return refused(ErrorKind::forbidden, "access.no_account");
    }
    TRY(work(t, *account));
    save(t, *account);
    office_.trail.append(
        t, {.actor = session.user, .peer = session.peer, .deed = deed, .subject = account->login});
    return Done{};
  });
  office_.sessions.changed();
  return done;
}

Status OwnAccount::change_password(const api::Session& session, const std::string& password,
                                   const std::string& fresh) {
  const Account account = TRY(with_password(session, password));
  TRY(check_password(fresh, account.login));
  const std::string hash = TRY(office_.passwords.hash(fresh));
  return change(session, "password_chosen", [&](Transaction& t, Account& now) -> Status {
    now.password = hash;
    office_.sessions.end_all(t, now.id, "", session.id);
    return Done{};
  });
}

Result<NewPhone> OwnAccount::start_phone(const api::Session& session, const std::string& password) {
  const Account account = TRY(may_add_factor(session, password));
  const std::string secret = mint_totp_secret();
  TRY(change(session, "phone_started", [&](Transaction&, Account& now) -> Status {
    const auto phone = phone_of(office_, now);
    if (phone && phone->confirmed) {
      return refused(ErrorKind::conflict, "access.has_phone");
    }
    now.totp = sealed_phone(office_, now, {secret, false});
    return Done{};
  }));
  return NewPhone{totp_base32(secret), totp_address(secret, account.login, "Relève")};
}

Result<api::WithSession<RecoveryCodes>> OwnAccount::confirm_phone(const api::Session& session,
                                                                  const std::string& code) {
  const Instant now = office_.clock.now();
  TRY(guesses_.may_try("phone " + session.account, now));
  RecoveryCodes codes;
  std::string secret;
  const Status done = change(session, "phone_confirmed", [&](Transaction& t, Account& account) -> Status {
    auto phone = phone_of(office_, account);
    if (!phone || phone->confirmed) {
      return refused(ErrorKind::conflict, "access.no_phone");
    }
    const auto step = totp_step(phone->secret, code, now, account.totp_step);
    if (!step) {
      return refused(ErrorKind::invalid, "access.wrong_code", "code");
    }
    phone->confirmed = true;
    account.totp = sealed_phone(office_, account, *phone);
    account.totp_step = *step;
    codes.codes = renew_recovery_codes(office_, t, account.id);
    secret = entrance_.begin(t, session, account, true);
    return Done{};
  });
  if (!done) {
    guesses_.failed("phone " + session.account, now);
    return done.error();
  }
  return api::WithSession<RecoveryCodes>{std::move(codes), std::move(secret)};
}

Status OwnAccount::remove_phone(const api::Session& session, const std::string& password) {
  TRY(with_password(session, password));
  return change(session, "phone_removed", [&](Transaction& t, Account& account) -> Status {
    if (account.totp.empty()) {
      return refused(ErrorKind::conflict, "access.no_phone");
    }
    account.totp.clear();
    weaken_without_second_factor(office_, t, account);
    return Done{};
  });
}

Result<RecoveryCodes> OwnAccount::renew_codes(const api::Session& session, const std::string& password) {
  TRY(with_password(session, password));
  RecoveryCodes codes;
  TRY(change(session, "recovery_codes_renewed", [&](Transaction& t, Account& account) -> Status {
    if (!has_second_factor(office_, t, account)) {
      return refused(ErrorKind::conflict, "access.no_phone");
    }
    codes.codes = renew_recovery_codes(office_, t, account.id);
    return Done{};
  }));
  return codes;
}

}  // namespace releve::access
