// SPDX-License-Identifier: EUPL-1.2
// Tokens for programs. A token does what its owner may do now, and of that only what it was made for: it dies
// with the owner's rights. It is nobody's person: its session names no account, so that it can do nothing
// with one's own account, and it never holds `grant` or the powers of a night. Kept as a tag; shown once.
// Thread-safe.
#pragma once

#include "steer/access/office.hpp"
#include "steer/access/own_account.hpp"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace releve::access {

/// One row of the table `api_token`.
struct ApiToken {
  std::string id;
  std::string secret;  // tag
  std::string account;
  std::string name;
  std::vector<api::Right> rights;
  std::string place;    // empty: wherever the owner holds the right
  bool strong = false;  // made in a session with a second factor
  Instant created{};
  Instant ends{};
  std::optional<Instant> last_used;
  std::string last_peer;
  std::optional<Instant> ended;  // never valid again, whatever the clock says
  std::string ended_by;
};

constexpr auto describe(ApiToken*) {
  return Fields{field<&ApiToken::id>("identity"),
                field<&ApiToken::secret>("tag"),
                field<&ApiToken::account>("whose"),
                field<&ApiToken::name>("what it is for"),
                field<&ApiToken::rights>("what it may do at most"),
                field<&ApiToken::place>("where at most; empty: wherever its owner may"),
                field<&ApiToken::strong>("made in a session with a second factor"),
                field<&ApiToken::created>("made at"),
                field<&ApiToken::ends>("until"),
                field<&ApiToken::last_used>("last used, to five minutes"),
                field<&ApiToken::last_peer>("address of the client that used it"),
                field<&ApiToken::ended>("no longer valid since"),
                field<&ApiToken::ended_by>("by whom; 'time': it ran out")};
}

/// What a token begins with, so that one that was published by mistake is found by search.
inline constexpr std::string_view token_prefix = "rlv_";
inline constexpr int longest_token_days = 365;

class Tokens {
 public:
  Tokens(Office& office, OwnAccount& own) : office_(office), own_(own) {}

  /// Who sends this token; not known() when it opens nothing. Read anew for each request: a program asks
  /// seldom, and a token that was ended stays so.
  api::Session who(const std::string& token, const std::string& peer);
  /// The same, but writes nothing: for the thread that serves everybody.
  api::Session look(const std::string& token) const;

  struct Wish {
    std::string name;
    std::vector<api::Right> rights;
    std::string place;
    int days = 0;
  };

  /// Gives the token and its secret. Errors: OwnAccount::with_password(), access.no_such_right,
  /// api.no_such_place, access.more_than_own, access.too_many_tokens.
  Result<std::pair<ApiToken, std::string>> make(const api::Session& session, const std::string& password,
                                                const Wish& wish);
  std::vector<ApiToken> of(const std::string& account) const;  // newest first, ended ones too
  /// Error access.no_such_token.
  Status end(const api::Session& by, const std::string& account, const std::string& id);

 private:
  struct Found {
    ApiToken token;
    std::string login;
  };

  std::optional<Found> find(const std::string& token) const;
  api::Session session_of(const Found& found) const;
  void close(const Found& found) const;
  void touch(const Found& found, const std::string& peer) const;

  Office& office_;
  OwnAccount& own_;
};

}  // namespace releve::access
