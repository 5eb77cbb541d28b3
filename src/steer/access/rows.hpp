// SPDX-License-Identifier: EUPL-1.2
// The rows that this room keeps, each declared once.
#pragma once

#include "foundation/base/time.hpp"
#include "foundation/describe/describe.hpp"

#include <optional>
#include <string>
#include <vector>

namespace releve::access {

struct Account {
  std::string id;
  std::string login;  // folded: lower case
  std::string name;
  std::string contact;         // sealed; how to reach the person
  std::string password;        // Argon2id; empty: none yet
  std::string totp;            // sealed secret; empty: none
  std::int64_t totp_step = 0;  // of the last code that opened
  bool active = true;
  Instant created{};
  std::string created_by;
  std::optional<Instant> last_seen;
};

constexpr auto describe(Account*) {
  return Fields{field<&Account::id>("identity"),
                field<&Account::login>("sign-in name"),
                field<&Account::name>("name"),
                field<&Account::contact>("sealed"),
                field<&Account::password>("Argon2id; empty: none yet"),
                field<&Account::totp>("sealed; empty: none"),
                field<&Account::totp_step>("of the last code that opened"),
                field<&Account::active>("may sign in"),
                field<&Account::created>("since"),
                field<&Account::created_by>("by whom"),
                field<&Account::last_seen>("last signed in")};
}

/// An account holds a role at a place, perhaps at all places below it in a hierarchy, from a day to a day.
struct Grant {
  std::string id;
  std::string account;
  std::string role;
  std::string place;      // empty: everywhere
  std::string hierarchy;  // "region", "ght", "legal"; empty: the place alone
  bool recursive = false;
  Instant starts{};
  std::optional<Instant> ends;
  Instant granted{};
  std::string granted_by;
  std::optional<Instant>
      ended;  // taken back, or seen to have run out: never valid again, whatever the clock says
  std::string ended_by;
  std::vector<std::string> exceptions;  // places below that it does not reach, nor what is below them
};

constexpr auto describe(Grant*) {
  return Fields{field<&Grant::id>("identity"),
                field<&Grant::account>("whose"),
                field<&Grant::role>("role"),
                field<&Grant::place>("where; empty: everywhere"),
                field<&Grant::hierarchy>("in which hierarchy"),
                field<&Grant::recursive>("also at all places below"),
                field<&Grant::starts>("from"),
                field<&Grant::ends>("until; null: taken back one day"),
                field<&Grant::granted>("given at"),
                field<&Grant::granted_by>("by whom"),
                field<&Grant::ended>("no longer valid since"),
                field<&Grant::ended_by>("by whom; 'time': it ran out"),
                field<&Grant::exceptions>("places below that it does not reach")};
}

struct SessionRow {
  std::string secret;  // tag of what the browser keeps
  std::string id;
  std::string account;  // empty: a sealed code
  std::string code;     // of a sealed code; empty: an account
  bool strong = false;  // with a second factor
  Instant created{};
  Instant last_seen{};
  Instant ends{};
  std::string peer;
  std::string agent;
};

constexpr auto describe(SessionRow*) {
  return Fields{field<&SessionRow::secret>("tag"),
                field<&SessionRow::id>("identity"),
                field<&SessionRow::account>("whose"),
                field<&SessionRow::code>("by which sealed code"),
                field<&SessionRow::strong>("with a second factor"),
                field<&SessionRow::created>("since"),
                field<&SessionRow::last_seen>("last used"),
                field<&SessionRow::ends>("at the latest"),
                field<&SessionRow::peer>("address of the client"),
                field<&SessionRow::agent>("what the client calls itself")};
}

struct Invitation {
  std::string secret;  // tag of the link
  std::string account;
  bool strong = false;  // the link itself is a second factor: it was read on the machine's own terminal
  Instant created{};
  std::string created_by;
  Instant ends{};
};

constexpr auto describe(Invitation*) {
  return Fields{field<&Invitation::secret>("tag"),
                field<&Invitation::account>("for whom"),
                field<&Invitation::strong>("as strong as a second factor"),
                field<&Invitation::created>("made at"),
                field<&Invitation::created_by>("by whom"),
                field<&Invitation::ends>("until")};
}

/// A printed code in an envelope, for one post, that opens once.
struct SealedCode {
  std::string id;
  std::string secret;  // tag
  std::string post;    // "Administrateur de garde"
  std::string role;
  std::string place;  // empty: everywhere
  Instant created{};
  std::string created_by;
  Instant ends{};
  std::optional<Instant> used;
  std::string used_from;
  std::optional<Instant> revoked;
  std::string revoked_by;
};

constexpr auto describe(SealedCode*) {
  return Fields{field<&SealedCode::id>("identity"),
                field<&SealedCode::secret>("tag"),
                field<&SealedCode::post>("for which post"),
                field<&SealedCode::role>("what it opens"),
                field<&SealedCode::place>("where; empty: everywhere"),
                field<&SealedCode::created>("printed at"),
                field<&SealedCode::created_by>("by whom"),
                field<&SealedCode::ends>("until"),
                field<&SealedCode::used>("opened at"),
                field<&SealedCode::used_from>("address of the client"),
                field<&SealedCode::revoked>("no longer valid since"),
                field<&SealedCode::revoked_by>("by whom")};
}

/// A facility lets the holders of a role above it see its cartography.
struct SharedPlace {
  std::string place;
  std::string role;
  Instant shared{};
  std::string shared_by;
  std::optional<Instant> ends;
};

constexpr auto describe(SharedPlace*) {
  return Fields{field<&SharedPlace::place>("facility"), field<&SharedPlace::role>("with whom"),
                field<&SharedPlace::shared>("since"), field<&SharedPlace::shared_by>("by whom"),
                field<&SharedPlace::ends>("until; null: taken back one day")};
}

}  // namespace releve::access
