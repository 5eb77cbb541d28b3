// SPDX-License-Identifier: EUPL-1.2
#include "steer/access/sessions.hpp"

#include "foundation/base/hash.hpp"
#include "foundation/base/id.hpp"
#include "foundation/store/described_rows.hpp"

namespace releve::access {

using store::column_list;
using store::from_row;
using store::Transaction;

namespace {

constexpr std::size_t most_known = 10'000;
constexpr std::chrono::seconds remembered{5};
constexpr std::chrono::minutes seen_step{5};  // last_seen is written no more often

std::vector<SessionRow> sessions_where(Transaction& t, std::string_view rest,
                                       const std::vector<store::Binding>& with) {
  std::vector<SessionRow> list;
  for (const auto& row :
       t.query("select " + column_list<SessionRow>() + " from access_session " + std::string(rest), with)) {
    list.push_back(from_row<SessionRow>(row));
  }
  return list;
}

}  // namespace

api::Session Sessions::who(const std::string& secret) {
  bool fresh = false;
  const auto known = find(secret, fresh);
  if (known && fresh) {
    touch(*known);
  }
  return known ? known->session : api::Session{};
}

api::Session Sessions::look(const std::string& secret) {
  bool fresh = false;
  const auto known = find(secret, fresh);
  return known ? known->session : api::Session{};
}

std::optional<Sessions::Known> Sessions::find(const std::string& secret, bool& fresh) {
  if (secret.empty() || secret.size() > 200) {
    return std::nullopt;
  }
  const Instant now = parts_.clock.now();
  const std::string tag = parts_.key.tag(secret);
  const std::uint64_t version = version_;
  {
    const std::lock_guard lock(mutex_);
    const auto found = known_.find(tag);
    if (found != known_.end() && found->second.version == version && now >= found->second.read &&
        now - found->second.read < remembered) {
      return found->second;
    }
  }
  fresh = true;
  auto known = read(tag, now);
  const std::lock_guard lock(mutex_);
  if (!known || !known->session.known()) {  // not remembered: anybody may send any number of wrong secrets
    known_.erase(tag);
    return known;
  }
  if (known_.size() >= most_known) {
    known_.clear();
  }
  known->version = version;
  known_[tag] = *known;
  return known;
}

std::optional<Sessions::Known> Sessions::read(const std::string& tag, Instant now) const {
  Known known;
  std::optional<SealedCode> code;
  std::string login;
  bool found = false;
  parts_.database.read([&](Transaction& t) {
    for (SessionRow& row : sessions_where(t, "where secret = :secret", {{"secret", tag}})) {
      known.row = std::move(row);
      found = true;
    }
    for (const auto& row :
         t.query("select login from account where id = :id and active = 1", {{"id", known.row.account}})) {
      login = row.text(0);
    }
    for (const auto& row : t.query(
             "select " + column_list<SealedCode>() + " from sealed_code where id = :id and revoked is null",
             {{"id", known.row.code}})) {
      code = from_row<SealedCode>(row);
    }
  });
  if (!found) {
    return std::nullopt;
  }
  known.read = now;
  if (now >= known.row.ends || now - known.row.last_seen >= session_idle || (login.empty() && !code)) {
    return known;
  }
  known.session.user = code ? "code:" + code->post : login;
  known.session.account = known.row.account;
  known.session.id = known.row.id;
  known.session.strong = known.row.strong;
  known.session.perimeter = code ? parts_.grants.perimeter_of(*code)
                                 : parts_.grants.perimeter_of(known.row.account, known.row.strong);
  return known;
}

void Sessions::touch(const Known& known) {
  if (!known.session.known()) {
    (void)end("", known.row.id);  // seen to be over: it stays so, should the clock go back
    return;
  }
  parts_.grants.close_ended(known.row.account);
  if (known.read - known.row.last_seen < seen_step) {
    return;
  }
  const Status seen = parts_.database.write([&](Transaction& t) -> Status {
    t.execute("update access_session set last_seen = :now where id = :id",
              {{"now", store::detail::to_value(known.read)}, {"id", known.row.id}});
    return Done{};
  });
  RELEVE_CHECK(seen.ok(), "a session that is used is written");
}

std::string Sessions::begin(Transaction& t, SessionRow row) const {
  const std::string secret = random_hex(24);
  const Instant now = parts_.clock.now();
  row.secret = parts_.key.tag(secret);
  row.id = mint_uuid(now);
  row.created = now;
  row.last_seen = now;
  row.ends = now + (row.code.empty() ? session_lasts : code_session_lasts);
  t.execute(store::insert_into<SessionRow>("access_session"), store::bindings_of(row));
  return secret;
}

Status Sessions::end(const std::string& account, const std::string& id) {
  bool ended = false;
  TRY(parts_.database.write([&](Transaction& t) -> Status {
    ended = t.execute("delete from access_session where id = :id and (:account = '' or account = :account)",
                      {{"id", id}, {"account", account}}) > 0;
    return Done{};
  }));
  changed();
  if (!ended) {
    return Error{ErrorKind::not_found, message("access.no_such_session"), {}};
  }
  return Done{};
}

void Sessions::end_all(Transaction& t, const std::string& account, const std::string& code,
                       const std::string& but) const {
  t.execute("delete from access_session where account = :account and code = :code and id <> :but",
            {{"account", account}, {"code", code}, {"but", but}});
}

std::vector<SessionRow> Sessions::of(const std::string& account) const {
  std::vector<SessionRow> list;
  parts_.database.read([&](Transaction& t) {
    list = sessions_where(
        t, "where account = :account and code = '' and ends > :now order by created desc, id desc",
        {{"account", account}, {"now", store::detail::to_value(parts_.clock.now())}});
  });
  return list;
}

}  // namespace releve::access
