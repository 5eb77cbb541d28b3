// SPDX-License-Identifier: EUPL-1.2
#include "steer/access/identities.hpp"

#include "foundation/base/hash.hpp"
#include "foundation/base/id.hpp"
#include "foundation/base/text.hpp"
#include "foundation/store/described_rows.hpp"

#include <algorithm>

namespace releve::access {

using store::Transaction;
using store::detail::to_value;

struct KeptWay {
  oidc::Attempt attempt;
  std::string next;
  std::string account;  // not empty: binds an identity to it
  std::string session;  // in which that was asked for
};

constexpr auto describe(KeptWay*) {
  return Fields{field<&KeptWay::attempt>("of the protocol"), field<&KeptWay::next>("where it ends"),
                field<&KeptWay::account>("binds an identity to it"),
                field<&KeptWay::session>("asked for in")};
}

namespace {

constexpr std::chrono::minutes way_lasts{10};
constexpr const char* seal_of_way = "oidc:way";
constexpr const char* seal_of_ticket = "oidc:ticket";

/// Shows that the password was asked for, in this session, just now.
struct Ticket {
  std::string provider;
  std::string session;
  Instant made{};
};

constexpr auto describe(Ticket*) {
  return Fields{field<&Ticket::provider>("to which"), field<&Ticket::session>("in which session"),
                field<&Ticket::made>("when")};
}

template <class T>
std::optional<T> unsealed(const InstanceKey& key, const std::string& sealed, const char* context) {
  const auto text = key.unseal(sealed, context);
  auto value = text ? from_json<T>(*text) : Result<T>(refused(ErrorKind::invalid, "access.stale_sign_in"));
  return value ? std::optional(std::move(value).value()) : std::nullopt;
}

bool recent(Instant then, Instant now) {
  return now >= then && now - then < way_lasts;
}

/// A path within our own page, or "/": never another site's address, and nothing that breaks a header.
std::string path_within(const std::string& asked) {
  const bool path =
      asked.size() <= 500 && asked.starts_with('/') && !asked.starts_with("//") &&
      std::all_of(asked.begin(), asked.end(), [](char c) { return c > ' ' && c < '\x7f' && c != '\\'; });
  return path ? asked : "/";
}

std::string tag_of(const Office& office, const oidc::Provider& provider, const std::string& subject) {
  return office.key.tag("identity:" + provider.settings().issuer + "\n" + subject);
}

std::string context_of(const LinkedIdentity& identity) {
  return "identity:" + identity.id + ":shown";
}

std::vector<LinkedIdentity> identities_where(Transaction& t, std::string_view rest,
                                             const std::vector<store::Binding>& with) {
  std::vector<LinkedIdentity> list;
  for (const auto& row : t.query(
           "select " + store::column_list<LinkedIdentity>() + " from identity " + std::string(rest), with)) {
    list.push_back(store::from_row<LinkedIdentity>(row));
  }
  return list;
}

std::string token_context(const std::string& session) {
  return "session:" + session + ":token";
}

/// Whom an invitation that is still open waits for, by that login. Not the first administrator's link: that
/// is for whoever reads the program's terminal.
std::optional<Account> invited(Transaction& t, const std::string& login, Instant now) {
  auto account = login.empty() ? std::nullopt : account_by_login(t, login);
  const bool waited_for =
      account &&
      !t.query("select account from invitation where account = :account and strong = 0 and ends > :now",
               {{"account", account->id}, {"now", to_value(now)}})
           .empty();
  return waited_for && account->password.empty() ? account : std::nullopt;
}

/// For the trail: what went wrong in the provider's answer.
std::string particular_of(const Error& error) {
  return error.message.code + " " + (error.message.params.empty() ? "" : error.message.params[0].value);
}

/// What our own words say of a provider's failure.
const char* code_of(const Error& error) {
  return error.message.code == "oidc.down" ? "access.provider_down" : "access.provider_refused";
}

}  // namespace

oidc::Provider* Identities::find(const std::string& provider) const {
  const auto found = std::find_if(providers_.begin(), providers_.end(),
                                  [&](const auto& one) { return one->settings().id == provider; });
  return found == providers_.end() ? nullptr : found->get();
}

std::string Identities::label_of(const std::string& provider) const {
  const oidc::Provider* known = find(provider);
  return known == nullptr ? provider : known->settings().label;
}

Error Identities::noted(const api::Session& from, const std::string& provider, Error error,
                        const std::string& why, const oidc::Identity& who) {
  std::vector<Param> detail{{"provider", provider}, {"why", shorten(why, 80)}};
  for (const auto& [name, value] : {std::pair("login", who.login), {"siret", who.siret}}) {
    if (!value.empty()) {
      detail.push_back({name, value});
    }
  }
  office_.trail.note_once("identity " + from.peer + " " + to_json(detail),
                          {.peer = from.peer, .deed = "identity_refused", .detail = detail});
  return error;
}

Result<std::string> Identities::ticket(const api::Session& session, const std::string& password,
                                       const std::string& provider) {
  TRY(own_.may_add_factor(session, password));
  if (find(provider) == nullptr) {
    return refused(ErrorKind::not_found, "access.no_such_provider", "provider");
  }
  return office_.key.seal(to_json(Ticket{provider, session.id, office_.clock.now()}), seal_of_ticket);
}

Result<Identities::WayOut> Identities::start(const api::Session& from, const std::string& provider,
                                             const std::string& next, const std::string& ticket) {
  oidc::Provider* there = find(provider);
  if (there == nullptr) {
    return refused(ErrorKind::not_found, "access.no_such_provider");
  }
  KeptWay kept{.attempt = there->attempt(from.origin + "/oidc/" + provider + "/callback"),
               .next = path_within(next),
               .account = {},
               .session = {}};
  if (!ticket.empty()) {
    const auto shown = unsealed<Ticket>(office_.key, ticket, seal_of_ticket);
    if (!shown || shown->provider != provider || shown->session != from.id || from.account.empty() ||
        !recent(shown->made, office_.clock.now())) {
      return refused(ErrorKind::unauthenticated, "access.stale_sign_in");
    }
    kept.next = "/account";
    kept.account = from.account;
    kept.session = from.id;
  }
  auto address = there->way_out(kept.attempt);
  if (!address) {
    return noted(from, provider, refused(ErrorKind::unavailable, code_of(address.error())),
                 particular_of(address.error()));
  }
  return WayOut{std::move(address).value(), office_.key.seal(to_json(kept), seal_of_way)};
}

bool Identities::first_use(const std::string& state) const {
  const Instant now = office_.clock.now();
  bool first = false;
  const Status burnt = office_.database.write([&](Transaction& t) -> Status {
    t.execute("delete from used_attempt where used < :before", {{"before", to_value(now - 6 * way_lasts)}});
    first = t.execute(
                "insert into used_attempt (state, used) values (:state, :now) on conflict (state) do nothing",
                {{"state", office_.key.tag("oidc:" + state)}, {"now", to_value(now)}}) == 1;
    return Done{};
  });
  RELEVE_CHECK(burnt.ok(), "a state that came back is written down");
  return first;
}

Result<Identities::WayBack> Identities::finish(const api::Session& from, const std::string& provider,
                                               const std::string& sealed,
                                               const std::map<std::string, std::string>& query) {
  oidc::Provider* there = find(provider);
  if (there == nullptr) {
    return refused(ErrorKind::not_found, "access.no_such_provider");
  }
  const Instant now = office_.clock.now();
  TRY(by_address_.may_try(from.peer, now));
  const auto given = [&](const char* name) {
    const auto found = query.find(name);
    return found == query.end() ? std::string() : found->second;
  };
  const auto kept = unsealed<KeptWay>(office_.key, sealed, seal_of_way);
  if (!kept || kept->attempt.provider != provider || !recent(kept->attempt.started, now) ||
      !equal_secret(given("state"), kept->attempt.state) || !first_use(kept->attempt.state)) {
    by_address_.failed(from.peer, now);
    return noted(from, provider, refused(ErrorKind::unauthenticated, "access.stale_sign_in"), "state");
  }
  const auto fail = [&](Error error, const std::string& why, const oidc::Identity& who = {}) {
    by_address_.failed(from.peer, now);
    error.where = kept->account.empty() ? "/sign-in" : "/account";
    return noted(from, provider, std::move(error), why, who);
  };
  if (const std::string error = given("error"); !error.empty()) {
    const bool theirs = error == "temporarily_unavailable" || error == "server_error";
    return fail(theirs ? refused(ErrorKind::unavailable, "access.provider_down")
                       : refused(ErrorKind::unauthenticated, "access.sign_in_cancelled"),
                error);
  }
  const auto who = there->way_back(kept->attempt, given("code"), given("iss"));
  if (!who) {
    return fail(refused(who.error().kind, code_of(who.error())), particular_of(who.error()));
  }
  auto back = open(from, *there, *kept, *who);
  if (!back) {
    return fail(back.error(), back.error().message.code, *who);
  }
  office_.sessions.changed();
  return back;
}

Result<Identities::WayBack> Identities::open(const api::Session& from, const oidc::Provider& there,
                                             const KeptWay& kept, const oidc::Identity& who) const {
  WayBack back{.secret = {}, .next = kept.next};
  const Status done = office_.database.write([&](Transaction& t) -> Status {
    if (!kept.account.empty()) {
      return bind(t, there, kept, who);
    }
    back.secret = come_in(t, from, there, kept, who);
    if (back.secret.empty()) {
      return refused(ErrorKind::forbidden, "access.unknown_identity");
    }
    return Done{};
  });
  if (!done) {
    return done.error();
  }
  return back;
}

std::string Identities::come_in(Transaction& t, const api::Session& from, const oidc::Provider& there,
                                const KeptWay& kept, const oidc::Identity& who) const {
  const Instant now = office_.clock.now();
  const std::string subject = tag_of(office_, there, who.subject);
  const auto known = identities_where(t, "where subject = :subject", {{"subject", subject}});
  auto account = known.empty() ? invited(t, who.login, now) : account_by_id(t, known[0].account);
  if (!account || !account->active) {
    return {};
  }
  if (known.empty()) {
    add(t, there, who, *account, "invitation");
    t.execute("delete from invitation where account = :account", {{"account", account->id}});
  }
  t.execute("update identity set last_seen = :now where subject = :subject",
            {{"now", to_value(now)}, {"subject", subject}});
  std::string secret = entrance_.begin(t, from, std::move(*account), who.strong, there.settings().id);
  const std::string session = t.query("select id from access_session where secret = :secret",
                                      {{"secret", office_.key.tag(secret)}})[0]
                                  .text(0);
  const std::string& redirect = kept.attempt.redirect;
  t.execute("delete from provider_session where session not in (select id from access_session)");
  t.execute(
      "insert into provider_session (session, provider, token, back) values (:session, :provider, :token, "
      ":back)",
      {{"session", session},
       {"provider", there.settings().id},
       {"token", office_.key.seal(who.id_token, token_context(session))},
       {"back", redirect.substr(0, redirect.find("/oidc/")) + "/sign-in"}});
  return secret;
}

Status Identities::bind(Transaction& t, const oidc::Provider& there, const KeptWay& kept,
                        const oidc::Identity& who) const {
  const auto account = account_by_id(t, kept.account);
  const bool still_there =
      account && account->active &&
      !t.query("select id from access_session where id = :id and account = :account and ends > :now",
               {{"id", kept.session}, {"account", kept.account}, {"now", to_value(office_.clock.now())}})
           .empty();
  if (!still_there) {
    return refused(ErrorKind::unauthenticated, "access.stale_sign_in");
  }
  const auto known =
      identities_where(t, "where subject = :subject", {{"subject", tag_of(office_, there, who.subject)}});
  if (!known.empty()) {
    return known[0].account == account->id ? Status(Done{})
                                           : refused(ErrorKind::conflict, "access.identity_taken");
  }
  add(t, there, who, *account, account->login);
  return Done{};
}

void Identities::add(Transaction& t, const oidc::Provider& there, const oidc::Identity& who,
                     const Account& account, const std::string& by) const {
  const Instant now = office_.clock.now();
  LinkedIdentity identity{.id = mint_uuid(now),
                          .account = account.id,
                          .provider = there.settings().id,
                          .subject = tag_of(office_, there, who.subject),
                          .shown = {},
                          .siret = who.siret,
                          .linked = now,
                          .linked_by = by,
                          .last_seen = {}};
  identity.shown = office_.key.seal(who.name.empty() ? who.login : who.name, context_of(identity));
  t.execute(store::insert_into<LinkedIdentity>("identity"), store::bindings_of(identity));
  std::vector<Param> detail{{"provider", identity.provider}};
  if (!who.siret.empty()) {
    detail.push_back({"siret", who.siret});
  }
  office_.trail.append(t, {.actor = account.login,
                           .deed = "identity_linked",
                           .subject = account.login,
                           .detail = std::move(detail)});
}

std::vector<LinkedIdentity> Identities::of(const std::string& account) const {
  std::vector<LinkedIdentity> list;
  office_.database.read([&](Transaction& t) {
    list =
        identities_where(t, "where account = :account order by linked desc, id desc", {{"account", account}});
  });
  for (LinkedIdentity& one : list) {
    one.shown = office_.key.unseal(one.shown, context_of(one)).value_or("");
  }
  return list;
}

Status Identities::end(const api::Session& by, const std::string& account, const std::string& id) {
  TRY(office_.database.write([&](Transaction& t) -> Status {
    const auto whose = account_by_id(t, account);
    const auto all = identities_where(t, "where account = :account", {{"account", account}});
    const auto found = std::find_if(all.begin(), all.end(), [&](const auto& one) { return one.id == id; });
    if (!whose || found == all.end()) {
      return refused(ErrorKind::not_found, "access.no_such_identity");
    }
    if (by.account == account && whose->password.empty() && all.size() == 1) {
      return refused(ErrorKind::conflict, "access.last_door");
    }
    t.execute("delete from identity where id = :id", {{"id", id}});
    t.execute(
        "delete from access_session where account = :account and id <> :present and id in (select session "
        "from provider_session where provider = :provider)",
        {{"account", account}, {"present", by.id}, {"provider", found->provider}});
    office_.trail.append(t, {.actor = by.user,
                             .peer = by.peer,
                             .deed = "identity_ended",
                             .subject = whose->login,
                             .detail = {{"provider", found->provider}}});
    return Done{};
  }));
  office_.sessions.changed();
  return Done{};
}

std::string Identities::way_out_for_good(const api::Session& session) const {
  std::string address;
  office_.database.read([&](Transaction& t) {
    for (const auto& row :
         t.query("select provider, token, back from provider_session where session = :session",
                 {{"session", session.id}})) {
      const oidc::Provider* there = find(row.text(0));
      const auto token = office_.key.unseal(row.text(1), token_context(session.id));
      if (there != nullptr && token) {
        address = there->way_out_for_good(*token, row.text(2));
      }
    }
  });
  return address;
}

}  // namespace releve::access
