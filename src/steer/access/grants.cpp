// SPDX-License-Identifier: EUPL-1.2
#include "steer/access/grants.hpp"

#include "foundation/base/id.hpp"
#include "foundation/store/described_rows.hpp"
#include "steer/access/refused.hpp"

#include <algorithm>

namespace releve::access {

using api::PlaceSet;
using api::Right;
using store::bindings_of;
using store::column_list;
using store::from_row;
using store::Transaction;

namespace {

bool power_of_a_night(Right right) {
  return right >= Right::crisis;
}

std::vector<Grant> grants_where(Transaction& t, std::string_view rest,
                                const std::vector<store::Binding>& with) {
  std::vector<Grant> list;
  for (const auto& row :
       t.query("select " + column_list<Grant>() + " from access_grant " + std::string(rest), with)) {
    list.push_back(from_row<Grant>(row));
  }
  return list;
}

std::vector<SharedPlace> shares_where(Transaction& t, std::string_view rest,
                                      const std::vector<store::Binding>& with) {
  std::vector<SharedPlace> list;
  for (const auto& row :
       t.query("select " + column_list<SharedPlace>() + " from shared_place " + std::string(rest), with)) {
    list.push_back(from_row<SharedPlace>(row));
  }
  return list;
}

std::vector<Param> particulars(const Grant& grant) {
  std::vector<Param> detail{{"role", grant.role}, {"from", to_rfc3339(grant.starts)}};
  if (grant.ends) {
    detail.push_back({"until", to_rfc3339(*grant.ends)});
  }
  if (grant.recursive) {
    detail.push_back({"hierarchy", grant.hierarchy});
  }
  for (const std::string& exception : grant.exceptions) {
    detail.push_back({"except", exception});
  }
  return detail;
}

std::string login_of(Transaction& t, const std::string& account) {
  const auto rows = t.query("select login from account where id = :id", {{"id", account}});
  return rows.empty() ? account : rows[0].text(0);
}

}  // namespace

std::optional<PlaceSet> Grants::reach(const Grant& grant) const {
  if (grant.place.empty()) {
    return std::nullopt;
  }
  PlaceSet places{grant.place};
  if (grant.recursive && parts_.below) {
    const Instant now = parts_.clock.now();
    const auto below = parts_.below(grant.place, grant.hierarchy, now);
    places.insert(below->begin(), below->end());
    for (const std::string& exception : grant.exceptions) {
      const auto out = parts_.below(exception, grant.hierarchy, now);
      std::erase_if(places, [&](const std::string& place) { return out->contains(place); });
    }
  }
  return places;
}

void Grants::add(api::Perimeter& perimeter, const Role& role, const std::optional<PlaceSet>& places,
                 Instant now) const {
  const auto add = [&](Right right, std::optional<PlaceSet> where) {
    if (where) {
      perimeter.add(right, std::make_shared<const PlaceSet>(std::move(*where)));
    } else {
      perimeter.add_everywhere(right);
    }
  };
  for (const Right right : role.rights) {
    add(right, places);
  }
  if (role.if_shared.empty()) {
    return;
  }
  PlaceSet open;
  parts_.database.read([&](Transaction& t) {
    for (const SharedPlace& one : shares_where(t, "where role = :role", {{"role", role.id}})) {
      if ((!one.ends || now < *one.ends) && (!places || places->contains(one.place))) {
        open.insert(one.place);
      }
    }
  });
  for (const Right right : role.if_shared) {
    add(right, open);
  }
}

std::shared_ptr<const api::Perimeter> Grants::perimeter_of(const std::string& account, bool strong) const {
  const Instant now = parts_.clock.now();
  std::vector<Grant> grants;
  parts_.database.read([&](Transaction& t) {
    grants = grants_where(t, "where account = :account and ended is null", {{"account", account}});
  });
  auto perimeter = std::make_shared<api::Perimeter>();
  for (const Grant& grant : grants) {
    const Role* role = parts_.roles.find(grant.role);
    const bool holds = now >= grant.starts && (!grant.ends || now < *grant.ends);
    if (role != nullptr && holds && (strong || !role->strong)) {
      add(*perimeter, *role, reach(grant), now);
    }
  }
  return perimeter;
}

std::shared_ptr<const api::Perimeter> Grants::perimeter_of(const SealedCode& code) const {
  auto perimeter = std::make_shared<api::Perimeter>();
  if (const Role* role = parts_.roles.find(code.role)) {
    add(*perimeter, *role, reach({.place = code.place}), parts_.clock.now());
  }
  return perimeter;
}

void Grants::close_ended(const std::string& account) {
  const Instant now = parts_.clock.now();
  std::vector<Grant> grants;
  parts_.database.read([&](Transaction& t) {
    grants = grants_where(t, "where account = :account and ended is null", {{"account", account}});
  });
  const auto over = [&](const Grant& one) { return one.ends && now >= *one.ends; };
  if (std::none_of(grants.begin(), grants.end(), over)) {
    return;
  }
  const Status closed = parts_.database.write([&](Transaction& t) -> Status {
    for (const Grant& one : grants) {
      if (over(one) && t.execute("update access_grant set ended = :now, ended_by = 'time' where id = :id and "
                                 "ended is null",
                                 {{"now", store::detail::to_value(now)}, {"id", one.id}}) == 1) {
        parts_.trail.append(t, {.actor = "instance",
                                .deed = "grant_ran_out",
                                .place = one.place,
                                .subject = login_of(t, one.account),
                                .detail = particulars(one)});
      }
    }
    return Done{};
  });
  RELEVE_CHECK(closed.ok(), "a grant that ran out is closed");
}

std::vector<Grant> Grants::of(const std::string& account) const {
  std::vector<Grant> list;
  parts_.database.read([&](Transaction& t) {
    list = grants_where(t, "where account = :account order by granted desc, id desc", {{"account", account}});
  });
  return list;
}

Status Grants::may_give(const api::Session& by, const Grant& grant) const {
  const Role* role = parts_.roles.find(grant.role);
  if (role == nullptr) {
    return refused(ErrorKind::invalid, "access.no_such_role", "role");
  }
  const auto places = reach(grant);
  const auto everywhere_there = [&](Right right) {
    if (!places) {
      return by.known() && by.perimeter->everywhere(right);
    }
    return std::all_of(places->begin(), places->end(), [&](const auto& one) { return by.can(right, one); });
  };
  const bool there = grant.place.empty() || parts_.exists(grant.place);
  if (!there || !everywhere_there(Right::grant)) {  // a place out of reach looks like one that does not exist
    return refused(ErrorKind::not_found, "api.no_such_place", "place");
  }
  for (const auto* rights : {&role->rights, &role->if_shared}) {
    for (const Right right : *rights) {
      if (!power_of_a_night(right) && !everywhere_there(right)) {
        return refused(ErrorKind::forbidden, "access.more_than_own", "role");
      }
    }
  }
  if (!grant.account.empty() && grant.account == by.account) {
    return refused(ErrorKind::forbidden, "access.not_to_oneself", "account");
  }
  return Done{};
}

Grant Grants::record(Transaction& t, const std::string& by, Grant grant) {
  const Instant now = parts_.clock.now();
  grant.id = mint_uuid(now);
  grant.granted = now;
  grant.granted_by = by;
  grant.ended.reset();
  grant.ended_by.clear();
  t.execute(store::insert_into<Grant>("access_grant"), bindings_of(grant));
  parts_.trail.append(t, {.actor = by,
                          .deed = "grant",
                          .place = grant.place,
                          .subject = login_of(t, grant.account),
                          .detail = particulars(grant)});
  return grant;
}

Status Grants::check(const api::Session& by, const Grant& grant) const {
  TRY(may_give(by, grant));
  Grant whole = grant;
  whole.exceptions.clear();
  const auto places = reach(whole);
  for (const std::string& exception : grant.exceptions) {
    if (!grant.recursive || exception == grant.place || !places || !places->contains(exception)) {
      return refused(ErrorKind::invalid, "access.exception_outside", "exceptions");
    }
  }
  const Role& role = *parts_.roles.find(grant.role);
  if (role.held == Held::sealed) {
    return refused(ErrorKind::invalid, "access.sealed_role", "role");
  }
  if (role.held == Held::dated && !grant.ends) {
    return refused(ErrorKind::invalid, "access.needs_end", "ends");
  }
  if (grant.ends && *grant.ends <= std::max(grant.starts, parts_.clock.now())) {
    return refused(ErrorKind::invalid, "access.ends_before_start", "ends");
  }
  return Done{};
}

Result<Grant> Grants::give(const api::Session& by, Grant grant) {
  TRY(check(by, grant));
  TRY(parts_.database.write([&](Transaction& t) -> Status {
    grant = record(t, by.user, grant);
    return Done{};
  }));
  return grant;
}

Status Grants::take(const api::Session& by, const std::string& account, const std::string& id) {
  return parts_.database.write([&](Transaction& t) -> Status {
    const auto found = grants_where(t, "where id = :id and account = :account and ended is null",
                                    {{"id", id}, {"account", account}});
    if (found.empty()) {
      return refused(ErrorKind::not_found, "access.no_such_grant");
    }
    Grant probe = found[0];
    probe.account.clear();  // one may give up one's own
    const Status may = may_give(by, probe);
    if (!may) {
      return may.error().kind == ErrorKind::not_found ? refused(ErrorKind::not_found, "access.no_such_grant")
                                                      : may.error();
    }
    if (probe.role == administrator_role && probe.place.empty() && !administrator_remains(t, id, "")) {
      return refused(ErrorKind::conflict, "access.last_administrator");
    }
    t.execute("update access_grant set ended = :now, ended_by = :by where id = :id",
              {{"now", store::detail::to_value(parts_.clock.now())}, {"by", by.user}, {"id", id}});
    parts_.trail.append(t, {.actor = by.user,
                            .peer = by.peer,
                            .deed = "grant_taken",
                            .place = found[0].place,
                            .subject = login_of(t, account),
                            .detail = particulars(found[0])});
    return Done{};
  });
}

bool Grants::administrator_remains(Transaction& t, const std::string& without_grant,
                                   const std::string& without_account) {
  // A grant with an end does not count: the clock would lock the last administrator out.
  const auto rows = t.query(
      "select count(*) from access_grant g join account a on a.id = g.account where g.role = :role and "
      "g.place = '' and g.ended is null and g.ends is null and a.active = 1 and g.id <> :without_grant and "
      "a.id <> :without_account",
      {{"role", std::string(administrator_role)},
       {"without_grant", without_grant},
       {"without_account", without_account}});
  return rows[0].integer(0) > 0;
}

Result<std::vector<SharedPlace>> Grants::shared(const std::string& place) const {
  if (!parts_.exists(place)) {
    return refused(ErrorKind::not_found, "api.no_such_place");
  }
  std::vector<SharedPlace> list;
  parts_.database.read([&](Transaction& t) {
    list = shares_where(t, "where place = :place order by role", {{"place", place}});
  });
  return list;
}

Status Grants::share(const api::Session& by, SharedPlace shared) {
  if (!parts_.exists(shared.place)) {
    return refused(ErrorKind::not_found, "api.no_such_place");
  }
  const Role* role = parts_.roles.find(shared.role);
  if (role == nullptr || role->if_shared.empty()) {
    return refused(ErrorKind::invalid, "access.no_such_role", "role");
  }
  shared.shared = parts_.clock.now();
  shared.shared_by = by.user;
  if (shared.ends && *shared.ends <= shared.shared) {
    return refused(ErrorKind::invalid, "access.ends_before_start", "ends");
  }
  return parts_.database.write([&](Transaction& t) -> Status {
    t.execute("delete from shared_place where place = :place and role = :role",
              {{"place", shared.place}, {"role", shared.role}});
    t.execute(store::insert_into<SharedPlace>("shared_place"), bindings_of(shared));
    std::vector<Param> detail{{"role", shared.role}};
    if (shared.ends) {
      detail.push_back({"until", to_rfc3339(*shared.ends)});
    }
    parts_.trail.append(t, {.actor = by.user,
                            .peer = by.peer,
                            .deed = "share",
                            .place = shared.place,
                            .detail = std::move(detail)});
    return Done{};
  });
}

Status Grants::unshare(const api::Session& by, const std::string& place, const std::string& role) {
  return parts_.database.write([&](Transaction& t) -> Status {
    t.execute("delete from shared_place where place = :place and role = :role",
              {{"place", place}, {"role", role}});
    parts_.trail.append(
        t,
        {.actor = by.user, .peer = by.peer, .deed = "unshare", .place = place, .detail = {{"role", role}}});
    return Done{};
  });
}

}  // namespace releve::access
