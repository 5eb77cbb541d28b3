// SPDX-License-Identifier: EUPL-1.2
// One provider of identities, spoken to by OpenID Connect Core 1.0: authorization code with PKCE (RFC 7636,
// S256), state and nonce. Knows no account of ours. Its description and keys are kept for an hour and the
// keys fetched anew for a token signed with one that is not known. Calls block, a few at once and the next
// refused: a provider that hangs costs a few workers for some seconds, and not the server. Thread-safe.
#pragma once

#include "foundation/base/time.hpp"
#include "foundation/oidc/fetch.hpp"
#include "foundation/oidc/settings.hpp"
#include "foundation/oidc/signed_token.hpp"

#include <atomic>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

namespace releve::oidc {

/// What is kept from the way out to the way back. A secret of the browser that went.
struct Attempt {
  std::string provider;
  std::string state;
  std::string nonce;
  std::string verifier;
  std::string redirect;  // our address that the provider sends back to
  Instant started{};
};

constexpr auto describe(Attempt*) {
  return Fields{field<&Attempt::provider>("its id"),
                field<&Attempt::state>("comes back as it went"),
                field<&Attempt::nonce>("is in the token"),
                field<&Attempt::verifier>("of PKCE"),
                field<&Attempt::redirect>("where one comes back"),
                field<&Attempt::started>("when one went")};
}

/// Who somebody is, in the provider's words.
struct Identity {
  std::string subject;   // never changes, and is nobody else's at this issuer
  std::string login;     // empty: none that is verified
  std::string name;      // empty: not told
  std::string siret;     // empty: not told, or none
  bool strong = false;   // signed in there with what the settings take for a second factor
  std::string id_token;  // for signing out there
};

class Provider {
 public:
  Provider(ProviderSettings settings, const Clock& clock, Fetch fetch);

  const ProviderSettings& settings() const { return settings_; }

  /// New secrets.
  Attempt attempt(std::string redirect) const;
  /// Where to send the browser. Errors: oidc.down, oidc.bad_answer.
  Result<std::string> way_out(const Attempt& attempt);
  /// Who came back. `issuer`: the parameter "iss" of the way back (RFC 9207), empty when there was none.
  /// Errors: oidc.down, oidc.bad_answer, oidc.bad_token.
  Result<Identity> way_back(const Attempt& attempt, const std::string& code, const std::string& issuer);
  /// Where to send the browser to sign out there; empty: nowhere. Fetches nothing.
  std::string way_out_for_good(const std::string& id_token, const std::string& back) const;

 private:
  struct Description {
    std::string authorization;
    std::string token;
    std::string user_info;  // may be empty
    std::string keys;
    std::string end_session;  // may be empty
    bool basic = true;        // the secret goes by HTTP Basic, else in the form
    bool says_issuer = false;
  };

  template <class T>
  struct Kept {
    std::shared_ptr<const T> value;
    Instant read{};
  };

  using Keys = std::vector<PublicKey>;

  Result<Answer> call(const Call& call) const;
  /// The JSON object of a 200.
  Result<JsonDocument> ask(const Call& call, const char* what) const;
  Result<std::shared_ptr<const Description>> description(std::chrono::milliseconds not_older);
  Result<Description> read_description() const;
  Result<std::shared_ptr<const Keys>> keys(const Description& description, bool fresh);
  Result<std::string> opened(const Description& description, const std::string& token);
  Status check_id_token(JsonValue claims, const Attempt& attempt) const;
  /// What is told beside the token; nothing: nothing is.
  Result<std::optional<JsonDocument>> told(const Description& description, const std::string& bearer,
                                           std::string_view subject);
  Identity identity_of(JsonValue token, const std::optional<JsonDocument>& told) const;

  const ProviderSettings settings_;
  const Clock& clock_;
  const Fetch fetch_;
  std::atomic<int> conversations_ = 0;
  mutable std::mutex mutex_;
  Kept<Description> description_;
  Kept<Keys> keys_;
  std::optional<Instant> failed_;  // the description was not to be had
};

}  // namespace releve::oidc
