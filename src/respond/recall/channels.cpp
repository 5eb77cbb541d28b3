// SPDX-License-Identifier: EUPL-1.2
#include "respond/recall/channels.hpp"

#include "foundation/base/reach.hpp"
#include "foundation/describe/json.hpp"

#include <algorithm>

namespace releve::recall {

namespace {

constexpr const char* setting = "recall.channels";
constexpr const char* context = "setting:recall.channels";

Error invalid(const char* code, const char* where) {
  return {ErrorKind::invalid, message(code), where};
}

bool all_plain(std::string_view text, std::string_view forbidden) {
  return std::all_of(text.begin(), text.end(), [&](char c) {
    return c > ' ' && c < '\x7f' && forbidden.find(c) == std::string_view::npos;
  });
}

bool is_host(std::string_view text) {
  return text.size() <= 253 && all_plain(text, "/?#@\\\"<>%");
}

/// http too: a gateway often stands in the hospital's own network.
bool is_gateway_url(std::string_view text) {
  const bool scheme = text.starts_with("https://") || text.starts_with("http://");
  const std::string_view rest = scheme ? text.substr(text.find("://") + 3) : "";
  return scheme && text.size() <= 2'000 && all_plain(text, "#\\\"<>") &&
         !rest.substr(0, rest.find_first_of("/?")).empty() &&
         rest.substr(0, rest.find_first_of("/?")).find('@') == std::string_view::npos;
}

}  // namespace

ChannelSettings Channels::in_force() const {
  std::optional<std::string> sealed;
  database_.read([&](store::Transaction& t) {
    for (const auto& row :
         t.query("select value from instance_setting where name = :name", {{"name", std::string(setting)}})) {
      sealed = row.text(0);
    }
  });
  if (!sealed) {
    return {};
  }
  const auto text = key_.unseal(*sealed, context);
  RELEVE_CHECK(text, "the channels were sealed with the key of this instance");
  auto settings = from_json<ChannelSettings>(*text);
  RELEVE_CHECK(settings.ok(), "stored channels read back");
  return std::move(settings).value();
}

Result<ChannelSettings> Channels::change(ChannelSettings wanted, const std::optional<std::string>& password,
                                         const std::optional<std::string>& secret) {
  const ChannelSettings before = in_force();
  if (!wanted.mail.host.empty()) {
    if (!is_host(wanted.mail.host) || wanted.mail.port < 1 || wanted.mail.port > 65'535) {
      return invalid("recall.bad_server", "host");
    }
    if (!is_mail_address(wanted.mail.from)) {
      return invalid("recall.bad_sender", "from");
    }
    // A password that nobody types again is not carried to a server of somebody else's choice.
    const bool same = wanted.mail.host == before.mail.host && wanted.mail.port == before.mail.port &&
                      wanted.mail.user == before.mail.user && wanted.mail.security >= before.mail.security;
    if (!wanted.mail.user.empty() && !password && !before.mail.password.empty() && !same) {
      return invalid("recall.password_again", "password");
    }
    wanted.mail.password = wanted.mail.user.empty() ? "" : password.value_or(before.mail.password);
  } else {
    wanted.mail = {};
  }
  if (!wanted.gateway.url.empty() && !is_gateway_url(wanted.gateway.url)) {
    return invalid("recall.bad_gateway", "url");
  }
  wanted.gateway.secret = wanted.gateway.url.empty() ? "" : secret.value_or(before.gateway.secret);
  TRY(database_.write([&](store::Transaction& t) -> Status {
    t.execute(
        "insert into instance_setting (name, value, changed) values (:name, :value, :now) on conflict (name) "
        "do update set value = :value, changed = :now",
        {{"name", std::string(setting)},
         {"value", key_.seal(to_json(wanted), context)},
         {"now", std::int64_t{clock_.now().time_since_epoch().count()}}});
    return Done{};
  }));
  return wanted;
}

}  // namespace releve::recall
