// SPDX-License-Identifier: EUPL-1.2
#include "steer/access/people.hpp"

#include "foundation/base/id.hpp"
#include "foundation/base/text.hpp"
#include "foundation/store/among.hpp"
#include "foundation/store/described_rows.hpp"

#include <algorithm>

namespace releve::access {

using api::Right;
using store::Transaction;

namespace {

bool good_login(const std::string& login) {
  return login.size() >= 2 && login.size() <= 100 && is_valid_utf8(login) &&
         std::all_of(login.begin(), login.end(), [](unsigned char c) {
           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_' ||
                  c == '@';
         });
}

}  // namespace

bool People::sees(const api::Session& by, const Grant& grant) const {
  return grant.place.empty() ? by.perimeter->everywhere(Right::grant) : by.can(Right::grant, grant.place);
}

Person People::person_of(const api::Session& by, const Account& account, std::vector<Grant> grants) const {
  std::erase_if(grants, [&](const Grant& one) { return !sees(by, one); });
  bool second_factor = false;
  office_.database.read([&](Transaction& t) { second_factor = has_second_factor(office_, t, account); });
  return {account.id,       account.login,
          account.name,     contact_of(office_, account),
          account.active,   !account.password.empty(),
          second_factor,    account.last_seen,
          std::move(grants)};
}

std::vector<Person> People::list(const api::Session& by) const {
  std::vector<Account> accounts;
  office_.database.read([&](Transaction& t) {
    const auto places = by.places(Right::grant);
    for (const auto& row : t.query(
             "select " + store::column_list<Account>() +
                 " from account where created_by = :by or id in (select account from access_grant where " +
                 store::among("place", "places") + ") or cast(:places as text) is null order by name, id",
             {{"by", by.user}, {"places", store::one_text(places)}})) {
      accounts.push_back(store::from_row<Account>(row));
    }
  });
  std::vector<Person> list;
  for (const Account& account : accounts) {
    list.push_back(person_of(by, account, office_.grants.of(account.id)));
  }
  return list;
}

Result<Person> People::find(const api::Session& by, const std::string& id) const {
  std::optional<Account> account;
  office_.database.read([&](Transaction& t) { account = account_by_id(t, id); });
  if (account) {
    Person person = person_of(by, *account, office_.grants.of(id));
    if (!person.grants.empty() || account->created_by == by.user || by.perimeter->everywhere(Right::grant)) {
      return person;
    }
  }
  return refused(ErrorKind::not_found, "access.no_such_person");
}

Result<std::pair<Person, std::string>> People::invite(const api::Session& by, const std::string& login,
                                                      const std::string& name, const std::string& contact,
                                                      Grant first) {
  Account account{
      .id = mint_uuid(office_.clock.now()), .login = folded_login(login), .name = std::string(trim(name))};
  if (!good_login(account.login) || account.name.empty()) {
    return refused(ErrorKind::invalid, "access.bad_login", "login");
  }
  first.account = account.id;
  TRY(office_.grants.check(by, first));
  account.contact = sealed_contact(office_, account, contact);
  account.created = office_.clock.now();
  account.created_by = by.user;
  std::string link;
  TRY(office_.database.write([&](Transaction& t) -> Status {
    if (account_by_login(t, account.login)) {
      return refused(ErrorKind::conflict, "access.login_taken", "login");
    }
    save(t, account);
    office_.trail.append(t, {.actor = by.user,
                             .peer = by.peer,
                             .deed = "invite",
                             .place = first.place,
                             .subject = account.login});
    first = office_.grants.record(t, by.user, first);
    link = entrance_.make_link(t, account.id, by.user, false);
    return Done{};
  }));
  return std::pair(person_of(by, account, {first}), link);
}

Status People::in_hand(const api::Session& by, const Person& person) const {
  for (const Grant& grant : office_.grants.of(person.id)) {
    if (!grant.ended && !office_.grants.may_give(by, grant)) {
      return refused(ErrorKind::forbidden, "access.out_of_hand");
    }
  }
  return Done{};
}

Result<std::string> People::renew_link(const api::Session& by, const std::string& id) {
  const Person person = TRY(find(by, id));
  TRY(in_hand(by, person));
  std::string link;
  TRY(office_.database.write([&](Transaction& t) -> Status {
    link = entrance_.make_link(t, id, by.user, false);
    office_.trail.append(
        t, {.actor = by.user, .peer = by.peer, .deed = "link_renewed", .subject = person.login});
    return Done{};
  }));
  return link;
}

Status People::close(const api::Session& by, const std::string& id) {
  const Person person = TRY(find(by, id));
  TRY(in_hand(by, person));
  TRY(office_.database.write([&](Transaction& t) -> Status {
    auto account = account_by_id(t, id);
    if (!account || !account->active) {
      return refused(ErrorKind::not_found, "access.no_such_person");
    }
    if (Grants::administrator_remains(t, "", "") && !Grants::administrator_remains(t, "", id)) {
      return refused(ErrorKind::conflict, "access.last_administrator");
    }
    account->active = false;
    save(t, *account);
    office_.sessions.end_all(t, id, "", "");
    t.execute("delete from invitation where account = :account", {{"account", id}});
    office_.trail.append(
        t, {.actor = by.user, .peer = by.peer, .deed = "account_closed", .subject = person.login});
    return Done{};
  }));
  office_.sessions.changed();
  return Done{};
}

}  // namespace releve::access
