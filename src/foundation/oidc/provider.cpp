// SPDX-License-Identifier: EUPL-1.2
#include "foundation/oidc/provider.hpp"

#include "foundation/base/encoding.hpp"
#include "foundation/base/hash.hpp"
#include "foundation/base/text.hpp"
#include "foundation/oidc/form.hpp"

#include <algorithm>

namespace releve::oidc {

using Kind = JsonValue::Kind;

namespace {

constexpr int most_conversations = 3;
constexpr std::chrono::hours kept_for{1};
constexpr std::chrono::seconds known_alive{10};   // nobody is sent to a provider that has not answered since
constexpr std::chrono::seconds keys_again{60};    // an unknown key makes them fetched anew no more often
constexpr std::chrono::seconds still_down{10};    // and is answered without asking
constexpr std::chrono::seconds leeway{60};        // of two clocks
constexpr std::chrono::minutes oldest_token{10};  // for one that was made for us just now
constexpr std::size_t longest_text = 2000;

std::string text_at(JsonValue object, std::string_view name) {
  const auto found = object.kind() == Kind::object ? object.find(name) : std::nullopt;
  const bool text = found && found->kind() == Kind::text && found->text().size() <= longest_text &&
                    found->text().find('\0') == std::string_view::npos;
  return text ? std::string(found->text()) : std::string();
}

bool lists(JsonValue object, std::string_view name, std::string_view wanted) {
  const auto found = object.find(name);
  if (!found || found->kind() != Kind::array) {
    return false;
  }
  for (std::size_t i = 0; i < found->size(); ++i) {
    if (found->item(i).kind() == Kind::text && found->item(i).text() == wanted) {
      return true;
    }
  }
  return false;
}

bool is_true(JsonValue object, std::string_view name) {
  const auto found = object.find(name);
  return found && ((found->kind() == Kind::boolean && found->boolean()) ||
                   (found->kind() == Kind::text && found->text() == "true"));  // as some providers write it
}

/// Seconds since 1970; some providers write fractions.
std::optional<Instant> instant_at(JsonValue object, std::string_view name) {
  const auto found = object.find(name);
  if (!found || found->kind() != Kind::number) {
    return std::nullopt;
  }
  const double seconds = found->number();
  if (!(seconds >= 0 && seconds < 1e11)) {
    return std::nullopt;
  }
  return Instant(std::chrono::milliseconds(static_cast<std::int64_t>(seconds * 1000)));
}

bool recent(Instant read, Instant now, std::chrono::milliseconds within) {
  return now >= read && now - read < within;
}

class Conversation {
 public:
  explicit Conversation(std::atomic<int>& count) : count_(count), admitted_(++count <= most_conversations) {}

  ~Conversation() { --count_; }

  Conversation(const Conversation&) = delete;
  Conversation& operator=(const Conversation&) = delete;

  bool admitted() const { return admitted_; }

 private:
  std::atomic<int>& count_;
  bool admitted_;
};

}  // namespace

Provider::Provider(ProviderSettings settings, const Clock& clock, Fetch fetch)
    : settings_(std::move(settings)), clock_(clock), fetch_(std::move(fetch)) {}

Attempt Provider::attempt(std::string redirect) const {
  return {settings_.id, random_hex(24), random_hex(24), random_hex(32), std::move(redirect), clock_.now()};
}

Result<Answer> Provider::call(const Call& call) const {
  // http only ever reaches this machine, and only for a provider that lives here.
  if (!is_safe_url(call.url) || (call.url.starts_with("http://") && !is_loopback_url(settings_.issuer))) {
    return bad_answer("address");
  }
  return fetch_(call);
}

Result<JsonDocument> Provider::ask(const Call& asked, const char* what) const {
  const Answer answer = TRY(call(asked));
  if (answer.status >= 500) {
    return provider_down(std::string(what) + " " + std::to_string(answer.status));
  }
  auto document = JsonDocument::parse(answer.body);
  if (answer.status != 200 || !document || document->root().kind() != Kind::object) {
    return bad_answer(std::string(what) + " " + std::to_string(answer.status));
  }
  return document;
}

Result<Provider::Description> Provider::read_description() const {
  std::string base = settings_.issuer;
  while (base.ends_with('/')) {
    base.pop_back();
  }
  const JsonDocument document = TRY(ask({.url = base + "/.well-known/openid-configuration"}, "discovery"));
  const JsonValue root = document.root();
  if (text_at(root, "issuer") != settings_.issuer) {
    return bad_answer("issuer");
  }
  const bool says_how = root.find("token_endpoint_auth_methods_supported").has_value();
  Description read{text_at(root, "authorization_endpoint"),
                   text_at(root, "token_endpoint"),
                   text_at(root, "userinfo_endpoint"),
                   text_at(root, "jwks_uri"),
                   text_at(root, "end_session_endpoint"),
                   !says_how || lists(root, "token_endpoint_auth_methods_supported", "client_secret_basic"),
                   is_true(root, "authorization_response_iss_parameter_supported")};
  for (const std::string* url : {&read.authorization, &read.token, &read.keys}) {
    if (!is_safe_url(*url)) {
      return bad_answer("endpoints");
    }
  }
  if (!is_safe_url(read.end_session)) {
    read.end_session.clear();
  }
  return read;
}

Result<std::shared_ptr<const Provider::Description>> Provider::description(
    std::chrono::milliseconds not_older) {
  const Instant now = clock_.now();
  {
    const std::lock_guard lock(mutex_);
    if (description_.value && recent(description_.read, now, not_older)) {
      return description_.value;
    }
    if (failed_ && recent(*failed_, now, still_down)) {
      return provider_down("still");
    }
  }
  auto read = read_description();
  const std::lock_guard lock(mutex_);
  if (!read) {
    failed_ = now;
    return std::move(read).error();
  }
  failed_.reset();
  description_ = {std::make_shared<const Description>(std::move(read).value()), now};
  return description_.value;
}

Result<std::shared_ptr<const Provider::Keys>> Provider::keys(const Description& description, bool fresh) {
  const Instant now = clock_.now();
  {
    const std::lock_guard lock(mutex_);
    if (keys_.value && recent(keys_.read, now, fresh ? std::chrono::milliseconds(keys_again) : kept_for)) {
      return keys_.value;
    }
  }
  const Answer answer = TRY(call({.url = description.keys}));
  if (answer.status != 200) {
    return provider_down("jwks " + std::to_string(answer.status));
  }
  auto read = std::make_shared<const Keys>(TRY(read_keys(answer.body)));
  const std::lock_guard lock(mutex_);
  keys_ = {std::move(read), now};
  return keys_.value;
}

Result<std::string> Provider::opened(const Description& description, const std::string& token) {
  auto payload = open_signed_token(token, *TRY(keys(description, false)));
  if (!payload && is_unknown_key(payload.error())) {  // the provider may have changed its keys
    payload = open_signed_token(token, *TRY(keys(description, true)));
  }
  return payload;
}

Result<std::string> Provider::way_out(const Attempt& attempt) {
  const Conversation conversation(conversations_);
  if (!conversation.admitted()) {
    return provider_down("busy");
  }
  const auto known = TRY(description(known_alive));
  std::string scope;
  for (const std::string& one : settings_.scopes) {
    scope.append(scope.empty() ? "" : " ").append(one);
  }
  std::vector<std::pair<std::string, std::string>> query{
      {"response_type", "code"},
      {"client_id", settings_.client_id},
      {"redirect_uri", attempt.redirect},
      {"scope", scope},
      {"state", attempt.state},
      {"nonce", attempt.nonce},
      {"code_challenge", to_base64url(sha256(attempt.verifier))},
      {"code_challenge_method", "S256"}};
  if (!settings_.acr_values.empty()) {
    query.emplace_back("acr_values", settings_.acr_values);
  }
  const bool has_query = known->authorization.find('?') != std::string::npos;
  return known->authorization + (has_query ? "&" : "?") + form_of(query);
}

Result<Identity> Provider::way_back(const Attempt& attempt, const std::string& code,
                                    const std::string& issuer) {
  const Conversation conversation(conversations_);
  if (!conversation.admitted()) {
    return provider_down("busy");
  }
  const auto known = TRY(description(kept_for));
  // Another provider's answer, sent back to us as if it were this one's (RFC 9207).
  if (issuer.empty() ? known->says_issuer : issuer != settings_.issuer) {
    return bad_answer("iss");
  }
  std::vector<std::pair<std::string, std::string>> form{{"grant_type", "authorization_code"},
                                                        {"code", code},
                                                        {"redirect_uri", attempt.redirect},
                                                        {"code_verifier", attempt.verifier}};
  Call exchange{.url = known->token};
  if (known->basic) {  // RFC 6749 section 2.3.1: both encoded before they are joined
    exchange.user = percent_encoded(settings_.client_id);
    exchange.password = percent_encoded(settings_.client_secret);
  } else {
    form.emplace_back("client_id", settings_.client_id);
    form.emplace_back("client_secret", settings_.client_secret);
  }
  exchange.form = form_of(form);
  const JsonDocument tokens = TRY(ask(exchange, "token"));
  const auto id_token = tokens.root().find("id_token");
  if (!id_token || id_token->kind() != Kind::text) {
    return bad_answer("id_token");
  }
  const std::string token(id_token->text());
  const std::string payload = TRY(opened(*known, token));
  const auto claims = JsonDocument::parse(payload);
  if (!claims || claims->root().kind() != Kind::object) {
    return bad_token("form");
  }
  TRY(check_id_token(claims->root(), attempt));
  const auto access = tokens.root().find("access_token");
  const std::string bearer(access && access->kind() == Kind::text ? access->text() : "");
  Identity who = identity_of(claims->root(), TRY(told(*known, bearer, text_at(claims->root(), "sub"))));
  who.id_token = token;
  return who;
}

/// OpenID Connect Core 1.0, section 3.1.3.7.
Status Provider::check_id_token(JsonValue claims, const Attempt& attempt) const {
  const Instant now = clock_.now();
  if (text_at(claims, "iss") != settings_.issuer) {
    return bad_token("issuer");
  }
  const auto audience = claims.find("aud");
  const bool several = audience && audience->kind() == Kind::array;
  const bool ours =
      several ? lists(claims, "aud", settings_.client_id) : text_at(claims, "aud") == settings_.client_id;
  const bool names_party = claims.find("azp").has_value();
  if (!ours || (several && audience->size() > 1 && !names_party) ||
      (names_party && text_at(claims, "azp") != settings_.client_id)) {
    return bad_token("audience");
  }
  const auto ends = instant_at(claims, "exp");
  const auto made = instant_at(claims, "iat");
  if (!ends || !made || now >= *ends + leeway) {
    return bad_token("expired");
  }
  const auto starts = instant_at(claims, "nbf");
  if (*made > now + leeway || *made < now - oldest_token || (starts && *starts > now + leeway)) {
    return bad_token("time");
  }
  if (!equal_secret(text_at(claims, "nonce"), attempt.nonce)) {
    return bad_token("nonce");
  }
  const std::string subject = text_at(claims, "sub");
  if (subject.empty() || subject.size() > 255) {
    return bad_token("subject");
  }
  return Done{};
}

Result<std::optional<JsonDocument>> Provider::told(const Description& description, const std::string& bearer,
                                                   std::string_view subject) {
  if (description.user_info.empty() || bearer.empty()) {
    return std::optional<JsonDocument>();
  }
  Answer answer = TRY(call({.url = description.user_info, .bearer = bearer}));
  if (answer.status >= 500) {
    return provider_down("userinfo " + std::to_string(answer.status));
  }
  const bool is_signed = answer.content_type == "application/jwt";
  const std::string text = is_signed ? TRY(opened(description, answer.body)) : std::move(answer.body);
  auto document = JsonDocument::parse(text);
  if (answer.status != 200 || !document || document->root().kind() != Kind::object) {
    return bad_answer("userinfo " + std::to_string(answer.status));
  }
  const JsonValue root = document->root();
  const bool from_there =
      !is_signed ||
      (text_at(root, "iss") == settings_.issuer &&
       (text_at(root, "aud") == settings_.client_id || lists(root, "aud", settings_.client_id)));
  // Section 5.3.2: of somebody else it must not be used.
  if (!from_there || text_at(root, "sub") != subject) {
    return bad_token("userinfo");
  }
  return std::optional<JsonDocument>(std::move(document).value());
}

Identity Provider::identity_of(JsonValue token, const std::optional<JsonDocument>& told) const {
  const ClaimNames& names = settings_.claims;
  const auto has = [](JsonValue from, const std::string& name) {
    return !name.empty() && from.find(name).has_value();
  };
  const auto claim = [&](const std::string& name) {
    if (has(token, name)) {
      return shorten(trim(text_at(token, name)), 200);
    }
    return told && has(told->root(), name) ? shorten(trim(text_at(told->root(), name)), 200) : std::string();
  };
  // Whether the login is verified is told beside the login.
  const bool in_token = has(token, names.login);
  const bool verified =
      names.login_verified.empty() ||
      (in_token ? is_true(token, names.login_verified) : told && is_true(told->root(), names.login_verified));
  Identity who{.subject = text_at(token, "sub"),
               .login = verified ? claim(names.login) : "",
               .name = claim(names.name),
               .siret = claim(names.siret),
               .strong = false,
               .id_token = {}};
  const bool number = who.siret.size() == 14 && std::all_of(who.siret.begin(), who.siret.end(),
                                                            [](char c) { return c >= '0' && c <= '9'; });
  if (!number) {
    who.siret.clear();
  }
  const std::string acr = text_at(token, "acr");
  const auto& strong = settings_.strong_acr;
  who.strong = (!acr.empty() && std::find(strong.begin(), strong.end(), acr) != strong.end()) ||
               std::any_of(settings_.strong_amr.begin(), settings_.strong_amr.end(),
                           [&](const std::string& method) { return lists(token, "amr", method); });
  return who;
}

std::string Provider::way_out_for_good(const std::string& id_token, const std::string& back) const {
  const std::lock_guard lock(mutex_);
  if (!settings_.sign_out_there || !description_.value || description_.value->end_session.empty()) {
    return {};
  }
  const std::string& there = description_.value->end_session;
  return there + (there.find('?') == std::string::npos ? "?" : "&") +
         form_of({{"id_token_hint", id_token},
                  {"client_id", settings_.client_id},
                  {"post_logout_redirect_uri", back}});
}

}  // namespace releve::oidc
