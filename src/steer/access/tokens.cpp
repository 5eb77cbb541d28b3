// SPDX-License-Identifier: EUPL-1.2
#include "steer/access/tokens.hpp"

#include "foundation/base/day.hpp"
#include "foundation/base/hash.hpp"
#include "foundation/base/id.hpp"
#include "foundation/base/text.hpp"
#include "foundation/store/described_rows.hpp"

#include <algorithm>
#include <set>

namespace releve::access {

using api::Right;
using store::Transaction;
using store::detail::to_value;

namespace {

constexpr std::size_t most_tokens = 20;  // alive, of one account
constexpr std::chrono::minutes used_step{5};

/// Not `grant`: whom it invited would outlive it. Not the powers of a night: they are a person's.
bool fit_for_tokens(Right right) {
  return right > Right::signed_in && right < Right::crisis && right != Right::grant;
}

bool alive(const ApiToken& token, Instant now) {
  return !token.ended && now < token.ends;
}

std::vector<ApiToken> tokens_where(Transaction& t, std::string_view rest,
                                   const std::vector<store::Binding>& with) {
  std::vector<ApiToken> list;
  for (const auto& row :
       t.query("select " + store::column_list<ApiToken>() + " from api_token " + std::string(rest), with)) {
    list.push_back(store::from_row<ApiToken>(row));
  }
  return list;
}

/// Of what its owner may do, what the token is for.
std::shared_ptr<const api::Perimeter> narrowed(const api::Perimeter& owner, const ApiToken& token) {
  auto perimeter = std::make_shared<api::Perimeter>();
  for (const Right right : token.rights) {
    if (!fit_for_tokens(right)) {
      continue;
    }
    auto places = owner.places(right);
    if (!token.place.empty()) {
      places = owner.has(right, token.place) ? std::vector{token.place} : std::vector<std::string>();
    }
    if (places) {
      perimeter->add(right, std::make_shared<const api::PlaceSet>(places->begin(), places->end()));
    } else {
      perimeter->add_everywhere(right);
    }
  }
  return perimeter;
}

}  // namespace

std::optional<Tokens::Found> Tokens::find(const std::string& token) const {
  if (!token.starts_with(token_prefix) || token.size() > 200) {
    return std::nullopt;
  }
  std::optional<Found> found;
  office_.database.read([&](Transaction& t) {
    for (ApiToken& one : tokens_where(t, "where secret = :secret and ended is null",
                                      {{"secret", office_.key.tag("token:" + token)}})) {
      const auto owner = account_by_id(t, one.account);
      found = Found{std::move(one), owner && owner->active ? owner->login : ""};
    }
  });
  return found;
}

api::Session Tokens::session_of(const Found& found) const {
  api::Session session;
  if (found.login.empty() || !alive(found.token, office_.clock.now())) {
    return session;
  }
  session.user = found.login;
  session.id = found.token.id;
  session.token = found.token.name;
  session.strong = found.token.strong;
  session.perimeter =
      narrowed(*office_.grants.perimeter_of(found.token.account, found.token.strong), found.token);
  return session;
}

api::Session Tokens::look(const std::string& token) const {
  const auto found = find(token);
  return found ? session_of(*found) : api::Session{};
}

api::Session Tokens::who(const std::string& token, const std::string& peer) {
  const auto found = find(token);
  if (!found) {
    return {};
  }
  api::Session session = session_of(*found);
  if (session.known()) {
    office_.grants.close_ended(found->token.account);
    touch(*found, peer);
  } else if (office_.clock.now() >= found->token.ends) {
    close(*found);
  }
  return session;
}

void Tokens::close(const Found& found) const {
  const Status closed = office_.database.write([&](Transaction& t) -> Status {
    t.execute("update api_token set ended = :now, ended_by = 'time' where id = :id and ended is null",
              {{"now", to_value(office_.clock.now())}, {"id", found.token.id}});
    return Done{};
  });
  RELEVE_CHECK(closed.ok(), "a token that ran out is closed");
}

void Tokens::touch(const Found& found, const std::string& peer) const {
  const Instant now = office_.clock.now();
  const ApiToken& token = found.token;
  const bool elsewhere = token.last_peer != peer;
  if (token.last_used && now - *token.last_used < used_step && !elsewhere) {
    return;
  }
  const bool new_day = !token.last_used || day_of(*token.last_used) != day_of(now);
  const Status used = office_.database.write([&](Transaction& t) -> Status {
    t.execute("update api_token set last_used = :now, last_peer = :peer where id = :id",
              {{"now", to_value(now)}, {"peer", peer}, {"id", token.id}});
    if (new_day || elsewhere) {
      office_.trail.append(t,
                           {.actor = found.login, .peer = peer, .deed = "token_used", .subject = token.name});
    }
    return Done{};
  });
  RELEVE_CHECK(used.ok(), "a token that is used is written");
}

Result<std::pair<ApiToken, std::string>> Tokens::make(const api::Session& session,
                                                      const std::string& password, const Wish& wish) {
  const Account account = TRY(own_.with_password(session, password));
  if (!wish.place.empty() && !session.perimeter->knows(wish.place)) {
    return refused(ErrorKind::not_found, "api.no_such_place", "place");
  }
  for (const Right right : wish.rights) {
    if (!fit_for_tokens(right)) {
      return refused(ErrorKind::invalid, "access.no_such_right", "rights");
    }
    if (wish.place.empty() ? !session.perimeter->somewhere(right) : !session.can(right, wish.place)) {
      return refused(ErrorKind::forbidden, "access.right_not_held", "rights");
    }
  }
  const Instant now = office_.clock.now();
  const std::string secret = std::string(token_prefix) + random_hex(24);
  const std::set<Right> rights(wish.rights.begin(), wish.rights.end());
  ApiToken token{.id = mint_uuid(now),
                 .secret = office_.key.tag("token:" + secret),
                 .account = account.id,
                 .name = std::string(trim(wish.name)),
                 .rights = {rights.begin(), rights.end()},
                 .place = wish.place,
                 .strong = session.strong,
                 .created = now,
                 .ends = now + std::chrono::days(wish.days)};
  TRY(office_.database.write([&](Transaction& t) -> Status {
    const auto all = tokens_where(t, "where account = :account and ended is null", {{"account", account.id}});
    if (std::count_if(all.begin(), all.end(), [&](const auto& one) { return alive(one, now); }) >=
        static_cast<std::ptrdiff_t>(most_tokens)) {
      return refused(ErrorKind::conflict, "access.too_many_tokens");
    }
    t.execute(store::insert_into<ApiToken>("api_token"), store::bindings_of(token));
    office_.trail.append(t,
                         {.actor = account.login,
                          .peer = session.peer,
                          .deed = "token_made",
                          .place = token.place,
                          .subject = token.name,
                          .detail = {{"rights", to_json(token.rights)}, {"until", to_rfc3339(token.ends)}}});
    return Done{};
  }));
  return std::pair(std::move(token), secret);
}

std::vector<ApiToken> Tokens::of(const std::string& account) const {
  std::vector<ApiToken> list;
  office_.database.read([&](Transaction& t) {
    list = tokens_where(t, "where account = :account order by created desc, id desc limit 100",
                        {{"account", account}});
  });
  return list;
}

Status Tokens::end(const api::Session& by, const std::string& account, const std::string& id) {
  TRY(office_.database.write([&](Transaction& t) -> Status {
    const auto found = tokens_where(t, "where id = :id and account = :account and ended is null",
                                    {{"id", id}, {"account", account}});
    const auto owner = account_by_id(t, account);
    if (found.empty() || !owner) {
      return refused(ErrorKind::not_found, "access.no_such_token");
    }
    t.execute("update api_token set ended = :now, ended_by = :by where id = :id",
              {{"now", to_value(office_.clock.now())}, {"by", by.user}, {"id", id}});
    office_.trail.append(t, {.actor = by.user,
                             .peer = by.peer,
                             .deed = "token_ended",
                             .place = found[0].place,
                             .subject = found[0].name,
                             .detail = {{"whose", owner->login}}});
    return Done{};
  }));
  office_.sessions.changed();  // ends the streams that it opened
  return Done{};
}

}  // namespace releve::access
