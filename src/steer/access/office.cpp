// SPDX-License-Identifier: EUPL-1.2
#include "steer/access/office.hpp"

#include "foundation/base/text.hpp"
#include "foundation/store/described_rows.hpp"

namespace releve::access {

using store::Transaction;

namespace {

constexpr std::string_view unconfirmed = "new:";

std::optional<Account> account_where(Transaction& t, std::string_view condition, const std::string& value) {
  const auto rows = t.query("select " + store::column_list<Account>() + " from account where " +
                                std::string(condition) + " = :value",
                            {{"value", value}});
  return rows.empty() ? std::nullopt : std::optional(store::from_row<Account>(rows[0]));
}

std::string unsealed(const Office& office, const std::string& sealed, const std::string& context) {
  auto text = office.key.unseal(sealed, context);
  if (!text) {
    throw EnvironmentFailure("the key file is not the one that sealed this database");
  }
  return std::move(*text);
}

}  // namespace

std::optional<Account> account_by_id(Transaction& t, const std::string& id) {
  return account_where(t, "id", id);
}

std::optional<Account> account_by_login(Transaction& t, const std::string& login) {
  return account_where(t, "login", folded_login(login));
}

void save(Transaction& t, const Account& account) {
  t.execute(
      "insert into account (" + store::column_list<Account>() + ") values (" +
          store::parameter_list<Account>() +
          ") on conflict (id) do update set name = excluded.name, contact = excluded.contact, password = "
          "excluded.password, totp = excluded.totp, totp_step = excluded.totp_step, active = "
          "excluded.active, "
          "last_seen = excluded.last_seen",
      store::bindings_of(account));
}

std::string folded_login(std::string_view login) {
  return to_lower(trim(login));
}

std::optional<Phone> phone_of(const Office& office, const Account& account) {
  if (account.totp.empty()) {
    return std::nullopt;
  }
  const std::string text = unsealed(office, account.totp, "account:" + account.id + ":totp");
  const bool fresh = text.starts_with(unconfirmed);
  return Phone{fresh ? text.substr(unconfirmed.size()) : text, !fresh};
}

std::string sealed_phone(const Office& office, const Account& account, const Phone& phone) {
  return office.key.seal((phone.confirmed ? "" : std::string(unconfirmed)) + phone.secret,
                         "account:" + account.id + ":totp");
}

std::string contact_of(const Office& office, const Account& account) {
  return account.contact.empty() ? ""
                                 : unsealed(office, account.contact, "account:" + account.id + ":contact");
}

std::string sealed_contact(const Office& office, const Account& account, const std::string& contact) {
  return contact.empty() ? "" : office.key.seal(contact, "account:" + account.id + ":contact");
}

bool has_second_factor(const Office& office, Transaction& t, const Account& account) {
  const auto phone = phone_of(office, account);
  return (phone && phone->confirmed) ||
         t.query("select count(*) from passkey where account = :account", {{"account", account.id}})[0]
                 .integer(0) > 0;
}

void weaken_without_second_factor(const Office& office, Transaction& t, const Account& account) {
  if (has_second_factor(office, t, account)) {
    return;
  }
  t.execute("delete from recovery_code where account = :account", {{"account", account.id}});
  t.execute("update access_session set strong = 0 where account = :account", {{"account", account.id}});
  t.execute("update api_token set strong = 0 where account = :account", {{"account", account.id}});
}

std::vector<std::string> renew_recovery_codes(const Office& office, Transaction& t,
                                              const std::string& account) {
  t.execute("delete from recovery_code where account = :account", {{"account", account}});
  std::vector<std::string> codes;
  for (int i = 0; i < 10; ++i) {
    codes.push_back(random_letters(10));
    t.execute("insert into recovery_code (account, secret) values (:account, :secret)",
              {{"account", account}, {"secret", office.key.tag("recovery:" + codes.back())}});
  }
  return codes;
}

}  // namespace releve::access
