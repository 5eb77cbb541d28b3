// SPDX-License-Identifier: EUPL-1.2
// Who is signed in. The browser keeps a random secret, the database its tag. A secret is always minted here
// and anew at each sign-in, so that one planted beforehand opens nothing. Thread-safe.
#pragma once

#include "foundation/api/endpoint.hpp"
#include "steer/access/grants.hpp"
#include "steer/access/rows.hpp"

#include <atomic>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace releve::access {

/// A session ends after so long without use, and after so long at all.
inline constexpr std::chrono::hours session_idle{12};
inline constexpr std::chrono::hours session_lasts{24 * 7};
/// A sealed code opens a night and its day.
inline constexpr std::chrono::hours code_session_lasts{24};

class Sessions {
 public:
  struct Parts {
    store::Database& database;
    const Clock& clock;
    const InstanceKey& key;
    Grants& grants;
    std::function<void()> changed;  // for other processes; may be empty
  };

  explicit Sessions(Parts parts) : parts_(std::move(parts)) {}

  /// Who holds this secret; not known() when nobody does. The session's own members are filled in.
  /// Kept in memory for at most five seconds: should this process not hear of it, a session that another one
  /// ended lives no longer.
  api::Session who(const std::string& secret);
  /// The same, but writes nothing, so that it waits for no writer: for the thread that serves everybody.
  api::Session look(const std::string& secret);

  /// A new session; gives its secret. `row` says whose, how strong and from where.
  std::string begin(store::Transaction& transaction, SessionRow row) const;
  /// Ends the session of this id, if it belongs to this account (empty: whomever).
  Status end(const std::string& account, const std::string& id);
  /// Of an account or a sealed code, all but one (empty: all).
  void end_all(store::Transaction& transaction, const std::string& account, const std::string& code,
               const std::string& but) const;
  std::vector<SessionRow> of(const std::string& account) const;  // newest first

  /// Something changed that sessions depend on: rights, accounts, sessions. Nothing is remembered any longer.
  void changed() {
    forget();
    if (parts_.changed) {
      parts_.changed();
    }
  }

  /// The same, of another process.
  void forget() { ++version_; }

  /// Differs after each change in this process.
  std::uint64_t version() const { return version_; }

 private:
  struct Known {
    SessionRow row;
    api::Session session;  // not known(): nobody's, any more
    Instant read{};
    std::uint64_t version = 0;
  };

  /// Nothing: no such secret. `fresh`: read just now.
  std::optional<Known> find(const std::string& secret, bool& fresh);
  std::optional<Known> read(const std::string& tag, Instant now) const;
  void touch(const Known& known);

  Parts parts_;
  std::atomic<std::uint64_t> version_ = 0;
  std::mutex mutex_;
  std::unordered_map<std::string, Known> known_;  // by tag
};

}  // namespace releve::access
